"""The programme of the invented summit of Atlantic harbour cities: venues, speakers, sessions, interpreters, wishes."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from tests.factories import atlantic_words as words
from tests.factories.atlantic_words import DAYS, Row, text

_HALLS = ("auditorio", "sala-mar", "sala-basalto")


def venues() -> list[Row]:
    """Return the venues with their six rooms."""

    def room(slug: str, pt: str, es: str, kind: str, seats: int, **hours: str) -> Row:
        return {"slug": slug, "name": text(pt, es), "kind": kind, "seats": seats, **hours}

    return [
        {
            "slug": "centro-da-doca",
            "name": text("Centro de Congressos da Doca", "Centro de Congresos de la Dársena"),
            "city": text("Ponta Delgada", "Ponta Delgada"),
            "place": {"latitude": 37.738, "longitude": -25.664},
            "rooms": [
                room("auditorio", "Auditório", "Auditorio", "hall", 420),
                room("sala-mar", "Sala Mar", "Sala Mar", "hall", 140),
                room("sala-basalto", "Sala Basalto", "Sala Basalto", "hall", 90),
                room("gabinete-norte", "Gabinete Norte", "Despacho Norte", "meeting", 14),
                room("gabinete-sul", "Gabinete Sul", "Despacho Sur", "meeting", 12, opens="10:00", closes="18:00"),
            ],
            "confidence": "high",
            "sources": ["programa-provisorio"],
        },
        {
            "slug": "cais-velho",
            "name": text("Pavilhão do Cais Velho", "Pabellón del Muelle Viejo"),
            "rooms": [room("pavilhao", "Pavilhão", "Pabellón", "open", 700)],
            "sources": ["diario-do-cais"],
        },
    ]


def speakers() -> list[Row]:
    """Return forty invented speakers."""
    speakers: list[Row] = []
    for index in range(40):
        first = words.FIRST_NAMES[index % 10]
        last = words.LAST_NAMES[index // 10]
        office = words.OFFICES[index % 4]
        name = f"{first} {last}"
        speakers.append(
            {
                "slug": f"orador-{index + 1:02}",
                "name": text(name, name if index % 3 else None),
                "office": text(*office),
                "party": words.CITIES[(index * 7) % 36][0],
                "is_sample": True,
            }
        )
    return speakers


def sessions() -> list[Row]:
    """Return sixty sessions over three days."""
    return [*_common_sessions(), *_panels()]


def _common_sessions() -> list[Row]:
    rows = (
        ("chegadas", "arrivals", "Chegadas", "Llegadas", "2027-10-29T12:00", "2027-10-29T20:00", None),
        ("abertura", "ceremony", "Sessão de abertura", "Sesión de apertura", "2027-10-30T09:00", "2027-10-30T10:00",
         "auditorio"),
        ("plenario-1", "plenary", "Primeiro plenário", "Primer pleno", "2027-10-30T10:00", "2027-10-30T11:00",
         "auditorio"),
        ("fotografia", "other", "Fotografia de grupo", "Fotografía de grupo", "2027-10-30T11:00", "2027-10-30T11:15",
         None),
        ("noite-dos-portos", "reception", "Noite dos portos", "Noche de los puertos", "2027-10-30T21:00",
         "2027-10-31T00:30+00:00", "pavilhao"),
        ("concerto-da-hora-repetida", "reception", "Concerto da hora repetida", "Concierto de la hora repetida",
         "2027-10-31T00:30+00:00", "2027-10-31T00:30-01:00", "pavilhao"),
        ("barcos-de-regresso", "departures", "Barcos de regresso", "Barcos de regreso", "2027-10-31T00:40-01:00",
         "2027-10-31T01:30", None),
        ("volta-a-costa", "excursion", "Volta à costa", "Vuelta a la costa", "2027-10-31T18:00", "2027-10-31T20:30",
         None),
        ("plenario-final", "plenary", "Plenário final", "Pleno final", "2027-11-01T15:30", "2027-11-01T16:30",
         "auditorio"),
        ("assinatura", "signing", "Assinatura da declaração", "Firma de la declaración", "2027-11-01T16:30",
         "2027-11-01T17:00", "auditorio"),
        ("imprensa", "press", "Conferência de imprensa", "Rueda de prensa", "2027-11-01T17:10", "2027-11-01T18:00",
         "sala-mar"),
        ("partidas", "departures", "Partidas", "Salidas", "2027-11-01T18:00", "2027-11-02T14:00", None),
    )  # fmt: skip
    binding = {"ceremony", "plenary", "signing", "other"}
    return [
        {
            "slug": slug,
            "kind": kind,
            "title": text(pt, es),
            "starts_at": starts_at,
            "ends_at": ends_at,
            "timing": "stated",
            **({"venue": _venue_of(room), "room": room} if room else {}),
            "languages": ["pt", "es"],
            "binding": kind in binding,
            "listed": slug != "barcos-de-regresso",
            "sources": ["programa-provisorio"],
            "confidence": "high",
        }
        for slug, kind, pt, es, starts_at, ends_at, room in rows
    ]


def _panels() -> list[Row]:
    slots = [(DAYS[0], clock, room) for clock in ("11:20", "14:00", "15:20", "16:40") for room in _HALLS]
    slots += [
        (DAYS[1], clock, room)
        for clock in ("09:00", "10:20", "11:40", "14:00", "15:20", "16:40")
        for room in (*_HALLS, "pavilhao")
    ]
    slots += [(DAYS[2], clock, room) for clock in ("09:00", "10:20", "11:40", "14:00") for room in _HALLS]
    panels: list[Row] = []
    for index, (day, clock, room) in enumerate(slots):
        (form, form_pt, form_es), (theme, pt, es) = words.FORMS[index // 12], words.THEMES[index % 12]
        starts_at = datetime.fromisoformat(f"{day}T{clock}")
        panels.append(
            {
                "slug": f"{form}-{theme}",
                "kind": "panel",
                "title": text(f"{form_pt} {pt}", f"{form_es} {es}", unsure=index % 11 == 0),
                **({"description": text("Com perguntas da sala.")} if index % 5 == 0 else {}),
                "starts_at": starts_at.isoformat(timespec="minutes"),
                "ends_at": (starts_at + timedelta(minutes=60)).isoformat(timespec="minutes"),
                "timing": ("stated", "assumed")[index % 2],
                "venue": _venue_of(room),
                "room": room,
                "languages": ["pt", "es"] if room == "auditorio" else [("pt", "es")[index % 2]],
                "parties": [words.CITIES[(index * 5 + step) % 36][0] for step in range(4)],
                "binding": index % 4 == 0,
                "speakers": [
                    {"speaker": f"orador-{index % 40 + 1:02}"},
                    {"speaker": f"orador-{(index + 17) % 40 + 1:02}", "role": "moderator"},
                ],
                "sources": ["programa-provisorio"],
            }
        )
    return panels


def _venue_of(room: str) -> str:
    return "cais-velho" if room == "pavilhao" else "centro-da-doca"


def interpreters() -> list[Row]:
    """Return twelve interpreters."""
    pairs = (*["pt-es"] * 3, *["pt-fr"] * 2, *["pt-en"] * 2, *["es-fr"] * 2, *["es-en"] * 2, "en-fr")
    interpreters: list[Row] = []
    for index, pair in enumerate(pairs):
        name = f"{words.FIRST_NAMES[index % 10]} {words.LAST_NAMES[(index + 1) % 4]}"
        interpreter: Row = {
            "slug": f"interprete-{index + 1:02}",
            "name": text(name, name),
            "languages": pair.split("-"),
            "daily_min": 180 + 60 * (index % 3),
        }
        if index % 3 == 1:
            day = DAYS[index % 2]
            interpreter["available"] = [{"starts_at": f"{day}T09:00", "ends_at": f"{day}T19:00"}]
        interpreters.append({**interpreter, "is_sample": True})
    return interpreters


def bilaterals() -> list[Row]:
    """Return 120 wishes for bilaterals."""
    # Only random() gives the same numbers in every version of Python.
    draw = random.Random(2027).random
    slugs = [city[0] for city in words.CITIES] + [organisation[0] for organisation in words.ORGANISATIONS]
    bilaterals: list[Row] = []
    for index in range(120):
        first = index % len(slugs)
        second = (first + 1 + int(draw() * (len(slugs) - 1))) % len(slugs)
        theme = words.THEMES[int(draw() * 12)]
        parties = [slugs[first], slugs[second]]
        third = slugs[int(draw() * len(slugs))]
        if index % 15 == 7 and third not in parties:
            parties.append(third)
        bilaterals.append(
            {
                "slug": f"encontro-{index + 1:03}",
                "parties": parties,
                "topics": [text(theme[1], theme[2] if index % 4 else None)],
                "weight": 1 + int(draw() * 10),
                "length_min": (40, 40, 20, 60)[int(draw() * 4)],
                "seats": 6 + 2 * int(draw() * 4),
                **_special(index),
            }
        )
    return bilaterals


def _special(index: int) -> Row:
    return {
        4: {"fixed": {"starts_at": "2027-10-30T13:00", "room": "gabinete-norte"}, "mandatory": True},
        11: {"fixed": {"starts_at": "2027-10-31T13:20", "room": "gabinete-sul"}},
        23: {"fixed": {"starts_at": "2027-11-01T09:20"}},
        30: {"earliest": "2027-10-31T09:00", "latest": "2027-10-31T13:00"},
        42: {"latest": "2027-10-30T19:00"},
        57: {"listed": False},
        64: {"languages": ["pt", "en"]},
        81: {"mandatory": True},
    }.get(index, {})
