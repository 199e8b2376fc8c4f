"""The whole program with the tables as the models have them, and its mail going to a sink on loopback."""

import os

from dateline.config.settings import *  # noqa: F403
from dateline.config.settings import HOME


class _None:
    """No room has migrations: laying the tables costs seconds less, and migrating is proved elsewhere."""

    def __contains__(self, _label: str) -> bool:
        return True

    def __getitem__(self, _label: str) -> None:
        return None

    def get(self, _label: str, _default: object = None) -> None:
        return None


HOME.lay()
MIGRATION_MODULES = _None()
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ.get("SINK_PORT") or 1)
EMAIL_HOST_USER = EMAIL_HOST_PASSWORD = ""
EMAIL_USE_TLS = EMAIL_USE_SSL = False
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = "desk@digest.example"
DATELINE_MAIL_PACE = "*=0"
