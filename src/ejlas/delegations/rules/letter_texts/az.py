"""The starting texts of letters in Azerbaijani."""

from ejlas.delegations.rules.letter_texts.texts import texts

TEXTS = texts(
    "Zati-aliləri, ən yüksək ehtiramımı qəbul etməyinizi xahiş edirəm.",
    invitation=(
        "“{edition}” tədbirinə dəvət",
        """
Zati-aliləri,

{host_office} adından Sizi və nümayəndə heyətinizi ({party}) {days} tarixində {city} şəhərində keçiriləcək \
“{edition}” tədbirində iştirak etməyə dəvət etməkdən şərəf duyuram.

Sizin iştirakınız regionlarımız arasında dostluğu möhkəmləndirəcək və birgə qəbul ediləcək qərarlara xüsusi əhəmiyyət \
verəcəkdir.

Səfərinizin lazımi səviyyədə hazırlanması üçün xahiş edirik:
– {nominate_by} tarixinədək nümayəndə heyəti üzrə əlaqələndirici şəxsi təyin edəsiniz;
– nümayəndə heyətinin siyahısını {portal} ünvanında təqdim edəsiniz və {confirm_by} tarixinədək təsdiqləyəsiniz;
– tədbirdə şəxsən iştirak edəcəyinizi və ya hansı səviyyədə təmsil olunacağınızı bildirəsiniz.

Bütün suallar üzrə müraciət edə bilərsiniz: {secretariat}.

Sizi {city} şəhərində qarşılamaqdan məmnun olarıq.
""",
    ),
    reminder=(
        "Nümayəndə heyətinin siyahısı barədə xatırlatma: {party}",
        """
Zati-aliləri,

{days} tarixində {city} şəhərində keçiriləcək “{edition}” tədbirinə dəvətimizə istinadən, səfərinizin hazırlığının \
asılı olduğu iki tarixi xatırlatmaqdan şərəf duyuram:
– nümayəndə heyətinin təqdim edilməsi: {nominate_by} tarixinədək;
– siyahının təsdiqlənməsi: {confirm_by} tarixinədək.

Siyahı {portal} ünvanında təqdim edilir və tamamlanır. Siyahı artıq göndərilibsə, bu məktubu nəzərə almamağınızı \
xahiş edirik.

Hər hansı çətinlik yaranarsa, müraciət edə bilərsiniz: {secretariat}.
""",
    ),
    registration=(
        "Qeydiyyatın təsdiqi: {party}",
        """
Zati-aliləri,

Nümayəndə heyətinizin ({party}) {days} tarixində {city} şəhərində keçiriləcək “{edition}” tədbiri üçün qeydiyyatdan \
keçdiyini təsdiq etməkdən şərəf duyuram.

Qeydiyyatdan keçmiş şəxslərin sayı: {people_count}. Onların adları pasportdakı yazılışı ilə aşağıda verilmişdir.

Ad və ya sənəddə düzəliş lazım olarsa, əlaqələndirici şəxs {portal} ünvanında müraciət edə bilər.
""",
    ),
    visa=(
        "Viza dəstəyi: {party}",
        """
Konsulluq xidmətinə

{host_office} öz ehtiramını bildirir və aşağıda adları çəkilən şəxslərin ({party} nümayəndə heyəti) {days} tarixində \
{city} şəhərində keçiriləcək “{edition}” tədbirinə dəvət edildiyini məlumatınıza çatdırmaqdan şərəf duyur.

Şəxslərin sayı: {people_count}.

Onlara tədbir günləri və yol üçün lazım olan günlər üzrə mümkün qədər qısa müddətdə viza verilməsini xahiş edirik. Bu \
müraciət barədə aparıcı quruma məlumat verilmişdir: {lead_ministry}.
""",
    ),
    other=(
        "“{edition}”",
        """
Zati-aliləri,

{days} tarixində {city} şəhərində keçiriləcək “{edition}” tədbiri ilə əlaqədar aşağıdakıları bildirməkdən şərəf duyuram.
""",
    ),
)
