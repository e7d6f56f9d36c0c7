"""A text in several languages as it comes from a form."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from ejlas.core.inputs import OrderedChoices, RowsField, TextsField
from ejlas.core.inputs.texts import tidy
from ejlas.core.text import Text


class _Form(forms.Form):
    name = TextsField(required=True)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["name"].speak(["fa", "en"])


def test_wordings_and_what_nobody_confirmed_come_in_by_language():
    form = _Form(QueryDict("name-fa=رشت&name-en= Rasht &name-tk=Reşt&name-unsure=tk&name-unsure=xx"))

    assert form.is_valid()
    assert form.cleaned_data["name"] == Text({"fa": "رشت", "en": "Rasht", "tk": "Reşt"}, frozenset({"tk"}))


def test_a_wording_of_no_language_is_left_out():
    form = _Form(QueryDict("name-en=Rasht&name-constructor=x&name-__proto__=x"))

    assert form.is_valid()
    assert form.cleaned_data["name"] == Text.of(en="Rasht")


@pytest.mark.parametrize("words", ["", "name-fa=&name-en=%20"])
def test_a_needed_text_wants_one_wording(words):
    form = _Form(QueryDict(words))

    assert not form.is_valid()
    assert form.errors["name"] == ["Write it in at least one language."]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("a\u202eb", "ab"),
        ("e\u0301", "\u00e9"),
        ("a\x00\x07b", "ab"),
        ("می\u200cشود", "می\u200cشود"),
        ("one\ntwo", "one two"),
    ],
)
def test_marks_that_turn_the_line_go_and_those_of_the_script_stay(words, kept):
    assert tidy(words, keep_lines=False) == kept


def test_ordered_choices_keep_their_order_and_refuse_one_twice():
    asked = OrderedChoices(choices=[("fa", "Persian"), ("en", "English")], least=1, most=2)

    assert asked.clean(["en", "fa"]) == ["en", "fa"]
    with pytest.raises(ValidationError, match="one place only"):
        asked.clean(["en", "en"])
    with pytest.raises(ValidationError, match="not one of the choices"):
        asked.clean(["xx"])


def test_rows_leave_out_the_empty_and_name_the_row_of_a_fault():
    parts = {"name": forms.CharField(label="Name", max_length=5), "age": forms.IntegerField(label="Age")}
    asked = RowsField(parts=parts, key="name")

    assert asked.clean([{"name": "A", "age": "1"}, {"name": "", "age": ""}]) == [{"name": "A", "age": 1}]
    with pytest.raises(ValidationError, match="Row 2, Age: Enter a whole number"):
        asked.clean([{"name": "A", "age": "1"}, {"name": "B", "age": "x"}])
