import cast
import pytest

from dateline.publishing.models import PlainPage
from dateline.site.menus import MenuLine, hang, safe_link
from dateline.site.models import Identity, MenuItem
from dateline.site.queries import identity, languages, menu, own_name, zone

MAIN, SIDE = MenuItem.Menu.MAIN, MenuItem.Menu.SIDE


@pytest.fixture
def publication(db):
    return cast.an_identity()


def lines(publication, which=MAIN, language="en"):
    return [
        (line.label, line.href, [child.label for child in line.children])
        for line in menu(publication, which, language)
    ]


def add(publication, *, target=None, menu=MAIN, order=0, **fields):
    item = MenuItem(identity=publication, menu=menu, sort_order=order, target=target, **fields)
    item.full_clean(exclude=["target_type", "target_id"] if target else [])
    item.save()


def test_a_menu_line_leads_to_the_section_in_the_readers_language(publication):
    english = cast.a_section("Harbour")
    french = cast.a_section("Port", language="fr", translation_key=english.translation_key)
    add(publication, target=english)
    assert lines(publication) == [("Harbour", f"/en/section/{english.slug}/", [])]
    assert lines(publication, language="fr") == [("Port", f"/fr/section/{french.slug}/", [])]
    assert lines(publication, language="fa") == []


def test_an_indented_line_hangs_on_the_one_above(publication):
    add(publication, target=cast.a_section("News"), order=1)
    add(publication, target=cast.a_topic("The ferry"), order=2, is_child=True)
    add(publication, link="https://tide.example/", label="Tides", order=3)
    assert [(label, children) for label, _href, children in lines(publication)] == [
        ("News", ["The ferry"]),
        ("Tides", []),
    ]


def test_main_and_side_menu_have_orders_of_their_own(publication):
    news, culture = cast.a_section("News"), cast.a_section("Culture")
    add(publication, target=news, order=1)
    add(publication, target=culture, order=2)
    add(publication, target=culture, order=3, menu=SIDE)
    add(publication, target=news, order=4, menu=SIDE)
    assert [label for label, _href, _children in lines(publication)] == ["News", "Culture"]
    assert [label for label, _href, _children in lines(publication, SIDE)] == ["Culture", "News"]


def test_a_line_for_one_language_stands_in_that_one_only(publication):
    add(publication, link="/fr/lettre/", label="La lettre", language="fr")
    assert lines(publication) == []
    assert lines(publication, language="fr") == [("La lettre", "/fr/lettre/", [])]


def test_a_line_may_lead_to_a_plain_page(publication):
    page = PlainPage(title="Who we are", slug="who", locale=cast.a_language("en"))
    cast.a_page_tree().add_child(instance=page)
    add(publication, target=page)
    assert lines(publication) == [("Who we are", "/en/who/", [])]


def test_what_hangs_on_a_line_that_is_not_shown_is_not_shown_either():
    shown = MenuLine("b", "/b/")
    assert hang([(False, None), (True, MenuLine("a", "/a/")), (False, shown), (True, None)]) == (shown,)


def test_an_indented_line_with_nothing_above_stands_by_itself():
    assert hang([(True, MenuLine("a", "/a/"))]) == (MenuLine("a", "/a/"),)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "//evil.example/", "/\\evil.example", "data:text/html,x", ""]
)
def test_a_link_that_a_browser_might_run_leads_nowhere(link):
    assert safe_link(link) == ""


@pytest.mark.parametrize("link", ["/en/x/", "https://tide.example/", "mailto:desk@digest.example"])
def test_a_sound_link_stays(link):
    assert safe_link(f" {link} ") == link


def test_the_first_language_is_the_default_and_each_has_its_own_name(publication):
    assert [row.code for row in languages(identity())] == ["en", "fr", "fa"]
    assert own_name("fa") == "فارسی"
    assert own_name("xx") == "xx"


def test_a_new_installation_speaks_its_own_language(db):
    fresh = Identity.load()
    assert [row.code for row in languages(fresh)] == ["en"]
    assert zone(fresh).key == "UTC"
