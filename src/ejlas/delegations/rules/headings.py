"""How columns are headed in twelve languages: what we write ourselves, and what else is understood."""

from __future__ import annotations

from functools import lru_cache

from ejlas.core import languages
from ejlas.delegations.rules.folding import folded, joined
from ejlas.delegations.rules.people import PersonField

LANGUAGES = ("en", "fa", "ru", "az", "tk", "kk", "pt", "es", "fr", "ar", "tr", "de")
# A column that holds both names, to be told apart.
FULL_NAME = "full_name"

# For each field the wordings of each language; the first is the one that a template writes.
_WORDS: dict[str, dict[str, str]] = {
    PersonField.CAPACITY: {
        "en": "Capacity|Role|Participant category|Category|Status|Accreditation category|Function in delegation",
        "fa": "عنوان شرکت|نقش|نوع شرکت|جایگاه در هیئت|نقش در هیئت|رده",
        "ru": "Статус участника|Роль|Категория|Статус|Категория участника|Статус в делегации|В качестве",
        "az": "İştirak statusu|Rolu|Kateqoriya|İştirakçının statusu|Heyətdəki rolu",
        "tk": "Gatnaşyjynyň derejesi|Orny|Derejesi|Wekiliýetdäki orny",
        "kk": "Қатысушының мәртебесі|Мәртебесі|Рөлі|Санаты|Делегациядағы рөлі",
        "pt": "Categoria do participante|Categoria|Papel|Qualidade",
        "es": "Categoría del participante|Categoría|Papel|Calidad",
        "fr": "Qualité du participant|Qualité|Rôle|Catégorie", "ar": "صفة المشارك|الصفة|الفئة|الدور",
        "tr": "Katılımcı statüsü|Görevi heyette|Katılım türü|Rolü", "de": "Eigenschaft|Rolle|Kategorie",
    },
    PersonField.FAMILY_NAME: {
        "en": "Family name|Surname|Last name|Family names|Surname as in passport|Family name in passport|Sur name",
        "fa": "نام خانوادگی|فامیلی|فامیل|شهرت|نام خانوادگی لاتین|نام خانوادگی در گذرنامه|نام خانوادگی انگلیسی",
        "ru": "Фамилия|Фамилия латиницей|Фамилия по паспорту|Фамилия как в паспорте|Фамилия на латинице",
        "az": "Soyadı|Soyad|Familiyası|Familiya", "tk": "Familiýasy|Familiýa|Maşgala ady", "kk": "Тегі|Фамилиясы|Тек",
        "pt": "Sobrenome|Apelido|Apelidos|Nome de família|Sobrenomes", "es": "Apellidos|Apellido|Primer apellido",
        "fr": "Nom de famille|Nom", "ar": "اسم العائلة|اللقب|الكنية|اسم الأسرة", "tr": "Soyadı|Soyad|Soyismi|Soyisim",
        "de": "Familienname|Nachname|Zuname",
    },
    PersonField.GIVEN_NAME: {
        "en": "Given name|First name|Given names|Forename|Forenames|First names|Given name in passport|Name",
        "fa": "نام|نام کوچک|اسم|نام لاتین|نام در گذرنامه|نام انگلیسی",
        "ru": "Имя|Имя латиницей|Имя по паспорту|Имя и отчество|Имя как в паспорте|Имя на латинице",
        "az": "Adı|Ad|Öz adı", "tk": "Ady|At|Öz ady", "kk": "Аты|Есімі|Ат",
        "pt": "Nome próprio|Prenome|Nome|Primeiro nome|Nomes próprios",
        "es": "Nombre de pila|Nombre|Nombres|Primer nombre", "fr": "Prénom|Prénoms",
        "ar": "الاسم الأول|الاسم|الاسم الشخصي", "tr": "Adı|Ad|İsim|İsmi|Ön ad", "de": "Vorname|Vornamen|Rufname",
    },
    FULL_NAME: {
        "en": "Full name|Name and surname|Surname and name|Name surname|First and last name|Name in full|"
        "Participant|Names",
        "fa": "نام و نام خانوادگی|نام کامل|نام و فامیل|اسم و فامیل|نام خانوادگی و نام",
        "ru": "ФИО|Ф.И.О.|Фамилия, имя, отчество|Фамилия и имя|Имя и фамилия|Фамилия имя|Полное имя|Участник",
        "az": "Adı və soyadı|Soyadı, adı|Ad soyad|S.A.A.|Soyadı və adı|Tam adı|Adı, soyadı, atasının adı",
        "tk": "Ady we familiýasy|Familiýasy we ady|F.A.A.A.|Doly ady|Ady, familiýasy",
        "kk": "Аты-жөні|Тегі, аты|Толық аты|ТАӘ|Тегі мен аты|Тегі, аты, әкесінің аты",
        "pt": "Nome completo|Nome e sobrenome|Nome e apelido",
        "es": "Nombre completo|Nombre y apellidos|Apellidos y nombre",
        "fr": "Nom et prénom|Nom complet|Prénom et nom|Nom, prénom", "ar": "الاسم الكامل|الاسم واللقب|الاسم الثلاثي",
        "tr": "Adı soyadı|Ad soyad|Ad ve soyad|İsim soyisim",
        "de": "Vollständiger Name|Vor- und Nachname|Name, Vorname",
    },
    PersonField.PREFERRED_NAME: {
        "en": "Preferred name|Name on the badge|Badge name|Name in|Name as written|Native name|Name on badge",
        "fa": "نام دلخواه|نام روی کارت|نام نمایشی|نام به|نام و نام خانوادگی به|نام کامل به",
        "ru": "Предпочитаемое имя|Имя на бейдже|Имя для бейджа|Имя на|ФИО на|Имя и фамилия на|Написание имени на",
        "az": "Üstün tutulan ad|Kartdakı ad|Nişandakı ad|Beycdə ad", "tk": "Islenýän ady|Kartdaky ady|Nyşandaky ady",
        "kk": "Қалаулы есімі|Бейджіктегі есімі|Бейдждегі аты|Төсбелгідегі аты",
        "pt": "Nome preferido|Nome no crachá|Nome para o crachá",
        "es": "Nombre preferido|Nombre en la credencial|Nombre para la credencial",
        "fr": "Nom d’usage|Nom sur le badge", "ar": "الاسم المفضل|الاسم على البطاقة",
        "tr": "Tercih edilen ad|Yaka kartındaki ad",
        "de": "Bevorzugter Name|Name auf dem Ausweis|Rufname auf dem Ausweis",
    },
    PersonField.OFFICE: {
        "en": "Office held|Position|Title|Job title|Office|Post|Designation|Official position|Function|Occupation|"
        "Organisation and position",
        "fa": "مقام|سمت|سمت اداری|پست سازمانی|شغل|عنوان شغلی|پست|منصب|سمت سازمانی",
        "ru": "Должность|Занимаемая должность|Пост|Место работы и должность|Должность и место работы|"
        "Должность полностью",
        "az": "Vəzifəsi|Vəzifə|Tutduğu vəzifə|İş yeri və vəzifəsi",
        "tk": "Wezipesi|Wezipe|Eýeleýän wezipesi|Iş ýeri we wezipesi",
        "kk": "Лауазымы|Лауазым|Қызметі|Атқаратын қызметі|Жұмыс орны және лауазымы",
        "pt": "Cargo|Função|Cargo ocupado|Posto", "es": "Cargo|Puesto|Función|Cargo que ocupa",
        "fr": "Fonction|Poste|Titre|Fonctions", "ar": "المنصب|الوظيفة|المسمى الوظيفي",
        "tr": "Görevi|Görev|Unvanı|Ünvan|Makamı", "de": "Amt|Funktion|Dienststellung|Position|Amtsbezeichnung",
    },
    PersonField.SEX: {
        "en": "Sex|Gender|Sex in passport|M/F|F/M", "fa": "جنسیت|جنس", "ru": "Пол|Пол (м/ж)|М/Ж",
        "az": "Cinsi|Cins|Cinsiyyəti", "tk": "Jynsy|Jyns", "kk": "Жынысы|Жыныс", "pt": "Sexo|Género|Gênero",
        "es": "Sexo|Género", "fr": "Sexe|Genre", "ar": "الجنس|النوع", "tr": "Cinsiyeti|Cinsiyet", "de": "Geschlecht",
    },
    PersonField.BORN_ON: {
        "en": "Date of birth|Birth date|Born|Birthday|DOB|D.O.B.|Born on|Birthdate|Day of birth",
        "fa": "تاریخ تولد|تولد|متولد|زادروز|ت.ت|تاریخ ولادت",
        "ru": "Дата рождения|День рождения|Родился|Д.р.|Число, месяц, год рождения|Год рождения",
        "az": "Doğum tarixi|Doğulduğu tarix|Təvəllüdü|Doğum günü|Anadan olduğu tarix",
        "tk": "Doglan güni|Doglan senesi|Doglan wagty|Doglan ýyly",
        "kk": "Туған күні|Туған жылы|Туылған күні|Туған күні, айы, жылы",
        "pt": "Data de nascimento|Nascimento|Nascido em", "es": "Fecha de nacimiento|Nacimiento|Fecha nacimiento",
        "fr": "Date de naissance|Né le|Naissance", "ar": "تاريخ الميلاد|تاريخ الولادة|الميلاد",
        "tr": "Doğum tarihi|Doğum günü", "de": "Geburtsdatum|Geboren am|Geburtstag",
    },
    PersonField.NATIONALITY: {
        "en": "Nationality|Citizenship|Citizen of|Country of citizenship|Country",
        "fa": "تابعیت|ملیت|شهروند|کشور متبوع|کشور",
        "ru": "Гражданство|Подданство|Гражданин|Национальность|Страна гражданства|Страна",
        "az": "Vətəndaşlığı|Vətəndaşlıq|Milliyyəti|Ölkə", "tk": "Raýatlygy|Raýatlyk|Milleti|Ýurdy",
        "kk": "Азаматтығы|Азаматтық|Ұлты|Елі", "pt": "Nacionalidade|Cidadania|País",
        "es": "Nacionalidad|Ciudadanía|País", "fr": "Nationalité|Citoyenneté|Pays", "ar": "الجنسية|المواطنة|البلد",
        "tr": "Uyruğu|Uyruk|Vatandaşlık|Milliyeti|Ülke",
        "de": "Staatsangehörigkeit|Nationalität|Staatsbürgerschaft|Land",
    },
    PersonField.DOCUMENT_KIND: {
        "en": "Kind of document|Document type|Type of document|Passport type|Type of passport|Travel document|"
        "Kind of passport|Document",
        "fa": "نوع سند|نوع گذرنامه|نوع مدرک|نوع پاسپورت|نوع سند سفر",
        "ru": "Вид документа|Тип документа|Тип паспорта|Вид паспорта|Документ|Наименование документа",
        "az": "Sənədin növü|Pasportun növü|Sənəd növü|Pasport tipi",
        "tk": "Resminamanyň görnüşi|Pasportyň görnüşi|Resminama görnüşi",
        "kk": "Құжат түрі|Паспорт түрі|Құжаттың түрі", "pt": "Tipo de documento|Tipo de passaporte|Documento",
        "es": "Tipo de documento|Tipo de pasaporte|Clase de documento",
        "fr": "Type de document|Type de passeport|Nature du document", "ar": "نوع الوثيقة|نوع جواز السفر|نوع الجواز",
        "tr": "Belge türü|Pasaport türü|Pasaport tipi", "de": "Art des Dokuments|Dokumentenart|Passart|Ausweisart",
    },
    PersonField.DOCUMENT_NUMBER: {
        "en": "Document number|Passport number|Passport No.|Passport|Number of passport|Travel document number|"
        "ID number|Passport no|No. of document",
        "fa": "شماره سند|شماره گذرنامه|شماره پاسپورت|گذرنامه|شماره مدرک|پاسپورت|ش. گذرنامه",
        "ru": "Номер документа|Номер паспорта|Паспорт|№ паспорта|Серия и номер паспорта|Паспортные данные|"
        "Серия, номер|Загранпаспорт|Номер загранпаспорта",
        "az": "Sənədin nömrəsi|Pasportun nömrəsi|Pasport|Pasport nömrəsi|Pasportun seriya və nömrəsi|Pasport №",
        "tk": "Resminamanyň belgisi|Pasportyň belgisi|Pasport|Pasport belgisi|Pasportyň seriýasy we belgisi",
        "kk": "Құжат нөмірі|Паспорт нөмірі|Төлқұжат нөмірі|Паспорт №|Құжаттың нөмірі|Төлқұжат",
        "pt": "Número do documento|Número do passaporte|Passaporte|N.º do passaporte",
        "es": "Número de documento|Número de pasaporte|Pasaporte|N.º de pasaporte",
        "fr": "Numéro du document|Numéro de passeport|Passeport|N° de passeport",
        "ar": "رقم الوثيقة|رقم جواز السفر|رقم الجواز|جواز السفر",
        "tr": "Belge numarası|Pasaport numarası|Pasaport no|Pasaport",
        "de": "Dokumentennummer|Passnummer|Reisepassnummer|Pass Nr.|Reisepass",
    },
    PersonField.DOCUMENT_STATE: {
        "en": "Issuing state|Issued by|Country of issue|Issuing country|Issuing authority|Passport issued by|"
        "Place of issue|Passport country",
        "fa": "کشور صادرکننده|صادرکننده|محل صدور|کشور صادر کننده گذرنامه|کشور صدور",
        "ru": "Государство выдачи|Страна выдачи|Кем выдан|Выдан|Место выдачи|Страна выдачи паспорта",
        "az": "Sənədi verən dövlət|Verən dövlət|Kim tərəfindən verilib|Verən ölkə|Pasportu verən ölkə",
        "tk": "Beren döwlet|Resminamany beren döwlet|Kim tarapyndan berlen|Berlen ýeri",
        "kk": "Берген мемлекет|Құжат берген мемлекет|Кім берді|Берген ел",
        "pt": "País emissor|Estado emissor|Emitido por|País de emissão",
        "es": "Estado expedidor|País expedidor|Expedido por|País de expedición|País emisor",
        "fr": "État émetteur|Pays de délivrance|Délivré par|Pays émetteur",
        "ar": "دولة الإصدار|بلد الإصدار|جهة الإصدار|مكان الإصدار",
        "tr": "Veren ülke|Veren devlet|Veren makam|Pasaportu veren ülke",
        "de": "Ausstellender Staat|Ausstellungsland|Ausgestellt von|Ausstellerstaat",
    },
    PersonField.DOCUMENT_EXPIRES_ON: {
        "en": "Valid until|Expiry date|Date of expiry|Expires|Passport expiry|Expiration date|Expires on|"
        "Passport valid until|Passport expiry date|Document expiry date|Validity|Valid till",
        "fa": "تاریخ انقضا|اعتبار تا|انقضا|تاریخ اعتبار|تاریخ انقضای گذرنامه|معتبر تا|اعتبار گذرنامه",
        "ru": "Действителен до|Срок действия|Дата окончания срока действия|Годен до|Срок действия паспорта|"
        "Дата окончания|Действует до",
        "az": "Etibarlıdır|Etibarlılıq müddəti|Bitmə tarixi|Etibarlılıq tarixi|Pasportun etibarlılıq müddəti",
        "tk": "Möhleti|Hereket edýän möhleti|Tamamlanýan senesi|Pasportyň möhleti",
        "kk": "Жарамды мерзімі|Қолданылу мерзімі|Аяқталу күні|Жарамдылық мерзімі|Дейін жарамды",
        "pt": "Válido até|Data de validade|Validade|Validade do passaporte",
        "es": "Válido hasta|Fecha de caducidad|Fecha de vencimiento|Caducidad|Vencimiento",
        "fr": "Valable jusqu’au|Date d’expiration|Expire le|Expiration",
        "ar": "تاريخ الانتهاء|صالح لغاية|تاريخ انتهاء الجواز|تاريخ انتهاء الصلاحية",
        "tr": "Geçerlilik tarihi|Son geçerlilik tarihi|Geçerlilik süresi|Bitiş tarihi",
        "de": "Gültig bis|Ablaufdatum|Gültigkeit",
    },
    PersonField.EMAIL: {
        "en": "E-mail|Email address|E-mail address|Mail|Electronic mail",
        "fa": "رایانامه|ایمیل|پست الکترونیک|نشانی رایانامه|پست الکترونیکی|آدرس ایمیل",
        "ru": "Электронная почта|Эл. почта|Почта|Адрес электронной почты|Эл. адрес|Имейл|E-mail",
        "az": "E-poçt|Elektron poçt|Elektron poçt ünvanı|E-poçt ünvanı",
        "tk": "E-poçta|Elektron poçta|Elektron poçta salgysy|E-poçta salgysy",
        "kk": "Электрондық пошта|Эл. пошта|Электронды пошта|Пошта",
        "pt": "Correio eletrónico|Correio eletrônico|E-mail|Endereço de e-mail",
        "es": "Correo electrónico|Correo|Dirección de correo",
        "fr": "Courriel|Adresse électronique|Adresse e-mail|Mél", "ar": "البريد الإلكتروني|الإيميل|بريد إلكتروني",
        "tr": "E-posta|E-posta adresi|Elektronik posta", "de": "E-Mail-Adresse|E-Mail",
    },
    PersonField.PHONE: {
        "en": "Telephone|Phone|Mobile|Phone number|Cell|Mobile phone|Contact number|Telephone number|Tel.|"
        "Mobile number|Cell phone",
        "fa": "تلفن|تلفن همراه|شماره تلفن|موبایل|شماره تماس|شماره همراه|همراه",
        "ru": "Телефон|Мобильный телефон|Номер телефона|Тел.|Контактный телефон|Мобильный|Сотовый телефон|"
        "Моб. телефон",
        "az": "Telefon|Mobil telefon|Telefon nömrəsi|Əlaqə nömrəsi|Mobil nömrə",
        "tk": "Telefon|Telefon belgisi|Öýjükli telefon|El telefony|Habarlaşmak üçin telefon",
        "kk": "Телефон|Телефон нөмірі|Ұялы телефон|Байланыс телефоны",
        "pt": "Telefone|Telemóvel|Celular|Número de telefone", "es": "Teléfono|Móvil|Celular|Número de teléfono",
        "fr": "Téléphone|Portable|Mobile|Numéro de téléphone", "ar": "الهاتف|رقم الهاتف|الجوال|المحمول|رقم الجوال",
        "tr": "Telefon|Cep telefonu|Telefon numarası", "de": "Telefon|Mobiltelefon|Handy|Telefonnummer",
    },
    PersonField.LANGUAGES: {
        "en": "Languages|Languages spoken|Language|Working languages|Spoken languages|Language skills",
        "fa": "زبان‌ها|زبان|زبانهای گفتار|زبان گفتار|زبان‌های آشنا|آشنایی با زبان‌ها",
        "ru": "Языки|Владение языками|Язык|Знание языков|Рабочие языки|Рабочий язык",
        "az": "Dillər|Bildiyi dillər|Dil|Danışdığı dillər|Dil bilikləri", "tk": "Dilleri|Diller|Bilýän dilleri|Dil",
        "kk": "Тілдер|Білетін тілдері|Тілі|Меңгерген тілдері|Тілдері", "pt": "Línguas|Idiomas|Idioma",
        "es": "Idiomas|Lenguas|Idioma", "fr": "Langues|Langues parlées|Langue", "ar": "اللغات|اللغة|اللغات المستخدمة",
        "tr": "Diller|Bildiği diller|Dil", "de": "Sprachen|Sprachkenntnisse|Sprache",
    },
    PersonField.DIET: {
        "en": "Diet|Dietary requirements|Food|Dietary needs|Meals|Dietary restrictions|Food restrictions|"
        "Food preferences|Meal preference",
        "fa": "رژیم غذایی|غذا|ملاحظات غذایی|محدودیت غذایی|نیاز غذایی",
        "ru": "Питание|Диета|Особенности питания|Предпочтения в еде|Пищевые ограничения|Ограничения в питании",
        "az": "Qidalanma|Pəhriz|Qida məhdudiyyətləri|Qida tələbləri",
        "tk": "Iýmit|Berhiz|Iýmit boýunça talaplar|Iýmit çäklendirmeleri",
        "kk": "Тамақтану|Диета|Тамақтану ерекшеліктері|Тағамдық шектеулер",
        "pt": "Dieta|Restrições alimentares|Alimentação", "es": "Dieta|Restricciones alimentarias|Alimentación",
        "fr": "Régime alimentaire|Régime|Alimentation", "ar": "النظام الغذائي|الحمية|المتطلبات الغذائية",
        "tr": "Beslenme|Diyet|Yemek tercihi|Beslenme gereksinimleri", "de": "Ernährung|Kost|Essenswünsche|Diät",
    },
    PersonField.HEALTH: {
        "en": "Health|Medical needs|Medical conditions|Accessibility|Medical|Special needs|Health needs|Allergies|"
        "Health and accessibility",
        "fa": "سلامت|بیماری|نیاز پزشکی|ملاحظات پزشکی|نیازهای ویژه|ملاحظات سلامتی|حساسیت",
        "ru": "Здоровье|Состояние здоровья|Медицинские показания|Особые потребности|Особенности здоровья|Аллергии",
        "az": "Sağlamlıq|Səhhəti|Tibbi ehtiyaclar|Xüsusi ehtiyaclar|Allergiya",
        "tk": "Saglyk|Saglygy|Saglyk ýagdaýy|Aýratyn zerurlyklar|Lukmançylyk zerurlyklary",
        "kk": "Денсаулығы|Денсаулық|Медициналық қажеттіліктер|Ерекше қажеттіліктер|Денсаулық жағдайы",
        "pt": "Saúde|Necessidades médicas|Necessidades especiais|Alergias",
        "es": "Salud|Necesidades médicas|Necesidades especiales|Alergias",
        "fr": "Santé|Besoins médicaux|Besoins particuliers|Allergies",
        "ar": "الصحة|الحالة الصحية|الاحتياجات الطبية|احتياجات خاصة",
        "tr": "Sağlık|Sağlık durumu|Özel ihtiyaçlar|Alerji",
        "de": "Gesundheit|Gesundheitliches|Besondere Bedürfnisse|Allergien",
    },
    PersonField.NOTE: {
        "en": "Note|Notes|Remarks|Comment|Comments|Remark|Additional information",
        "fa": "یادداشت|توضیحات|ملاحظات|توضیح",
        "ru": "Примечание|Примечания|Комментарий|Заметки|Дополнительно|Дополнительная информация",
        "az": "Qeyd|Qeydlər|Əlavə məlumat|Şərh", "tk": "Bellik|Bellikler|Goşmaça maglumat|Düşündiriş",
        "kk": "Ескертпе|Ескерту|Қосымша мәлімет|Түсініктеме", "pt": "Observação|Observações|Nota|Notas",
        "es": "Observación|Observaciones|Nota|Notas", "fr": "Remarque|Remarques|Observations", "ar": "ملاحظة|ملاحظات",
        "tr": "Not|Notlar|Açıklama", "de": "Bemerkung|Bemerkungen|Anmerkung|Hinweis",
    },
}  # fmt: skip


