"""How letters go out: one address says by which server, or that they are only written down (pure)."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

NAME: Final = "DATELINE_MAIL"
_PORTS: Final = {"smtp": 587, "smtps": 465}
_BACKENDS: Final = "django.core.mail.backends."
# Vendors whose own ways django-anymail knows; what each wants is said in the environment as ANYMAIL_… (its names).
VENDORS: Final = (
    "amazon_ses", "brevo", "mailersend", "mailgun", "mailjet", "mailtrap", "mandrill", "postal", "postmark", "resend",
    "sendgrid", "sparkpost", "unisender_go",
)  # fmt: skip
_OF_VENDORS: Final = "ANYMAIL_"


class BadSendingAddress(ValueError):
    """DATELINE_MAIL cannot be read."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"{NAME} {why}. Write smtp://user:password@host:587 (with TLS), smtps://user:password@host,"
            " file:///folder (letters are laid there), anymail://postmark (or another vendor), or leave it empty."
        )


def sending(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings of mail. Without DATELINE_MAIL letters are only written to the log, and the desk says so.

    smtp begins TLS before the password is sent, save with ?plain=yes. The password may stand apart in
    DATELINE_MAIL_PASSWORD. Raises BadSendingAddress.
    """
    address = environ.get(NAME, "").strip()
    sender = environ.get("DATELINE_MAIL_FROM", "").strip()
    own = {"DEFAULT_FROM_EMAIL": sender} if sender else {}
    if not address:
        return {**own, "EMAIL_BACKEND": f"{_BACKENDS}console.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme == "file":
        return {
            **own,
            "EMAIL_BACKEND": f"{_BACKENDS}filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme == "anymail":
        return {**own, **_vendor(parts.hostname or "", environ)}
    return {**own, **_server(address, environ)}


def _vendor(name: str, environ: Mapping[str, str]) -> dict[str, Any]:
    vendor = name.replace("-", "_")
    if vendor not in VENDORS:
        raise BadSendingAddress(f"names {name or 'no vendor'}; known are {', '.join(VENDORS)}")
    told = {
        key.removeprefix(_OF_VENDORS): value for key, value in environ.items() if key.startswith(_OF_VENDORS)
    }
    return {
        "EMAIL_BACKEND": f"anymail.backends.{vendor}.EmailBackend",
        "EMAIL_TIMEOUT": 30,
        "ANYMAIL": {"REQUESTS_TIMEOUT": 30, **told},
    }


def _server(address: str, environ: Mapping[str, str]) -> dict[str, Any]:
    parts = urlsplit(address)
    if parts.scheme not in _PORTS:
        raise BadSendingAddress(f"begins with {parts.scheme or 'nothing'}://")
    try:
        port = parts.port or _PORTS[parts.scheme]
    except ValueError:
        raise BadSendingAddress("has a port that is no number") from None
    if not parts.hostname:
        raise BadSendingAddress("names no host")
    is_plain = parse_qs(parts.query).get("plain") == ["yes"]
    return {
        "EMAIL_BACKEND": f"{_BACKENDS}smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": environ.get("DATELINE_MAIL_PASSWORD") or unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not is_plain,
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 30,
    }
