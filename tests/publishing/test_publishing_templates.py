"""Pages as readers get them: sound in structure, marked in their languages, closed to markup from outside."""

import dataclasses
import hashlib
import json
import re
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import brotli
import cast
import html5lib
import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from publishing.publishing_paper import DIRECTION, LANGUAGES, PAGES, article, home, provenance, statement
from soaking import budget
from wagtail.rich_text import RichText

from dateline.articles.blocks import BodyBlock
from dateline.lib.scripts import direction, script_of
from dateline.lib.solar_hijri import solar_day
from dateline.publishing.first_script import FIRST_SCRIPT
from dateline.publishing.pages import PictureView
from dateline.publishing.templatetags import press

HOSTILE = (
    "\"'><script>alert(1)</script><xss onclick=alert(1) x=\"",
    "javascript:alert(1)",
    "</style></title><img src=x onerror=alert(1)>",
    "//elsewhere.example/x",
    "{% include 'pages/base.html' %}{{ page }}&lt;b&gt;",
)  # fmt: skip
EVERY_PAGE = [(name, language) for name in PAGES for language in LANGUAGES]


def render(name, language, *, page=None):
    template, make = PAGES[name]
    with translation.override(language):
        return render_to_string(template, {"page": page or make(language)})


def parse(html, *, strict=True):
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=False, namespaceHTMLElements=False)
    tree = parser.parse(html)
    if strict:
        assert [error for _, error, _ in parser.errors] == []
    return tree.getroot()


def words(element):
    return " ".join("".join(element.itertext()).split())


def poisoned(value, text):
    """Return a view model in which every text is `text`."""
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(poisoned(part, text) for part in value)
    if dataclasses.is_dataclass(value):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.init}
        return dataclasses.replace(value, **{name: poisoned(part, text) for name, part in fields.items()})
    return value


def poisoned_body(text):
    return BodyBlock().to_python(
        [{"type": kind, "value": text} for kind in ("paragraph", "heading", "list", "table", "note")]
        + [{"type": "quote", "value": {"text": text, "attribution": text}}]
    )


def assert_nothing_acts(root):
    scripts = root.findall(".//script")
    assert {script.get("src") or script.get("type") or script.text for script in scripts} <= {
        "/static/js/article.js",
        "/static/js/offline.js",
        "/static/js/present.js",
        "/static/js/remember.js",
        "/static/js/republish.js",
        "/static/js/saved.js",
        "application/ld+json",
        FIRST_SCRIPT,
    }
    assert not root.findall(".//xss")
    for element in root.iter():
        for attribute, value in element.attrib.items():
            assert not attribute.startswith("on"), attribute
            assert attribute != "style"
            if attribute in {"href", "src", "srcset"}:
                assert not value.lower().startswith(("javascript:", "data:", "//")), value


@pytest.mark.parametrize(("name", "language"), EVERY_PAGE)
def test_every_page_is_sound(name, language):
    root = parse(render(name, language))
    assert (root.get("lang"), root.get("dir")) == (language, DIRECTION[language])
    assert len(root.findall(".//h1")) == 1
    assert len(root.findall(".//main")) == 1
    assert words(root.find(".//title"))
    identities = root.xpath("//@id")
    assert len(identities) == len(set(identities))
    assert set(root.xpath("//@aria-labelledby")) <= set(identities)
    assert all(label.get("for") in identities for label in root.findall(".//label"))


@pytest.mark.parametrize(("name", "language"), EVERY_PAGE)
def test_links_have_words_and_pictures_have_their_measure(name, language):
    root = parse(render(name, language))
    for link in root.findall(".//a"):
        assert link.get("href")
        assert words(link) or link.find("img").get("alt")
    for image in root.findall(".//img"):
        # A thumbnail beside its headline says nothing that the headline does not.
        assert image.get("alt") or (image.get("alt") == "" and image.getparent().tag == "li")
        assert image.get("width")
        assert image.get("height")
    assert len(root.xpath("//img[@fetchpriority='high']")) <= 1
    assert all(
        "aria-label" in nav.attrib or "aria-labelledby" in nav.attrib for nav in root.findall(".//nav")
    )


@pytest.mark.parametrize(("name", "language"), EVERY_PAGE)
def test_headings_go_down_one_step_at_a_time(name, language):
    root = parse(render(name, language))
    levels = [int(heading.tag[1]) for heading in root.xpath("//main//*[self::h2 or self::h3 or self::h4]")]
    assert all(after - before <= 1 for before, after in zip([1, *levels], levels, strict=False))


