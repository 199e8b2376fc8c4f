"""The identity page: the owner's words, languages, menus and logos, filled in by a person."""

import io

import cast
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Drawing
from wagtail.models import Locale

from dateline.site.logos import NotAPicture, redrawn
from dateline.site.models import Identity, MenuItem
from dateline.site.queries import menu

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def chief(at_desk):
    return at_desk(cast.somebody("ines", role="editor-in-chief"))


@pytest.fixture
def address(newsroom):
    return reverse("wagtailsettings:edit", args=["site", "identity", newsroom.pk])


def rows(name, *lines):
    filled = {
        f"{name}-{number}-{field}": value
        for number, line in enumerate(lines)
        for field, value in {"id": "", "ORDER": number + 1, "DELETE": "", **line}.items()
    }
    return {f"{name}-TOTAL_FORMS": len(lines), f"{name}-INITIAL_FORMS": 0, **filled}


def filled(*, languages=({"code": "en"},), menu_items=(), useful_links=(), **fields):
    Identity.load().languages.all().delete()
    return {
        "name": "The Tideway Digest",
        "time_zone": "Europe/Lisbon",
        "is_commercial": "on",
        "founded_year": "2019",
        "email": "desk@tideway.example",
        **rows("languages", *({"name": "", "tagline": "", "blurb": "", **line} for line in languages)),
        **rows(
            "menu_items",
            *({"menu": "main", "link": "", "label": "", "language": "", **one} for one in menu_items),
        ),
        **rows("social_links"),
        **rows("useful_links", *useful_links),
        **fields,
    }


def saved(client, address, data):
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.context["form"].errors.as_text() + str(
        [form.errors for formset in answer.context["form"].formsets.values() for form in formset]
    )
    return Identity.load()


def test_the_page_offers_every_section_and_topic_by_its_name(chief, address):
    cast.a_section("Diaspora", language="en")
    cast.a_topic("The ferry week", language="fa")
    text = chief.get(address).content.decode()
    assert "Diaspora (en)" in text
    assert "The ferry week (fa)" in text


def test_the_owner_says_who_publishes_and_when_it_is(chief, address):
    identity = saved(chief, address, filled())
    assert (identity.time_zone, identity.is_commercial, identity.founded_year) == (
        "Europe/Lisbon",
        True,
        2019,
    )


def test_a_new_language_can_be_written_in_at_once(chief, address):
    identity = saved(chief, address, filled(languages=[{"code": "hy", "tagline": "Լուրեր"}, {"code": "en"}]))
    assert [line.code for line in identity.languages.all()] == ["hy", "en"]
    assert Locale.objects.filter(language_code="hy").exists()


def test_a_menu_leads_to_a_section_in_its_order_with_children(chief, address):
    section, topic = cast.a_section("Diaspora"), cast.a_topic("The ferry")
    items = [
        {"leads_to": f"articles.section:{section.pk}"},
        {"leads_to": f"articles.topic:{topic.pk}", "is_child": "on", "label": "Ferry"},
        {"link": "https://harbour.example/", "label": "The harbour", "language": "en"},
    ]
    identity = saved(chief, address, filled(menu_items=items))
    first, second, third = identity.menu_items.all()
    assert (first.target, second.target, third.target) == (section, topic, None)
    lines = menu(identity, MenuItem.Menu.MAIN, "en")
    assert [line.label for line in lines] == ["Diaspora", "The harbour"]
    assert [line.label for line in lines[0].children] == ["Ferry"]
    shown = chief.get(address).content.decode()
    assert f'<option value="articles.section:{section.pk}" selected>' in shown


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ({}, "Choose a section, topic or page, or give an address."),
        ({"link": "javascript:alert(1)"}, "Give an address that begins with / or https://."),
        ({"leads_to": "people.user:1"}, "Select a valid choice."),
    ],
)
def test_a_menu_item_that_leads_nowhere_is_told(chief, address, item, told):
    answer = chief.post(address, filled(menu_items=[item]))
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not MenuItem.objects.exists()


def png(size=(40, 20)):
    out = io.BytesIO()
    Drawing.new("RGBA", size, (200, 30, 30, 128)).save(out, "PNG", pnginfo=None)
    return out.getvalue()


def test_a_logo_is_drawn_anew(chief, address, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    data = png() + b"<script>alert(1)</script>"
    identity = saved(chief, address, filled(logo_light=SimpleUploadedFile("our logo.png", data)))
    kept = identity.logo_light.read()
    identity.logo_light.close()
    assert b"script" not in kept
    assert Drawing.open(io.BytesIO(kept)).size == (40, 20)


@pytest.mark.parametrize(("name", "data"), [("logo.svg", SVG), ("logo.png", SVG), ("logo.png", b"GIF89a")])
def test_what_is_no_picture_of_pixels_is_refused_with_a_message(chief, address, name, data):
    answer = chief.post(address, filled(logo_light=SimpleUploadedFile(name, data)))
    assert answer.status_code == 200
    assert "SVG is refused, since it can carry scripts." in answer.content.decode()


def test_a_neighbours_logo_says_what_it_shows(chief, address, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    link = {"name": "Harbour", "link": "https://harbour.example/", "alt": ""}
    data = filled(useful_links=[{**link, "logo": SimpleUploadedFile("a.png", png())}])
    assert "for those who cannot see it" in chief.post(address, data).content.decode()
    data = filled(useful_links=[{**link, "alt": "A gull", "logo": SimpleUploadedFile("a.png", png())}])
    assert saved(chief, address, data).useful_links.get().logo.name.endswith(".png")


def test_a_bomb_is_not_opened():
    with pytest.raises(NotAPicture):
        redrawn(png((5000, 5000)))


def test_a_photograph_stays_a_jpeg_without_its_place_and_time():
    exif = Drawing.Exif()
    exif[0x010F] = "A camera"
    again = redrawn(cast.a_photograph(width=100, height=50, exif=exif))
    assert again.suffix == ".jpg"
    assert not Drawing.open(io.BytesIO(again.data)).getexif()


def test_an_editor_does_not_change_who_publishes(at_desk, address):
    answer = at_desk().get(address)
    assert answer["Location"] == "/desk/"
