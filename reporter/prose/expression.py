"""Expressions in prose, `{{ investigations.opened | at(2017) }}`: a short list of forms and nothing else.

A name with dots, perhaps one filter with a year; or a call with one text. There are no loops, no arithmetic, no
attributes of Python objects: what is not one of the forms is refused, so that a text can reach nothing but the data.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reporter.errors import Finding, Mark, Severity
from reporter.model import Passage

FILTERS = {"at": (1, 1), "share": (0, 0), "change": (0, 1), "change_sentence": (0, 1)}
FORMS = (
    "write a figure such as {{ investigations.opened }}, a filter (at, share, change, change_sentence), "
    "note(…), figure(…) or table(…)"
)
OPENING = re.compile(r"\{\{|\{%|\{#")
STRAY = re.compile(r"\{\{|\{%|\{#|\}\}")
PIECE = re.compile(r"\{\{(?P<inner>(?:[^{}\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*)\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
QUOTED = r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'"
FORM = re.compile(
    r"\{\{\s*(?:(?P<address>[a-z]\w*(?:\.[a-z0-9]\w*)*)(?:\s*\|\s*(?P<filter>[a-z_]+)(?:\(\s*(?P<year>\d{4})\s*\))?)?"
    rf"|(?P<call>note|figure|table)\(\s*(?P<argument>{QUOTED})\s*\))\s*\}}\}}",
    re.S | re.A,
)
ESCAPED = re.compile(r"\\([\"'\\])")


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression: an address or a call with its text, the filter with its argument, and its place."""

    address: str
    mark: Mark
    call: str = ""
    argument: str = ""
    filter: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage: text, or an expression when `expression` is set; `mark` is where it begins."""

    text: str
    mark: Mark
    expression: Expression | None = None


def parse(passage: Passage) -> tuple[tuple[Piece, ...], tuple[Finding, ...]]:
    """A passage as text and expressions in turn, and what is wrong with its expressions."""
    pieces: list[Piece] = []
    findings: list[Finding] = []
    for piece in _cut(passage.markdown, passage.mark):
        if STRAY.fullmatch(piece.text):
            message = f"{piece.text} stands alone: braces and the quotes between them come in pairs"
            findings.append(Finding(Severity.ERROR, "bad-expression", message, piece.mark, FORMS))
            continue
        if not OPENING.match(piece.text):
            pieces.append(piece)
            continue
        try:
            pieces.append(Piece(piece.text, piece.mark, _expression(piece)))
        except _RefusedError as problem:
            findings.append(Finding(Severity.ERROR, "bad-expression", str(problem), piece.mark, FORMS))
    return tuple(pieces), tuple(findings)


class _RefusedError(Exception):
    """An expression that is not one of the allowed forms."""


def _cut(text: str, start: Mark) -> Iterator[Piece]:
    place = 0
    whole = {match.start(): match.end() for match in PIECE.finditer(text)}
    while sign := STRAY.search(text, place):
        end = whole.get(sign.start(), sign.end())
        yield Piece(text[place : sign.start()], _mark(text, place, start))
        yield Piece(text[sign.start() : end], _mark(text, sign.start(), start))
        place = end
    yield Piece(text[place:], _mark(text, place, start))


def _mark(text: str, place: int, start: Mark) -> Mark:
    before = text[:place]
    return Mark(start.path, start.line + before.count("\n"), place - before.rfind("\n"))


def _expression(piece: Piece) -> Expression:
    form = FORM.fullmatch(piece.text)
    if form is None:
        raise _RefusedError(f"{_short(piece.text)} is not one of the forms that text may have")
    if form["call"]:
        return Expression("", piece.mark, form["call"], _argument(form["argument"], piece))
    name, year = form["filter"] or "", form["year"]
    fewest, most = FILTERS.get(name, (0, -1)) if name else (0, 0)
    if most < 0:
        raise _RefusedError(f"unknown filter {name!r} in {_short(piece.text)}")
    if not fewest <= (year is not None) <= most:
        years = "one year" if fewest else "no year"
        raise _RefusedError(f"the filter {name!r} takes {years} in {_short(piece.text)}")
    return Expression(form["address"], piece.mark, filter=name, year=int(year) if year else None)


def _argument(text: str, piece: Piece) -> str:
    plain = " ".join(ESCAPED.sub(r"\1", text[1:-1]).split())
    if not plain.isprintable():
        raise _RefusedError(f"{_short(piece.text)} contains a character that cannot be printed")
    return plain


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
