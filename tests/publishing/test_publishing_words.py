"""Every word that a reader meets stands in the catalogues of French and Persian, and is compiled."""

import ast
import gettext
import json
import re
import unicodedata
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

from dateline.articles.kinds import Genre, Kind
from dateline.articles.models.correction import Correction
from dateline.articles.models.statement import Relation

PROJECT = Path(__file__).resolve().parents[2]
TEMPLATES = PROJECT / "templates"
# What readers are served; what the desk sees stays English, with every string marked.
SERVED = ("components", "emails", "feeds", "pages", "reader", "audience")
WRITTEN = (
    "publishing/queries",
    "publishing/recipes",
    "publishing/templatetags",
    "audience/forms.py",
    "audience/views.py",
    "editions/actions/composing.py",
    "editions/actions/notices.py",
    "editions/consent.py",
    "editions/forms.py",
    "editions/slots.py",
    "editions/letters",
    "editions/views.py",
    "reader/actions/account_mail.py",
    "reader/forms.py",
    "reader/urls.py",
    "reader/views",
)
TOLD_ON_THE_DESK = {"trouble.py"}
# Words of our rows that a page shows.
LABELS = (Correction.Kind, Relation, Kind, Genre)
CALL = re.compile(r"""\b(n?gettext|_)\(\s*u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")


def of_templates():
    for folder in SERVED:
        for path in (TEMPLATES / folder).rglob("*.*"):
            for _call, literal in CALL.findall(templatize(path.read_text(), origin=str(path))):
                yield ast.literal_eval(literal), path.relative_to(PROJECT)


def of_runs():
    """The names under which editions come out in the sample: they stand on every edition."""
    path = PROJECT / "dateline" / "exchange" / "sample" / "editions.json"
    for run in json.loads(path.read_text())["runs"]:
        yield run["name"], path.relative_to(PROJECT)


def of_code():
    for place in WRITTEN:
        found = PROJECT / "dateline" / place
        for path in found.rglob("*.py") if found.is_dir() else [found]:
            if path.name in TOLD_ON_THE_DESK:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                is_call = isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
                    "_",
                    "gettext",
                    "ngettext",
                }
                if is_call and node.args and isinstance(node.args[0], ast.Constant):
                    yield node.args[0].value, path.relative_to(PROJECT)


@pytest.mark.parametrize("language", ["fr", "fa"])
def test_a_reader_meets_no_word_that_is_not_translated(language):
    with (PROJECT / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        known = {key[0] if isinstance(key, tuple) else key for key in gettext.GNUTranslations(file)._catalog}
    asked = {words: str(path) for words, path in [*of_templates(), *of_code(), *of_runs()] if words.strip()}
    asked |= {str(one.label): kind.__name__ for kind in LABELS for one in kind}
    assert len(asked) > 80
    assert {words: path for words, path in asked.items() if words not in known} == {}


# Ours are read over; these wait for somebody who speaks them, and say so.
UNREVIEWED = ("ar", "az", "es", "hy", "ka", "pt", "ru", "tr", "uk", "zh_Hans")
SCRIPTS = {
    "ar": "ARABIC",
    "hy": "ARMENIAN",
    "ka": "GEORGIAN",
    "ru": "CYRILLIC",
    "uk": "CYRILLIC",
    "zh_Hans": "CJK",
}
LEAST_SHARE = 0.98


@pytest.mark.parametrize("language", UNREVIEWED)
def test_ten_more_languages_have_nearly_all_words_in_their_own_script(language):
    folder = PROJECT / "locale" / language / "LC_MESSAGES"
    with (folder / "django.mo").open("rb") as file:
        held = gettext.GNUTranslations(file)._catalog
    known = {
        (key[0] if isinstance(key, tuple) else key).split("\x04")[-1]: words for key, words in held.items()
    }
    asked = {words for words, _path in [*of_templates(), *of_code(), *of_runs()] if words.strip()}
    asked |= {str(one.label) for kind in LABELS for one in kind}
    missing = sorted(words for words in asked if words not in known)
    assert len(missing) <= len(asked) * (1 - LEAST_SHARE), missing
    assert "X-Reviewed: no" in (folder / "django.po").read_text()
    if language in SCRIPTS:
        letters = [
            letter
            for key, words in known.items()
            if key and words
            for letter in re.sub(r"%\(\w+\)", "", words)
        ]
        foreign = [
            one
            for one in letters
            if one.isalpha() and not unicodedata.name(one, "").startswith(SCRIPTS[language])
        ]
        assert len(foreign) < len(letters) * 0.1


@pytest.mark.parametrize("language", UNREVIEWED)
def test_placeholders_are_those_of_the_english(language):
    with (PROJECT / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        held = gettext.GNUTranslations(file)._catalog
    fields = re.compile(r"%\(\w+\)s|%[sd]")
    wrong = [
        key
        for key, words in held.items()
        if isinstance(key, str)
        and key
        and set(fields.findall(key.split("\x04")[-1])) != set(fields.findall(words))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["fr", "fa"])
def test_what_is_compiled_is_what_is_written(language):
    folder = PROJECT / "locale" / language / "LC_MESSAGES"
    written = (folder / "django.po").read_text()
    with (folder / "django.mo").open("rb") as file:
        compiled = {
            value
            for key, value in gettext.GNUTranslations(file)._catalog.items()
            if key and isinstance(value, str)
        }
    joined = re.sub(r'"\n"', "", written)
    missing = [
        one
        for one in compiled
        if one.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") not in joined
    ]
    assert missing == []
    assert "#, fuzzy" not in written
