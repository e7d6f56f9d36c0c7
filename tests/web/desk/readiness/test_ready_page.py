"""“Are we ready?” and the chart of the plan: each state, what they cost, and who may see them."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.forum.models import Edition
from ejlas.planning.models import Forecast
from ejlas.planning.operations import ready as operations
from ejlas.planning.queries import ready as queries
from ejlas.readiness.models import Obligation
from ejlas.readiness.operations import obligations
from ejlas.readiness.rules.states import Step
from tests.factories.readiness import owed, resource, workstream

SLUGS = ("rasht2025", "atlantic2027")


def opens_in(edition, days):
    """Let the summit open so many days from now."""
    day = timezone.now().astimezone(edition.zone).date() + timedelta(days=days)
    length = edition.ends_on - edition.starts_on
    Edition.objects.filter(pk=edition.pk).update(starts_on=day, ends_on=day + length)
    edition.refresh_from_db()
    Obligation.objects.filter(edition=edition).update(due_on=day - timedelta(days=9))
    return edition


def made(edition, *, at=None, **more):
    moment = at or timezone.now()
    asked = operations.ask_for_forecast(edition=edition, by=accounts.system_account(), at=moment, **more)
    return operations.make_forecast(forecast=queries.forecast_by_key(asked.pk), at=moment)


def prepared(edition, number=1):
    """An edition in preparation, with limited hands, an order, a forecast of a meeting, and one after it."""
    opens_in(edition, 60)
    by, at = accounts.system_account(), timezone.now()
    crew = resource(edition, "lifts", capacity=1)
    rows = [owed(edition, f"Banner {place}", due_on=edition.starts_on - timedelta(days=7)) for place in range(number)]
    for row in rows:
        obligations.set_uses(obligation=row, amounts={crew: 2}, by=by, at=at, revision=row.revision)
    first = Obligation.objects.filter(edition=edition).order_by("pk").first()
    rows[0].refresh_from_db()
    obligations.set_predecessors(obligation=rows[0], lags={first: 1}, by=by, at=at, revision=rows[0].revision)
    meeting = edition.coordinationmeeting_set.get()
    made(edition, at=at - timedelta(days=8), meeting=meeting)
    for step in (Step.START, Step.DELIVER):
        obligations.take_step(obligation=first, step=step, by=by, at=at)
    return made(edition)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_answer_stands_with_what_moved_it_what_it_hangs_on_and_what_would_help(slug, desk, summits):
    prepared(summits[slug])
    client = desk(edition=slug)

    page = client.get(f"/desk/{slug}/readiness/").content.decode()

    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    for said in (
        "1 of 2 obligations are delivered.",
        "By when everything is ready",
        "Work began, was delivered, or was sent back.",
        "Hands that clash",
        "Figures as a table",
        "What the answer rests on",
        "2 working days before the opening",
    ):
        assert said in words
    assert f'href="/desk/{slug}/obligations/of/banner-0/"' in page
    assert not re.search(r"\sstyle=|<style|<script>", page)


@pytest.mark.parametrize("slug", SLUGS)
def test_where_nothing_is_owed_the_page_leads_to_a_template_and_without_a_forecast_to_the_button(slug, desk, summits):
    opens_in(summits[slug], 40)
    client = desk(edition=slug)
    first = client.get(f"/desk/{slug}/readiness/").content.decode()
    Obligation.objects.filter(edition=summits[slug]).delete()
    made(summits[slug])

    empty = client.get(f"/desk/{slug}/readiness/").content.decode()

    assert "No forecast was made yet" in first
    assert "Make the first forecast" in first
    assert "Nothing is owed yet" in empty
    assert f"/desk/{slug}/readiness/template/" in empty
    assert "none was made yet" in client.get(f"/desk/{slug}/readiness/plan/").content.decode()
    assert client.get(f"/desk/{slug}/readiness/plan/data/").status_code == 404


@pytest.mark.same_on_any_database("pages over operations that are tested on both")
def test_a_forecast_that_was_asked_for_is_on_its_way_until_its_worker_is_lost(desk, summits):
    edition = opens_in(summits["rasht2025"], 40)
    client = desk()

    sent = client.post("/desk/rasht2025/readiness/ask/", {"act": "ask"})
    again = client.post("/desk/rasht2025/readiness/ask/", {"act": "ask"}, follow=True).content.decode()
    waits = client.get("/desk/rasht2025/readiness/wait/")
    Forecast.objects.update(asked_at=timezone.now() - timedelta(minutes=9))

    assert (sent.status_code, sent["Location"]) == (302, "/desk/rasht2025/readiness/")
    assert "A forecast is being made already" in again
    assert 'data-ready-wait="/desk/rasht2025/readiness/wait/"' in again
    assert "Make the first" not in again
    assert waits.json() == {"waiting": True}
    assert "no worker took it up" in client.get("/desk/rasht2025/readiness/").content.decode()
    assert client.get("/desk/rasht2025/readiness/wait/").json() == {"waiting": False}
    assert Forecast.objects.filter(edition=edition).count() == 1


@pytest.mark.same_on_any_database("pages over operations that are tested on both")
def test_a_forecast_whose_worker_met_a_fault_says_so_and_another_may_be_asked_for(desk, summits):
    edition = opens_in(summits["rasht2025"], 40)
    before, client = made(edition), desk()
    client.post("/desk/rasht2025/readiness/ask/", {"act": "ask"})
    asked = Forecast.objects.latest("pk")
    # What no form lets in, a hand in the tables may have written.
    Edition.objects.filter(pk=edition.pk).update(settings={"readiness": {"n_runs": 0}})

    with pytest.raises(ValueError, match="runs"):
        operations.make_forecast(forecast=asked, at=timezone.now())

    page = client.get("/desk/rasht2025/readiness/").content.decode()
    assert "met a fault of the system" in page
    assert str(asked.pk) in page
    assert queries.latest_forecast(edition) == before
    assert "ValueError" in str(Line.objects.get(event="planning.forecast.failed").held.values)
    assert client.get("/desk/rasht2025/readiness/wait/").json() == {"waiting": False}
    tonight = operations.ask_each_night(at=timezone.now(), by=accounts.system_account())
    assert edition not in [each.edition for each in tonight]
    assert client.post("/desk/rasht2025/readiness/ask/", {"act": "ask"}).status_code == 302


@pytest.mark.same_on_any_database("pages over operations that are tested on both")
def test_a_forecast_says_how_much_changed_since_and_after_the_opening_how_good_it_was(desk, summits):
    edition = opens_in(summits["rasht2025"], 40)
    early = made(edition, meeting=edition.coordinationmeeting_set.get())
    only = Obligation.objects.get(edition=edition)
    client = desk()
    obligations.take_step(obligation=only, step=Step.START, by=client.user, at=timezone.now())
    changed = client.get("/desk/rasht2025/readiness/").content.decode()
    Edition.objects.filter(pk=edition.pk).update(starts_on=timezone.now().astimezone(edition.zone).date())
    score = {"ready": 0.04, "end_days": 2.5, "on_time": 0.1, "within": [0.5, 0.8, 1], "was_ready": True, "n": 1}
    Forecast.objects.filter(pk=early.pk).update(score=score)

    over = client.get("/desk/rasht2025/readiness/").content.decode()

    assert "1 obligation has changed since" in " ".join(changed.split())
    assert "The summit has opened" in over
    assert "How good the forecasts were" in over
    assert "ready in time" in over
    assert "Make a new forecast" not in over


@pytest.mark.parametrize("slug", SLUGS)
def test_the_chart_stands_as_a_table_and_keeps_what_is_asked_for(slug, desk, summits):
    edition = summits[slug]
    prepared(edition, 3)
    client, page = desk(edition=slug), f"/desk/{slug}/readiness/plan/"

    every = client.get(page).content.decode()
    late = client.get(f"{page}?only=late&sort=risk").content.decode()
    nobody = client.get(f"{page}?body=nobody").content.decode()
    wrong = client.get(f"{page}?only=x&sort=y&page=x&zoom=z")
    paper = client.get(f"{page}?paper=1").content.decode()

    assert [every.count(f"of/banner-{place}/") for place in range(3)] == [1, 1, 1]
    assert "Light on the apron" in every
    assert "Light on the apron" not in late
    assert "Nothing fits" in nobody
    assert wrong.status_code == 200
    assert "ganttpaper" in paper
    assert not re.search(r"\sstyle=|<style", every + paper)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_data_of_the_chart_name_days_by_number_and_are_sent_once(slug, desk, summits):
    edition = summits[slug]
    prepared(edition)
    client, address = desk(edition=slug), f"/desk/{slug}/readiness/plan/data/"

    answer = client.get(address)
    again = client.get(address, headers={"if-none-match": answer["ETag"]})
    found = json.loads(answer.content)
    rows = {row[0]: row for row in found["rows"]}
    first, second = rows.values()

    assert again.status_code == 304
    assert len(first) == 16
    assert rows["banner-0"][6] > found["today"] > 0
    assert found["links"] == [[list(rows).index("light-on-the-apron"), list(rows).index("banner-0")]]
    assert found["target"] < found["opening"] < found["days"] == len(found["dates"])
    thing = Obligation.objects.get(edition=edition, slug="banner-0")
    obligations.take_step(obligation=thing, step=Step.ACCEPT, by=client.user, at=timezone.now())
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 200
    assert second


@pytest.mark.same_on_any_database("words and calendars")
def test_in_persian_the_chart_runs_from_right_to_left_by_months_of_the_solar_year(desk, summits):
    edition = summits["rasht2025"]
    prepared(edition)
    client = desk(language="fa")

    answer = client.get("/desk/rasht2025/readiness/")
    found = client.get("/desk/rasht2025/readiness/plan/data/").json()
    table = client.get("/desk/rasht2025/readiness/plan/").content.decode()

    assert 'dir="rtl"' in answer.content.decode()
    assert len(found["calendars"]) == 2
    assert re.search(r"[۰-۹]{4}", found["calendars"][0][0][1])
    assert found["digits"] == "۰۱۲۳۴۵۶۷۸۹"
    places = [float(x) for x in re.findall(r'<rect class="bar[^"]*" x="([\d.]+)%"', table)]
    assert places[0] > places[1]


@pytest.mark.parametrize("slug", SLUGS)
def test_pages_ask_as_many_questions_for_two_obligations_as_for_twelve(
    slug, desk, summits, django_assert_max_num_queries
):
    edition = summits[slug]
    prepared(edition)
    client = desk(edition=slug)
    pages = [f"/desk/{slug}/readiness/{page}" for page in ("", "plan/", "plan/data/")]
    counts = []

    for _turn in range(2):
        for page in pages:
            client.get(page)
            with django_assert_max_num_queries(12) as asked:
                client.get(page)
            counts.append(len(asked))
        for number in range(10):
            owed(edition, f"Lamp {number}", workstream=workstream(edition, f"stream-{number}"))
        made(edition)

    assert counts[:3] == counts[3:]


@pytest.mark.same_on_any_database("permissions")
@pytest.mark.parametrize("role", [Role.BODY, Role.FOCAL_POINT, Role.GATE])
def test_who_is_not_of_the_secretariat_sees_nothing_of_it(role, desk, summits):
    prepared(summits["rasht2025"])
    client = desk(role)

    answers = [
        client.get(f"/desk/rasht2025/readiness/{page}") for page in ("", "others/", "wait/", "plan/", "plan/data/")
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert not any("Banner" in answer.content.decode() for answer in answers)


@pytest.mark.same_on_any_database("permissions")
def test_an_auditor_reads_it_and_asks_for_nothing(desk, summits):
    prepared(summits["rasht2025"])
    client = desk(Role.AUDITOR)

    page = client.get("/desk/rasht2025/readiness/").content.decode()

    assert "What the risk hangs on" in page
    assert "readiness/ask/" not in page
    assert client.post("/desk/rasht2025/readiness/ask/").status_code == 403
    assert Forecast.objects.filter(edition=summits["rasht2025"]).count() == 2
    assert client.get("/desk/rasht2025/readiness/others/").status_code == 200
