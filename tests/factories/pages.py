"""What a person would send from a page: the fields of its form as they stand."""

from __future__ import annotations

from html.parser import HTMLParser


class _Forms(HTMLParser):
    """Gathers the fields of the form that has an attribute."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark, self.inside = mark, False
        self.data: dict[str, list[str]] = {}
        self.select = self.area = None
        self.first: str | None = None

    def handle_starttag(self, tag, attributes):
        held = dict(attributes)
        if tag == "form":
            self.inside = self.mark in held
        if not self.inside:
            return
        name = held.get("name")
        if tag == "input" and name:
            self._input(name, held)
        elif tag == "select":
            self.select, self.first = name, None
        elif tag == "option" and self.select:
            self._option(held)
        elif tag == "textarea":
            self.area, self.words = name, ""

    def _input(self, name, held):
        if held.get("type") in {"checkbox", "radio"}:
            if "checked" in held:
                self._add(name, held.get("value", "on"))
        elif held.get("type") != "submit":
            self._add(name, held.get("value") or "")

    def _option(self, held):
        self.first = held.get("value", "") if self.first is None else self.first
        if "selected" in held:
            self._add(self.select, held.get("value", ""))
            self.first = ""

    def handle_data(self, data):
        if self.area:
            self.words += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "select" and self.select:
            if self.select not in self.data or self.first:
                self._add(self.select, self.first or "")
            self.select = None
        elif tag == "textarea" and self.area:
            self._add(self.area, self.words.removeprefix("\n"))
            self.area = None

    def _add(self, name, value):
        self.data.setdefault(name, []).append(value)


def form_data(html: str, mark: str = "data-draft") -> dict[str, list[str]]:
    """Return the fields of the form that bears this attribute, as a browser would send them untouched."""
    parser = _Forms(mark)
    parser.feed(html)
    parser.data.pop("csrfmiddlewaretoken", None)
    assert parser.data, f"no form with {mark}"
    return parser.data
