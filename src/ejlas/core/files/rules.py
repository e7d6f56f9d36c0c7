"""What a file is by its content, which kinds are taken, and how its bytes are sealed."""

from __future__ import annotations

import io
import math
import secrets
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from datetime import timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ejlas.core.errors import RuleBroken, marked

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT, ODS = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"
TEXT = "text/plain"
# Kinds that are known only to be refused with a word of what to do.
HEIC, OLD_OFFICE, WITH_MACROS = "image/heic", "application/x-ole-storage", "application/x-with-macros"

PICTURES = frozenset({JPEG, PNG, WEBP})
SHEETS = frozenset({XLSX, ODS, TEXT})
LETTERS = frozenset({PDF, DOCX, ODT}) | PICTURES
LABELS = {
    JPEG: "JPEG",
    PNG: "PNG",
    WEBP: "WebP",
    PDF: "PDF",
    DOCX: "DOCX",
    ODT: "ODT",
    XLSX: "XLSX",
    ODS: "ODS",
    TEXT: "CSV, TXT",
}

FOLDER = "kept"
# Bytes that no row knows may be those of a change that is not yet committed.
SWEPT_AFTER = timedelta(days=1)
MOST_NAME = 200
_MAGIC = b"ejlas-file/1\n"
_NONCE = 12
_MEGABYTE = 1_000_000
# Of a packed file no more than this is unpacked to learn its kind.
_MOST_OF_PART = 1_000_000
_UNPACKING = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
_STARTS = {
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"%PDF-": PDF,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": OLD_OFFICE,
}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class FileEmpty(RuleBroken):
    """Nothing was sent."""

    message = marked("This file is empty. Choose it again; it may not have been saved to the end.")


class FileTooLarge(RuleBroken):
    """More was sent than is taken."""

    message = marked("This file has %(size)s MB; at most %(most)s MB are taken. Make it smaller and send it again.")


class FileTypeRefused(RuleBroken):
    """The content is of a kind that is not taken here."""

    message = marked(
        "By its content, this file is not of a kind that is taken here. Taken are: %(allowed)s. "
        "Save it as one of these and send it again."
    )


class HeicRefused(FileTypeRefused):
    """A picture as many telephones keep it and few programs open it."""

    message = marked(
        "This picture is HEIC, as some telephones keep them. Taken are: %(allowed)s. "
        "Save it as JPEG on the telephone, or send a screenshot of it."
    )


class OldOfficeRefused(FileTypeRefused):
    """A Word or Excel file of before 2007, or one behind a password."""

    message = marked(
        "This file is of an old kind of Word or Excel, or has a password. Taken are: %(allowed)s. "
        "Open it, save it as one of these without a password, and send it again."
    )


class MacrosRefused(FileTypeRefused):
    """A document that would run something where it is opened."""

    message = marked(
        "This file holds macros, which are not taken. Taken are: %(allowed)s. "
        "Save it as one of these without macros and send it again."
    )


class FileGone(RuleBroken):
    """The bytes were removed, or are lost."""

    message = marked("This file is no longer kept.")


class FileDamaged(RuleBroken):
    """The bytes are not those that were kept."""

    message = marked("This file was damaged where it is kept and cannot be read.")


_REFUSALS: dict[str, type[FileTypeRefused]] = {
    HEIC: HeicRefused,
    OLD_OFFICE: OldOfficeRefused,
    WITH_MACROS: MacrosRefused,
}


def examine(data: bytes, *, allowed: frozenset[str], most_bytes: int) -> str:
    """Return the media type of a file that may be taken. Raises FileEmpty, FileTooLarge, FileTypeRefused."""
    require_size(len(data), most_bytes=most_bytes)
    kind = media_type_of(data)
    if kind not in allowed:
        raise _REFUSALS.get(kind, FileTypeRefused)(allowed=labels_of(allowed))
    return kind


