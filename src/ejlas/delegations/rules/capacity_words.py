"""Other words that people write for the usual capacities, in the languages of many summits."""

from __future__ import annotations

from collections.abc import Mapping

from ejlas.delegations.rules.capacities import CapacityKind

WORDS: Mapping[str, tuple[str, ...]] = {
    str(kind): tuple(words.split("|"))
    for kind, words in {
        CapacityKind.HEAD: "head|head of delegation|leader|رئیس|رئیس هیئت|سرپرست هیئت|глава|глава делегации|"
        "руководитель|руководитель делегации|heyətin rəhbəri|nümayəndə heyətinin rəhbəri|wekiliýetiň ýolbaşçysy|"
        "делегация басшысы|"
        "chefe|chefe de delegação|jefe de delegación|chef de délégation|رئيس الوفد|heyet başkanı|delegationsleiter",
        CapacityKind.DEPUTY: "deputy|deputy head|vice head|نایب‌رئیس|معاون|جانشین رئیس هیئت|заместитель главы|"
        "заместитель|müavin|rəhbərin müavini|orunbasar|басшының орынбасары|vice-chefe|subjefe|chef adjoint|نائب الرئيس",
        CapacityKind.DELEGATE: "delegate|member|member of delegation|participant|نماینده|عضو|عضو هیئت|"
        "شرکت‌کننده|делегат|"
        "член делегации|участник|nümayəndə|heyətin üzvü|wekil|gatnaşyjy|делегация мүшесі|delegado|membro|"
        "miembro|délégué|membre|مندوب|عضو الوفد|delege|delegierter",
        CapacityKind.ADVISER: "adviser|advisor|expert|مشاور|کارشناس|советник|эксперт|müşavir|ekspert|geňeşçi|кеңесші|"
        "сарапшы|assessor|asesor|conseiller|مستشار|danışman|berater",
        CapacityKind.INTERPRETER: "interpreter|translator|مترجم|переводчик|tərcüməçi|terjimeçi|аудармашы|intérprete|"
        "interprète|مترجم شفاهی|tercüman|dolmetscher",
        CapacityKind.SECURITY: "security|bodyguard|protection|محافظ|حفاظت|مأمور حفاظت|охрана|телохранитель|"
        "сотрудник охраны|mühafizə|mühafizəçi|gorag|goragçy|күзет|қауіпсіздік|segurança|seguridad|sécurité|حراسة|"
        "koruma|sicherheit",
        CapacityKind.PROTOCOL: "protocol|تشریفات|протокол|protokol|teşrifat|хаттама|protocolo|protocole|المراسم",
        CapacityKind.STAFF: "staff|support|driver|کارکنان|پشتیبانی|راننده|персонал|водитель|сопровождающий персонал|"
        "heyətin işçisi|sürücü|işgär|sürüji|қызметкер|жүргізуші|pessoal|motorista|personal|conductor|personnel|"
        "chauffeur|موظف|سائق|personel|şoför|fahrer",
        CapacityKind.COMPANION: "companion|spouse|همراه|همسر|сопровождающее лицо|супруга|супруг|müşayiət edən|"
        "ýoldaş|ertip barýan|ілесіп жүруші|жұбайы|acompanhante|acompañante|accompagnant|مرافق|refakatçi|begleitung",
        CapacityKind.REPORTER: "reporter|journalist|correspondent|خبرنگار|روزنامه‌نگار|журналист|корреспондент|"
        "müxbir|jurnalist|žurnalist|habarçy|тілші|repórter|jornalista|periodista|journaliste|صحفي|muhabir",
        CapacityKind.PHOTOGRAPHER: "photographer|photo|عکاس|фотограф|fotoqraf|suratçy|фотограф|fotógrafo|photographe|"
        "مصور|fotoğrafçı",
        CapacityKind.CAMERA: "camera|cameraman|camera operator|تصویربردار|فیلمبردار|оператор|видеооператор|operator|"
        "kameraman|кинооператор|operador de câmara|camarógrafo|cadreur|مصور تلفزيوني",
        CapacityKind.TECHNICIAN: "technician|engineer|sound|تکنسین|صدابردار|техник|звукорежиссёр|texnik|tehnik|"
        "техник|técnico|technicien|فني|teknisyen",
    }.items()
}
