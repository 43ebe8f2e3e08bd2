"""Parse expressions in the narrative, such as `{{ investigations.opened | at(2017) }}`. There is a short list of forms:
a name with dots, perhaps `at(YEAR)` and one filter with a year or words; or a call with one text. There are no loops,
no arithmetic, no attributes of Python objects: anything else is refused, so that a text can reach only the data. For a
refused expression the intended form is guessed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from reporter.data.errors import Finding, Mark, error_at, nearest
from reporter.data.languages.sentences import WORD_QUOTES, plainly
from reporter.data.records import Passage
from reporter.text.claims import CLAIMS

# An expression that is not closed, or has unpaired quotes, up to the end of its line.
LOOSE = re.compile(r"\{\{[^{}\n]*\}{0,2}")
BRACKETED = re.compile(r"\(([^()]*)\)")
YEAR = re.compile(r"\bat\s*(?:\(\s*[\"']?(\d{4})[\"']?\s*\)|[:=]?\s*[\"']?(\d{4})[\"']?)")
# A name with dots between single braces, which Markdown would print as typed.
SINGLE = re.compile(r"(?<!\{)\{\s*([a-z]\w*(?:\.\w+)+(?:\s*\|[^{}\n]*)?)\s*\}(?!\})", re.A)


def _closed(text: str) -> str:
    inner = text.rstrip().rstrip("}").rstrip()
    return f"{inner}{')' * (inner.count('(') - inner.count(')'))} }}}}"


def _quoted(text: str) -> str:
    def marked(match: re.Match[str]) -> str:
        words = (argument.strip(f" \"'{WORD_QUOTES}") for argument in match[1].split(","))
        return f"({', '.join(word if word.isdigit() else f'{chr(34)}{word}{chr(34)}' for word in words if word)})"

    return BRACKETED.sub(marked, text).replace("()", "")


def _lowered(text: str) -> str:
    return "".join(part if part.startswith('"') else part.lower() for part in re.split(r"(\"[^\"]*\")", text))


# What may be wrong, and the repair; guesses also combine repairs in this order.
STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("has characters set by Word", plainly),
    ("is not closed", _closed),
    ("has words without paired quotes", _quoted),
    ("names a year without at(YEAR)", lambda text: YEAR.sub(r"at(\1\2)", text)),
    ("has capital letters", _lowered),
)


def guesses(text: str) -> Iterator[tuple[str, str]]:
    """Guess what was meant: what is wrong, and the expression, first with one repair, then with all up to each."""
    for what, fix in STEPS:
        if (repair := fix(text)) != text:
            yield _words(what, text), repair
    wrong, repair = "", text
    for what, fix in STEPS:
        if (better := fix(repair)) != repair:
            wrong, repair = wrong or _words(what, text), better
            yield wrong, repair


def _words(what: str, text: str) -> str:
    if what != STEPS[0][0]:
        return what
    return "has quotes from Word" if set(text) & set(WORD_QUOTES) else "has a no-break space from Word"


# The arguments of each filter: fewest and most words, fewest and most years.
FILTERS = {
    "at": (0, 0, 1, 1),
    "share": (0, 0, 0, 0),
    "change": (0, 0, 0, 1),
    "change_sentence": (0, 0, 0, 1),
    "counted": (1, 6, 0, 0),
    "digits": (0, 0, 0, 0),
    **dict.fromkeys(CLAIMS, (1, 1, 0, 1)),
}
# Filters whose numbers may be in words, unless `digits` comes last.
SPELT_FILTERS = ("", "counted", "share", "change_sentence")
# The buttons are those of the text editor in the workbench.
FORMS = (
    "write a figure such as {{ investigations.opened }}; in the workbench 'A figure in the text…' writes it, and "
    "'How it is printed…' chooses its form"
)
NO_FILTER = (
    f"write one of at, share, change, change_sentence, counted, digits, {', '.join(CLAIMS)}; in the workbench "
    "'How it is printed…' chooses one"
)
LONE = {
    "{{": (
        "{{ is not closed",
        "close it with }}, and each quote before that, as in {{ investigations.opened }}, or remove it; in the "
        "workbench 'A figure in the text…' writes a figure",
    ),
    "}}": ("}} closes nothing", "open it with {{ before the figure, as in {{ investigations.opened }}, or remove it"),
}
# After so many unclosed ones, the rest of a text is read as words: each would be searched to its end.
MOST_BROKEN = 100
PLACE_HINT = (
    'write {n} once in every form of counted, in the place of the number, as in counted("{n} victim was found", "{n} '
    'victims were found"), or in none'
)
STRAY = re.compile(r"\{\{|\{%|\{#|\}\}")
PIECE = re.compile(r"\{\{(?P<inner>(?:[^{}\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*)\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
QUOTED = r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'"
ARGUMENT = rf"(?:{QUOTED}|\d{{4}})"
ARGUMENTS = rf"\(\s*{ARGUMENT}\s*(?:,\s*{ARGUMENT}\s*)*\)"
FILTER = rf"\|\s*([a-z_]+)({ARGUMENTS})?\s*"
FORM = re.compile(
    rf"\{{\{{\s*(?:(?P<address>[a-z]\w*(?:\.(?:[a-z0-9]\w*|[A-Z]{{2}}\b))*)\s*(?P<filters>(?:{FILTER})*)"
    rf"|(?P<call>note|figure|table)\(\s*(?P<argument>{QUOTED})\s*\)\s*)\}}\}}",
    re.S | re.A,
)
ESCAPED = re.compile(r"\\([\"'\\])")
# The place of the number in the forms of `counted`; without it the number comes first.
NUMBER_PLACE = "{n}"


@dataclass(frozen=True, slots=True)
class Expression:
    """An address with its filter, or a call. `argument` is the text of a call, `year` that of `at`, `base` the year
    from which a change or a claim is measured, `words` what is printed, `mark` the place in the file. `digits` asks for
    figures. By its place in a text, its numbers may be `spelt`, and it `opens` a sentence."""

    address: str
    mark: Mark
    call: str = ""
    argument: str = ""
    filter: str = ""
    year: int | None = None
    base: int | None = None
    words: tuple[str, ...] = ()
    digits: bool = False
    spelt: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage, text or an expression, with the place where it begins."""

    text: str
    mark: Mark
    expression: Expression | None = None


