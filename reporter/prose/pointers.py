"""Leave out what a text says of figures and tables. They do not stand beside it where it goes. A sentence that only
points at them goes as a whole; of another one goes what points: "(see Figure 3)", ", as Figure 3 shows", "; Figure 3
keeps them apart"."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reporter.languages.sentences import BLANK, sentence_breaks
from reporter.prose.expression import Expression
from reporter.prose.markdown import CLOSE, OPEN

# Capitals that no text contains stand for references and for values: they can begin and end a sentence.
REFERENCE, VALUE = "Ʀ", "Ȣ"
REFERENCES = ("figure", "table")
PLACE = re.compile(f"{OPEN}(\\d+){CLOSE}")
# A pair of parentheses that holds a reference, and the words before it within one that holds a value too.
ASIDE = re.compile(rf"\s*\([^()]*{REFERENCE}[^()]*\)")
WITHIN = re.compile(rf"[,;]?[^(),;]*{REFERENCE}[^(),;]*")
BARE = f"[^,;:(){VALUE}]*"
LAST = re.compile(rf"\s*,\s(?:as|kaip)\s{BARE}{REFERENCE}{BARE}?(?=[.!?][^.!?]*\Z)")
FIRST = re.compile(rf"\s*(?:As|Kaip)\s{BARE}{REFERENCE}{BARE},\s*")
CLAUSE = re.compile(r";")
# Beside a reference in parentheses such a word says that the sentence is about it.
POINTING = re.compile(
    r"\b(?:paveiksl|lentel|diagram|grafik)\w*|\bgreta vien\w+ kit|\A\s*Pateikiam|\b(?:charts?|tables?|graphs?)\b",
    re.IGNORECASE,
)
# Beyond doubt a sentence begins with these, whatever stands before the blank.
BEGINS = re.compile(
    rf"[.!?](?<!\bžr\.)(?<!\bplg\.)(?<!\bcf\.)[’”“»)\]]*(?P<space>\s+)"
    rf"(?={REFERENCE}|Paveiksl|Lentel|Kitame paveiksl|Kitoje lentel)"
)


class Cut(NamedTuple):
    """A piece of a text that is replaced, mostly by nothing."""

    start: int
    end: int
    instead: str = ""


def pointer_cuts(text: str, expressions: Mapping[str, Expression]) -> tuple[Cut, ...]:
    """What to cut from a paragraph so that it points at nothing. The numbers of its expressions stand in it between
    signs."""
    if not any(expressions[number].call in REFERENCES for number in PLACE.findall(text)):
        return ()

    def mask(found: re.Match[str]) -> str:
        # A whole sentence brings its full stop.
        expression, length = expressions[found[1]], len(found[0])
        if expression.call:
            return (REFERENCE if expression.call in REFERENCES else BLANK) * length
        return VALUE * (length - 1) + ("." if expression.filter == "change_sentence" else VALUE)

    masked = PLACE.sub(mask, text)
    breaks = sorted({*sentence_breaks(masked), *(match.span("space") for match in BEGINS.finditer(masked))})
    starts, ends = (0, *(end for _, end in breaks)), (*(start for start, _ in breaks), len(masked))
    return tuple(
        cut
        for start, end, until in zip(starts, ends, (*starts[1:], len(masked)), strict=True)
        if REFERENCE in masked[start:end]
        for cut in _cuts(masked[start:end], start, until)
    )


def _cuts(sentence: str, start: int, until: int) -> Iterator[Cut]:
    """The cuts of a sentence: parts of it, or all."""
    found = tuple(_parts(sentence))
    rest = "".join(_left(sentence, found))
    if REFERENCE in rest or not re.search(r"\w", rest) or (POINTING.search(rest) and VALUE not in rest):
        yield Cut(start, until)
    else:
        yield from (Cut(start + cut.start, start + cut.end, cut.instead) for cut in found)


def _left(sentence: str, cuts: tuple[Cut, ...]) -> Iterator[str]:
    done = 0
    for cut in cuts:
        yield sentence[done : cut.start]
        yield cut.instead
        done = cut.end
    yield sentence[done:]


def _parts(sentence: str) -> Iterator[Cut]:
    done = 0
    if first := FIRST.match(sentence):
        done = first.end()
        begins = sentence[done : done + 1] not in (REFERENCE, VALUE, BLANK)
        yield Cut(0, done + begins, sentence[done : done + begins].upper())
    stop = re.search(r"[.!?][^.!?\w]*\Z", sentence)
    end = stop.start() if stop else len(sentence)
    clauses = [match.start() for match in CLAUSE.finditer(sentence, done, end)]
    for begin, close in zip((done, *clauses), (*clauses, end), strict=True):
        clause = sentence[begin:close]
        bare = ASIDE.sub("", clause)
        points = REFERENCE in LAST.sub("", f"{bare}.") or POINTING.search(bare)
        if REFERENCE in clause and points and VALUE not in bare and sentence[begin] == ";":
            yield Cut(begin, close)
            continue
        for match in ASIDE.finditer(sentence, begin, close):
            if VALUE in match[0]:
                yield from (Cut(*each.span()) for each in WITHIN.finditer(sentence, match.start() + 1, match.end() - 1))
            else:
                yield Cut(*match.span())
        if close == end and (last := LAST.search(sentence, begin)):
            yield Cut(*last.span())
