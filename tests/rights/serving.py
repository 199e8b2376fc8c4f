"""What readers are served: the files, and the server's own shelf over them."""

from pathlib import Path

from dateline.publishing.stores.shelf import Shelf

MACHINES = (".gz", ".br", ".status")


def pages_of(site):
    """Return what stands on the disk by name: the page and its status; what is kept backstage left out."""
    return {
        name: (site.status_of(name), (site.root / name).read_bytes())
        for name in site.names(before=2**40)
        if not name.endswith("record.json")
    }


def naming(site, words):
    """Return where a reader finds these words with status 200."""
    return sorted(
        name for name, (status, page) in pages_of(site).items() if status == 200 and words.encode() in page
    )


def answer(shelf, path):
    """Return with what the server answers at an address: status and page, (404, b"") for nothing."""
    held = shelf.find(path)
    if held is None:
        return 404, b""
    return held.status, held.forms[""].body if held.forms else Path(held.file).read_bytes()


def shelf_of(site):
    """Return the shelf from which the site is served."""
    return Shelf(site.root)
