"""Cards of invented people, by which an officer looks at a design: short names, long ones, no photo, each kind."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from ejlas.core import calendars
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.exports.cards.values import CardValues, CardZone, FlagBand, Texts

if TYPE_CHECKING:
    from ejlas.delegations.queries.passes.designs import CategoryOpened
    from ejlas.forum.models import Edition

NUMBER = 42
# As long as a real code and read by no gate.
CODE = ("Ejlas-sample_" * 9)[:109] + "A"


class Sample(StrEnum):
    """Whose card is looked at."""

    SHORT = "short"
    LONG = "long"
    NO_PHOTO = "no-photo"
    PIN = "pin"
    FLOATER = "floater"
    OVERPASS = "overpass"
    SPARE = "spare"

    @property
    def kind(self) -> BadgeKind:
        """The kind of badge that it shows."""
        people = (Sample.SHORT, Sample.LONG, Sample.NO_PHOTO)
        return BadgeKind.BADGE if self in people else BadgeKind(self.value)


def samples_for(kinds: Iterable[str]) -> list[Sample]:
    """Return the samples that a design for these kinds of badges may show; all where it is for none yet."""
    wanted = set(kinds)
    return [sample for sample in Sample if not wanted or sample.kind in wanted] or list(Sample)


_NAMES: dict[Sample, tuple[str, Texts]] = {
    Sample.SHORT: (
        "Ana LI",
        {"fa": "آنا لی", "ru": "Анна Ли", "az": "Ana Li", "tk": "Ana Li", "kk": "Ана Ли"},
    ),
    Sample.LONG: (
        "Seyed Mohammadreza HOSSEININEJAD TABATABAEI SHIRAZI ASL",
        {
            "fa": "سید محمدرضا حسینی‌نژاد طباطبایی شیرازی اصل",
            "ru": "Константин Александрович Рождественский-Преображенский",
            "az": "Seyid Məhəmmədrza Hüseyninejad Təbatəbai Şirazi Əsl",
            "tk": "Seýit Muhammetrza Hüseýninejad Tabatabaýy Şirazy Asl",
            "kk": "Сейіт Мұхаммедриза Хүсейнинежад Табатабаи Ширази Асл",
        },
    ),
}
_SHORT_OFFICE: Texts = {
    "en": "Governor", "fa": "استاندار", "ru": "Губернатор", "az": "Qubernator", "tk": "Häkim", "kk": "Губернатор",
    "pt": "Governador", "es": "Gobernador",
}  # fmt: skip
_LONG_OFFICE: Texts = {
    "en": "Deputy Governor for Economic Affairs and Resource Development, Secretary of the Working Group on Maritime "
    "Transport",
    "fa": "معاون هماهنگی امور اقتصادی و توسعه منابع استانداری و دبیر کارگروه حمل‌ونقل دریایی",
    "ru": "Заместитель губернатора по экономическим вопросам, секретарь рабочей группы по морским перевозкам",
    "az": "Qubernatorun iqtisadi məsələlər üzrə müavini, Dəniz nəqliyyatı üzrə işçi qrupun katibi",
    "tk": "Häkimiň ykdysady meseleler boýunça orunbasary, Deňiz ulaglary boýunça iş toparynyň kätibi",
    "kk": "Губернатордың экономика жөніндегі орынбасары, Теңіз көлігі жөніндегі жұмыс тобының хатшысы",
    "pt": "Vice-Governador para os Assuntos Económicos, Secretário do Grupo de Trabalho dos Transportes Marítimos",
    "es": "Vicegobernador de Asuntos Económicos, Secretario del Grupo de Trabajo sobre Transporte Marítimo",
}
_DELEGATION: Texts = {
    "en": "Sample Region", "fa": "استان نمونه", "ru": "Примерная область", "az": "Nümunə vilayəti",
    "tk": "Nusga welaýaty", "kk": "Үлгі облысы", "pt": "Região de Exemplo", "es": "Región de Ejemplo",
}  # fmt: skip
_CAPACITY: Texts = {
    "en": "Delegate", "fa": "نماینده", "ru": "Делегат", "az": "Nümayəndə", "tk": "Wekil", "kk": "Делегат",
    "pt": "Delegado", "es": "Delegado",
}  # fmt: skip
_TOKEN: Texts = {
    "en": "Security", "fa": "امنیت", "ru": "Охрана", "az": "Mühafizə", "tk": "Gorag", "kk": "Күзет",
    "pt": "Segurança", "es": "Seguridad",
}  # fmt: skip
_CATEGORY: Texts = {
    "en": "Category", "fa": "رده", "ru": "Категория", "az": "Kateqoriya", "tk": "Kategoriýa", "kk": "Санат",
    "pt": "Categoria", "es": "Categoría",
}  # fmt: skip


def values_of(
    sample: Sample, edition: Edition, categories: Sequence[CategoryOpened], *, category: str = ""
) -> CardValues:
    """Return what a sample card shows: invented people, with the real categories and zones of the edition."""
    kind = sample.kind
    of_kind = [each for each in categories if each.category.kind == kind]
    opened = next((each for each in of_kind if each.category.slug == category), next(iter(of_kind), None))
    is_person = kind is BadgeKind.BADGE
    passport_name, name = _NAMES[Sample.LONG if sample is Sample.LONG else Sample.SHORT]
    days = _days(edition)
    return CardValues(
        number=f"{NUMBER:05d}",
        kind=kind.value,
        category=opened.category.slug if opened else "",
        category_name=opened.category.name.values if opened else _CATEGORY,
        letter=opened.category.short if opened else "A",
        colour=opened.category.colour if opened else "#0b5d5b",
        name=name if is_person else {},
        passport_name=passport_name if is_person else "",
        office=(_LONG_OFFICE if sample is Sample.LONG else _SHORT_OFFICE) if is_person else {},
        delegation={} if kind is BadgeKind.SPARE else _DELEGATION,
        capacity=_CAPACITY if is_person else {},
        token=_TOKEN if kind in (BadgeKind.FLOATER, BadgeKind.OVERPASS) else {},
        party_code="SMP",
        flag=FlagBand(("#0b5d5b", "#f2b33d", "#24507f")) if sample is Sample.LONG else None,
        zones=tuple(CardZone(zone.letter, zone.name.values, days) for zone in opened.zones) if opened else (),
        days=days,
        valid_from=_day(edition, edition.starts_on),
        valid_until=_day(edition, edition.ends_on),
        photo=portrait() if sample in (Sample.SHORT, Sample.LONG) else b"",
        code=CODE,
    )


def _days(edition: Edition) -> Texts:
    first = edition.starts_on
    last = max(first, edition.ends_on)
    return {code: calendars.format_span(first, last, code, calendar=_own(code)) for code in edition.languages}


def _day(edition: Edition, day: date) -> Texts:
    return {code: calendars.format_date(day, code, calendar=_own(code)) for code in edition.languages}


def _own(code: str) -> calendars.Calendar:
    return calendars.home_calendar(code)


@lru_cache(maxsize=1)
def portrait() -> bytes:
    """Return a drawn bust that is nobody's."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (600, 800), "#dfe9e8")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((40, 560, 560, 1200), fill="#24507f")
    draw.polygon([(225, 585), (375, 585), (300, 740)], fill="#ffffff")
    draw.rounded_rectangle((245, 470, 355, 640), radius=50, fill="#c9997a")
    draw.ellipse((180, 170, 420, 520), fill="#d9ab8c")
    draw.pieslice((165, 140, 435, 480), 180, 360, fill="#3a2c26")
    # Named, because a call of `save` stands for a change of a table.
    made, write = io.BytesIO(), picture.save
    write(made, "JPEG", quality=88)
    return made.getvalue()
