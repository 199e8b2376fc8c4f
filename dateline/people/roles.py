"""Who may do what: the roles of a desk, as data.

Permissions are Django's, `app.codename`. A group of each role is kept equal to this table; what Wagtail
asks for at a place (pictures at a collection, pages in the tree) is given at the root.
"""

from dataclasses import dataclass


def _verbs(noun: str, *verbs: str) -> tuple[str, ...]:
    label, _dot, name = noun.partition(".")
    return tuple(f"{label}.{verb}_{name}" for verb in verbs)


# Wagtail asks for the permissions of its own image, whatever model the pictures are.
_PICTURE = "wagtailimages.image"
_KEEP = ("add", "change", "view")

_ENTER = ("wagtailadmin.access_admin", "desk.view_own_work")
_DESK = (
    *_ENTER,
    "intake.view_original",
    "intake.view_beat",
    "sources.view_outlet",
    "agreements.view_agreement",
    "desk.view_assignment",
)
_RIGHTS = (
    "desk.add_assignment",
    *_verbs("agreements.agreement", *_KEEP),
    *_verbs("rights.permission", *_KEEP),
    *_verbs("rights.picturepermission", *_KEEP),
    *_verbs("rights.account", *_KEEP),
)
_EDITING = (
    *_verbs("articles.article", *_KEEP, "publish", "lock", "unlock"),
    *_verbs("articles.topic", *_KEEP),
    *_verbs("articles.contributor", *_KEEP),
    *_verbs(_PICTURE, "add", "change", "choose"),
    *_verbs("wagtailcore.page", "add", "change", "publish"),
    "articles.view_section",
    "desk.add_assignment",
    "editions.view_issue",
    "rights.view_permission",
    "rights.view_picturepermission",
)
_READERS_POST = (
    *_verbs("audience.readerletter", "view", "change"),
    *_verbs("editions.subscription", "view", "change"),
)
_CHIEF = (
    *_READERS_POST,
    *_verbs("articles.section", *_KEEP),
    "articles.delete_article",
    "intake.sort_original",
    *_verbs("intake.beat", "change"),
    "sources.add_outlet",
    "sources.change_outlet",
    "rights.add_withdrawal",
    "site.change_identity",
    "people.view_auditentry",
    "people.export_auditentry",
    "editions.change_issue",
    "editions.change_letter",
    "editions.export_subscription",
    "work.change_job",
)


@dataclass(frozen=True)
class Role:
    """A role at the desk and what it may do."""

    name: str
    permissions: tuple[str, ...]
    is_owner: bool = False


ROLES = {
    role.name: role
    for role in (
        Role("owner", (*_DESK, *_EDITING, *_RIGHTS, *_CHIEF), is_owner=True),
        Role("editor-in-chief", (*_DESK, *_EDITING, *_RIGHTS, *_CHIEF)),
        Role("editor", (*_DESK, *_EDITING, "intake.sort_original")),
        Role("translator", (*_DESK, "articles.view_article", "translation.change_job", *_verbs(_PICTURE, "choose"))),
        # Translates what was given to them, and sees nothing else of the desk.
        Role("outside-translator", (*_ENTER, "articles.view_article", "translation.change_job")),
        Role("contributor", (*_ENTER, *_verbs("articles.article", "add", "change"), "desk.add_submission")),
        Role("rights-manager", (*_DESK, *_RIGHTS, "rights.add_withdrawal", "sources.change_outlet")),
        Role("reader-support", (*_ENTER, *_READERS_POST)),
    )
}  # fmt: skip

# What Wagtail asks for at a place in one of its trees, and not of a group as such.
AT_COLLECTIONS = frozenset(_verbs(_PICTURE, "add", "change", "choose", "delete"))
AT_PAGES = frozenset(_verbs("wagtailcore.page", "add", "change", "publish", "bulk_delete", "lock", "unlock"))

# Whoever has one of these changes what readers see, and is asked for a second factor.
PUBLISHING = ("articles.publish_article", "rights.add_withdrawal", "editions.change_issue")
