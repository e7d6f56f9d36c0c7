"""The face of a portrait: what must be taken, whoever it is, and what must be refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ejlas.core.formats import faces, rasters
from ejlas.core.formats.faces import FaceFault
from tests.factories.faces import Face, Lamp, as_jpeg, landscape, logo, picture, saved

SIZE = {"width": 300, "height": 400}
ONE = Face(seed=1)


def check(*heads, **values):
    return faces.check_face(as_jpeg(picture(*heads, **{**SIZE, **values})))


@pytest.mark.parametrize(
    "face",
    [
        Face(seed=11, tone="fair", hair="fair", style="short"),
        Face(seed=12, tone="fair", hair="grey", style="bald", beard=True),
        Face(seed=13, tone="olive", style="long", glasses=True),
        Face(seed=14, tone="olive", style="scarf"),
        Face(seed=15, tone="brown", style="short", beard=True, glasses=True),
        Face(seed=16, tone="brown", style="scarf", scarf=(120, 40, 60), glasses=True),
        Face(seed=17, tone="dark", style="bald"),
        Face(seed=18, tone="dark", style="long"),
        Face(seed=19, tone="dark", style="scarf", scarf=(230, 226, 214)),
        Face(seed=20, tilt=7, x=0.54, y=0.42),
    ],
    ids=lambda face: f"{face.tone}-{face.style}{'-glasses' * face.glasses}{'-tilt' * bool(face.tilt)}",
)
def test_fit_portrait_is_taken(face):
    assert check(face) == ()


@pytest.mark.parametrize(
    "values",
    [{"background": (36, 38, 48)}, {"lamp": Lamp(strength=0.6)}, {"lamp": Lamp(side=0.4)}, {"blur": 0.6}],
    ids=["dark-wall", "dim-room", "lamp-aside", "little-blur"],
)
def test_portrait_of_a_telephone_is_taken(values):
    assert check(ONE, **values) == ()


@pytest.mark.parametrize(
    "face",
    [
        Face(seed=45, tone="brown", style="scarf", scarf=(99, 238, 210), glasses=True, size=0.4),
        Face(seed=41, tone="dark", hair="grey", style="long", glasses=True, tilt=5.5, x=0.56, y=0.51),
    ],
    ids=["light-scarf", "grey-brows"],
)
def test_dark_face_before_a_bright_wall_is_found(face):
    assert check(face, background=(240, 40, 140)) == ()


@pytest.mark.parametrize(
    ("heads", "values", "fault"),
    [
        ([replace(ONE, x=0.28, size=0.3), Face(seed=2, tone="brown", x=0.72, size=0.3)], {}, FaceFault.SEVERAL),
        ([ONE, Face(seed=3, x=0.86, y=0.3, size=0.16)], {}, FaceFault.SEVERAL),
        ([replace(ONE, x=0.3)], {}, FaceFault.OFF_CENTRE),
        ([replace(ONE, y=0.24)], {}, FaceFault.OFF_CENTRE),
        ([replace(ONE, size=0.2)], {}, FaceFault.TOO_SMALL),
        ([replace(ONE, size=0.95)], {}, FaceFault.TOO_NEAR),
        ([replace(ONE, tilt=-19)], {}, FaceFault.TILTED),
        ([replace(ONE, tilt=35)], {}, FaceFault.TILTED),
        ([ONE], {"blur": 2.5}, FaceFault.BLURRED),
        ([ONE], {"lamp": Lamp(strength=0.2)}, FaceFault.DARK),
        ([ONE], {"lamp": Lamp(strength=2.3)}, FaceFault.BRIGHT),
        ([ONE], {"lamp": Lamp(side=1, fill=0.05)}, FaceFault.UNEVEN),
        ([], {}, FaceFault.NONE_FOUND),
        ([replace(ONE, tilt=180)], {}, FaceFault.NONE_FOUND),
    ],
    ids=lambda value: str(value) if isinstance(value, FaceFault) else "",
)
def test_unfit_portrait_is_refused_and_says_why(heads, values, fault):
    assert check(*heads, **values) == (fault,)


@pytest.mark.parametrize("make", [logo, landscape])
def test_picture_of_nobody_is_refused(make):
    assert faces.check_face(saved(make(), "PNG")) == (FaceFault.NONE_FOUND,)


def test_several_faults_are_told_at_once():
    assert check(replace(ONE, x=0.28, size=0.24), blur=3) == (
        FaceFault.TOO_SMALL,
        FaceFault.OFF_CENTRE,
        FaceFault.BLURRED,
    )


def test_what_is_no_picture_has_no_face():
    with pytest.raises(rasters.NoPicture):
        faces.check_face(b"no picture")


def test_every_fault_has_its_sentence_and_limits_are_the_callers():
    assert set(faces.SENTENCES) == set(FaceFault)
    data = as_jpeg(picture(replace(ONE, size=0.24), **SIZE))

    assert faces.check_face(data, limits=faces.Limits(least_width=0.2)) == ()


def test_found_face_stands_where_it_was_drawn():
    (box,) = faces.find(picture(replace(ONE, x=0.4, y=0.5, size=0.4), **SIZE))

    assert box.centre == (pytest.approx(0.4, abs=0.03), pytest.approx(0.51, abs=0.03))
    assert box.width == pytest.approx(0.45, abs=0.05)
