"""Two people at one thing: both keep what they wrote, and where they wrote the same field the second is told."""

from __future__ import annotations

from ejlas.accounts import operations as accounts
from ejlas.accounts import queries
from ejlas.accounts.models import Grant
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.forum.models import Party
from tests.factories.pages import form_data
from tests.factories.people import AT

ADDRESS = "/desk/rasht2025/parties/of/gilan/change/"


def _opened(client) -> dict[str, list[str]]:
    return form_data(client.get(ADDRESS).content.decode())


def test_changes_of_different_fields_are_both_kept_and_the_second_is_told(desk, summits):
    first, second = desk(name="First Officer"), desk(Role.PROTOCOL, name="Second Officer")
    one, two = _opened(first), _opened(second)

    first.post(ADDRESS, one | {"rank_class": "2"})
    response = second.post(ADDRESS, two | {"seat-en": "Rasht City"}, follow=True)

    party = Party.objects.get(edition=summits["rasht2025"], slug="gilan")
    assert (party.rank_class, party.seat.values["en"]) == (2, "Rasht City")
    assert "both changes are kept" in response.content.decode()


def test_the_second_in_the_same_field_sees_both_and_loses_nothing(desk, summits):
    first, second = desk(name="First Officer"), desk(name="Second Officer")
    one, two = _opened(first), _opened(second)
    first.post(ADDRESS, one | {"seat-en": "Rasht by the first", "rank_class": "3"})
    lines = Line.objects.count()

    response = second.post(ADDRESS, two | {"seat-en": "Rasht by the second", "note-en": "A remark"})

    page = response.content.decode()
    again = form_data(page)
    assert response.status_code == 409
    assert "Meanwhile First Officer wrote:" in page
    assert "Rasht by the first" in page
    assert (again["seat-en"], again["note-en"], again["rank_class"]) == (["Rasht by the second"], ["A remark"], ["3"])
    assert Line.objects.count() == lines


def test_the_second_saves_again_and_the_choice_counts(desk, summits):
    first, second = desk(), desk()
    one, two = _opened(first), _opened(second)
    first.post(ADDRESS, one | {"seat-en": "Rasht by the first", "rank_class": "3"})
    torn = second.post(ADDRESS, two | {"seat-en": "Rasht by the second"})

    saved = second.post(ADDRESS, form_data(torn.content.decode()))

    party = Party.objects.get(edition=summits["rasht2025"], slug="gilan")
    assert saved.status_code == 302
    assert (party.seat.values["en"], party.rank_class) == ("Rasht by the second", 3)


def test_what_was_removed_meanwhile_is_said_to_be_gone(desk, summits):
    first, second = desk(), desk()
    milestone = summits["rasht2025"].milestone_set.first()
    address = f"/desk/rasht2025/milestones/of/{milestone.slug}/change/"
    data = form_data(second.get(address).content.decode())
    first.post(f"/desk/rasht2025/milestones/of/{milestone.slug}/remove/")

    response = second.post(address, data | {"wording-en": "Another"})

    assert response.status_code == 404
    assert not summits["rasht2025"].milestone_set.filter(pk=milestone.pk).exists()


def test_a_thing_changed_since_it_was_seen_is_not_removed_unseen(desk, summits):
    first, second = desk(), desk()
    duty = summits["rasht2025"].duty_set.first()
    base = f"/desk/rasht2025/duties/of/{duty.slug}/"
    asked = form_data(second.get(f"{base}remove/").content.decode(), "class")
    first.post(f"{base}change/", form_data(first.get(f"{base}change/").content.decode()) | {"task-en": "Another duty"})

    response = second.post(f"{base}remove/", asked, follow=True)

    assert "Somebody changed this while you were writing" in response.content.decode()
    assert summits["rasht2025"].duty_set.filter(pk=duty.pk).exists()


def test_a_role_withdrawn_while_the_form_is_open_writes_nothing_and_says_so(desk, summits):
    client = desk(Role.PROTOCOL)
    data = _opened(client)
    grant = Grant.objects.get(user=client.user)
    accounts.withdraw_role(grant=grant, by=queries.system_account(), at=AT)
    lines = Line.objects.count()

    response = client.post(ADDRESS, data | {"rank_class": "9"})

    assert response.status_code == 403
    assert "Nothing was changed" in response.content.decode()
    assert Line.objects.count() == lines
    assert Party.objects.get(edition=summits["rasht2025"], slug="gilan").rank_class != 9


def test_a_role_that_has_ended_opens_nothing(desk, summits):
    client = desk(Role.PROTOCOL)
    Grant.objects.filter(user=client.user).update(ends_at=AT)

    assert client.get(ADDRESS).status_code == 403


def test_a_form_from_another_site_writes_nothing(desk, summits):
    client = desk()
    data = _opened(client)
    client.handler.enforce_csrf_checks = True

    response = client.post(ADDRESS, data | {"rank_class": "9"})

    assert response.status_code == 403
    assert Party.objects.get(edition=summits["rasht2025"], slug="gilan").rank_class != 9
