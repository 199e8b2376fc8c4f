"""Pictures that come with a piece that is handed in: credited, declared, and taken into the library with it."""

import cast
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dateline.articles.models import Article, Picture
from dateline.desk.actions.submitting import MOST_PICTURES, TooManyPictures, lay_pictures
from dateline.desk.models import Submission, SubmittedPicture
from dateline.people.models import AuditEntry

PIECE = {"headline": "A night at the lock", "standfirst": "", "text": "It is cold.", "note": ""}
TOLD = {"description": "The lock at night", "credit": "Sami Aho", "declared": "own", "evidence": ""}


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def writer(at_desk):
    return at_desk(cast.somebody("sami", role="contributor", first_name="Sami", last_name="Aho"))


@pytest.fixture
def editor(at_desk):
    return at_desk(cast.vera())


def upload(data=None):
    photograph = data or cast.a_photograph(width=80, height=50)
    return SimpleUploadedFile("lock.jpg", photograph, content_type="image/jpeg")


def hand_in(writer, *, piece=None, **picture):
    sent = {**PIECE, "locale": cast.a_language("en").pk}
    sent |= {f"picture-0-{name}": value for name, value in {**TOLD, **picture}.items()}
    place = reverse("newsroom:hand-in-again", args=[piece.pk]) if piece else reverse("newsroom:hand-in")
    return writer.post(place, sent)


def test_a_picture_goes_from_the_contributor_into_the_library_and_leads_the_article(writer, editor):
    assert hand_in(writer, file=upload()).status_code == 302
    one = SubmittedPicture.objects.get()
    assert (one.credit, one.declared, one.width, one.height) == ("Sami Aho", "own", 80, 50)
    assert not Picture.objects.exists()
    page = editor.get(reverse("newsroom:submission", args=[one.submission_id])).content.decode()
    assert reverse("newsroom:submitted-picture", args=[one.pk]) in page
    assert "I made it myself" in page
    editor.post(reverse("newsroom:submission", args=[one.submission_id]), {"act": "accept", "answer": ""})
    draft = Article.objects.get().get_latest_revision_as_object()
    picture = Picture.objects.get()
    assert (draft.hero, draft.hero_alt) == (picture, "The lock at night")
    assert (picture.credit, picture.permission.ground) == ("Sami Aho", "granted")
    assert "Sami Aho declared on" in picture.permission.evidence
    assert AuditEntry.objects.filter(verb="lay-picture").exists()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"credit": ""}, "Say who made it."),
        ({"description": ""}, "Say what can be seen."),
        ({"declared": ""}, "Say why we may show it."),
        ({"declared": "granted"}, "Say who allowed it, when and how."),
        ({"file": ""}, "Choose the file, or leave the whole picture empty."),
    ],
)
def test_a_picture_of_which_something_is_not_known_is_not_taken(writer, told, said):
    answer = hand_in(writer, **{"file": upload(), **told})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not SubmittedPicture.objects.exists()
    assert not Submission.objects.exists()


def test_what_is_no_picture_is_refused_in_words(writer):
    answer = hand_in(writer, file=upload(b"<svg onload=alert(1)>"))
    assert answer.status_code == 422
    assert not SubmittedPicture.objects.exists()


def test_a_piece_without_a_picture_is_handed_in_as_before(writer):
    empty = dict.fromkeys(TOLD, "")
    assert hand_in(writer, **empty).status_code == 302
    assert not SubmittedPicture.objects.exists()


def test_the_picture_is_shown_to_its_contributor_and_the_desk_alone(writer, editor, at_desk):
    hand_in(writer, file=upload())
    place = reverse("newsroom:submitted-picture", args=[SubmittedPicture.objects.get().pk])
    for client in (writer, editor):
        answer = client.get(place)
        assert answer.status_code == 200
        assert "sandbox" in answer["Content-Security-Policy"]
        assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    other = at_desk(cast.somebody("rami", role="contributor"))
    assert other.get(place).status_code == 404
    assert at_desk(cast.tomas()).get(place).status_code in {302, 403}


def test_a_picture_can_be_left_out_when_the_piece_is_handed_in_again(writer, editor):
    hand_in(writer, file=upload())
    one = SubmittedPicture.objects.get()
    place = reverse("newsroom:submission", args=[one.submission_id])
    editor.post(place, {"act": "return", "answer": "Another picture, please."})
    again = reverse("newsroom:hand-in-again", args=[one.submission_id])
    assert "The lock at night" in writer.get(again).content.decode()
    writer.post(again, {**PIECE, "locale": cast.a_language("en").pk, "leave-out": [one.pk, "x"]})
    assert not SubmittedPicture.objects.exists()


def test_more_pictures_than_a_piece_may_bring_are_refused(newsroom):
    piece = Submission.objects.create(
        by=cast.vera(), locale=cast.a_language("en"), headline="Piece", text="Text", at=cast.NOW
    )
    many = [
        SubmittedPicture(**TOLD, file=upload(), width=80, height=50) for _number in range(MOST_PICTURES + 1)
    ]
    with pytest.raises(TooManyPictures, match="at most"):
        lay_pictures(piece=piece, given=many, left_out=[], now=cast.NOW)
    assert not SubmittedPicture.objects.exists()