@lru_cache(maxsize=4096)
def parse(passage: Passage) -> tuple[tuple[Piece, ...], tuple[Finding, ...]]:
    """Split a passage into text and expressions, with the findings about expressions that are not one of the forms."""
    pieces: list[Piece] = []
    findings: list[Finding] = []
    for piece in _cut(passage.markdown, passage.mark):
        for match in SINGLE.finditer(piece.text):
            meant = f"{{{{ {match[1].strip()} }}}}"
            if _is_expression(meant):
                place = replace(piece, mark=_moved(piece.mark, piece.text[: match.start()]))
                findings.append(bad_expression(place, f"{_short(match[0])} has single braces", f"write {meant}"))
        try:
            pieces.append(replace(piece, expression=_expression(piece)) if STRAY.match(piece.text) else piece)
        except _RefusedError as problem:
            # With the expression that was meant, if it can be guessed.
            repairs = ((what, meant) for what, meant in guesses(piece.text) if _is_expression(meant))
            what, meant = next(repairs, ("", ""))
            message, hint = (f"{_short(piece.text)} {what}", f"write {meant}") if what else (str(problem), problem.hint)
            findings.append(bad_expression(piece, message, hint))
    return tuple(pieces), tuple(findings)


def bad_expression(piece: Piece, message: str, hint: str) -> Finding:
    return error_at(piece.mark, "bad-expression", message, hint)


def call_in_headline(piece: Piece) -> Finding:
    return bad_expression(piece, f"{piece.text} is not allowed in a headline", "put it into the text below the heading")


class _RefusedError(Exception):
    """An expression that is not one of the allowed forms."""

    def __init__(self, message: str, hint: str = FORMS) -> None:
        super().__init__(message)
        self.hint = hint


def _is_expression(text: str) -> bool:
    try:
        _expression(Piece(text, Mark("")))
    except _RefusedError:
        return False
    return True


def _cut(text: str, start: Mark) -> Iterator[Piece]:
    place, mark, broken = 0, start, 0
    while broken < MOST_BROKEN and (sign := STRAY.search(text, place)):
        whole, loose = PIECE.match(text, sign.start()), LOOSE.match(text, sign.start())
        broken += whole is None
        end = whole.end() if whole else loose.end() if loose and loose[0].endswith("}") else sign.end()
        yield Piece(text[place : sign.start()], mark)
        mark = _moved(mark, text[place : sign.start()])
        yield Piece(text[sign.start() : end], mark)
        mark, place = _moved(mark, text[sign.start() : end]), end
    yield Piece(text[place:], mark)


