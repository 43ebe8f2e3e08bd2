"""Leave out what a text says of figures and tables. They do not stand beside it where it goes. A sentence that only
points at them goes as a whole; of another one goes what points: "(see Figure 3)", ", as Figure 3 shows", "; Figure 3
keeps them apart"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from reporter.document.text_tree import Place, Run, Words
from reporter.languages.sentences import BLANK, sentence_breaks
from reporter.prose.expression import Expression

# Capitals that no text contains stand for references and for values: they can begin and end a sentence.
REFERENCE, VALUE = "Ʀ", "Ȣ"
REFERENCES = ("figure", "table")
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


def without_pointers(line: Sequence[Run], expressions: dict[int, Expression]) -> list[Run]:
    """A paragraph that points at nothing. The expressions stand at the places of their numbers in it; without the words
    before it one may begin its sentence."""
    asked = {run.leaf.number: expressions[run.leaf.number] for run in line if isinstance(run.leaf, Place)}
    if not any(each.call in REFERENCES for each in asked.values()):
        return list(line)
    shown = [_mask(asked[run.leaf.number]) if isinstance(run.leaf, Place) else run.text for run in line]
    masked = "".join(shown)
    breaks = sorted({*sentence_breaks(masked), *(match.span("space") for match in BEGINS.finditer(masked))})
    starts, ends = (0, *(end for _, end in breaks)), (*(start for start, _ in breaks), len(masked))
    cuts = [
        cut
        for start, end, until in zip(starts, ends, (*starts[1:], len(masked)), strict=True)
        if REFERENCE in masked[start:end]
        for cut in _cuts(masked[start:end], start, until)
    ]
    made, at = list[Run](), 0
    for run, text in zip(line, shown, strict=True):
        left = _left(text, at, cuts)
        if isinstance(run.leaf, Place):
            made += [run] if left else []
            if left and any(each.end == at for each in cuts):
                expressions[run.leaf.number] = replace(asked[run.leaf.number], opens=True)
        elif left or not text:
            made.append(run._replace(leaf=Words(left)) if left != text else run)
        at += len(text)
    return made


def _mask(expression: Expression) -> str:
    # Three letters, since fewer may be an abbreviation. A whole sentence brings its full stop.
    if expression.call:
        return (REFERENCE if expression.call in REFERENCES else BLANK) * 3
    return f"{VALUE}{VALUE}." if expression.filter == "change_sentence" else VALUE * 3


def _cuts(sentence: str, start: int, until: int) -> Iterator[Cut]:
    """The cuts of a sentence: parts of it, or all."""
    found = tuple(_parts(sentence))
    rest = _left(sentence, 0, found)
    if REFERENCE in rest or not re.search(r"\w", rest) or (POINTING.search(rest) and VALUE not in rest):
        yield Cut(start, until)
    else:
        yield from (Cut(start + cut.start, start + cut.end, cut.instead) for cut in found)


def _left(text: str, start: int, cuts: Iterable[Cut]) -> str:
    """What stays of a piece of a text that begins at a place in it."""
    made, done, end = "", start, start + len(text)
    for each in cuts:
        if each.start < end and each.end > start:
            made += text[done - start : max(each.start - start, 0)] + (each.instead if each.start >= start else "")
            done = min(each.end, end)
    return made + text[done - start :]


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
