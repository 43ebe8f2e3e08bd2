"""The narrative of a year for a translation service as XLIFF, and its translation as the narrative in another language.
Passages for the restricted edition do not leave; figures are placeholders, so no value leaves either."""

import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from reporter.data.errors import DataError, Finding, Mark, error_at
from reporter.data.files.sources import checksum
from reporter.data.read.text import CARRY, FENCE, LINE, MACHINE_LINE, heading_lines, read_passages, without_comments
from reporter.editions.public.country_files import for_public
from reporter.editions.translation import numbers_in, units_in
from reporter.formats.xliff import TranslationUnit, write_xliff

WIDTH, SHORT = 118, 12
# What precedes the words of a line: the code of a section, a sub-heading, a quotation or an item of a list.
START = re.compile(r"(?P<lead>#[ \t]+[\w-]+:[ \t]*|#{2,}[ \t]+|[ \t]*(?:>|[-*+]|\d+[.)])[ \t]+)(?P<words>.*)", re.S)
CODED = re.compile(r"[ \t]+\{#\w+\}[ \t]*$")
# A section without a headline, a mark of a passage for some readers, and the line that carries over a text.
FIXED = re.compile(rf"#[ \t]+[\w-]+:?[ \t]*|[ \t]*:::.*|>[ \t]*|{re.escape(CARRY)}")
EXPRESSION, QUOTED = re.compile(r"\{\{.*?\}\}", re.S), re.compile(r"\"[^\"]*\"|'[^']*'")


# The first line of a paragraph, heading or item, its words, and the Markdown before and after them. A line that is not
# translated has no words.
Piece = tuple[int, str, str, str]


def narrative_xliff(text: str, path: str, source: str, language: str) -> bytes:
    """The public text of a narrative in one language, to be translated into another."""
    units = (TranslationUnit(code, "", False, words) for code, (_, words, _, _) in _coded(text, path) if words)
    return write_xliff(units, path, language, source)


def translated_narrative(text: str, path: str, content: bytes, name: str, language: str) -> str:
    """A narrative in another language by an XLIFF file that came back. A paragraph that no person reviewed is preceded
    by a comment, which a final edition does not permit. Raises ReporterError if the file is in another language, and
    DataError if it lacks a paragraph, or an expression or number of one."""
    units, lines, faults = units_in(content, name, language), list[str](), list[Finding]()
    for code, piece in _coded(text, path):
        line, words, lead, _ = piece
        translation = units.get(code)
        if not words:
            lines.append(lead)
        elif translation is None or (difference := _difference(words, translation.target)):
            fault = f"{name}: the {difference}" if translation else f"{name} has no translation"
            hint = "correct it, and import it again" if translation else "export the text again, and translate it"
            fault += f" of {textwrap.shorten(words, 60, placeholder=' …')!r}"
            faults.append(error_at(Mark(path, line), "translation", fault, hint))
        else:
            block = [_folded(piece, translation.target), *([] if translation.is_reviewed else [MACHINE_LINE])]
            lines += block if lead.startswith("#") else reversed(block)
    if faults:
        raise DataError(tuple(faults))
    return "\n".join(lines).strip() + "\n"


def added_sections(own: str, new: str, path: str, language: str, year: int) -> tuple[str, tuple[str, ...]]:
    """The text of a file with the sections of a new one that it has not written, and the sections that it keeps."""
    written = {passage.section for passage in read_passages(own, path, language, year)[0]}
    of_new = dict(_sections(new))
    mine = [part for code, part in _sections(own) if code in written or code not in of_new]
    more = (part for code, part in of_new.items() if code not in written)
    return "\n\n".join(part.strip() for part in (*mine, *more) if part.strip()) + "\n", tuple(written & of_new.keys())


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """The code and lines of each section; what precedes the first has none."""
    lines, starts = LINE.split(text), [heading for heading in heading_lines(text) if not heading.part]
    places = [(0, ""), *((heading.line - 1, heading.section) for heading in starts), (len(lines), "")]
    for (first, code), (end, _) in pairwise(places):
        yield code, "\n".join(lines[first:end])


def _pieces(text: str, path: str) -> Iterator[Piece]:
    start, words, fence = 0, "", ""
    for number, line in enumerate((*LINE.split(without_comments(for_public(text, path))), ""), 1):
        ends = FENCE.match(line)
        is_fixed = bool(fence or ends or not line.strip() or FIXED.fullmatch(line))
        goes_on = words.startswith(">") and line.startswith(">")
        if words and (is_fixed or (START.match(line) and not goes_on)):
            yield _piece(start, words)
            words = ""
        if is_fixed:
            yield number, "", line.rstrip(), ""
        else:
            start, words = (start, f"{words} {line.lstrip('> ').rstrip()}") if words else (number, line.rstrip())
            if line.startswith("#"):
                yield _piece(start, words)
                words = ""
        if ends:
            fence = "" if fence and line.strip().startswith(fence) else fence or ends[1]


def _piece(line: int, text: str) -> Piece:
    start = START.fullmatch(text)
    lead, words = (start["lead"], start["words"]) if start else ("", text.strip())
    tail = CODED.search(words) if lead.startswith("##") else None
    return line, words[: tail.start()] if tail else words, lead, tail[0].rstrip() if tail else ""


def _coded(text: str, path: str) -> Iterator[tuple[str, Piece]]:
    """The pieces with codes that follow from their words alone; the number distinguishes equal words."""
    times = Counter[str]()
    for piece in _pieces(text, path):
        digest = checksum(piece[1])[:SHORT]
        times[digest] += 1
        yield f"{digest}-{times[digest]}", piece


def _folded(piece: Piece, words: str) -> str:
    _, _, lead, tail = piece
    if lead.startswith("#"):
        return f"{lead}{words}{tail}"
    # An expression stays on one line.
    joined = EXPRESSION.sub(lambda match: match[0].replace(" ", "\0"), f"{lead}{words}")
    below = "> " if lead.strip() == ">" else " " * len(lead)
    folded = textwrap.wrap(joined, WIDTH, subsequent_indent=below, break_long_words=False, break_on_hyphens=False)
    return "\n".join(folded).replace("\0", " ")


def _difference(words: str, target: str) -> str:
    """What differs in a translation: expressions, but for the nouns in them, which have other forms; or numbers."""
    for what, count in (("expressions", _expressions), ("numbers", lambda text: numbers_in(EXPRESSION.sub("", text)))):
        if count(words) != count(target):
            return f"{what} differ in the translation"
    return ""


def _expressions(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\s,]", "", QUOTED.sub("", expression)) for expression in EXPRESSION.findall(text))