def written(field: str, language: str, of_language: str = "") -> str:
    """Return the heading that a template writes; for a wording, with the name of its language in brackets."""
    words = _WORDS[field].get(languages.plain(language), _WORDS[field]["en"])
    heading = words.partition("|")[0]
    return f"{heading} ({languages.name_of(of_language, language)})" if of_language else heading


@lru_cache(maxsize=1)
def understood() -> dict[str, tuple[str, str]]:
    """Return the field and the language of each wording that is understood, folded and without spaces."""
    known: dict[str, tuple[str, str]] = {}
    for field, wordings in _WORDS.items():
        for language, words in wordings.items():
            for word in words.split("|"):
                known.setdefault(joined(word), (str(field), language))
    for field in _WORDS:
        known.setdefault(joined(field), (str(field), ""))
    return known


# How a language is told beside a heading, by the beginnings of the words for it.
_STEMS = {
    "en": "english angl англ ingilis inglis iňlis ағылшын ingl engl انگلیسی الانجليزيه ingiliz latin латин لاتین",
    "fa": "persian farsi перс фарси fars pars парсы فارسی الفارسيه الفارسیه persa persan persisch",
    "ru": "russian русс рус rus орыс روسی الروسيه الروسیه russ ruso russe",
    "az": "azerb азерб әзірб әзер آذربایجانی ترکی آذری اذری الاذریه azeri",
    "tk": "turkmen туркм түрікмен ترکمنی türkmen turcomen turkmène التركمانيه",
    "kk": "kazakh казах қазақ qazax gazak قزاقی kasach cazaq kazajo الكازاخيه",
}
# Words beside the name of a language that say nothing more.
_SMALL_WORDS = (
    "in the на по به زبان در dili dilində dilinde dilde dil тілінде тілі language язык языке auf em en na no al língua "
    "lengua idioma langue sprache بال باللغه اللغه ca ça çe ша"
)
_SMALL = frozenset(map(folded, _SMALL_WORDS.split()))


