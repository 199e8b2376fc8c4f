"""What allauth asks of a site: who a new account is, how mails are worded and sent, how keys lie in the database."""

from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from dateline.articles.addresses import home_path
from dateline.editions.networks import network_of
from dateline.people.models import User
from dateline.people.sealing import seal, unseal
from dateline.reader.actions import account_mail
from dateline.site.queries import identity

BACKEND: Final = "dateline.reader.views.door.ReaderBackend"


class ReaderAdapter(DefaultAccountAdapter):
    """Readers, and readers alone."""

    error_messages: Final = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is the address that you have."),
        "email_password_mismatch": _("Address and password do not fit each other."),
        "email_taken": _("Please choose another address."),
        "enter_current_password": _("Please give the password that you have now."),
        "incorrect_code": _("That is not the code."),
        "incorrect_password": _("That is not the password."),
        "invalid_password_reset": _("This link is too old, or was used already."),
        "rate_limited": _("That was too often. Please try again in a while."),
        "too_many_login_attempts": _("That was too often. Please try again in a while."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Return whether the owner has accounts for readers."""
        return bool(identity().accounts)

    def new_user(self, _request: HttpRequest) -> User:
        """Return a reader: no name, no address, no right; a user name that says nothing."""
        return User(username=f"reader-{uuid4().hex}", kind=User.Kind.READER)

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign a reader in, by the readers' door. Raises PermissionDenied for anybody else."""
        if user.kind != User.Kind.READER:
            raise PermissionDenied
        user.backend = BACKEND  # as Django's own login reads it
        super().login(request, user)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the network of one household: it is counted for an hour and written nowhere."""
        return network_of(request.META.get("REMOTE_ADDR", "")) or "unknown"

    def get_login_redirect_url(self, _request: HttpRequest) -> str:
        """Return where a reader comes after signing in, unless they came from a page of ours."""
        return str(reverse("reader-account"))

    def get_signup_redirect_url(self, _request: HttpRequest) -> str:
        """Return where a reader comes whose account has just been opened."""
        return str(reverse("reader-account"))

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        """Return where a reader comes with another password."""
        return str(reverse("reader-account"))

    def get_logout_redirect_url(self, _request: HttpRequest) -> str:
        """Return the front page of the language that the reader reads."""
        return home_path(language=get_language() or settings.LANGUAGE_CODE)

    def get_email_verification_redirect_url(self, _email_address: EmailAddress) -> str:
        """Return where a reader comes who has confirmed an address."""
        return str(reverse("reader-account"))

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Say nothing in passing: our pages say it in their place, and no cookie carries it."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Let a worker write the mail: whoever waits for the page does not wait for it."""
        links = [context.get(name, "") for name in ("activate_url", "password_reset_url")]
        account_mail.post(
            what=template_prefix.rpartition("/")[2],
            to=email,
            link=next((str(link) for link in links if link), ""),
            language=get_language() or settings.LANGUAGE_CODE,
        )


class ReaderKeys(DefaultMFAAdapter):
    """Second factors and passkeys: sealed with the installation's key, for the name of this site."""

    error_messages: Final = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That is not the code."),
    }

    def encrypt(self, text: str) -> str:
        """Return `text`, sealed."""
        return seal(text.encode(), key=settings.SECRET_KEY)

    def decrypt(self, encrypted_text: str) -> str:
        """Return what was sealed."""
        return unseal(encrypted_text, key=settings.SECRET_KEY).decode()

    def get_totp_issuer(self) -> str:
        """Return what an app calls us."""
        return str(identity().name)

    def get_totp_label(self, user: User) -> str:
        """Return what an app calls the account: its address."""
        return _address(user)

    def build_totp_svg(self, _url: str) -> str:
        """Draw nothing: the picture has an address of its own, since pages may hold no picture within."""
        return ""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return for whom a passkey is."""
        return {"id": urlsplit(settings.DATELINE_URL).hostname or "localhost", "name": str(identity().name)}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Return whose it is, as the reader's own device keeps it."""
        address = _address(user)
        told = super().get_public_key_credential_user_entity(user)
        return {**told, "display_name": address, "name": address}

    def generate_authenticator_name(self, user: User, _type: Any) -> str:
        """Return what a key is called until its owner says otherwise."""
        held: int = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count()
        return gettext("Passkey %d") % (held + 1)


def _address(user: User) -> str:
    return str(EmailAddress.objects.get_primary_email(user) or "")
