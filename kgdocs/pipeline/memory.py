"""What earlier builds read of the same content, and what this one reads for later ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from kgdocs.models import Reading, Source
from kgdocs.store.kept import Kept, kind_of

Key = tuple[str, str]


@dataclass(slots=True)
class Memory:
    """`known` is what the old database has; `kept` what the new one is to have, by hash of the content and kind of name.

    `made_by` tells what reads now (`kgdocs.pipeline.fingerprint`).
    """

    made_by: str = ""
    known: Mapping[Key, Kept] = field(default_factory=dict)
    kept: dict[Key, Kept] = field(default_factory=dict)

    def find(self, name: str, content: bytes) -> Kept | None:
        """Return what is known of the same content under such a name, still packed."""
        return self.known.get((sha256(content).hexdigest(), kind_of(name)))

    def unpack(self, one: Kept, name: str) -> Reading | None:
        """Return the reading of something known for a file of this name, None where that has to be read."""
        reading = one.reading(name)
        if reading:
            self.kept[one.source_id, one.kind] = one
        return reading

    def recall(self, name: str, content: bytes) -> Reading | None:
        """Return what was read of the same content under such a name, None where that has to be read."""
        one = self.find(name, content)
        return self.unpack(one, name) if one else None

    def recall_stored(self, source: Source) -> Reading | None:
        """Return what was read of a source of the old database, under whatever name; None where that has to be read."""
        for kind in _kinds(source):
            one = self.known.get((source.id, kind))
            if one and one.format == source.format and (reading := one.reading(source.path)):
                self.kept[one.source_id, one.kind] = one
                return replace(reading, source=replace(reading.source, imported=source.imported))
        return None

    def keep(self, name: str, reading: Reading) -> Reading:
        """Keep a reading; one that was rejected is tried again next time. Returns it as given."""
        if reading.source.state != "rejected":
            one = Kept.of(reading, kind_of(name))
            self.kept[one.source_id, one.kind] = one
        return reading

    def keep_stored(self, reading: Reading) -> Reading:
        """Keep what was read of a source of the old database, where its names agree on how it is read."""
        if len(_kinds(reading.source)) == 1:
            self.keep(
                reading.source.path.split("\n")[0], replace(reading, source=replace(reading.source, imported=False))
            )
        return reading


def _kinds(source: Source) -> list[str]:
    return sorted({kind_of(path) for path in source.path.split("\n")})
