"""Why a backup, a restore or a move was refused; each says what to do."""

from __future__ import annotations

from ejlas.core.errors import RuleBroken, marked


class NoBackup(RuleBroken):
    """The file is no backup at all."""

    message = marked("%(file)s is no backup of Ejlas, or it was cut short. Nothing was changed.")


class BackupDamaged(RuleBroken):
    """A part of the backup is not what was written."""

    message = marked("%(file)s is damaged: “%(part)s” is not what was written. Nothing was changed.")


class BackupTooNew(RuleBroken):
    """The backup has migrations that this version does not know."""

    message = marked("%(file)s was made by a newer version (%(version)s). Install that version, then restore.")


class DatabaseNotEmpty(RuleBroken):
    """There is work of people in the database, which would be lost."""

    message = marked("The database is not empty. Name an empty one, or replace it with --replace.")


class DatabaseOfAnother(RuleBroken):
    """The database holds tables of something else."""

    message = marked("The database holds tables that are not of Ejlas. Name a database of its own.")


class NotTheSame(RuleBroken):
    """What was written is not what was read; nothing was kept of it."""

    message = marked("The rows of “%(table)s” did not arrive as they were sent. Nothing was changed.")


class FileNotTheSame(RuleBroken):
    """The storage does not give back what it was given."""

    message = marked("The stored file “%(file)s” did not arrive as it was sent. Look after the storage, then restore.")


class TrailBroken(RuleBroken):
    """The trail does not hold after the way; nothing was kept of it."""

    message = marked("The trail does not hold at line %(line)s: %(reason)s. Nothing was changed.")


class SameDatabase(RuleBroken):
    """Source and target are one database."""

    message = marked("That is the database that is in use now. Name another.")
