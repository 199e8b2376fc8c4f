"""The nouns of this room on the desk."""

from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.models import Revision
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from dateline.articles import urls
from dateline.articles.forms import ArticleForm
from dateline.articles.models import Article, Contributor, Section, Topic
from dateline.articles.views import ArticleCreateView, ArticleEditView

WRITING = [
    FieldRowPanel([FieldPanel("kind"), FieldPanel("genre")]),
    FieldPanel("kicker"),
    FieldPanel("headline", classname="title"),
    FieldPanel("standfirst"),
    FieldPanel("body"),
    MultiFieldPanel(
        [FieldPanel("hero"), FieldPanel("hero_alt"), FieldPanel("hero_caption")], heading=_("Lead picture")
    ),
    InlinePanel("credits", heading=_("Byline"), label=_("credit")),
]
PLACE = [
    FieldPanel("slug"),
    FieldPanel("section"),
    FieldPanel("other_sections"),
    FieldPanel("topics"),
    FieldPanel("filed_from"),
    FieldPanel("reading_minutes"),
    FieldPanel("slugline"),
]
SOURCE = [
    FieldPanel("original"),
    FieldPanel("permission"),
    FieldPanel("is_unsigned_at_source"),
    FieldRowPanel([FieldPanel("machine_help"), FieldPanel("machine_name")]),
    MultiFieldPanel(
        [
            InlinePanel(
                "issuers",
                [
                    FieldRowPanel([FieldPanel("name"), FieldPanel("is_person")]),
                    FieldRowPanel([FieldPanel("contributor"), FieldPanel("outlet")]),
                ],
                heading=_("Issued by"),
                label=_("issuer"),
            ),
            FieldPanel("issued_by"),
            FieldPanel("issued_on"),
            InlinePanel(
                "answers",
                [
                    FieldPanel("relation"),
                    FieldPanel("to_article"),
                    FieldPanel("to_original"),
                    FieldRowPanel([FieldPanel("to_address"), FieldPanel("to_title")]),
                    FieldPanel("claim"),
                ],
                heading=_("What it answers"),
                label=_("answer"),
            ),
        ],
        heading=_("Statement"),
    ),
]


def how_it_stands(article: Any) -> str:
    """Return in a word or two what readers see of it."""
    if article.live:
        return str(_("live, and changed since") if article.has_unpublished_changes else _("live"))
    return str(_("scheduled") if article.is_planned else _("draft"))


def who_holds_it(article: Article) -> str:
    """Return who alone edits it now; empty where everybody may."""
    return str(article.locked_by or _("locked")) if article.locked else ""


def is_it_a_house(contributor: Contributor) -> str:
    """Return whether a byline is a person's or an account of the house."""
    return str(_("house account") if contributor.is_house else _("person"))


class ArticleViewSet(SnippetViewSet):
    """Articles on the desk."""

    model = Article
    icon = "doc-full"
    menu_label = _("Articles")
    list_display: ClassVar = [
        "__str__",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("language", label=_("Language"), accessor="locale", sort_key="locale"),
        Column("section", label=_("Section"), accessor="section", sort_key="section"),
        Column("stands", label=_("Stands"), accessor=how_it_stands, sort_key="live"),
        Column("held", label=_("Held by"), accessor=who_holds_it, sort_key="locked_by"),
        DateColumn("first_published_at", label=_("Published"), sort_key="first_published_at"),
    ]
    list_filter: ClassVar = ["kind", "genre", "live", "section", "locale"]
    search_fields: ClassVar = ["headline", "slugline"]
    search_backend_name = None
    list_per_page = 50
    add_view_class = ArticleCreateView
    edit_view_class = ArticleEditView
    inspect_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList(WRITING, heading=_("Text")),
            ObjectList(PLACE, heading=_("Place")),
            ObjectList(SOURCE, heading=_("Source and rights")),
            ObjectList([PublishingPanel()], heading=_("Schedule")),
        ],
        base_form_class=ArticleForm,
    )

    def get_queryset(self, _request: HttpRequest) -> QuerySet[Article]:
        """Read each with what its line says, and without its body."""
        kind = ContentType.objects.get_for_model(Article, for_concrete_model=False)
        planned = Revision.objects.filter(
            base_content_type=kind,
            object_id=Cast(OuterRef("pk"), CharField()),
            approved_go_live_at__isnull=False,
        )
        listed = Article.objects.select_related("locale", "section", "locked_by").defer("body")
        found: QuerySet[Article] = listed.annotate(is_planned=Exists(planned))
        return found


class SectionViewSet(SnippetViewSet):
    """Sections on the desk."""

    model = Section
    icon = "list-ul"
    list_display: ClassVar = ["name", "parent", "locale", "sort_order"]
    search_backend_name = None
    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("parent"),
        FieldPanel("blurb"),
        FieldPanel("sort_order"),
        FieldPanel("editors"),
    ]


class TopicViewSet(SnippetViewSet):
    """Topics on the desk."""

    model = Topic
    icon = "tag"
    list_display: ClassVar = ["name", "starts_on", "ends_on", "locale"]
    search_backend_name = None
    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("blurb"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("picture"),
    ]


class ContributorViewSet(SnippetViewSet):
    """Contributors on the desk."""

    model = Contributor
    icon = "user"
    list_display: ClassVar = [
        "name",
        Column("is_house", label=_("Who"), accessor=is_it_a_house, sort_key="is_house"),
    ]
    search_fields: ClassVar = ["name"]
    search_backend_name = None
    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("is_house"),
        FieldPanel("bio"),
        FieldPanel("portrait"),
        FieldPanel("user"),
    ]


class PaperGroup(SnippetViewSetGroup):
    """What the paper is made of."""

    menu_label = _("Paper")
    menu_icon = "doc-full"
    menu_order = 120
    items = (ArticleViewSet, SectionViewSet, TopicViewSet, ContributorViewSet)


register_snippet(PaperGroup)


@hooks.register("register_admin_urls")
def articles_urls() -> list[URLResolver]:
    """Serve this room's own pages beside Wagtail's."""
    return [path("articles/", include(urls))]
