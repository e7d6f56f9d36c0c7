"""Builds official letters in several languages; every person in them is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ejlas.exports.letters import LetterPaper, PeopleTable

WRITTEN_AT = datetime(2025, 10, 7, 8, 30, tzinfo=UTC)

PEOPLE = PeopleTable(
    ("№", "Name", "Passport"), (("1", "VOLGIN IGOR", "71 1234567"), ("2", "PETROVA ANNA", "72 7654321"))
)

PAPERS = {
    "en": LetterPaper(
        language="en",
        written_at=WRITTEN_AT,
        forum="Caspian Governors' Forum",
        edition="First Meeting of Governors",
        host=("Governor's Office of Gilan Province", "Secretariat of the Meeting"),
        number="1404/017",
        dates=("7 October 2025", "15 Mehr 1404"),
        place="Rasht",
        addressee=("Governor of Astrakhan Region", "Mr Igor Volgin", "Astrakhan Region"),
        answers="12-44/AS",
        answers_day="25 September 2025",
        subject="Invitation to the First Meeting",
        body="Excellency,\n\nI have the honour to invite you.\n\nKindly:\n– name a focal point;\n– file the list.",
        closing="Please accept, Excellency, the assurances of my highest consideration.",
        signatory_office="Governor of Gilan Province",
        signatory_name="Arash Nemuneh",
        enclosures=("Programme", "Guide for delegations"),
        people=PEOPLE,
    ),
    "fa": LetterPaper(
        language="fa",
        written_at=WRITTEN_AT,
        edition="نخستین اجلاس استانداران",
        host=("استانداری گیلان",),
        number="1404/017",
        dates=("۱۵ مهر ۱۴۰۴", "۷ اکتبر ۲۰۲۵"),
        place="رشت",
        addressee=("استاندار آستراخان", "جناب آقای Игорь Волгин"),
        answers="12-44/AS",
        subject="دعوت به اجلاس",
        body="با سلام و احترام،\n\nپرواز TK 872 و تلفن +98 13 3333 1234 در خدمت هیئت است.",
        closing="با تجدید احترام",
        signatory_office="استاندار گیلان",
        signatory_name="آرش نمونه",
        people=PeopleTable(("ردیف", "نام", "گذرنامه"), (("۱", "VOLGIN IGOR", "71 1234567"),)),
    ),
    "ru": LetterPaper(
        language="ru",
        written_at=WRITTEN_AT,
        edition="Первая встреча губернаторов",
        host=("Администрация провинции Гилян",),
        number="1404/018",
        dates=("7 октября 2025 г.",),
        addressee=("Губернатор Астраханской области",),
        subject="Приглашение",
        body="Ваше Превосходительство,\n\nимею честь пригласить Вас в город رشت.",
        closing="С глубоким уважением",
        signatory_name="А. Немуне",
    ),
    "kk": LetterPaper(
        language="kk",
        written_at=WRITTEN_AT,
        edition="Әкімдердің бірінші кездесуі",
        number="1404/019",
        dates=("2025 ж. 7 қазан",),
        addressee=("Маңғыстау облысының әкімі",),
        subject="Шақыру",
        body="Жоғары мәртебелім,\n\nқатысуға шақырамыз.",
        signatory_name="А. Немуне",
    ),
}


def letter(language: str = "en", **changes: Any) -> LetterPaper:
    """Return the letter of a language with some of its values changed."""
    return replace(PAPERS[language], **changes)
