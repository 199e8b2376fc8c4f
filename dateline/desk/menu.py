"""The desk's menu as data: its groups as an editor thinks, and what leads where. Pure.

To add a line write one here; the hooks register what the table says. A line without an address is registered by
an earlier room, and only told its place.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

# Parts of Wagtail that say nothing about a press digest, or would be undone at the next start: its documents (an
# agreement's letter has its own place), its help, its list of images (ours is the library of pictures), its reports
# about pages (what was done to anything has a page of ours), groups
# (roles are data), locales (the identity has the languages), sites, collections, workflows.
UNUSED: Final = frozenset({"documents", "help", "snippets", "images", "reports"})
UNUSED_SETTINGS: Final = frozenset(
    {"groups", "locales", "sites", "collections", "workflows", "workflow-tasks"}
)


@dataclass(frozen=True)
class Group:
    """Lines of the menu that belong together."""

    name: str
    label: Any
    icon: str


@dataclass(frozen=True)
class Line:
    """A line of the menu. permissions: one of which is enough. group: empty stands by itself."""

    name: str
    group: str = ""
    label: Any = ""
    address: str = ""
    icon: str = ""
    permissions: tuple[str, ...] = ()


GROUPS: Final = (
    Group("news", _("News"), "openquote"),
    Group("work", _("Work"), "tasks"),
    Group("paper", _("Articles"), "doc-full"),
    Group("going-out", _("Editions and letters"), "calendar-alt"),
    Group("rights", _("Rights"), "key"),
    Group("sources", _("Sources"), "globe"),
)
_WORK: Final = ("desk.view_own_work",)
_INTAKE: Final = ("intake.view_original",)
_RIGHTS: Final = ("rights.view_permission",)
LINES: Final = (
    Line("today", "", _("My work today"), "newsroom:today", "user", _WORK),
    Line("newslist", "", _("Newslist"), "wagtailadmin_home", "list-ul", _INTAKE),
    Line("stories", "news", _("Stories"), "newsroom:stories", "folder-open-inverse", _INTAKE),
    Line("had", "news", _("Have we had this?"), "newsroom:had", "search", _WORK),
    Line("changes", "news", _("Changes"), "newsroom:changes", "history", _INTAKE),
    Line("standing", "news", _("Tell me when…"), "newsroom:standing-rules", "tag", _INTAKE),
    Line("take", "news", _("Take a piece"), "newsroom:take", "download", ("intake.sort_original",)),
    Line("board", "work", _("Board"), "newsroom:board", "table", _WORK),
    Line(
        "readers-post",
        "work",
        _("Readers’ post"),
        "newsroom:readers-post",
        "mail",
        ("audience.view_readerletter",),
    ),
    Line("my-pieces", "work", _("My pieces"), "newsroom:my-pieces", "edit", ("desk.add_submission",)),
    Line(
        "writing",
        "work",
        _("Ideas and submissions"),
        "newsroom:writing",
        "form",
        ("articles.publish_article",),
    ),
    Line("translations", "work"),
    Line("glossary", "work", _("Glossary"), "newsroom:glossary", "list-ul", ("translation.change_job",)),
    Line(
        "memory",
        "work",
        _("Translation memory"),
        "newsroom:memory",
        "doc-full",
        ("articles.publish_article",),
    ),
    Line("my-account", "work", _("My account"), "newsroom:my-account", "table", ("translation.change_job",)),
    Line(
        "write",
        "paper",
        _("Write"),
        "wagtailsnippets_articles_article:add",
        "edit",
        ("articles.add_article",),
    ),
    Line("articles", "paper"),
    Line("sections", "paper"),
    Line("topics", "paper"),
    Line("contributors", "paper"),
    Line(
        "library",
        "paper",
        _("Library of pictures"),
        "newsroom:pictures",
        "image",
        ("wagtailimages.add_image", "wagtailimages.change_image"),
    ),
    Line("explorer", "paper"),
    Line(
        "editions",
        "going-out",
        _("Editions"),
        "newsroom:editions",
        "calendar-alt",
        ("articles.publish_article",),
    ),
    Line(
        "letters-out",
        "going-out",
        _("Letters to readers"),
        "newsroom:letters-out",
        "mail",
        ("editions.view_issue",),
    ),
    Line("rights-ahead", "rights", _("Rights ahead"), "newsroom:rights-ahead", "date", _RIGHTS),
    Line("requests", "rights", _("Requests"), "newsroom:requests", "mail", _RIGHTS),
    Line("agreements", "rights"),
    Line("permissions", "rights"),
    Line("picture-rights", "rights"),
    Line("withdrawals", "rights"),
    Line("accounts", "rights", _("Accounts"), "newsroom:accounts", "table", ("rights.view_account",)),
    Line("outlets", "sources", _("Outlets"), "newsroom:outlets", "globe", ("sources.view_outlet",)),
    Line("deliveries", "sources", _("Deliveries"), "newsroom:deliveries", "mail", ("sources.view_outlet",)),
    Line("beat", "sources", _("Beat"), "newsroom:beat", "crosshairs", ("intake.view_beat",)),
    Line("overview", "", _("Overview"), "newsroom:overview", "view", _RIGHTS),
    Line("audit", "", _("What was done"), "newsroom:audit", "history", ("people.view_auditentry",)),
)
ORDER: Final = {line.name: 100 + place for place, line in enumerate(LINES)}
GROUP_OF: Final = {line.name: line.group for line in LINES if line.group}
