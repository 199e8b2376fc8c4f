"""Where pieces stand and who signs them: sections, topics, contributors."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    TranslatableMixin,
)

from dateline.articles.models.pictures import Picture


class NotYourSection(PermissionError):
    """Somebody tried to publish in a section that has editors of its own."""

    def __init__(self, section: "Section") -> None:
        self.section = section
        names = ", ".join(str(editor) for editor in section.editors.all()) or str(section.parent)
        super().__init__(
            _("In %(section)s only its editors publish: %(names)s.") % {"section": section, "names": names}
        )


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
