"""Mails about a reader's account. A job carries the address sealed; the worker words the mail and sends it."""

import json
from collections.abc import Callable
from email.utils import formataddr
from typing import Final

from allauth.account.forms import default_token_generator
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, override

from dateline.editions.actions.composing import NoSender, sender_address, site_name
from dateline.lib.text import one_line
from dateline.people.models import User
from dateline.people.sealing import seal, unseal
from dateline.work.actions import enqueue_by_name

RESET: Final = "reset_asked"
Words = tuple[str, list[str]]


def post(*, what: str, to: str, link: str, language: str) -> None:
    """Hand a mail to the worker. what: the name of allauth's own mail, or RESET."""
    told = json.dumps({"what": what, "to": to, "link": link, "language": language})
    enqueue_by_name("reader.send_account_mail", sealed=seal(told.encode(), key=settings.SECRET_KEY))


def send(*, sealed: str) -> bool:
    """Write a mail and send it. Returns whether one went: nobody is written to whose address has no account."""
    told: dict[str, str] = json.loads(unseal(sealed, key=settings.SECRET_KEY))
    with override(told["language"]):
        if told["what"] == RESET:
            told["link"] = _reset_link(told["to"], told["language"])
            if not told["link"]:
                return False
        _message(told).send()
    return True


def _reset_link(address: str, language: str) -> str:
    """Return the link with which a reader sets another password; empty where the address has no account."""
    found = filter_users_by_email(address, is_active=True, prefer_verified=True, for_login=True)
    user = next((one for one in found if one.kind == User.Kind.READER), None)
    if user is None:
        return ""
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
    return f"{settings.DATELINE_URL}{path}?{urlencode({'in': language})}"


def _message(told: dict[str, str]) -> EmailMessage:
    site = site_name(told["language"])
    subject, lines = _WORDS.get(told["what"], _changed)(site, told["link"])
    return EmailMessage(
        subject=one_line(subject),
        body="\n\n".join([*lines, f"{site}\n{settings.DATELINE_URL}"]) + "\n",
        from_email=_sender(site),
        to=[told["to"]],
        headers={"Auto-Submitted": "auto-generated", "Content-Language": told["language"]},
    )


def _sender(site: str) -> str:
    try:
        return formataddr((one_line(site), sender_address()))
    except NoSender:
        return str(settings.DEFAULT_FROM_EMAIL)


def _confirm(site: str, link: str) -> Words:
    return gettext("Please confirm your address for %s") % site, [
        gettext("Somebody, probably you, gave this address for an account at %s.") % site,
        gettext("If it was you, open this page and press the button there:"),
        link,
        gettext("If it was not you, do nothing. After a week we forget your address."),
    ]


def _exists(site: str, _link: str) -> Words:
    return gettext("You have an account at %s already") % site, [
        gettext("Somebody, probably you, wanted to open an account at %s with this address.") % site,
        gettext("There is one already. Here you sign in, or set another password:"),
        f"{settings.DATELINE_URL}/-/account/",
        gettext("If it was not you, do nothing: nothing has changed."),
    ]


def _reset(site: str, link: str) -> Words:
    return gettext("Another password for %s") % site, [
        gettext("Somebody, probably you, asked for another password for your account at %s.") % site,
        gettext("Here you set it. The link works once, and for three days:"),
        link,
        gettext("If it was not you, do nothing: nothing has changed."),
    ]


def _changed(site: str, _link: str) -> Words:
    """Say that something was changed that guards the account."""
    return gettext("Your account at %s was changed") % site, [
        gettext(
            "How you sign in to %s was changed just now: your password, your address, a passkey or a code."
        )
        % site,
        gettext("If it was you, all is well. If not, set another password here:"),
        f"{settings.DATELINE_URL}/-/account/password/reset/",
    ]


_WORDS: Final[dict[str, Callable[[str, str], Words]]] = {
    "email_confirmation": _confirm,
    "email_confirmation_signup": _confirm,
    "account_already_exists": _exists,
    RESET: _reset,
}
