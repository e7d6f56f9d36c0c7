"""A small whole summit file, and edits of it."""

from __future__ import annotations

from ejlas.journeys.summit_file.check import check

SMALL = """\
schema: ejlas-summit/1
forum: {slug: caspian, name: {en: Caspian}}
edition:
  slug: rasht2025
  number: 1
  name: {en: First, fa: نخست}
  starts_on: 2025-11-18
  ends_on: 2025-11-19
  opens_at: 2025-11-18T09:00
  timezone: Asia/Tehran
  city: {en: Rasht}
  country: IR
  languages: [fa, en]
  fallback_languages: [en]
  colours: ['#0a5c6b']
  bilaterals: {opens: 09:00, closes: 18:00, grid_min: 15}
host: {office: {en: Governor}}
sources:
  - {slug: ilna, url: https://example.org/a, language: fa, published_on: 2025-11-18}
claims:
  - slug: count
    subject: {en: How many}
    versions:
      - {wording: {en: Twelve}, is_adopted: true, sources: [ilna]}
      - {wording: {en: Thirteen}, is_adopted: false}
parties:
  - {slug: gilan, role: host, country: IR, iso: IR-01, name: {en: Gilan}, languages: [fa]}
  - {slug: dagestan, country: RU, iso: RU-DA, name: {en: Dagestan}, languages: [ru]}
  - slug: baku
    kind: city
    country: AZ
    name: {en: Baku}
    languages: [az, ru]
    place: {latitude: 40.4, longitude: 49.9}
    arrives_at: 2025-11-17T10:00
    departs_at: 2025-11-20T10:00
venues:
  - slug: hall
    name: {en: Hall}
    rooms:
      - {slug: main, name: {en: Main}, seats: 400}
      - {slug: green, name: {en: Green}, kind: meeting, seats: 10, opens: 10:00}
  - {slug: port, name: {en: Port}, rooms: [{slug: quay, name: {en: Quay}, seats: 50}]}
speakers:
  - {slug: someone, name: {en: Someone}, party: gilan, is_sample: true}
sessions:
  - slug: opening
    kind: ceremony
    title: {en: Opening}
    starts_at: 2025-11-18T09:00
    ends_at: 2025-11-18T10:00
    venue: hall
    room: main
    speakers: [{speaker: someone}]
  - slug: panel
    kind: panel
    title: {en: Panel}
    starts_at: 2025-11-18T10:00
    ends_at: 2025-11-18T11:00
    room: main
interpreters:
  - {slug: one, name: {en: One}, languages: [fa, ru]}
bilaterals:
  - {slug: b1, parties: [gilan, dagestan], fixed: {starts_at: 2025-11-18T11:00, room: green}}
  - {slug: b2, parties: [gilan, baku], length_min: 45, fixed: {starts_at: 2025-11-18T14:00}}
texts:
  - slug: declaration
    title: {en: Declaration}
    points:
      - {number: 1, topic: trade, topic_name: {en: Trade}, verb: agreed, wording: {en: More trade.}}
      - {number: 2, topic: trade, topic_name: {en: Trade}, verb: noted, wording: {en: Even more.}}
"""


def edited(*edits: tuple[str, str]) -> bytes:
    """Return the file with each text replaced, which must stand in it once."""
    file = SMALL
    for old, new in edits:
        assert file.count(old) == 1, f"{old!r} stands {file.count(old)} times in the file"
        file = file.replace(old, new)
    return file.encode()


def lines_after(*edits: tuple[str, str]) -> list[str]:
    """Return the lines that the check prints after these edits."""
    return check(edited(*edits), name="f.yaml").as_lines()
