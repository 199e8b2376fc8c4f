"""Faults put into human translations: how many the checks find, and how often they flag what is right.

Run: python benchmarks/translation/checks.py [--corpus FOLDER] [--half held|tune|both] [--from en]

Pairs are those of ud_pud, English into six languages and back. A pair goes to the half tune or held by a hash of its
English sentence; rules were looked at on tune alone. A fault counts as found where a finding of the checks that are
about it comes up that the untouched pair did not have; "any severity", then at block or warn alone. Paragraph faults
are put into pieces of six paragraphs of three sentences. Simple baselines see the same faults. The interval is a
bootstrap over pairs (1,000 draws, seed 7).
"""

import argparse
import hashlib
import os
import random
import re
import time
from collections import Counter, defaultdict
from pathlib import Path

from dateline.lib.scripts import script_of
from dateline.lib.text import names
from dateline.translation.checks.base import Pair, Severity
from dateline.translation.checks.names import names_in
from dateline.translation.checks.quantities import western
from dateline.translation.checks.registry import examine
from dateline.translation.checks.tables import table_of
from dateline.translation.names.likeness import is_like, sounds
from dateline.translation.spelling import low

PUD = {
    "en": "English",
    "pt": "Portuguese",
    "es": "Spanish",
    "fr": "French",
    "ru": "Russian",
    "tr": "Turkish",
    "ar": "Arabic",
}
GRAVE = {Severity.BLOCK, Severity.WARN}
NUMBER = re.compile(r"\d+")
MARKS = re.compile('[“”„«»"‟]')
LETTERS = re.compile(r"[^\W\d_]+")
STRANGERS = {
    "Cyrl": ["Воронцов", "Мельниченко", "Гарридо"],
    "Latn": ["Vorontsov", "Melnychenko", "Garrido"],
    "Arab": ["فورونتسوف", "ميلنيتشينكو", "غاريدو"],
}
REACH = {
    "number": 98,
    "dropped": 98,
    "untranslated": 98,
    "paragraph": 98,
    "link": 98,
    "quote": 90,
    "name": 90,
    "negation": 90,
}


def number_changed(pair, chance):
    both = [
        one
        for one in NUMBER.finditer(western(pair.text))
        if one.group() in NUMBER.findall(western(pair.source))
    ]
    if not both:
        return None
    one = chance.choice(both)
    at = chance.randrange(len(one.group()))
    digit = chance.choice([d for d in "123456789" if d != one.group()[at]])
    return pair.text[: one.start() + at] + digit + pair.text[one.start() + at + 1 :]


def number_dropped(pair, chance):
    """Drop a number of the source; one that the translation has more often than the source is none of its."""
    theirs, ours = (Counter(NUMBER.findall(western(text))) for text in (pair.source, pair.text))
    both = [
        one for one in NUMBER.finditer(western(pair.text)) if 0 < ours[one.group()] <= theirs[one.group()]
    ]
    if not both:
        return None
    one = chance.choice(both)
    return pair.text[: one.start()] + pair.text[one.end() :]


def dropped_all(_pair, _chance):
    return ""


def cut_off(pair, _chance):
    return pair.text[: int(len(pair.text) * 0.4)].rstrip() if len(pair.text) > 60 else None


def untranslated(pair, _chance):
    return pair.source


def quotes_off(pair, _chance):
    if not MARKS.search(pair.source) or not MARKS.search(pair.text):
        return None
    return MARKS.sub("", pair.text)


def quote_half_off(pair, chance):
    found = list(MARKS.finditer(pair.text))
    if not MARKS.search(pair.source) or len(found) != 2:
        return None
    one = chance.choice(found)
    return pair.text[: one.start()] + pair.text[one.end() :]


def shared_names(pair, *, every):
    """Return the names of the source with the words that stand for them; every: capitalised dictionary words too."""
    words = [word for word in LETTERS.findall(pair.text) if not word[0].islower()]
    found = []
    for one in names_in(pair.source, pair.source_language):
        alike = {word for word in words if is_like(one.text, word)}
        if (every or one.is_opaque) and len(alike) == 1 and len(sounds(one.text)) > 1:
            found.append((one.text, alike.pop()))
    return found


def name_fault(pair, chance, stranger, *, every=False):
    shared = shared_names(pair, every=every)
    if not shared:
        return None
    return re.sub(rf"\b{re.escape(chance.choice(shared)[1])}\b ?", stranger, pair.text)


def name_changed(pair, chance):
    return name_fault(
        pair, chance, chance.choice(STRANGERS.get(script_of(pair.language), STRANGERS["Latn"])) + " "
    )


def name_dropped(pair, chance):
    return name_fault(pair, chance, "")


def capitalised_changed(pair, chance):
    stranger = chance.choice(STRANGERS.get(script_of(pair.language), STRANGERS["Latn"])) + " "
    return name_fault(pair, chance, stranger, every=True)