@pytest.mark.parametrize(("name", "language"), EVERY_PAGE)
def test_no_page_asks_a_stranger_for_anything(name, language):
    html = render(name, language)
    root = parse(html)
    asked = [*root.xpath("//@src"), *root.xpath("//link[not(@rel='canonical' or @rel='alternate')]/@href")]
    asked += [part.split()[0] for value in root.xpath("//@srcset") for part in value.split(", ")]
    asked += re.findall(r"url\(([^)]+)\)", words(root.find(".//style")))
    assert asked
    assert [address for address in asked if urlsplit(address).netloc] == []


@pytest.mark.parametrize(("name", "language"), EVERY_PAGE)
def test_days_and_hours_are_marked_for_machines(name, language):
    moments = parse(render(name, language)).findall(".//time")
    assert moments
    for moment in moments:
        datetime.fromisoformat(moment.get("datetime"))
        assert words(moment)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", list(PAGES))
def test_hostile_words_stay_words(name, text):
    page = poisoned(PAGES[name][1]("en"), text)
    if hasattr(page, "body"):
        page = dataclasses.replace(page, body=poisoned_body(text))
    assert_nothing_acts(parse(render(name, "en", page=page), strict=False))


@settings(deadline=None, max_examples=budget(40, whole=2000))
@given(st.text(alphabet=st.sampled_from("<>\"'&/ =abcnorsiptx:;()\u2028\x00\t\n"), max_size=60))
def test_no_text_becomes_markup(text):
    page = poisoned(article("en"), text)
    root = parse(
        render("article", "en", page=dataclasses.replace(page, body=poisoned_body(text))), strict=False
    )
    assert_nothing_acts(root)


