"""The page of a delegation: its list taken on or back, its papers, who files it, and media for the media desk alone."""

from __future__ import annotations

import pytest

from ejlas.accounts import queries as accounts
from ejlas.accounts.models import Grant, Invitation
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.delegations import operations
from ejlas.delegations.models import Delegation
from ejlas.delegations.rules.states import ListState, PaperKind, PersonState
from tests.factories.delegations import AT
from tests.factories.people import person
from tests.factories.summits import SUMMITS

LETTER = b"%PDF-1.7\nthe letter that names the delegation"


def _page(delegation, rest: str = "") -> str:
    return f"/desk/{delegation.edition.slug}/delegations/of/{delegation.slug}/{rest}"


def _kept(delegation) -> Delegation:
    return Delegation.objects.get(pk=delegation.pk)


def _stand(delegation, state: ListState) -> Delegation:
    Delegation.objects.filter(pk=delegation.pk).update(list_state=state)
    return _kept(delegation)


@pytest.fixture
def letter(delegations):
    delegation = delegations()[0]
    by = accounts.system_account()
    return operations.add_paper(
        delegation=delegation, kind=PaperKind.NOMINATION, data=LETTER, name="نامه.pdf", by=by, at=AT
    )


@pytest.mark.parametrize("slug", SUMMITS)
def test_page_tells_people_by_state_places_and_what_can_be_done_with_the_list(slug, desk, delegations, people_in):
    delegation = _stand(delegations(slug)[0], ListState.SUBMITTED)
    people_in(delegation, PersonState.VETTING, 2)

    page = desk(Role.ACCREDITATION_DESK, edition=slug).get(_page(delegation)).content.decode()

    assert f"delegation={delegation.slug}&amp;state=vetting" in page
    assert all(f"?act={act}" in page for act in ("return", "confirm", "lock", "open"))
    assert "Being vetted" in page
    assert "Invite the focal point" in page


def test_each_party_without_a_delegation_gets_one_by_a_button_and_a_press_without_it_does_nothing(desk, summits):
    # Where the sample opened them already, one is taken away.
    Delegation.objects.filter(people__isnull=True, edition=summits["rasht2025"]).delete()
    before = Delegation.objects.filter(edition=summits["rasht2025"]).count()
    client = desk(Role.PROTOCOL)

    asked = client.get("/desk/rasht2025/delegations/").content.decode()
    client.post("/desk/rasht2025/delegations/open/")
    untouched = Delegation.objects.filter(edition=summits["rasht2025"]).count()
    client.post("/desk/rasht2025/delegations/open/", {"sure": "1"})

    parties = summits["rasht2025"].party_set.count()
    assert f"Open a delegation for each of the {parties - before} parties" in asked
    assert untouched == before
    assert Delegation.objects.filter(edition=summits["rasht2025"]).count() == parties
    assert "have no delegation yet" not in client.get("/desk/rasht2025/delegations/").content.decode()


def test_a_list_goes_back_with_a_reason_in_the_language_of_the_delegation_and_not_without(desk, delegations, posted):
    delegation = _stand(delegations()[0], ListState.SUBMITTED)
    Delegation.objects.filter(pk=delegation.pk).update(language="ru", contact_email="office@example.org")
    client, seen = desk(Role.ACCREDITATION_DESK), {"act": "return", "sure": "1", "revision": delegation.revision}

    refused = client.post(_page(delegation, "act/"), seen | {"ready": "", "reason": "  "})
    untouched = _kept(delegation).list_state
    with posted() as mails:
        client.post(_page(delegation, "act/"), seen | {"ready": "", "reason": "Не хватает письма."})

    assert refused.status_code == 422
    assert "Write why" in refused.content.decode()
    assert untouched == ListState.SUBMITTED
    assert (_kept(delegation).list_state, _kept(delegation).answer) == (ListState.RETURNED, "Не хватает письма.")
    assert [each.to for each in mails] == [["office@example.org"]]
    assert "Не хватает письма." not in mails[0].body


def test_the_second_of_two_officers_is_told_and_changes_nothing(desk, delegations):
    delegation = _stand(delegations()[0], ListState.SUBMITTED)
    first, second = desk(Role.HEAD), desk(Role.ACCREDITATION_DESK)
    sent = {"sure": "1", "revision": delegation.revision}

    first.post(_page(delegation, "act/"), sent | {"act": "lock"})
    answer = second.post(_page(delegation, "act/"), sent | {"act": "open"}, follow=True)

    assert "Somebody changed this" in answer.content.decode()
    assert _kept(delegation).list_state == ListState.LOCKED


