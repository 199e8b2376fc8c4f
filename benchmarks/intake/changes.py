"""Changed originals: 50 pages that changed for a reader and 500 that changed in noise only, through the whole path.

Run: python benchmarks/intake/changes.py [--corpus FOLDER] [--seed N …] [--changed N] [--noise N] [--show]

Real pages of the public sets are altered as markup, where people have marked the article's text, by a seeded hand.
A page of noise gets one to four kinds of noise; a changed page one change of the seven kinds and one to three kinds of
noise. (A paragraph that is added has the class of its neighbours, as an outlet's own system would give it.)
The words of advertisements and teasers of the seed for development (1) are not those of the other seeds.
Peers in the same run: the hash of the extracted text, and the ratio of difflib over it with the threshold that did
best on this very run (which flatters it).
"""

# ruff: noqa: RUF001 - the marks and letters of pages are the matter here

import argparse
import gzip
import hashlib
import json
import os
import random
import re
import time
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

from lxml import html
from lxml.html import builder as make

from dateline.intake.changes import compare
from dateline.intake.changes_pages import Sheet, version_of
from dateline.intake.extract import NoArticle
from dateline.lib.decoding import decode
from dateline.lib.floods import HostileMarkup

SETS = ("article-extraction-benchmark", "article-extraction-dataset")
DEVELOPMENT = 1

ADVERTS = [
    "The new Solara Estate: room for five, range for six hundred. Book a test drive today.",
    "Your pension deserves better. Compare nine funds in four minutes.",
    "Fly to Lisbon from 39 euros. Only until Sunday.",
    "Hearing aids that nobody sees. Thousands of people over sixty have changed already.",
    "This mattress changed how we sleep. Try it for a hundred nights.",
    "Doctors are amazed: one cup of this every morning and the pounds melt away.",
    "Save up to 40 % on garden furniture this week. Delivery is free.",
    "Learn a language in three weeks with the method that diplomats use.",
]  # fmt: skip
BOXES = [
    "Get the day's most important stories in your inbox every morning. Sign up for our newsletter.",
    "Subscribe to our Telegram channel and be the first to know.",
    "Support our journalism. Become a member from 5 a month.",
    "Download our app to read without interruption on your phone.",
]
COOKIES = [
    (
        "We and our partners use cookies to store and access information on your device. "
        "You can change your choices at any time. Accept all"
    ),
    "This website uses cookies to give you the best experience. By continuing you agree to our privacy policy.",
]
COMMENTS = [
    "I have lived here for thirty years and never seen anything like it. They should all resign.",
    "Great piece, thank you! When will part two be out?",
    "Nonsense. The numbers are wrong and everybody who works in this field knows that.",
    "First! Also, the ferry was late again this morning, typical.",
]
LEADS = [
    "Read also:",
    "See also:",
    "Related:",
    "More on this:",
    "Читайте также:",
    "Lire aussi :",
    "Lesen Sie auch:",
    "Həmçinin oxuyun:",
]
CORRECTIONS = [
    "Correction: An earlier version of this article misstated the day of the meeting. It was Tuesday, not Wednesday.",
    "This article was amended on 4 March to correct the spelling of a name.",
    "Editor's note: The figure in the third paragraph was given wrongly and has been corrected.",
    "Clarification: The company says that the talks have not ended.",
]
RETRACTIONS = [
    "This article has been retracted because its central claim could not be verified.",
    "We have withdrawn this story after questions about its sources. We apologise to our readers.",
    "RETRACTED: The newspaper no longer stands by this report.",
    "Editor's note: This story has been removed because it did not meet our standards.",
]
ADDITIONS = [
    (
        "A spokeswoman for the ministry said on Thursday evening that the decision would be looked at again "
        "before the end of the month."
    ),
    (
        "Later in the day two members of the council left the meeting and told reporters that they had not "
        "been heard at all."
    ),
    (
        "The prosecutor has since opened an inquiry, and both sides have been asked to hand over their papers "
        "within a week."
    ),
    "The union called the offer an insult and said that its members would vote on a strike in the coming days.",
]


