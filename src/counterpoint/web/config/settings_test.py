"""The tests: throw-away secrets, mail kept in memory, a quick password hash, plain http."""

from __future__ import annotations

import os

from counterpoint.web.config.environment import database_from_url
from counterpoint.web.config.throwaway import set_throwaway_secrets

set_throwaway_secrets(os.environ)

from counterpoint.web.config.settings import *  # noqa: E402, F403 - needs the secrets above

if os.environ.get("COUNTERPOINT_TEST_DATABASE_URL"):
    DATABASES = {"default": database_from_url(os.environ["COUNTERPOINT_TEST_DATABASE_URL"])}
EMAIL_BACKEND = COUNTERPOINT_MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "session", "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = False
MFA_ALLOW_UNVERIFIED_EMAIL = True
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = None
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
