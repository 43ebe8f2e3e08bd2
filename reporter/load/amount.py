"""Parse a value as written in a file.

It is a number, a bound, an approximation, or one of the words for nothing.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from reporter.model import Qualifier, Status

UNANSWERED = str(Status.UNANSWERED)
WORDS = {
    "missing": Status.MISSING,
    "not applicable": Status.NOT_APPLICABLE,
    "suppressed": Status.SUPPRESSED,
    "not collected": Status.NOT_COLLECTED,
    UNANSWERED: Status.UNANSWERED,
}
WRITTEN = re.compile(r"(?:(at least|about) )?(-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?)", re.ASCII)
# Checked before all else: 1.000 could be read as one, with three decimals.
THOUSANDS = re.compile(r"(?:at least |about )?[1-9]\d{0,2}(?:[_ ,.'\u00a0\u202f]\d{3})+|\d+_\d+")
TRAPS = (
    (THOUSANDS, "has a separator between the thousands", "write {plain}"),
    (re.compile(r"0\d+"), "has a leading zero", "write {plain}"),
    (re.compile(r"(?:at least |about )?-?\d{16,}"), "has too many digits", "write at most 15 digits"),
    (re.compile(r"\d{1,2}:\d\d(:\d\d)?"), "looks like a time of day", "write a whole number"),
    (re.compile(r"\d+%|\d+ %"), "is a percentage", "write the count; shares are worked out"),
    (re.compile(r"[<>]=? ?\d+|over .*|more than .*"), "is not a plain number", "write 'at least N' or 'about N'"),
    (re.compile(r"[:–—-]|n/?a|none|nil", re.I), "is not a number", "write 0 for none, 'missing' when nobody said"),
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A parsed value; `value` is None unless the status is given."""

    value: Decimal | None
    status: Status
    qualifier: Qualifier = Qualifier.EXACT


def parse_amount(written: object) -> Amount:
    """Parse a scalar: `35`, `at least 100`, `about 250`, `missing` ….

    Raises ValueError with the remedy.
    """
    if isinstance(written, Amount):
        return written
    if written is None:
        raise ValueError("nothing is written here | write 0 for none, 'missing' when nobody said")
    if not isinstance(written, str):
        raise ValueError("a number is expected here | write one value, such as 35")
    if written in WORDS:
        return Amount(None, WORDS[written])
    match = WRITTEN.fullmatch(written)
    if match is None or THOUSANDS.fullmatch(written):
        raise ValueError(_reason(written))
    return Amount(Decimal(match[2]) + 0, Status.GIVEN, Qualifier(match[1] or "exact"))


def _reason(written: str) -> str:
    for pattern, what, remedy in TRAPS:
        if pattern.fullmatch(written):
            plain = re.sub(r"\D", "", written).lstrip("0") or "0"
            return f"{written!r} {what} | {remedy.format(plain=plain)}"
    return f"{written[:40]!r} is not a number | write a whole number, 'at least N', 'about N' or 'missing'"
