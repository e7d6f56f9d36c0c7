"""Translations: what wants work in a language, source and target side by side; as a page and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ejlas.accounts.permissions import may
from ejlas.core import languages
from ejlas.core.errors import RuleBroken
from ejlas.core.formats import sheets
from ejlas.core.index import queries as index
from ejlas.core.index.rules import WordingState, digest_of
from ejlas.core.inputs.texts import tidy
from ejlas.core.text import Text
from ejlas.exports import table
from ejlas.forum import operations as forum
from ejlas.web.desk import addresses, translating, translation_files
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.translating import TRANSLATED, Written
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Kind
from ejlas.web.ui.reading import Reader

PER_PAGE = 25
LONG = 90


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: into which language, from which, which kind, in which state."""

    language: str
    source: str
    kind: str
    state: str

    @classmethod
    def read(cls, data: QueryDict, edition: Any, reader: Reader) -> Asked:
        """Read an address; what it names wrongly is left out."""
        spoken = list(edition.languages)
        own = reader.language if reader.language in spoken else spoken[-1]
        language = data.get("language", "") if data.get("language", "") in spoken else own
        others = [code for code in spoken if code != language] or spoken
        source = data.get("source", "") if data.get("source", "") in others else others[0]
        kind = data.get("kind", "") if data.get("kind", "") in TRANSLATED else ""
        state = data.get("state", "") if data.get("state", "") in list(WordingState) else ""
        return cls(language, source, kind, state)

    @property
    def states(self) -> tuple[WordingState, ...]:
        """The states that are shown: without a choice, all that want work."""
        return (WordingState(self.state),) if self.state else translating.WORK

    def address(self, **changed: Any) -> str:
        """Return the query of this state with some parts changed."""
        state = {"language": self.language, "source": self.source, "kind": self.kind, "state": self.state, **changed}
        return urlencode({name: value for name, value in state.items() if value})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.view_edition")
