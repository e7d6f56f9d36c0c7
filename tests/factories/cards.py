"""Cards of invented people at the summit of Rasht, and at one of Atlantic cities."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from ejlas.exports.cards.values import CardEdition, CardValues, CardZone, FlagBand
from tests.factories import faces

AT = datetime(2025, 11, 10, 6, 0, tzinfo=UTC)
# As long as the code of a pass, and signed by nobody.
CODE = "EAq3_w" + "Zx7-TqLm0bNcVdKfPgRh" * 5 + "9wYA"

CASPIAN = CardEdition(
    languages=("fa", "en", "ru", "az", "tk", "kk"),
    name={
        "fa": "نخستین اجلاس استانداران استان‌های ساحلی کشورهای حاشیه دریای خزر",
        "en": "First Meeting of Governors of the Coastal Provinces of the Caspian Sea Littoral States",
        "ru": "Первая встреча губернаторов прикаспийских регионов",
    },
    dates={
        "fa": "۲۷ و ۲۸ آبان ۱۴۰۴ · ۱۸ و ۱۹ نوامبر ۲۰۲۵",
        "en": "18–19 November 2025",
        "ru": "18–19 ноября 2025 г.",
    },
    place={"fa": "رشت", "en": "Rasht", "ru": "Решт"},
    host={
        "fa": "استانداری گیلان",
        "en": "Governor’s Office of Gilan Province",
        "ru": "Канцелярия губернатора провинции Гилян",
    },
)
ATLANTIC = CardEdition(
    languages=("pt", "es", "fr", "en"),
    name={"pt": "Cimeira das Cidades Portuárias do Atlântico", "es": "Cumbre de las Ciudades Portuarias del Atlántico"},
    dates={"pt": "30 de outubro a 1 de novembro de 2027", "es": "30 de octubre al 1 de noviembre de 2027"},
    place={"pt": "Ponta Delgada", "es": "Ponta Delgada"},
    host={"pt": "Câmara Municipal de Ponta Delgada", "es": "Ayuntamiento de Ponta Delgada"},
    colours=("#0f4c81", "#e07a3f"),
)


def zone(letter: str, **names: str) -> CardZone:
    """Return a zone with its name by language, open on both days."""
    days = {"fa": "۲۷ و ۲۸ آبان", "en": "18, 19 November", "ru": "18 и 19 ноября", "pt": "30 e 31 de outubro"}
    return CardZone(letter, names, days)


ZONES = (
    zone("S", fa="محوطه اجلاس", en="Summit site", ru="Территория саммита", pt="Recinto da cimeira"),
    zone("H", fa="تالار اصلی", en="Main hall", ru="Главный зал", pt="Sala principal"),
    zone("L", fa="محوطه سران", en="Leaders’ zone", ru="Зона глав делегаций", pt="Zona dos chefes"),
    zone("C", fa="محل مراسم", en="Ceremonies", ru="Церемонии", pt="Cerimónias"),
)


def head(*, with_photo: bool = True) -> CardValues:
    """Return the card of a head of delegation."""
    photo = faces.portrait(faces.Face(seed=5, beard=True, glasses=True), width=300, height=400) if with_photo else b""
    return CardValues(
        number="00017",
        category="heads",
        category_name={"fa": "سران هیئت‌ها", "en": "Heads of delegation", "ru": "Главы делегаций"},
        letter="A",
        colour="#8a5a00",
        name={"fa": "ایگور ولگین", "ru": "Игорь Волгин"},
        passport_name="Igor VOLGIN",
        office={"fa": "استاندار", "en": "Governor", "ru": "Губернатор"},
        delegation={"fa": "استان آستراخان", "en": "Astrakhan Region", "ru": "Астраханская область"},
        capacity={"fa": "رئیس هیئت", "en": "Head", "ru": "Глава"},
        party_code="RU-AST",
        flag=FlagBand(("#ffffff", "#0039a6", "#d52b1e")),
        zones=ZONES,
        days={
            "fa": "سه‌شنبه ۲۷ و چهارشنبه ۲۸ آبان ۱۴۰۴",
            "en": "Tuesday 18 and Wednesday 19 November 2025",
            "ru": "Вторник 18 и среда 19 ноября 2025 г.",
        },
        photo=photo,
        code=CODE,
    )


def long_words() -> CardValues:
    """Return the card of somebody whose name and office are as long as they come, without a photo."""
    return replace(
        head(with_photo=False),
        number="01482",
        category="delegates",
        category_name={
            "fa": "نمایندگان و مشاوران ارشد",
            "en": "Delegates and senior advisers",
            "ru": "Делегаты и старшие советники",
        },
        letter="B",
        colour="#0b5d5b",
        name={
            "fa": "سید محمدرضا حسینی‌نژاد طباطبایی شیرازی اصل",
            "ru": "Константин Александрович Рождественский-Преображенский",
        },
        passport_name="Seyed Mohammadreza HOSSEININEJAD TABATABAEI SHIRAZI ASL",
        office={
            "fa": "معاون هماهنگی امور اقتصادی و توسعه منابع استانداری مازندران و دبیر کارگروه حمل‌ونقل دریایی",
            "en": "Deputy Governor for Economic Affairs and Resource Development of Mazandaran Province, "
            "Secretary of the Working Group on Maritime Transport",
            "ru": "Заместитель губернатора по экономическим вопросам, секретарь рабочей группы по морским "
            "перевозкам и портовой инфраструктуре",
        },
        flag=None,
        party_code="IR-02",
    )


def token() -> CardValues:
    """Return a floater for somebody of security."""
    return replace(
        head(with_photo=False),
        number="00301",
        kind="floater",
        category="leaders-floater",
        category_name={"fa": "کارت شناور سران", "en": "Leaders’ zone floater", "ru": "Пропуск в зону глав"},
        letter="FL",
        colour="#5b4a9c",
        name={},
        passport_name="",
        office={},
        token={"fa": "امنیت", "en": "Security", "ru": "Охрана"},
        zones=ZONES[2:3],
    )


def spare() -> CardValues:
    """Return a one-day card that names nobody yet."""
    return CardValues(
        number="00407",
        kind="spare",
        category="spare",
        category_name={"fa": "کارت ذخیره", "en": "Spare", "ru": "Запасной", "pt": "De reserva"},
        letter="SP",
        colour="#33383d",
        zones=ZONES[:1],
        code=CODE,
    )


def atlantic() -> CardValues:
    """Return the card of a delegate at the summit of Atlantic cities, who has no spelling but the passport's."""
    return replace(
        head(),
        number="00112",
        name={"pt": "Inês Furtado Medeiros", "es": "Inês Furtado Medeiros"},
        passport_name="Ines FURTADO MEDEIROS",
        office={"pt": "Vereação do mar", "es": "Concejalía del mar"},
        delegation={"pt": "Las Palmas", "es": "Las Palmas de Gran Canaria"},
        category_name={"pt": "Delegados", "es": "Delegados"},
        days={"pt": "30 de outubro a 1 de novembro de 2027", "es": "30 de octubre al 1 de noviembre de 2027"},
        letter="B",
        colour="#0f4c81",
        party_code="ES-GC",
        flag=None,
    )
