"""From a click to a rule that lasts: marks, names, generalising, guessing, and the inert page."""

import re
from html import escape

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from soaking import budget

from dateline.intake.channels.page import parse, sheet_of
from dateline.intake.channels.page_rules import written
from dateline.intake.pointing import pointable, pointed_at
from dateline.intake.pointing_article import container_of, selector_for
from dateline.intake.pointing_fields import NotInABlock, rule_for
from dateline.intake.pointing_guess import guesses
from dateline.intake.pointing_items import CannotGeneralise, proposals
from dateline.intake.pointing_look import look
from dateline.intake.pointing_names import is_lasting, lasting_stem
from dateline.intake.pointing_page import NoSuchMark, Pointed, mark_of, text_of

HERE = "https://lake.example/news/"


def pointed(markup):
    return Pointed(sheet_of(markup.encode(), url=HERE, content_type="text/html; charset=utf-8"))


def at(page, text, tag=None):
    """Return the innermost element with this text."""
    return [e for e in page.elements if text_of(e) == text and (tag is None or e.tag == tag)][-1]


def found_by(texts, markup):
    rules = written(texts)
    feed = parse(markup.encode(), url=HERE, content_type="text/html; charset=utf-8", rules=rules)
    return [entry.title for entry in feed.entries]


@pytest.mark.parametrize(
    "name",
    [
        "card",
        "news-list",
        "c-teaser__headline",
        "storyCard",
        "entry-title",
        "post-title",
        "NewsItem",
        "h2",
        "xeber-basliq",
    ],
)
def test_names_that_somebody_gave_last(name):
    assert is_lasting(name)


@pytest.mark.parametrize(
    "name",
    [
        "css-1x2y3z",
        "sc-bdVaJa",
        "_3fGh2",
        "Card_title__3kJ2s",
        "post-12345",
        "active",
        "col-md-6",
        "mt-4",
        "bbyhFG",
        "is-open",
        "jsx-123",
        "x",
        "md:flex",
    ],
)
def test_names_that_a_machine_drew_do_not(name):
    assert not is_lasting(name)


def test_the_part_before_what_a_machine_drew_lasts():
    assert lasting_stem("Card_title__3kJ2s") == "Card_title__"
    assert not lasting_stem("block__element")


# Pages that look like those of the press, each with the shape of its blocks.
SHAPES = {
    "articles": '<article class="card"><h2><a href="/{n}">{t}</a></h2><p>Words about {n}.</p></article>',
    "list": '<li class="news-item"><a href="/{n}">{t}</a><time datetime="2026-03-0{n}">then</time></li>',
    "card link": '<a class="teaser" href="/{n}"><h3 class="teaser-title">{t}</h3><span>Words {n}</span></a>',
    "modules": '<div class="Card_root__x7Zp2"><h3 class="Card_title__q9Lm1"><a href="/{n}">{t}</a></h3></div>',
    "drawn names": '<div class="css-1a2b3c"><h3 class="css-9z8y7x"><a class="css-5t6r4e" href="/{n}">{t}</a></h3></div>',
    "table": '<tr><td class="date">1{n}.03.2026</td><td class="title"><a href="/{n}">{t}</a></td></tr>',
    "beside": '<div class="row-item"><div class="pic"><a href="/{n}"><img src="p{n}.jpg"></a></div><h4 class="headline"><a href="/{n}">{t}</a></h4></div>',
    "bare": '<div><div><a href="/{n}">{t}</a></div></div>',
}
TITLES = [
    f"The {word} of the lake is news number {n}"
    for n, word in enumerate(["ferry", "market", "bridge", "school", "harbour"], 1)
]
OUTER = {"table": "<table id='list'>{}</table>", "list": "<ul class='feed'>{}</ul>"}


def listing(shape, titles=TITLES, *, between="", around="{}", inside="{}"):
    blocks = [inside.format(SHAPES[shape].format(n=n, t=escape(t))) for n, t in enumerate(titles, 1)]
    whole = OUTER.get(shape, "<section id='latest'>{}</section>").format(between.join(blocks))
    return (
        '<html lang="en"><head><title>The Lake</title></head><body><nav><ul><li><a href="/a">Home of the lake</a></li>'
        '<li><a href="/b">All about the sport here</a></li></ul></nav><div class="page"><main>'
        + around.format(whole)
        + '</main></div><footer><a href="/i">Imprint of this paper</a></footer></body></html>'
    )


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("picked", [[0], [2], [0, 3]])
def test_one_or_two_headlines_give_the_rule_for_all(shape, picked):
    markup = listing(shape)
    page = pointed(markup)
    best = proposals(page, [at(page, TITLES[n]) for n in picked])[0]
    assert found_by(best.as_texts(), markup) == TITLES


@pytest.mark.parametrize("shape", SHAPES)
def test_no_rule_counts_or_rests_on_what_a_machine_drew(shape):
    page = pointed(listing(shape))
    best = proposals(page, [at(page, TITLES[1])])[0]
    for css in best.as_texts().values():
        assert "nth" not in css
        assert not re.search(r"1a2b3c|x7Zp2|q9Lm1|5t6r4e", css)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_that_nobody_pointed_at_is_guessed(shape):
    markup = listing(shape)
    first = guesses(pointed(markup))[0]
    assert found_by(first.as_texts(), markup) == TITLES


