"""The starting texts of letters in Turkish."""

from ejlas.delegations.rules.letter_texts.texts import texts

TEXTS = texts(
    "Ekselans, en derin saygılarımın kabulünü rica ederim.",
    invitation=(
        "“{edition}” etkinliğine davet",
        """
Ekselansları,

{host_office} adına Zatıâlinizi ve heyetinizi ({party}), {days} tarihinde {city} şehrinde düzenlenecek “{edition}” \
etkinliğine davet etmekten onur duyarım.

Teşrifleriniz bölgelerimiz arasındaki dostluğu pekiştirecek ve birlikte alınacak kararlara ağırlık kazandıracaktır.

Ziyaretinizin gereken özenle hazırlanabilmesi için:
– {nominate_by} tarihine kadar heyetiniz için bir irtibat kişisinin bildirilmesini,
– heyet listesinin {portal} adresinden sunulmasını ve {confirm_by} tarihine kadar onaylanmasını,
– etkinliğe bizzat katılıp katılmayacağınızın veya hangi düzeyde temsil edileceğinizin bildirilmesini
saygıyla rica ederim.

Her türlü soru için başvurabileceğiniz birim: {secretariat}.

Zatıâlinizi {city} şehrinde ağırlamaktan büyük memnuniyet duyacağız.
""",
    ),
    reminder=(
        "Heyet listesine ilişkin hatırlatma: {party}",
        """
Ekselansları,

{days} tarihinde {city} şehrinde düzenlenecek “{edition}” etkinliğine davetimize atıfla, ziyaretinizin hazırlığının \
bağlı olduğu iki tarihi hatırlatmaktan onur duyarım:
– heyet üyelerinin bildirilmesi: {nominate_by};
– listenin onaylanması: {confirm_by}.

Liste {portal} adresinden sunulur ve tamamlanır. Listenin bu arada gönderilmiş olması hâlinde bu yazımızın dikkate \
alınmamasını rica ederim.

Herhangi bir güçlükte başvurabileceğiniz birim: {secretariat}.
""",
    ),
    registration=(
        "Kaydın teyidi: {party}",
        """
Ekselansları,

Heyetinizin ({party}), {days} tarihinde {city} şehrinde düzenlenecek “{edition}” etkinliğine kaydının yapıldığını \
teyit etmekten onur duyarım.

Kaydedilen kişi sayısı: {people_count}. İsimleri, pasaporttaki yazılışlarıyla aşağıda yer almaktadır.

Bir ismin veya belgenin düzeltilmesi gerekirse irtibat kişisi {portal} adresinden talepte bulunabilir.
""",
    ),
    visa=(
        "Vize desteği: {party}",
        """
Konsolosluk hizmetlerine,

{host_office} saygılarını sunar ve aşağıda adları yazılı kişilerin ({party} heyeti), {days} tarihinde {city} şehrinde \
düzenlenecek “{edition}” etkinliğine davet edildiğini bildirmekten onur duyar.

Kişi sayısı: {people_count}.

Kendilerine etkinlik günleri ile yolculuk için gereken günleri kapsayan vizelerin mümkün olan en kısa sürede \
verilmesini rica ederiz. Bu talep hakkında sorumlu kuruma bilgi verilmiştir: {lead_ministry}.
""",
    ),
    other=(
        "“{edition}”",
        """
Ekselansları,

{days} tarihinde {city} şehrinde düzenlenecek “{edition}” etkinliğiyle ilgili olarak aşağıdaki hususları bildirmekten \
onur duyarım.
""",
    ),
)
