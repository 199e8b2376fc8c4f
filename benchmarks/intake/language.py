"""Language of short news against its peer: 20 languages, at most 60 characters, documents split for tuning.

Run: python benchmarks/intake/language.py [--corpus FOLDER] [--shortest N]

Every segment is cut at a word before 60 characters. Half of the documents (seed 11) chose the weights, the other half
is only reported. The interval is a bootstrap over texts (1,000 draws, seed 7). Rates are of the processor, loading
left out, best of three runs.
"""

import argparse
import json
import os
import random
import time
from collections import Counter
from pathlib import Path

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from dateline.intake.language import detect

CORE = ("az", "tr", "ru", "hy", "ka", "fa", "en")


def rows(documents, shortest):
    for document in documents:
        for language, segments in document["segments"].items():
            for text in map(cut, segments):
                if len(text) >= shortest:
                    yield text, language


def cut(text):
    if len(text) <= 60:
        return text
    return text[:60].rsplit(None, 1)[0] if " " in text[:60] else text[:60]


def interval(right, draws=1_000, seed=7):
    chance = random.Random(seed)
    found = sorted(sum(chance.choices(right, k=len(right))) / len(right) for _ in range(draws))
    return f"{found[draws // 40]:.4f}-{found[-draws // 40]:.4f}"


def measured(texts, ask):
    best = 0.0
    for _ in range(3):
        started = time.process_time()
        answers = [ask(text) for text, _ in texts]
        best = max(best, len(texts) / (time.process_time() - started))
    return answers, best


def ours(text):
    found = detect(text)
    return found.language if found else None


def report(name, texts, answers, rate):
    right = [answer == language for answer, (_, language) in zip(answers, texts, strict=True)]
    core = [is_right for is_right, (_, language) in zip(right, texts, strict=True) if language in CORE]
    print(
        f"{name:28} core {sum(core) / len(core):.4f} ({interval(core)})  all {sum(right) / len(right):.4f} "
        f"({interval(right)})" + (f"  {rate:,.0f} a CPU-second" if rate else "")
    )
    wrong = Counter(
        (language, answer) for answer, (_, language) in zip(answers, texts, strict=True) if answer != language
    )
    print("    most mistaken:", ", ".join(f"{a}->{b} {n}" for (a, b), n in wrong.most_common(6)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", default=os.environ.get("DATELINE_CORPUS", "../shared/corpus"))
    parser.add_argument("--shortest", type=int, default=1, help="leave shorter texts out")
    args = parser.parse_args()
    files = sorted((Path(args.corpus) / "intake" / "ntrex-news").glob("*.json"))
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    random.Random(11).shuffle(documents)
    half = len(documents) // 2
    peer = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    ours("load the model")
    for part, chosen in (("tuning", documents[:half]), ("held out", documents[half:])):
        texts = list(rows(chosen, args.shortest))
        print(f"{part}: {len(chosen)} documents, {len(texts)} texts")
        report("py3langid", texts, *measured(texts, lambda text: peer.classify(text)[0]))
        report("ours", texts, *measured(texts, ours))
        told = [(found := detect(text, declared=language)) and found.language for text, language in texts]
        report("ours, language declared", texts, told, 0)


if __name__ == "__main__":
    main()
