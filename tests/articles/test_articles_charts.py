import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from dateline.articles.blocks import ChartBlock
from dateline.articles.charts import NotATable, Row, bars, height, points, read_rows
from dateline.articles.embeds import FRAMES, player_of

NUMBERS = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=24)


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Ansel; 304", Row("Ansel", 304, "304")),
        ("Port Halden\t1,204", Row("Port Halden", 1204, "1,204")),
        ("Überfahrten; 3,5", Row("Überfahrten", 3.5, "3,5")),
        ("2027 | −12.5*", Row("2027", -12.5, "−12.5", is_guess=True)),
        ("Sund; 1 204 300", Row("Sund", 1204300, "1 204 300")),
    ],
)
def test_a_line_is_a_label_and_a_number(line, row):
    assert read_rows(f"\n{line}\n") == (row,)


@pytest.mark.parametrize("text", ["", "no number", "Ansel; three", "a; 1\nb", "\n".join(["a; 1"] * 25)])
def test_what_is_no_table_is_refused_with_the_line(text):
    with pytest.raises(NotATable):
        read_rows(text)


def test_the_desk_is_told_which_line_is_wrong():
    block = ChartBlock()
    value = block.to_python(
        {"title": "Passengers", "kind": "bars", "table": "Ansel, 304", "unit": "", "source": ""}
    )
    with pytest.raises(ValidationError):
        block.clean(value)


@given(NUMBERS, st.booleans())
def test_bars_and_points_stay_on_the_paper(numbers, is_rtl):
    rows = [Row(str(number), number, str(number)) for number in numbers]
    for bar in bars(rows, is_rtl=is_rtl):
        assert bar.start >= -0.02
        assert bar.start + bar.width <= 100.02
        assert bar.bar_y < height("bars", rows)
    for point in points(rows, is_rtl=is_rtl):
        assert 0 <= point.x <= 100
        assert 0 <= point.y <= height("line", rows)


def test_a_page_that_reads_from_the_right_has_its_bars_begin_there():
    (long, short) = bars([Row("a", 10, "10"), Row("b", 5, "5")], is_rtl=True)
    assert (long.start, long.width) == (0, 100)
    assert (short.start, short.width) == (50, 50)


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=abcDEF12345", "https://www.youtube-nocookie.com/embed/abcDEF12345"),
        ("https://youtu.be/abcDEF12345?t=3", "https://www.youtube-nocookie.com/embed/abcDEF12345"),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?dnt=1"),
        ("https://youtube.com.evil.example/watch?v=abcDEF12345", ""),
        ("javascript:alert(1)//youtu.be/abcDEF12345", ""),
        ("https://social.example/@digest/1", ""),
    ],
)
def test_only_known_players_open_on_our_page(address, player):
    assert player_of(address) == player
    assert not player or player.startswith(FRAMES)
