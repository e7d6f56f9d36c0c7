"""Portraits: opened with care, upright, cut around the face, without a note of place; and small ones for the gate."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import date

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from ejlas.core.formats import faces, pictures, rasters
from ejlas.core.formats.pictures import Box
from tests.factories.faces import Face, as_jpeg, picture, saved


@pytest.fixture(scope="module")
def head():
    """A head in a wide picture, left of the middle."""
    return picture(Face(seed=4, x=0.36, y=0.5, size=0.24), width=900, height=700)


def quarters(width=400, height=600):
    """A picture whose quarters differ: red, green; blue, white."""
    made = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(made)
    half = (width // 2, height // 2)
    draw.rectangle((0, 0, half[0], half[1]), fill=(220, 20, 20))
    draw.rectangle((half[0], 0, width, half[1]), fill=(20, 180, 20))
    draw.rectangle((0, half[1], half[0], height), fill=(20, 20, 220))
    return made


def exif(**values):
    made = Image.Exif()
    if "orientation" in values:
        made[0x0112] = values["orientation"]
    if "taken" in values:
        made.get_ifd(0x8769)[values.get("tag", 0x9003)] = values["taken"]
    if "place" in values:
        made.get_ifd(0x8825)[1] = "N"
        made.get_ifd(0x8825)[2] = (37.0, 28.0, 12.0)
    made[0x010F] = "Camera"
    return made


def opened(data):
    return Image.open(io.BytesIO(data))


def test_portrait_is_cut_around_the_face(head):
    made = pictures.portrait(as_jpeg(head))

    assert (made.width, made.height, made.taken_on) == (600, 800, None)
    assert opened(made.jpeg).size == (600, 800)
    assert opened(made.jpeg).format == "JPEG"
    assert faces.check_face(made.jpeg) == ()


def test_chosen_part_is_what_is_cut_out():
    left_below = pictures.portrait(saved(quarters(), "PNG"), crop=Box(0, 0.5, 0.5, 0.5), least=(100, 100))

    red, green, blue = np.asarray(opened(left_below.jpeg)).reshape(-1, 3).mean(axis=0)
    assert (red < 40, green < 40, blue > 200) == (True, True, True)
    # 200 × 300 points, of which 200 × 267 have the shape of a pass.
    assert (left_below.box.width, left_below.box.height) == (0.5, pytest.approx(0.4444, abs=0.001))


@pytest.mark.parametrize(
    ("words", "box"),
    [
        ("0.1,0.2,0.5,0.6", Box(0.1, 0.2, 0.5, 0.6)),
        ("0.75,0.5,1,1", Box(0.75, 0.5, 0.25, 0.5)),
        ("", None),
        ("0,0,1", None),
        ("a,b,c,d", None),
        ("-0.1,0,1,1", None),
        ("1,0,1,1", None),
        ("0,0,0,1", None),
        ("nan,0,1,1", None),
        ("0,0,inf,1", None),
    ],
)
def test_box_that_a_page_sends_is_read_or_not_taken(words, box):
    assert Box.read(words) == box


def test_box_is_spelled_as_it_is_read():
    assert Box.read(Box(0.1, 0.25, 0.5, 0.5).spelled()) == Box(0.1, 0.25, 0.5, 0.5)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_picture_is_turned_as_the_camera_was_held(orientation):
    turns = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    stored = quarters().transpose(turns[orientation]) if turns[orientation] is not None else quarters()

    data = as_jpeg(stored, exif=exif(orientation=orientation))
    upright = rasters.opened(data)

    assert (upright.width, upright.height) == (400, 600)
    assert upright.image.getpixel((50, 50))[0] > 200
    assert upright.image.getpixel((50, 550))[2] > 200


@pytest.mark.parametrize(
    ("values", "day"),
    [
        ({"taken": "2026:09:14 18:20:01"}, date(2026, 9, 14)),
        ({"taken": "2026:09:14 18:20:01", "tag": 0x9004}, date(2026, 9, 14)),
        ({"taken": "0000:00:00 00:00:00"}, None),
        ({"taken": "1970:01:01 00:00:00"}, None),
        ({"taken": "yesterday"}, None),
        ({}, None),
    ],
)
def test_day_that_the_camera_noted_is_read(values, day):
    data = as_jpeg(quarters(), exif=exif(**values))

    assert pictures.examine(data) == pictures.Examined(400, 600, day)


def test_place_camera_comment_and_profile_are_gone():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    told = exif(place=True, taken="2026:09:14 18:20:01")
    data = as_jpeg(quarters(), exif=told, icc_profile=profile, comment=b"a house in Rasht")
    assert b"Camera" in data

    made = pictures.portrait(data, least=(100, 100))

    bare = opened(made.jpeg)
    assert (dict(bare.getexif()), set(bare.info)) == ({}, {"jfif", "jfif_version", "jfif_unit", "jfif_density"})
    assert all(word not in made.jpeg for word in (b"Camera", b"Rasht", b"Exif", b"ICC"))
    assert made.taken_on == date(2026, 9, 14)


def kinds():
    plain = quarters()
    clear = plain.convert("RGBA")
    clear.putalpha(0)
    deep = Image.fromarray(np.full((600, 400), 40_000, np.uint16))
    palette = plain.convert("P")
    seen = palette.copy()
    seen.info["transparency"] = palette.getpixel((50, 50))
    return {
        "cmyk": (as_jpeg(plain.convert("CMYK")), (220, 20, 20)),
        "grey": (as_jpeg(plain.convert("L")), (80, 80, 80)),
        "palette": (saved(palette, "PNG"), (220, 20, 20)),
        "palette-clear": (saved(seen, "PNG", transparency=seen.info["transparency"]), (255, 255, 255)),
        "alpha": (saved(clear, "PNG"), (255, 255, 255)),
        "grey-alpha": (saved(clear.convert("LA"), "PNG"), (255, 255, 255)),
        "16-bit": (saved(deep, "PNG"), (156, 156, 156)),
        "one-bit": (saved(plain.convert("L").point(lambda value: value > 200 and 255).convert("1"), "PNG"), (0, 0, 0)),
        "webp": (saved(plain, "WEBP", lossless=True), (220, 20, 20)),
        "progressive": (as_jpeg(plain, progressive=True), (220, 20, 20)),
        "profile-broken": (as_jpeg(plain, icc_profile=b"no profile"), (220, 20, 20)),
    }


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_of_colour_comes_out_as_plain_colours(kind):
    data, colour = kinds()[kind]

    image = rasters.opened(data).image

    assert image.mode == "RGB"
    assert np.abs(np.array(image.getpixel((50, 50)), int) - colour).max() <= 24


def png_of_size(width, height):
    """The start of a PNG that says it is so large, and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def moving(kind):
    return saved(quarters(), kind, save_all=True, append_images=[quarters().rotate(90)], duration=100)


