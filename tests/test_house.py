"""The house keeps its own rules: read from the syntax tree, so that nobody has to remember them."""

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
HOUSE = PROJECT / "dateline"
ROOMS = [
    "lib",
    "work",
    "net",
    "people",
    "site",
    "sources",
    "agreements",
    "intake",
    "rights",
    "articles",
    "translation",
    "audience",
    "editions",
    "publishing",
    "reader",
    "desk",
    "exchange",
    "cli",
    "config",
]
DOORS = {
    "models", "queries", "actions", "forms", "views", "tasks", "wagtail_hooks", "management", "urls",
    "apps", "migrations", "signals", "blocks", "templatetags",
    "fields",
    "kinds",  # closed lists of words for the columns of models
}  # fmt: skip
# Folders, and rooms, whose business is the outside world or the wiring.
WORLDLY = {"machines", "stores", "purgers", "recipes"}
WORLDLY_ROOMS = {"net", "work", "cli", "config"}
# May be imported anywhere: it reads a catalogue of words and touches nothing else (decision 009).
WORDS = "django.utils.translation"
FRAMEWORK = ("django", "wagtail", "django_tasks", "modelcluster", "modelsearch", "treebeard")
NETWORK = ("aiohttp", "socket", "http.client", "urllib.request", "requests", "ssl", "smtplib", "yarl")
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("timezone", "now"),
}
MARKS_SAFE = PROJECT / "dateline" / "publishing" / "templatetags" / "press.py"


def python_files(folder=HOUSE):
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def is_pure(path):
    inside = path.relative_to(HOUSE).parts
    if len(inside) < 2 or inside[0] in WORLDLY_ROOMS or path.name in ("__init__.py", "testing.py"):
        return False
    # A room with much on the desk divides its hooks and addresses: hooks_work, urls_writing.
    divided = {"hooks": "wagtail_hooks", "urls": "urls"}
    stem = divided.get(path.stem.partition("_")[0], path.stem)
    return not (set(inside[1:-1]) | {stem}) & (DOORS | WORLDLY)


def imports(tree):
    """Yield the modules that run at import or call time; those for the type checker alone are left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for inner in ast.walk(node):
                inner.skip = True
    for node in ast.walk(tree):
        if getattr(node, "skip", False):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def reaches(module, roots):
    return any(module == root or module.startswith(root + ".") for root in roots)


PURE = [path for path in python_files() if is_pure(path)]


@pytest.mark.parametrize("path", PURE, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_file_that_is_no_door_knows_no_framework_no_network_and_no_clock(path):
    tree = ast.parse(path.read_text())
    found = [m for m in imports(tree) if m != WORDS and reaches(m, (*FRAMEWORK, *NETWORK))]
    found += [
        f"dateline.{room} door {m}"
        for room in ROOMS
        for m in imports(tree)
        if m.startswith(f"dateline.{room}.") and m.split(".")[2] in {"models", "queries", "actions"}
    ]
    found += [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in CLOCKS
    ]
    assert not found, f"{path.relative_to(PROJECT)} is no door, and reaches {found}"


def test_the_house_has_pure_files_to_look_at():
    assert len(PURE) > 40


def test_only_one_place_marks_a_string_safe():
    marks = re.compile(r"mark_safe|SafeString|SafeText|__html__|html_safe")
    found = [path for path in python_files() if path != MARKS_SAFE and marks.search(path.read_text())]
    templates = re.compile(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq")
    found += [
        path
        for path in (PROJECT / "templates").rglob("*")
        if path.is_file() and templates.search(path.read_text())
    ]
    assert not found


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_comes_in_and_what_goes_out(room):
    text = (HOUSE / room / "README.md").read_text().lower()
    assert {"in", "out"} <= set(re.findall(r"\w+", text))
    assert len(text.split("\n")) < 90


def test_every_folder_of_the_house_is_a_room():
    folders = {path.name for path in HOUSE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == set(ROOMS)


def test_rooms_are_entered_by_empty_doors():
    full = [path for room in ROOMS if (path := HOUSE / room / "__init__.py").read_text().strip()]
    assert not full


def test_foreign_keys_name_classes_so_that_the_import_rules_see_them():
    named = re.compile(r"(ForeignKey|ManyToManyField|OneToOneField|ParentalKey)\(\s*\"(\w+)\.\w+\"")
    found = []
    for room in ROOMS:
        for path in python_files(HOUSE / room):
            found += [
                f"{path}: {m.group(2)}"
                for m in named.finditer(path.read_text())
                if m.group(2) != room and m.group(2) in ROOMS
            ]
    assert not found


def test_whatever_has_a_budget_is_run_whole_by_make_soak():
    kinds = re.compile(r"mark\.soak|@given|mark\.kill|TestCase\b")
    found = []
    for path in (PROJECT / "tests").rglob("test_*.py"):
        text = path.read_text()
        if path.name != "test_house.py" and re.search(
            r"^from soaking import .*\b(budget|SOAKING)\b", text, re.MULTILINE
        ):
            found += [] if kinds.search(text) else [path.name]
    assert not found
