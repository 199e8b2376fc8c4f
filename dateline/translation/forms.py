"""What the translation desk's pages send: one segment, or the whole form.

A textarea's name says which segment it is, which version of it the person saw and (as a digest) which words:
so a form that was open for an hour overwrites nothing that its writer never touched. All in one name, since
Django takes a thousand fields from a form.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from dateline.lib.text import one_line

_NAME = re.compile(r"text-([0-9]{1,18})-([0-9]{1,9})-([0-9a-f]{16})")


class SegmentForm(forms.Form):
    """One segment, sent by the page's script."""

    text = forms.CharField(label=_("translation"), required=False)
    version = forms.IntegerField(min_value=0)
    approve = forms.BooleanField(required=False)
    unapprove = forms.BooleanField(required=False)
    taken = forms.CharField(required=False, max_length=40)


@dataclass(frozen=True)
class Entry:
    """The words in one textarea, and what they were written over."""

    segment: int
    version: int
    seen: str
    text: str

    @property
    def is_touched(self) -> bool:
        """Whether the person changed the words that the page came with."""
        return _digest(one_line(self.text)) != self.seen


def field_name(*, segment: int, version: int, text: str) -> str:
    """Return the name of a segment's textarea that comes with `text` in it."""
    return f"text-{segment}-{version}-{_digest(text)}"


def entries(posted: Mapping[str, str]) -> dict[int, Entry]:
    """Return what was posted in textareas, by segment; other fields are not looked at."""
    matches = ((name, _NAME.fullmatch(name)) for name in posted)
    found = (Entry(int(match[1]), int(match[2]), match[3], posted[name]) for name, match in matches if match)
    return {entry.segment: entry for entry in found}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
