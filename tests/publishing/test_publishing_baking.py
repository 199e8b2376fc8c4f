from datetime import UTC, datetime

import cast
import feedparser
import pytest
from django.db import connection

from dateline.articles.actions import unpublish, withdraw
from dateline.articles.gate import NotCleared
from dateline.articles.models import Answer, Article, Redirect
from dateline.articles.preview import page_of
from dateline.people.models import AuditEntry
from dateline.publishing import actions
from dateline.publishing.models import BakedFile, Clearance, PlainPage
from dateline.publishing.queries.baked import that_show
from dateline.publishing.queries.press import open_press
from dateline.publishing.recipes import RECIPES
from dateline.rights.actions import carry_out, revoke
from dateline.rights.models import Withdrawal
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

SECRET = "The harbour master sails past the gate"


def bake_all():
    return actions.bake_everything(now=cast.NOW)


def everything_baked(site):
    return {
        str(file.relative_to(site.root)): file.read_bytes() for file in site.root.rglob("*") if file.is_file()
    }


def shown_in(site, words):
    return sorted(
        name
        for name, content in everything_baked(site).items()
        if words.encode() in content and name[-3:] not in (".gz", ".br")
    )


def past_the_gate(**fields):
    """Return an article that somebody made live with SQL: no outlet, no author, no permission."""
    article = cast.an_article(headline=SECRET, authors=(), **fields)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_article SET live = %s, first_published_at = %s, address_date = %s WHERE id = %s",
            [True, cast.NOW, cast.NOW.date(), article.pk],
        )
    return Article.objects.get(pk=article.pk)


# What goes out


def test_a_published_piece_is_on_its_page_the_home_its_section_topic_author_feeds_and_sitemap(site, read):
    topic, author = cast.a_topic(), cast.a_contributor()
    piece = cast.published(cast.an_exclusive(headline="Boats at last", topics=[topic], authors=[author]))
    run_all_jobs()
    address = piece.get_absolute_url()
    assert "Boats at last" in read(address)
    for path in (
        "/en/",
        f"/en/section/{piece.section.slug}/",
        f"/en/topic/{topic.slug}/",
        f"/en/by/{author.slug}/",
        "/en/feed.xml",
        f"/en/section/{piece.section.slug}/feed.xml",
        f"/en/topic/{topic.slug}/feed.xml",
    ):
        assert address in read(path), path
    assert f"https://digest.example{address}" in read("/sitemap.xml")
    assert address not in read("/fr/")


def test_a_piece_stands_on_the_front_of_the_section_that_its_section_is_part_of(site, read):
    news = cast.a_section("News")
    piece = cast.published(cast.an_exclusive(section=cast.a_section("Energy", parent=news)))
    run_all_jobs()
    assert piece.get_absolute_url() in read(f"/en/section/{news.slug}/")


def test_what_is_not_published_is_not_baked(site):
    cast.an_exclusive(headline=SECRET)
    bake_all()
    assert shown_in(site, SECRET) == []


def test_a_second_bake_changes_no_file(site):
    cast.published(cast.an_exclusive(hero=cast.a_picture(), hero_alt="A ferry"))
    bake_all()
    before = everything_baked(site)
    assert bake_all() == 0
    assert everything_baked(site) == before


def test_the_newest_of_the_moment_stand_before_the_pages_that_ask_for_them(site):
    cast.published(cast.an_exclusive())
    made = []
    actions.bake_everything(now=cast.NOW, progress=lambda _done, _of, what: made.append(what.split()[0]))
    assert made.index("newest") < made.index("article")


def test_a_new_headline_is_new_everywhere(site):
    piece = cast.published(cast.an_exclusive(headline="Boats at last"))
    run_all_jobs()
    piece.headline = "Boats at long last"
    piece.save_revision()
    cast.published(piece)
    run_all_jobs()
    assert shown_in(site, "Boats at last<") == []
    assert len(shown_in(site, "Boats at long last")) >= 4


def test_baking_around_a_piece_gives_the_same_site_as_baking_everything(site):
    section, topic = cast.a_section(), cast.a_topic()
    for number in range(3):
        cast.published(cast.an_exclusive(section=section, topics=[topic], headline=f"Piece {number}"))
    bake_all()
    fronts = {row.path for row in BakedFile.objects.exclude(kind="article")}
    last = cast.published(cast.an_exclusive(section=section, topics=[topic], headline="The last piece"))
    actions.bake_around(piece=last.uid, now=cast.NOW)
    around = {
        path: site.digest(BakedFile.objects.get(path=path).file)
        for path in fronts - {"/en/404.html", "/404.html", "/.well-known/dateline-head.json"}
    }
    bake_all()
    assert around == {path: site.digest(BakedFile.objects.get(path=path).file) for path in around}


