"""How the columns of a plan are headed in eight languages: what is written first, and what else is understood."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from ejlas.core.formats.cells import CellFault, Row
from ejlas.delegations.rules.folding import joined


class PlanField(StrEnum):
    """What a column of a plan says."""

    NUMBER = "number"
    WORKSTREAM = "workstream"
    NAME = "name"
    DETAIL = "detail"
    BODY = "body"
    RESPONSIBLE = "responsible"
    START = "start"
    DUE = "due"
    LEAST = "least"
    LIKELY = "likely"
    MOST = "most"
    AFTER = "after"
    USES = "uses"
    EVIDENCE = "evidence"
    NOTE = "note"


# For each field and language, the wording that is written and others that are understood.
_WORDS: dict[PlanField, str] = {
    PlanField.NUMBER: "No.|Number|ID|#|Nr|№|شماره|ردیف|Номер|№ п/п|Ид.|Nömrə|Belgisi|Tertip belgisi|Нөмірі|Рет саны"
    "|Número|N.º",
    PlanField.WORKSTREAM: "Workstream|Area|Group|Phase|Strand|محور|بخش|حوزه|گروه|Направление|Раздел|Группа|İstiqamət"
    "|Bölmə|Ugur|Bölüm|Бағыт|Бөлім|Frente|Área|Ámbito"
    "|رشته کار|Направление работ|İş istiqaməti|Iş ugry|Жұмыс бағыты",
    PlanField.NAME: "What|Obligation|Task|Task name|Activity|Work|Name|عنوان|تعهد|فعالیت|اقدام|نام فعالیت|شرح فعالیت"
    "|Что|Обязательство|Задача|Название задачи|Мероприятие|Работа|Nə|Öhdəlik|Tapşırıq|Tədbir|İşin adı|Näme|Borçnama"
    "|Iş|Çäre|Işiň ady|Не|Міндеттеме|Тапсырма|Іс-шара|Жұмыс|Obrigação|Tarefa|Atividade|Obligación|Tarea|Actividad"
    "|موضوع",
    PlanField.DETAIL: "More exactly|Detail|Details|Description|توضیح بیشتر|شرح|جزئیات|Подробнее|Описание|Ətraflı"
    "|Təsvir|Has anyk|Beýany|Нақтырақ|Сипаттама|Detalhe|Descrição|Detalle|Descripción"
    "|به‌تفصیل|Daha dəqiq|Has takyk",
    PlanField.BODY: "Body|Owner|Organisation|Organization|Responsible body|Department|دستگاه|سازمان|دستگاه مسئول|متولی"
    "|Орган|Ответственный орган|Исполнитель|Организация|Qurum|Məsul qurum|İcraçı|Edara|Jogapkär edara|Орган атауы"
    "|Жауапты орган|Орындаушы|Órgão|Órgano|Organismo",
    PlanField.RESPONSIBLE: "Responsible person|Responsible|Person|Contact|شخص مسئول|مسئول|رابط|Ответственное лицо"
    "|Ответственный|Məsul şəxs|Jogapkär adam|Жауапты тұлға|Responsável|Persona responsable|Responsable"
    "|Жауапты адам",
    PlanField.START: "Not before|Start|Start after|Begin|زودتر از این نه|شروع|تاریخ شروع|آغاز|Не раньше|Начало"
    "|Дата начала|Tez olmaz|Başlanğıc|Başlama|Ir däl|Başlangyjy|Ерте емес|Басталуы|Início|Inicio"
    "|نه پیش از|Tez olmayaraq|Ir bolmazdan",
    PlanField.DUE: "Due|Deadline|Finish|End|By when|Due date|سررسید|مهلت|پایان|تاریخ پایان|موعد|Срок|Окончание"
    "|Крайний срок|Дата окончания|Son tarix|Müddət|Bitmə|Möhlet|Möhleti|Tamamlanýan güni|Мерзімі|Аяқталуы|Prazo|Término"
    "|Plazo|Fin|Vencimiento"
    "|Vaxtı",
    PlanField.LEAST: "At the least|Least|Minimum|Optimistic|دست‌کم|حداقل|کمینه|خوش‌بینانه|Самое меньшее|Минимум"
    "|Не менее|Ən azı|Minimum gün|Iň azy|Azyndan|Ең азы|Кемінде|No mínimo|Mínimo|Como mínimo"
    "|کمترین|کم‌ترین|Наименьшее|Ən az|Iň az|Ең аз",
    PlanField.LIKELY: "Most likely|Likely|Duration|Days|Working days|محتمل‌ترین|محتمل|مدت|مدت زمان|روز کاری"
    "|Вероятнее всего|Длительность|Дней|Рабочих дней|Ən çox ehtimal|Davametmə|Günlər|Iň ähtimal|Dowamlylygy|Iş günleri"
    "|Ең ықтимал|Ұзақтығы|Жұмыс күндері|Mais provável|Duração|Más probable|Duración"
    "|Вероятное|Ən ehtimallı|Ең ықтималы",
    PlanField.MOST: "At the most|Most|Maximum|Pessimistic|دست‌بالا|حداکثر|بیشینه|بدبینانه|Самое большее|Максимум"
    "|Не более|Ən çoxu|Maksimum|Iň köpi|Köp bolsa|Ең көбі|No máximo|Máximo|Como máximo"
    "|بیشترین|Наибольшее|Ən çox|Iň köp|Ең көп",
    PlanField.AFTER: "After|Predecessors|Depends on|پس از|پیش‌نیاز|پیش‌نیازها|После|Предшественники|Зависит от|Sonra"
    "|Sələflər|Asılıdır|Soň|Öňünden gelýänler|Кейін|Алдыңғылар|Depois de|Predecessoras|Después de|Predecesoras",
    PlanField.USES: "Limited hands and equipment|Resources|Resource names|نیرو و تجهیزات محدود|منابع|نام منابع"
    "|Ограниченные силы и техника|Ресурсы|Названия ресурсов|Məhdud qüvvə və texnika|Resurslar"
    "|Çäkli güýç we enjam|Serişdeler|Шектеулі күш пен техника|Ресурстар|Recursos"
    "|Ограниченные силы и средства|Məhdud qüvvə və vasitələr|Çäkli güýçler we serişdeler|Шектеулі күш пен құралдар",
    PlanField.EVIDENCE: "What shows that it was done|Evidence|Proof|شواهد انجام|مدرک|مستند|Подтверждение|Доказательство"
    "|İcranın sübutu|Sübut|Ýerine ýetirilendiginiň subutnamasy|Subutnama|Орындалу дәлелі|Дәлел|Evidência|Evidencia"
    "|گواه انجام کار|Чем подтверждается выполнение|Yerinə yetirildiyini göstərən|Ýerine ýetirilendigini görkezýän"
    "|Орындалғанын растайтын",
    PlanField.NOTE: "Note|Notes|Remark|Comment|یادداشت|ملاحظات|توضیحات|Примечание|Заметки|Qeyd|Bellik|Ескерту"
    "|Ескертпе|Nota|Observações|Observaciones",
}  # fmt: skip
MOST_TITLE_ROWS = 10


@lru_cache(maxsize=1)
def _understood() -> dict[str, PlanField]:
    known: dict[str, PlanField] = {}
    for field, wordings in _WORDS.items():
        for wording in wordings.split("|"):
            known.setdefault(joined(wording) or wording, field)
    return known


def field_of(heading: str) -> PlanField | None:
    """Return what a heading means, or None."""
    bare = heading.partition("(")[0].strip(" :*\n")
    return _understood().get(joined(bare) or bare)


def heading_row(rows: Sequence[Row]) -> tuple[int, dict[int, PlanField]] | None:
    """Return the row of the headings, from 0, and the field of each column: the first row that names what is owed."""
    best: tuple[int, dict[int, PlanField]] | None = None
    for number, row in enumerate(rows[:MOST_TITLE_ROWS]):
        found: dict[int, PlanField] = {}
        for column, cell in enumerate(row):
            field = field_of(str(cell)) if cell is not None and not isinstance(cell, CellFault) else None
            if field is not None and field not in found.values():
                found[column] = field
        if PlanField.NAME in found.values() and (best is None or len(found) > len(best[1])):
            best = number, found
    return best
