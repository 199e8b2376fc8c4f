"""How the desk edits an article."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

COMPOSED = ("headline", "standfirst", "body")


class ArticleForm(WagtailAdminModelForm):
    """An article's form. What is composed from segments can only be read here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_composed:
            for name in COMPOSED:
                if name in self.fields:
                    self.fields[name].disabled = True
                    self.fields[name].help_text = _("Composed on the translation desk; change it there.")
