"""Two publications side by side: what came, what went, what changed and how."""

from copy import deepcopy

from ejlas.exports.comparison import Act, Difference, compare, counts
from tests.factories.content import content


def test_the_same_content_differs_in_nothing():
    assert compare(content(), content()) == []


def test_a_changed_title_names_its_part_with_both_values():
    after = deepcopy(content())
    session = after["programme"]["sessions"][0]
    before_title = session["title"]
    session["title"] = {"en": "Another title"}

    differences = compare(content(), after)

    assert differences == [
        Difference(
            "session",
            session["slug"],
            Act.CHANGED,
            {"en": "Another title"},
            (("title", before_title, session["title"]),),
        )
    ]


def test_what_came_and_what_went_are_told_apart():
    after = deepcopy(content())
    gone = after["parties"].pop(0)
    after["sources"].append({**after["sources"][0], "slug": "new-page", "title": "A new page"})

    differences = compare(content(), after)

    assert [(each.kind, each.slug, each.act, each.title) for each in differences] == [
        ("party", gone["slug"], Act.REMOVED, gone["name"]),
        ("source", "new-page", Act.ADDED, {"en": "A new page"}),
    ]
    assert counts(differences) == {Act.ADDED: 1, Act.CHANGED: 0, Act.REMOVED: 1}


def test_a_room_and_a_point_are_things_of_their_own():
    after = deepcopy(content())
    after["programme"]["venues"][0]["rooms"][0]["seats"] += 1
    text = after["texts"][0]
    text["points"][0]["measure"] = {"en": "One report a year"}

    differences = compare(content(), after)

    assert [(each.kind, [name for name, _old, _new in each.parts]) for each in differences] == [
        ("room", ["seats"]),
        ("point", ["measure"]),
    ]


def test_without_an_earlier_publication_everything_is_added():
    differences = compare(None, content())

    assert {each.act for each in differences} == {Act.ADDED}
    assert len(differences) > len(content()["parties"])
