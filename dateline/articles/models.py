"""What we publish. An article is a plain model with Wagtail's mixins, and goes live through the gate alone."""

import uuid
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
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
from dateline.articles.checks import word_count
from dateline.articles.gate import clear
from dateline.articles.kinds import CreditRole, Genre, Kind, MachineHelp, Relation
from dateline.articles.preview import page_of
from dateline.articles.signals import went_down, went_out
from dateline.intake.models import Original
from dateline.rights.actions import end_uses, enter_use
from dateline.rights.models import Permission, PicturePermission
from dateline.site.fields import AddressField
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


class NotYourSection(PermissionError):
    """Somebody tried to publish in a section that has editors of its own."""

    def __init__(self, section: "Section") -> None:
        self.section = section
        names = ", ".join(str(editor) for editor in section.editors.all()) or str(section.parent)
        super().__init__(
            _("In %(section)s only its editors publish: %(names)s.") % {"section": section, "names": names}
        )


class Picture(AbstractImage):
    """A picture with its own credit and its own permission."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)
    permission = models.ForeignKey(
        PicturePermission, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("permission")
    )
    source_url = AddressField(_("where it was found"), max_length=1000, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit", "permission", "source_url")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_picture", _("Can choose picture"))]

    def __str__(self) -> str:
        return str(self.title)

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> ContentFile[bytes]:  # noqa: A002
        """Return the picture at one size, in memory: Wagtail would leave the temporary file that it drew into open."""
        drawn = super().generate_rendition_file(filter, source=source)
        with drawn:
            drawn.seek(0)
            return ContentFile(drawn.read(), name=drawn.name)


class Rendition(AbstractRendition):
    """A picture at one size."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_spec"
            )
        ]


class Section(TranslatableMixin, models.Model):
    """A department of the paper, in one language; its translations share a key."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=80, allow_unicode=True)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("part of"),
    )
    blurb = models.CharField(_("in a sentence"), max_length=300, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="sections",
        verbose_name=_("editors"),
        help_text=_("Who may publish here; nobody chosen means every editor."),
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("sort_order", "name")
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="section_address")]

    def __str__(self) -> str:
        return self.name

    def is_open_to(self, user: Any) -> bool:
        """May this member of staff publish here? Sections without editors of their own are open to all who publish."""
        if user.has_perm("articles.change_section"):
            return True
        chosen = {editor.pk for section in (self, self.parent) if section for editor in section.editors.all()}
        return not chosen or user.pk in chosen


class Topic(TranslatableMixin, models.Model):
    """Something that pieces of many sections are about; with dates it is the hub of an event."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, allow_unicode=True)
    blurb = models.TextField(_("introduction"), blank=True)
    starts_on = models.DateField(_("the event begins"), null=True, blank=True)
    ends_on = models.DateField(_("the event ends"), null=True, blank=True)
    picture = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="topic_address"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="an_event_ends_after_it_begins",
                violation_error_message=_("An event cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Contributor(models.Model):
    """Somebody, or our house account, whose name stands on a byline."""

    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    is_house = models.BooleanField(_("house account"), default=False)
    bio = models.TextField(_("about"), blank=True)
    portrait = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles, and no way around the gate."""

    def live(self) -> Self:
        """Return what readers may see."""
        return self.filter(live=True)

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
        indexes = [models.Index(fields=["locale", "live", "-first_published_at"], name="article_fronts")]

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
        else:
            end_uses(piece=self.uid, now=now)

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

    def credits_of(self, role: CreditRole) -> list["Credit"]:
        """Return who did one thing for it, in order."""
        return [credit for credit in self.credits.all() if credit.role == role]


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


class Answer(Orderable):
    """What a statement does to another: an article of ours, an original, or a page elsewhere, with the claim quoted."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="answers")
    relation = models.CharField(_("relation"), max_length=12, choices=Relation.choices)
    to_article = models.ForeignKey(
        Article,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answered_by",
        verbose_name=_("article"),
    )
    to_original = models.ForeignKey(
        Original,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answered_by",
        verbose_name=_("original"),
    )
    claim = models.TextField(_("the claim, quoted"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_article__isnull=False) | models.Q(to_original__isnull=False),
                name="an_answer_answers_something",
                violation_error_message=_("Choose the article or the original that it answers."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.to_article or self.to_original}"


class Redirect(models.Model):
    """An address that was ours once, and the piece that stands elsewhere now."""

    old_path = models.CharField(_("old address"), max_length=500, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="redirects")

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")

    def __str__(self) -> str:
        return self.old_path
