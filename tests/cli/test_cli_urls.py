"""What `dateline urls` calls a file."""

import pytest

from dateline.cli.verbs.urls import kind_of


@pytest.mark.parametrize(
    ("kind", "path", "told"),
    [
        ("article", "/en/2026/11/23/the-ferry/", "article"),
        ("article", "/lite/en/2026/11/23/the-ferry/", "lite"),
        ("section", "/lite/en/section/transport/", "lite"),
        ("article", "/en/2026/11/23/the-ferry/ninjs.json", "data"),
        ("article", "/en/2026/11/23/the-ferry/article.md", "data"),
        ("feed", "/en/feed.xml", "feed"),
        ("home", "/", "home"),
    ],
)
def test_an_article_is_a_page_and_what_stands_beside_it_is_told_apart(kind, path, told):
    assert kind_of(kind, path) == told