@pytest.mark.parametrize(
    ("make", "fault", "words"),
    [
        (lambda: b"", rasters.NoPicture, "no whole picture"),
        (lambda: b"%PDF-1.7", rasters.NoPicture, "no whole picture"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", rasters.NoPicture, "no whole picture"),
        (lambda: saved(quarters(), "GIF"), rasters.NoPicture, "no whole picture"),
        (lambda: saved(quarters(), "BMP"), rasters.NoPicture, "no whole picture"),
        (lambda: as_jpeg(quarters())[:4000], rasters.NoPicture, "no whole picture"),
        (lambda: saved(quarters(), "PNG")[:900], rasters.NoPicture, "no whole picture"),
        (lambda: saved(quarters(), "WEBP")[:200], rasters.NoPicture, "no whole picture"),
        (lambda: png_of_size(400, 600), rasters.NoPicture, "no whole picture"),
        (lambda: png_of_size(0, 0), rasters.NoPicture, "no whole picture"),
        (lambda: png_of_size(8000, 6300), rasters.PictureTooLarge, "51 megapixels; at most 50"),
        (lambda: png_of_size(10_000, 10_000), rasters.PictureTooLarge, "at most 50 are taken"),
        (lambda: png_of_size(60_000, 60_000), rasters.PictureTooLarge, "at most 50 are taken"),
        (lambda: moving("PNG"), rasters.PictureMoves, "moves"),
        (lambda: moving("WEBP"), rasters.PictureMoves, "moves"),
        (lambda: as_jpeg(quarters(299, 300)), rasters.PictureTooSmall, "299 × 300 pixels, and at least 300 × 400"),
    ],
)
def test_other_files_are_refused_with_a_word_of_what_to_do(make, fault, words):
    for act in (pictures.examine, pictures.portrait):
        with pytest.raises(fault, match=words):
            act(make())


def test_too_small_a_part_is_refused():
    with pytest.raises(rasters.PictureTooSmall, match="60 × 80 pixels"):
        pictures.portrait(as_jpeg(quarters(600, 800)), crop=Box(0, 0, 0.1, 0.1))


def test_text_of_a_picture_that_unpacks_to_much_is_not_unpacked():
    told = PngImagePlugin.PngInfo()
    told.add_text("comment", "a" * 20_000_000, zip=True)

    with pytest.raises(rasters.NoPicture):
        pictures.examine(saved(quarters(), "PNG", pnginfo=told))


def test_small_picture_for_the_gate_keeps_to_its_bytes_and_shows_the_face(head):
    made = pictures.portrait(as_jpeg(head))

    small = pictures.thumbnail(made.jpeg)
    least = pictures.thumbnail(made.jpeg, 900)

    assert len(small) <= 6_000
    assert (opened(small).format, opened(small).size) == ("WEBP", (240, 320))
    assert len(faces.find(opened(small))) == 1
    assert len(least) <= 900
    with pytest.raises(ValueError, match="fits into 10 bytes"):
        pictures.thumbnail(made.jpeg, 10)
