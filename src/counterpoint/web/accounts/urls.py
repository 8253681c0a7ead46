"""Routes of one's own account, and those of allauth that the site uses."""

from __future__ import annotations

from allauth.account import views as entry
from django.urls import include, path, re_path

from counterpoint.web.accounts import views

own = [
    path("", views.home, name="home"),
    path("read-first/", views.privacy, name="privacy"),
    path("take-away/", views.export, name="export"),
    path("leave/", views.delete, name="delete"),
    path("gone/", views.gone, name="gone"),
]
urlpatterns = [
    path("", include((own, "accounts"), namespace="accounts")),
    path("sign-in/", entry.login, name="account_login"),
    path("sign-out/", entry.logout, name="account_logout"),
    path("sign-up/", entry.signup, name="account_signup"),
    path("inactive/", entry.account_inactive, name="account_inactive"),
    path("again/", entry.reauthenticate, name="account_reauthenticate"),
    path("code/", entry.email_verification_sent, name="account_email_verification_sent"),
    path("password/", entry.password_change, name="account_change_password"),
    path("password/new/", entry.password_reset, name="account_reset_password"),
    path("password/sent/", entry.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entry.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed/",
        entry.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
