"""The article: it goes live through the gate alone."""

import uuid
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from dateline.articles.addresses import article_path
from dateline.articles.blocks import BodyBlock
from dateline.articles.bodies import shown_pictures, word_count
from dateline.articles.gate import clear
from dateline.articles.kinds import CreditRole, Genre, Kind, MachineHelp
from dateline.articles.models.pictures import Picture
from dateline.articles.models.shelves import Contributor, NotYourSection, Section, Topic
from dateline.articles.preview import page_of
from dateline.articles.signals import went_down, went_out
from dateline.intake.models import Original
from dateline.rights.actions import end_uses, enter_use, renew_endings
from dateline.rights.models import Permission
from dateline.site.models import Identity

# What Wagtail keeps beside the content; writing it shows readers nothing.
BOOKKEEPING = frozenset(
    {
        "latest_revision",
        "has_unpublished_changes",
        "locked",
        "locked_at",
        "locked_by",
        "trouble",
        "go_live_at",
        "expire_at",
    }
)


class OnlyThroughTheGate(TypeError):
    """Somebody tried to put articles out many at a time, past the gate."""


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles, and no way around the gate."""

    def live(self) -> Self:
        """Return what readers may see."""
        # Not `live=True`: what Django writes for that is a bare column, and SQLite finds no index by it.
        return self.filter(live__in=(True,))

    def in_language(self, code: str) -> Self:
        """Return those written in one language."""
        return self.filter(locale__language_code=code)

    def newest(self) -> Self:
        """Return them as a front shows them."""
        return self.order_by("-first_published_at", "-pk")

    def update(self, **values: Any) -> int:
        """Change many. Raises OnlyThroughTheGate where that would put them out."""
        if values.get("live"):
            raise OnlyThroughTheGate(
                "update(live=True) goes past the gate; publish each article by its action."
            )
        return super().update(**values)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list["Article"]:
        """Write many drafts. Raises OnlyThroughTheGate where one of them is live."""
        pieces = list(objs)
        if any(piece.live for piece in pieces):
            raise OnlyThroughTheGate(
                "bulk_create goes past the gate; write drafts and publish each by its action."
            )
        return super().bulk_create(pieces, *args, **kwargs)

    def bulk_update(self, objs: Any, fields: Any, *args: Any, **kwargs: Any) -> int:
        """Change many. Raises OnlyThroughTheGate where `live` is among the fields."""
        if "live" in fields:
            raise OnlyThroughTheGate(
                "bulk_update of live goes past the gate; publish each article by its action."
            )
        return super().bulk_update(objs, fields, *args, **kwargs)


class Article(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    ClusterableModel,
):
    """A piece of ours: an exclusive, or a translation or reprint made from an Original."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.EXCLUSIVE)
    genre = models.CharField(_("genre"), max_length=12, choices=Genre.choices, default=Genre.REPORT)
    slugline = models.CharField(
        _("slugline"), max_length=80, blank=True, help_text=_("what the newsroom calls it")
    )
    kicker = models.CharField(_("kicker"), max_length=80, blank=True)
    headline = models.CharField(_("headline"), max_length=300)
    standfirst = models.TextField(_("standfirst"), blank=True)
    filed_from = models.CharField(_("filed from"), max_length=120, blank=True)
    slug = models.SlugField(_("slug"), max_length=120, allow_unicode=True)
    # The day in the address; set when it first goes live, in the site's zone, and never again.
    address_date = models.DateField(_("day in the address"), null=True, blank=True, editable=False)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    section = models.ForeignKey(
        Section,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
        verbose_name=_("section"),
    )
    reading_minutes = models.PositiveSmallIntegerField(
        _("reading time in minutes"),
        null=True,
        blank=True,
        help_text=_(
            "Empty: measured from the text. Fill it in where the site that a piece came from said so."
        ),
    )
    other_sections = ParentalManyToManyField(Section, blank=True, related_name="+", verbose_name=_("also in"))
    topics = ParentalManyToManyField(Topic, blank=True, related_name="articles", verbose_name=_("topics"))

    hero = models.ForeignKey(
        Picture,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("lead picture"),
    )
    hero_alt = models.CharField(_("alternative text"), max_length=300, blank=True)
    hero_caption = models.CharField(_("caption"), max_length=300, blank=True)

    original = models.ForeignKey(
        Original,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
        verbose_name=_("original"),
    )
    permission = models.ForeignKey(
        Permission,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
        verbose_name=_("permission"),
    )
    is_unsigned_at_source = models.BooleanField(_("unsigned at source"), default=False)
    machine_help = models.CharField(
        _("machine help"), max_length=8, choices=MachineHelp.choices, default=MachineHelp.NONE
    )
    machine_name = models.CharField(_("machine"), max_length=80, blank=True)
    issued_by = models.CharField(_("issued by"), max_length=300, blank=True, help_text=_("for a statement"))
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    # The words come from the segments of a translation job and are only read elsewhere.
    is_composed = models.BooleanField(default=False, editable=False)
    trouble = models.TextField(_("why it could not go out"), blank=True, editable=False)

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="article",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="article",
        for_concrete_model=False,
    )

    objects = ArticleQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("-first_published_at", "-pk")
        base_manager_name = "objects"
        permissions = [
            ("publish_article", _("Can publish article")),
            ("lock_article", _("Can lock article")),
            ("unlock_article", _("Can unlock article")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "address_date", "slug"],
                condition=models.Q(address_date__isnull=False),
                name="article_address",
                violation_error_message=_("Another article of that day and language has this slug."),
            ),
        ]
        indexes = [
            models.Index(fields=["locale", "live", "-first_published_at"], name="article_fronts"),
            # The newest of a genre or a kind of which there are few, without a look at all others.
            models.Index(fields=["locale", "live", "genre", "-first_published_at"], name="article_genres"),
            models.Index(fields=["locale", "live", "kind", "-first_published_at"], name="article_kinds"),
        ]

    def __str__(self) -> str:
        return self.headline

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it; where readers would see what is written, only through the gate.

        The ledger of uses and the jobs that bake are in the same transaction. Raises gate.NotCleared.
        """
        fields = kwargs.get("update_fields")
        if fields is not None and set(fields) <= BOOKKEEPING:
            super().save(*args, **kwargs)
            return
        now = timezone.now()
        with transaction.atomic():
            before = Article.objects.filter(pk=self.pk).first() if self.pk else None
            was_live = before is not None and before.live
            if self.live:
                clear(self, now=now)
                self._take_address(now=now)
                self.trouble = ""
            super().save(*args, **kwargs)
            if before is not None and before.address_date is not None:
                self._leave_word_at(before.get_absolute_url())
            self._keep_the_ledger(now=now)
            self._note_pictures()
            renew_endings(piece=self.uid, now=now)
            if self.live:
                went_out.send(sender=Article, article=self, now=now)
            elif was_live:
                went_down.send(sender=Article, article=self, now=now)

    def publish(self, revision: Revision, user: Any = None, **kwargs: Any) -> None:
        """Put a revision before readers, by somebody who may publish in its section. Raises NotYourSection."""
        section = revision.as_object().section
        if user is not None and section is not None and not section.is_open_to(user):
            raise NotYourSection(section)
        super().publish(revision, user=user, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Return the article as a revision has it, under the address and number that it keeps for ever."""
        article: Self = super().with_content_json(content)
        article.uid = self.uid
        article.address_date = self.address_date
        article.trouble = self.trouble
        article.is_composed = self.is_composed
        return article

    def _keep_the_ledger(self, *, now: datetime) -> None:
        if self.live and self.permission:
            enter_use(permission=self.permission, piece=self.uid, words=word_count(self), now=now)
        elif not self.live or self.kind != Kind.PRESS_REVIEW:  # its voices are entered by who keeps them
            end_uses(piece=self.uid, now=now)

    def _note_pictures(self) -> None:
        """Keep in rows which pictures readers see in it: a body cannot be asked by the database."""
        shown = {picture.pk for picture, _alt in shown_pictures(self)} if self.live else set()
        known = set(PictureUse.objects.filter(article=self).values_list("picture_id", flat=True))
        PictureUse.objects.filter(article=self, picture__in=known - shown).delete()
        PictureUse.objects.bulk_create([PictureUse(article=self, picture_id=one) for one in shown - known])

    def _leave_word_at(self, old_path: str) -> None:
        """Let an address that readers have had lead here for ever; what stands there now needs no such word."""
        path = self.get_absolute_url()
        if old_path != path:
            Redirect.objects.update_or_create(old_path=old_path, defaults={"article": self})
        Redirect.objects.filter(old_path=path).delete()

    def _take_address(self, *, now: datetime) -> None:
        if self.address_date is None:
            zone = ZoneInfo(Identity.load().time_zone)
            self.address_date = (self.first_published_at or now).astimezone(zone).date()

    def get_absolute_url(self) -> str:
        """Return its address for ever: language, day and slug. A draft has the one of today's day until it goes out."""
        day = self.address_date or timezone.localdate()
        return article_path(language=self.language, day=day, slug=self.slug)

    def serve_preview(self, _request: HttpRequest, _mode_name: str) -> HttpResponse:
        """Show the page as it would be baked."""
        return HttpResponse(page_of(self))

    @property
    def language(self) -> str:
        """BCP 47 tag of the language it is written in."""
        return str(self.locale.language_code)

    @property
    def issuer_names(self) -> tuple[str, ...]:
        """Who issued it, for a statement: the issuers by name, else what was written in `issued_by`."""
        named = tuple(issuer.shown_name for issuer in self.issuers.all())
        written = self.issued_by.strip()
        return named or ((written,) if written else ())

    def credits_of(self, role: CreditRole) -> list["Credit"]:
        """Return who did one thing for it, in order."""
        return [credit for credit in self.credits.all() if credit.role == role]


