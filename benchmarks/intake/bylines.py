"""Persons told from organisations by their names alone: own lists in many languages, and the authors of the public set.

Run: python benchmarks/intake/bylines.py [--corpus FOLDER]

The lists are made up or generic. The set's authors are persons but where a word in them says otherwise (NOT_PERSONS).
"""

import argparse
import json
import os
import re
from pathlib import Path

from dateline.intake.metadata_authors import kind_of

PERSONS = """
Vera Lindqvist|Tomas Berg|Rahim Aslan|Anahit Sargsyan
Jean-Luc Moreau|María José Pérez|João da Silva|Giulia Rossi
Anna van der Meer|Åsa Öberg|Zoë O'Neill|Kwame Mensah|Nguyễn Văn An|Li Wei|Haruto Sato|Kim Min-jun
Priya Raman|J. K. Marsh|DAVID STONE|Mary Ann Press-Hill
Иван Петров|Мария Сергеевна Орлова|Олена Коваль|Айгүл Садыкова|Драган Петровић
Нино Беридзе|ნინო ბერიძე|გიორგი ლომიძე|დავით კაპანაძე|Անահիտ Սարգսյան|Արամ Գրիգորյան|Լիլիթ Հակոբյան
Leyla Məmmədova|Rəşad Əliyev|Günel Hüseynova|Ayşe Öztürk|Mehmet Demir|مینا رستمی|آرش کریمی
سارا محمدی|أحمد حسن|ليلى خالد|Dilnoza Karimova|Aýgül Annaýewa
Ελένη Παπαδοπούλου|דנה כהן|Piotr Zieliński|Jana Nováková|Ioana Popescu|Ivana Horvat
"""
ORGANISATIONS = """
Reuters|The Associated Press|AFP|ANI|Lake News
North Wire|Harbour Gazette Staff|Editorial Board|News Desk|Staff Reporter
University of the Lake|Ministry of Transport|City Council|KTLK Radio
LakeNews|ABC Arts|Digital Team|Press Service
Redaktion|Die Redaktion|La rédaction|Agence du Lac|Redacción
Agencia Norte|Redação|Redazione|Redakcja|De redactie
Редакция|Пресс-служба|Агентство новостей|Служба новостей|Министерство транспорта|Редакція
რედაქცია|სააგენტო ტბა|პრესსამსახური|Խմբագրություն|Լուրերի բաժին|Գործակալություն Լիճ
Redaksiya|Kaspi Xəbər Agentliyi|Mətbuat xidməti|Haber Merkezi|Göl Gazetesi|تحریریه|خبرگزاری دریاچه
گروه سیاسی|هيئة التحرير|TASS|Interfax|dpa|EFE|The Lake Times|Lake Media Group|Lake Broadcasting Company
"""
NOT_PERSONS = re.compile(
    r"\b(?:staff|news|press|media|university|school|institute|board|tribune|citizen|team)\b", re.IGNORECASE
)
DEGREE = re.compile(r",\s*(Ph\.?D\.?|Jr\.?|Sr\.?|M\.?D\.?)")


def listed(text):
    return [name.strip() for line in text.strip().split("\n") for name in line.split("|") if name.strip()]


def of_the_set(corpus):
    truth = json.loads((corpus / "intake" / "article-extraction-dataset" / "ground-truth.json").read_text())
    names = {
        name.strip() for told in truth.values() for name in DEGREE.sub(r" \1", told["authors"]).split(",")
    }
    return sorted(filter(None, names))


def measure(label, pairs):
    wrong = [name for name, kind in pairs if kind_of(name) != kind]
    print(
        f"{label:24} {len(pairs) - len(wrong)} of {len(pairs)} told right ({1 - len(wrong) / len(pairs):.3f}) {wrong}"
    )


def main():
    """Measure each list."""
    parser = argparse.ArgumentParser(description=__doc__)
    home = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    args = parser.parse_args()
    measure("own list, persons", [(name, "person") for name in listed(PERSONS)])
    measure("own list, organisations", [(name, "organisation") for name in listed(ORGANISATIONS)])
    if args.corpus.is_dir():
        names = of_the_set(args.corpus)
        measure(
            "authors of the set", [(n, "organisation" if NOT_PERSONS.search(n) else "person") for n in names]
        )


if __name__ == "__main__":
    main()