def test_the_data_for_machines_survives_its_own_script_element():
    data = json.dumps({"headline": "</script><script>alert(1)</script> & \u2028"}, ensure_ascii=False)
    page = article("en")
    page = dataclasses.replace(page, head=dataclasses.replace(page.head, structured=data))
    script = parse(render("article", "en", page=page)).find(".//script[@type='application/ld+json']")
    assert json.loads(script.text) == json.loads(data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_says_where_it_comes_from(language):
    source = provenance(language)
    box = parse(render("article", language)).find(".//section[@aria-labelledby='provenance']")
    headline = box.find(".//cite/bdi")
    assert (headline.text, headline.get("lang"), headline.get("dir")) == (
        source.headline,
        source.language,
        source.direction,
    )
    link = box.find(".//a[@class='source-link']")
    assert (link.get("href"), link.get("hreflang")) == (source.href, source.language)
    for said in (
        source.outlet,
        "Odile Marchetti",
        "Tomas Verel",
        "Ines Kaldor",
        source.permission,
        source.credit_line,
    ):
        assert said in words(box)


def test_an_unsigned_piece_says_so():
    box = parse(render("statement", "en")).find(".//section[@aria-labelledby='provenance']")
    assert "Unsigned at the source" in words(box)
    assert "Odile Marchetti" not in words(box)


def test_an_exclusive_has_no_provenance_box():
    page = dataclasses.replace(article("en"), provenance=None, kind="exclusive", kind_name="Exclusive")
    assert parse(render("article", "en", page=page)).find(".//section[@aria-labelledby='provenance']") is None


def test_an_original_whose_address_cannot_be_trusted_is_named_without_a_link():
    page = article("en")
    page = dataclasses.replace(
        page, provenance=dataclasses.replace(page.provenance, href="javascript:alert(1)")
    )
    box = parse(render("article", "en", page=page)).find(".//section[@aria-labelledby='provenance']")
    assert box.find(".//a[@class='source-link']") is None
    assert page.provenance.headline in words(box)


def test_a_statement_shows_what_it_answers_and_what_answers_it():
    chain = parse(render("statement", "en")).find(".//section[@aria-labelledby='chain']")
    first, second = chain.findall(".//li")
    assert words(first).startswith("Disputes Le bac partira à l’heure")
    assert first.find(".//bdi").get("lang") == "fr"
    assert first.find(".//blockquote").get("lang") == "fr"
    assert "external" in first.find(".//a").get("rel")
    assert words(second).startswith("Replies to")
    assert second.find(".//a").get("rel") is None


def test_the_body_keeps_its_order_and_its_foreign_words():
    body = parse(render("article", "en")).find(".//div[@class='body']")
    text = ["p", "p", "h2", "p", "figure", "p", "ul", "aside", "div"]
    # After the table: words set large, two charts, a film that stands elsewhere.
    assert [block.tag for block in body] == [*text, "aside", "figure", "figure", "figure", "p"]
    assert body.find(".//i[@lang='fr']").text == "la règle de minuit"
    assert body.find(".//table") is not None


def test_machines_get_addresses_in_every_language():
    head = parse(render("article", "fr")).find("head")
    alternates = {link.get("hreflang"): link.get("href") for link in head.findall("link[@hreflang]")}
    assert set(alternates) == {*LANGUAGES, "x-default"}
    assert head.find("link[@rel='canonical']").get("href") == "https://digest.example/fr/page/"
    assert head.find("meta[@property='article:published_time']").get("content") == "2026-11-23T07:10+00:00"


def test_a_missing_page_is_not_for_search_engines():
    head = parse(render("404", "en")).find("head")
    assert head.find("meta[@name='robots']").get("content") == "noindex"
    assert head.find("link[@rel='canonical']") is None


@pytest.mark.parametrize(
    ("status", "sentence"),
    [("404", "There is no such page"), ("410", "This piece was withdrawn"), ("451", "This may not be shown")],
)
def test_what_is_gone_says_why_and_leads_back(status, sentence):
    root = parse(render(status, "en"))
    assert words(root.find(".//h1")) == sentence
    assert root.find(".//a[@class='way-back']").get("href") == "/en/"


@pytest.mark.parametrize("language", ["fr", "fa"])
@pytest.mark.parametrize("name", list(PAGES))
def test_no_english_is_left_on_a_page_of_another_language(name, language):
    shown = words(parse(render(name, language)).find("body"))
    for english in ("Where this comes from", "New articles", "Skip to", "min read", "Follow us", "Menu "):
        assert english not in shown or (language, english) == ("fr", "Menu ")


def test_nothing_is_sent_for_before_the_text_and_letters_come_when_the_page_stands():
    for language in ("en", "fa"):
        assert not parse(render("home", language)).xpath("//link[@rel='preload']")
    styles = press.site_styles()
    unasked = re.search(r":root{color-scheme.*?}", styles).group()
    assert "--serif:var(--face,)" in unasked
    assert "--sans:var(--sign,)" in unasked
    assert ":root[data-letters]{--face:Textface,;--sign:Signface,}" in styles
    assert '"letters"' in FIRST_SCRIPT


def test_an_article_with_its_styles_weighs_little():
    assert len(brotli.compress(press.site_styles().encode())) <= 8 * 1024
    page = render("article", "en")
    text = brotli.compress(words(parse(page).find("body")).encode())
    assert len(brotli.compress(page.encode())) - len(text) <= 12 * 1024


def test_the_styles_are_one_text_that_a_policy_can_name():
    digests = {
        hashlib.sha256(parse(render(name, "en")).find(".//style").text.encode()).hexdigest() for name in PAGES
    }
    assert digests == {hashlib.sha256(press.site_styles().encode()).hexdigest()}


def test_every_style_is_in_the_order_and_names_no_side(settings):
    folder = settings.BASE_DIR / "static" / "css"
    listed = (folder / "order.txt").read_text().split()
    assert sorted(listed) == sorted(str(path.relative_to(folder)) for path in folder.glob("components/*.css"))
    sided = r"[\s;{](?:margin|padding|border|inset)?-?(?:left|right)\s*:|float\s*:"
    assert [name for name in listed if re.search(sided, (folder / name).read_text())] == []


def test_every_component_lists_its_variables(settings):
    for template in (settings.BASE_DIR / "templates" / "components").rglob("*.html"):
        assert re.match(r"\{# .*(Variables: |No variables)", template.read_text()), template.name


def plate(frame):
    page = dataclasses.replace(article("en"), frame=frame)
    return parse(render("article", "en", page=page)).find(".//a[@class='plate']")


def test_the_name_stands_in_letters_where_there_is_no_logo():
    assert words(plate(article("en").frame)) == "The Velmora Digest"


def test_a_mark_stands_beside_the_name_and_a_wordmark_in_its_place():
    frame = article("en").frame
    mark, wordmark = (PictureView(f"/media/{width}.png", width, 100, "A logo") for width in (100, 400))
    beside = plate(dataclasses.replace(frame, logo_small=mark))
    instead = plate(dataclasses.replace(frame, logo_small=wordmark))
    assert (words(beside), beside.find("img").get("alt")) == ("The Velmora Digest", "")
    assert (words(instead), instead.find("img").get("alt")) == ("", "The Velmora Digest")


def test_what_is_made_once_is_shared_where_only_the_languages_differ_and_nowhere_else():
    frame = article("en").frame
    plate(frame)
    assert frame.parts
    assert frame.leading_to(()).parts is frame.parts
    assert dataclasses.replace(frame, tagline="Another").parts == {}
    languages = tuple(dataclasses.replace(link, name=f"~{link.name}~") for link in frame.languages)
    page = dataclasses.replace(article("en"), frame=frame.leading_to(languages), versions=())
    alike = dataclasses.replace(page, frame=dataclasses.replace(frame, languages=languages))
    assert render("article", "en", page=page) == render("article", "en", page=alike)


def test_a_front_with_two_logos_names_the_site_in_each():
    logo = PictureView("/media/logo.png", 400, 100, "A logo")
    page = home("en")
    page = dataclasses.replace(page, frame=dataclasses.replace(page.frame, logo_light=logo, logo_dark=logo))
    logos = parse(render("home", "en", page=page)).findall(".//h1//img")
    assert [(one.get("alt"), one.get("class")) for one in logos] == [
        ("The Velmora Digest", "logo on-light"),
        ("The Velmora Digest", "logo on-dark"),
    ]


def test_the_front_page_of_an_empty_site_says_so():
    assert "Nothing is published here yet." in words(parse(render("empty-home", "en")).find(".//main"))


def test_the_front_page_leaves_out_what_it_has_not():
    page = dataclasses.replace(home("en"), brief=(), opinion=(), hub=None, hub_cards=(), blocks=())
    root = parse(render("home", "en", page=page))
    assert [words(heading) for heading in root.findall(".//main//h2")] == [
        "The night ferry comes home",
        "New articles",
    ]


# The filters.


def test_clean_keeps_an_articles_marks_and_drops_what_acts():
    dirty = '<p onclick="x()">A <i lang="fr">mot</i> <a href="javascript:x()">b</a><img src="https://t.example/p.gif"></p>'
    assert press.clean(dirty) == '<p>A <i lang="fr">mot</i> <a rel="nofollow noopener noreferrer">b</a></p>'


def test_clean_leaves_one_first_heading_to_the_headline():
    assert press.clean("<h1>Mine</h1><main><p>x</p></main>") == "<h2>Mine</h2><p>x</p>"


def test_clean_expands_the_desks_rich_text_and_keeps_our_own_links_as_paths(settings):
    link = press.clean(RichText('<p><a href="/en/who-we-are/">us</a></p>'))
    assert 'href="/en/who-we-are/"' in link


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/\"'= imgsrchtpsvonxay:.&;#!-\x00"), max_size=80))
def test_clean_is_clean_whatever_comes(text):
    root = parse(f"<!doctype html><html><body>{press.clean(text)}</body></html>", strict=False)
    assert_nothing_acts(root)
    assert not root.findall(".//img")


