"""The public site over a made publication, without a database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from ejlas.exports.content import Content
from ejlas.exports.versions import kept_text
from ejlas.forum import queries
from ejlas.forum.queries import PublishedEdition, versions
from ejlas.forum.queries.versions import PublishedVersion
from ejlas.web.public import answers, publications
from tests.factories.content import LANGUAGES, content


class Site:
    """A client, and the publication that it finds; counts how often the content is read."""

    def __init__(self) -> None:
        self.client = Client(headers={"accept-language": "ru, en;q=0.5"})
        self.n_reads = 0
        self.notes: dict[int, str] = {}
        self.before: dict[int, Content] = {}
        self.publish(content())

    def publish(self, made: Content, *, number: int = 1, digest: str = "a" * 64) -> None:
        edition = made["edition"]
        self.content = made
        self.published = PublishedEdition(
            slug=edition["slug"],
            publication_id=number,
            number=number,
            published_at=datetime(2025, 11, 12, 10, 35, tzinfo=UTC),
            digest=digest,
            languages=tuple(edition["languages"]),
            fallback_languages=tuple(edition["fallback_languages"]),
            colours=tuple(edition["colours"]),
        )

    def edition(self, slug: str) -> PublishedEdition | None:
        return self.published if slug == self.published.slug else None

    def versions(self, slug: str, first: int, last: int) -> list[PublishedVersion]:
        at, digest = self.published.published_at, self.published.digest
        return [
            PublishedVersion(number, at, self.notes.get(number, ""), digest) for number in range(last, first - 1, -1)
        ]

    def changes(self, slug: str, form: str, first: int, last: int) -> dict[int, str]:
        return {number: kept_text(self.before.get(number), self.content)[2] for number in range(first, last + 1)}

    def read(self, publication_id: int) -> Content:
        self.n_reads += 1
        return self.content

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def html(self, page: str = "", language: str = "fa") -> str:
        response = self.get(f"/{language}/rasht2025/{page}")
        assert response.status_code == 200
        return response.content.decode()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    made = Site()
    monkeypatch.setattr(queries, "published_edition", made.edition)
    monkeypatch.setattr(queries, "current_edition", lambda: made.published)
    monkeypatch.setattr(queries, "published_editions", lambda: [made.published])
    monkeypatch.setattr(queries, "publication_content", made.read)
    monkeypatch.setattr(queries, "published_text", lambda *_: None)
    monkeypatch.setattr(versions, "versions_between", made.versions)
    monkeypatch.setattr(versions, "texts_between", made.changes)
    answers.forget()
    publications.forget()
    yield made
    answers.forget()
    publications.forget()


PAGES = ("", "programme/", "programme/print/", "parties/", "delegations/", "declaration/", "data/", "versions/")
EVERY_PAGE = [(language, page) for language in LANGUAGES for page in PAGES]
