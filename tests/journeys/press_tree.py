"""What readers can get, as a kill test compares it."""

# Signed anew with its time at each whole bake.
HEAD = "dateline-head.json"


def tree(site):
    """Return every file below the site, as {name: content}, but the static ones and the dated head of the chain."""
    return {
        str(file.relative_to(site)): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file() and "static" not in file.parts and not file.name.startswith(HEAD)
    }
