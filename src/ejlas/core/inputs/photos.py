"""A photograph that a person sends: the file, and the part of it that is used if a part was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from ejlas.core.errors import RuleBroken, marked
from ejlas.core.files import rules
from ejlas.core.formats import rasters
from ejlas.core.formats.pictures import LEAST, Box

MOST_BYTES = 10_000_000
# What the page says while the file is still with the person; of faults, in the words of the server.
WORDS = {
    "empty": rules.FileEmpty.message,
    "large": rules.FileTooLarge.message,
    "heic": rules.HeicRefused.message,
    "none": rasters.NoPicture.message,
    "small": rasters.PictureTooSmall.message,
    "size": marked("%(width)s × %(height)s pixels, %(size)s MB. The part around the face is used."),
    "part": marked("The part that is used has %(width)s × %(height)s pixels."),
    "shown": marked("The picture that you chose"),
    "frame": marked("The part that is used. The arrow keys move it; plus and minus change its size."),
    "choose": marked("Choose the part yourself"),
    "auto": marked("Use the part around the face"),
    "smaller": marked("Smaller part"),
    "larger": marked("Larger part"),
}


@dataclass(frozen=True, slots=True)
class Photo:
    """What was sent; without a box, the part around the face is used."""

    name: str
    data: bytes
    box: Box | None


class PhotoInput(forms.FileInput):
    """A file, shown when it is chosen, with a frame of 3:4 that a person may move; without scripts, a file alone."""

    template_name = "ui/inputs/photo.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ",".join(sorted(rules.PICTURES)), **(attrs or {})})
        self.most_bytes = MOST_BYTES

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["most_bytes"] = self.most_bytes
        context["widget"]["least"] = LEAST
        context["widget"]["allowed"] = rules.labels_of(rules.PICTURES)
        context["widget"]["words"] = {name: gettext(words) for name, words in WORDS.items()}
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return files.get(name), str(data.get(f"{name}-box", ""))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in files


class PhotoField(forms.Field):
    """A photograph as JPEG, PNG or WebP; cleaned to a `Photo`, or to None when no file was sent."""

    widget: Any = PhotoInput

    def __init__(self, *, most_bytes: int = MOST_BYTES, **options: Any) -> None:
        super().__init__(**options)
        self.most_bytes = self.widget.most_bytes = most_bytes

    def clean(self, value: Any) -> Photo | None:
        """Return what was sent, known by its content. Raises ValidationError."""
        file, words = value or (None, "")
        if not isinstance(file, UploadedFile):
            self.validate(None)
            return None
        try:
            rules.require_size(file.size or 0, most_bytes=self.most_bytes)
            data = file.read()
            rules.examine(data, allowed=rules.PICTURES, most_bytes=self.most_bytes)
        except RuleBroken as broken:
            raise ValidationError(broken.sentence(gettext), code="invalid") from broken
        return Photo(file.name or "", data, Box.read(words))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data and data[0])
