"""Nothing that runs in the product is under the GPL or AGPL (decision 003)."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==", re.MULTILINE)
# Offered under several licences, of which one is free for us to take.
CHOSEN = {"tld": "MPL-1.1"}
FORBIDDEN = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
LESSER = re.compile(r"LGPL[\w.+-]*|GNU Lesser General Public License[^;]*|GNU Library[^;]*", re.IGNORECASE)


def names():
    return sorted(set(LOCKED.findall((PROJECT / "requirements" / "run.txt").read_text())))


def told_licence(name):
    told = metadata(name)
    classifiers = [line for line in told.get_all("Classifier") or [] if line.startswith("License")]
    return " ; ".join([told.get("License-Expression") or (told.get("License") or "")[:200], *classifiers])


def test_there_is_a_list_to_look_at():
    assert len(names()) > 40


@pytest.mark.parametrize("name", names())
def test_a_package_that_runs_in_the_product_is_free_of_the_gpl(name):
    try:
        licence = told_licence(name)
    except PackageNotFoundError:
        return  # locked for another platform, and so not in this product
    if name in CHOSEN:
        assert CHOSEN[name] in licence
        return
    assert not FORBIDDEN.search(LESSER.sub("", licence)), f"{name}: {licence}"


def test_no_library_inside_a_wheel_is_the_gpls_x265():
    import site

    carried = [path for root in site.getsitepackages() for path in Path(root).glob("*.libs/*x265*")]
    assert not carried


def test_the_project_names_no_registry():
    words = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org", re.IGNORECASE)
    found = [
        path
        for path in [
            *PROJECT.glob("requirements/*"),
            *PROJECT.glob("*.*"),
            PROJECT / "Makefile",
            PROJECT / ".ci" / "run",
        ]
        if path.is_file() and words.search(path.read_text(errors="replace"))
    ]
    assert not found