_plain_parts = st.sampled_from(
    ("<p>", '<p data-block-key="a1">', "</p>", "<b>", "</b>", "<i>", "</i>", " ", "x")
)


@settings(deadline=None)
@given(st.lists(_plain_parts | st.text(max_size=4), max_size=9), st.text(max_size=20))
def test_what_is_let_through_as_plain_is_what_cleaning_leaves(parts, words):
    for markup in ("".join(parts), f'<p data-block-key="a1">{words}</p><p><b>{words}</b> and</p>'):
        assert press.clean(RichText(markup)) == press.clean(RichText(f"<!---->{markup}"))


@pytest.mark.parametrize(
    ("given_address", "kept"),
    [
        ("/en/", "/en/"),
        ("#main", "#main"),
        ("https://outlet.example/a?b=1&c=2", "https://outlet.example/a?b=1&c=2"),
        ("mailto:editor@digest.example", "mailto:editor@digest.example"),
        ("//elsewhere.example/", "https://elsewhere.example/"),
        ("/\\elsewhere.example/", ""),
        (" java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("", ""),
    ],
)
def test_only_plain_addresses_stand_in_links(given_address, kept):
    assert press.address(given_address) == kept


def test_a_page_loads_from_our_own_site_only():
    stranger = "https://tracker.example/p.gif"
    assert (press.ours("/media/a.jpg"), press.ours(stranger), press.ours("//tracker.example/")) == (
        "/media/a.jpg",
        "",
        "",
    )
    page = article("en")
    page = dataclasses.replace(page, hero=dataclasses.replace(page.hero, src=stranger))
    assert stranger not in render("article", "en", page=page)


@pytest.mark.parametrize(
    ("gregorian", "solar"),
    [
        (date(2026, 11, 23), (1405, 9, 2)),
        (date(2024, 3, 20), (1403, 1, 1)),
        (date(2025, 3, 20), (1403, 12, 30)),
        (date(2025, 3, 21), (1404, 1, 1)),
        (date(1979, 2, 11), (1357, 11, 22)),
        (date(2000, 1, 1), (1378, 10, 11)),
    ],
)
def test_persian_readers_have_their_own_calendar(gregorian, solar):
    assert tuple(solar_day(gregorian)) == solar


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2100, 12, 30)))
def test_the_calendar_goes_on_day_by_day(day):
    today, tomorrow = solar_day(day), solar_day(date.fromordinal(day.toordinal() + 1))
    assert today < tomorrow
    assert tomorrow.day in {today.day + 1, 1}


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["07:10", "16 November", "21 March 2025"]),
        ("fr", ["07:10", "16 novembre", "21 mars 2025"]),
        ("fa", ["۰۷:۱۰", "۲۵ آبان", "۱ فروردین ۱۴۰۴"]),
    ],
)
def test_a_day_is_as_short_as_its_distance_allows(language, shown):
    zone = ZoneInfo("Europe/Lisbon")
    moments = [
        datetime(2026, 11, 23, 7, 10, tzinfo=zone),
        datetime(2026, 11, 16, tzinfo=zone),
        datetime(2025, 3, 21, tzinfo=zone),
    ]
    with translation.override(language):
        assert [press.shortened(moment, date(2026, 11, 23)) for moment in moments] == shown


