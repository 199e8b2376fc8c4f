"""Asked about many pieces at once the gate says of each what it says when it is asked about that one alone."""

from datetime import timedelta

import pytest
from cast import (
    NOW,
    a_channel,
    a_contributor,
    a_permission,
    a_picture,
    a_picture_permission,
    a_reprint,
    a_section,
    a_statement,
    a_translation,
    an_agreement,
    an_article,
    an_exclusive,
    an_identity,
    an_original,
    an_outlet,
    published,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from soaking import budget

from dateline.articles.gate import lacks, lacks_many
from dateline.articles.models import Article
from dateline.intake.models import Entry, Particulars
from dateline.rights.actions import revoke, take_from_agreement
from dateline.site.queries import identity
from dateline.translation.actions import start_job
from dateline.translation.models import Job, Segment

LATER = NOW + timedelta(days=3)


def _of_an_agreement(use="translation", **terms):
    outlet = an_outlet()
    original = an_original(outlet, body_text="One two three. Four five six.")
    agreement = an_agreement(outlet, **terms)
    permission = take_from_agreement(
        original=original, agreement=agreement, use=use, language="en", by=None, now=NOW
    )
    return a_translation(original, permission=permission)


def _revoked():
    article = a_translation()
    revoke(permission=article.permission, reason="Changed their mind", by=None, now=NOW)
    return article


def _in_work(state=Segment.State.DRAFT, *, finished=False, **fields):
    original = an_original(an_outlet())
    article = a_translation(original, permission=a_permission(original), **fields)
    job = start_job(article=article, snapshot=None, by=None, now=NOW)
    Segment.objects.filter(job=job).exclude(source="").update(text="Words.", state=state)
    if finished:
        Job.objects.filter(pk=job.pk).update(state=Job.State.APPROVED)
    return Article.objects.get(pk=article.pk)


def _ours_in_another_language():
    article = _in_work()
    Article.objects.filter(pk=article.pk).update(kind="exclusive", original=None, permission=None)
    return Article.objects.get(pk=article.pk)


def _embargoed():
    article = a_translation()
    entry = Entry.objects.create(
        channel=a_channel(article.original.outlet),
        guid="x",
        original=article.original,
        state=Entry.State.TAKEN,
        seen_at=NOW,
    )
    Particulars.objects.create(entry=entry, embargo_until=LATER)
    return article


PIECES = {
    "an exclusive": an_exclusive,
    "a translation": a_translation,
    "a reprint": lambda: a_reprint(language="fr"),
    "one that is out": lambda: published(an_exclusive()),
    "a translation that is out": lambda: published(a_translation()),
    "without permission": lambda: a_reprint(permission=None),
    "with a revoked one": _revoked,
    "of an agreement that ended": lambda: _of_an_agreement(ends_on=NOW.date() - timedelta(days=400)),
    "of one that counts pieces": lambda: _of_an_agreement(pieces_a_month=0),
    "of one that counts words": lambda: _of_an_agreement(max_words=2),
    "of one that wants to see the text": lambda: _of_an_agreement(needs_approval=True),
    "unsigned": lambda: a_translation(authors=()),
    "without translator": lambda: a_translation(translators=()),
    "without original": lambda: an_article(kind="translation", authors=[a_contributor()]),
    "with somebody's picture": lambda: an_exclusive(hero=a_picture(permission=None), hero_alt="A ferry"),
    "with a picture whose right ended": lambda: an_exclusive(
        hero=a_picture(permission=a_picture_permission(ends_on=NOW.date() - timedelta(days=900))),
        hero_alt="A ferry",
    ),
    "with a picture without words": lambda: an_exclusive(hero=a_picture(), hero_alt=""),
    "in a foreign section": lambda: an_exclusive(section=a_section(language="fr")),
    "a statement of nobody": lambda: a_statement(issued_by="", authors=[a_contributor()]),
    "being translated": _in_work,
    "translated and not finished": lambda: _in_work(Segment.State.APPROVED),
    "translated and finished": lambda: _in_work(Segment.State.APPROVED, finished=True),
    "finished with an open sentence": lambda: _in_work(finished=True),
    "ours in another language, open": _ours_in_another_language,
    "under embargo": _embargoed,
}


def _held(articles):
    return list(Article.objects.filter(pk__in=[one.pk for one in articles]).order_by("pk"))


@pytest.mark.django_db
def test_of_each_kind_of_piece_the_gate_says_the_same_alone_and_among_all():
    an_identity()
    made = {}
    for name, make in PIECES.items():
        made[name] = make()
    articles = _held(made.values())
    together = dict(zip((one.pk for one in articles), lacks_many(articles, now=NOW), strict=True))
    for name, piece in made.items():
        alone = lacks(Article.objects.get(pk=piece.pk), now=NOW)
        assert together[piece.pk] == alone, name
    kept_back = {name for name, piece in made.items() if together[piece.pk]}
    assert {"without permission", "being translated", "ours in another language, open"} <= kept_back
    assert not {"an exclusive", "a translation", "translated and finished"} & kept_back


class AnyMixture(TestCase):
    """Hypothesis opens a transaction of its own for each mixture."""

    @settings(max_examples=budget(3, whole=300), deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        names=st.lists(st.sampled_from(sorted(PIECES)), min_size=1, max_size=6),
        two_pairs=st.booleans(),
        days=st.sampled_from([0, 2, 30, 500]),
    )
    def test_whatever_the_mixture_the_site_and_the_day(self, names, two_pairs, days):
        an_identity()
        articles = _held([PIECES[name]() for name in names])
        site = identity()
        site.two_pairs_of_eyes = two_pairs
        site.save()
        now = NOW + timedelta(days=days)
        assert lacks_many(articles, now=now) == [lacks(one, now=now) for one in _held(articles)]
