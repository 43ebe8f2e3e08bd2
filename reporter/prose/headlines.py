"""Headlines made from the data where none is written: what a figure was, and how that compares, if it may be compared.

Each is a frame with a label before a colon, so that no label has to be inflected. No percentages: many bases are small.
"""

from collections.abc import Sequence
from decimal import Decimal

from reporter import analysis
from reporter.analysis import Change, Obstacle
from reporter.i18n import N_, Locale
from reporter.model import Observation, Series, Vintage, is_given
from reporter.prose.sentences import share_text


def change_headline(label: str, series: Series, vintage: Vintage, locale: Locale, before: int | None = None) -> str:
    """A figure of the edition's year against an earlier one, the year before by default; empty without any value."""
    earlier = vintage.year - 1 if before is None else before
    found = analysis.change(series, vintage.year, earlier)
    if is_given(found.after):
        return _frame(label, found, earlier, locale)
    last = max((seen for seen in series if is_given(seen)), key=lambda seen: seen.year, default=None)
    if last is None:
        return ""
    message = N_("{label}: no figure for {year}; {value} in {last}")
    return locale.text(message, label=label, year=vintage.year, value=locale.value(last), last=last.year)


def _frame(label: str, found: Change, before: int, locale: Locale) -> str:
    words = {"label": label, "after": locale.value(found.after), "year": before}
    difference = found.difference
    if difference is None:
        if found.obstacle is Obstacle.MISSING:
            return locale.text("{label}: {after}; no figure for {year}", **words)
        return locale.text("{label}: {after}; not comparable with {year}", **words)
    if difference == 0:
        return locale.text("{label}: {after}, as many as in {year}", **words)
    words["n"] = locale.number(abs(difference))
    if difference > 0:
        return locale.text("{label}: {after}, {n} more than in {year}", **words)
    return locale.text("{label}: {after}, {n} fewer than in {year}", **words)


def part_headline(
    parts: Sequence[tuple[str, Observation]], total: Observation, rest: Decimal | None, vintage: Vintage, locale: Locale
) -> str:
    """The largest part of a whole with its share; empty when what is not stated could be larger, or two lead."""
    exact = [(label, seen) for label, seen in parts if analysis.is_exact(seen)]
    if len(exact) < 2 or len(exact) < len(parts) or rest is None or rest < 0:
        return ""
    (label, first), (_, second) = sorted(exact, key=lambda each: each[1].value or 0, reverse=True)[:2]
    share = analysis.share(first, total)
    if share is None or (first.value or 0) <= (second.value or 0) + rest:
        return ""
    return locale.text("{label}: {share}", label=label, share=share_text(share, vintage.settings, locale))