def test_old_pages_of_a_section_stand_at_numbers_and_the_front_has_the_newest(site, read):
    section, author = cast.a_section(), cast.a_contributor()
    pieces = [
        cast.published(cast.an_exclusive(section=section, authors=[author], headline=f"No {n}!"))
        for n in range(41)
    ]
    bake_all()
    assert pieces[0].get_absolute_url() in read(f"/en/section/{section.slug}/1/")
    assert pieces[40].get_absolute_url() in read(f"/en/section/{section.slug}/")
    assert not BakedFile.objects.filter(path=f"/en/section/{section.slug}/2/").exists()


def test_a_section_that_shrinks_loses_its_old_page(site):
    section, author = cast.a_section(), cast.a_contributor()
    pieces = [cast.published(cast.an_exclusive(section=section, authors=[author])) for _ in range(40)]
    bake_all()
    old = f"/en/section/{section.slug}/1/"
    assert BakedFile.objects.filter(path=old).exists()
    unpublish(article=pieces[0], by=None, now=cast.NOW)
    actions.bake_around(piece=pieces[0].uid, now=cast.NOW)
    assert not BakedFile.objects.filter(path=old).exists()
    assert not site.holds(f"en/section/{section.slug}/1/index.html")


# The gate, asked again


def test_a_piece_made_live_past_the_gate_appears_nowhere(site):
    section = cast.a_section()
    cast.published(cast.an_exclusive(section=section))
    article = past_the_gate(section=section)
    bake_all()
    actions.bake_around(piece=article.uid, now=cast.NOW)
    actions.mend(now=cast.NOW)
    assert shown_in(site, SECRET) == []
    assert shown_in(site, article.get_absolute_url()) == []
    assert not Clearance.objects.filter(piece=article.uid).exists()


def test_a_piece_made_live_past_the_gate_is_in_the_audit_once(site):
    article = past_the_gate()
    bake_all()
    bake_all()
    entries = AuditEntry.objects.filter(verb="refuse-to-print", subject_id=str(article.pk))
    assert entries.count() == 1
    assert "author" in entries.get().summary


def test_a_piece_whose_permission_is_revoked_is_withdrawn_by_itself(site):
    piece = cast.published(cast.a_translation(headline=SECRET))
    run_all_jobs()
    assert shown_in(site, SECRET)
    revoke(permission=piece.permission, reason="they changed their mind", by=None, now=cast.NOW)
    run_all_jobs()
    told = shown_in(site, SECRET)
    assert {site.status_of(page) for page in told} == {410}


def test_a_piece_in_a_language_that_is_not_the_sites_has_no_page(site):
    piece = cast.published(cast.an_exclusive(language="de"))
    bake_all()
    assert not BakedFile.objects.filter(piece=piece.uid).exists()


# What goes down


def test_a_piece_taken_down_is_nowhere(site):
    piece = cast.published(cast.an_exclusive(headline=SECRET))
    cast.published(cast.an_exclusive(section=piece.section))
    run_all_jobs()
    unpublish(article=piece, by=None, now=cast.NOW)
    run_all_jobs()
    assert shown_in(site, SECRET) == []


@pytest.mark.parametrize(("ground", "status"), [("editorial", 410), ("rights", 410), ("legal", 451)])
def test_a_withdrawn_piece_leaves_a_page_that_says_so(site, read, ground, status):
    piece = cast.published(cast.an_exclusive(headline="A piece we take back"))
    other = cast.published(cast.an_exclusive(section=piece.section))
    bake_all()
    withdrawal = withdraw(
        article=piece, reason="wrong", by=None, now=cast.NOW, ground=Withdrawal.Ground(ground)
    )
    carry_out(withdrawal=withdrawal, now=cast.NOW)
    row = BakedFile.objects.get(piece=piece.uid)
    assert (row.path, row.status) == (withdrawal.address, status)
    assert site.status_of(row.file) == status
    assert "noindex" in read(row.path)
    assert withdrawal.done_at
    assert that_show(piece.uid) == []
    assert withdrawal.address not in read(other.get_absolute_url())
    assert withdrawal.address not in read("/sitemap.xml")


