"""What the standard designs of cards are called; the host writes over it."""

from __future__ import annotations

from collections.abc import Sequence

_LANGUAGES = ("en", "fa", "ru", "az", "tk", "kk", "pt", "es")

# In the order of the languages above; by the slugs of the standard designs.
_WORDS = {
    "badge": (
        "Badge, A6",
        "کارت شناسایی، اندازه A6",
        "Бейдж, формат A6",
        "Bec, A6",
        "Döş nyşany, A6",
        "Бейдж, A6",
        "Cartão, A6",
        "Credencial, A6",
    ),
    "badge-small": (
        "Badge, size of a bank card",
        "کارت شناسایی، اندازه کارت بانکی",
        "Бейдж, размер банковской карты",
        "Bec, bank kartı ölçüsündə",
        "Döş nyşany, bank kartynyň ölçeginde",
        "Бейдж, банк картасының көлемінде",
        "Cartão, formato bancário",
        "Credencial, formato bancario",
    ),
    "token": (
        "Floaters and overpasses",
        "کارت‌های انتقال‌پذیر و تکمیلی",
        "Передаваемые пропуска",
        "Ötürülən vərəqələr",
        "Geçirilýän rugsatnamalar",
        "Берілетін рұқсаттамалар",
        "Cartões transmissíveis",
        "Tarjetas transferibles",
    ),
    "pin": (
        "Card of a head’s pin",
        "کارت نشان رئیس هیئت",
        "Карта значка главы",
        "Başçı nişanının vərəqəsi",
        "Ýolbaşçy nyşanynyň karty",
        "Басшы белгісінің картасы",
        "Cartão do distintivo do chefe",
        "Tarjeta de la insignia del jefe",
    ),
    "spare": (
        "Spare for one day",
        "کارت ذخیره یک‌روزه",
        "Запасной пропуск на один день",
        "Birgünlük ehtiyat vərəqə",
        "Bir günlük ätiýaçlyk karty",
        "Бір күндік қосалқы карта",
        "Reserva de um dia",
        "Reserva de un día",
    ),
}


def name_of(slug: str, languages: Sequence[str]) -> dict[str, str]:
    """Return the name of a standard design in those of the languages that have one; in English where none has."""
    words = dict(zip(_LANGUAGES, _WORDS[slug], strict=True))
    return {code: words[code] for code in languages if code in words} or {"en": words["en"]}
