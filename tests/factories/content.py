"""A publication's content of any size, always the same for the same wishes, in many scripts and with gaps."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import cycle, islice

from ejlas.core.text import StoredText
from ejlas.exports.content import Content
from ejlas.forum.rules import (
    ClaimContent,
    OfficeContent,
    PartyContent,
    SourceContent,
)
from ejlas.outcomes.rules import PointContent, TextContent
from ejlas.programme.rules import RoomContent, SessionContent, SpeakerContent, VenueContent
from tests.factories.content_words import (
    DESCRIPTION,
    KINDS,
    LANGUAGES,
    NAMES,
    OFFICE,
    PARTIES,
    SOURCE_SLUGS,
    TITLES,
    edition,
)

__all__ = ["LANGUAGES", "PARTIES", "content", "numbered"]

TEHRAN = timezone(timedelta(hours=3, minutes=30))


def content(
    *,
    n_sessions: int = 12,
    n_rooms: int = 3,
    n_speakers: int = 5,
    languages: tuple[str, ...] = LANGUAGES,
    fallback_languages: tuple[str, ...] = ("en", "fa"),
    land: str = "M0 0l300 0 0 700 -300 0z",
) -> Content:
    """Build a publication's content: sessions fill rooms side by side, nine an hour, from 08:00 to 18:00."""
    rooms = [_room(index) for index in range(n_rooms)]
    speakers = [_speaker(index) for index in range(n_speakers)]
    return {
        "format": 1,
        "edition": edition(languages, fallback_languages),
        "sources": _sources(),
        "claims": [_claim()],
        "parties": [_party(index) for index in range(len(PARTIES))],
        "offices": [_office()],
        "programme": {
            "venues": [_venue(rooms)],
            "speakers": speakers,
            "sessions": _sessions(n_sessions, rooms, speakers),
        },
        "texts": [_declaration()],
        "map": {
            "width": 720,
            "height": 1000,
            "land": land,
            "points": [
                {"party": slug, "x": round((lon - 43) * 38, 1), "y": round((48 - lat) * 46, 1)}
                for slug, _, _, lat, lon, _ in PARTIES
            ],
        },
    }


def numbered(text: StoredText, number: int) -> StoredText:
    """Return the text with a number after every wording, so that no two of a kind are alike."""
    return {key: f"{words} {number}" if isinstance(words, str) else words for key, words in text.items()}


def _sources() -> list[SourceContent]:
    return [
        {
            "slug": "agency",
            "url": "https://www.example.org/news/1",
            "title": "",
            "published_on": "2025-11-18",
            "language": "en",
            "note": {},
        },
        {
            "slug": "ministry",
            "url": "https://mfa.example.org/2",
            "title": "بیانیه وزارت",
            "published_on": None,
            "language": "fa",
            "note": {"en": "Seen as an excerpt"},
        },
        {
            "slug": "local",
            "url": "",
            "title": "Local paper",
            "published_on": "2025-11-17",
            "language": "en",
            "note": {},
        },
    ]


def _claim() -> ClaimContent:
    return {
        "slug": "regions",
        "subject": {
            "fa": "چند منطقه شرکت کردند؟",
            "en": "How many regions took part?",
            "ru": "Сколько регионов участвовало?",
        },
        "versions": [
            {
                "wording": {"fa": "نه منطقه", "en": "Nine regions", "ru": "Девять регионов"},
                "is_adopted": False,
                "confidence": "low",
                "sources": ["local"],
            },
            {
                "wording": {"fa": "دوازده منطقه", "en": "Twelve regions", "ru": "Двенадцать регионов"},
                "is_adopted": True,
                "confidence": "high",
                "sources": ["agency", "ministry"],
            },
        ],
    }


def _party(index: int) -> PartyContent:
    slug, country, iso, latitude, longitude, name = PARTIES[index]
    attendance = ("attended", "represented", "unknown", "announced")[index % 4]
    return {
        "slug": slug,
        "kind": "region",
        "role": "host" if index == 0 else "member",
        "country": country,
        "iso": iso,
        "name": name,
        "seat": {"fa": "رشت", "en": "Rasht"} if index == 0 else {},
        "latitude": latitude,
        "longitude": longitude,
        "head_office": {"fa": "استاندار", "en": "Governor", "ru": "губернатор"},
        "head_attendance": attendance,
        "represented_by": {"en": "Prime Minister", "fa": "نخست‌وزیر"} if attendance == "represented" else {},
        "confidence": ("high", "medium", "low")[index % 3],
        "sources": list(SOURCE_SLUGS[: index % 3 + 1]),
        "note": {},
    }


def _office() -> OfficeContent:
    return {
        "slug": "foreign-minister",
        "name": {
            "fa": "وزیر امور خارجه ایران",
            "en": "Minister of Foreign Affairs of Iran",
            "ru": "министр иностранных дел Ирана",
        },
        "role": {"fa": "سخنران افتتاحیه", "en": "Opening speaker", "ru": "выступающий на открытии"},
        "attendance": "attended",
        "confidence": "high",
        "sources": ["agency"],
    }


def _room(index: int) -> RoomContent:
    return {
        "slug": f"room-{index + 1}",
        "venue": "central-hall",
        "name": {
            "fa": f"تالار {index + 1}",
            "en": f"Hall {index + 1}",
            "ru": f"Зал {index + 1}",
            "az": f"Zal {index + 1}",
        },
        "kind": "hall",
        "seats": 100 + index,
    }


