"""Taking passes on: printed, handed out, suspended, revoked, lost, replaced, given back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from ejlas.accounts.models import User
from ejlas.core import changes
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.core.changes import ChangedMeanwhile, Changes
from ejlas.core.files import operations as files
from ejlas.core.files import rules as kinds
from ejlas.core.files.models import StoredFile
from ejlas.delegations.models import Badge
from ejlas.delegations.operations.errors import ReasonNeeded
from ejlas.delegations.operations.passes import badges as making
from ejlas.delegations.operations.passes import errors, lists
from ejlas.delegations.rules.passes.badges import STEPS, WITH_REASON, BadgeState, BadgeStep
from ejlas.forum.models import Edition

EVENT = making.EVENT
MOST_PAPER_BYTES, MOST_SIGNATURE_BYTES = 10_000_000, 200_000
MOST_PRINTS = 127


@transaction.atomic
def take_step(
    *,
    badges: Iterable[Badge],
    step: BadgeStep,
    by: User,
    at: datetime,
    reason: str = "",
    revisions: Mapping[str, int] | None = None,
) -> int:
    """Take passes of one edition one step on, all of them or none; return how many. Printing and handing out: below.

    Raises BadgeStepNotPossible, ReasonNeeded, ChangedMeanwhile.
    """
    chosen = sorted({badge.pk: badge for badge in badges}.values(), key=lambda badge: badge.pk)
    if not chosen:
        return 0
    if step in WITH_REASON and not reason.strip():
        raise ReasonNeeded
    edition = chosen[0].edition
    gate_list = lists.locked(edition)
    done = Changes()
    for badge in chosen:
        row = _locked(badge, step, (revisions or {}).get(badge.slug))
        done += changes.change(row, _fields(row, step, reason, at), event=EVENT, at=at)
    audit.record(done.entries, scope=edition.slug, by=by.name, at=at)
    lists.note_badges(edition, [badge.pk for badge in chosen], gate_list=gate_list)
    return len(chosen)


def _locked(badge: Badge, step: BadgeStep, revision: int | None) -> Badge:
    row = Badge.objects.select_for_update().get(pk=badge.pk)
    if revision is not None and row.revision != revision:
        raise ChangedMeanwhile
    if row.state not in STEPS[step][0]:
        raise errors.BadgeStepNotPossible(number=row.number)
    return row


def _fields(row: Badge, step: BadgeStep, reason: str, at: datetime) -> dict[str, Any]:
    fields: dict[str, Any] = {"state": STEPS[step][1], "reason": reason.strip()}
    if step is BadgeStep.SUSPEND:
        fields["state_before"] = row.state
    if step is BadgeStep.RESUME:
        fields |= {"state": row.state_before or BadgeState.ISSUED, "state_before": ""}
    if step is BadgeStep.RETURN:
        fields["returned_at"] = at
    return fields


@transaction.atomic
def note_printed(*, badges: Iterable[Badge], by: User, at: datetime, reason: str = "") -> int:
    """Count one more print of each pass, and void what was printed of it before; return how many.

    Whoever prints does this first and then makes the cards, whose codes tell the print. Of passes that were printed
    before, a reason is asked for. Raises BadgeStepNotPossible, ReasonNeeded, NumbersUsedUp.
    """
    chosen = list(badges)
    if not chosen:
        return 0
    edition = chosen[0].edition
    # The row of the list comes first, as everywhere: two who change passes never wait for one another.
    gate_list = lists.locked(edition)
    # Of thousands no more is read than what decides.
    held = Badge.objects.select_for_update().filter(pk__in=[badge.pk for badge in chosen]).order_by("pk")
    rows = list(held.only("slug", "number", "state", "print_number"))
    for row in rows:
        if row.state not in STEPS[BadgeStep.PRINT][0]:
            raise errors.BadgeStepNotPossible(number=row.number)
        if row.print_number and not reason.strip():
            raise ReasonNeeded
        if row.print_number >= MOST_PRINTS:
            raise errors.NumbersUsedUp(most=MOST_PRINTS)
    gate_list.revision += 1
    gate_list.save(update_fields=["revision"])
    for row in rows:
        row.print_number += 1
    # The rows are locked: one statement for all takes a tenth of the time of one that names the values of each.
    Badge.objects.filter(pk__in=[row.pk for row in rows]).update(
        print_number=F("print_number") + 1,
        state=BadgeState.PRINTED,
        printed_at=at,
        gate_revision=gate_list.revision,
        revision=F("revision") + 1,
    )
    _note_prints(rows, edition, reason.strip(), by=by, at=at)
    return len(rows)


def _note_prints(rows: list[Badge], edition: Edition, reason: str, *, by: User, at: datetime) -> None:
    # A line for each pass that has a history to tell; one for all where thousands are printed the first time.
    again = [row for row in rows if row.print_number > 1]
    entries = [
        Entry(f"{EVENT}.printed", "badge", row.slug, {"after": {"print_number": row.print_number, "reason": reason}})
        for row in again
    ]
    first = [row.number for row in rows if row.print_number == 1]
    if first:
        entries.append(Entry(f"{EVENT}.printed", "badge", "many", {"after": {"numbers": first}}))
    audit.record(entries, scope=edition.slug, by=by.name, at=at)


@dataclass(frozen=True, slots=True)
class Collected:
    """Who takes cards, with what shows that it was right to hand them over.

    Parameters
    ----------
    name : who takes them; "" for the person whom the card names
    authority : the written authority of somebody else, and its name as a file (rule 11)
    signature : the signature drawn on the screen, a PNG; None where a printed receipt was signed
    is_signed_on_paper : whether the printed receipt was signed
    """

    name: str = ""
    authority: bytes | None = None
    authority_name: str = ""
    signature: bytes | None = None
    is_signed_on_paper: bool = False


@transaction.atomic
def hand_out(*, badges: Iterable[Badge], to: Collected, by: User, at: datetime) -> int:
    """Hand out printed cards, to the people themselves or to somebody with written authority; return how many.

    Also validates on arrival what was printed and sent ahead (rule 12).
    Raises BadgeStepNotPossible, AuthorityNeeded, SignatureNeeded, FileEmpty, FileTooLarge, FileTypeRefused.
    """
    chosen = sorted({badge.pk: badge for badge in badges}.values(), key=lambda badge: badge.pk)
    if not chosen:
        return 0
    if to.signature is None and not to.is_signed_on_paper:
        raise errors.SignatureNeeded
    if to.authority is not None and not to.name.strip():
        raise errors.AuthorityNeeded
    if to.name.strip() and to.authority is None and any(badge.person_id for badge in chosen):
        raise errors.AuthorityNeeded
    edition = chosen[0].edition
    gate_list = lists.locked(edition)
    authority = _kept(to.authority, to.authority_name, "authority", edition, by=by, at=at)
    signature = _kept(to.signature, "", "signature", edition, by=by, at=at)
    done = Changes()
    for badge in chosen:
        row = _locked(badge, BadgeStep.ISSUE, None)
        fields = {
            "state": BadgeState.ISSUED,
            "issued_at": at,
            "issued_to": to.name.strip(),
            "is_by_authority": authority is not None,
            "authority": authority,
            "signature": signature,
            "reason": "",
        }
        done += changes.change(row, fields, event=EVENT, at=at)
    audit.record(done.entries, scope=edition.slug, by=by.name, at=at)
    lists.note_badges(edition, [badge.pk for badge in chosen], gate_list=gate_list)
    return len(chosen)


def _kept(
    data: bytes | None, name: str, purpose: str, edition: Edition, *, by: User, at: datetime
) -> StoredFile | None:
    if data is None:
        return None
    is_drawn = purpose == "signature"
    return files.keep(
        data,
        scope=edition.slug,
        purpose=purpose,
        name=name,
        allowed=frozenset({kinds.PNG}) if is_drawn else kinds.LETTERS,
        most_bytes=MOST_SIGNATURE_BYTES if is_drawn else MOST_PAPER_BYTES,
        by=by.name,
        at=at,
    )


@transaction.atomic
def report_lost(*, badge: Badge, reason: str, by: User, at: datetime, revision: int | None = None) -> Badge:
    """Note that a card was lost, and make another with a number of its own, ready to be printed (rule 11).

    Raises BadgeStepNotPossible, ReasonNeeded, ChangedMeanwhile.
    """
    revisions = {badge.slug: revision} if revision is not None else None
    take_step(badges=[badge], step=BadgeStep.LOSE, by=by, at=at, reason=reason, revisions=revisions)
    row = {
        "category": badge.category,
        "delegation": badge.delegation,
        "person": badge.person,
        "mark": badge.mark,
        "starts_at": badge.starts_at,
        "ends_at": badge.ends_at,
        "zones": badge.zones,
        "is_category_chosen": badge.is_category_chosen,
        "replaces": badge,
    }
    return making.add_one(row, edition=badge.edition, by=by, at=at)


@transaction.atomic
def change_badge(
    *, thing: Badge, fields: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Bring a pass to these fields: another category, its own span, zones besides.

    Another category than the one printed voids the card that was printed.
    Raises ChangedMeanwhile, NotOneWindow, NotATransferable.
    """
    gate_list = lists.locked(thing.edition)
    row = Badge.objects.select_for_update().get(pk=thing.pk)
    wanted = dict(fields)
    starts, ends = (wanted.get(name, getattr(row, name)) for name in ("starts_at", "ends_at"))
    if starts and ends and ends <= starts:
        raise errors.NotOneWindow
    category = wanted.get("category")
    if category is not None and category.pk != row.category_id:
        if category.kind != row.kind:
            raise errors.NotATransferable(category=making.words(category))
        wanted["is_category_chosen"] = True
        if row.state in (BadgeState.PRINTED, BadgeState.ISSUED):
            wanted["state"] = BadgeState.APPROVED
    done = changes.change(thing, wanted, event=EVENT, revision=revision, at=at)
    audit.record(done.entries, scope=thing.edition.slug, by=by.name, at=at)
    lists.note_badges(thing.edition, [thing.pk], gate_list=gate_list)
    return done


@transaction.atomic
def give_spare(
    *, badge: Badge, holder: str, ends_at: datetime, by: User, at: datetime, reason: str = "", category: Any = None
) -> Badge:
    """Give a printed spare to somebody for a day, with a name. Raises BadgeStepNotPossible."""
    gate_list = lists.locked(badge.edition)
    row = _locked(badge, BadgeStep.ISSUE, None)
    fields = {
        "state": BadgeState.ISSUED,
        "holder": holder.strip(),
        "starts_at": at,
        "ends_at": ends_at,
        "issued_at": at,
        "reason": reason,
    }
    if category is not None:
        fields |= {"category": category, "is_category_chosen": True}
    done = changes.change(row, fields, event=EVENT, at=at)
    audit.record(done.entries, scope=badge.edition.slug, by=by.name, at=at)
    lists.note_badges(badge.edition, [row.pk], gate_list=gate_list)
    return row