class PictureUse(models.Model):
    """Readers see this picture in that article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="picture_uses")
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="uses")

    class Meta:
        verbose_name = _("picture in an article")
        verbose_name_plural = _("pictures in articles")
        constraints = [models.UniqueConstraint(fields=["article", "picture"], name="a_picture_once")]

    def __str__(self) -> str:
        return f"{self.picture_id}: {self.article_id}"


class Redirect(models.Model):
    """An address that was ours once, and the piece that stands elsewhere now."""

    old_path = models.CharField(_("old address"), max_length=500, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="redirects")

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")

    def __str__(self) -> str:
        return self.old_path


class Credit(Orderable):
    """A name on the byline and what that person did."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="credits")
    role = models.CharField(_("role"), max_length=12, choices=CreditRole.choices, default=CreditRole.AUTHOR)
    contributor = models.ForeignKey(
        Contributor,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="credits",
        verbose_name=_("person"),
    )
    name = models.CharField(
        _("name, where it stands otherwise than on their page, or there is none"), max_length=160, blank=True
    )

    class Meta(Orderable.Meta):
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contributor__isnull=False) | ~models.Q(name=""),
                name="a_credit_names_somebody",
                violation_error_message=_("Choose a person or write a name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.shown_name}"

    @property
    def shown_name(self) -> str:
        """The name as it stands on the byline."""
        return self.name or (self.contributor.name if self.contributor else "")
