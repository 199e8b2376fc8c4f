"""What hostile.py has done in a child and no child of ours does: readers without one, and peers by themselves."""

import io


def read_opml(content):
    """Read a list as an import does."""
    from dateline.lib.formats import opml
    from dateline.sources import lists

    return len(lists.from_opml(opml.read(content), name="x").outlets)


def read_picture(content):
    """Read a picture as an upload does."""
    from dateline.publishing.clean_pictures import open_without_metadata

    holder = type("File", (), {"f": io.BytesIO(content)})
    return list(open_without_metadata(holder).image.size)


def read_by_nh3(content):
    """Clean markup with nh3 alone."""
    import nh3

    return len(nh3.clean(content.decode("utf-8", "replace")))


def read_by_feedparser(content):
    """Read a feed with feedparser alone."""
    import feedparser

    return len(feedparser.parse(content).entries)
