"""The library of pictures: found, credited, with their rights and uses; taken in whole or refused in words."""

import struct
import zlib
from datetime import timedelta

import cast
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from dateline.articles.models import Picture
from dateline.desk.queries.pictures import library, shown
from dateline.people.models import AuditEntry
from dateline.rights.models import PicturePermission

TODAY = cast.NOW.date()


@pytest.fixture(autouse=True)
def shelf(newsroom, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def the_chief():
    return cast.somebody("chief", role="editor-in-chief")


def titles(**asked):
    return [picture.title for picture in library(on=TODAY, **asked)]


def a_right(**fields):
    return cast.a_picture_permission(**fields)


def test_pictures_are_found_by_every_word_of_them():
    cast.a_picture("Ferry at noon", credit="Photograph: Ines Molde")
    cast.a_picture("Harbour", credit="Agency", permission=a_right(holder="Molde Archive"))
    assert titles(words="molde") == ["Harbour", "Ferry at noon"]
    assert titles(words="molde noon") == ["Ferry at noon"]
    assert titles(words="nobody") == []


def test_what_a_picture_lacks_can_be_asked_for():
    cast.a_picture("Whole", description="A ferry")
    cast.a_picture("No credit", credit="", description="A ferry")
    cast.a_picture("No words")
    cast.a_picture("No right", permission=None, description="A ferry")
    assert titles(lack="credit") == ["No credit"]
    assert titles(lack="words") == ["No words"]
    assert titles(lack="right") == ["No right"]


def test_rights_that_end_soon_or_have_ended_are_told_apart():
    agreement = cast.an_agreement(ends_on=TODAY + timedelta(days=5))
    cast.a_picture("Own end", permission=a_right(ends_on=TODAY + timedelta(days=30)))
    cast.a_picture("Agreement's end", permission=a_right(ground="agreement", agreement=agreement))
    cast.a_picture("Later", permission=a_right(ends_on=TODAY + timedelta(days=31)))
    cast.a_picture("Ended", permission=a_right(ends_on=TODAY - timedelta(days=1)))
    cast.a_picture("Revoked", permission=a_right(is_revoked=True))
    cast.a_picture("For ever")
    assert set(titles(lack="soon")) == {"Own end", "Agreement's end"}
    assert set(titles(lack="ended")) == {"Ended", "Revoked"}
    told = {one.picture.title: one for one in shown(list(library(on=TODAY)), on=TODAY)}
    assert told["Agreement's end"].ends_soon
    assert told["Agreement's end"].last_day == agreement.ends_on
    assert not told["Revoked"].may_be_shown
    assert told["For ever"].last_day is None


def test_where_a_picture_is_used_is_told_live_ones_first():
    picture, other = cast.a_picture("Used"), cast.a_picture("Unused")
    draft = cast.an_exclusive(hero=picture, hero_alt="A ferry")
    live = cast.published(cast.an_exclusive(hero=picture, hero_alt="A ferry"))
    used, unused = shown([picture, other], on=TODAY)
    assert [article.pk for article in used.articles] == [live.pk, draft.pk]
    assert unused.articles == ()
    assert titles(lack="unused") == ["Unused"]


def test_a_picture_in_the_body_is_a_use():
    picture = cast.a_picture()
    block = ("picture", {"picture": picture, "alt": "A ferry", "caption": ""})
    article = cast.published(cast.an_exclusive(body=[*cast.a_body(), block]))
    (one,) = shown([picture], on=TODAY)
    assert [used.pk for used in one.articles] == [article.pk]


def test_a_draft_whose_body_shows_it_counts_once_the_workers_have_noted_it():
    picture = cast.a_picture("In a draft")
    block = ("picture", {"picture": picture, "alt": "A ferry", "caption": ""})
    draft = cast.an_exclusive(body=[*cast.a_body(), block])
    ReferenceIndex.create_or_update_for_object(draft)
    (one,) = shown([picture], on=TODAY)
    assert [used.pk for used in one.articles] == [draft.pk]
    assert titles(lack="unused") == []


def test_the_page_says_of_each_picture_what_an_editor_must_know(at_desk, hostile):
    cast.a_picture(hostile[:200], credit="", permission=a_right(holder=hostile[:150]))
    text = at_desk().get(reverse("newsroom:pictures"), {"q": "", "lack": "nonsense"}).content.decode()
    assert "<script>alert(1)" not in text
    assert "No credit" in text
    assert "No alternative words" in text
    assert "Used nowhere" in text


def test_several_pictures_get_one_credit(at_desk):
    one, two, other = (cast.a_picture(title) for title in "abc")
    asked = {"picture": [one.pk, two.pk, "x", "99999999999"], "credit": " Photograph:  Ada "}
    answer = at_desk().post(reverse("newsroom:credit-pictures"), asked)
    assert answer.status_code == 302
    told = dict(Picture.objects.values_list("pk", "credit"))
    assert told[one.pk] == told[two.pk] == "Photograph: Ada"
    assert told[other.pk] == "Photograph: Ines Molde"
    entries = AuditEntry.objects.filter(verb="credit-pictures")
    assert {entry.before["credit"] for entry in entries} == {"Photograph: Ines Molde"}
    assert entries.count() == 2


def test_no_credit_is_given_without_words(at_desk):
    picture = cast.a_picture()
    answer = at_desk().post(
        reverse("newsroom:credit-pictures"), {"picture": picture.pk, "credit": " "}, follow=True
    )
    assert "Say who made the pictures" in answer.content.decode()
    assert Picture.objects.get().credit == "Photograph: Ines Molde"


def filled_in(content=None, name="ferry.jpg", **fields):
    file = SimpleUploadedFile(name, content or cast.a_photograph(width=400, height=300), "image/jpeg")
    return {
        "file": file,
        "title": "The ferry",
        "credit": "Photograph: Ada",
        "ground": "own",
        "holder": "The Tideway Digest",
        "starts_on": "2026-01-01",
        **fields,
    }


def uploaded(client, **fields):
    return client.post(reverse("newsroom:add-picture"), filled_in(**fields))


def test_a_picture_is_taken_in_with_its_credit_and_its_right(at_desk):
    answer = uploaded(at_desk(the_chief()), description="A ferry at the quay")
    picture = Picture.objects.get()
    assert answer["Location"] == reverse("wagtailimages:edit", args=[picture.pk])
    assert (picture.credit, picture.width, picture.height) == ("Photograph: Ada", 400, 300)
    assert picture.permission.holds(on=timezone.now().date())
    assert picture.uploaded_by_user == the_chief()
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"upload-picture", "permit-picture"} <= verbs


