"""Who works here, and what they did."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserQuerySet(models.QuerySet["User"]):
    """People with an account, by what they are."""

    def staff(self) -> "UserQuerySet":
        """Those who work at the desk."""
        return self.filter(kind=User.Kind.STAFF)

    def readers(self) -> "UserQuerySet":
        """Those who read, and have an account for it."""
        return self.filter(kind=User.Kind.READER)


class _Users(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # the class is made by Django
    use_in_migrations = False


class User(AbstractUser):
    """Somebody with an account: at the desk, where what they may do comes from their roles (groups), or as a reader.

    Nobody is both (docs/decisions/028): a reader has no name here, no mail address (it is allauth's) and no right.
    """

    class Kind(models.TextChoices):
        """By which door somebody comes in."""

        STAFF = "staff", _("staff")
        READER = "reader", _("reader")

    kind = models.CharField(
        _("kind"), max_length=8, choices=Kind.choices, default=Kind.STAFF, editable=False, db_index=True
    )

    objects: ClassVar[_Users] = _Users()

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="reader") | models.Q(is_staff=False, is_superuser=False, email=""),
                name="a_reader_is_nothing_at_the_desk",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Return whether the roles say so; a reader has no right, whatever group a hand put them in."""
        return self.kind == self.Kind.STAFF and super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        """Return the same for a whole app."""
        return self.kind == self.Kind.STAFF and super().has_module_perms(app_label)


class AuditEntry(models.Model):
    """One thing that was done: who, what, to which piece, when, before and after. Never changed or deleted."""

    at = models.DateTimeField(_("when"), db_index=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("who"))
    verb = models.CharField(_("what"), max_length=60)
    subject_type = models.CharField(_("kind of subject"), max_length=60)
    subject_id = models.CharField(_("subject"), max_length=60)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    before = models.JSONField(_("before"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]
        permissions = [("export_auditentry", _("Can export the audit"))]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.summary}"


class SecondFactor(models.Model):
    """An authenticator app of somebody: begun → confirmed. Reset takes the row away.

    `last_step` is the last step of the clock whose code opened: no code opens twice.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    # Sealed with the installation's key.
    secret = models.CharField(max_length=300, editable=False)
    begun_at = models.DateTimeField(_("begun"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    last_step = models.BigIntegerField(default=0, editable=False)
    failures = models.PositiveIntegerField(_("wrong codes in a row"), default=0)
    closed_until = models.DateTimeField(_("closed until"), null=True, blank=True)

    class Meta:
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    def __str__(self) -> str:
        return str(self.user)

    @property
    def mark(self) -> str:
        """What a session keeps that has passed it; another one after a reset."""
        return f"{self.pk}:{self.confirmed_at.isoformat() if self.confirmed_at else ''}"


class RecoveryCode(models.Model):
    """A code for the day on which the telephone is lost. It opens once."""

    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [models.UniqueConstraint(fields=["factor", "digest"], name="each_recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.factor}: {self.used_at or 'unused'}"
