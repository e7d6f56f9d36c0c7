from __future__ import annotations

import time
from datetime import date

import pytest

from ejlas.delegations.rules import names
from ejlas.delegations.rules.names import Pair, Somebody


def likeness(one: str, other: str) -> float:
    return names.alike(Somebody(1, (one,)), Somebody(2, (other,)))


@pytest.mark.parametrize(
    "spellings",
    [
        ("Maryam Karimi", "KARIMI Maryam", "مریم کریمی", "Марьям Карими", "كريمي مريم"),
        ("Anna Ivanova", "Иванова Анна Петровна", "آنا ایوانووا", "Ivanova, Anna Petrovna"),
        ("Əli Məmmədov Həsən oğlu", "Ali Mammadov", "Али Мамедов"),
        ("Nursultan Tokayev", "Нұрсұлтан Тоқаев Әбішұлы", "Нурсултан Токаев"),
        ("Gurbanguly Ataýew", "Курбангулы Атаев", "قربانقلی آتایف"),
        ("Fatemeh Ghasemi", "فاطمه قاسمی", "Фатеме Касеми"),
    ],
)
def test_the_spellings_of_one_name_meet(spellings: tuple[str, ...]) -> None:
    assert len({names.spoken(spelling) for spelling in spellings}) == 1
    assert min(likeness(spellings[0], other) for other in spellings[1:]) >= names.LIKELY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Ivanova", "Elena Ivanova"), ("Ivan Ivanov", "Anna Ivanova"), ("Ali Karimi", "Sara Karimi"),
        ("Maryam Karimi", "مریم رضایی"), ("Anna", "Anna Ivanova"), ("", "Anna"), ("123", "—"),
    ],
)  # fmt: skip
def test_other_people_are_not_likely_one(one: str, other: str) -> None:
    assert likeness(one, other) < names.LIKELY


def test_two_given_names_may_stand_as_one_word() -> None:
    assert likeness("Mohammad Hossein Rezaei", "محمدحسین رضایی") >= names.LIKELY


def test_a_patronymic_is_left_out_only_where_two_words_remain() -> None:
    assert names.words_of("Иванова Анна Петровна") == ("иванова", "анна")
    assert names.words_of("Roman Abramovich") == ("roman", "abramovich")
    assert names.words_of("Əliyev Vəli Həsən oğlu") == ("əliyev", "vəli")


def test_the_day_of_birth_weighs() -> None:
    def born(day: date | None) -> float:
        return names.alike(Somebody(1, ("Anna Ivanova",), date(1975, 4, 3)), Somebody(2, ("Anna Ivanova",), day))

    assert (born(date(1975, 4, 3)), born(None)) == (1.0, 1.0)
    assert born(date(1975, 3, 4)) == born(date(1985, 4, 3)) == 0.93
    assert born(date(1990, 1, 1)) == 0.75


def test_the_likest_of_several_names_counts() -> None:
    one, other = Somebody(1, ("Sara Rezaei", "سارا رضایی")), Somebody(2, ("Х Y", "Сара Резаи"))

    assert names.alike(one, other) >= names.LIKELY


def test_candidates_are_found_the_likest_first() -> None:
    people = [
        Somebody("a", ("Anna Ivanova",), date(1975, 4, 3)),
        Somebody("b", ("Иванова Анна",), date(1975, 4, 3)),
        Somebody("c", ("Ivanova Ana",), date(1975, 3, 4)),
        Somebody("d", ("Elena Ivanova",), date(1980, 1, 1)),
        Somebody("e", ("Кarimi Sara",)),
        Somebody("f", ("Sara Kariml",)),
    ]

    found = names.candidates(people)

    assert found[0] == Pair("a", "b", 1.0)
    assert {(pair.one, pair.other) for pair in found} == {("a", "b"), ("a", "c"), ("b", "c"), ("e", "f")}


def test_thousands_of_people_of_one_name_are_compared_with_their_neighbours_only() -> None:
    people = [Somebody(number, ("Ali Mamedov",)) for number in range(2_000)]

    begun = time.process_time()
    found = names.candidates(people)

    assert len(found) < 2_000 * 20
    assert time.process_time() - begun < 4
