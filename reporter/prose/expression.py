"""Expressions in prose, `{{ investigations.opened | at(2017) }}`: parsed by Jinja, kept to a short list of forms.

Only names, dots, a few filters with plain arguments, and a few calls pass; there are no loops, no
arithmetic, no attributes of Python objects, so that a text can reach nothing but the data.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from reporter.errors import Finding, Mark, Severity
from reporter.model import Passage

FILTERS = {"at": (1, 1), "share": (0, 0), "change": (0, 1), "change_sentence": (0, 1)}
CALLS = ("note", "figure", "table")
FORMS = (
    "write a figure such as {{ investigations.opened }}, a filter (at, share, change, change_sentence), "
    "note(…), figure(…) or table(…)"
)
OPENING = re.compile(r"\{\{|\{%|\{#")
STRAY = re.compile(r"\{\{|\{%|\{#|\}\}")
PIECE = re.compile(r"\{\{(?P<inner>(?:[^{}\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*)\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
_GRAMMAR = Environment(autoescape=False)


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
    try:
        body = _body(piece.text)
    except (TemplateSyntaxError, RecursionError, ValueError) as problem:
        raise _RefusedError(f"{_short(piece.text)} cannot be read: {problem}") from None
    output = body[0].nodes if len(body) == 1 and isinstance(body[0], nodes.Output) else []
    if len(output) != 1 or not isinstance(output[0], nodes.Expr):
        raise _RefusedError(f"{_short(piece.text)} is not allowed in prose")
    return _node(output[0], piece)


@lru_cache(1024)
def _body(text: str) -> list[nodes.Node]:
    """The syntax tree of an expression; the same few are written again and again."""
    return _GRAMMAR.parse(text).body


def _node(node: nodes.Expr, piece: Piece) -> Expression:
    if isinstance(node, nodes.Filter):
        return _filter(node, piece)
    if isinstance(node, nodes.Call):
        return _call(node, piece)
    return Expression(_address(node, piece), piece.mark)


def _address(node: nodes.Node | None, piece: Piece) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and not node.attr.startswith("_"):
        return f"{_address(node.node, piece)}.{node.attr}"
    raise _RefusedError(f"{_short(piece.text)} is not the name of a figure")


def _filter(node: nodes.Filter, piece: Piece) -> Expression:
    fewest, most = FILTERS.get(node.name, (0, -1))
    if most < 0:
        raise _RefusedError(f"unknown filter {node.name!r} in {_short(piece.text)}")
    years = [_year(argument, piece) for argument in node.args]
    if not fewest <= len(years) <= most or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise _RefusedError(
            f"the filter {node.name!r} takes {most} year{'s' if most != 1 else ''} in {_short(piece.text)}"
        )
    return Expression(_address(node.node, piece), piece.mark, filter=node.name, year=years[0] if years else None)


def _year(node: nodes.Expr, piece: Piece) -> int:
    if isinstance(node, nodes.Const) and type(node.value) is int:
        return node.value
    raise _RefusedError(f"a year is expected in the brackets of {_short(piece.text)}")


def _call(node: nodes.Call, piece: Piece) -> Expression:
    name = node.node.name if isinstance(node.node, nodes.Name) else ""
    plain = len(node.args) == 1 and isinstance(node.args[0], nodes.Const) and isinstance(node.args[0].value, str)
    if name not in CALLS or not plain or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise _RefusedError(f"{_short(piece.text)} is not allowed in prose")
    argument = node.args[0]
    text = " ".join(argument.value.split()) if isinstance(argument, nodes.Const) else ""
    if not text.isprintable():
        raise _RefusedError(f"{_short(piece.text)} contains a character that cannot be printed")
    return Expression("", piece.mark, call=name, argument=text)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
