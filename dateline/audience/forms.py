"""What a reader fills in to write to us."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from dateline.audience import post

# As readers say it; the desk has words of its own.
WISHES: Final = (
    (post.ERROR, _("There is an error in a piece")),
    (post.REPLY, _("I am named in a piece, and want to reply to it")),
    (post.ACCESS, _("I want to know what you keep about me")),
    (post.RECTIFY, _("What you keep about me is wrong")),
    (post.ERASURE, _("I want you to erase what you keep about me")),
)


class PostForm(forms.Form):
    """A letter to us. website: nobody sees it, so whoever fills it in is a machine."""

    kind = forms.ChoiceField(label=_("What is it about?"), choices=WISHES, widget=forms.RadioSelect)
    about = forms.CharField(
        label=_("Address of the piece"),
        max_length=500,
        required=False,
        help_text=_("Copy it from the address bar, if it is about one."),
    )
    text = forms.CharField(label=_("Your letter"), widget=forms.Textarea, max_length=post.LONGEST_TEXT)
    name = forms.CharField(label=_("Your name"), max_length=post.LONGEST_NAME, required=False)
    email = forms.EmailField(label=_("Your e-mail address"), required=False)
    website = forms.CharField(required=False)
    opened = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for an address where an answer is wanted, and for the piece where it is about one."""
        told = super().clean() or {}
        kind = told.get("kind")
        if kind in post.NEEDS_EMAIL and not told.get("email") and "email" not in self.errors:
            self.add_error("email", _("Please give an e-mail address: without it we cannot answer."))
        if kind in {post.ERROR, post.REPLY} and not told.get("about"):
            self.add_error("about", _("Please say which piece it is."))
        return told