def translations(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show wordings that want work, and save those that were written."""
    reader = reader_of(edition)
    asked = Asked.read(request.GET, edition, reader)
    kinds = translating.visible_kinds(request.user, edition)
    if request.GET.get("format") in table.FORMS:
        return _file(request, kinds, edition, asked, reader)
    numbers = translating.work_by_kind(edition, asked.language, asked.states)
    kind = _kind(kinds, asked, numbers)
    if request.method == "POST":
        return _save(request, kind, edition, asked)
    wordings = index.wordings(edition.slug, language=asked.language, states=asked.states, kind=kind.name)
    pages = Paginator(wordings, PER_PAGE)
    pages.count = numbers.get(kind.name, 0)
    page = pages.get_page(request.GET.get("page"))
    keys = {(each.entry.slug, each.field): each.state for each in page.object_list}
    context = _context(request, kind, edition, asked) | {
        "rows": _rows(request.user, kind, edition, asked, keys),
        "page": page,
        "kinds": _kinds(kinds, kind, numbers, asked, reader),
        "count": reader.number(sum(numbers.get(each.name, 0) for each in kinds)),
        "files": [(form, asked.address(format=form)) for form in table.FORMS],
    }
    return render(request, "desk/translations.html", context)


@require_POST
@requires("forum.view_edition")
def take_in(request: HttpRequest, edition: Any) -> HttpResponse:
    """Read a translated file: good rows are kept, bad ones are listed."""
    reader = reader_of(edition)
    back = reverse("desk:translations", args=[edition.slug])
    sent = request.FILES.get("file")
    if sent is None:
        messages.warning(request, _("Choose the file first."))
        return redirect(back)
    try:
        if sent.size and sent.size > sheets.MOST_BYTES:
            raise sheets.SheetTooLarge(most=sheets.MOST_ROWS)
        done = translation_files.read(sheets.read(sent.read()), edition, by=request.user, at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return redirect(back)
    words = ngettext("%(count)s wording is saved.", "%(count)s wordings are saved.", done.n_saved)
    context = frame(request, edition, "translations") | {
        "saved": words % {"count": reader.number(done.n_saved)},
        "n_same": reader.number(done.n_same),
        "faults": [(reader.number(number), address, why) for number, address, why in done.faults],
    }
    return render(request, "desk/translations_read.html", context, status=422 if done.faults else 200)


def _kind(kinds: list[Kind], asked: Asked, numbers: Mapping[str, int]) -> Kind:
    """Return the kind that is shown: the one asked for, else the first that has something to show."""
    by_name = {kind.name: kind for kind in kinds}
    if asked.kind in by_name:
        return by_name[asked.kind]
    return next((kind for kind in kinds if numbers.get(kind.name)), kinds[0])


def _context(request: HttpRequest, kind: Kind, edition: Any, asked: Asked) -> dict[str, Any]:
    own = reader_of(edition).language
    named = [(code, languages.name_of(code, own)) for code in edition.languages]
    return frame(request, edition, "translations") | {
        "kind": kind,
        "asked": asked,
        "targets": named,
        "sources": [pair for pair in named if pair[0] != asked.language or len(named) == 1],
        "states": list(translating.STATES.items()),
        "can_change": may(request.user, kind.change, edition),
        "target": {"name": dict(named)[asked.language], "direction": languages.direction(asked.language)},
        "origin": {"name": dict(named)[asked.source], "direction": languages.direction(asked.source)},
        "list_address": f"{reverse('desk:translations', args=[edition.slug])}?{asked.address()}",
    }


def _kinds(
    kinds: list[Kind], here: Kind, numbers: Mapping[str, int], asked: Asked, reader: Reader
) -> list[dict[str, Any]]:
    """Return the kinds that have something to show, and how much."""
    return [
        {
            "words": kind.many,
            "number": reader.number(numbers.get(kind.name, 0)),
            "query": asked.address(kind=kind.name),
            "is_here": kind is here,
        }
        for kind in kinds
        if numbers.get(kind.name) or kind is here
    ]


def _rows(
    user: Any, kind: Kind, edition: Any, asked: Asked, keys: Mapping[translating.Key, str]
) -> list[dict[str, Any]]:
    """Return what the page shows of these wordings. One SQL query, two where names of parties are asked for."""
    things = list(kind.things(user, edition).filter(slug__in={slug for slug, _field in keys}))
    sheet = kind.sheet(edition, reader_of(edition), things)
    found = {thing.slug: thing for thing in things}
    return [
        _row(kind, edition, found[slug], field, state, asked, sheet)
        for (slug, field), state in keys.items()
        if slug in found and translating.is_asked(kind, field)
    ]


def _row(kind: Kind, edition: Any, thing: Any, field: str, state: str, asked: Asked, sheet: Any) -> dict[str, Any]:
    text: Text = getattr(thing, field)
    source, target = text.values.get(asked.source, ""), text.values.get(asked.language, "")
    is_unsure = asked.language in text.unsure
    return {
        "key": f"{thing.slug}.{field}",
        "name": kind.name_of(thing, sheet),
        "address": addresses.of_thing(kind, edition, thing.slug)["address"],
        "label": translating.label_of(kind, field),
        "state": state,
        "state_word": translating.state_word(state) if state else "",
        "source": source,
        "other": "" if source else sheet.text(text),
        "words": target,
        "is_unsure": is_unsure,
        "is_behind": state == WordingState.BEHIND,
        "is_long": field in kind.form.long_texts or max(len(source), len(target)) > LONG,
        "seen": forum.mark(text, language=asked.language, source=asked.source),
        "was": _digest(kind, field, target, is_unsure=is_unsure),
    }


def _digest(kind: Kind, field: str, words: str, *, is_unsure: bool) -> str:
    """Return a mark of what stands in a row's inputs, to tell whether the person touched it."""
    return digest_of(f"{tidy(words, keep_lines=field in kind.form.long_texts)}\x00{is_unsure}")


def _save(request: HttpRequest, kind: Kind, edition: Any, asked: Asked) -> HttpResponse:
    written = list(_written(request.POST, kind))
    outcome = (
        translating.write(
            kind, edition, written, language=asked.language, source=asked.source, by=request.user, at=timezone.now()
        )
        if may(request.user, kind.change, edition)
        else translating.Outcome(0, _all_refused(written))
    )
    reader = reader_of(edition)
    back = f"{reverse('desk:translations', args=[edition.slug])}?{asked.address(kind=kind.name)}"
    if outcome.n_saved:
        words = ngettext("%(count)s wording is saved.", "%(count)s wordings are saved.", outcome.n_saved)
        messages.success(request, words % {"count": reader.number(outcome.n_saved)})
    if not outcome.refused:
        return redirect(back)
    return _refused(request, kind, edition, asked, written, outcome.refused, back)


def _refused(
    request: HttpRequest,
    kind: Kind,
    edition: Any,
    asked: Asked,
    written: list[Written],
    refused: Mapping[translating.Key, str],
    back: str,
) -> HttpResponse:
    """Show what was not saved beside what is stored now; nothing that was typed is lost."""
    mine = {(each.slug, each.field): each for each in written}
    rows = _rows(request.user, kind, edition, asked, dict.fromkeys(refused, ""))
    left = dict(refused)
    for row in rows:
        slug, _dot, field = row["key"].partition(".")
        own = mine[slug, field]
        row |= {"theirs": row["words"], "words": own.words, "is_unsure": own.is_unsure, "was": ""}
        row["why"] = left.pop((slug, field))
    context = _context(request, kind, edition, asked) | {
        "rows": rows,
        "lost": [(mine[key], why) for key, why in left.items()],
        "is_refused": True,
        "back": back,
    }
    return render(request, "desk/translations.html", context, status=409)


def _all_refused(written: Iterable[Written]) -> dict[translating.Key, str]:
    return {(each.slug, each.field): _("You may not change this.") for each in written}


def _written(data: QueryDict, kind: Kind) -> Iterable[Written]:
    """Yield what a person touched of the rows of a page."""
    for name in [each for each in data if each.startswith("seen.")][:200]:
        _seen, slug, field = [*name.split(".", 2), ""][:3]
        words = str(data.get(f"words.{slug}.{field}", ""))
        is_unsure = f"unsure.{slug}.{field}" in data
        is_current = f"current.{slug}.{field}" in data
        was = _digest(kind, field, words, is_unsure=is_unsure)
        if is_current or was != data.get(f"was.{slug}.{field}"):
            yield Written(slug, field, words, is_unsure, str(data[name]), is_current)


def _file(request: HttpRequest, kinds: list[Kind], edition: Any, asked: Asked, reader: Reader) -> HttpResponse:
    form = request.GET["format"]
    wanted = [kind for kind in kinds if asked.kind in ("", kind.name)]
    made = translation_files.pack(form, wanted, edition, request.user, asked, reader)
    response = HttpResponse(made.body, content_type=made.content_type)
    name = f"{edition.slug}-{asked.source}-{asked.language}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
