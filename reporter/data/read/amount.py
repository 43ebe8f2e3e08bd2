"""Parse a value as written in a file: a number, a bound, an approximation, or one of the words for no value."""

import re
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from reporter.data.languages import Sign, any_of_signs
from reporter.data.records import Qualifier, Status

UNANSWERED = str(Status.UNANSWERED)
WORDS = {
    "missing": Status.MISSING,
    "not applicable": Status.NOT_APPLICABLE,
    "suppressed": Status.SUPPRESSED,
    "not collected": Status.NOT_COLLECTED,
    UNANSWERED: Status.UNANSWERED,
}
BOUND = re.compile(r"at least |over |about ")
WRITTEN = re.compile(r"(?:(at least|over|about) )?(-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?)", re.ASCII)
# The minus of a zero means nothing, or something that was never counted.
MINUS_ZERO = re.compile(r"(?P<bound>at least |over |about )?-(?P<zero>0(?:\.0+)?)", re.ASCII)
# Separators of thousands, also those of Word and Excel: no-break, figure, thin and narrow spaces.
BETWEEN = "_ ,.'’\u00a0\u2007\u2009\u202f"
# Checked first: 1.000 could be read as one with three decimals.
THOUSANDS = re.compile(rf"(?:at least |over |about )?[1-9]\d{{0,2}}(?:[{BETWEEN}]\d{{3}})+(?:[.,]\d{{1,2}})?|\d+_\d+")
# A number in any notation, and its decimals.
NUMBER = re.compile(rf"\d(?:[{BETWEEN}]?\d)*")
DECIMALS = re.compile(r"(.*?)(?:[.,](\d{1,2}|\d{4,6}))?")
NOTHING = "write 0 for none, 'missing' if not known, 'suppressed' if withheld"
LESS = rf"[<≤]=?|iki|{any_of_signs(Sign.BELOW, Sign.MOST)}"
MORE = rf">|{any_of_signs(Sign.ABOVE)}"
LEAST = rf">=|≥|{any_of_signs(Sign.LEAST)}"
ABOUT = rf"[~≈]|ca?\.?|circa|approx\.?|{any_of_signs(Sign.ABOUT, Sign.NEARLY)}"
TRAPS = tuple(
    (re.compile(pattern, re.I), what, remedy)
    for pattern, what, remedy in (
        (THOUSANDS.pattern, "has a thousands separator", "write {bound}{plain}"),
        (r"(?:at least |over |about )?\d+,\d+", "has a decimal comma", "write {bound}{plain}"),
        (r"0\d+", "has a leading zero", "write {plain}"),
        (MINUS_ZERO.pattern, "is zero with a minus sign", "write {bound}0"),
        (r"(?:at least |over |about )?-?\d{16,}", "has too many digits", "write at most 15 digits"),
        (r"\d{1,2}:\d\d(:\d\d)?", "looks like a time of day", "write a number"),
        (r"\d+(?:[.,]\d+)?\s?%", "is a percentage", "write the count; shares are calculated"),
        (
            rf"(?:{LESS})\s*\d+|\d+\s*(?:[-–—]|to|iki)\s*\d+",
            "is a limit or a range",
            "write 'suppressed', or the number",
        ),
        (rf"(?:{LEAST})\s*\d[{BETWEEN}\d]*|\d+\s?\+", "is not a plain number", "write 'at least {plain}'"),
        (rf"(?:{MORE})\s*\d[{BETWEEN}\d]*", "is not a plain number", "write 'over {plain}'"),
        (rf"(?:{ABOUT})\s*\d[{BETWEEN}\d]*", "is not a plain number", "write 'about {plain}'"),
        (r"\d+\s?(?:\*+|[¹²³⁴-⁹]+|[(\[]\w[)\]])", "has a footnote mark", "write {plain}, and the words as its note:"),
        (r"[“”„‟‘’‚«»‹›\"'`]+\d+[“”„‟‘’‚«»‹›\"'`]+", "is in quotes", "write {plain}"),
        (r"\s*\d+(?:\.\d+)?\s*[,;.]?\s*", "has a stray character", "write {plain}"),
        (r"(?:[a-z]+ )?[a-z_]+:\S+", "has no space after its colon", "write {apart}"),
        (r"\d+\s[^\W\d_]+", "is more than a number", "write {plain}"),
        (r"[-‐-―−:.…*/?·]+|x|n\.?/?a\.?|none|nil|null|nėra", "is not a number", NOTHING),
    )
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A parsed value; `value` is None unless the status is given."""

    value: Decimal | None
    status: Status
    qualifier: Qualifier = Qualifier.EXACT


def parse_amount(written: object) -> Amount:
    """Parse a scalar: `35`, `at least 100`, `over 100`, `missing` …. Raises ValueError with the hint."""
    if isinstance(written, Amount):
        return written
    if written is None or written == "":
        raise ValueError(f"there is nothing here | {NOTHING}")
    if not isinstance(written, str):
        raise ValueError("a number is expected here | write one value, such as 35")
    if written in WORDS:
        return Amount(None, WORDS[written])
    match = WRITTEN.fullmatch(written)
    if match is None or THOUSANDS.fullmatch(written) or MINUS_ZERO.fullmatch(written):
        raise ValueError(_reason(written))
    return Amount(Decimal(match[2]), Status.GIVEN, Qualifier(match[1] or "exact"))


def plain_number(written: str) -> str:
    """The number in a text as the program reads it: `1 234,5` is 1234.5; empty if there is none."""
    match = NUMBER.search(written)
    parts = DECIMALS.fullmatch(match[0]) if match else None
    if parts is None:
        return ""
    whole = re.sub(r"\D", "", parts[1]).lstrip("0") or "0"
    return f"{whole}.{parts[2]}" if parts[2] else whole


def _reason(written: str) -> str:
    word = written.strip().lower()
    if word in WORDS:
        return f"{written!r} has capital letters or spaces | write {word!r}"
    # Digits of other scripts are not accepted.
    plain = all(character.isascii() or not character.isdecimal() for character in written)
    for pattern, what, remedy in TRAPS if plain else ():
        if pattern.fullmatch(written):
            bound = BOUND.match(written)
            spaced_text = written.replace(":", ": ", 1)
            hint = remedy.format(bound=bound[0] if bound else "", plain=plain_number(written), apart=spaced_text)
            return f"{written!r} {what} | {hint}"
    near = get_close_matches(word, WORDS, 1, 0.8)
    remedy = f"did you mean {near[0]!r}?" if near else "write a number, 'at least N', 'over N', 'about N' or 'missing'"
    return f"{written[:40]!r} is not a number | {remedy}"
