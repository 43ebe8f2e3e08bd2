"""The typefaces of a theme, and parts of them."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib import import_module

from reporter.files.checksum import checksum, checksum_of
from reporter.pdf.keeping import KeptSteps
from reporter.theme.tokens import FontFace

# What reads typefaces is loaded when one is to be read.
SUBSETS = "reporter.pdf.subsets"


class Typefaces:
    """The typefaces of a theme. Each is known by the checksum of its file. A file that holds many shapes of a letter is
    none. What was cut out of one before is `kept`."""

    def __init__(self, faces: Iterable[FontFace], kept: KeptSteps) -> None:
        self.faces, self.kept = faces, kept

    @cached_property
    def files(self) -> dict[str, bytes]:
        files = (face.content or (face.path.read_bytes() if face.path else b"") for face in self.faces)
        return {checksum(file): file for file in files if import_module(SUBSETS).is_static(file)}

    def __contains__(self, face: object) -> bool:
        return face in self.files

    def subset(self, face: str, glyphs: Sequence[int]) -> bytes:
        """A typeface with some glyphs, which keep their numbers."""
        key = checksum_of((self.kept.design, face, repr(glyphs)))
        return self.kept.content(key, lambda: bytes(import_module(SUBSETS).cut(self.files[face], glyphs)))
