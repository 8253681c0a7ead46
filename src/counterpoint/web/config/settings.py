"""Settings of the site, safe for production; everything that varies comes from the environment.

``settings_dev`` (the demo) and ``settings_test`` start from this module and change a few lines.
What must hold here is asserted in ``tests/web/core/test_settings.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from counterpoint.web.config.environment import (
    database_from_url,
    email_from_url,
    read_hosts,
    read_push_keys,
    read_setting,
    read_switch,
    sqlite_database,
)

# What varies from site to site -------------------------------------------------------------

SECRET_KEY = read_setting("COUNTERPOINT_SECRET_KEY")
COUNTERPOINT_KEY_FILE = Path(read_setting("COUNTERPOINT_KEY_FILE"))
COUNTERPOINT_LEDGER_FILE = Path(
    read_setting("COUNTERPOINT_LEDGER_FILE") or COUNTERPOINT_KEY_FILE.with_name("deleted.ledger")
)
COUNTERPOINT_PUSH_KEYS = read_push_keys()
ALLOWED_HOSTS = read_hosts()
COUNTERPOINT_ADDRESS = read_setting("COUNTERPOINT_ADDRESS")
COUNTERPOINT_DATA = Path(read_setting("COUNTERPOINT_DATA")).resolve()
COUNTERPOINT_EXIT_URL = read_setting("COUNTERPOINT_EXIT_URL")
COUNTERPOINT_COUNTRY = read_setting("COUNTERPOINT_COUNTRY").upper()
COUNTERPOINT_HELP_FILE = read_setting("COUNTERPOINT_HELP_FILE")
COUNTERPOINT_DEMO = False  # the demo's clock can be moved; nothing in the environment turns it on
_database_url = read_setting("COUNTERPOINT_DATABASE_URL")
DATABASES: dict[str, Any] = {
    "default": database_from_url(_database_url)
    if _database_url
    else sqlite_database(COUNTERPOINT_DATA / "counterpoint.sqlite3")
}
globals().update(email_from_url(read_setting("COUNTERPOINT_EMAIL_URL")))
COUNTERPOINT_MAIL_BACKEND = globals()["EMAIL_BACKEND"]  # what the worker hands letters to
EMAIL_BACKEND = "counterpoint.web.accounts.letters.Outbox"  # a request never waits for it
DEFAULT_FROM_EMAIL = read_setting("COUNTERPOINT_EMAIL_FROM")

# The house ---------------------------------------------------------------------------------

DEBUG = False
ROOT_URLCONF = "counterpoint.web.config.urls"
WSGI_APPLICATION = "counterpoint.web.config.wsgi.application"
INSTALLED_APPS = [
    "counterpoint.web.core",
    "counterpoint.web.jobs",
    "counterpoint.web.accounts",  # before allauth: its templates win
    "counterpoint.web.reminders",
    "counterpoint.web.safety",
    "counterpoint.web.couples",
    "counterpoint.web.assessment",
    "counterpoint.web.diary",
    "counterpoint.web.dynamics",
    "counterpoint.web.practice",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "counterpoint.web.core.middleware.PrivateAnswers",
    "counterpoint.web.core.middleware.PlainMethods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "counterpoint.web.core.away.AwayFirst",
    "counterpoint.web.core.middleware.IdleLock",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "counterpoint.web.accounts.middleware.OwnZone",
    "counterpoint.web.accounts.middleware.OwnLanguage",
    "counterpoint.web.accounts.middleware.PrivacyFirst",
    "counterpoint.web.core.middleware.NoBlankPage",
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
                "counterpoint.web.core.context.page",
                "counterpoint.web.accounts.context.door",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("es", "Español")]
LOCALE_PATHS = [Path(__file__).parent / "framework_words"]  # of Django and allauth, said as we do
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STATIC_ROOT: Path | None = COUNTERPOINT_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # no file is ever kept
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Only tries to sign in are kept there, for minutes, by the one process that answers
# (docs/decisions/2026-11-24-one-process-counts.md); room for all of them, or many tries elsewhere
# would make it forget the ones that matter.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
SILENCED_SYSTEM_CHECKS: list[str] = []

# People ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email",)},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/today/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "counterpoint.web.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "counterpoint.web.accounts.forms.entry.SignupForm",
    "login": "counterpoint.web.accounts.forms.entry.LoginForm",
    "reset_password": "counterpoint.web.accounts.forms.entry.ResetForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
_verify = read_switch("COUNTERPOINT_EMAIL_VERIFICATION")
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if _verify else "none"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = _verify
# A failed sign-in counts against the pair of account and address, for minutes: nobody in the
# same house can lock somebody else out, and nobody is locked out for good.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",
    "reset_password": "5/m/key",
    "reset_password_from_key": None,  # the key cannot be guessed
}
MFA_ADAPTER = "counterpoint.web.accounts.second_step.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "counterpoint.web.accounts.forms.second_step.CodeForm",
    "authenticate_webauthn": "counterpoint.web.accounts.forms.second_step.KeyForm",
    "activate_totp": "counterpoint.web.accounts.forms.second_step.AddAppForm",
    "add_webauthn": "counterpoint.web.accounts.forms.second_step.AddKeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = False  # a passkey is a second step, never the only one
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TRUST_ENABLED = False  # no device is ever excused from the second step
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # half a minute of clock drift either way
MFA_ALLOW_UNVERIFIED_EMAIL = not _verify

# Sessions and cookies ----------------------------------------------------------------------

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_IDLE_SECONDS = 30 * 60
SESSION_IDLE_SHARED_SECONDS = 10 * 60
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # ends with the browser
CSRF_FAILURE_VIEW = "counterpoint.web.core.views.csrf_failure"
LANGUAGE_COOKIE_NAME = "__Host-language"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What a browser may do with a page ---------------------------------------------------------

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing goes to other sites. "no-referrer" would make browsers send "Origin: null" with our own
# forms, which the CSRF check must refuse (docs/decisions/2026-11-24-referrer-policy.md).
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
        "encrypted-media", "fullscreen", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "screen-wake-lock", "usb", "xr-spatial-tracking",
    )
} | {
    feature: ["self"] for feature in ("publickey-credentials-create", "publickey-credentials-get")
}  # fmt: skip
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 0
WHITENOISE_MAX_AGE = 60
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Logs: where it broke, never what somebody wrote -------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "counterpoint.web.core.logs.QuietFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "counterpoint": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
