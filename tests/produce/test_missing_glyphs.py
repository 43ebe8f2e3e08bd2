"""A character that no font has is found in the files that are to be mended."""

from pathlib import Path

from reporter.edition.glyphs import MOST_PLACES
from reporter.errors import DataError, LetterError
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.produce.run import locate_glyphs
from tests import small


def test_a_character_without_a_glyph_is_found_line_by_line_with_its_column(tmp_path: Path) -> None:
    text = "# general_situation\n\nA 漢 and a 漢.\n漢字\n"
    sources = Workspace(small.write(tmp_path, {small.TEXT: text, "assets/x.svg": "<svg>漢</svg>"})).snapshot()
    found = locate_glyphs(LetterError("漢字"), sources)
    assert isinstance(found, DataError)
    assert [
        f"{small.TEXT}:3:3: error: no font of the theme has '漢' (U+6F22) [no-glyph]",
        f"{small.TEXT}:4:1: error: no font of the theme has '漢' (U+6F22), '字' (U+5B57) [no-glyph]",
    ] == [str(each).splitlines()[0] for each in found.findings]
    # No more places are told of one character than anybody reads, and what no file has is told as it was.
    assert MOST_PLACES == len(locate_glyphs(LetterError("漢"), many(tmp_path)).findings)
    problem = LetterError("鬱")
    assert problem is locate_glyphs(problem, sources)


def many(root: Path) -> Sources:
    return Workspace(small.write(root, {small.TEXT: "# general_situation\n\n" + "漢\n" * (MOST_PLACES + 1)})).snapshot()
