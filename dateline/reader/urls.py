"""Addresses at which readers reach Python: search, the beacon of a page that is looked at, lists, accounts."""

from allauth.account import views as entrance
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from dateline.reader.views import account, me, saved, search, seen
from dateline.reader.views.dressing import Sheet, shown

# The names are allauth's own: it leads from one to the other by them.
_entrance = [
    path("", account.account, name="reader-account"),
    path("login/", shown(account.SIGN_IN, entrance.login), name="account_login"),
    path("signup/", shown(Sheet("register", _("Register")), entrance.signup), name="account_signup"),
    path("logout/", shown(Sheet("logout", _("Sign out")), entrance.logout), name="account_logout"),
    path(
        "inactive/", shown(Sheet("inactive", _("Closed")), entrance.account_inactive), name="account_inactive"
    ),
    path(
        "confirm/",
        shown(Sheet("sent", _("Confirm your address")), entrance.email_verification_sent),
        name="account_email_verification_sent",
    ),
    path(
        "confirm/<str:key>/",
        shown(Sheet("confirm", _("Confirm your address")), entrance.confirm_email),
        name="account_confirm_email",
    ),
    path(
        "reauthenticate/",
        shown(Sheet("again", _("Is it you?"), is_own=True), entrance.reauthenticate),
        name="account_reauthenticate",
    ),
    path(
        "email/",
        shown(Sheet("address", _("Your address"), is_own=True), entrance.email),
        name="account_email",
    ),
]
_password = [
    path(
        "password/",
        shown(Sheet("password", _("Your password"), is_own=True), entrance.password_change),
        name="account_change_password",
    ),
    path(
        "password/set/",
        shown(Sheet("password", _("Your password"), is_own=True), entrance.password_set),
        name="account_set_password",
    ),
    path(
        "password/reset/",
        shown(Sheet("lost", _("Lost your password?")), entrance.password_reset),
        name="account_reset_password",
    ),
    path(
        "password/reset/asked/",
        shown(Sheet("lost_asked", _("Look at your mail")), entrance.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "password/reset/done/",
        shown(Sheet("lost_done", _("Your password is set")), entrance.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path(
        "password/reset/<str:uidb36>/<str:key>/",
        shown(Sheet("lost_new", _("Set another password")), entrance.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
_factor = [
    path("keys/", account.to_account, name="mfa_index"),
    path(
        "second/",
        shown(Sheet("second", _("Your code, please")), factor.authenticate),
        name="mfa_authenticate",
    ),
    path(
        "second/again/",
        shown(Sheet("again_code", _("Is it you?"), is_own=True), factor.reauthenticate),
        name="mfa_reauthenticate",
    ),
    path(
        "app/",
        shown(Sheet("app", _("Codes from an app"), is_own=True), app.activate_totp),
        name="mfa_activate_totp",
    ),
    path("app/code.svg", account.code_to_scan, name="reader-code-to-scan"),
    path(
        "app/off/",
        shown(Sheet("app_off", _("No codes any more?"), is_own=True), app.deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path(
        "codes/",
        shown(Sheet("codes", _("Recovery codes"), is_own=True), codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "codes/new/",
        shown(Sheet("codes_new", _("New recovery codes"), is_own=True), codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]
_passkeys = [
    path("passkeys/", account.to_account, name="mfa_list_webauthn"),
    path(
        "passkeys/new/",
        shown(Sheet("passkey_new", _("A new passkey"), is_own=True), passkeys.add_webauthn),
        name="mfa_add_webauthn",
    ),
    path(
        "passkeys/<int:pk>/remove/",
        shown(Sheet("passkey_remove", _("Remove this passkey?"), is_own=True), passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "passkeys/again/",
        shown(Sheet("again_passkey", _("Is it you?"), is_own=True), passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("passkeys/login/", shown(account.SIGN_IN, passkeys.login_webauthn), name="mfa_login_webauthn"),
]
_data = [
    path("data/", account.own_data, name="reader-own-data"),
    path("delete/", shown(Sheet("end", "", is_own=True), account.end), name="reader-end"),
]

urlpatterns = [
    path("-/search/", search.page, name="reader-search"),
    path("-/search/suggest/", search.suggestions, name="reader-search-suggest"),
    path("-/seen/", seen.seen, name="reader-seen"),
    path("-/saved/", saved.reading_list, name="reader-saved"),
    path("-/me/", me.me, name="reader-me"),
    path("-/account/", include([*_entrance, *_password, *_factor, *_passkeys, *_data])),
]
