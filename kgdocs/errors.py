"""All exceptions that kgdocs raises on purpose.

KgdocsError
├── UsageError            a path, option or value given by the user does not fit
├── SourceError           one file could not be read; the build records it and goes on
├── PatternsError         files in patterns/ break their schema; every fault is listed
└── DatabaseError         the database is missing, foreign or of another version
    ├── OtherVersion      the database was made by another version of kgdocs
    ├── DamagedDatabase   the database was made by kgdocs and cannot be read any more
    └── BuildInProgress   another build holds the lock of this database
"""


class KgdocsError(Exception):
    """Base of every error that a user can be told in one sentence."""


class UsageError(KgdocsError):
    """A path, option or value given by the user does not fit."""


class SourceError(KgdocsError):
    """One file could not be read."""


class PatternsError(KgdocsError):
    """Files in patterns/ break their schema.

    `faults` holds one line per fault: file, path inside the file, what is wrong.
    """

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("the patterns have {} fault(s):\n{}".format(len(faults), "\n".join(faults)))


class DatabaseError(KgdocsError):
    """The database is missing, not made by kgdocs, or of another version."""


class OtherVersion(DatabaseError):
    """The database was made by kgdocs, in a form that this version does not read."""


class DamagedDatabase(DatabaseError):
    """The database was made by kgdocs, and its file is damaged."""


class BuildInProgress(DatabaseError):
    """Another build is writing this database."""
