"""Cut glyphs out of the files of typefaces."""

import io
from collections.abc import Iterable

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]


def is_static(file: bytes) -> bool:
    return "fvar" not in TTFont(io.BytesIO(file), lazy=True)


def letters_of(file: bytes) -> frozenset[int]:
    return frozenset(TTFont(io.BytesIO(file), lazy=True).getBestCmap() or ())


def cut(file: bytes, glyphs: Iterable[int]) -> bytes:
    options = subset.Options(retain_gids=True, passthrough_tables=True, hinting=False, desubroutinize=True)
    options.drop_tables += ["BASE", "DSIG", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG "]
    font = TTFont(io.BytesIO(file), recalcTimestamp=False, lazy=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(gids=list(glyphs))
    subsetter.subset(font)
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()
