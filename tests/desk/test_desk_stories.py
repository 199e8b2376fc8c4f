"""Stories at the desk: what is going on, why a piece is where it is, and putting it right without any script."""

from datetime import timedelta

import pytest
from cast import NOW, an_original, an_outlet, nobody, tomas, vera
from django.contrib.auth.models import Permission
from django.urls import reverse

from dateline.intake.actions import remembering
from dateline.intake.actions.gathering import gather_original
from dateline.intake.models import Membership, Story, StoryCorrection
from dateline.intake.queries.stories import StoryFilters, stories, story_of
from dateline.people.actions import lay_role
from dateline.people.roles import ROLES
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

pytestmark = pytest.mark.django_db
FERRY = (
    "The ferry Marigold of Tanmouth sails hourly across Lake Orvel from May, the harbour office said on Monday after "
    "two winters in which it ran only twice a day. Passengers had asked for it in a letter with 4,312 names."
)
CHESS = "Schoolgirl Petrova has won the Osterby chess cup after nine rounds against grandmaster Kallas."


@pytest.fixture(autouse=True)
def _desk(admin_identity):
    remembering.forget()
    for name in ("editor", "translator"):
        lay_role(ROLES[name])
    yield
    remembering.forget()


@pytest.fixture
def admin_identity():
    from cast import an_identity

    return an_identity()


def told(name, headline, text, *, hours=0, country="GE", language="en"):
    at = NOW + timedelta(hours=hours)
    original = an_original(
        an_outlet(name, country=country),
        headline=headline,
        body_text=text,
        language=language,
        published_at=at,
        taken_at=at,
    )
    gather_original(original=original, now=at)
    return original


@pytest.fixture
def newsroom():
    ferry = told("Harbour Courier", "Ferry Marigold to sail hourly", FERRY)
    copy = told("Lake Post", "Hourly ferry", f"{FERRY} Source: Harbour Courier", hours=2, country="TR")
    chess = told("Osterby Times", "Chess cup for schoolgirl", CHESS, hours=3)
    return ferry, copy, chess


def story(original):
    return Membership.objects.get(original=original).story


def page(client, user, name, *args, data=None):
    client.force_login(user)
    return client.get(reverse(f"newsroom:{name}", args=args), data or {})


def post(client, user, name, *args, **data):
    client.force_login(user)
    return client.post(reverse(f"newsroom:{name}", args=args), data, follow=True)


def test_the_list_tells_who_has_a_story_and_since_when(client, newsroom):
    ferry, _copy, chess = newsroom
    text = page(client, vera(), "stories").content.decode()
    assert "Ferry Marigold to sail hourly" in text
    assert "2 outlets" in text
    assert "Georgia" in text
    assert text.index(chess.headline) < text.index(ferry.headline)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"least": 2}, {"Ferry Marigold to sail hourly"}),
        ({"words": "schoolgirl"}, {"Chess cup for schoolgirl"}),
        ({"country": "TR"}, {"Ferry Marigold to sail hourly"}),
        ({"state": "closed"}, set()),
        ({"language": "hy"}, set()),
    ],
)
@pytest.mark.usefixtures("newsroom")
def test_the_list_is_narrowed(asked, found):
    assert set(stories(StoryFilters(**asked)).values_list("title", flat=True)) == found


def test_nonsense_in_the_address_narrows_nothing(client, newsroom):
    answer = page(client, vera(), "stories", data={"state": "x", "least": "x", "language": "xx", "p": "x"})
    assert answer.status_code == 200
    assert newsroom[0].headline in answer.content.decode()


def test_a_story_tells_its_time_line_its_copies_and_why_each_is_there(client, newsroom):
    ferry, copy, chess = newsroom
    text = page(client, vera(), "story", story(ferry).pk).content.decode()
    assert "nothing like it had come in: it opened the story" in text
    assert "1 copy of it" in text
    assert "Harbour Courier had it first." in text
    assert text.count(copy.headline) >= 1
    assert 'for="find"' in text
    assert chess.headline in text


def test_the_page_of_a_story_needs_no_more_questions_for_more_pieces(
    client, newsroom, django_assert_max_num_queries
):
    for number in range(6):
        told(f"Outlet {number}", "Ferry Marigold to sail hourly", FERRY, hours=number)
    client.force_login(vera())
    with django_assert_max_num_queries(45):
        client.get(reverse("newsroom:story", args=[story(newsroom[0]).pk]))


def test_stories_are_merged_split_pinned_and_renamed_by_forms_alone(client, newsroom):
    ferry, copy, chess = newsroom
    first, other = story(ferry), story(chess)
    answer = post(client, vera(), "merge-story", other.pk, into=first.pk)
    assert "Merged" in answer.content.decode()
    assert story(chess) == first
    post(client, vera(), "sort-pieces", first.pk, piece=[chess.pk, copy.pk])
    assert story(chess) == story(copy) != first
    post(client, vera(), "sort-pieces", story(chess).pk, piece=[copy.pk], into=first.pk)
    assert story(copy) == first
    post(client, vera(), "pin-story", first.pk)
    answer = post(client, vera(), "rename-story", first.pk, title="The hourly ferry")
    assert "The hourly ferry" in answer.content.decode()
    first.refresh_from_db()
    assert (first.is_pinned, first.title) == (True, "The hourly ferry")
    post(client, vera(), "unpin-story", first.pk)
    assert StoryCorrection.objects.count() == 6