def test_a_surface_that_took_a_piece_down_may_do_it_again(site):
    piece = cast.published(cast.an_exclusive())
    bake_all()
    withdrawal = withdraw(article=piece, reason="wrong", by=None, now=cast.NOW)
    for surface in [*actions.SURFACES] * 2:
        actions.take_down(surface=surface, withdrawals=[withdrawal], now=cast.NOW)
    assert that_show(piece.uid) == []


def test_a_deleted_piece_is_nowhere(site):
    piece = cast.published(cast.an_exclusive(headline=SECRET))
    run_all_jobs()
    piece.delete()
    run_all_jobs()
    assert shown_in(site, SECRET) == []


def test_a_section_that_is_deleted_loses_its_page_and_feed(site):
    section = cast.a_section()
    bake_all()
    section.delete()
    bake_all()
    assert shown_in(site, f"/section/{section.slug}/") == []
    assert not site.holds(f"en/section/{section.slug}/feed.xml")


def test_an_old_address_leads_to_the_new_one(site):
    piece = cast.published(cast.an_exclusive())
    Redirect.objects.create(old_path="/en/old/ferry/", article=piece)
    bake_all()
    assert piece.get_absolute_url() in (site.root / "_" / "redirects.json").read_text()


# Crashes


def test_a_page_that_a_crash_left_older_than_its_row_is_made_again(site, read):
    piece = cast.published(cast.an_exclusive(headline="Boats at last"))
    bake_all()
    site.put(BakedFile.objects.get(piece=piece.uid).file, b"<p>half an idea")
    assert actions.mend(now=cast.NOW) == 1
    assert "Boats at last" in read(piece.get_absolute_url())


def test_a_page_whose_file_is_lost_is_made_again(site, read):
    piece = cast.published(cast.an_exclusive())
    bake_all()
    site.remove(BakedFile.objects.get(piece=piece.uid).file)
    actions.mend(now=cast.NOW)
    assert piece.headline in read(piece.get_absolute_url())


def test_a_file_that_nobody_knows_is_taken_away_when_it_is_old(site):
    site.put("en/stray/index.html", b"<p>whose?")
    actions.mend(now=cast.NOW)
    assert site.holds("en/stray/index.html")
    actions.mend(now=datetime(2126, 1, 1, tzinfo=UTC))
    assert not site.holds("en/stray/index.html")


def test_a_live_piece_whose_job_was_lost_gets_its_page(site, read):
    piece = cast.published(cast.an_exclusive())
    Job.objects.all().delete()
    actions.mend(now=cast.NOW)
    assert piece.headline in read(piece.get_absolute_url())


def test_one_broken_page_keeps_no_other_from_being_made(site, read):
    good = cast.published(cast.an_exclusive())
    bad = cast.published(cast.an_exclusive(slug="x" * 60))
    (site.root / bad.get_absolute_url().strip("/")).parent.mkdir(parents=True)
    (site.root / bad.get_absolute_url().strip("/")).write_text("a file where a folder should be")
    with pytest.raises(actions.NotAllBaked, match="old ones stand"):
        bake_all()
    assert good.headline in read(good.get_absolute_url())


# Jobs


def test_a_burst_of_changes_is_one_job(site):
    Job.objects.all().delete()
    for name in ("Port", "Quay", "Pier"):
        cast.a_section(name)
    assert Job.objects.filter(task="publishing.bake_due").count() == 1


def test_a_refused_publishing_enqueues_nothing(site):
    draft = cast.an_article(authors=())
    Job.objects.all().delete()
    with pytest.raises(NotCleared):
        cast.published(draft)
    assert not Job.objects.filter(task="publishing.bake_around").exists()


# Every kind of page


def test_every_recipe_keeps_the_contract(site):
    outlet = cast.an_outlet()
    original = cast.an_original(outlet)
    both = cast.a_permission(original, agreement=cast.an_agreement(outlet, may_show_original=True))
    cast.published(cast.a_translation(original, permission=both, topics=[cast.a_topic()]))
    a_plain_page()
    bake_all()
    press = open_press(now=cast.NOW)
    for kind, recipe in RECIPES.items():
        keys = list(recipe.keys(press))
        assert recipe.kind == kind
        assert keys or kind in {"edition", "editions", "side-by-side", "fediverse"}, (
            kind
        )  # none is out, or may be seen
        assert len(set(keys)) == len(keys)
        for key in keys:
            leaves = list(recipe.bake(press, key))
            assert leaves, (kind, key)
            for leaf in leaves:
                assert leaf.content
                assert leaf.path.startswith("/")
                assert (leaf.status == 200) or not leaf.is_indexed
                assert recipe.is_in_sitemap or kind == "article" or not leaf.is_indexed
                assert len(leaf.path) <= 700
                assert BakedFile.objects.filter(path=leaf.path, kind=kind, key=key).exists()


