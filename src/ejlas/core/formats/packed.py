"""Parts of a packed file (ZIP), unpacked only as far as the limits go."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any
from xml.etree import ElementTree

from ejlas.core.formats.cells import MOST_PARTS, MOST_ROWS, MOST_UNPACKED, SheetLocked, SheetTooLarge, UnreadableSheet


class Packed:
    """The parts of a packed file by name. Raises UnreadableSheet, SheetTooLarge, SheetLocked."""

    def __init__(self, data: bytes) -> None:
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
            raise UnreadableSheet from fault
        parts = self._file.infolist()
        # What the file declares is looked at first; what really comes out is counted too, for it may lie.
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise SheetTooLarge(most=MOST_ROWS)
        if any(part.flag_bits & 1 for part in parts):
            raise SheetLocked
        self._left = MOST_UNPACKED
        self.names = frozenset(part.filename for part in parts)

    def read(self, name: str) -> bytes:
        """Return a part; empty when there is none."""
        if name not in self.names:
            return b""
        try:
            with self._file.open(name) as part:
                unpacked = part.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError) as fault:
            raise UnreadableSheet from fault
        self._left -= len(unpacked)
        if self._left < 0:
            raise SheetTooLarge(most=MOST_ROWS)
        return unpacked

    def tree(self, name: str) -> Any:
        """Return a part as a tree; None when there is none."""
        data = self.read(name)
        if not data:
            return None
        try:
            return ElementTree.fromstring(plain_xml(data))  # noqa: S314  # no document type, see plain_xml
        except (ElementTree.ParseError, LookupError, ValueError) as fault:
            raise UnreadableSheet from fault


def plain_xml(data: bytes) -> bytes:
    """Return XML that declares no entities, nor any document type. Raises UnreadableSheet."""
    # No office program writes one; in UTF-16 none could be seen here, and no office program writes that either.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\x00" in data[:200]:
        raise UnreadableSheet
    return data


def bare(tag: str) -> str:
    """Return a tag without its namespace."""
    return tag.rpartition("}")[2]
