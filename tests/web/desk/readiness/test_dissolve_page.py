"""A body that is no more hands what it owes to the one that follows it."""

from __future__ import annotations

import pytest

from ejlas.accounts.rules import Role
from ejlas.readiness.models import Body, Obligation
from tests.factories.readiness import body, owed

pytestmark = pytest.mark.same_on_any_database("pages over operations that are tested on both")


@pytest.mark.parametrize("slug", ["rasht2025", "atlantic2027"])
def test_a_body_is_dissolved_only_with_one_that_follows_it(slug, desk, summits):
    edition = summits[slug]
    Obligation.objects.filter(edition=edition).delete()
    thing, heir, client = owed(edition), body(edition, "harbour"), desk(edition=slug)
    page = f"/desk/{slug}/bodies/of/airport/"

    asked = client.get(f"{page}dissolve/").content.decode()
    alone = client.post(f"{page}dissolve/", {"day": "2025-09-10", "heir": ""})
    never = client.post(f"{page}dissolve/", {"day": "soon", "heir": "harbour"})
    done = client.post(f"{page}dissolve/", {"day": "2025-09-10", "heir": "harbour"})

    thing.refresh_from_db()
    assert f"{page}dissolve/" not in client.get(page).content.decode()
    assert 'value="harbour"' in asked
    assert [each.status_code for each in (alone, never, done)] == [422, 422, 302]
    assert "still owes" in alone.content.decode()
    assert (thing.body, str(Body.objects.get(edition=edition, slug="airport").dissolved_on)) == (heir, "2025-09-10")
    assert client.get(f"{page}dissolve/").status_code == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BODY])
def test_who_may_not_change_readiness_dissolves_nothing(role, desk, summits):
    owed(summits["rasht2025"])
    client = desk(role)

    assert client.post("/desk/rasht2025/bodies/of/airport/dissolve/", {"day": "2025-09-10"}).status_code == 403
    assert "dissolve/" not in client.get("/desk/rasht2025/bodies/of/airport/").content.decode()
