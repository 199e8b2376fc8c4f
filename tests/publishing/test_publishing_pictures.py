import io
from pathlib import Path

import cast
import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from dateline.publishing import actions
from dateline.publishing.queries.pictures import picture_view

SECRET = b"Nobody's camera"


def exif_of_a_telephone(*, orientation=1):
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = SECRET.decode()
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo)[1] = "N"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[2] = (54.0, 10.0, 3.0)
    return exif


def files_of(picture):
    return [rendition.file for rendition in picture.renditions.all()]


def contents(file):
    with file.open("rb") as opened:
        return opened.read()


def test_no_size_of_a_picture_says_where_or_with_what_it_was_taken(site):
    data = cast.a_photograph(exif=exif_of_a_telephone())
    assert SECRET in data
    picture = cast.a_picture(data=data)
    picture_view(picture, alt="A ferry")
    made = [contents(file) for file in files_of(picture)]
    assert len(made) == 6
    for one in made:
        assert SECRET not in one
        with Image.open(io.BytesIO(one)) as opened:
            assert not opened.getexif()
            assert not {"exif", "xmp", "comment"} & set(opened.info)


def test_a_size_made_for_the_desk_is_as_clean(site):
    picture = cast.a_picture(data=cast.a_photograph(exif=exif_of_a_telephone()))
    rendition = picture.get_rendition("max-165x165")
    assert SECRET not in contents(rendition.file)


def test_a_picture_taken_with_the_camera_on_its_side_stands_upright(site):
    data = cast.a_photograph(width=1600, height=1000, exif=exif_of_a_telephone(orientation=6))
    view = picture_view(cast.a_picture(data=data), alt="A ferry")
    assert view.height > view.width


def test_words_hidden_in_a_png_are_not_in_its_sizes(site):
    told = PngInfo()
    told.add_text("Author", SECRET.decode())
    data = io.BytesIO()
    Image.new("RGBA", (900, 600), (0, 0, 0, 0)).save(data, "PNG", pnginfo=told)
    picture = cast.a_picture(data=data.getvalue())
    picture_view(picture, alt="Nothing")
    assert all(SECRET not in contents(file) for file in files_of(picture))


def test_a_picture_is_offered_in_two_formats_and_never_larger_than_it_is(site):
    view = picture_view(
        cast.a_picture(data=cast.a_photograph(width=900, height=600)), alt="A ferry", caption="At last"
    )
    assert [(source.mime, source.width) for source in view.sources] == [
        ("image/webp", 400),
        ("image/webp", 800),
        ("image/webp", 900),
        ("image/jpeg", 400),
        ("image/jpeg", 800),
        ("image/jpeg", 900),
    ]
    assert (view.width, view.credit, view.caption) == (800, "Photograph: Ines Molde", "At last")
    assert view.absolute.startswith("https://digest.example/media/images/")


@pytest.mark.parametrize("loss", ["gone", "broken"])
def test_a_piece_whose_picture_is_lost_stands_without_it(site, read, loss):
    picture = cast.a_picture()
    piece = cast.published(cast.an_exclusive(hero=picture, hero_alt="A ferry"))
    if loss == "gone":
        picture.file.storage.delete(picture.file.name)
    else:
        Path(picture.file.path).write_bytes(b"no picture")
    actions.bake_article(piece=piece.uid, now=cast.NOW)
    page = read(piece.get_absolute_url())
    assert piece.headline in page
    assert "A ferry" not in page
