"""The demo: plain http on this machine, a clock that can be moved, no mail to confirm."""

from __future__ import annotations

from counterpoint.web.config.environment import sqlite_database
from counterpoint.web.config.settings import *  # noqa: F403 - the same site, a few lines changed

COUNTERPOINT_DEMO = True
DATABASES = {"default": sqlite_database(COUNTERPOINT_DATA / "demo.sqlite3")}  # noqa: F405 - from settings
SESSION_COOKIE_NAME = "session"  # the __Host- prefix needs https
CSRF_COOKIE_NAME = "csrf"
LANGUAGE_COOKIE_NAME = "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = False
MFA_ALLOW_UNVERIFIED_EMAIL = True