@lru_cache(maxsize=4096)
def language_told(word: str) -> str:
    """Return the language that a folded word of a heading names: a code, a name, or a beginning that tells it."""
    if word in languages_by_name():
        return languages_by_name()[word]
    for language, stems in _STEMS.items():
        if any(word.startswith(folded(stem)) for stem in stems.split()):
            return language
    return ""


@lru_cache(maxsize=1)
def languages_by_name() -> dict[str, str]:
    """Return the codes of languages by their folded names in the languages of headings, and by themselves."""
    codes = (*LANGUAGES, "it", "uk", "uz", "ky", "tg", "ka", "hy", "zh", "ja", "ko", "hi", "ur", "ps", "ku")
    known = {code: code for code in codes}
    for code in codes:
        for language in LANGUAGES:
            name = folded(languages.name_of(code, language))
            known.setdefault(name, code)
            first, _, rest = name.partition(" ")
            if rest in _SMALL:
                known.setdefault(first, code)
        known.setdefault(folded(languages.own_name(code)), code)
    return known


def without_language(heading: str) -> tuple[str, str]:
    """Return a heading without what names a language, and that language; none if it names none."""
    words = folded(heading).split()
    told = [language_told(word) if len(words) > 1 else "" for word in words]
    language = next(filter(None, reversed(told)), "")
    if not language:
        return heading, ""
    kept = [word for word, found in zip(words, told, strict=True) if not found and word not in _SMALL]
    return " ".join(kept), language