def _moved(mark: Mark, text: str) -> Mark:
    lines = text.count("\n")
    column = len(text) - text.rfind("\n") if lines else mark.column + len(text)
    return Mark(mark.path, mark.line + lines, column)


def _expression(piece: Piece) -> Expression:
    if STRAY.fullmatch(piece.text):
        brace = f"{piece.text} has no place in a text", "remove it: braces are for figures only"
        raise _RefusedError(*LONE.get(piece.text, brace))
    form = FORM.fullmatch(piece.text)
    if form is None:
        raise _RefusedError(f"{_short(piece.text)} is not one of the allowed forms")
    if form["call"]:
        return Expression("", piece.mark, form["call"], _argument(form["argument"], piece))
    year, chosen_filter, digits = _filters(form["filters"], piece)
    if form["address"].startswith("countries.") and form["filters"]:
        raise _RefusedError(f"a list of countries cannot have a filter: {_short(piece.text)}")
    return Expression(
        address=form["address"],
        mark=piece.mark,
        filter=chosen_filter.name,
        year=year,
        base=chosen_filter.base,
        words=chosen_filter.words,
        digits=digits,
    )


class _Filter(NamedTuple):
    name: str = ""
    words: tuple[str, ...] = ()
    base: int | None = None


def _filters(text: str, piece: Piece) -> tuple[int | None, _Filter, bool]:
    """The year of `at`, the filter, and whether `digits` comes last."""
    filters = [_filter(match, piece) for match in re.finditer(FILTER, text)]
    year = filters.pop(0).base if filters and filters[0].name == "at" else None
    digits = bool(filters) and filters[-1].name == "digits"
    filters = filters[:-1] if digits else filters
    if len(filters) > 1 or any(entry.name in ("at", "digits") for entry in filters):
        raise _RefusedError(f"{_short(piece.text)} has more filters than at(YEAR), one other, and digits as the last")
    if digits and filters and filters[0].name not in SPELT_FILTERS:
        raise _RefusedError(
            f"the filter {filters[0].name!r} prints its own words: {_short(piece.text)}", "leave digits out"
        )
    if year is not None and filters and filters[0].name.startswith("change"):
        raise _RefusedError(f"a change of another year's edition cannot be printed: {_short(piece.text)}")
    return year, filters[0] if filters else _Filter(), digits


def _filter(match: re.Match[str], piece: Piece) -> _Filter:
    name = match[1]
    if name not in FILTERS:
        near = nearest(name, FILTERS)
        raise _RefusedError(
            f"unknown filter {name!r} in {_short(piece.text)}", near if near[:3] == "did" else NO_FILTER
        )
    arguments = re.findall(ARGUMENT, match[2] or "")
    words = tuple(_argument(argument, piece) for argument in arguments if not argument.isdigit())
    if not all(words):
        raise _RefusedError(f"words are missing between the quotes in {_short(piece.text)}")
    years = [int(argument) for argument in arguments if argument.isdigit()]
    _check_place(name, words, piece)
    fewest, most, least_years, most_years = FILTERS[name]
    if not (fewest <= len(words) <= most and least_years <= len(years) <= most_years):
        of_words = "" if not most else '"words"' if most == 1 else "the forms of a word in quotes"
        of_years = "" if not most_years else "one year" if least_years else "an optional year"
        takes = " and ".join(filter(None, (of_words, of_years))) or "nothing"
        raise _RefusedError(f"the filter {name!r} takes {takes} in {_short(piece.text)}")
    return _Filter(name, words, years[0] if years else None)


def _check_place(name: str, words: tuple[str, ...], piece: Piece) -> None:
    if not any("{" in word or "}" in word for word in words):
        return
    if name != "counted":
        raise _RefusedError(f"the words of the filter {name!r} contain braces: {_short(piece.text)}", PLACE_HINT)
    for form in words:
        if form.count(NUMBER_PLACE) != 1 or re.search(r"[{}]", form.replace(NUMBER_PLACE, "")):
            raise _RefusedError(f"{form!r} must contain {NUMBER_PLACE} once, in every form or in none", PLACE_HINT)


def _argument(text: str, piece: Piece) -> str:
    plain = " ".join(ESCAPED.sub(r"\1", text[1:-1]).split())
    if not plain.isprintable():
        raise _RefusedError(f"{_short(piece.text)} contains a character that cannot be printed")
    return plain


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
