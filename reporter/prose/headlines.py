"""Headlines made from the data where none is written. Each is a sentence of a few words without a number, and true
whatever is not known. Where there is none, the title stands alone."""

from collections.abc import Sequence
from decimal import Decimal

from reporter.analysis import arithmetic
from reporter.i18n import Locale
from reporter.model import Flag, Indicator, Observation, Vintage
from reporter.model.label import language_of


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
