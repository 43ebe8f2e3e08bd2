"""Characters that no font of the theme has, by the lines of the files."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import suppress
from functools import lru_cache
from unicodedata import category, normalize

from reporter.edition.resources import theme_of
from reporter.errors import DataError, Finding, LetterError, Mark, Severity
from reporter.files.sources import Sources
from reporter.i18n import N_
from reporter.model import Settings
from reporter.theme.tokens import FontFace

# So many places of one character are reported.
MOST_PLACES = 5
TITLE = N_("a character that no font of the theme has")
HINT = "write it otherwise, or choose a theme whose fonts have it"
WRITTEN = (".md", ".yaml")
# What each theme of the program has, so that most files are known without a look at fonts.
COMMON = re.compile("[\0-\u017f\u2010-\u201e\u2020-\u2022\u2026\u20ac\u2190-\u2193\u2212]")
COMMENT = re.compile(r"(?:^|\s)#[^\"']*$")


def missing_glyphs(inputs: Sources, settings: Settings) -> tuple[Finding, ...]:
    letters = {each for _, text in _texts(inputs) for each in set(text) if not COMMON.match(each)}
    # What is wrong with the theme is found with the settings.
    with suppress(DataError):
        covered = _covered(theme_of(inputs, settings).fonts) if letters else ()
        # A letter can be drawn from its parts; marks, spaces and controls need no glyph of their own.
        parts = {each: normalize("NFD", each) for each in letters if ord(each) not in covered}
        drawn = {each for each in "".join(parts.values()) if ord(each) in covered or category(each)[0] in "CMZ"}
        return tuple(places_of([each for each in parts if not drawn.issuperset(parts[each])], inputs))
    return ()


def places_of(letters: Collection[str], inputs: Sources) -> Iterator[Finding]:
    told: Counter[str] = Counter()
    lines = ((path, *each) for path, text in _texts(inputs) for each in enumerate(text.splitlines(), 1))
    for path, number, line in lines if letters else ():
        said = COMMENT.sub("", line) if path.endswith(".yaml") else line
        here = [each for each in dict.fromkeys(said) if each in letters]
        if any(told[each] < MOST_PLACES for each in here):
            told.update(here)
            mark, message = Mark(path, number, line.index(here[0]) + 1), LetterError("".join(here)).message
            yield Finding(severity=Severity.ERROR, code="no-glyph", message=message, mark=mark, hint=HINT, title=TITLE)


def _texts(inputs: Sources) -> Iterator[tuple[str, str]]:
    for path in (each for each in inputs if each.endswith(WRITTEN) and not inputs[each].finding):
        # A file that is not UTF-8 is found where it is read.
        with suppress(UnicodeDecodeError):
            yield path, inputs[path].content.decode()


@lru_cache(maxsize=4)
def _covered(fonts: tuple[FontFace, ...]) -> frozenset[int]:
    from reporter.pdf.subsets import letters_of

    return frozenset().union(*(letters_of(each.path.read_bytes() if each.path else each.content) for each in fonts))
