"""Who may do what: the roles of a desk, as data.

Permissions are Django's, `app.codename`. Wagtail makes a group of each role when the site is set up.
"""

from dataclasses import dataclass

_ARTICLES = ("articles.add_article", "articles.change_article", "articles.view_article")
_PICTURES = ("articles.add_picture", "articles.change_picture", "articles.choose_picture")
_DESK = (
    "wagtailadmin.access_admin",
    "intake.view_original",
    "sources.view_outlet",
    "agreements.view_agreement",
)
_SHELVES = tuple(
    f"articles.{verb}_{noun}" for noun in ("topic", "contributor") for verb in ("add", "change", "view")
)
_RIGHTS = tuple(
    f"{label}.{verb}_{noun}"
    for label, noun in (
        ("agreements", "agreement"),
        ("rights", "permission"),
        ("rights", "picturepermission"),
    )
    for verb in ("add", "change", "view")
)
_EDITING = (
    *_ARTICLES,
    *_PICTURES,
    *_SHELVES,
    "articles.publish_article",
    "articles.lock_article",
    "articles.unlock_article",
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
        Role("owner", (*_DESK, *_EDITING, *_RIGHTS), is_owner=True),
        Role(
            "editor-in-chief",
            (
                *_DESK, *_EDITING, *_RIGHTS,
                "articles.delete_article", "articles.add_section", "articles.change_section", "articles.view_section",
                "sources.add_outlet", "sources.change_outlet", "rights.add_withdrawal",
                "site.change_identity", "intake.sort_original",
            ),
        ),
        Role("editor", (*_DESK, *_EDITING, "intake.sort_original", "rights.view_permission")),
        Role("translator", (*_DESK, "articles.view_article", "translation.change_job", "articles.choose_picture")),
        Role("contributor", ("wagtailadmin.access_admin", "articles.add_article", "articles.change_article")),
        Role("rights-manager", (*_DESK, *_RIGHTS, "rights.add_withdrawal", "sources.change_outlet")),
        Role("reader-support", ("wagtailadmin.access_admin",)),
    )
}  # fmt: skip
