"""The alarm for bad extractions: learns its weights, and says how far they hold on pages that they have not seen.

Run: python benchmarks/intake/alarm.py [--corpus FOLDER] [--pages N] [--weights]

A page is bad where the F1 of its body (4-word shingles) is below 0.8. The public sets have few bad pages, and most
of these have a truth that ends in the middle of the article, which no alarm can know. So good pages are broken as
the world breaks them: a teaser instead of the piece, three further pieces behind it (a river), the body gone, an
appeal for money in its place, half of it put aside, a list of other pieces, comments below it. A broken page that is
still read well counts as good. The score is a sum of steps, boosted stumps over the measures of
dateline/intake/detector_features.py. Folds are whole sites. Seed 7. `--weights` prints the table for the code.
"""

import argparse
import copy
import os
import random
from dataclasses import fields as fields_of
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from extraction import BAD, SETS, counts, page_f1, pages
from lxml import etree
from lxml.html import fromstring, tostring

from dateline.intake.detector_features import Features
from dateline.intake.extract import NoArticle, examined
from dateline.intake.extract_blocks import inner_text, key_of
from dateline.lib.decoding import decode
from dateline.lib.floods import HostileMarkup

SEED = 7
# Below the bar of one in twenty: the reasons that stand in any case (detector.py) add their own false alarms.
FALSE_ALARMS = 0.02
RIDGE = 3.0
ROUNDS = 80
RATE = 0.2
FEWEST = 6
FOLDS = 5
KINDS = ("teaser", "river", "gone", "appeal", "aside", "list", "comments")
APPEAL = [
    (
        "Independent reporting needs readers who pay for it. We have no owner who tells us what to write, "
        "and no fund that pays our bills."
    ),
    (
        "If you can, please consider a gift of any size. It takes a minute, and it keeps our pages open to "
        "everybody, also to those who cannot pay."
    ),
    (
        "Last year thousands of readers gave, and because of them a small newsroom could send people where "
        "nobody else went. Thank you to each of them."
    ),
    (
        "Will you join them today? Every amount helps, and you may stop whenever you like. Choose a sum below "
        "and we will do the rest."
    ),
]
OFFERS = [
    "Subscribe to continue reading. Already a subscriber? Log in.",
    "Pour lire la suite, abonnez-vous. Déjà abonné ? Connectez-vous.",
    "Материал доступен только подписчикам. Войдите, чтобы прочитать полностью.",
    "",
]


def body_elements(tree, truth):
    wanted = key_of(truth)
    found = [e for e in tree.iter("p", "h2", "h3", "li", "blockquote") if len(inner_text(e).strip()) > 40]
    return [e for e in found if key_of(inner_text(e)) in wanted and e.find(".//p") is None]


def broken(markup, truth, others, kind, chance):
    """Return the page broken in one way, None where its body is not found in the markup."""
    tree = fromstring(markup.encode())
    body = body_elements(tree, truth)
    if len(body) < 4:
        return None
    put = placer(body[-1] if kind in ("river", "comments") else body[0])
    for text in material(kind, body, others, chance):
        put(text)
    for element in removed(kind, body):
        if element.getparent() is not None:
            element.drop_tree()
    return tostring(tree, encoding="unicode")