ADS = [
    '<div class="ad-box"><a href="https://ads.example/x">Buy a boat for the lake, now and cheap</a></div>',
    '<aside class="promo"><p>Support us</p></aside>',
    "<ins class='banner'></ins>",
    "<script>1</script>",
]
WRAPPERS = ["{}", '<div class="wrap-outer">{}</div>', '<div class="css-0f9e8d"><section>{}</section></div>']


CHANGES = st.fixed_dictionaries(
    {
        "between": st.sampled_from(ADS),
        "around": st.sampled_from(WRAPPERS),
        "inside": st.sampled_from(WRAPPERS),
    }
)


@given(
    shape=st.sampled_from(["articles", "card link", "modules", "beside"]),
    changes=CHANGES,
    picked=st.lists(st.integers(0, len(TITLES) - 1), min_size=1, max_size=2, unique=True),
    fresh=st.lists(
        st.text(alphabet="abcdefgh ", min_size=12, max_size=40), min_size=1, max_size=9, unique=True
    ),
)
@settings(max_examples=budget(80, whole=3000), deadline=None)
def test_a_rule_survives_advertisements_wrappers_and_other_news(shape, changes, picked, fresh):
    titles = [" ".join(text.split()) for text in fresh]
    assume(all(len(title) > 3 for title in titles) and len(set(titles)) == len(titles))
    page = pointed(listing(shape))
    best = proposals(page, [at(page, TITLES[n]) for n in picked])[0]
    changed = listing(shape, titles, **changes)
    assert found_by(best.as_texts(), changed) == titles


NAMES = st.sampled_from(
    ["story", "lead", "box", "item", "head", "css-1q2w3e", "wrap", "main-list", "text", "teaser"]
)


@st.composite
def trees(draw, depth=3):
    """Return markup of nested blocks with links and words."""
    if depth == 0 or draw(st.booleans()):
        text = draw(st.text(alphabet="abcdefgh ", min_size=1, max_size=12))
        return f'<a href="/{draw(st.integers(0, 99))}">{text}x</a>'
    tag = draw(st.sampled_from(["div", "article", "li", "section", "h2", "p", "span"]))
    name = draw(NAMES)
    return f'<{tag} class="{name}">{"".join(draw(st.lists(trees(depth=depth - 1), min_size=1, max_size=4)))}</{tag}>'


@given(trees(depth=4), st.data())
@settings(max_examples=budget(80, whole=3000), deadline=None)
def test_every_proposal_finds_what_was_pointed_at(markup, data):
    page = pointed(f"<body>{markup}</body>")
    links = [e for e in page.elements if e.tag == "a"]
    picked = data.draw(st.lists(st.sampled_from(links), min_size=1, max_size=2, unique=True))
    for one in proposals(page, picked):
        titles = [block.title for block in one.blocks]
        assert all(any(pick in (t, *t.iter(), *t.iterancestors()) for t in titles) for pick in picked)
        items = found_by({"": one.item}, f"<body>{markup}</body>") if one.item else []
        assert items


@given(trees(depth=4), st.data())
@settings(max_examples=budget(80, whole=3000), deadline=None)
def test_a_selector_for_one_element_finds_it_first(markup, data):
    page = pointed(f"<body><div>{markup}</div></body>")
    picked = data.draw(st.sampled_from([e for e in page.elements if e.tag not in ("html", "body", "head")]))
    is_only = data.draw(st.booleans())
    css = selector_for(page, picked, is_only=is_only)
    found = page.sheet.tree.cssselect(css)
    assert found[0] is picked
    assert len(found) == 1 or not is_only


def test_two_shapes_of_headlines_give_one_rule_for_both():
    markup = (
        '<body><main><div class="lead-story"><h1><a href="/1">The lead story of this day</a></h1></div>'
        + "".join(
            f'<article class="card"><h3><a href="/{n}">Another story number {n}</a></h3></article>'
            for n in (2, 3)
        )
        + "</main></body>"
    )
    page = pointed(markup)
    best = proposals(page, [at(page, "The lead story of this day"), at(page, "Another story number 2")])[0]
    assert len(found_by(best.as_texts(), markup)) == 3


def test_a_headline_beside_its_link_is_taken_with_it():
    markup = "<body>" + "".join(
        f'<div class="story"><h2>Headline number {n} here</h2><a class="more" href="/{n}">Read on</a></div>'
        for n in range(4)
    )
    page = pointed(markup)
    best = proposals(page, [at(page, "Headline number 1 here")])[0]
    assert found_by(best.as_texts(), markup) == [f"Headline number {n} here" for n in range(4)]


def test_what_has_no_link_cannot_be_a_headline():
    page = pointed("<body><div><div><div><div><div><p>Just words</p></div></div></div></div></div></body>")
    with pytest.raises(CannotGeneralise, match="has no link"):
        proposals(page, [at(page, "Just words")])


