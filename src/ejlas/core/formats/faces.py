"""Whether the face of a portrait stands as a pass needs it. Nobody is recognised, and nothing is kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ejlas.core.errors import marked
from ejlas.core.formats import rasters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    Grey = NDArray[np.uint8]

Found = tuple[int, int, int, int]
Look = tuple[str, float, int]

# What the cascades see is shrunk to this width: they need no more, and it bounds the time.
_SEEN = 320
_LEAST_FACE = 0.09
# Each cascade, the step from one size of face to the next, and how often it must see the same one.
_LOOKS: tuple[Look, ...] = (("frontalface_alt2", 1.05, 4), ("frontalface_default", 1.1, 9))
_SECOND_LOOK: tuple[Look, ...] = (("frontalface_alt", 1.05, 4),)
_SMALL_TURNS, _TURNS = (0, -8, 8), (-24, 24, -40, 40)
# All measures of light and sharpness are taken from the middle of the face, at this size.
_MEASURED = 128
_INNER = 0.14


class FaceFault(StrEnum):
    """What is wrong with the face of a portrait."""

    NONE_FOUND = "none-found"
    SEVERAL = "several"
    OFF_CENTRE = "off-centre"
    TOO_SMALL = "too-small"
    TOO_NEAR = "too-near"
    TILTED = "tilted"
    BLURRED = "blurred"
    DARK = "dark"
    BRIGHT = "bright"
    UNEVEN = "uneven"


SENTENCES: dict[FaceFault, str] = {
    FaceFault.NONE_FOUND: marked("No face was found. Send a picture of the person looking straight into the camera."),
    FaceFault.SEVERAL: marked("More than one face was found. Send a picture of this person alone."),
    FaceFault.OFF_CENTRE: marked("The face is not in the middle. Move the frame so that it is."),
    FaceFault.TOO_SMALL: marked("The face is too small. Make the frame narrower, or send a picture from nearer."),
    FaceFault.TOO_NEAR: marked("The face is too near. Make the frame wider, or send a picture from farther away."),
    FaceFault.TILTED: marked("The head is tilted. Send a picture with the head upright."),
    FaceFault.BLURRED: marked("The face is blurred. Send a sharper picture."),
    FaceFault.DARK: marked("The face is too dark. Send a picture taken in more light."),
    FaceFault.BRIGHT: marked("The face is too bright. Send a picture taken in softer light."),
    FaceFault.UNEVEN: marked("One half of the face is in shadow. Send a picture with light from the front."),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a portrait is held against; sizes and places are parts of its width and height."""

    least_width: float = 0.32
    most_width: float = 0.78
    off_centre_x: float = 0.11
    highest_y: float = 0.30
    lowest_y: float = 0.62
    most_tilt: float = 13.0  # degrees
    least_sharpness: float = 0.018
    least_light: float = 58.0
    most_light: float = 236.0
    most_unevenness: float = 2.1


@dataclass(frozen=True, slots=True)
class FaceBox:
    """A found face, from brow to chin, in parts of the picture's width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the face."""
        return self.x + self.width / 2, self.y + self.height / 2


def find(image: Image.Image) -> list[FaceBox]:
    """Return the faces that stand upright in a picture, largest first."""
    grey = _grey(image)
    height, width = grey.shape
    return [FaceBox(x / width, y / height, w / width, h / height) for x, y, w, h in _boxes(grey)]


def check_face(data: bytes, *, limits: Limits = Limits()) -> tuple[FaceFault, ...]:
    """Return what is wrong with a portrait; nothing when it is fit. Raises what `rasters.opened` raises."""
    image = rasters.opened(data).image
    grey = _grey(image)
    boxes = _boxes(grey)
    if not boxes:
        return (_turned(grey),)
    if len(boxes) > 1:
        return (FaceFault.SEVERAL,)
    box = boxes[0]
    faults = [*_place_faults(box, grey.shape, limits)]
    tilt = _tilt(grey, box)
    if tilt is not None and abs(tilt) > limits.most_tilt:
        faults.append(FaceFault.TILTED)
    return (*faults, *_light_faults(_measured(image, box, grey.shape), limits))


@lru_cache(maxsize=4)
def _cascade(name: str) -> Any:
    import cv2

    # One web process is one of several: it takes one core.
    cv2.setNumThreads(1)
    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / f"haarcascade_{name}.xml"))


