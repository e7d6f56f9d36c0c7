"""Errors that can be shown to a person: a sentence marked for translation, and its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping


class RuleBroken(Exception):
    """A house rule was broken; a subclass states the rule in `message`, with named placeholders.

    The sentence is made where it is shown, in the reader's language; this module stays free of any framework.
    """

    message: str = ""
    # The field of a form beside which the sentence stands; without one, above all of them.
    field: str = ""

    def __init__(self, **values: object) -> None:
        super().__init__(self.message, values)
        self.values: Mapping[str, object] = values

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """Return the sentence in the language of `translate`, with the values put in."""
        return translate(self.message) % self.values

    def __str__(self) -> str:
        return self.sentence()


def marked(message: str) -> str:
    """Mark a message for translation without translating it yet."""
    return message
