"""The typefaces of a theme, and parts of them."""

import io
from collections.abc import Iterable, Sequence
from functools import cached_property

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from reporter.files.checksum import checksum, checksum_of
from reporter.pdf.keeping import KeptSteps
from reporter.theme.tokens import FontFace


class Typefaces:
    """The typefaces of a theme.

    Each is known by the checksum of its file. A file that holds many shapes of a letter is none. What was cut out of
    one before is `kept`.
    """

    def __init__(self, faces: Iterable[FontFace], kept: KeptSteps) -> None:
        self.faces, self.kept = faces, kept

    @cached_property
    def files(self) -> dict[str, bytes]:
        """All files by checksum."""
        files = (face.content or (face.path.read_bytes() if face.path else b"") for face in self.faces)
        return {checksum(file): file for file in files if "fvar" not in TTFont(io.BytesIO(file), lazy=True)}

    def __contains__(self, face: object) -> bool:
        return face in self.files

    def subset(self, face: str, glyphs: Sequence[int]) -> bytes:
        """A typeface with some glyphs, which keep their numbers."""
        return self.kept.content(checksum_of((self.kept.design, face, repr(glyphs))), lambda: self._cut(face, glyphs))

    def _cut(self, face: str, glyphs: Sequence[int]) -> bytes:
        options = subset.Options(retain_gids=True, passthrough_tables=True, hinting=False, desubroutinize=True)
        options.drop_tables += ["BASE", "DSIG", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG "]
        font = TTFont(io.BytesIO(self.files[face]), recalcTimestamp=False, lazy=True)
        subsetter = subset.Subsetter(options)
        subsetter.populate(gids=list(glyphs))
        subsetter.subset(font)
        target = io.BytesIO()
        font.save(target)
        return target.getvalue()