def capitalised_dropped(pair, chance):
    return name_fault(pair, chance, "", every=True)


def negation_dropped(pair, _chance):
    small = low(pair.text)
    if not table_of(pair.source_language).negators.search(low(pair.source)):
        return None
    found = [one for one in table_of(pair.language).negators.finditer(small) if one.group() in NEGATORS]
    if not found:
        return None
    text = pair.text
    for one in reversed(found):
        text = text[: one.start()] + text[one.end() :].lstrip()
    return text


# Words that only deny, which an editor may delete; denial inside a verb is not seeded.
NEGATORS = names(
    "not n't never no nobody nothing não nunca jamais nenhum nenhuma ninguém nada sem ningún ninguna nadie sin ne n' "
    "pas aucun aucune rien sans не нет никогда никто ничего без değil hiç yok لا لم لن ليس ليست غير دون بدون"
)
LINK = "https://example.org/report/7"


ONE = {
    "number changed": ("number", number_changed),
    "number dropped": ("number", number_dropped),
    "nothing there": ("dropped", dropped_all),
    "cut to 40 %": ("dropped", cut_off),
    "left as it is": ("untranslated", untranslated),
    "quotes taken off": ("quote", quotes_off),
    "one quote off": ("quote", quote_half_off),
    "name changed": ("name", name_changed),
    "name dropped": ("name", name_dropped),
    "any capital changed": ("name", capitalised_changed),
    "any capital dropped": ("name", capitalised_dropped),
    "negation dropped": ("negation", negation_dropped),
}
ABOUT = {
    "number": {"numbers"},
    "dropped": {"paragraphs"},
    "untranslated": {"untranslated"},
    "paragraph": {"paragraphs"},
    "link": {"links"},
    "quote": {"quotations"},
    "name": {"names"},
    "negation": {"negation"},
}


def paragraph_missing(parts, chance):
    at = chance.randrange(len(parts))
    return parts[:at] + parts[at + 1 :]


def paragraphs_merged(parts, chance):
    at = chance.randrange(len(parts) - 1)
    return [*parts[:at], parts[at] + " " + parts[at + 1], *parts[at + 2 :]]


def paragraph_twice(parts, chance):
    at = chance.randrange(len(parts))
    return [*parts[:at], parts[at], *parts[at:]]