def test_a_date_that_was_pointed_at_is_read_from_every_block():
    page = pointed(listing("list"))
    best = proposals(page, [at(page, TITLES[0])])[0]
    items = [block.item for block in best.blocks]
    assert rule_for(page, items, at(page, "then"), part="Timestamp") == "time@datetime"
    with pytest.raises(NotInABlock):
        rule_for(page, items, at(page, "Home of the lake"), part="Timestamp")


def test_a_look_fills_in_the_usual_fields_by_itself():
    found = look(listing("list").encode(), url=HERE, content_type=None, chosen=0)
    assert found.texts["Timestamp"] == "time@datetime"
    assert [entry.published_at for entry in found.entries][:2] == ["2026-03-01", "2026-03-02"]
    assert not found.trouble


def test_a_mark_that_is_none_is_told_and_the_guesses_stay():
    found = look(listing("list").encode(), url=HERE, content_type=None, marks={"title": "mzzzz"})
    assert "Nothing on the page has the mark" in found.trouble
    assert found.candidates
    with pytest.raises(NoSuchMark):
        pointed("<p>x</p>").at("m1; drop")


def test_a_page_where_nothing_repeats_says_so():
    found = look(b"<p>Hello</p>", url=HERE, content_type=None)
    assert "Nothing on this page repeats" in found.trouble


def test_the_body_of_a_paragraph_is_the_block_of_its_like():
    page = pointed("<body><div class='story'><div class='text'><p>One</p><p>Two</p></div></div></body>")
    assert container_of(at(page, "One", "p")).get("class") == "text"


def test_what_is_left_out_is_several_and_can_be_taken_back():
    once = pointed_at("m5", {"body": "m1"}, "leave_out")
    twice = pointed_at("m6", once, "leave_out")
    assert twice == {"body": "m1", "leave_out": "m5 m6"}
    assert pointed_at("m5", twice, "leave_out")["leave_out"] == "m6"
    assert pointed_at("m9", {"title": "m5"}, "title") == {"title": "m9"}


@given(st.integers(0, 5_000_000))
def test_each_place_has_its_own_mark(place):
    assert int(mark_of(place)[1:], 36) == place


ACTS = re.compile(
    r"\bon\w+\s*=|\bsrc\s*=|\bstyle\s*=|javascript:|url\(|<(?:script|style|iframe|svg|form|input|link|meta|base)",
    re.IGNORECASE,
)


def tags_of(markup):
    return "".join(re.findall(r"<[^>]*>", markup))


@given(st.lists(st.sampled_from([
    "<a href='javascript:x()'>", "<img src=x onerror=x()>", "<svg onload=x()>", "<p style='background:url(//x)'>", "</a>", "<form action=//x>",
    "<math><mi//xlink:href='javascript:x'>", "<base href=//x>", "<b data-mark='m1\"onclick=x'>", "text &lt;script&gt;", "<iframe srcdoc='<script>'>",
    "<noscript><p title='</noscript><img src=x onerror=x()>'>", "<table><td background=//x>", "<a data-role='\" onclick=x'>y</a>", "<style>@import '//x'</style>",
    "<template><img src=x></template>", "<x-y onclick=x>z</x-y>", "<a href='../?evil'>",
]), max_size=12))  # fmt: skip
@settings(max_examples=budget(150, whole=5000), deadline=None)
def test_nothing_on_the_page_that_is_shown_can_act(parts):
    page = pointed("<body><div>" + "".join(parts) + "</div></body>")
    markup = pointable(page, roles={"m2": "title"}, state={"title": "m2"}, role="title2")
    assert not ACTS.search(tags_of(markup))
    assert all(link.startswith("../?title=m2&amp;title2=m") for link in re.findall(r'href="([^"]*)"', markup))


def test_the_attacks_of_the_corpus_cannot_act_on_the_page_that_is_shown(corpus):
    import json

    lines = (corpus / "security" / "xss.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[:: budget(40, whole=1)]:
        told = json.loads(line)
        payload = next((value for value in told.values() if isinstance(value, str) and "<" in value), "")
        if not payload:
            continue
        try:
            page = pointed(f"<body><p>before</p>{payload}<p>after</p></body>")
        except ValueError:
            continue
        assert not ACTS.search(tags_of(pointable(page, roles={}, state={}, role="title", numbered=True))), (
            payload
        )


def test_lists_on_real_pages_are_found_in_time(corpus):
    import gzip
    import time

    folder = corpus / "intake" / "article-extraction-dataset" / "html"
    pages = sorted(folder.glob("*.html.gz"))[:: budget(20, whole=1)]
    found = 0
    start = time.process_time()
    for path in pages:
        page = Pointed(
            sheet_of(gzip.decompress(path.read_bytes()), url="https://site.example/a", content_type=None)
        )
        for one in guesses(page)[:1]:
            found += bool(one.blocks)
    assert found >= 0.8 * len(pages)
    assert time.process_time() - start < 3 * len(pages)
