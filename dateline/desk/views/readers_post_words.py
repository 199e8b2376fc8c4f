"""How an answer to a reader begins, in the reader's language; whoever answers goes on from there."""

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from dateline.audience import post
from dateline.audience.models import ReaderLetter
from dateline.site.queries import identity

OPENINGS = {
    post.ERROR: _(
        "thank you for telling us. We looked into it and put the piece right; the note stands below it."
    ),
    post.REPLY: _("you asked to reply to a piece of ours."),
    post.ACCESS: _("you asked what we keep about you."),
    post.ERASURE: _("you asked us to erase what we keep about you."),
    post.RECTIFY: _("you told us that what we keep about you is wrong."),
}

DELAY = _(
    "your request about your data takes us longer than a month; the law allows us two more. The reason is this: "
)


def draft(letter: ReaderLetter) -> tuple[str, str]:
    """Return subject and body of an answer that is begun."""
    return _begun(letter, OPENINGS[letter.kind])


def draft_of_a_delay(letter: ReaderLetter) -> tuple[str, str]:
    """Return subject and body of a letter that says why a request takes longer; the reason is for a person to write."""
    return _begun(letter, DELAY)


def _begun(letter: ReaderLetter, opening: object) -> tuple[str, str]:
    name = identity().name
    with override(letter.language):
        subject = gettext("Your letter to %(site)s") % {"site": name}
        greeting = (
            gettext("Dear %(name)s,") % {"name": letter.name} if letter.name else gettext("Dear reader,")
        )
        parts = [greeting, str(opening), f"{gettext('With kind regards')}\n{name}"]
    return subject, "\n\n".join(parts)
