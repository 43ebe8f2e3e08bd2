"""Values in prose: an expression names something that exists, with a value in every edition that prints it."""

import re
from collections.abc import Iterator

from reporter.analysis.arithmetic import share
from reporter.check.prose_text import Reading
from reporter.check.rule import Case, Problem
from reporter.document.outline import parts
from reporter.errors import nearest
from reporter.model import ListKind, is_given
from reporter.model.language import FORMS
from reporter.prose.claims import CLAIMS
from reporter.prose.expression import Expression
from reporter.prose.times import contradiction

YEARS = ("year", "previous_year")
THINGS = ("activities.", "law.")
BLOCKS = tuple(block for part in parts() for block in part.blocks)


def unknown_figure(case: Case) -> Iterator[Problem]:
    """An expression that names no figure, activity, provision, list, chart or table."""
    for _, expression in _expressions(case):
        if not _exists(case, expression):
            name = expression.argument if expression.call else expression.address
            what = expression.call or "figure"
            yield Problem(f"no {what} is called {name!r}", expression.mark, nearest(name, _names(case, expression)))


def claim_untrue(case: Case) -> Iterator[Problem]:
    """A word such as "fell" or "most" that the figure it is bound to does not bear out."""
    for reading, expression in _expressions(case):
        if expression.filter not in CLAIMS or not (_exists(case, expression) and _printable(case, expression)):
            continue
        seen = case.known.observation(expression.address, expression.year)
        message = contradiction(expression, reading.passage.language, case.known, seen) if seen else ""
        if message:
            yield Problem(message, expression.mark, _rewrite(case, reading))


def _rewrite(case: Case, reading: Reading) -> str:
    if reading.passage.year == case.year:
        return "write what the figures say"
    return f"carried over into {case.year}, where it no longer holds: write the section anew for {case.year}"


def year_of_text(case: Case) -> Iterator[Problem]:
    """A text of an earlier year that prints a value of this one in a sentence that names the year of the text."""
    for reading in case.readings:
        written = reading.passage.year
        if written == case.year:
            continue
        for expression in reading.expressions:
            if is_of_the_year(expression) and re.search(rf"\b{written}\b", reading.around(expression.mark)):
                message = f"{expression.address} is a value of {case.year} in a sentence that says {written}"
                hint = f"write {{{{ year }}}} for the year, at({written}) for the value, or the section anew"
                yield Problem(message, expression.mark, hint)


def is_of_the_year(expression: Expression) -> bool:
    """Whether it prints what belongs to the edition's own year."""
    named = expression.call or expression.address in YEARS or expression.year is not None
    return not named and not expression.address.startswith(THINGS)


def word_forms(case: Case) -> Iterator[Problem]:
    """A noun beside a value with more or fewer forms than its language has."""
    for reading in case.written:
        language = reading.passage.language
        for each in reading.expressions:
            needed = FORMS.get(language, len(each.words))
            if each.filter == "counted" and len(each.words) != needed:
                message = f"{len(each.words)} forms of {each.words[0]!r}: the language {language} has {needed}"
                yield Problem(message, each.mark, "give the forms in the order of gettext: for 1, for few, for many")


def no_value(case: Case) -> Iterator[Problem]:
    """An expression without a value in an edition that prints it, in its own year or carried over."""
    for reading, expression in _expressions(case):
        if not expression.call and _exists(case, expression) and not _printable(case, expression):
            hint = _remedy(case, reading, expression)
            yield Problem(f"{expression.address} has no value to print", expression.mark, hint)


def _expressions(case: Case) -> Iterator[tuple[Reading, Expression]]:
    for reading in case.readings:
        for expression in reading.expressions:
            if expression.call != "note" and expression.address not in YEARS:
                yield reading, expression


def _exists(case: Case, expression: Expression) -> bool:
    if expression.call:
        return expression.argument in BLOCKS
    family, _, name = expression.address.partition(".")
    if family == "countries":
        return name in tuple(ListKind)
    if expression.address.startswith(THINGS):
        return expression.address in case.counts
    if case.known.catalogue.indicator(expression.address):
        return True
    indicator, _, code = expression.address.rpartition(".")
    return code in _codes(case, indicator)


def _codes(case: Case, indicator: str) -> tuple[str, ...]:
    found = case.known.catalogue.indicator(indicator)
    axes = [case.known.catalogue.dimension(name) for name in found.dimensions] if found else []
    return tuple(member.code for axis in axes if axis for member in axis.codes)


def _names(case: Case, expression: Expression) -> Iterator[str]:
    if expression.call:
        yield from BLOCKS
        return
    yield from (f"countries.{kind}" for kind in ListKind)
    yield from case.counts
    for indicator in case.known.catalogue.indicators:
        yield indicator.code
        yield from (f"{indicator.code}.{code}" for code in _codes(case, indicator.code))


def _printable(case: Case, expression: Expression) -> bool:
    """Whether the edition has the value; the same terms on which it is printed (see prose)."""
    known, address = case.known, expression.address
    if address.startswith("countries."):
        return any(each.year == case.year and address == f"countries.{each.kind}" for each in known.data.lists)
    if address.startswith(THINGS):
        return is_given(known.observation(address))
    changes = expression.filter in ("change", "change_sentence")
    seen = known.observation(address, case.year if changes or expression.year is None else expression.year)
    if seen is None or not is_given(seen):
        return False
    total = known.observation(seen.figure, seen.year)
    return expression.filter != "share" or bool(seen.code and total and share(seen, total))


def _remedy(case: Case, reading: Reading, expression: Expression) -> str:
    written = reading.passage.year
    if expression.filter == "share":
        return "a share needs a part, such as investigations.opened.sexual, and an exact total"
    if expression.year is not None:
        return f"the edition of {case.year} knows nothing for {expression.year}: name another year"
    if written == case.year or expression.address.startswith(THINGS):
        return f"nothing is stated for {case.year}: give the figure, or rewrite the sentence"
    name = f"{{{{ {expression.address} | at({written}) }}}}"
    return f"carried over into {case.year}, which has no value: write {name}, or write the section anew for {case.year}"
