"""What earlier builds read of the same content."""

from dataclasses import dataclass, field, replace
from hashlib import sha256

from kgdocs.models import Source
from kgdocs.store.kept import Kept, Key, KnownReadings, kind_of


@dataclass(frozen=True, slots=True)
class Memory:
    """`known` is what the old database has; `made_by` tells what reads now (`kgdocs.pipeline.fingerprint`)."""

    made_by: str = ""
    known: KnownReadings = field(default_factory=KnownReadings)

    def find(self, name: str, content: bytes) -> Key | None:
        """Return under what the same content of such a name is known, None where it has to be read."""
        key = (sha256(content).hexdigest(), kind_of(name))
        return key if key in self.known.keys else None

    def recall(self, name: str, content: bytes) -> Kept | None:
        """Return what was read of the same content under such a name, None where that has to be read."""
        key = self.find(name, content)
        return self.known.get(key, name) if key else None

    def recall_stored(self, source: Source) -> Kept | None:
        """Return what was read of a source of the old database, under whatever name; None where that has to be read."""
        for kind in kinds_of(source):
            one = self.known.get((source.id, kind), source.path)
            if one and one.source.format == source.format:
                return replace(one, source=replace(one.source, imported=source.imported))
        return None


def kinds_of(source: Source) -> list[str]:
    """Return what of its names decides how a source is read; sorted, one where they agree."""
    return sorted({kind_of(path) for path in source.path.split("\n")})