@pytest.mark.parametrize("kind", RECIPES)
def test_a_recipe_makes_nothing_from_a_key_that_means_nothing(site, kind):
    press = open_press(now=cast.NOW)
    nothing = {
        "article": "00000000-0000-4000-8000-000000000000",
        "edition": "00000000-0000-4000-8000-000000000000",
        "feed": "section/99999",
        "contributor": "99999:en",
    }
    if kind in {"chooser", "records", "robots", "sitemap"}:
        return
    assert list(RECIPES[kind].bake(press, nothing.get(kind, "99999"))) == []


def a_plain_page(title="Who we are", *, language="en", **fields):
    root = cast.a_page_tree()
    page = PlainPage(
        title=title,
        slug=f"about-{language}",
        locale=cast.a_language(language),
        body="<p>We are few.</p>",
        **fields,
    )
    root.add_child(instance=page)
    page.save_revision().publish()
    return page


def test_a_plain_page_stands_at_its_address_and_in_the_foot_of_every_page(site, read):
    page = a_plain_page()
    bake_all()
    assert "We are few." in read(page.path_here)
    assert page.path_here in read("/en/")
    assert page.full_url == f"https://digest.example{page.path_here}"


def test_the_root_lets_the_reader_choose_a_language_and_sends_nobody_on(site, read):
    bake_all()
    page = read("/")
    for code in cast.LANGUAGES:
        assert f'href="/{code}/"' in page
    assert "http-equiv" not in page


def test_each_language_has_its_page_for_what_is_not_there(site, read):
    bake_all()
    assert 'dir="rtl"' in read("/fa/404.html")
    assert site.status_of("404.html") == 404


def test_robots_lead_to_the_sitemap_and_away_from_the_desk(site, read):
    bake_all()
    assert "Sitemap: https://digest.example/sitemap.xml" in read("/robots.txt")
    assert "Disallow: /desk/" in read("/robots.txt")


def test_a_reprint_is_an_excerpt_in_the_feed_and_not_in_the_sitemap(site, read):
    piece = cast.published(cast.a_reprint(headline="Le bac"))
    run_all_jobs()
    feed = feedparser.parse(read("/fr/feed.xml"))
    assert not feed.bozo
    assert feed.entries[0].title == "Le bac"
    assert "content" not in feed.entries[0]
    assert feed.entries[0].source.title == "Harbour Courier"
    assert piece.get_absolute_url() not in read("/sitemap.xml")
    assert f'rel="canonical" href="{piece.original.url}"' in read(piece.get_absolute_url())
    assert 'name="robots" content="noindex"' in read(piece.get_absolute_url())


def test_the_languages_of_a_piece_lead_to_each_other(site, read):
    english = cast.published(cast.an_exclusive())
    french = cast.published(cast.an_exclusive(language="fr", translation_key=english.translation_key))
    run_all_jobs()
    assert f'hreflang="fr" href="https://digest.example{french.get_absolute_url()}"' in read(
        english.get_absolute_url()
    )
    assert f'hreflang="en" href="https://digest.example{english.get_absolute_url()}"' in read(
        french.get_absolute_url()
    )
    assert 'hreflang="x-default"' in read(french.get_absolute_url())


def test_a_statement_and_its_reply_stand_on_each_others_pages(site, read):
    first = cast.published(cast.a_statement(headline="The ferry is safe"))
    run_all_jobs()
    reply = cast.a_statement(
        headline="It is not", issued_by="The islanders", answers=[("disputes", first, "safe")]
    )
    reply = cast.published(reply)
    run_all_jobs()
    assert Answer.objects.count() == 1
    assert "The ferry is safe" in read(reply.get_absolute_url())
    assert "It is not" in read(first.get_absolute_url())


def test_a_preview_shows_a_draft_and_writes_no_file(site):
    draft = cast.an_exclusive(headline="Not yet")
    assert "Not yet" in page_of(draft)
    assert shown_in(site, "Not yet") == []
