"""How an outlet is called when nobody has said it yet."""

from dateline.sources.naming import name_for, slug_for


def slug(name, host="www.example.org", taken=()):
    return slug_for(name=name, host=host, is_taken=lambda wish: wish in taken)


def test_the_editor_names_an_outlet_else_its_feed_else_its_host():
    assert name_for(given="Lakeside Post", title="LP", host="lp.example") == "Lakeside Post"
    assert name_for(given="", title=" The \n Lakeside  Post ", host="lp.example") == "The Lakeside Post"
    assert name_for(given="", title="", host="www.lakeside.example") == "lakeside.example"


def test_a_slug_is_the_name_in_plain_letters():
    assert slug("Gazette de l'Été") == "gazette-de-l-ete"


def test_a_name_in_another_script_gives_the_slug_of_its_host():
    assert slug("Озёрный вестник", host="www.ozero.example") == "ozero-example"


def test_a_taken_slug_gets_a_number():
    assert slug("Post", taken={"post", "post-2"}) == "post-3"


def test_a_slug_is_never_empty_and_never_too_long():
    assert slug("—", host="—") == "outlet"
    assert len(slug("x" * 300)) == 80
    assert len(slug("x" * 300, taken={"x" * 80})) <= 80