def sentence_missing(parts, at):
    lines = parts[at].split("\u2028")
    kept = [line for number, line in enumerate(lines) if number != len(lines) // 2]
    return [*parts[:at], "\u2028".join(kept), *parts[at + 1 :]]


WHOLE = {
    "paragraph missing": ("paragraph", paragraph_missing),
    "paragraphs merged": ("paragraph", paragraphs_merged),
    "paragraph twice": ("paragraph", paragraph_twice),
}


def half_of(english):
    return "tune" if int(hashlib.sha256(english.encode()).hexdigest(), 16) % 2 else "held"


def pairs_of(folder, half, into_english):
    lines = {
        code: (folder / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n")
        for code, name in PUD.items()
    }
    for code in PUD:
        if code == "en":
            continue
        ways = [("en", code), (code, "en")] if into_english else [("en", code)]
        for source, target in ways:
            chosen = [n for n, english in enumerate(lines["en"]) if half in {"both", half_of(english)}]
            yield (
                source,
                target,
                [
                    Pair(
                        source=lines[source][n],
                        text=lines[target][n],
                        source_language=source,
                        language=target,
                    )
                    for n in chosen
                ],
            )


def keyed(findings):
    """Return findings by what they say; what is said for the second time is another one."""
    said, found = Counter(), {}
    for one in findings:
        key = (one.check, one.code, one.values)
        said[key] += 1
        found[*key, said[key]] = one.severity
    return found


def changed(pair, text):
    return Pair(source=pair.source, text=text, source_language=pair.source_language, language=pair.language)


def judged(category, before, after):
    new = [severity for key, severity in after.items() if key not in before and key[0] in ABOUT[category]]
    return bool(new), any(severity in GRAVE for severity in new)


def simple(category, pair, text):
    """What a tool without tables does: digits, marks, the same text, half the length, numbers of paragraphs."""
    ways = {
        "number": lambda: (
            sorted(NUMBER.findall(western(pair.source))) != sorted(NUMBER.findall(western(text)))
        ),
        "dropped": lambda: len(text) < 0.5 * len(pair.source),
        "untranslated": lambda: text == pair.source,
        "quote": lambda: bool(MARKS.search(pair.source)) != bool(MARKS.search(text)),
        "name": lambda: any(one.text not in text for one in names_in(pair.source, pair.source_language)),
        "paragraph": lambda: text.count("\n\n") != pair.source.count("\n\n"),
        "negation": lambda: False,
    }
    return ways[category]()


def seeded_one(pairs, rows, chance):
    for pair in pairs:
        before = keyed(examine(pair))
        for name, (category, seed) in ONE.items():
            text = seed(pair, chance)
            if text is None or text == pair.text:
                continue
            after = keyed(examine(changed(pair, text)))
            rows[name].append((*judged(category, before, after), simple(category, pair, text)))
        link = Pair(
            source=f"{pair.source} {LINK}",
            text=f"{pair.text} {LINK}",
            source_language=pair.source_language,
            language=pair.language,
        )
        base = keyed(examine(link))
        for text in (pair.text, f"{pair.text} {LINK[:-1]}8"):
            rows["link lost or changed"].append(
                (*judged("link", base, keyed(examine(changed(link, text)))), LINK not in text)
            )
        marked = Pair(
            source=f"⟦1⟧{pair.source}⟦/1⟧",
            text=f"⟦1⟧{pair.text}⟦/1⟧",
            source_language=pair.source_language,
            language=pair.language,
        )
        base = keyed(examine(marked))
        rows["mark lost"].append((*judged("link", base, keyed(examine(changed(marked, pair.text)))), False))


def seeded_whole(pairs, rows, chance, flagged):
    for start in range(0, len(pairs) - 17, 18):
        pieces = [pairs[start + at : start + at + 3] for at in range(0, 18, 3)]
        source = "\n\n".join(" ".join(one.source for one in piece) for piece in pieces)
        parts = ["\u2028".join(one.text for one in piece) for piece in pieces]
        pair = changed(pairs[start], "")
        pair = Pair(
            source=source, text=joined(parts), source_language=pair.source_language, language=pair.language
        )
        found = examine(pair)
        before = keyed(found)
        flagged.append(any(one.check == "paragraphs" and one.severity in GRAVE for one in found))
        for name, (category, seed) in WHOLE.items():
            text = joined(seed(parts, chance))
            rows[name].append(
                (*judged(category, before, keyed(examine(changed(pair, text)))), simple(category, pair, text))
            )
        for at in range(len(parts)):
            text = joined(sentence_missing(parts, at))
            after = keyed(examine(changed(pair, text)))
            rows["sentence missing"].append(
                (*judged("dropped", before, after), simple("dropped", pair, text))
            )
        at = chance.randrange(6)
        left = [
            *parts[:at],
            " ".join(one.source if n == 1 else one.text for n, one in enumerate(pieces[at])),
            *parts[at + 1 :],
        ]
        after = keyed(examine(changed(pair, joined(left))))
        rows["sentence left as it is"].append((*judged("untranslated", before, after), False))


def joined(parts):
    return "\n\n".join(part.replace("\u2028", " ") for part in parts)


def share(rows, place):
    return 100 * sum(row[place] for row in rows) / len(rows) if rows else float("nan")


def interval(rows, place, draws=1_000, seed=7):
    chance = random.Random(seed)
    found = sorted(share(chance.choices(rows, k=len(rows)), place) for _ in range(draws))
    return f"[{found[draws // 40]:.1f}, {found[-draws // 40]:.1f}]"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    home = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    parser.add_argument("--half", choices=("tune", "held", "both"), default="held")
    parser.add_argument("--into-english", action="store_true", help="the other way round as well")
    args = parser.parse_args()
    total, flags, whole_flags = defaultdict(list), [], []
    spent = characters = 0
    for source, target, pairs in pairs_of(
        args.corpus / "translation" / "ud_pud", args.half, args.into_english
    ):
        rows, chance = defaultdict(list), random.Random(7)
        started = time.process_time()
        right = [[one for one in examine(pair) if one.severity in GRAVE] for pair in pairs]
        spent += time.process_time() - started
        characters += len(pairs)
        mine = [(bool(found),) for found in right]
        flags += mine
        by_check = defaultdict(int)
        for found in right:
            for check in {one.check for one in found}:
                by_check[check] += 1
        seeded_one(pairs, rows, chance)
        seeded_whole(pairs, rows, chance, whole_flags)
        print(f"{source}→{target}  references flagged {share(mine, 0):.1f} %  {dict(by_check)}")
        print(
            "      "
            + ", ".join(f"{name} {share(row, 0):.0f}/{share(row, 1):.0f}" for name, row in rows.items())
        )
        for name, row in rows.items():
            total[name] += row
    print(
        f"\nall, half {args.half}: found at any severity / at block or warn / by a simple tool, % of seeded"
    )
    for name, row in total.items():
        found = f"{share(row, 0):5.1f} {interval(row, 0):15} {share(row, 1):5.1f}   {share(row, 2):5.1f}"
        print(f"  {name:24} {found}   of {len(row)}")
    print(
        f"  references flagged at block or warn: {share(flags, 0):.2f} % {interval(flags, 0)} of {len(flags)}"
    )
    print(f"  whole pieces with a false paragraph finding: {sum(whole_flags)} of {len(whole_flags)}")
    print(f"  {1000 * spent / characters:.2f} ms CPU a pair")


if __name__ == "__main__":
    main()
