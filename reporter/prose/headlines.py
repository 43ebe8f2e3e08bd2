"""Headlines made from the data where none is written.

Each is a sentence of a few words without a number, and true whatever is not known. Where there is none, the title
stands alone.
"""

from collections.abc import Sequence
from decimal import Decimal

from reporter.analysis import arithmetic
from reporter.i18n import Locale
from reporter.model import Indicator, Observation, Vintage
from reporter.model.label import language_of


def change_headline(indicator: Indicator, vintage: Vintage, locale: Locale, before: int | None = None) -> str:
    """Say in the catalogue's words that a figure rose or fell.

    It is compared with the year before, which needs no name, or with an earlier one. Empty where nothing can be
    compared, where nothing changed, and where the catalogue has no words in the language.
    """
    earlier = vintage.year - 1 if before is None else before
    difference = arithmetic.change(vintage.series(indicator.code), vintage.year, earlier).difference
    label = indicator.rose if (difference or 0) > 0 else indicator.fell
    words = label.text(locale.language)
    if not (difference and words) or language_of(words):
        return ""
    return words if earlier == vintage.year - 1 else locale.text("{what} than in {year}", what=words, year=earlier)


def leading_part(parts: Sequence[Observation], rest: Decimal | None) -> Observation | None:
    """The part that is larger than any other, whatever the rest holds.

    None when that cannot be said: with fewer than two parts, an inexact one, or an unknown rest.
    """
    exact = [seen for seen in parts if arithmetic.is_exact(seen)]
    if len(exact) < 2 or len(exact) < len(parts) or rest is None or rest < 0:
        return None
    first, second = sorted(exact, key=lambda seen: seen.value or 0, reverse=True)[:2]
    return first if (first.value or 0) > (second.value or 0) + rest else None
