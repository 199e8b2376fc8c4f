"""What the rights desk fills in."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dateline.agreements.forms import USE_NAMES


class GrantForm(forms.Form):
    """An outlet said yes to one use of one piece."""

    use = forms.ChoiceField(label=_("Use"), choices=list(USE_NAMES.items()))
    language = forms.ChoiceField(label=_("In the language"), choices=settings.LANGUAGES)
    evidence = forms.CharField(
        label=_("Evidence"),
        strip=True,
        max_length=4000,
        help_text=_("Who said yes, when and how."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    credit_line = forms.CharField(label=_("Credit line in their words"), max_length=300, required=False)
