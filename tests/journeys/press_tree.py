"""What readers can get, as a kill test compares it."""

import re

# Signed anew with its time at each whole bake.
HEAD = "dateline-head.json"
# What a page shows of the present is not its own: publishing one piece does not make the rails of the others again.
PRESENT = re.compile(rb'<(section|aside) class="(?:newest|article-rail|sheet related)".*?</\1>', re.DOTALL)
SPACE = re.compile(rb"\s+")


def tree(site):
    """Return every file below the site, as {name: content} without what pages show of the present.

    The static files, compressed copies and the dated head of the chain of records are left out.
    """
    return {
        str(file.relative_to(site)): SPACE.sub(b" ", PRESENT.sub(b" ", file.read_bytes()))
        for file in site.rglob("*")
        if file.is_file()
        and "static" not in file.parts
        and file.suffix not in {".gz", ".br", ".zst"}
        and not file.name.startswith(HEAD)
    }
