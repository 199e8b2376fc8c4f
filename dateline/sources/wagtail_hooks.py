"""What the desk writes about an outlet by hand. Its list and its page are the workbench's."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from dateline.sources.models import Outlet


class OutletViewSet(ModelViewSet):
    """The facts about an outlet."""

    model = Outlet
    icon = "globe"
    url_prefix = "outlet-facts"
    copy_view_enabled = False
    list_display: ClassVar = ["shown_name", "kind", "country", "language"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("name_here")]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("slug")]),
            FieldPanel("home_url"),
            FieldRowPanel([FieldPanel("country"), FieldPanel("owner")]),
            FieldRowPanel([FieldPanel("language"), FieldPanel("languages")]),
            FieldRowPanel([FieldPanel("leaning"), FieldPanel("pictures")]),
            FieldPanel("contact_email"),
            InlinePanel(
                "contacts",
                heading=_("Contacts"),
                label=_("contact"),
                panels=[
                    FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
                    FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                    FieldPanel("note"),
                ],
            ),
            FieldPanel("notes"),
        ]
    )


@hooks.register("register_admin_viewset")
def outlet_facts() -> ModelViewSet:
    """Let the facts about an outlet be written on the desk."""
    return OutletViewSet("outlet-facts")
