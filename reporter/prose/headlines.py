"""Headlines made from the data where none is written. Each is a sentence of a few words without a number, and true
whatever is not known. Where there is none, the title stands alone."""

from collections.abc import Sequence
from decimal import Decimal
from unicodedata import normalize

from reporter.analysis import arithmetic
from reporter.i18n import Locale
from reporter.model import Flag, Indicator, Observation, Vintage
from reporter.model.label import language_of

# The length of a line of a chapter's headline in em.
MEASURE = 20.0
# Average widths of letters in em, to estimate the length of a line without the font.
NARROW, SLIM, WIDE, CAPITAL, OTHER = 0.25, 0.38, 0.8, 0.6, 0.5
NARROW_LETTERS, SLIM_LETTERS, WIDE_LETTERS = (
    frozenset(" ijl.,:;'’|!\u00a0"),
    frozenset("cfrstzIJ()-"),
    frozenset("mwMWOQ%@"),
)


def lines_of(headline: str, measure: float = MEASURE) -> int:
    lines, room = 1, measure
    for word in headline.split(" "):
        wide = sum(map(_width, normalize("NFC", word)))
        if wide > room and room < measure:
            lines, room = lines + 1, measure
        lines += int(wide // measure)
        room -= wide % measure + NARROW
    return lines


def _width(letter: str) -> float:
    plain = normalize("NFD", letter)[0]
    if plain in NARROW_LETTERS:
        return NARROW
    if plain in SLIM_LETTERS:
        return SLIM
    return WIDE if plain in WIDE_LETTERS else CAPITAL if plain.isupper() else OTHER


def change_headline(indicator: Indicator, vintage: Vintage, locale: Locale) -> str:
    """Say in the catalogue's words that a figure rose or fell. It is compared with the year before. Empty where nothing
    can be compared, where it changed by one or not at all, where it is defined otherwise than those words say, and
    where the catalogue has none in the language."""
    found = arithmetic.change(vintage.series(indicator.code), vintage.year)
    difference = found.difference or Decimal()
    is_other = found.after is not None and Flag.DEFINITION_DIFFERS in found.after.flags
    label = indicator.rose if difference > 0 else indicator.fell
    words = label.text(locale.language)
    return words if abs(difference) > 1 and words and not language_of(words) and not is_other else ""


def leading_part(parts: Sequence[Observation], rest: Decimal | None) -> Observation | None:
    """The part that is larger than any other, whatever the rest holds. None when that cannot be said: with fewer than
    two parts, an inexact one, or an unknown rest."""
    exact = [seen for seen in parts if arithmetic.is_exact(seen)]
    if len(exact) < 2 or len(exact) < len(parts) or rest is None or rest < 0:
        return None
    first, second = sorted(exact, key=lambda seen: seen.value or 0, reverse=True)[:2]
    return first if (first.value or 0) > (second.value or 0) + rest else None
