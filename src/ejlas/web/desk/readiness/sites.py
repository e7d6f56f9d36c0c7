"""By which addresses one obligation is answered: at the desk, on the pages of its body, or by a link in a mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

DESK, OWN, LINK = "obligation", "own-obligation", "answer-obligation"


@dataclass(frozen=True, slots=True)
class Site:
    """The pages of obligations for one kind of reader.

    Parameters
    ----------
    name : of the page of one obligation
    root : what stands before its short name in an address: the edition, or the secret of a link
    """

    name: str
    root: str

    @property
    def is_of_body(self) -> bool:
        """Whether the body that owes it reads here, and not the staff."""
        return self.name != DESK

    def page(self, slug: str) -> str:
        """Return the address of one obligation."""
        return reverse(f"desk:{self.name}", args=[self.root, slug])

    def act(self, act: str, slug: str) -> str:
        """Return where something is done about it: step, progress, prove, say."""
        return reverse(f"desk:{self.name}-{act}", args=[self.root, slug])

    def proof(self, slug: str, proof: str) -> str:
        """Return the address of the file of a piece of evidence."""
        return reverse(f"desk:{self.name}-proof", args=[self.root, slug, proof])

    def finding(self, slug: str, answer: UUID) -> str:
        """Return the address of the photo of what a round found wanting."""
        return reverse(f"desk:{self.name}-finding", args=[self.root, slug, answer])


def at_desk(edition: Any) -> Site:
    """Return the pages of the desk."""
    return Site(DESK, edition.slug)


def of_own(edition: Any) -> Site:
    """Return the pages of a body that signs in."""
    return Site(OWN, edition.slug)


def by_link(token: str) -> Site:
    """Return the pages that a link in a mail opens."""
    return Site(LINK, token)


def home_by_link(token: str) -> str:
    """Return the address of the page that a link in a mail opens."""
    return reverse("desk:answer", args=[token])
