"""A change of a piece is told from noise, and what kind it is, in the languages of our neighbours."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.intake.changes import Comparison, Version, compare
from dateline.intake.changes_diff import ADDED, EDITED, REMOVED, SAME, words_shown
from dateline.intake.changes_pages import Fallback, Sheet, compare_pages
from dateline.intake.changes_plan import STEPS, is_sure, leads_up, missed, next_look
from dateline.intake.changes_text import Passage, key_of, passages_of, seen_text
from dateline.intake.changes_told import NAMES, WEIGHTS, Kind, fact, sentences

PIECE = [
    "The ferry across the lake will sail every hour from the first of May, the harbour office said on Monday.",
    "Passengers had asked for the change in a letter that more than 4,000 of them signed.",
    "The director, Salma Verrin, said that the boats had been approved by the inspectors in spring.",
    "Tickets cost what they did before, and children under seven travel free of charge as always.",
]
HEADLINE = "Ferry to sail every hour"


def version(passages=PIECE, *, headline=HEADLINE, **fields):
    return Version(
        headline=headline, passages=[p if isinstance(p, Passage) else Passage(p) for p in passages], **fields
    )


def changed(passages=PIECE, *, headline=HEADLINE, before=PIECE, **fields):
    return compare(version(before), version(passages, headline=headline, **fields))


def edited(old, new):
    return [passage.replace(old, new) for passage in PIECE]


NOISE = {
    "an advertisement": [*PIECE[:2], "Advertisement", *PIECE[2:]],
    "a link to another piece": [*PIECE, Passage("Thousands wait for an answer in the cold, and nobody comes.", 1.0)],
    "read also": [*PIECE[:1], "Read also: The bridge that nobody wanted is open.", *PIECE[1:]],
    "read also in Russian": [*PIECE, "Читайте также: Мост, который никому не был нужен, открыт."],
    "read also in Azerbaijani": [*PIECE, "Həmçinin oxuyun: Heç kimin istəmədiyi körpü açıldı."],
    "read also in Armenian": [*PIECE, "Կարդացեք նաև՝ Կամուրջը, որը ոչ ոքի պետք չէր, բացվել է։"],
    "read also in Georgian": [*PIECE, "წაიკითხეთ აგრეთვე: ხიდი, რომელიც არავის უნდოდა, გაიხსნა."],
    "read also in Persian": [*PIECE, "بیشتر بخوانید: پلی که هیچ‌کس نمی‌خواست باز شد."],
    "read also in Turkish": [*PIECE, "İlgili haber: Kimsenin istemediği köprü açıldı."],
    "a counter": [*PIECE, "Views: 12,345"],
    "a counter in Russian": ["Просмотров: 12 345", *PIECE],
    "comments": [*PIECE, "17 comments"],
    "a time": ["Updated 5 minutes ago", *PIECE],
    "a time in Azerbaijani": ["Yeniləndi: 14:32, 23 noyabr", *PIECE],
    "a newsletter": [*PIECE, "Get the best of the day. Sign up for our newsletter and never miss a story."],
    "a cookie banner": ["We use cookies to give you the best experience of this site.", *PIECE],
    "markup shown as text": [*PIECE, '<img width="150" src="https://a.example/x.png"> Here is the logo of the ferry.'],
    "a label": [*PIECE, "Harbour and water"],
    "another order": [PIECE[0], PIECE[2], PIECE[1], PIECE[3]],
    "other paragraphs": [" ".join(PIECE[:2]), *PIECE[2:]],
    "other quotes and spaces": [passage.replace("'", "’").replace(" ", "\u00a0", 2) + "\u200b" for passage in PIECE],
}  # fmt: skip


@pytest.mark.parametrize("passages", NOISE.values(), ids=NOISE)
def test_noise_is_no_change(passages):
    assert changed(passages) is None
    assert compare(version(passages), version()) is None


def test_the_same_is_no_change():
    assert changed() is None


NOTES = [
    "Correction: An earlier version gave the wrong day.",
    "This article was amended on 4 March to correct a name.",
    "Düzəliş: Xəbərin ilk variantında tarix səhv göstərilmişdi.",
    "Исправление: в более ранней версии был указан неверный день.",
    "Ճշտում. նախորդ տարբերակում օրը սխալ էր նշված։",
    "შესწორება: წინა ვერსიაში თარიღი არასწორად იყო მითითებული.",
    "اصلاحیه: در نسخهٔ قبلی تاریخ اشتباه نوشته شده بود.",
    "Düzeltme: Haberin ilk halinde tarih yanlış verilmişti.",
    "Korrektur: In einer früheren Version stand ein falscher Tag.",
    "Rectificatif : le jour indiqué était faux.",
]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_of_correction_is_one_wherever_it_stands_and_however_short(note):
    for passages in ([note, *PIECE], [*PIECE, note]):
        found = changed(passages)
        assert found.kind == Kind.CORRECTION
        assert found.facts[0]["code"] == "note"


RETRACTIONS = [
    "This article has been retracted because its claim could not be verified.",
    "Retracted: The newspaper no longer stands by this report.",
    "Эта статья была отозвана редакцией, поскольку её утверждения не подтвердились.",
    "Bu xəbər saytdan çıxarılıb, çünki iddialar təsdiqini tapmadı.",
    "Bu haber yayından kaldırılmıştır, çünkü iddialar doğrulanamadı.",
    "این خبر حذف شده است زیرا ادعای آن تأیید نشد.",
    "Հոդվածը հետ է կանչվել, քանի որ տվյալները չեն հաստատվել։",
    "სტატია წაშლილია, რადგან მისი მტკიცება არ დადასტურდა.",
]


@pytest.mark.parametrize("note", RETRACTIONS)
def test_a_retraction_is_the_gravest_change(note):
    found = changed([note, PIECE[0]])
    assert found.kind == Kind.RETRACTION
    assert found.weight == 100


def test_a_report_on_somebody_elses_retraction_is_no_retraction():
    more = "The journal said on Friday that the study of the lake was retracted after doubts about its data."
    assert changed([*PIECE, more]).kind == Kind.UPDATE


CHANGES = {
    "a figure": (edited("4,000", "400"), Kind.CORRECTION, "figure"),
    "a number in words": (edited("seven", "eight"), Kind.CORRECTION, "figure"),
    "a name": (edited("Verrin", "Aslan"), Kind.CORRECTION, "name"),
    "a denial": (edited("had been approved", "had not been approved"), Kind.UPDATE, "replaced"),
    "a spelling": (edited("children", "chidren"), Kind.TYPO, "spelling"),
    "a paragraph more": (
        [*PIECE, "The union called the plan an insult and will vote on a strike next week."],
        Kind.UPDATE,
        "added",
    ),
    "a paragraph less": (PIECE[:3], Kind.UPDATE, "removed"),
}


@pytest.mark.parametrize(("passages", "kind", "code"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_found_and_classed(passages, kind, code):
    found = changed(passages)
    assert found.kind == kind
    assert code in {one["code"] for one in found.facts}
    assert any(passage["op"] != SAME for passage in found.passages)


def test_figures_weigh_more_than_other_words():
    assert changed(edited("4,000", "400")).weight > changed(edited("children", "chidren")).weight


def test_another_headline_is_a_change_and_the_sites_name_behind_it_none():
    found = changed(headline="Ferry will not sail after all")
    assert (found.kind, found.facts[0]["after"]) == (Kind.HEADLINE, "Ferry will not sail after all")
    assert changed(headline=f"{HEADLINE} | The Harbour Courier") is None
    assert changed(headline=HEADLINE.upper()) is None


def test_a_piece_cut_down_to_its_beginning_is_closed_where_the_page_says_so():
    found = changed([PIECE[0], "Subscribe to continue reading this article today."])
    assert found.kind == Kind.PAYWALLED
    assert changed(PIECE[:1], is_paywalled=True).kind == Kind.PAYWALLED
    assert changed(PIECE[:1]).kind == Kind.UPDATE


def test_a_sentence_that_the_other_page_shows_elsewhere_is_the_extractors_doing():
    before = version(PIECE[:3], seen="".join(PIECE).replace(" ", "").lower())
    assert compare(before, version()) is None


def test_a_line_that_two_other_pieces_of_the_site_have_is_the_sites():
    line = "Our readers keep this newspaper alive with what they give us every month."
    after = version([*PIECE, line])
    assert compare(version(), after).kind == Kind.UPDATE
    assert compare(version(), after, common=[f"Another piece. {line}"]).kind == Kind.UPDATE
    assert compare(version(), after, common=[f"Another piece. {line}", f"A third. {line}"]) is None


def page(paragraphs, *, extra="", headline=HEADLINE, head=""):
    text = "".join(f'<p class="text">{paragraph}</p>' for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><title>{headline}</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{headline}</h1><div class='body'>{text}{extra}</div></article></body></html>"
    ).encode()


def of_pages(before, after):
    url = "https://post.example/ferry"
    return compare_pages([Sheet(before, url)], [Sheet(after, url)], fallback=Fallback(HEADLINE, ""))


def test_a_box_between_the_paragraphs_is_no_part_of_the_piece():
    advert = "<div class='x9f2'><p>The new estate car: room for five, range for six hundred miles.</p></div>"
    assert of_pages(page(PIECE), page(PIECE, extra=advert)) is None
    more = ["The union called the plan an insult and will vote on a strike next week."]
    assert of_pages(page(PIECE), page([*PIECE, *more])).kind == Kind.UPDATE


def test_without_the_page_the_text_that_was_read_is_compared():
    after = [Sheet(page(edited("4,000", "400")), "https://post.example/ferry")]
    found = compare_pages([], after, fallback=Fallback(HEADLINE, "\n\n".join(PIECE)))
    assert found.kind == Kind.CORRECTION


def test_what_differs_is_shown_word_by_word_with_the_sentence_before():
    shown = changed(edited("4,000", "400")).passages
    assert [passage["op"] for passage in shown] == [SAME, EDITED]
    assert [REMOVED, "4,000"] in shown[1]["words"]
    assert [ADDED, "400"] in shown[1]["words"]


@example(" ", "0 0")  # the space between two new words was in the old text
@given(st.text(max_size=200), st.text(max_size=200))
def test_the_words_shown_are_the_two_texts(before, after):
    shown = words_shown(before, after)
    assert "".join(text for what, text in shown if what != ADDED) == before
    assert "".join(text for what, text in shown if what != REMOVED) == after


_texts = st.lists(st.text(max_size=120), max_size=6)


@given(_texts, _texts, st.text(max_size=60), st.text(max_size=60))
def test_any_two_versions_compare_and_a_version_with_itself_is_no_change(one, other, headline, heading):
    found = changed(one, before=other, headline=headline)
    assert found is None or (isinstance(found, Comparison) and 0 <= found.weight <= 100)
    if found:
        assert sentences(found.kind, found.facts)
    same = version(one, headline=heading)
    assert compare(same, same) is None


@given(st.text(max_size=300))
def test_any_markup_gives_passages_and_a_text_to_look_in(markup):
    assert all(passage.text for passage in passages_of(markup))
    assert " " not in seen_text(markup)


@given(st.text(max_size=100))
def test_a_key_is_its_own_key(text):
    assert key_of(key_of(text)) == key_of(text)


def test_every_kind_has_a_weight_and_a_name():
    assert set(WEIGHTS) == set(NAMES) == set(Kind)


def test_a_fact_without_a_sentence_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        fact("no such thing")


# When to look, and what the way says

TAKEN = datetime(2026, 3, 1, tzinfo=UTC)


def looks(*, is_public, days):
    now, found = TAKEN, []
    while True:
        following = next_look(taken_at=TAKEN, now=now, identity="https://post.example/a", is_public=is_public)
        if following is None or following > TAKEN + timedelta(days=days):
            return found
        assert following > now
        found.append(following)
        now = following


def test_looks_grow_rare_and_stop_after_two_weeks():
    found = looks(is_public=False, days=1000)
    assert len(found) == len(STEPS)
    gaps = [b - a for a, b in zip([TAKEN, *found], found, strict=False)]
    assert gaps == sorted(gaps)
    assert found[-1] <= TAKEN + timedelta(days=16)


def test_what_readers_see_is_looked_at_each_month_for_a_year():
    found = looks(is_public=True, days=1000)
    assert 11 <= len(found) - len(STEPS) <= 12
    assert TAKEN + timedelta(days=330) < found[-1] <= TAKEN + timedelta(days=402)


def test_pieces_taken_together_are_not_looked_at_together():
    times = {
        next_look(taken_at=TAKEN, now=TAKEN, identity=f"https://post.example/{n}", is_public=False)
        for n in range(100)
    }
    assert len(times) > 90


def test_what_has_just_changed_is_looked_at_soon():
    now = TAKEN + timedelta(days=9)
    soon = next_look(taken_at=TAKEN, now=now, identity="a", is_public=False, changed=True)
    assert soon == now + timedelta(hours=3)


@pytest.mark.parametrize(
    ("status", "final", "kind"),
    [
        (404, "https://a.example/news/1.html", Kind.REMOVED),
        (410, "https://a.example/news/1.html", Kind.REMOVED),
        (451, "https://a.example/news/1.html", Kind.REMOVED),
        (402, "https://a.example/news/1.html", Kind.PAYWALLED),
        (403, "https://a.example/news/1.html", Kind.UNREADABLE),
        (200, "https://a.example/", Kind.REMOVED),
        (200, "https://a.example/news/", Kind.REMOVED),
        (200, "https://a.example/news/1.html", None),
        (200, "https://a.example/archive/1.html", None),
        (500, "https://a.example/news/1.html", None),
        (429, "https://a.example/news/1.html", None),
    ],
)
def test_the_way_says_whether_the_piece_is_gone(status, final, kind):
    told = missed(status, asked="https://a.example/news/1.html", final_url=final)
    assert (told.kind if told else None) == kind


def test_a_missing_page_is_believed_the_second_time_and_one_that_is_gone_at_once():
    assert not is_sure(Kind.REMOVED, looks=1, status=404)
    assert is_sure(Kind.REMOVED, looks=2, status=404)
    assert is_sure(Kind.REMOVED, looks=1, status=410)


def test_a_front_page_leads_to_itself():
    assert not leads_up("https://a.example/", "https://a.example/")
    assert not leads_up("https://a.example/news/1", "https://a.example/news/1")
