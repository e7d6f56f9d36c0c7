"""Words that the standard cards print, in the languages in which an edition may be held."""

from __future__ import annotations

from collections.abc import Iterable

IF_FOUND = "if-found"
VALID = "valid"
ZONES = "zones"
TRANSFERABLE = "transferable"
WITH_BEARER = "with-bearer"
ONE_DAY = "one-day"
NAME = "name"
OFFICE = "office"
DELEGATION = "delegation"
GIVEN_BY = "given-by"
# Names of the standard designs.
A_BADGE = "a-badge"
A_SMALL_BADGE = "a-small-badge"
A_TOKEN = "a-token"  # noqa: S105
A_PIN = "a-pin"
A_SPARE = "a-spare"

_WORDS: dict[str, dict[str, str]] = {
    IF_FOUND: {
        "en": "If found, please hand this pass to any summit desk or to the police.",
        "fa": "یابنده لطفاً این کارت را به یکی از میزهای اجلاس یا به پلیس تحویل دهد.",
        "ru": "Нашедшего просят передать пропуск на любую стойку саммита или в полицию.",
        "az": "Tapan şəxsdən buraxılış vəsiqəsini görüşün istənilən masasına və ya polisə təhvil vermək xahiş olunur.",
        "tk": "Tapan adamdan bu giriş hatyny duşuşygyň islendik bölümine ýa-da polisiýa tabşyrmagy haýyş edilýär.",
        "kk": "Тапқан адамнан рұқсатнаманы саммиттің кез келген тіркеу орнына немесе полицияға тапсыру сұралады.",
        "pt": "A quem encontrar este cartão pede-se que o entregue num balcão da cimeira ou à polícia.",
        "es": "Se ruega a quien encuentre esta tarjeta que la entregue en un mostrador de la cumbre o a la policía.",
        "fr": "Prière de remettre cette carte, si elle est trouvée, à un bureau du sommet ou à la police.",
        "ar": "يُرجى ممن يعثر على هذه البطاقة تسليمها إلى أحد مكاتب القمة أو إلى الشرطة.",
        "tr": "Bu kartı bulanların zirve masalarından birine veya polise teslim etmesi rica olunur.",
        "de": "Wer diese Karte findet, wird gebeten, sie an einem Schalter des Gipfels oder bei der Polizei abzugeben.",
    },
    VALID: {
        "en": "Valid", "fa": "اعتبار", "ru": "Действителен", "az": "Etibarlıdır", "tk": "Güýji bar",
        "kk": "Жарамды", "pt": "Válido", "es": "Válido", "fr": "Valable", "ar": "صالحة", "tr": "Geçerli",
        "de": "Gültig",
    },
    ZONES: {
        "en": "Zones", "fa": "محوطه‌ها", "ru": "Зоны", "az": "Zonalar", "tk": "Zolaklar", "kk": "Аймақтар",
        "pt": "Zonas", "es": "Zonas", "fr": "Zones", "ar": "المناطق", "tr": "Bölgeler", "de": "Bereiche",
    },
    TRANSFERABLE: {
        "en": "Transferable. Valid only together with the bearer’s own badge.",
        "fa": "قابل انتقال؛ تنها همراه با کارت شناسایی دارنده معتبر است.",
        "ru": "Передаётся. Действителен только вместе с личным бейджем предъявителя.",
        "az": "Ötürülə bilər. Yalnız sahibinin şəxsi vəsiqəsi ilə birlikdə etibarlıdır.",
        "tk": "Başga birine berip bolýar. Diňe eýesiniň öz giriş haty bilen bilelikde güýji bar.",
        "kk": "Беруге болады. Иесінің жеке бейджімен бірге ғана жарамды.",
        "pt": "Transmissível. Válido apenas com o cartão pessoal do portador.",
        "es": "Transferible. Válido solo junto con la credencial personal del portador.",
        "fr": "Transmissible. Valable uniquement avec le badge personnel du porteur.",
        "ar": "قابلة للنقل. لا تصلح إلا مع البطاقة الشخصية لحاملها.",
        "tr": "Devredilebilir. Yalnızca taşıyanın kişisel kartıyla birlikte geçerlidir.",
        "de": "Übertragbar. Gültig nur zusammen mit der eigenen Karte des Trägers.",
    },
    WITH_BEARER: {
        "en": "The pin of the head admits its bearer and those who go along.",
        "fa": "نشان رئیس هیئت، دارنده و همراهان او را پذیرا می‌شود.",
        "ru": "По значку главы делегации проходят предъявитель и сопровождающие.",
        "az": "Nümayəndə heyəti başçısının nişanı sahibinə və onu müşayiət edənlərə giriş hüququ verir.",
        "tk": "Wekiliýet ýolbaşçysynyň nyşany eýesine we ýanyndakylara girmäge hukuk berýär.",
        "kk": "Делегация басшысының белгісі иесіне және қасындағыларға кіруге құқық береді.",
        "pt": "O distintivo do chefe admite o portador e quem o acompanha.",
        "es": "La insignia del jefe admite a su portador y a quienes lo acompañan.",
        "fr": "L’insigne du chef admet son porteur et ceux qui l’accompagnent.",
        "ar": "شارة الرئيس تُدخل حاملها ومن يرافقه.",
        "tr": "Başkanın rozeti taşıyanı ve beraberindekileri kabul ettirir.",
        "de": "Das Abzeichen der Leitung lässt den Träger und seine Begleitung ein.",
    },
    ONE_DAY: {
        "en": "One-day pass", "fa": "کارت یک‌روزه", "ru": "Пропуск на один день", "az": "Birgünlük buraxılış vəsiqəsi",
        "tk": "Bir günlük giriş haty", "kk": "Бір күндік рұқсатнама", "pt": "Cartão de um dia",
        "es": "Tarjeta de un día", "fr": "Carte d’un jour", "ar": "بطاقة ليوم واحد", "tr": "Günlük kart",
        "de": "Tageskarte",
    },
    NAME: {
        "en": "Name", "fa": "نام", "ru": "Имя", "az": "Ad", "tk": "Ady", "kk": "Аты-жөні", "pt": "Nome",
        "es": "Nombre", "fr": "Nom", "ar": "الاسم", "tr": "Ad", "de": "Name",
    },
    OFFICE: {
        "en": "Office", "fa": "سمت", "ru": "Должность", "az": "Vəzifə", "tk": "Wezipesi", "kk": "Лауазымы",
        "pt": "Cargo", "es": "Cargo", "fr": "Fonction", "ar": "المنصب", "tr": "Görev", "de": "Amt",
    },
    DELEGATION: {
        "en": "Delegation", "fa": "هیئت", "ru": "Делегация", "az": "Nümayəndə heyəti", "tk": "Wekiliýet",
        "kk": "Делегация", "pt": "Delegação", "es": "Delegación", "fr": "Délégation", "ar": "الوفد",
        "tr": "Heyet", "de": "Delegation",
    },
    GIVEN_BY: {
        "en": "Day and signature of the desk", "fa": "تاریخ و امضای میز صدور", "ru": "Дата и подпись стойки",
        "az": "Tarix və masanın imzası", "tk": "Senesi we bölümiň goly", "kk": "Күні және тіркеу орнының қолы",
        "pt": "Data e assinatura do balcão", "es": "Fecha y firma del mostrador", "fr": "Date et signature du bureau",
        "ar": "التاريخ وتوقيع المكتب", "tr": "Tarih ve masanın imzası", "de": "Tag und Unterschrift des Schalters",
    },
    A_BADGE: {
        "en": "Badge with photo, A6", "fa": "کارت شناسایی عکس‌دار، A6", "ru": "Бейдж с фотографией, A6",
        "az": "Fotoşəkilli vəsiqə, A6", "tk": "Suratly giriş haty, A6", "kk": "Фотосуреті бар бейдж, A6",
        "pt": "Cartão com fotografia, A6", "es": "Credencial con fotografía, A6", "fr": "Badge avec photo, A6",
        "ar": "بطاقة بصورة، A6", "tr": "Fotoğraflı kart, A6", "de": "Ausweis mit Foto, A6",
    },
    A_SMALL_BADGE: {
        "en": "Badge with photo, bank card size", "fa": "کارت شناسایی عکس‌دار، اندازه کارت بانکی",
        "ru": "Бейдж с фотографией, размер банковской карты", "az": "Fotoşəkilli vəsiqə, bank kartı ölçüsü",
        "tk": "Suratly giriş haty, bank kartynyň ölçegi", "kk": "Фотосуреті бар бейдж, банк картасының өлшемі",
        "pt": "Cartão com fotografia, tamanho de cartão bancário",
        "es": "Credencial con fotografía, tamaño de tarjeta bancaria", "fr": "Badge avec photo, format carte bancaire",
        "ar": "بطاقة بصورة، بحجم بطاقة مصرفية", "tr": "Fotoğraflı kart, banka kartı boyutu",
        "de": "Ausweis mit Foto, Scheckkartengröße",
    },
    A_TOKEN: {
        "en": "Transferable token", "fa": "کارت قابل انتقال", "ru": "Передаваемый пропуск", "az": "Ötürülən vəsiqə",
        "tk": "Berip bolýan giriş haty", "kk": "Берілетін рұқсатнама", "pt": "Cartão transmissível",
        "es": "Tarjeta transferible", "fr": "Carte transmissible", "ar": "بطاقة قابلة للنقل",
        "tr": "Devredilebilir kart", "de": "Übertragbare Karte",
    },
    A_PIN: {
        "en": "Card of the head’s pin", "fa": "کارت نشان رئیس هیئت", "ru": "Карта к значку главы",
        "az": "Başçının nişanının kartı", "tk": "Ýolbaşçynyň nyşanynyň karty", "kk": "Басшы белгісінің картасы",
        "pt": "Cartão do distintivo do chefe", "es": "Tarjeta de la insignia del jefe",
        "fr": "Carte de l’insigne du chef", "ar": "بطاقة شارة الرئيس", "tr": "Başkan rozetinin kartı",
        "de": "Karte zum Abzeichen der Leitung",
    },
    A_SPARE: {
        "en": "One-day spare, to be written on", "fa": "کارت ذخیره یک‌روزه، برای نوشتن",
        "ru": "Запасной пропуск на день, для заполнения", "az": "Ehtiyat birgünlük vəsiqə, yazmaq üçün",
        "tk": "Ätiýaçlyk birgünlük giriş haty, ýazmak üçin", "kk": "Бір күндік қосалқы рұқсатнама, толтыруға арналған",
        "pt": "Cartão de reserva de um dia, para preencher", "es": "Tarjeta de reserva de un día, para rellenar",
        "fr": "Carte de réserve d’un jour, à remplir", "ar": "بطاقة احتياطية ليوم واحد، للملء",
        "tr": "Günlük yedek kart, doldurmak için", "de": "Tageskarte auf Vorrat, zum Ausfüllen",
    },
}  # fmt: skip


def all_words(name: str) -> dict[str, str]:
    """Return a text in every language that has it."""
    return dict(_WORDS[name])


def words_of(name: str, languages: Iterable[str]) -> dict[str, str]:
    """Return a text in those of the languages that have it; in English where none has."""
    known = _WORDS[name]
    return {code: known[code] for code in languages if code in known} or {"en": known["en"]}