def test_a_persian_day_of_the_week_is_one_word():
    with translation.override("fa"):
        assert press.weekday(date(2026, 11, 24)) == "سه\N{ZERO WIDTH NON-JOINER}شنبه"


def test_an_hour_is_shown_in_the_zone_it_carries():
    assert press.clock(datetime(2026, 7, 1, 23, 30, tzinfo=ZoneInfo("Asia/Tehran"))) == "23:30"


@pytest.mark.parametrize(
    ("language", "script", "way"),
    [
        ("en", "Latn", "ltr"),
        ("fa", "Arab", "rtl"),
        ("he", "Hebr", "rtl"),
        ("sr-Latn", "Latn", "ltr"),
        ("uz-Arab", "Arab", "rtl"),
        ("zh-hans", "Hans", "ltr"),
    ],
)
def test_a_language_has_its_script_and_direction(language, script, way):
    assert (script_of(language), direction(language)) == (script, way)


def test_every_font_named_is_there(settings):
    fonts = settings.BASE_DIR / "static" / "fonts"
    in_styles = set(re.findall(r"/static/fonts/([\w-]+)\.woff2", press.site_styles()))
    assert in_styles == {path.stem for path in fonts.glob("*.woff2")}


def test_names_are_set_in_a_row_as_the_language_does():
    names = ("A", "B", "C")
    with translation.override("en"):
        assert press.listed(names) == "<bdi>A</bdi>, <bdi>B</bdi> and <bdi>C</bdi>"
    with translation.override("fa"):
        assert press.listed(names) == "<bdi>A</bdi>، <bdi>B</bdi> و <bdi>C</bdi>"


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "French"), ("de", "French"), ("fr", "french"), ("fa", "french")]
)
def test_the_name_of_a_language_is_written_as_in_a_sentence(language, shown):
    with translation.override(language):
        assert press.within("French") == shown


def test_a_statement_is_marked_as_its_issuers():
    assert "A statement by Eleven societies abroad, 23 November 2026" in words(
        parse(render("statement", "en"))
    )
    assert statement("en").issued_by not in words(parse(render("article", "en")))


def body_of(*blocks):
    page = dataclasses.replace(article("en"), body=BodyBlock().to_python(list(blocks)))
    return parse(render("article", "en", page=page)).find(".//div[@class='body']")


def drawn_block(**words_of_it):
    drawing = cast.a_picture(credit="Drawing: <Ines>")
    return {"type": "picture", "value": {"picture": drawing.pk, **words_of_it}}


@pytest.mark.django_db
def test_a_picture_in_the_body_has_its_formats_its_words_and_its_credit():
    figure = body_of(drawn_block(alt='The quay at "night"', caption="Quay Four")).find("figure")
    image = figure.find(".//img")
    assert (image.get("alt"), image.get("loading")) == ('The quay at "night"', "lazy")
    assert [source.get("type") for source in figure.findall(".//source")] == ["image/webp", "image/jpeg"]
    assert all(path.startswith("/media/") for path in image.xpath("@src"))
    assert words(figure.find("figcaption")) == "Quay Four Drawing: <Ines>"


@pytest.mark.django_db
def test_a_picture_that_was_deleted_leaves_the_rest_of_the_page_standing():
    lost = {"type": "picture", "value": {"picture": 404, "alt": "The quay", "caption": ""}}
    assert [part.tag for part in body_of(lost, {"type": "heading", "value": "After it"})] == ["h2"]
