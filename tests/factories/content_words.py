"""The words that `content` builds a publication of: six languages, three scripts, gaps and unsure wordings."""

from __future__ import annotations

from ejlas.core.text import StoredText
from ejlas.forum.rules import EditionContent

LANGUAGES = ("fa", "en", "ru", "az", "tk", "kk")

# Wordings with a gap (tk, kk), with an unsure one, and with characters that HTML minds.
TITLES: tuple[StoredText, ...] = (
    {
        "fa": "افتتاحیه",
        "en": "Opening",
        "ru": "Открытие",
        "az": "Açılış",
        "tk": "Açylyş",
        "kk": "Ашылу",
    },
    {
        "fa": "ترانزیت، لجستیک و توسعه کریدور شمال و جنوب",
        "en": "Transit, logistics & the North–South corridor",
        "ru": "Транзит, логистика и коридор «Север — Юг»",
        "az": "Tranzit, logistika və Şimal–Cənub dəhlizi",
    },
    {
        "fa": "محیط زیست، شیلات و احیای زیست‌بوم دریای خزر",
        "en": "Environment, fisheries and restoring the ecosystem",
        "ru": "Экология, рыболовство и восстановление экосистемы",
        "az": "Ətraf mühit və balıqçılıq",
        "tk": "Daşky gurşaw we balykçylyk",
        "kk": "Қоршаған орта және балық шаруашылығы",
        "unsure": ["kk", "tk"],
    },
    {
        "fa": "اقتصاد، سرمایه‌گذاری و توسعه منطقه‌ای",
        "en": "Economy, investment and regional development",
        "ru": "Экономика, инвестиции и развитие регионов",
        "az": "İqtisadiyyat, investisiya və regional inkişaf",
        "tk": "Ykdysadyýet, maýa goýum we sebit ösüşi",
        "kk": "Экономика, инвестиция және өңірлік даму",
    },
)

DESCRIPTION: StoredText = {
    "fa": "نمایندگان طرف‌ها دیدگاه‌های خود را بیان می‌کنند و پیشنهادها در صورت‌جلسه ثبت می‌شود.",
    "en": "Representatives of the parties state their views, and proposals are recorded in the minutes.",
    "ru": "Представители сторон излагают свои взгляды, предложения заносятся в протокол.",
    "az": "Tərəflərin nümayəndələri fikirlərini bildirir, təkliflər protokola yazılır.",
    "tk": "Taraplaryň wekilleri garaýyşlaryny beýan edýärler, teklipler teswirnama girizilýär.",
    "kk": "Тараптардың өкілдері көзқарастарын білдіреді, ұсыныстар хаттамаға енгізіледі.",
}

# slug, state, ISO code, latitude, longitude, names
PARTIES: tuple[tuple[str, str, str, float, float, StoredText], ...] = (
    (
        "gilan",
        "IR",
        "IR-01",
        37.28,
        49.58,
        {
            "fa": "گیلان",
            "en": "Gilan",
            "ru": "Гилян",
            "az": "Gilan",
            "tk": "Gilan",
            "kk": "Гилян",
            "unsure": ["kk", "tk"],
        },
    ),
    (
        "mazandaran",
        "IR",
        "IR-02",
        36.56,
        53.06,
        {"fa": "مازندران", "en": "Mazandaran", "ru": "Мазендеран", "az": "Mazandaran"},
    ),
    ("golestan", "IR", "IR-27", 36.84, 54.44, {"fa": "گلستان", "en": "Golestan", "ru": "Голестан", "az": "Gülüstan"}),
    ("hormozgan", "IR", "IR-22", 27.18, 56.27, {"fa": "هرمزگان", "en": "Hormozgan", "ru": "Хормозган"}),
    (
        "sistan-and-baluchestan",
        "IR",
        "IR-11",
        29.5,
        60.86,
        {"fa": "سیستان و بلوچستان", "en": "Sistan and Baluchestan", "ru": "Систан и Белуджистан"},
    ),
    (
        "astrakhan",
        "RU",
        "RU-AST",
        46.35,
        48.04,
        {"fa": "استان آستراخان", "en": "Astrakhan Region", "ru": "Астраханская область", "kk": "Астрахан облысы"},
    ),
    (
        "dagestan",
        "RU",
        "RU-DA",
        42.98,
        47.5,
        {
            "fa": "جمهوری داغستان",
            "en": "Republic of Dagestan",
            "ru": "Республика Дагестан",
            "az": "Dağıstan Respublikası",
            "kk": "Дағыстан Республикасы",
        },
    ),
    (
        "kalmykia",
        "RU",
        "RU-KL",
        46.31,
        44.26,
        {"fa": "جمهوری کالمیکیا", "en": "Republic of Kalmykia", "ru": "Республика Калмыкия"},
    ),
    (
        "lankaran",
        "AZ",
        "AZ-LAN",
        38.75,
        48.85,
        {"fa": "شهرستان لنکران", "en": "Lankaran District", "ru": "Ленкоранский район", "az": "Lənkəran rayonu"},
    ),
    (
        "neftchala",
        "AZ",
        "AZ-NEF",
        39.36,
        49.25,
        {"fa": "شهرستان نفت‌چاله", "en": "Neftchala District", "ru": "Нефтечалинский район", "az": "Neftçala rayonu"},
    ),
    (
        "mangystau",
        "KZ",
        "KZ-47",
        43.65,
        51.16,
        {"fa": "استان مانگیستائو", "en": "Mangystau Region", "ru": "Мангистауская область", "kk": "Маңғыстау облысы"},
    ),
    (
        "balkan",
        "TM",
        "TM-B",
        39.51,
        54.36,
        {
            "fa": "استان بالکان",
            "en": "Balkan Region",
            "ru": "Балканский велаят",
            "az": "Balkan vilayəti",
            "tk": "Balkan welaýaty",
        },
    ),
)

