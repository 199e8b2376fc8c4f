"""Addresses at which readers reach Python: search, the beacon of a page that is looked at, lists, accounts."""

from typing import Any

from allauth.account import views as entrance
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, include, path
from django.utils.translation import gettext_lazy as _

from dateline.reader.views import account, me, saved, search, seen
from dateline.reader.views.dressing import Sheet, View, shown


def _page(
    address: str, template: str, title: Any, view: View, name: str, *, is_own: bool = False
) -> URLPattern:
    """Return the address of a page of allauth's, dressed as ours. is_own: it stands within somebody's account."""
    return path(address, shown(Sheet(template, title, is_own=is_own), view), name=name)


# The names are allauth's own: it leads from one to the other by them.
_entrance = [
    path("", account.account, name="reader-account"),
    path("login/", shown(account.SIGN_IN, entrance.login), name="account_login"),
    _page("signup/", "register", _("Register"), entrance.signup, "account_signup"),
    _page("logout/", "logout", _("Sign out"), entrance.logout, "account_logout"),
    _page("inactive/", "inactive", _("Closed"), entrance.account_inactive, "account_inactive"),
    _page(
        "confirm/",
        "sent",
        _("Confirm your address"),
        entrance.email_verification_sent,
        "account_email_verification_sent",
    ),
    _page(
        "confirm/<str:key>/",
        "confirm",
        _("Confirm your address"),
        entrance.confirm_email,
        "account_confirm_email",
    ),
    _page(
        "reauthenticate/",
        "again",
        _("Is it you?"),
        entrance.reauthenticate,
        "account_reauthenticate",
        is_own=True,
    ),
    _page("email/", "address", _("Your address"), entrance.email, "account_email", is_own=True),
]
_password = [
    _page(
        "password/",
        "password",
        _("Your password"),
        entrance.password_change,
        "account_change_password",
        is_own=True,
    ),
    _page(
        "password/set/",
        "password",
        _("Your password"),
        entrance.password_set,
        "account_set_password",
        is_own=True,
    ),
    _page(
        "password/reset/", "lost", _("Lost your password?"), entrance.password_reset, "account_reset_password"
    ),
    _page(
        "password/reset/asked/",
        "lost_asked",
        _("Look at your mail"),
        entrance.password_reset_done,
        "account_reset_password_done",
    ),
    _page(
        "password/reset/done/",
        "lost_done",
        _("Your password is set"),
        entrance.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    _page(
        "password/reset/<str:uidb36>/<str:key>/",
        "lost_new",
        _("Set another password"),
        entrance.password_reset_from_key,
        "account_reset_password_from_key",
    ),
]
_factor = [
    path("keys/", account.to_account, name="mfa_index"),
    _page("second/", "second", _("Your code, please"), factor.authenticate, "mfa_authenticate"),
    _page(
        "second/again/",
        "again_code",
        _("Is it you?"),
        factor.reauthenticate,
        "mfa_reauthenticate",
        is_own=True,
    ),
    _page("app/", "app", _("Codes from an app"), app.activate_totp, "mfa_activate_totp", is_own=True),
    path("app/code.svg", account.code_to_scan, name="reader-code-to-scan"),
    _page(
        "app/off/",
        "app_off",
        _("No codes any more?"),
        app.deactivate_totp,
        "mfa_deactivate_totp",
        is_own=True,
    ),
    _page(
        "codes/",
        "codes",
        _("Recovery codes"),
        codes.view_recovery_codes,
        "mfa_view_recovery_codes",
        is_own=True,
    ),
    _page(
        "codes/new/",
        "codes_new",
        _("New recovery codes"),
        codes.generate_recovery_codes,
        "mfa_generate_recovery_codes",
        is_own=True,
    ),
]
_passkeys = [
    path("passkeys/", account.to_account, name="mfa_list_webauthn"),
    _page(
        "passkeys/new/",
        "passkey_new",
        _("A new passkey"),
        passkeys.add_webauthn,
        "mfa_add_webauthn",
        is_own=True,
    ),
    _page(
        "passkeys/<int:pk>/remove/",
        "passkey_remove",
        _("Remove this passkey?"),
        passkeys.remove_webauthn,
        "mfa_remove_webauthn",
        is_own=True,
    ),
    _page(
        "passkeys/again/",
        "again_passkey",
        _("Is it you?"),
        passkeys.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
        is_own=True,
    ),
    path("passkeys/login/", shown(account.SIGN_IN, passkeys.login_webauthn), name="mfa_login_webauthn"),
]
_data = [
    path("data/", account.own_data, name="reader-own-data"),
    _page("delete/", "end", "", account.end, "reader-end", is_own=True),
]

urlpatterns = [
    path("-/search/", search.page, name="reader-search"),
    path("-/search/suggest/", search.suggestions, name="reader-search-suggest"),
    path("-/seen/", seen.seen, name="reader-seen"),
    path("-/saved/", saved.reading_list, name="reader-saved"),
    path("-/me/", me.me, name="reader-me"),
    path("-/account/", include([*_entrance, *_password, *_factor, *_passkeys, *_data])),
]