def test_a_correction_is_taken_back_from_the_page(client, newsroom):
    ferry, _copy, chess = newsroom
    post(client, vera(), "merge-story", story(chess).pk, into=story(ferry).pk)
    correction = StoryCorrection.objects.get()
    answer = post(client, vera(), "take-back-correction", correction.pk)
    assert "taken back by" in answer.content.decode()
    assert story(chess) != story(ferry)
    again = post(client, vera(), "take-back-correction", correction.pk)
    assert "already" in again.content.decode()


def test_what_cannot_be_put_right_is_said_and_changes_nothing(client, newsroom):
    ferry, copy, _chess = newsroom
    own = story(ferry)
    for asked in ({}, {"piece": [ferry.pk, copy.pk]}, {"piece": ["x"]}):
        assert "not all" in post(client, vera(), "sort-pieces", own.pk, **asked).content.decode()
    assert "itself" in post(client, vera(), "merge-story", own.pk, into=own.pk).content.decode()
    assert post(client, vera(), "merge-story", own.pk, into="x").status_code == 404
    assert not StoryCorrection.objects.exists()


def test_a_merged_story_leads_to_where_it_is_now(client, newsroom):
    ferry, _copy, chess = newsroom
    gone = story(chess)
    post(client, vera(), "merge-story", gone.pk, into=story(ferry).pk)
    answer = page(client, vera(), "story", gone.pk)
    assert answer.url == reverse("newsroom:story", args=[story(ferry).pk])


def test_gathering_anew_from_the_desk_keeps_what_was_put_right(client, newsroom):
    ferry, _copy, chess = newsroom
    post(client, vera(), "merge-story", story(chess).pk, into=story(ferry).pk)
    answer = post(client, vera(), "gather-again")
    assert "are being gathered anew" in answer.content.decode()
    assert "It is waiting for its turn" in page(client, vera(), "stories").content.decode()
    job = Job.objects.ready().get(task="intake.gather_again")
    job.progress_done, job.progress_total = 2, 3
    job.save()
    assert "2 of 3 pieces were read again." in page(client, vera(), "stories").content.decode()
    run_all_jobs()
    told = page(client, vera(), "stories").content.decode()
    assert "pieces that changed their story: 0 since" in told
    assert story(chess) == story(ferry)


@pytest.mark.parametrize(
    "name", ["merge-story", "sort-pieces", "pin-story", "unpin-story", "rename-story", "take-back-correction"]
)
def test_who_may_only_look_puts_nothing_right(client, newsroom, name):
    own = story(newsroom[0])
    assert page(client, tomas(), "story", own.pk).status_code == 200
    assert "newsroom:merge" not in page(client, tomas(), "story", own.pk).content.decode()
    post(client, tomas(), name, own.pk, into=own.pk, title="x", piece=[1])
    own.refresh_from_db()
    assert (own.title, own.is_pinned) == (newsroom[0].headline, False)
    assert not StoryCorrection.objects.exists()


def test_who_may_not_see_what_came_in_sees_no_story(client, newsroom):
    visitor = nobody()
    visitor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for name, args in (("stories", ()), ("story", (story(newsroom[0]).pk,))):
        assert page(client, visitor, name, *args).status_code in {302, 403}


def test_a_hostile_headline_stays_text(client):
    original = told("Evil", "<script>alert(1)</script> \u202egnihtyna", CHESS)
    for answer in (page(client, vera(), "stories"), page(client, vera(), "story", story(original).pk)):
        text = answer.content.decode()
        assert "<script>alert(1)" not in text
        assert "\u202e" not in text


def test_lists_are_told_the_story_of_their_pieces(newsroom):
    ferry, copy, chess = newsroom
    marks = story_of([ferry, copy, chess])
    assert (marks[ferry.pk].pieces, marks[ferry.pk].is_first, marks[copy.pk].is_first) == (2, True, False)
    assert marks[chess.pk].outlets == 1
    assert Story.objects.count() == 2


def test_the_page_of_an_original_tells_its_story_and_its_copies(client, newsroom):
    ferry, copy, chess = newsroom
    text = page(client, vera(), "original", copy.pk).content.decode()
    assert "Earlier at <bdi>Harbour Courier</bdi>" in text
    assert "Harbour Courier had it first." in text
    assert "it has the text of “Ferry Marigold to sail hourly” (Harbour Courier)" in text
    assert "Also at <bdi>Lake Post</bdi>" in page(client, vera(), "original", ferry.pk).content.decode()
    assert "The same text elsewhere" not in page(client, vera(), "original", chess.pk).content.decode()
