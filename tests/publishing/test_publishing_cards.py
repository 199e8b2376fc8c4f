"""The picture of a piece where it is linked, and the forms of all other pictures."""

import io
from pathlib import Path

import cast
import pytest
from PIL import Image
from publishing.publishing_pieces import listed

from dateline.publishing.actions import change_around
from dateline.publishing.models import BakedFile
from dateline.publishing.queries.pictures import picture_view
from dateline.publishing.recipes.card import letters
from dateline.publishing.social_card import NoLetters, Told, draw_card, has_letters


def drawn(**fields):
    told = Told(
        **{"kind": "translation", "label": "Translation", "headline": "Ferry", "site": "Digest"} | fields
    )
    return Image.open(io.BytesIO(draw_card(told, fonts=letters()))).convert("L")


def ink(picture, box):
    return sum(1 for level in picture.crop(box).tobytes() if level < 128)


def test_a_card_has_the_size_that_networks_ask_for_and_is_small():
    told = Told(
        "exclusive",
        "Exclusive",
        "Bread, blankets and an old season ticket: the night ferry is back",
        "Digest",
    )
    png = draw_card(told, fonts=letters())
    assert Image.open(io.BytesIO(png)).size == (1200, 630)
    assert len(png) < 60_000


@pytest.mark.parametrize(
    "headline",
    [
        "The night ferry",
        "Gəmi gecə qayıtdı",
        "Ночной паром вернулся",
        "Գիշերային լաստանավը",
        "ღამის ბორანი",
        "کشتی شب",
    ],
)
def test_a_headline_in_each_of_our_scripts_is_drawn(headline):
    assert ink(drawn(headline=headline), (72, 168, 1128, 300)) > 1000


def test_right_to_left_begins_on_the_right():
    left, right = (60, 168, 560, 300), (640, 168, 1140, 300)
    ours, theirs = drawn(headline="Ferry"), drawn(headline="کشتی", direction="rtl")
    assert ink(ours, left) > ink(ours, right)
    assert ink(theirs, right) > ink(theirs, left)


def test_a_long_headline_stays_on_the_card_and_above_the_name():
    picture = drawn(headline="An exceedingly long headline " * 12)
    assert ink(picture, (1140, 0, 1200, 630)) == 0
    assert ink(picture, (72, 500, 1128, 524)) == 0


def test_letters_that_our_fonts_lack_are_not_drawn_as_boxes():
    told = Told("exclusive", "独家", "夜渡轮回家", "Digest")
    assert not has_letters(told)
    with pytest.raises(NoLetters):
        draw_card(told, fonts=letters())


def test_a_card_is_baked_beside_its_piece_named_in_its_head_and_goes_with_it(site, read):
    piece = listed(cast.an_exclusive(headline="Boats at last"))
    change_around(pieces=[piece.uid], now=cast.NOW)
    path = f"{piece.get_absolute_url()}card.png"
    assert f'<meta property="og:image" content="https://digest.example{path}">' in read(
        piece.get_absolute_url()
    )
    assert (site.root / path.lstrip("/")).read_bytes().startswith(b"\x89PNG")
    type(piece).objects.filter(pk=piece.pk).update(live=False)
    change_around(pieces=[piece.uid], now=cast.NOW)
    assert not BakedFile.objects.filter(path=path).exists()


def test_a_piece_without_letters_of_ours_is_linked_with_its_own_picture(site, read):
    piece = listed(cast.an_exclusive(headline="夜渡轮回家", hero=cast.a_picture(), hero_alt="A ferry"))
    change_around(pieces=[piece.uid], now=cast.NOW)
    assert "card.png" not in read(piece.get_absolute_url())
    assert 'property="og:image"' in read(piece.get_absolute_url())


def test_pictures_come_in_three_formats_the_best_first_without_what_cameras_write(site, settings):
    settings.DATELINE_AVIF = True
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Maker", "Camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (38.0, 43.0, 0.0)})
    picture = cast.a_picture(data=cast.a_photograph(width=900, height=600, exif=exif))
    view = picture_view(picture, alt="A ferry")
    assert list(dict.fromkeys(source.mime for source in view.sources)) == [
        "image/avif",
        "image/webp",
        "image/jpeg",
    ]
    for made in picture.renditions.all():
        shown = Image.open(io.BytesIO(Path(made.file.path).read_bytes()))
        assert not dict(shown.getexif())


def test_a_picture_is_cut_around_what_matters_in_it(site):
    picture = cast.a_picture(data=cast.a_photograph(width=900, height=1600))
    picture.focal_point_x, picture.focal_point_y = 450, 300
    picture.focal_point_width = picture.focal_point_height = 100
    picture.save()
    view = picture_view(picture, alt="A tall ship")
    assert view.width / view.height == pytest.approx(1.5, rel=0.02)
