"""Settings of every installation. What an operator may change comes from the environment.

Read: DATELINE_HOME, DATABASE_URL, DATELINE_URL, DATELINE_AVIF, DATELINE_NET_ALLOW, DATELINE_HOST_PAUSE_SECONDS,
DATELINE_SNAPSHOT_BUDGET, DATELINE_SNAPSHOT_DISK_SHARE,
DATELINE_MAILBOX and DATELINE_MAILBOX_PASSWORD (…_2 …), DATELINE_CORPUS,
DATELINE_STORIES_ENGINE, DATELINE_MAIL, DATELINE_MAIL_PASSWORD, DATELINE_MAIL_FROM, DATELINE_ASK_ANSWER_DAYS,
DATELINE_ASK_REMINDER_DAYS, DATELINE_RIGHTS_WARN_DAYS, HOST, PORT.
"""

import os
from pathlib import Path
from typing import Any

import django_stubs_ext
from dj_database_url import parse as parse_database_url

from dateline.config.languages import LANGUAGES as PUBLISHING_LANGUAGES
from dateline.config.sqlite import use_packaged_sqlite
from dateline.lib.home import Home
from dateline.lib.secret import read_or_make
from dateline.net.mailbox_address import in_environment
from dateline.net.sending_address import sending
from dateline.site.zones import zone_names

use_packaged_sqlite()
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
HOME = Home.from_environment(os.environ, default=BASE_DIR / "var")

HOME.lay()
SECRET_KEY = read_or_make(HOME.keys / "secret-key")
DEBUG = False
PORT = int(os.environ.get("PORT") or 8000)
# The address that readers use. Absolute links in feeds, sitemaps and structured data start with it.
DATELINE_URL = (os.environ.get("DATELINE_URL") or f"http://127.0.0.1:{PORT}").rstrip("/")
# Exact host:port pairs on this machine's own network that the guarded door lets through.
DATELINE_NET_ALLOW = os.environ.get("DATELINE_NET_ALLOW", "")
# Where newsletters are fetched: pairs of an address (imaps://user@host/INBOX) and its password.
DATELINE_MAILBOXES = in_environment(os.environ)
# The shortest pause between two questions to one host, in seconds; a host may ask for a longer one.
DATELINE_HOST_PAUSE_SECONDS = float(os.environ.get("DATELINE_HOST_PAUSE_SECONDS") or 2)
# The most that snapshots may take, and the share of the disk that may be full before they are thinned out.
DATELINE_SNAPSHOT_BUDGET = os.environ.get("DATELINE_SNAPSHOT_BUDGET") or "40GB"
DATELINE_SNAPSHOT_DISK_SHARE = os.environ.get("DATELINE_SNAPSHOT_DISK_SHARE") or "0.9"

# Processes of background work: how many share what the press has to make.
DATELINE_WORKER_PROCESSES = int(os.environ.get("DATELINE_WORKER_PROCESSES") or 1)

ALLOWED_HOSTS = (
    ["*"]
    if os.environ.get("HOST")
    else ["127.0.0.1", "localhost", "[::1]", DATELINE_URL.split("://")[-1].split(":")[0].split("/")[0]]
)
CSRF_TRUSTED_ORIGINS = [DATELINE_URL]

ROOMS = [
    "work", "net", "people", "site", "sources", "agreements", "intake", "rights", "articles", "translation",
    "audience", "editions", "publishing", "reader", "desk", "exchange",
]  # fmt: skip

