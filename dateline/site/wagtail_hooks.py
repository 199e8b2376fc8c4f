"""The identity page on the desk."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from dateline.site.actions import speak
from dateline.site.forms import IdentityForm, LanguageForm, MenuItemForm, UsefulLinkForm
from dateline.site.models import Identity


class Rows(InlinePanel):
    """Rows of the identity, each with a form of its own."""

    def __init__(self, *args: Any, form_class: type | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form_class = form_class

    def clone_kwargs(self) -> dict[str, Any]:
        """Keep the form where the panel is copied."""
        return {**super().clone_kwargs(), "form_class": self.form_class}

    def get_form_options(self) -> dict[str, Any]:
        """Let the rows be filled in by their form."""
        options: dict[str, Any] = super().get_form_options()
        if self.form_class:
            options["formsets"][self.relation_name]["form"] = self.form_class
        return options


PUBLICATION = [
    MultiFieldPanel(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("founded_year"), FieldPanel("time_zone")]),
            FieldPanel("email"),
            FieldPanel("is_commercial"),
            FieldRowPanel([FieldPanel("republish_licence"), FieldPanel("republish_credit")]),
            FieldPanel("is_mining_reserved"),
            FieldPanel("two_pairs_of_eyes"),
            FieldPanel("notice"),
            FieldPanel("accounts"),
        ],
        heading=_("The publication"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("logo_light"), FieldPanel("logo_dark")]),
            FieldRowPanel([FieldPanel("logo_small"), FieldPanel("icon")]),
        ],
        heading=_("Logos"),
        help_text=_("Where there is none the name stands in letters."),
    ),
]
LANGUAGES = [
    Rows(
        "languages",
        [FieldPanel("code"), FieldPanel("name"), FieldPanel("tagline"), FieldPanel("blurb")],
        form_class=LanguageForm,
        heading=_("Languages, the first is the default"),
        label=_("language"),
        min_num=1,
    ),
]
MENUS = [
    Rows(
        "menu_items",
        [
            FieldRowPanel([FieldPanel("menu"), FieldPanel("leads_to")]),
            FieldRowPanel([FieldPanel("link"), FieldPanel("label")]),
            FieldRowPanel([FieldPanel("language"), FieldPanel("is_child")]),
        ],
        form_class=MenuItemForm,
        heading=_("Menus, each in its own order"),
        label=_("menu item"),
    ),
]
LINKS = [
    InlinePanel("social_links", heading=_("Follow us"), label=_("link")),
    Rows(
        "useful_links",
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("link")]),
            FieldRowPanel([FieldPanel("logo"), FieldPanel("alt")]),
        ],
        form_class=UsefulLinkForm,
        heading=_("Useful links"),
        label=_("link"),
    ),
]

Identity.edit_handler = TabbedInterface(
    [
        ObjectList(PUBLICATION, heading=_("Publication")),
        ObjectList(LANGUAGES, heading=_("Languages")),
        ObjectList(MENUS, heading=_("Menus")),
        ObjectList(LINKS, heading=_("Links")),
    ],
    base_form_class=IdentityForm,
)


@hooks.register("after_edit_setting")
def speak_its_languages(_request: HttpRequest, setting: object) -> None:
    """Let pieces be written in every language that the owner has chosen."""
    if isinstance(setting, Identity):
        speak(setting.languages.values_list("code", flat=True))
