"""An invented summit of Atlantic harbour cities, whose clock goes back in its first night; the same on every run.

Written to tests/data/atlantic2027.yaml by `python -m tests.factories.atlantic`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.factories import atlantic_programme as programme
from tests.factories import atlantic_words as words
from tests.factories.atlantic_words import DAYS, Row, text

FILE = Path(__file__).parents[1] / "data" / "atlantic2027.yaml"
HEADER = """\
# An invented summit, made by tests/factories/atlantic.py: change it there.
# Its people, organisations and agreements do not exist; the cities have no part in it.
"""


def summit() -> Row:
    """Return the whole summit as plain values."""
    return {
        "schema": "ejlas-summit/1",
        "forum": {
            "slug": "cidades-atlanticas",
            "name": text("Rede das Cidades Portuárias do Atlântico", "Red de Ciudades Portuarias del Atlántico"),
            "description": text(
                "Cidades dos dois lados do Atlântico que decidem juntas sobre os seus portos.",
                "Ciudades de ambos lados del Atlántico que deciden juntas sobre sus puertos.",
            ),
        },
        "edition": _edition(),
        "host": {
            "office": text("Presidência da Câmara Municipal", "Alcaldía"),
            "lead_ministry": text("Ministério do Mar", "Ministerio del Mar"),
            "secretariat": text("Secretariado da Rede", "Secretaría de la Red"),
        },
        **_facts(),
        "parties": _parties(),
        "offices": _offices(),
        "venues": programme.venues(),
        "speakers": programme.speakers(),
        "sessions": programme.sessions(),
        "interpreters": programme.interpreters(),
        "bilaterals": programme.bilaterals(),
        "texts": _texts(),
    }


def as_yaml() -> str:
    """Return the file as it is stored."""
    return HEADER + yaml.dump(summit(), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


class _Dumper(yaml.SafeDumper):
    """Writes out what stands twice; a summit file has no aliases."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _edition() -> Row:
    return {
        "slug": "atlantic2027",
        "number": 5,
        "name": text(
            "Quinta Cimeira das Cidades Portuárias do Atlântico", "Quinta Cumbre de Ciudades Portuarias del Atlántico"
        ),
        "motto": text("Um oceano, quarenta portos", "Un océano, cuarenta puertos"),
        "summary": text("Três dias de trabalho no porto de Ponta Delgada."),
        "starts_on": DAYS[0],
        "ends_on": DAYS[-1],
        "opens_at": "2027-10-30T09:00",
        "timezone": "Atlantic/Azores",
        "city": text("Ponta Delgada", "Ponta Delgada"),
        "country": "PT",
        "languages": ["pt", "es"],
        "fallback_languages": ["pt"],
        "calendars": ["gregorian"],
        "colours": ["#0b3d5c", "#e0a526"],
        "aims": [
            text("Portos sem fumo até 2040", "Puertos sin humo para 2040"),
            text("Mais trabalho no mar", "Más trabajo en el mar", unsure=True),
        ],
        "bilaterals": {
            "opens": "09:00",
            "closes": "19:00",
            "grid_min": 20,
            "turnaround_min": 20,
            "buffer_min": 20,
            "daily_cap": 3,
            "consecutive": True,
            "rest_min": 0,
        },
    }


def _facts() -> Row:
    sources = [
        ("carta-aberta", "pt", "Carta aberta da Rede", "2026-11-02"),
        ("programa-provisorio", "pt", "Programa provisório", "2027-06-15"),
        ("diario-do-cais", "pt", "Diário do Cais", "2027-09-20"),
        ("gaceta-del-puerto", "es", "Gaceta del Puerto", "2027-09-22"),
        ("harbour-post", "en", "Harbour Post", "2027-09-25"),
        ("declaracao", "pt", "Texto da declaração", "2027-11-01"),
    ]
    return {
        "mandates": [
            {
                "slug": "decisao-de-2026",
                "wording": text(
                    "A quarta cimeira confiou a quinta a Ponta Delgada.",
                    "La cuarta cumbre confió la quinta a Ponta Delgada.",
                ),
                "decided_by": text("Cimeira das cidades da Rede", "Cumbre de las ciudades de la Red"),
                "decided_on": "2026-10-18",
                "document": text("Ata final da quarta cimeira", "Acta final de la cuarta cumbre"),
                "sources": ["carta-aberta"],
                "confidence": "high",
            }
        ],
        "duties": [
            {"slug": slug, "task": text(portuguese, spanish), "bearer": bearer, "supported_by": supported_by}
            for slug, portuguese, spanish, bearer, supported_by in (
                ("salas", "Salas e equipamento", "Salas y equipos", "host", []),
                ("convites", "Convites", "Invitaciones", "secretariat", ["host"]),
                ("vistos", "Vistos", "Visados", "lead_ministry", []),
                ("interpretes", "Intérpretes", "Intérpretes", "host", ["secretariat"]),
                ("declaracao", "Texto da declaração", "Texto de la declaración", "secretariat", ["lead_ministry"]),
            )
        ],
        "milestones": [
            {"slug": slug, "date": day, "wording": text(portuguese, spanish), "sources": ["programa-provisorio"]}
            for slug, day, portuguese, spanish in (
                ("anuncio", "2026-11-02", "Anúncio da cidade anfitriã", "Anuncio de la ciudad anfitriona"),
                ("programa", "2027-06-15", "Programa provisório", "Programa provisional"),
                ("pedidos", "2027-09-30", "Fim dos pedidos de reuniões bilaterais", None),
            )
        ],
        "sources": [
            {
                "slug": slug,
                "url": f"https://example.org/{language}/{slug}",
                "title": title,
                "published_on": day,
                "language": language,
            }
            for slug, language, title, day in sources
        ],
        "claims": _claims(),
    }