# Pages


def pages(corpus):
    """Yield (address, bytes, text as people marked it) of pages whose text we can find again in the markup."""
    for name in SETS:
        truth = json.loads((corpus / name / "ground-truth.json").read_text(encoding="utf-8"))
        for key in sorted(truth):
            path = corpus / name / "html" / f"{key}.html.gz"
            if path.is_file() and len(truth[key]["articleBody"]) > 600:
                yield truth[key]["url"], gzip.decompress(path.read_bytes()), truth[key]["articleBody"]


def squeeze(text):
    return re.sub(r"\W+", "", text).casefold()


def body_paragraphs(tree, told):
    """Return the elements that hold a paragraph of the article, by the text that people marked."""
    known = squeeze(told)
    found = []
    for element in tree.iter("p"):
        text = squeeze(element.text_content())
        if (
            len(text) > 60
            and text in known
            and not any(child.tag == "p" for child in element.iterdescendants())
        ):
            found.append(element)
    return found


class Hand:
    """Alters one page. chance: seeded. is_held: whether the words of the development seed are out of reach."""

    def __init__(self, content, told, *, chance, others, is_held):
        self.chance, self.others, self.is_held = chance, others, is_held
        self.tree = html.document_fromstring(decode(content))
        self.paragraphs = body_paragraphs(self.tree, told)
        self.body = self.tree.find(".//body")

    def content(self):
        return html.tostring(self.tree, encoding="utf-8", doctype="<!DOCTYPE html>")

    def one_of(self, table):
        return self.chance.choice(table[self.is_held :: 2])

    def beside(self, new, *, end=False):
        place = self.paragraphs[-1] if end else self.chance.choice(self.paragraphs)
        place.addnext(new)
        if new is not place:
            new.tail, place.tail = place.tail, "\n"

    def label(self):
        return "".join(self.chance.choices("abcdefghjkmnpqrstuvwxyz0123456789", k=8))

    # Noise

    def advert(self):
        box = make.DIV(make.P(self.one_of(ADVERTS)))
        box.set(
            "class", self.chance.choice(["ad", "advert-slot", "promo", f"x{self.label()}", "sponsored-box"])
        )
        if self.chance.random() < 0.5:
            box.insert(0, make.SPAN(self.chance.choice(["Advertisement", "Реклама", "Anzeige", "Sponsored"])))
        if self.chance.random() < 0.6:
            box[-1].append(make.A("Learn more", href=f"https://ads.example/{self.label()}"))
        self.beside(box)

    def newsletter_box(self):
        box = make.DIV(make.P(self.one_of(BOXES)), make.A("Sign up", href="/newsletter"))
        box.set("class", self.chance.choice(["newsletter", "inline-box", f"c-{self.label()}"]))
        self.beside(box)

    def read_also(self):
        headline = self.chance.choice(self.others)[0]
        line = make.P(make.STRONG(self.one_of(LEADS)), " ", make.A(headline, href=f"/{self.label()}"))
        self.beside(line)

    def teaser(self):
        headline, first = self.chance.choice(self.others)
        box = make.DIV(
            make.H3(make.A(headline, href=f"/{self.label()}")), make.P(make.A(first, href=f"/{self.label()}"))
        )
        box.set("class", self.chance.choice(["related", "teaser", "recommended", f"m-{self.label()}"]))
        self.beside(box, end=self.chance.random() < 0.6)

    def related_list(self):
        items = [
            make.LI(make.A(headline, href=f"/{self.label()}"))
            for headline, _ in self.chance.sample(self.others, 5)
        ]
        box = make.DIV(
            make.H4(self.chance.choice(["Related", "Most read", "По теме", "Trending"])), make.UL(*items)
        )
        box.set("class", self.chance.choice(["related-list", "most-read", f"r{self.label()}"]))
        self.beside(box, end=True)

    def counters(self):
        text = self.chance.choice(
            ["{} views", "{} comments", "Views: {}", "Просмотров: {}", "{} shares", "Baxış: {}"]
        )
        line = self.chance.choice([make.P, make.DIV, make.SPAN])(text.format(self.chance.randint(2, 99_999)))
        self.beside(line, end=self.chance.random() < 0.5)

    def time_line(self):
        text = self.chance.choice(
            [
                "Updated {} minutes ago",
                "Last updated: {}:41 pm",
                "{} hours ago",
                "Обновлено {} минут назад",
                "Published {} March 2026",
            ]
        )
        self.paragraphs[0].addprevious(make.P(text.format(self.chance.randint(2, 12))))

    def cookie_banner(self):
        box = make.DIV(make.P(self.one_of(COOKIES)), make.BUTTON("Accept"))
        box.set("id", self.chance.choice(["cookie-banner", "consent", f"b{self.label()}"]))
        self.body.insert(0 if self.chance.random() < 0.5 else len(self.body), box)

    def readers_comments(self):
        texts = self.chance.sample(COMMENTS, 2)
        box = make.DIV(make.H3("Comments"), *(make.DIV(make.P(text)) for text in texts))
        box.set("id", "comments")
        box.set("class", "comments")
        article = next((e for e in self.paragraphs[-1].iterancestors("article", "main")), None)
        (article if article is not None else self.body).append(box)

    def attributes(self):
        for element in self.tree.iter():
            if isinstance(element.tag, str) and self.chance.random() < 0.3:
                kept = list(element.attrib.items())
                self.chance.shuffle(kept)
                element.attrib.clear()
                for name, value in [*kept, ("data-r", self.label())]:
                    element.set(name, value)

    def remarks_and_space(self):
        for paragraph in self.paragraphs:
            if self.chance.random() < 0.4:
                paragraph.addprevious(html.etree.Comment(f" cached {self.label()} "))
            if paragraph.text:
                paragraph.text = paragraph.text.replace(" ", "\n   ", 1)
        self.body.append(html.fragment_fromstring(f"<script>var t = '{self.label()}';</script>"))

    def tracking(self):
        for link in self.tree.iter("a"):
            if link.get("href", "").startswith(("http", "/")) and self.chance.random() < 0.5:
                link.set("href", link.get("href").split("#")[0] + f"?utm_source={self.label()}")

    def typography(self):
        marks = (
            {"“": '"', "”": '"', "’": "'", " – ": " — "}
            if self.chance.random() < 0.5
            else {"'": "’", " — ": " – "}
        )
        for paragraph in self.paragraphs:
            for element in paragraph.iter():
                for old, new in marks.items():
                    element.text = (
                        element.text.replace(old, new)
                        if element.text and isinstance(element.tag, str)
                        else element.text
                    )
                    element.tail = (
                        element.tail.replace(old, new)
                        if element.tail and element is not paragraph
                        else element.tail
                    )

    def order_of_blocks(self):
        blocks = [
            e
            for e in self.tree.iter("aside", "nav", "section", "footer")
            if not any(p in e.iterdescendants() for p in self.paragraphs)
        ]
        if len(blocks) > 1:
            one, other = self.chance.sample(blocks, 2)
            if one not in other.iterancestors() and other not in one.iterancestors():
                mark = make.SPAN()
                one.addprevious(mark)
                other.addprevious(one)
                mark.addprevious(other)
                mark.drop_tree()

    NOISES = (advert, newsletter_box, read_also, teaser, related_list, counters, time_line, cookie_banner,
              readers_comments,
              attributes, remarks_and_space, tracking, typography, order_of_blocks)  # fmt: skip

    def noise(self, fewest, most):
        chosen = self.chance.sample(self.NOISES, self.chance.randint(fewest, most))
        for kind in chosen:
            kind(self)
        return [kind.__name__ for kind in chosen]

    # Changes

    def words_of(self, pattern):
        """Return (element, match) for runs of text of body paragraphs in which `pattern` is found once or more."""
        return [(p, m) for p in self.paragraphs for m in re.finditer(pattern, p.text or "")]

    def replace(self, places, new):
        element, match = self.chance.choice(places)
        element.text = element.text[: match.start()] + new(match) + element.text[match.end() :]

    def typo(self):
        def swapped(match):
            word = match.group()
            return word[:2] + word[3] + word[2] + word[4:]

        places = [
            (e, m)
            for e, m in self.words_of(r"(?<=\s)[a-zа-яёəğıöşüç]{6,}(?=\s)")
            if m.group()[2] != m.group()[3]
        ]
        self.replace(places, swapped)

    def correction_silent(self):
        def other(match):
            return str(int(match.group()) + self.chance.choice([1, 2, 5, 10, 30]))

        self.replace(self.words_of(r"(?<=\s)\d{1,4}(?=\s)"), other)

    def correction_note(self):
        note = make.P(self.one_of(CORRECTIONS))
        if self.chance.random() < 0.5:
            note = make.P(make.EM(note.text))
        self.beside(note, end=True) if self.chance.random() < 0.6 else self.paragraphs[0].addprevious(note)

    def retraction(self):
        note = make.P(self.one_of(RETRACTIONS))
        if self.chance.random() < 0.5:
            for paragraph in self.paragraphs[2:]:
                paragraph.getparent().remove(paragraph)
        self.paragraphs[0].addprevious(note)

    def update_added(self):
        new = make.P(self.one_of(ADDITIONS))
        new.set("class", Counter(one.get("class", "") for one in self.paragraphs).most_common(1)[0][0])
        self.beside(new, end=self.chance.random() < 0.4)

    def update_removed(self):
        if len(self.paragraphs) < 4:
            raise IndexError
        gone = self.chance.choice(self.paragraphs[1:])
        gone.getparent().remove(gone)

    def headline(self):
        new = self.one_of(
            [
                "What we know so far about a long day",
                "Talks end without a result as both sides wait",
                "Minister under pressure after the vote",
                "Thousands wait for an answer in the cold",
            ]
        )
        places = list(self.tree.iter("title", "h1"))
        if not places:
            raise IndexError
        for element in places:
            for child in list(element):
                element.remove(child)
            element.text = new
        for meta in self.tree.iter("meta"):
            if (meta.get("property") or meta.get("name") or "") in ("og:title", "twitter:title", "title"):
                meta.set("content", new)
        for script in self.tree.iter("script"):
            if script.get("type") == "application/ld+json":
                script.text = re.sub(
                    r'"headline"\s*:\s*"(?:[^"\\]|\\.)*"', f'"headline": "{new}"', script.text or ""
                )

    CHANGES = {
        typo: ("typo", 8), correction_silent: ("correction", 8), correction_note: ("correction", 8),
        retraction: ("retraction", 6),
        update_added: ("update", 8), update_removed: ("update", 6), headline: ("headline", 6),
    }  # fmt: skip