NAMES: tuple[StoredText, ...] = (
    {"fa": "مهرداد رستگار", "en": "Mehrdad Rastegar", "ru": "Мехрдад Растегар"},
    {"en": "Irina Sokolova", "ru": "Ирина Соколова", "fa": "ایرینا ساکالوا"},
    {"az": "Leyla Məmmədova", "en": "Leyla Mammadova"},
    {"kk": "Әлия Құрманғазина", "ru": "Алия Курмангазина", "en": "Aliya Kurmangazina"},
    {"tk": "Jeren Ýazgulyýewa", "en": "Jeren Yazgulyyeva"},
)
OFFICE: StoredText = {
    "fa": "رئیس اتاق بازرگانی",
    "en": "President of the Chamber of Commerce",
    "ru": "президент торгово-промышленной палаты",
}
KINDS = ("panel", "plenary", "bilateral", "panel", "press", "bilateral", "signing")
SOURCE_SLUGS = ("agency", "ministry", "local")


def edition(languages: tuple[str, ...], fallback_languages: tuple[str, ...]) -> EditionContent:
    """Build the edition itself."""
    return {
        "slug": "rasht2025",
        "number": 1,
        "name": {
            "fa": "نخستین اجلاس استانداران استان‌های ساحلی دریای خزر",
            "en": "First Meeting of Governors of the Coastal Provinces of the Caspian Sea",
            "ru": "Первая встреча губернаторов прикаспийских регионов",
            "az": "Xəzəryanı ölkələrin sahilyanı regionlarının əməkdaşlıq görüşü",
        },
        "motto": {
            "fa": "خزر، پل دوستی و توسعه منطقه‌ای",
            "en": "Caspian: Bridge of Friendship and Regional Development",
            "ru": "Каспий — мост дружбы и регионального развития",
        },
        "summary": {
            "fa": "استانداران و رؤسای دوازده منطقه از پنج کشور ساحلی در رشت "
            "گرد هم می‌آیند تا همکاری‌های اقتصادی و زیست‌محیطی را گسترش دهند.",
            "en": "Heads of twelve regions of the five littoral states meet "
            "in Rasht to widen economic and environmental cooperation.",
            "ru": "Главы двенадцати регионов пяти прикаспийских "
            "государств встречаются в Реште, чтобы расширить сотрудничество.",
        },
        "starts_on": "2025-11-18",
        "ends_on": "2025-11-19",
        "opens_at": "2025-11-18T09:00:00+03:30",
        "timezone": "Asia/Tehran",
        "city": {"fa": "رشت", "en": "Rasht", "ru": "Решт", "az": "Rəşt", "tk": "Reşt", "kk": "Решт", "unsure": ["tk"]},
        "country": "IR",
        "languages": list(languages),
        "fallback_languages": list(fallback_languages),
        "calendars": ["gregorian", "solar_hijri"],
        "colours": [],
        "forum_slug": "caspian-governors",
        "forum_name": {
            "fa": "مجمع استانداران خزر",
            "en": "Caspian Governors' Forum",
            "ru": "Форум губернаторов Каспия",
        },
        "host_office": {"fa": "استاندار گیلان", "en": "Governor of Gilan Province", "ru": "губернатор провинции Гилян"},
        "lead_ministry": {
            "fa": "وزارت امور خارجه",
            "en": "Ministry of Foreign Affairs",
            "ru": "Министерство иностранных дел",
        },
        "secretariat": {"fa": "دبیرخانه اجلاس", "en": "Summit secretariat", "ru": "Секретариат встречи"},
        "aims": [
            {"fa": "همکاری اقتصادی", "en": "Economic cooperation", "ru": "Экономическое сотрудничество"},
            {"fa": "حمل‌ونقل دریایی", "en": "Maritime transport", "ru": "Морские перевозки"},
            {"fa": "گردشگری", "en": "Tourism", "ru": "Туризм"},
            {"fa": "محیط زیست", "en": "Environment", "ru": "Экология"},
        ],
        "mandates": [
            {
                "wording": {
                    "fa": "پنج کشور در سومین مجمع اقتصادی خزر، گیلان را نخستین میزبان برگزیدند.",
                    "en": "The five states named Gilan the first host at the Third Caspian Economic Forum.",
                    "ru": "Пять государств назвали Гилян первой принимающей стороной на Третьем экономическом форуме.",
                },
                "decided_on": "2025-02-18",
                "confidence": "high",
                "sources": ["agency", "ministry"],
            }
        ],
        "duties": [
            {
                "slug": "protocol",
                "task": {
                    "fa": "تشریفات و دعوت‌نامه‌ها",
                    "en": "Protocol and invitations",
                    "ru": "Протокол и приглашения",
                },
                "bearer": "lead_ministry",
                "supported_by": ["host"],
            },
            {
                "slug": "venues",
                "task": {"fa": "مکان‌ها و امکانات", "en": "Venues and facilities", "ru": "Площадки и оснащение"},
                "bearer": "host",
                "supported_by": ["secretariat"],
            },
        ],
        "milestones": [
            {
                "slug": "headquarters",
                "date": "2025-10-18",
                "wording": {"fa": "سومین نشست ستاد هماهنگی", "en": "Third meeting of the coordination headquarters"},
                "sources": ["agency"],
            },
            {
                "slug": "stamp",
                "date": "2025-11-17",
                "wording": {
                    "fa": "رونمایی از تمبر یادبود",
                    "en": "A commemorative stamp is unveiled",
                    "ru": "Представлена памятная марка",
                },
                "sources": ["local"],
            },
        ],
    }
