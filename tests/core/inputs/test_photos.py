"""A photograph in a form: with and without the part that was chosen, and what is no photograph."""

from __future__ import annotations

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from ejlas.core.formats.pictures import Box
from ejlas.core.inputs import PhotoField
from ejlas.core.inputs.photos import Photo

JPEG = b"\xff\xd8\xff\xe0" + b"a picture" * 9


class Sheet(forms.Form):
    photo = PhotoField(required=False, most_bytes=1000)


def sent(body=None, **data):
    files = MultiValueDict({"photo": [SimpleUploadedFile("me.jpg", body)]} if body is not None else {})
    return Sheet(data, files)


@pytest.mark.parametrize(
    ("words", "box"),
    [({}, None), ({"photo-box": "0.1,0.2,0.5,0.6"}, Box(0.1, 0.2, 0.5, 0.6)), ({"photo-box": "drop table"}, None)],
)
def test_photo_comes_with_the_part_that_was_chosen(words, box):
    form = sent(JPEG, **words)

    assert form.is_valid()
    assert form.cleaned_data["photo"] == Photo("me.jpg", JPEG, box)
    assert form.has_changed()


def test_no_file_is_no_photo():
    form = sent(**{"photo-box": "0,0,1,1"})

    assert form.is_valid()
    assert form.cleaned_data["photo"] is None
    assert not form.has_changed()
    form.fields["photo"].required = True
    assert not Sheet.base_fields["photo"].required
    assert "photo" in _required().errors


def _required():
    form = sent()
    form.fields["photo"].required = True
    return form


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (JPEG + b"\0" * 1000, "at most 0.01 MB"),
        (b"%PDF-1.7", "Taken are: JPEG, PNG, WebP."),
        (b"\0\0\0\x18ftypheic", "HEIC"),
    ],
)
def test_what_is_no_photograph_is_refused_in_words(body, words):
    form = sent(body)

    assert not form.is_valid()
    assert words in form.errors["photo"][0]


def test_field_is_a_plain_file_for_a_browser_without_scripts():
    page = str(Sheet()["photo"])

    assert 'type="file" name="photo"' in page
    assert 'accept="image/jpeg,image/png,image/webp"' in page
    assert 'data-most-bytes="1000" data-least-width="300" data-least-height="400"' in page
    assert '<input type="hidden" name="photo-box" data-photo-box>' in page
    assert "%(size)s MB" in page
    assert Sheet().is_multipart()