INSTALLED_APPS = [
    *[f"dateline.{room}" for room in ROOMS],
    "wagtail.contrib.settings",
    # Wagtail's accounts at the desk, without readers.
    "dateline.people.apps.StaffListConfig",
    # Readers' accounts (docs/decisions/028).
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.sites",
    "wagtail.locales",
    "wagtail.admin",
    "wagtail",
    "modelsearch",
    "django_tasks",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "dateline.reader.views.door.ReadersDoor",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dateline.people.views.guard.SecondFactorGuard",
    "dateline.desk.views.full_disk.FullDisk",
    "dateline.desk.views.given.OnlyWhatWasGiven",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "dateline.config.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

DATABASES: dict[str, Any] = {}
if os.environ.get("DATABASE_URL"):
    DATABASES["default"] = parse_database_url(
        os.environ["DATABASE_URL"], conn_max_age=60, conn_health_checks=True
    )
else:
    DATABASES["default"] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME.db / "dateline.sqlite3",
        "OPTIONS": {
            # A writer that waits its turn at the start cannot fail in the middle.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: an acknowledged publishing survives a power cut (docs/decisions/004).
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
# A beat of a thousand concepts is one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
# Two doors: a desk's account opens nothing of readers', and the other way round.
AUTHENTICATION_BACKENDS = [
    "dateline.people.views.doors.DeskBackend",
    "dateline.reader.views.door.ReaderBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
# Whoever may publish shows a code besides the password. The operator cannot turn it off; the tests do.
DATELINE_SECOND_FACTOR = True

# Readers' accounts, by django-allauth. Their addresses are its own; nobody is told who has an account.
ACCOUNT_ADAPTER = "dateline.reader.views.adapter.ReaderAdapter"
ACCOUNT_FORMS = {
    "reset_password": "dateline.reader.forms.AskReset",
    "signup": "dateline.reader.forms.Register",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
# In the browser in which it was registered, and in no other.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"reset_password": "20/h/ip,5/h/key", "signup": "20/h/ip"}
MFA_ADAPTER = "dateline.reader.views.adapter.ReaderKeys"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers let a key be made on https alone, and on this machine's own name.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DATELINE_URL.startswith("http://")

LANGUAGE_CODE = "en"
LANGUAGES = PUBLISHING_LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = HOME.site / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME.media
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
# A picture larger than this is refused before it is decoded (40 megapixels: a newspaper's largest).
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_MODEL = "articles.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "dateline.articles.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]

TASKS = {"default": {"BACKEND": "dateline.work.backend.LeasedJobBackend", "QUEUES": []}}
# Where workers of this machine hear at once that there is a job.
WORK_BELLS = HOME.log / "bells"

WAGTAIL_SITE_NAME = "Dateline"
WAGTAILADMIN_BASE_URL = DATELINE_URL
# The smallest pictures, and the slowest to make: DATELINE_AVIF=0 leaves them out.
DATELINE_AVIF = os.environ.get("DATELINE_AVIF", "1") != "0"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_USER_TIME_ZONES = zone_names()
WAGTAIL_CONTENT_LANGUAGES = PUBLISHING_LANGUAGES
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USAGE_COUNT_ENABLED = False
# Wagtail's own index on SQLite takes a minute a query at 12,000 articles: the desk and the reader have ours.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": False}}

# Where letters go: smtp://…, smtps://…, file:///folder; to the log alone where it is empty.
globals().update(sending(os.environ))
if globals()["EMAIL_BACKEND"].startswith("anymail."):
    INSTALLED_APPS.append("anymail")
# Letters a minute to each receiving domain, and how long the mail server may think about a letter that it was given.
DATELINE_MAIL_PACE = os.environ.get("DATELINE_MAIL_PACE", "")
DATELINE_MAIL_ANSWER_SECONDS = float(os.environ.get("DATELINE_MAIL_ANSWER_SECONDS") or 120)
# Days in which an outlet is asked to answer, and after which it is reminded once.
DATELINE_ASK_ANSWER_DAYS = int(os.environ.get("DATELINE_ASK_ANSWER_DAYS") or 14)
DATELINE_ASK_REMINDER_DAYS = int(os.environ.get("DATELINE_ASK_REMINDER_DAYS") or 7)
# Days before a right ends at which the desk warns.
DATELINE_RIGHTS_WARN_DAYS = tuple(
    int(days) for days in (os.environ.get("DATELINE_RIGHTS_WARN_DAYS") or "30,7,1").split(",")
)

# Hubs that tell our feeds' subscribers of each change (WebSub), by their addresses; none where empty.
DATELINE_HUBS = [hub.strip() for hub in os.environ.get("DATELINE_HUBS", "").split(",") if hub.strip()]
# Whether the site can be followed from the fediverse (ActivityPub). Off by default: who is followed cannot move away
# without losing those who follow (docs/howto/be-followed.md).
DATELINE_FEDIVERSE = os.environ.get("DATELINE_FEDIVERSE", "").strip().lower() in {"1", "on", "yes"}

# Machines that may draft translations, in the order in which they are asked; none where empty.
DATELINE_MACHINES = [
    name.strip() for name in os.environ.get("DATELINE_MACHINES", "").split(",") if name.strip()
]

# Their order where it is another for a language pair (fa>en=deepl,openai; *>ka=openai), and the characters a month
# that each may be asked (deepl=500000, openai=200000). Their keys stay in the environment, read when they are used.
DATELINE_MACHINES_FOR = os.environ.get("DATELINE_MACHINES_FOR", "")
DATELINE_MACHINE_BUDGETS = os.environ.get("DATELINE_MACHINE_BUDGETS", "")

# Characters a day that machines may be asked for gists on the newslist; 0 for no gists.
DATELINE_GIST_CHARACTERS = int(os.environ.get("DATELINE_GIST_CHARACTERS", "200000"))

# Which engine compares pieces for stories: nano-e5 or char-tfidf; the best that is installed where empty.
DATELINE_STORIES_ENGINE = os.environ.get("DATELINE_STORIES_ENGINE", "").strip()

# With what readers search: embedded, postgresql, or the address of an OpenSearch index; by the database where empty.
DATELINE_SEARCH = os.environ.get("DATELINE_SEARCH", "").strip()
DATELINE_SEARCH_USER = os.environ.get("DATELINE_SEARCH_USER", "")
DATELINE_SEARCH_PASSWORD = os.environ.get("DATELINE_SEARCH_PASSWORD", "")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = DATELINE_URL.startswith("https://")
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview panel shows our pages in a frame of the desk

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        # Reopened when something like logrotate has moved it away; several processes may write to it.
        "file": {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": HOME.log / "dateline.log",
            "formatter": "plain",
            "delay": True,
        },
    },
    "root": {"handlers": ["console", "file"], "level": "INFO"},
    # Each edit and publishing is in the audit already.
    "loggers": {"wagtail": {"level": "WARNING"}},
}
