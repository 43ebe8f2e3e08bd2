"""What the cells of a table of figures say. It is told as a file of the year would have it. Each function raises
ReporterError for what can be read in two ways, or in none, with what to write."""

import re
from collections.abc import Sequence

from reporter.errors import ReporterError, nearest
from reporter.load.amount import BOUND, parse_amount
from reporter.load.fields import PERIOD
from reporter.load.figure_table import STATUS, VALUE, TableRow
from reporter.model import Confidentiality, Flag, Qualifier, Status
from reporter.model.observation import amount_text

YEAR = re.compile(r"([12]\d{3})(?:\.0+)?", re.ASCII)
# Thousands that blanks part, as spreadsheets set them; a comma or point could part decimals.
APART = re.compile(r"(?<=\d)[ \u00a0\u2007\u2009\u202f'’](?=\d{3}(?!\d))")
# Three digits behind a comma could be thousands.
COMMA = re.compile(r"((?:at least |over |about )?-?\d+),(\d{1,2}|\d{4,6})\Z", re.ASCII)
ZEROS = re.compile(r"((?:at least |over |about )?-?\d+)\.0+", re.ASCII)
GIVEN = Status.GIVEN.value
NOTHING = tuple(each.value for each in Status if each not in (Status.GIVEN, Status.UNREADABLE))
BOUNDS = tuple(each.value for each in Qualifier)
TRUE, FALSE = ("true", "1", "yes"), ("", "false", "0", "no")
WRITE_ONE = "write the number, or in the column status why there is none: missing, suppressed …"


def year_in(text: str) -> int | None:
    found = YEAR.fullmatch(text)
    if text and found is None:
        raise ReporterError(f"the year is {text[:40]!r}", hint="write four digits, such as 2019")
    return int(found[1]) if found else None


def value_in(row: TableRow, *, whole: bool) -> str:
    """The value of a row: a number, or the word for nothing. `12` or `at least 3`; empty where nothing is written at
    all. Of what is counted there are no decimals."""
    text, status = row[VALUE], row[STATUS].lower()
    if status in NOTHING:
        if text and text.lower() != status:
            raise ReporterError(f"the value is {text[:40]!r}, and the status {status}", hint="delete one of them")
        return status
    if status not in ("", GIVEN, Qualifier.EXACT.value):
        raise ReporterError(f"the status is {status[:40]!r}", hint=nearest(status, (GIVEN, *NOTHING)))
    if text:
        return _amount(text, row["qualifier"].lower(), whole=whole)
    if status:
        raise ReporterError(f"there is no number, and the status is {status}", hint=WRITE_ONE)
    return ""


def _amount(text: str, qualifier: str, *, whole: bool) -> str:
    if qualifier and qualifier not in BOUNDS:
        raise ReporterError(f"the qualifier is {qualifier[:40]!r}", hint=nearest(qualifier, BOUNDS))
    plain = COMMA.sub(r"\1.\2", APART.sub("", text), count=1)
    if whole and (round_number := ZEROS.fullmatch(plain)):
        plain = round_number[1]
    bound = BOUND.match(plain)
    if qualifier and qualifier != Qualifier.EXACT.value:
        if bound and bound[0].strip() != qualifier:
            message = f"the value says {bound[0].strip()!r}, and the qualifier {qualifier!r}"
            raise ReporterError(message, hint="delete one of them")
        plain = plain if bound else f"{qualifier} {plain}"
    try:
        amount = parse_amount(plain)
    except ValueError as problem:
        message, _, hint = str(problem).partition(" | ")
        raise ReporterError(message, hint=hint) from None
    if amount.value is None:
        return amount_text(None, amount.status, amount.qualifier)
    if amount.value < 0:
        raise ReporterError(f"{plain} is less than zero", hint="write 0 or more")
    if whole and amount.value != amount.value.to_integral_value():
        raise ReporterError(f"{plain} is no whole number", hint="write how many were counted")
    return plain


def flags_in(text: str) -> tuple[str, ...]:
    found = sorted({*re.sub(r"[\s,;|]", "", text.lower())})
    known = [each.value for each in Flag]
    if unknown := next((each for each in found if each not in known), ""):
        raise ReporterError(f"no flag is called {unknown!r}", hint=f"write one of {', '.join(known)}, or nothing")
    return tuple(found)


def confidentiality_in(text: str, value: str) -> str:
    """The rule by which a value is withheld, empty for none. `C` of a value that is not told says no more than that: so
    is every value that the public does not get."""
    found = text.upper() or Confidentiality.FREE.value
    known = [each.value for each in Confidentiality]
    if found not in known:
        raise ReporterError(f"the confidentiality is {text[:40]!r}", hint=f"write one of {', '.join(known)}")
    says_no_more = found == Confidentiality.CONFIDENTIAL.value and value == Status.SUPPRESSED.value
    return "" if found == Confidentiality.FREE.value or says_no_more else found


def period_in(text: str) -> str:
    """The period that a value covers, empty for its year."""
    if text and not PERIOD.fullmatch(text):
        hint = "write 2017 or 2017/2019 or 2015-06-03/2015-06-04"
        raise ReporterError(f"{text[:40]!r} is not a period", hint=hint)
    return text


def definition_in(text: str, known: Sequence[str], figure: str) -> str:
    if text and text not in known:
        raise ReporterError(f"{figure} has no definition {text[:40]!r}", hint=nearest(text, known))
    return text


def is_target(text: str) -> bool:
    if text.lower() not in (*TRUE, *FALSE):
        raise ReporterError(f"the target is {text[:40]!r}", hint="write true, false or nothing")
    return text.lower() in TRUE
