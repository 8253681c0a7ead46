"""Routes of one's own account, and those of allauth that the site uses."""

from __future__ import annotations

from allauth.account import views as entry
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path

from counterpoint.web.accounts.stepup import fresh_proof, second_step_first
from counterpoint.web.accounts.views import address, door, language, own, seen
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.away import forgets_device

mine = [
    path("", own.home, name="home"),
    path("read-first/", own.privacy, name="privacy"),
    path("take-away/", own.export, name="export"),
    path("leave/", forgets_device(own.delete), name="delete"),
    path("gone/", own.gone, name="gone"),
    path("language/", language.choose, name="language"),
    path("seen/", seen.seen, name="seen"),
    path("address/", address.address, name="address"),
    path("address/code/", address.address_code, name="address_code"),
    path("address/keep/", address.address_keep, name="address_keep"),
    path("address/back/<str:token>/", address.address_undo, name="address_undo"),
    path("door/key/<str:mark>/remove/", door.remove_key, name="remove_key"),
    path("door/visits/end/", door.end_others, name="end_others"),
    path("door/visits/<uuid:visit_id>/end/", forgets_device(door.end_one), name="end_one"),
]
second = [
    path("door/", door.door, name="mfa_index"),
    path("door/app/", door.add_app, name="mfa_activate_totp"),
    path("door/app/remove/", door.remove_app, name="mfa_deactivate_totp"),
    path("door/key/", signed_in(fresh_proof(passkeys.add_webauthn)), name="mfa_add_webauthn"),
    path(
        "door/codes/",
        signed_in(fresh_proof(codes.view_recovery_codes)),
        name="mfa_view_recovery_codes",
    ),
    path(
        "door/codes/new/",
        signed_in(fresh_proof(codes.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path("second/", second_step.authenticate, name="mfa_authenticate"),
]
urlpatterns = [
    path("", include((mine, "accounts"), namespace="accounts")),
    *second,
    path("sign-in/", entry.login, name="account_login"),
    path("sign-out/", forgets_device(entry.logout), name="account_logout"),
    path("sign-up/", entry.signup, name="account_signup"),
    path("inactive/", entry.account_inactive, name="account_inactive"),
    path("again/", door.again, name="account_reauthenticate"),
    path("code/", entry.email_verification_sent, name="account_email_verification_sent"),
    path("password/", second_step_first(entry.password_change), name="account_change_password"),
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