def _claims() -> list[Row]:
    def version(portuguese: str, spanish: str, source: str, confidence: str, *, is_adopted: bool = False) -> Row:
        wording = text(portuguese, spanish)
        return {"wording": wording, "sources": [source], "confidence": confidence, "is_adopted": is_adopted}

    return [
        {
            "slug": "numero-de-cidades",
            "subject": text("Quantas cidades participam", "Cuántas ciudades participan"),
            "versions": [
                version("36 cidades", "36 ciudades", "programa-provisorio", "high", is_adopted=True),
                version("38 cidades", "38 ciudades", "gaceta-del-puerto", "low"),
            ],
        },
        {
            "slug": "hora-da-abertura",
            "subject": text("A hora da abertura", "La hora de la apertura"),
            "versions": [
                version("às 9 horas", "a las 9 horas", "diario-do-cais", "medium", is_adopted=True),
                version("às 10 horas", "a las 10 horas", "harbour-post", "low"),
            ],
        },
    ]


def _parties() -> list[Row]:
    parties: list[Row] = []
    for index, (slug, country, pt, es, latitude, longitude, languages, role) in enumerate(words.CITIES):
        party: Row = {
            "slug": slug,
            "kind": "city",
            "role": role,
            "country": country,
            "name": text(pt, es, unsure=slug == "abidjan"),
            "place": {"latitude": latitude, "longitude": longitude},
            "languages": languages.split(),
            "head_office": text("Presidência da câmara", "Alcaldía"),
            "head_attendance": ("expected", "announced", "represented", "unknown")[index % 4],
            "rank_class": 1 if role == "host" else 2 + index % 3,
            "sources": ["programa-provisorio"],
            "confidence": ("high", "medium")[index % 2],
        }
        if slug == "ponta-delgada":
            party["iso"] = "PT-20"
        if index % 7 == 3:
            party |= {"arrives_at": "2027-10-30T12:00", "departs_at": "2027-11-01T17:00"}
        parties.append(party)
    for slug, pt, es, languages in words.ORGANISATIONS:
        codes = languages.split()
        parties.append(
            {"slug": slug, "kind": "organisation", "role": "observer", "name": text(pt, es), "languages": codes}
        )
    return parties


def _offices() -> list[Row]:
    return [
        {
            "slug": "ministro-do-mar",
            "name": text("Ministro do Mar", "Ministro del Mar"),
            "role": text("Abre a cimeira", "Abre la cumbre"),
            "country": "PT",
            "rank_class": 1,
            "attendance": "expected",
            "sources": ["diario-do-cais"],
        },
        {
            "slug": "capitania",
            "name": text("Capitania do porto", "Capitanía del puerto"),
            "party": "ponta-delgada",
            "attendance": "announced",
        },
    ]


def _texts() -> list[Row]:
    points: list[Row] = []
    for number, (topic, verb, pt, es, owner, due_on, measure) in enumerate(words.POINTS, start=1):
        name = next(theme for theme in words.THEMES if theme[0] == topic)
        points.append(
            {
                "number": number,
                "topic": topic,
                "topic_name": text(name[1][0].upper() + name[1][1:], name[2][0].upper() + name[2][1:]),
                "verb": verb,
                "wording": text(pt, es, unsure=number == 8),
                "state": "published",
                **({"owner": text(*owner)} if owner else {}),
                **({"due_on": due_on} if due_on else {}),
                **({"measure": text(*measure)} if measure else {}),
                "sources": ["declaracao"],
            }
        )
    return [
        {
            "slug": "declaracao-de-ponta-delgada",
            "kind": "declaration",
            "title": text("Declaração de Ponta Delgada", "Declaración de Ponta Delgada"),
            "adopted_on": "2027-11-01",
            "adoption": text("Por consenso", "Por consenso"),
            "is_complete": True,
            "languages_seen": ["pt", "es"],
            "points": points,
            "sources": ["declaracao"],
            "confidence": "high",
        }
    ]


if __name__ == "__main__":
    FILE.write_text(as_yaml(), encoding="utf-8")
