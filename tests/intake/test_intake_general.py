"""The rules of extraction are general: none of them names a site of the sets on which they are measured."""

import ast
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parents[2]
SETS = ("article-extraction-benchmark", "article-extraction-dataset", "trafilatura-eval")
# Words and services that happen to be sites of the sets too; a rule may name them.
WORDS_TOO = frozenset(
    [
        "reuters",
        "facebook",
        "twitter",
        "google",
        "youtube",
        "linkedin",
        "bloomberg",
        "github",
        "medium",
        "telegram",
        "creativecommons",
        "weather",
        "health",
        "people",
        "independent",
    ]
)
SHORTEST = 6


def sites(corpus):
    """Return hosts of the sets and the names in them: `www.lake-post.example` gives `lake-post` and itself."""
    hosts = set()
    for name in SETS:
        truth = json.loads((corpus / "intake" / name / "ground-truth.json").read_text(encoding="utf-8"))
        addresses = [told.get("url") or key for key, told in truth.items()]
        hosts |= {(urlsplit(address).hostname or "").removeprefix("www.") for address in addresses}
    hosts = {host for host in hosts if "." in host}
    common = {
        "co",
        "com",
        "org",
        "net",
        "gov",
        "edu",
        "news",
        "blog",
        "blogspot",
        "wordpress",
        "finance",
        "sports",
    }
    parts = {
        part
        for host in hosts
        for part in host.split(".")[:-1]
        if len(part) >= SHORTEST and part not in common
    }
    return hosts, parts - WORDS_TOO


def texts_of(path):
    """Return the string constants of a module, its docstrings apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {ast.get_docstring(node, clean=False) for node in ast.walk(tree)
                  if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))}  # fmt: skip
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return " ".join(text.lower() for text in constants if isinstance(text, str) and text not in documented)


def test_no_rule_of_the_intake_names_a_site_of_the_sets(corpus):
    hosts, names = sites(corpus)
    found = []
    for path in sorted((PROJECT / "dateline" / "intake").rglob("*.py")):
        if "migrations" in path.parts:
            continue
        text = texts_of(path)
        words = set(re.findall(r"[a-z0-9-]+", text))
        found += [
            (path.name, host)
            for host in hosts
            if host in text and re.search(rf"(?<![\w.]){re.escape(host)}(?![\w-])", text)
        ]
        found += [(path.name, name) for name in names & words]
    assert found == []
