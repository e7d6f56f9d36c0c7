"""Who may see and change delegations, their people and letters; and which fields of a person each role may read."""

from __future__ import annotations

from typing import Any

from ejlas.accounts.permissions import grants_of, held_by, may, roles_at, state
from ejlas.accounts.rules import STAFF, Role
from ejlas.delegations.models import Delegation, Person, PersonQuerySet
from ejlas.delegations.rules.people import PersonField
from ejlas.delegations.rules.states import OF_VETTING, DelegationKind, PersonState, Step, steps_from
from ejlas.forum.models import Edition

state(
    {
        "delegations.view_delegations": held_by(*STAFF),
        "delegations.change_delegations": held_by(Role.HEAD, Role.PROTOCOL, Role.ACCREDITATION_DESK),
        "delegations.view_people": held_by(*STAFF),
        "delegations.change_people": held_by(Role.HEAD, Role.ACCREDITATION_DESK),
        "delegations.check_people": held_by(Role.HEAD, Role.ACCREDITATION_DESK, Role.MEDIA_DESK),
        "delegations.invite_filers": held_by(Role.HEAD, Role.PROTOCOL, Role.ACCREDITATION_DESK, Role.MEDIA_DESK),
        "delegations.read_personal": held_by(
            Role.HEAD, Role.PROTOCOL, Role.ACCREDITATION_DESK, Role.TRANSPORT_DESK, Role.MEDIA_DESK
        ),
        "delegations.read_care": held_by(Role.HEAD, Role.PROTOCOL, Role.ACCREDITATION_DESK),
        "delegations.vet_people": held_by(Role.VETTING),
        "delegations.view_letters": held_by(*STAFF),
        "delegations.change_letters": held_by(Role.HEAD, Role.PROTOCOL),
        "delegations.erase_people": held_by(Role.HEAD),
        "delegations.view_passes": held_by(*STAFF),
        "delegations.change_passes": held_by(Role.HEAD, Role.ACCREDITATION_DESK),
        "delegations.hand_out_passes": held_by(Role.HEAD, Role.ACCREDITATION_DESK),
        "delegations.revoke_passes": held_by(Role.HEAD, Role.ACCREDITATION_DESK, Role.VETTING),
        "delegations.change_gates": held_by(Role.HEAD, Role.ACCREDITATION_DESK),
        "delegations.supervise_gates": held_by(Role.HEAD, Role.ACCREDITATION_DESK, Role.PROTOCOL),
        "delegations.keep_gate": held_by(Role.GATE, Role.HEAD, Role.ACCREDITATION_DESK),
    }
)

_DOCUMENT = frozenset(
    {
        PersonField.DOCUMENT_KIND,
        PersonField.DOCUMENT_NUMBER,
        PersonField.DOCUMENT_STATE,
        PersonField.DOCUMENT_EXPIRES_ON,
    }
)
PHOTO, PAPERS = "photo", "papers"
_REACH = frozenset({PersonField.PHONE, PersonField.EMAIL})
_IDENTITY = frozenset({*_DOCUMENT, PersonField.BORN_ON, PHOTO, PAPERS})
_CARE = frozenset({PersonField.DIET, PersonField.HEALTH})

# What of a person is personal, and the purpose for which each role may read it; a role that is not here reads none.
READS: dict[Role, frozenset[str]] = {
    Role.HEAD: _IDENTITY | _REACH | _CARE,
    Role.ACCREDITATION_DESK: _IDENTITY | _REACH | _CARE,
    Role.PROTOCOL: frozenset({PHOTO}) | _REACH | frozenset({PersonField.DIET}),
    Role.TRANSPORT_DESK: frozenset({PersonField.PHONE}),
    Role.MEDIA_DESK: _IDENTITY | _REACH,
    # Vetting sees who it is, not how the person is, nor how to reach that person.
    Role.VETTING: _IDENTITY,
}


def visible_people(user: Any, edition: Edition) -> PersonQuerySet:
    """Return the people whom a user may see at an edition; the media desk works for the press alone."""
    people = Person.objects.filter(edition=edition)
    if may(user, "delegations.view_people", edition):
        return people
    if may(user, "delegations.vet_people", edition):
        return people.filter(state__in=VETTED)
    return people.none()


# Vetting sees those before it, and those on whom it has decided.
VETTED = (PersonState.VETTING, PersonState.APPROVED, PersonState.REFUSED)


def files_for(user: Any, delegation: Delegation) -> bool:
    """Whether a user files the list of a delegation: its focal point, or a journalist of the medium."""
    role = Role.FOCAL_POINT if delegation.kind == DelegationKind.PARTY else Role.JOURNALIST
    slug = delegation.edition.slug
    return any(
        held.role in (role, Role.FOCAL_POINT) and held.edition == slug and held.party == delegation.slug
        for held in grants_of(user)
    )


def fields_read(user: Any, person: Person) -> frozenset[str]:
    """Return the personal fields of a person that a user may read, by the user's roles and what each is for."""
    edition = person.delegation.edition
    if files_for(user, person.delegation):
        return _IDENTITY | _REACH | _CARE
    roles = roles_at(user, edition)
    if person.delegation.kind != DelegationKind.PRESS:
        roles -= {Role.MEDIA_DESK}
    if person.state not in VETTED:
        roles -= {Role.VETTING}
    return frozenset().union(*(READS.get(role, frozenset()) for role in roles))


def reads_papers(user: Any, delegation: Delegation) -> bool:
    """Whether a user may read the papers of a list, such as the letter that names its people."""
    if files_for(user, delegation):
        return True
    roles = roles_at(user, delegation.edition) - {Role.VETTING}
    if delegation.kind != DelegationKind.PRESS:
        roles -= {Role.MEDIA_DESK}
    return any(PAPERS in READS.get(role, frozenset()) for role in roles)


def may_act_on_list(user: Any, delegation: Delegation) -> bool:
    """Whether a user decides on a list: the accreditation desk; of the press also the media desk."""
    if may(user, "delegations.change_people", delegation.edition):
        return True
    is_press = delegation.kind == DelegationKind.PRESS
    return is_press and may(user, "delegations.check_people", delegation.edition)


def may_change(user: Any, person: Person) -> bool:
    """Whether a user of the host may change a person: the accreditation desk, and the media desk those of the press."""
    return may_act_on_list(user, person.delegation)


def steps_for(user: Any, person: Person) -> tuple[Step, ...]:
    """Name the steps that a user of the host may take with a person now."""
    edition = person.delegation.edition
    state_now = PersonState(person.state)
    vets = may(user, "delegations.vet_people", edition)
    checks = may_change(user, person)
    possible = steps_from(state_now)
    return tuple(
        step for step in possible if step is not Step.SUBMIT and _takes(step, state_now, vets=vets, checks=checks)
    )


def _takes(step: Step, state_now: PersonState, *, vets: bool, checks: bool) -> bool:
    if step in OF_VETTING:
        return vets
    if step is Step.RETURN and state_now is PersonState.VETTING:
        return vets
    if step is Step.REFUSE and state_now in VETTED:
        return vets or (checks and state_now is PersonState.APPROVED)
    return checks