def _grey(image: Image.Image) -> Grey:
    import cv2
    import numpy as np

    small = image.convert("L")
    if max(small.size) > 2 * _SEEN:
        small.thumbnail((4 * _SEEN, 4 * _SEEN))
    height = max(round(_SEEN * small.height / small.width), 1)
    width = _SEEN
    if height > 2 * _SEEN:
        width, height = max(round(width * 2 * _SEEN / height), 1), 2 * _SEEN
    return np.asarray(cv2.resize(np.asarray(small), (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _boxes(grey: Grey) -> list[Found]:
    """Return the faces, largest first. What one cascade overlooks another finds, at times in a picture turned a bit."""
    found = _looked(grey, _LOOKS)
    for angle in () if found else _SMALL_TURNS:
        if turned := _looked(_rotated(grey, angle), _SECOND_LOOK):
            return turned[:1]
    return found


def _looked(grey: Grey, looks: tuple[Look, ...]) -> list[Found]:
    import cv2

    least = max(int(_LEAST_FACE * grey.shape[1]), 24)
    # Evened part by part: over the whole picture, a white wall or scarf would leave a dark face without its features.
    even = cv2.createCLAHE(clipLimit=2.0, tileGridSize=(3, 3)).apply(grey)
    found: list[Found] = []
    for name, step, neighbours in looks:
        seen, votes = _cascade(name).detectMultiScale2(even, step, neighbours, minSize=(least, least))
        # Of boxes that lie over one another, the one that was seen most often.
        for (x, y, w, h), _votes in sorted(zip(seen, votes, strict=True), key=lambda pair: -int(pair[1])):
            box = (int(x), int(y), int(w), int(h))
            if not any(_overlap(box, other) for other in found):
                found.append(box)
    return sorted(found, key=lambda box: -box[2])


def _rotated(grey: Grey, angle: float) -> Grey:
    import cv2
    import numpy as np

    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    return np.asarray(cv2.warpAffine(grey, turn, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _overlap(left: Found, right: Found) -> bool:
    wide = min(left[0] + left[2], right[0] + right[2]) - max(left[0], right[0])
    high = min(left[1] + left[3], right[1] + right[3]) - max(left[1], right[1])
    return wide > 0 and high > 0 and wide * high > 0.2 * min(left[2] * left[3], right[2] * right[3])


def _turned(grey: Grey) -> FaceFault:
    """Tell a tilted face from none: the cascades see only what is nearly upright."""
    tilted = any(_looked(_rotated(grey, angle), _LOOKS) for angle in _TURNS)
    return FaceFault.TILTED if tilted else FaceFault.NONE_FOUND


def _place_faults(box: Found, shape: tuple[int, ...], limits: Limits) -> list[FaceFault]:
    high, wide = shape[:2]
    x, y = (box[0] + box[2] / 2) / wide, (box[1] + box[3] / 2) / high
    faults = []
    if box[2] / wide < limits.least_width:
        faults.append(FaceFault.TOO_SMALL)
    if box[2] / wide > limits.most_width:
        faults.append(FaceFault.TOO_NEAR)
    if abs(x - 0.5) > limits.off_centre_x or not limits.highest_y <= y <= limits.lowest_y:
        faults.append(FaceFault.OFF_CENTRE)
    return faults


def _tilt(grey: Grey, box: Found) -> float | None:
    """Return the angle of the line between the eyes, in degrees; None where both are not seen."""
    import cv2

    x, y, w, h = box
    upper = cv2.equalizeHist(cv2.resize(grey[y : y + int(0.6 * h), x : x + w], (240, 144)))
    for name in ("eye", "eye_tree_eyeglasses"):
        seen = _cascade(name).detectMultiScale(upper, 1.1, 4, minSize=(36, 36))
        eyes = [(ex + ew / 2, ey + eh / 2) for ex, ey, ew, eh in seen]
        if (angle := _angle(eyes)) is not None:
            return angle
    return None


def _angle(eyes: list[tuple[float, float]]) -> float | None:
    lefts, rights = [eye for eye in eyes if eye[0] < 110], [eye for eye in eyes if eye[0] > 130]
    if not lefts or not rights:
        return None
    # Of several pairs, the one that is most level: a brow or a nostril seen as an eye makes a face no more tilted.
    return min(
        (math.degrees(math.atan2(b[1] - a[1], b[0] - a[0])) for a in lefts for b in rights if b[0] - a[0] > 60),
        key=abs,
        default=None,
    )


def _measured(image: Image.Image, box: Found, shape: tuple[int, ...]) -> Grey:
    """Return the middle of the face in grey, at one size for all."""
    import numpy as np

    across, down = image.width / shape[1], image.height / shape[0]
    x, y, w, h = box[0] * across, box[1] * down, box[2] * across, box[3] * down
    inner = (round(x + _INNER * w), round(y + _INNER * h), round(x + w - _INNER * w), round(y + h - _INNER * h))
    return np.asarray(image.crop(inner).convert("L").resize((_MEASURED, _MEASURED), reducing_gap=3.0))


def _light_faults(middle: Grey, limits: Limits) -> list[FaceFault]:
    import cv2
    import numpy as np

    values = middle.astype(np.float64)
    light = float(np.percentile(values, 98))
    halves = float(values[:, : _MEASURED // 2].mean()) + 1, float(values[:, _MEASURED // 2 :].mean()) + 1
    # Beside its own contrast, so that neither a dark skin nor a dark room counts as blurred.
    sharpness = float(cv2.Laplacian(values, cv2.CV_64F).var()) / max(float(values.var()), 25.0)
    faults = []
    if sharpness < limits.least_sharpness:
        faults.append(FaceFault.BLURRED)
    if light < limits.least_light:
        faults.append(FaceFault.DARK)
    if float(np.median(values)) > limits.most_light:
        faults.append(FaceFault.BRIGHT)
    if max(halves) / min(halves) > limits.most_unevenness:
        faults.append(FaceFault.UNEVEN)
    return faults