# Judges


def version(content, url):
    return version_of([Sheet(content, url)])


def text_of(one):
    return "\n".join([one.headline, *(passage.text for passage in one.passages)])


def ratio(before, after):
    return SequenceMatcher(None, before.split(), after.split(), autojunk=False).ratio()


def usable(corpus):
    found = []
    for url, content, told in pages(corpus):
        tree = html.document_fromstring(decode(content))
        if len(body_paragraphs(tree, told)) < 3 or tree.find(".//body") is None:
            continue
        try:
            found.append((url, content, told, version(content, url)))
        except (NoArticle, HostileMarkup):
            continue
    return found


def altered(page, others, chance, *, change, is_held):
    """Return the altered page and what was done to it; None where this page has no place for that change."""
    _url, content, told, _version = page
    hand = Hand(content, told, chance=chance, others=others, is_held=is_held)
    try:
        if change:
            change(hand)
        noises = hand.noise(1, 3) if change else hand.noise(1, 4)
    except (IndexError, ValueError):
        return None
    return hand.content(), noises


def run(found, seed, *, changed, noise, show):
    chance = random.Random(seed)
    is_held = int(seed != DEVELOPMENT)
    teasers = [(one[3].headline, one[3].passages[0].text[:160]) for one in found if one[3].passages]
    rows = []
    wanted = [(change, kind) for change, (kind, count) in Hand.CHANGES.items() for _ in range(count)]
    wanted = [wanted[at * len(wanted) // changed] for at in range(changed)] + [(None, "")] * noise
    for change, kind in wanted:
        done = None
        while done is None:
            page = chance.choice(found)
            done = altered(page, teasers, chance, change=change, is_held=is_held)
        rows.append(judged(page, *done, kind=kind, change=change.__name__ if change else ""))
        if show and rows[-1]["is_odd"]:
            print(json.dumps({k: v for k, v in rows[-1].items() if k != "texts"}, ensure_ascii=False)[:1500])
    return rows


def judged(page, content, noises, *, kind, change):
    url, _content, _told, before = page
    started = time.process_time()
    try:
        after = version(content, url)
        comparison = compare(before, after)
    except (NoArticle, HostileMarkup) as error:
        return {
            "kind": kind,
            "said": "unreadable",
            "is_odd": True,
            "url": url,
            "what": [change, noises, str(error)],
            "texts": ("", "x"),
            "seconds": 0,
        }
    seconds = time.process_time() - started
    said = str(comparison.kind) if comparison else ""
    shown = [p for p in comparison.passages if p["op"] != "same"] if comparison else []
    return {
        "kind": kind,
        "said": said,
        "is_odd": said != kind,
        "url": url,
        "what": [change, noises, comparison.facts if comparison else [], shown],
        "texts": (text_of(before), text_of(after)),
        "seconds": seconds,
    }


def report(seed, rows, seconds):
    changed = [row for row in rows if row["kind"]]
    quiet = [row for row in rows if not row["kind"]]
    flagged, false = sum(bool(row["said"]) for row in changed), sum(bool(row["said"]) for row in quiet)
    right = sum(row["said"] == row["kind"] for row in changed)
    name = "development" if seed == DEVELOPMENT else "held words"
    counts = (
        f"{flagged}/{len(changed)} flagged, {false}/{len(quiet)} false, class right {right}/{len(changed)}"
    )
    print(f"seed {seed} ({name}): {counts}; {1000 * seconds / len(rows):.0f} ms a page, extraction included")
    for kind in sorted({row["kind"] for row in changed}):
        said = Counter(row["said"] or "nothing" for row in changed if row["kind"] == kind)
        print(f"  {kind:11} → " + ", ".join(f"{what} {count}" for what, count in said.most_common()))
    peers(changed, quiet)


def peers(changed, quiet):
    def is_other(row):
        before, after = row["texts"]
        return hashlib.sha256(before.encode()).digest() != hashlib.sha256(after.encode()).digest()

    found, false = sum(map(is_other, changed)), sum(map(is_other, quiet))
    print(f"  peer: hash of the text         {found}/{len(changed)} flagged, {false}/{len(quiet)} false")
    scored = [(ratio(*row["texts"]), bool(row["kind"])) for row in [*changed, *quiet]]
    best = max(
        {score for score, _ in scored},
        key=lambda cut: sum((score <= cut) == truth for score, truth in scored),
    )
    flagged = sum(score <= best and truth for score, truth in scored)
    false = sum(score <= best and not truth for score, truth in scored)
    print(
        f"  peer: difflib ratio ≤ {best:.4f}   {flagged}/{len(changed)} flagged, {false}/{len(quiet)} false"
    )


def main():
    parser = argparse.ArgumentParser()
    default = Path(__file__).resolve().parents[3] / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", default)))
    parser.add_argument("--seed", type=int, nargs="+", default=[1, 2, 3, 4])
    parser.add_argument("--changed", type=int, default=50)
    parser.add_argument("--noise", type=int, default=500)
    parser.add_argument(
        "--show", action="store_true", help="print each page that was judged otherwise than altered"
    )
    options = parser.parse_args()
    found = usable(options.corpus / "intake")
    print(f"{len(found)} pages")
    for seed in options.seed:
        started = time.process_time()
        rows = run(found, seed, changed=options.changed, noise=options.noise, show=options.show)
        spent = sum(row["seconds"] for row in rows)
        report(seed, rows, spent)
        print(f"  {time.process_time() - started:.0f} s")


if __name__ == "__main__":
    main()
