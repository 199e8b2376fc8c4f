"""Articles on Wagtail's own pages: the preview, the refusal in words, and pictures that are none."""

import io

import pytest
from cast import a_body, a_section, a_translation, an_exclusive, an_identity, published, somebody, tomas, vera
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dateline.articles.forms import PictureField
from dateline.articles.models import Article, Picture
from dateline.people.apps import lay_groups
from dateline.translation.actions import start_job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(tmp_path, settings):
    settings.HOME = type(settings.HOME)(tmp_path / "home")
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.HOME.lay()
    an_identity()
    lay_groups()


@pytest.fixture
def chief():
    client = Client()
    client.force_login(somebody("ada", role="editor-in-chief"))
    return client


def test_a_draft_is_previewed_as_the_page_that_readers_would_get():
    article = an_exclusive(headline="The ferry at night")
    page = article.serve_preview(None, "").content.decode()
    assert "The ferry at night" in page
    assert "<main" in page


def test_what_is_composed_from_segments_can_only_be_read_in_the_articles_form(chief):
    article = a_translation(headline="Composed")
    start_job(article=article, snapshot=None, by=tomas(), now=article.original.taken_at)
    page = chief.get(reverse("wagtailsnippets_articles_article:edit", args=[article.pk])).content.decode()
    assert "Composed on the translation desk; change it there." in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", b"this is no picture"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.gif", b"GIF89a" + b"\xff" * 10),
        ("a.webp", b""),
    ],
)
def test_a_picture_that_is_no_picture_is_refused_in_words(chief, name, content):
    file = SimpleUploadedFile(name, content, content_type="image/jpeg")
    answer = chief.post(reverse("wagtailimages:add"), {"title": "A ferry", "file": file})
    assert answer.status_code == 200
    assert "error-message" in answer.content.decode()
    assert not Picture.objects.exists()


def test_a_picture_of_more_pixels_than_a_newspaper_needs_is_refused_before_it_is_decoded(chief):
    from PIL import Image

    data = io.BytesIO()
    Image.new("1", (9000, 9000)).save(data, "PNG")
    file = SimpleUploadedFile("large.png", data.getvalue(), content_type="image/png")
    answer = chief.post(reverse("wagtailimages:add"), {"title": "A wall", "file": file})
    assert "error-message" in answer.content.decode()
    assert not Picture.objects.exists()


def test_the_list_of_articles_asks_the_database_as_often_for_fifty_as_for_five(
    chief, django_assert_max_num_queries
):
    section = a_section()
    for _ in range(30):
        an_exclusive(section=section, body=a_body("One paragraph."))
    published(Article.objects.first(), by=None)
    address = reverse("wagtailsnippets_articles_article:list")
    chief.get(address)
    with django_assert_max_num_queries(60):
        answer = chief.get(address)
    assert answer.status_code == 200
    assert vera() is not None


@pytest.mark.corpus
def test_no_hostile_picture_of_the_corpus_does_more_than_be_refused(corpus):
    files = [file for name in ("images", "svg") for file in sorted((corpus / "security" / name).iterdir())]
    outcomes = {"taken": 0, "refused": 0}
    for file in files:
        for ending in (".png", ".jpg", ".gif", ".webp"):
            try:
                PictureField().clean(SimpleUploadedFile(f"x{ending}", file.read_bytes()))
            except ValidationError:
                outcomes["refused"] += 1
            else:
                outcomes["taken"] += 1
    assert outcomes["refused"] > 10 * outcomes["taken"]
    assert sum(outcomes.values()) == 4 * len(files) > 200