def require_size(n_bytes: int, *, most_bytes: int) -> None:
    """Refuse a file by its size, before it is read. Raises FileEmpty, FileTooLarge."""
    if not n_bytes:
        raise FileEmpty
    if n_bytes > most_bytes:
        raise FileTooLarge(size=_megabytes(n_bytes), most=_megabytes(most_bytes))


def labels_of(media_types: Iterable[str]) -> str:
    """Name kinds for a person, always in the same order."""
    wanted = set(media_types)
    return ", ".join(label for media_type, label in LABELS.items() if media_type in wanted)


def _megabytes(n_bytes: int) -> str:
    # Upwards, so that what is a little too large is never told as being as large as may be.
    parts = 10 if n_bytes >= _MEGABYTE else 100
    return f"{math.ceil(n_bytes * parts / _MEGABYTE) / parts:g}"


def media_type_of(data: bytes) -> str:
    """Return what a file is by its content; nothing for what is not known here."""
    for start, kind in _STARTS.items():
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp":
        return HEIC if data[8:12] in _HEIC_BRANDS else ""
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_packed(data)
    return TEXT if _is_plain_text(data) else ""


def _kind_of_packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
            if "[Content_Types].xml" in names:
                return _kind_of_office(_part(packed, "[Content_Types].xml"), names)
            if "mimetype" in names:
                return _kind_of_open_document(_part(packed, "mimetype"), names)
    except _UNPACKING:
        return ""
    return ""


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    with packed.open(name) as part:
        return part.read(_MOST_OF_PART)


def _kind_of_office(content_types: bytes, names: set[str]) -> str:
    if b"macroEnabled" in content_types or any(name.lower().endswith("vbaproject.bin") for name in names):
        return WITH_MACROS
    for kind, main in ((DOCX, "word/document.xml"), (XLSX, "xl/workbook.xml")):
        if main in names and f"{kind}.main+xml".encode() in content_types:
            return kind
    return ""


def _kind_of_open_document(declared: bytes, names: set[str]) -> str:
    kind = declared.decode("ascii", "replace").strip()
    if kind not in {ODT, ODS}:
        return ""
    return WITH_MACROS if any(name.startswith(("Basic/", "Scripts/")) for name in names) else kind


def _is_plain_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16_MARKS) else "utf-8-sig")
    except UnicodeDecodeError:
        return False
    # Markup is no table and no letter, and a browser might run it.
    if text.lstrip()[:1] in {"<", ""}:
        return False
    return not any(char < " " and char not in "\t\r\n\f\x1a" for char in text)


def plain_name(name: str) -> str:
    """Return the name that a person gave a file, without the folders and without signs that cannot be seen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in last if unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"})
    return " ".join(shown.split())[-MOST_NAME:]


def new_key() -> str:
    """Return a random name under which a file is asked for."""
    return secrets.token_hex(16)


def place_of(key: str) -> str:
    """Return where in the storage the bytes stand; folders by the first letters keep each of them small."""
    return f"{FOLDER}/{key[:2]}/{key}"


def new_seal() -> str:
    """Return a new key for the bytes of one file."""
    return AESGCM.generate_key(256).hex()


def sealed(data: bytes, *, seal: str, key: str) -> bytes:
    """Return the bytes under their seal, bound to the name of the file: those of another do not open."""
    nonce = secrets.token_bytes(_NONCE)
    return _MAGIC + nonce + AESGCM(bytes.fromhex(seal)).encrypt(nonce, data, key.encode())


def opened(stored: bytes, *, seal: str, key: str) -> bytes:
    """Return what was sealed. Raises FileDamaged."""
    if not stored.startswith(_MAGIC):
        raise FileDamaged
    nonce, body = stored[len(_MAGIC) :][:_NONCE], stored[len(_MAGIC) + _NONCE :]
    try:
        return AESGCM(bytes.fromhex(seal)).decrypt(nonce, body, key.encode())
    except (InvalidTag, ValueError):
        raise FileDamaged from None
