"""Who stands outside sees what was given to them: every door of the desk is tried, none tells of anything else."""

from datetime import timedelta

import cast
import pytest
from django.urls import NoReverseMatch, get_resolver, reverse
from support.doors import doors

from dateline.audience.actions import receive
from dateline.desk.actions.assigning import assign
from dateline.desk.actions.commenting import comment
from dateline.desk.actions.hearing import tell_editors
from dateline.desk.queries.accounts import facts_of
from dateline.rights import actions
from dateline.rights.actions import accounts as verbs
from dateline.rights.models import Use
from dateline.translation.actions import start_job, start_own_job
from dateline.translation.models import Job

SECRET = "Zanzibarite"
OUTSIDE = ("outside-translator", "contributor", "reader-support")
# Lists that other rooms and Wagtail bring.
OTHERS = (
    "translation:index",
    "rights:permissions",
    "rights:withdrawals",
    "picture-rights:index",
    "wagtailsnippets_articles_article:list",
    "wagtailsnippets_articles_article:list_results",
    "wagtailsnippets_agreements_agreement:list",
    "wagtailsnippetchoosers_articles_article:choose",
    "wagtailsnippetchoosers_articles_article:choose_results",
    "wagtailimages:index",
    "wagtailusers_users:index",
    "wagtailadmin_home",
)


@pytest.fixture
def house(newsroom):
    """A newsroom in which everything is called by a word that nobody outside was told."""
    outlet = cast.an_outlet(f"{SECRET} Courier")
    agreement = cast.an_agreement(
        outlet, title=f"{SECRET} letter", fee_kind="piece", fee_amount=5, fee_currency="EUR"
    )
    original = cast.an_original(outlet, headline=f"{SECRET} original")
    article = cast.published(cast.a_translation(original, headline=f"{SECRET} piece"))
    draft = cast.a_translation(
        cast.an_original(outlet, headline=f"{SECRET} other"), headline=f"{SECRET} draft"
    )
    draft.save_revision(user=cast.vera())
    job = start_job(article=draft, snapshot=None, by=None, now=cast.NOW)
    letter = receive(
        kind="access",
        text=f"{SECRET} text",
        name=SECRET,
        email="z@reader.example",
        language="en",
        now=cast.NOW,
    )
    tell_editors(article=article, text=f"{SECRET} comment", by=None, now=cast.NOW)
    comment(text=f"{SECRET} words", by=cast.vera(), now=cast.NOW, original=original)
    request = actions.propose_asking(
        original=cast.an_original(outlet, headline=f"{SECRET} asked"),
        use="reprint",
        language="fr",
        by=None,
        now=cast.NOW,
    )
    Use.objects.update(began_at=cast.NOW)
    account = verbs.open_account(
        kind="outlet", key=str(outlet.pk), name=outlet.name, begins_on=cast.NOW.date(), now=cast.NOW
    )
    month = cast.NOW.date().replace(day=1)
    verbs.close_month(
        account=account,
        month=month,
        facts=facts_of(account, month=month),
        by=None,
        now=cast.NOW + timedelta(days=40),
    )
    assign(who=cast.tomas(), task="edit", by=cast.vera(), now=cast.NOW, article=draft)
    return {
        "outlets": outlet.pk,
        "agreements": agreement.pk,
        "originals": original.pk,
        "articles": article.pk,
        "drafts": draft.pk,
        "jobs": job.pk,
        "readers": letter.pk,
        "requests": request.pk,
        "accounts": account.pk,
    }


def addresses(house):
    """Yield every address of the desk that can be read, with the number of something that is there and not theirs."""
    for door in doors():
        noun = door.path.removeprefix("/desk/").partition("/")[0]
        numbers = [
            house[key] for key in {noun, "drafts" if noun == "articles" else noun} if key in house
        ] or [1]
        for number in numbers:
            told = {
                name: number if isinstance(value, int) else "2026-03" if name == "month" else value
                for name, value in door.arguments.items()
            }
            yield reverse(f"newsroom:{door.name}", kwargs=told)
    for name in OTHERS:
        try:
            yield reverse(name)
        except NoReverseMatch:
            assert name.partition(":")[0] in {
                str(key) for key in get_resolver("wagtail.admin.urls").namespace_dict
            }
    for number in (house["articles"], house["drafts"]):
        yield reverse("wagtailsnippets_articles_article:edit", args=[number])
        yield reverse("wagtailsnippets_articles_article:history", args=[number])
    yield reverse("translation:job", args=[house["jobs"]])


@pytest.mark.parametrize("role", OUTSIDE)
def test_no_door_tells_who_stands_outside_of_what_was_not_given_to_them(at_desk, house, role):
    client = at_desk(cast.somebody("ola", role=role))
    allowed = {"/desk/readers/", "/desk/today/"} if role == "reader-support" else set()
    told = []
    for address in addresses(house):
        answer = client.get(address)
        is_theirs = address in allowed or (role == "reader-support" and address.startswith("/desk/readers/"))
        if not is_theirs and SECRET in answer.content.decode():
            told.append(address)
        assert answer.status_code < 500, address
    assert told == []


def test_what_is_given_is_seen(at_desk, house):
    from dateline.articles.models import Article

    ola = cast.somebody("ola", role="outside-translator")
    draft = Article.objects.get(pk=house["drafts"])
    assign(who=ola, task="translate", by=cast.vera(), now=cast.NOW, article=draft)
    client = at_desk(ola)
    assert f"{SECRET} draft" in client.get(reverse("newsroom:today")).content.decode()
    assert f"{SECRET} piece" not in client.get(reverse("newsroom:board")).content.decode()
    assert client.get(reverse("translation:job", args=[house["jobs"]])).status_code == 200


def test_a_version_of_their_piece_that_was_not_given_to_them_is_not_told(at_desk, newsroom):
    ola = cast.somebody("ola", role="contributor")
    source = cast.an_exclusive(language="en", headline="The ferry sails")
    where = reverse("newsroom:translate-own", args=[source.pk])
    client = at_desk(ola)
    assert client.post(where, {"language": "fr"}).status_code == 404
    assert not Job.objects.exists()
    assign(who=ola, task="edit", by=cast.vera(), now=cast.NOW, article=source)
    version = start_own_job(source=source, language="fr", by=cast.vera(), now=cast.NOW).article
    type(version).objects.filter(pk=version.pk).update(headline=f"{SECRET} sails")
    for answer in (client.get(where), client.post(where, {"language": "fr"})):
        assert "The ferry sails" in answer.content.decode()
        assert SECRET not in answer.content.decode()
    assert SECRET in at_desk().get(where).content.decode()