def material(kind, body, others, chance):
    """Return what a broken page has that the sound one has not."""
    return {
        "river": lambda: [one for title, text in others[:3] for one in (tag("h2", title), *paragraphs(text))],
        "comments": lambda: comments(others, chance),
        "appeal": lambda: paragraphs("\n".join(APPEAL)),
        "list": lambda: [teaser(title, text, chance) for title, text in others[:12]],
        "teaser": lambda: [*(copy.deepcopy(e) for e in body[:2]), *offer(chance)],
        "aside": lambda: [aside(body[len(body) // 3 :])],
        "gone": list,
    }[kind]()


def tag(name, text):
    element = etree.Element(name)
    element.text = safe(text)
    return element


def comments(others, chance):
    lines = [line for _, text in others for line in text.split(". ") if len(line) > 40]
    found = []
    for line in chance.sample(lines, min(40, len(lines))):
        box = etree.Element("div")
        box.set("class", "c")
        box.extend([tag("b", f"Reader {chance.randint(1, 999)}"), tag("p", f"{line}.")])
        found.append(box)
    return found


def teaser(title, text, chance):
    box, heading, link = etree.Element("div"), etree.Element("h3"), tag("a", title)
    link.set("href", "/x")
    heading.append(link)
    box.extend([heading, tag("p", text[: chance.randint(60, 180)].rsplit(" ", 1)[0] + "…")])
    return box


def offer(chance):
    said = chance.choice(OFFERS)
    box = etree.Element("div")
    box.set("class", "paywall")
    box.append(tag("p", said))
    return [box] if said else []


def aside(body):
    box = etree.Element("aside")
    box.set("class", "related")
    box.extend(copy.deepcopy(e) for e in body)
    return box


def removed(kind, body):
    if kind in ("river", "comments"):
        return []
    return body[len(body) // 3 :] if kind == "aside" else body


def placer(anchor):
    state = [anchor]

    def put(element):
        element.tail = None
        state[0].addnext(element)
        state[0] = element

    return put


def paragraphs(text):
    return [tag("p", line) for line in text.split("\n") if line.strip()]


def safe(text):
    return "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff")


def read(markup, url):
    try:
        return examined(markup, url=url)
    except (NoArticle, HostileMarkup):
        return "", None


def ends_early(row):
    """True where our text has all of the truth and much more: a truth that ends in the middle, or a river."""
    hit, wrong, missed = row
    return hit >= 0.95 * (hit + missed) and wrong > 0.2 * hit


def gather(corpus, limit):
    chance = random.Random(SEED)
    asked = [
        (truth, decode(content)) for name in SETS for truth, content in pages(corpus / "intake", name, limit)
    ]
    rows = []
    for truth, markup in asked:
        site = urlsplit(truth["url"]).hostname or ""
        found, features = read(markup, truth["url"])
        row = counts(truth["articleBody"], found)
        rows.append(("real", site, found, features, row))
        others = [
            (t.get("title", t["articleBody"][:60]), t["articleBody"])
            for t, _ in chance.sample(asked, min(12, len(asked)))
        ]
        if page_f1(row) < BAD:
            continue
        for kind in chance.sample(KINDS, 2):
            page = broken(markup, truth["articleBody"], others, kind, chance)
            if page is not None:
                found, features = read(page, truth["url"])
                wanted = "" if kind in ("gone", "appeal", "list") else truth["articleBody"]
                rows.append((kind, site, found, features, counts(wanted, found)))
    return rows


def thresholds(measures):
    return [np.unique(np.quantile(column, np.linspace(0.05, 0.95, 19)).round(3)) for column in measures.T]


def fitted(measures, bad):
    """Return boosted stumps: rows of (measure, threshold, value up to it, value above it)."""
    weight = np.where(bad == 1, (bad == 0).sum() / max(1, bad.sum()), 1.0)
    splits = [(j, t, measures[:, j] > t) for j, row in enumerate(thresholds(measures)) for t in row]
    splits = [(j, t, above) for j, t, above in splits if FEWEST <= above.sum() <= len(bad) - FEWEST]
    above = np.array([row for *_, row in splits], float)
    score, stumps = np.zeros(len(bad)), []
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-score))
        gradient, curve = weight * (bad - p), weight * p * (1 - p)
        g, h = above @ gradient, above @ curve
        rest_g, rest_h = gradient.sum() - g, curve.sum() - h
        best = int(np.argmax(g**2 / (h + RIDGE) + rest_g**2 / (rest_h + RIDGE)))
        j, t, is_above = splits[best]
        low, high = RATE * rest_g[best] / (rest_h[best] + RIDGE), RATE * g[best] / (h[best] + RIDGE)
        score += np.where(is_above, high, low)
        stumps.append((j, t, low, high))
    return stumps


def scored(stumps, measures):
    return sum(
        (np.where(measures[:, j] > t, high, low) for j, t, low, high in stumps), np.zeros(len(measures))
    )


def settled(stumps):
    """Return stumps on one threshold as one row, and the sum of what all rows give at least."""
    names = [f.name for f in fields_of(Features)]
    rises = {}
    base = sum(low for *_, low, _ in stumps)
    for j, t, low, high in stumps:
        rises[(names[j], float(t))] = rises.get((names[j], float(t)), 0.0) + high - low
    return base, sorted(rises.items())


def main():
    """Learn, and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    home = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    parser.add_argument("--pages", type=int, default=None)
    parser.add_argument("--weights", action="store_true")
    args = parser.parse_args()
    rows = gather(args.corpus, args.pages)
    report(rows, show_weights=args.weights)


def report(rows, *, show_weights):
    read_rows = [row for row in rows if row[3] is not None]
    refused = [row for row in rows if row[3] is None]
    measures = np.array([row[3].values() for row in read_rows])
    bad = np.array([page_f1(row[4]) < BAD for row in read_rows], float)
    early = np.array([row[0] == "real" and page_f1(row[4]) < BAD and ends_early(row[4]) for row in read_rows])
    kinds = np.array([row[0] for row in read_rows])
    sites = sorted({row[1] for row in read_rows})
    random.Random(SEED).shuffle(sites)
    fold_of = {site: place % FOLDS for place, site in enumerate(sites)}
    folds = np.array([fold_of[row[1]] for row in read_rows])
    score = np.zeros(len(bad))
    for fold in range(FOLDS):
        learn = (folds != fold) & ~early
        model = fitted(measures[learn], bad[learn])
        score[folds == fold] = scored(model, measures[folds == fold])
    limit = np.quantile(score[(bad == 0) & (kinds == "real")], 1 - FALSE_ALARMS)
    score -= limit
    print(f"{len(rows)} pages, {len(refused)} of them refused as no article; sites apart in {FOLDS} folds")
    told(score, bad, kinds, early, refused)
    for kind in KINDS:
        learn = (kinds != kind) & ~early
        model = fitted(measures[learn], bad[learn])
        limit = np.quantile(scored(model, measures[(bad == 0) & (kinds == "real")]), 1 - FALSE_ALARMS)
        held = (kinds == kind) & (bad == 1)
        gone = sum(row[0] == kind for row in refused)
        hits = int((scored(model, measures[held]) > limit).sum()) if held.any() else 0
        print(f"  {kind:9} learned from the other kinds: {hits + gone} of {int(held.sum()) + gone} found")
    if show_weights:
        table(measures, bad, early, limit)


def told(score, bad, kinds, early, refused):
    real = kinds == "real"
    chance = np.random.default_rng(SEED)
    for label, mask, more in (
        ("broken pages", ~real & (bad == 1), sum(row[0] != "real" for row in refused)),
        (
            "real, F1 < 0.8",
            real & (bad == 1),
            sum(row[0] == "real" and page_f1(row[4]) < BAD for row in refused),
        ),
        ("real, truth does not end early", real & (bad == 1) & ~early, 0),
        ("false alarms, real good pages", real & (bad == 0), 0),
    ):
        hits = np.r_[score[mask] > 0, np.ones(more)]
        if len(hits):
            draws = [chance.choice(hits, len(hits)).mean() for _ in range(1000)]
            low, high = np.quantile(draws, [0.025, 0.975])
            print(f"  {label:32} {int(hits.sum())} of {len(hits)}: {hits.mean():.3f} [{low:.3f}, {high:.3f}]")


def table(measures, bad, early, limit):
    """Print the table for dateline/intake/alarm_table.py; the limit is that of pages not learned from."""
    model = fitted(measures[~early], bad[~early])
    base, rises = settled(model)
    print(f"BASE: Final = {base - limit:.3f}\n\nRISES: Final = (")
    for (name, threshold), rise in rises:
        print(f'    ("{name}", {threshold:.3f}, {rise:+.3f}),')
    print(")")


if __name__ == "__main__":
    main()
