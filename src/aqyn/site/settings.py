"""Django's settings, all of them made from `Config`."""

import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf.locale import LANG_INFO

from aqyn.site import config as _config
from aqyn.site.static import build_of, static_files

CONFIG = _config.current()
DATA = CONFIG.data
MEDIA = DATA / "media"


def _secret_key(folder: Path) -> str:
    """The key of this house, made once and kept in the data folder, readable by its owner alone."""
    file = folder / "secret"
    try:
        return file.read_text("ascii")
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        key = secrets.token_urlsafe(48)
        try:
            file.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            return file.read_text("ascii")
        file.write_text(key, "ascii")
        return key


def _database() -> dict[str, object]:
    if not CONFIG.database:
        return {
            "ENGINE": "aqyn.site.sqlite",
            "NAME": DATA / "aqyn.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    url = urlsplit(CONFIG.database)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(url.query)),
    }


SECRET_KEY = _secret_key(DATA)
DEBUG = False
ALLOWED_HOSTS = ["*"] if not CONFIG.allowed_host else [CONFIG.allowed_host, "127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "aqyn.site.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "aqyn.ui",
    "aqyn.post",
    "aqyn.people",
    "aqyn.payments",
    "aqyn.songs",
    "aqyn.shows",
    "aqyn.tickets",
    "aqyn.stage",
    "aqyn.reach",
    "aqyn.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "aqyn.site.middleware.SameOriginMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "aqyn.site.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "aqyn.ui.context.house",
            ],
            "builtins": [
                "aqyn.ui.templatetags.aqyn",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]
DATABASES = {"default": _database()}
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
SESSION_COOKIE_NAME = "aqyn"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CONFIG.public_url.startswith("https:")
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "/sign-in/"

# Kazakh in its own three scripts; core.script makes the Latin and Arabic catalogues from the Cyrillic one.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("kk", "Қазақша"),
    ("kk-latn", "Qazaqşa"),
    ("kk-arab", "قازاقشا"),
    ("ru", "Русский"),
    ("en", "English"),
]
LANGUAGES_BIDI = ["kk-arab"]
LANG_INFO.update(
    {
        "kk-latn": {"bidi": False, "code": "kk-latn", "name": "Kazakh (Latin)", "name_local": "Qazaqşa"},
        "kk-arab": {"bidi": True, "code": "kk-arab", "name": "Kazakh (Arabic)", "name_local": "قازاقشا"},
    }
)
LOCALE_PATHS = [Path(__file__).parents[1] / "ui" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"
# The build's hash in the address lets a browser keep a file for a year and still see the next build at once.
STATIC_FILES = static_files()
STATIC_BUILD = build_of(STATIC_FILES)
STATIC_URL = f"/static/{STATIC_BUILD}/"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own defaults write mail to admins; here an error is a line and its traceback on stderr.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR", "propagate": True},
        "django.security": {"level": "ERROR", "propagate": True},
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
