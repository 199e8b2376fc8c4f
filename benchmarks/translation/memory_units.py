"""Sentences for the memory's benchmarks: real English ones, and a million more grown from them.

Real: bodies of articles and parallel news of the shared corpus. Grown: a trigram walk over the real ones in which 12
of 100 words are any word, so that near-duplicates abound: harder than real text. Seeded: always the same.
"""

import json
import random
from collections import defaultdict

from dateline.translation.segments import split

SEED = 11
ANY_WORD = 0.12
LENGTHS = (3, 40)


def real_sentences(corpus):
    found = {}
    bodies = json.loads(
        (corpus / "intake" / "article-extraction-benchmark" / "ground-truth.json").read_text("utf-8")
    )
    for body in bodies.values():
        for paragraph in split(body["articleBody"], language="en"):
            found |= dict.fromkeys(" ".join(sentence.split()) for sentence in paragraph)
    for name in ("ud_pud/English.txt", "news_en_20.txt"):
        lines = (corpus / "translation" / name).read_text("utf-8").splitlines()
        found |= dict.fromkeys(line.strip() for line in lines)
    return [one for one in found if LENGTHS[0] <= len(one.split()) <= LENGTHS[1]]


def grown(real, count):
    """Yield `count` distinct sentences, the real ones first."""
    chance = random.Random(SEED)
    followers, words = _trigrams(real)
    seen = set()
    for one in real:
        seen.add(hash(one))
        yield one
        count -= 1
        if not count:
            return
    while count:
        one = _walk(followers, words, chance)
        if one and hash(one) not in seen:
            seen.add(hash(one))
            yield one
            count -= 1


def _trigrams(real):
    followers, words = defaultdict(list), []
    for one in real:
        tokens = one.split()
        words += tokens
        for left, middle, right in zip(["", "", *tokens], ["", *tokens], [*tokens, None], strict=False):
            followers[left, middle].append(right)
    return followers, words


def _walk(followers, words, chance):
    left, middle, out = "", "", []
    while len(out) < LENGTHS[1]:
        options = followers.get((left, middle)) or followers.get(("", middle))
        right = chance.choice(options) if options else None
        if right is None:
            break
        if chance.random() < ANY_WORD:
            out.append(chance.choice(words))
        else:
            out.append(right)
        left, middle = middle, right
    return " ".join(out) if len(out) >= LENGTHS[0] else ""


def edited(sentence, words, chance):
    """Return a sentence with 5 to 25 of 100 words changed, dropped or added; at least one."""
    tokens = sentence.split()
    for _ in range(max(1, round(len(tokens) * chance.uniform(0.05, 0.25)))):
        place = chance.randrange(len(tokens))
        act = chance.random()
        if act < 0.5:
            tokens[place] = chance.choice(words)
        elif act < 0.75 and len(tokens) > 2:
            del tokens[place]
        else:
            tokens.insert(place, chance.choice(words))
    return " ".join(tokens)