def test_who_keeps_no_rights_takes_a_right_that_is_kept(at_desk):
    client, right = at_desk(cast.vera()), a_right()
    assert 'name="ground"' not in client.get(reverse("newsroom:add-picture")).content.decode()
    assert uploaded(client).status_code == 422
    assert uploaded(client, kept=right.pk).status_code == 302
    assert Picture.objects.get().permission == right
    assert PicturePermission.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ground": ""}, "say what a new one rests on"),
        ({"ground": "licence", "licence": "CC-BY-9.9"}, "no open licence that is known"),
        ({"ground": "agreement"}, "Name the agreement."),
        ({"ground": "granted"}, "Say who granted it"),
        ({"credit": ""}, "This field is required."),
        ({"holder": ""}, "This field cannot be blank."),
    ],
)
def test_a_right_without_its_ground_is_refused_in_words(at_desk, fields, words):
    answer = uploaded(at_desk(the_chief()), **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not PicturePermission.objects.exists()
    assert not Picture.objects.exists()


def a_bomb():
    """A PNG of a few hundred bytes that says it has a hundred thousand rows."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (cast.a_photograph(width=400, height=300)[:3000], "torn.jpg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "hostile.svg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "hostile.jpg"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "hostile.png"),
        (b"GIF89a", "short.gif"),
        (cast.a_photograph(width=40, height=30), "other.png"),
        (a_bomb(), "bomb.png"),
    ],
)
def test_what_is_no_whole_picture_is_refused_in_words(at_desk, content, name):
    answer = uploaded(at_desk(the_chief()), content=content, name=name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"][0].strip()
    assert not Picture.objects.exists()
    assert not PicturePermission.objects.exists()


def test_the_very_same_file_is_found_and_taken_a_second_time_only_when_asked(at_desk):
    client, content = at_desk(the_chief()), cast.a_photograph(width=400, height=300)
    uploaded(client, content=content)
    again = uploaded(client, content=content)
    assert again.status_code == 422
    assert "in the library already" in again.content.decode()
    assert reverse("wagtailimages:edit", args=[Picture.objects.get().pk]) in again.content.decode()
    assert uploaded(client, content=content, again="on").status_code == 302
    assert Picture.objects.count() == 2


def test_who_keeps_no_pictures_sees_no_library(at_desk):
    client = at_desk(cast.tomas())
    for name in ("pictures", "add-picture"):
        assert client.get(reverse(f"newsroom:{name}")).status_code in {302, 403}
    assert client.post(reverse("newsroom:credit-pictures"), {"credit": "x"}).status_code in {302, 403}