def test_the_confirmation_names_the_delegation_and_reading_it_changes_nothing(desk, delegations):
    delegation = _stand(delegations()[0], ListState.SUBMITTED)
    client, lines = desk(Role.ACCREDITATION_DESK), Line.objects.count()

    page = client.get(_page(delegation, "act/?act=lock")).content.decode()

    name = delegation.title.wording("en", delegation.edition.fallback_languages).text
    assert name in page
    assert "Lock the list of" in page
    assert Line.objects.count() == lines


def test_the_media_desk_acts_on_media_and_not_on_parties(desk, delegations, medium):
    party, press = _stand(delegations()[0], ListState.SUBMITTED), _stand(medium(), ListState.SUBMITTED)
    client = desk(Role.MEDIA_DESK)

    assert client.get(_page(party, "act/?act=lock")).status_code == 404
    assert client.get(_page(party, "walk-in/")).status_code == 404
    assert "?act=lock" not in client.get(_page(party)).content.decode()
    client.post(_page(press, "act/"), {"act": "lock", "sure": "1", "revision": press.revision})
    assert _kept(press).list_state == ListState.LOCKED


def test_a_letter_is_handed_out_to_who_may_read_it_and_kept_by_nobody(desk, letter):
    address = f"/desk/rasht2025/papers/{letter.slug}/"

    answer = desk(Role.ACCREDITATION_DESK).get(address)

    assert b"".join(answer) == LETTER
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%D9%86")
    for role in (Role.PROTOCOL, Role.MEDIA_DESK, Role.TRANSPORT_DESK):
        assert desk(role).get(address).status_code == 404
    for role in (Role.PROGRAMME_DESK, Role.VETTING, Role.AUDITOR):
        assert desk(role).get(address).status_code == 403
    assert desk(Role.HEAD, edition="atlantic2027").get(f"/desk/atlantic2027/papers/{letter.slug}/").status_code == 404


def test_a_focal_point_is_invited_once_and_shown_as_invited(desk, delegations):
    delegation = delegations()[0]
    client = desk(Role.HEAD)
    sent = {"email": "focal@example.org", "name": "Arezu Deniz", "language": "ru"}

    client.post(_page(delegation, "invite/"), sent)
    again = client.post(_page(delegation, "invite/"), sent)

    role = Invitation.objects.get(email="focal@example.org").roles.get()
    assert (role.role, role.edition, role.party) == (Role.FOCAL_POINT, "rasht2025", delegation.slug)
    assert again.status_code == 422
    assert "has an open invitation" in again.content.decode()
    delegation.refresh_from_db()
    assert (delegation.contact_name, delegation.contact_email) == ("Arezu Deniz", "focal@example.org")
    page = client.get(_page(delegation)).content.decode()
    assert "Arezu Deniz" in page
    assert "Invited" in page


def test_who_has_an_account_becomes_the_journalist_of_a_medium_at_once(desk, medium):
    press, known = medium(), person(email="vera@example.org", name="Vera Lodkina")
    client = desk(Role.HEAD)

    client.post(_page(press, "invite/"), {"email": "vera@example.org", "name": "", "language": "ru"})

    grant = Grant.objects.get(user=known)
    assert (grant.role, grant.edition, grant.party) == (Role.JOURNALIST, "rasht2025", press.slug)
    assert "Vera Lodkina" in client.get(_page(press)).content.decode()


@pytest.mark.parametrize("wrong", [{"email": "no address"}, {"email": ""}, {"language": "xx"}])
def test_an_invitation_without_an_address_or_a_language_is_refused(wrong, desk, delegations):
    sent = {"email": "focal@example.org", "name": "", "language": "ru"} | wrong

    answer = desk(Role.HEAD).post(_page(delegations()[0], "invite/"), sent)

    assert answer.status_code == 422
    assert not Invitation.objects.filter(email="focal@example.org").exists()


def test_the_desk_and_protocol_invite_for_parties_and_the_media_desk_for_media(desk, delegations, medium):
    party, press = _page(delegations()[0], "invite/"), _page(medium(), "invite/")
    roles = (Role.HEAD, Role.PROTOCOL, Role.ACCREDITATION_DESK, Role.MEDIA_DESK, Role.PROGRAMME_DESK, Role.AUDITOR)

    answers = {role: (desk(role).get(party).status_code, desk(role).get(press).status_code) for role in roles}

    assert answers == {
        Role.HEAD: (200, 200),
        Role.PROTOCOL: (200, 404),
        Role.ACCREDITATION_DESK: (200, 200),
        Role.MEDIA_DESK: (404, 200),
        Role.PROGRAMME_DESK: (403, 403),
        Role.AUDITOR: (403, 403),
    }