def _venue(rooms: list[RoomContent]) -> VenueContent:
    return {
        "slug": "central-hall",
        "name": {"fa": "تالار مرکزی رشت", "en": "Rasht Central Hall", "ru": "Центральный зал Решта"},
        "city": {"fa": "رشت", "en": "Rasht", "ru": "Решт"},
        "latitude": 37.28,
        "longitude": 49.58,
        "confidence": "high",
        "sources": ["agency"],
        "rooms": rooms,
    }


def _speaker(index: int) -> SpeakerContent:
    name = {code: f"{words} {index + 1}" for code, words in NAMES[index % len(NAMES)].items()}
    party = PARTIES[index % len(PARTIES)][0]
    return {"slug": f"speaker-{index + 1}", "name": {**name}, "office": OFFICE, "party": party, "is_sample": True}


def _sessions(n: int, rooms: list[RoomContent], speakers: list[SpeakerContent]) -> list[SessionContent]:
    turns = cycle(speakers) if speakers else None
    sessions = [_expo()] if n > 1 else []
    for index in range(n - len(sessions)):
        slot, room = divmod(index, max(len(rooms), 1))
        day, hour = divmod(slot, 9)
        starts_at = datetime(2025, 11, 18, 9 + hour, tzinfo=TEHRAN) + timedelta(days=day)
        people = [person["slug"] for person in islice(turns, 2)] if turns else []
        sessions.append(_session(index, starts_at, rooms[room]["slug"] if rooms else None, people))
    return sorted(sessions, key=lambda session: session["starts_at"])


def _session(index: int, starts_at: datetime, room: str | None, people: list[str]) -> SessionContent:
    kind = "ceremony" if index == 0 else KINDS[index % len(KINDS)]
    first, second = PARTIES[index % len(PARTIES)][0], PARTIES[(index + 5) % len(PARTIES)][0]
    is_bilateral = kind == "bilateral"
    title = TITLES[index % len(TITLES)]
    if is_bilateral:
        title = {"fa": "دیدار دوجانبه", "en": "Bilateral meeting", "ru": "Двусторонняя встреча"}
    return {
        "slug": f"session-{index + 1}",
        "kind": kind,
        "title": numbered(title, index + 1),
        "description": {} if is_bilateral else numbered(DESCRIPTION, index + 1),
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(minutes=50)).isoformat(),
        "timing": "assumed" if index % 3 else "stated",
        "venue": "central-hall",
        "room": room,
        "languages": ["fa", "ru"] if is_bilateral else ["fa", "en", "ru"],
        "parties": [first, second] if is_bilateral else [],
        "speakers": []
        if is_bilateral
        else [{"speaker": slug, "role": "moderator" if place == 0 else "speaker"} for place, slug in enumerate(people)],
        "is_sample": index % 50 == 49,
        "confidence": "medium",
        "sources": ["agency"],
    }


def _expo() -> SessionContent:
    return {
        "slug": "expo",
        "kind": "exhibition",
        "title": {"fa": "نمایشگاه خزر ۲۰۲۵", "en": "Caspian Expo 2025", "ru": "Каспийская выставка 2025"},
        "description": {},
        "starts_at": "2025-11-18T09:00:00+03:30",
        "ends_at": "2025-11-21T18:00:00+03:30",
        "timing": "stated",
        "venue": "central-hall",
        "room": None,
        "languages": [],
        "parties": [],
        "speakers": [],
        "is_sample": False,
        "confidence": "high",
        "sources": ["local"],
    }


def _point(number: int, topic: StoredText, verb: str, wording: StoredText) -> PointContent:
    return {
        "number": number,
        "topic": f"topic-{number}",
        "topic_name": topic,
        "verb": verb,
        "wording": wording,
        "state": "adopted",
        "owner": {},
        "due_on": None,
        "measure": {},
        "lacks": ["owner", "date", "measure"],
        "sources": ["agency"],
    }


def _declaration() -> TextContent:
    first = _point(
        1,
        {"fa": "اقتصاد", "en": "Economy", "ru": "Экономика"},
        "stressed",
        {
            "fa": "اهمیت گسترش پیوندهای اقتصادی میان مناطق",
            "en": "Importance of widening economic ties between the regions",
            "ru": "Важность расширения экономических связей",
        },
    )
    second = _point(
        2,
        {"fa": "محیط زیست", "en": "Environment", "ru": "Экология"},
        "decided",
        {"fa": "ایجاد مرکز پایش مشترک", "en": "To set up a joint monitoring centre"},
    )
    second |= {
        "owner": {"fa": "گیلان", "en": "Gilan"},
        "due_on": "2026-03-20",
        "measure": {"en": "Centre open"},
        "lacks": [],
    }
    return {
        "slug": "rasht-declaration",
        "kind": "declaration",
        "title": {"fa": "اعلامیه رشت", "en": "Declaration of Rasht", "ru": "Рештская декларация"},
        "adopted_on": "2025-11-19",
        "adoption": {"fa": "با اجماع پنج طرف", "en": "By consensus of the five sides", "ru": "Консенсусом пяти сторон"},
        "is_complete": False,
        "languages_seen": ["fa", "en", "ru"],
        "observation": {
            "fa": "بیشتر بندها مسئول و مهلت ندارند.",
            "en": "Most points name neither an owner nor a date.",
            "ru": "В большинстве пунктов нет ответственного и срока.",
        },
        "sources": ["agency", "ministry"],
        "points": [first, second],
    }
