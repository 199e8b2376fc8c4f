"""The reading list is the same page for everybody: nothing of a reader is in it."""

import cast
from django.test import Client


def test_the_reading_list_says_nothing_of_anybody(db, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    cast.an_identity()
    answer = Client().get("/-/saved/", {"in": "fa"})
    page = answer.content.decode()
    assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex")
    assert '<html lang="fa" dir="rtl"' in page
    assert "<noscript>" in page
    assert not answer.cookies
    assert Client().get("/-/saved/", {"in": "xx"}).status_code == 200
    assert Client().post("/-/saved/").status_code == 403
