"""Two editors at one piece: a form of an older text is refused, and nobody's words are lost."""

import cast
import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from dateline.articles.models import Article

pytestmark = pytest.mark.django_db
EDIT = "wagtailsnippets_articles_article:edit"


@pytest.fixture
def piece(newsroom):
    article = cast.an_exclusive(headline="The ferry")
    article.save_revision(user=cast.vera())
    return article


@pytest.fixture
def two(at_desk):
    return at_desk(cast.vera()), at_desk(cast.somebody("ines", role="editor-in-chief", first_name="Ines"))


def opened(client, piece):
    """Return what a browser would send of the form as it was opened, without a script."""
    from lxml import html

    page = html.fromstring(client.get(reverse(EDIT, args=[piece.pk])).content)
    form = next(one for one in page.forms if "headline" in one.fields)
    sent = {name: value for name, value in form.form_values() if not name.startswith("action-")}
    # The body is laid out by a script; here are its fields as that script would send them.
    return {**sent, "body-count": "0", "machine_help": sent.get("machine_help") or "none"}


def save(client, piece, fields, **typed):
    return client.post(reverse(EDIT, args=[piece.pk]), {**fields, **typed})


def newest(piece):
    return Article.objects.get(pk=piece.pk).get_latest_revision_as_object()


def test_a_form_of_an_older_text_is_refused_and_both_texts_are_kept(two, piece):
    vera, ines = two
    veras, iness = opened(vera, piece), opened(ines, piece)
    assert save(ines, piece, iness, headline="The ferry is late").status_code == 302
    answer = save(vera, piece, veras, headline="The ferry is early")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert newest(piece).headline == "The ferry is late"
    assert "Not saved: Ines" in strip_tags(text)
    assert 'value="The ferry is early"' in text
    assert '<span class="deletion">late</span>' in text
    assert '<span class="addition">early</span>' in text
    assert "/history/compare/" in text or "/compare/" in text


def test_who_has_seen_the_newer_text_saves_on_top_and_it_stays_in_the_history(two, piece):
    vera, ines = two
    veras, iness = opened(vera, piece), opened(ines, piece)
    save(ines, piece, iness, headline="The ferry is late")
    save(vera, piece, veras, headline="The ferry is early")
    seen = opened(vera, piece)  # the refusal's own form names the newer text, as a form opened now does
    assert save(vera, piece, seen, headline="The ferry is early").status_code == 302
    assert newest(piece).headline == "The ferry is early"
    told = [row.as_object().headline for row in piece.revisions.order_by("pk")]
    assert told[-2:] == ["The ferry is late", "The ferry is early"]


def test_the_refused_page_names_the_newer_text_so_that_a_second_save_is_meant(two, piece):
    vera, ines = two
    veras, iness = opened(vera, piece), opened(ines, piece)
    save(ines, piece, iness, headline="The ferry is late")
    text = save(vera, piece, veras, headline="The ferry is early").content.decode()
    latest = Article.objects.get(pk=piece.pk).latest_revision_id
    assert f'name="loaded_revision_id" value="{latest}"' in text


def test_a_script_that_injects_in_the_others_words_is_shown_as_words(two, piece, hostile):
    vera, ines = two
    veras, iness = opened(vera, piece), opened(ines, piece)
    save(ines, piece, iness, headline=hostile)
    text = save(vera, piece, veras, headline="The ferry is early").content.decode()
    assert "<script>alert(1)" not in text
    assert "<img src=x" not in text


def test_one_editor_alone_goes_on_saving(two, piece):
    vera, _ines = two
    for headline in ("One", "Two", "Three"):
        assert save(vera, piece, opened(vera, piece), headline=headline).status_code == 302
    assert newest(piece).headline == "Three"


def test_the_list_of_articles_says_in_words_where_each_stands_and_who_holds_it(two, piece):
    from dateline.desk.actions.assigning import hold_piece

    vera, _ines = two
    hold_piece(article=piece, by=cast.somebody("ines"), now=cast.NOW)
    cast.published(cast.an_exclusive(headline="Out"))
    words = " ".join(
        strip_tags(vera.get(reverse("wagtailsnippets_articles_article:list")).content.decode()).split()
    )
    assert "Held by" in words
    assert "Ines" in words
    assert " live " in words
    assert " draft " in words
    assert "True" not in words


def test_who_does_not_hold_a_piece_cannot_save_it_and_is_told_so(two, piece):
    from dateline.desk.actions.assigning import hold_piece

    vera, _ines = two
    fields = opened(vera, piece)
    hold_piece(article=piece, by=cast.somebody("ines"), now=cast.NOW)
    answer = save(vera, piece, fields, headline="Mine")
    assert newest(piece).headline == "The ferry"
    assert "locked" in strip_tags(answer.content.decode())
