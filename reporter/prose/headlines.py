"""Headlines made from the data where none is written.

They say what a figure was and how it compares, if it may be compared. Each is a frame with a label before a colon, so
that no label has to be inflected. No percentages: many bases are small. Each stands on two lines; what would need more
is said in a shorter form, or not at all.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from unicodedata import normalize

from reporter.analysis import arithmetic
from reporter.analysis.arithmetic import Change, Obstacle
from reporter.i18n import N_, NN_, Locale
from reporter.model import Observation, Series, Vintage, is_given
from reporter.prose.sentences import share_text

# A headline with more names cannot be read at a glance.
MOST_NAMES = 4
MORE = NN_("{label}: {names} and {n} more", "{label}: {names} and {n} more")
# How many lines a headline may have, and their length in em at the size of a chapter's.
MOST_LINES, MEASURE = 2, 20.0
# Average widths of letters in em, to estimate the length of a line without the font.
NARROW, SLIM, WIDE, CAPITAL, OTHER = 0.25, 0.38, 0.8, 0.6, 0.5
NARROW_LETTERS, SLIM_LETTERS, WIDE_LETTERS = (
    frozenset(" ijl.,:;'’|!\u00a0"),
    frozenset("cfrstzIJ()-"),
    frozenset("mwMWOQ%@"),
)


def first_fitting(*forms: str) -> str:
    """The first of some headlines that fits on two lines.

    The longest one is to come first. Empty when none fits.
    """
    return next((each for each in forms if lines_of(each) <= MOST_LINES), "")


def lines_of(headline: str, measure: float = MEASURE) -> int:
    """Estimate how many lines a headline takes over a chapter."""
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


def change_headline(label: str, series: Series, vintage: Vintage, locale: Locale, before: int | None = None) -> str:
    """A figure of the edition's year against an earlier year.

    `before` is the earlier year, by default the year before. Without a figure for the year it is the last one known;
    empty without any.
    """
    earlier = vintage.year - 1 if before is None else before
    found = arithmetic.change(series, vintage.year, earlier)
    if is_given(found.after):
        plain = locale.text("{label}: {after}", label=label, after=locale.value(found.after))
        begins = not any(is_given(seen) for seen in series if seen.year < vintage.year)
        return first_fitting(plain) if begins else first_fitting(_frame(label, found, earlier, locale), plain)
    last = max((seen for seen in series if is_given(seen)), key=lambda seen: seen.year, default=None)
    if last is None:
        return ""
    message = N_("{label}: no figure for {year}; {value} in {last}")
    return first_fitting(locale.text(message, label=label, year=vintage.year, value=locale.value(last), last=last.year))


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
    """The largest part of a whole, with its share.

    Empty when what is not stated could be larger, and when two parts lead.
    """
    first = leading_part([seen for _, seen in parts], rest)
    share = arithmetic.share(first, total) if first else None
    if share is None:
        return ""
    label = next(label for label, seen in parts if seen is first)
    return first_fitting(
        locale.text("{label}: {share}", label=label, share=share_text(share, vintage.settings, locale))
    )


def leading_part(parts: Sequence[Observation], rest: Decimal | None) -> Observation | None:
    """The part that is larger than any other, whatever the rest holds.

    None when that cannot be said: with fewer than two parts, an inexact one, or an unknown rest.
    """
    exact = [seen for seen in parts if arithmetic.is_exact(seen)]
    if len(exact) < 2 or len(exact) < len(parts) or rest is None or rest < 0:
        return None
    first, second = sorted(exact, key=lambda seen: seen.value or 0, reverse=True)[:2]
    return first if (first.value or 0) > (second.value or 0) + rest else None


def names_headline(label: str, names: Sequence[str], locale: Locale, more: tuple[str, str] = MORE) -> str:
    """A list of names; of many only the first ones.

    How many more there are is said in the words of `more`. Empty without any name.
    """
    return first_fitting(*_named(label, names, locale, more)) if names else ""


def _named(label: str, names: Sequence[str], locale: Locale, more: tuple[str, str]) -> Iterator[str]:
    """All names where they are few, else fewer and fewer of them."""
    if len(names) <= MOST_NAMES:
        yield locale.text("{label}: {names}", label=label, names=locale.listed(names))
    for count in range(min(MOST_NAMES, len(names)) - 1, 0, -1):
        shown, rest = locale.joined(", ", names[:count]), len(names) - count
        yield locale.count(*more, rest, label=label, names=shown, n=locale.numeral(rest))


def share_headline(
    label: str, part: Observation | None, total: Observation | None, vintage: Vintage, locale: Locale
) -> str:
    """The share of a part in its total in the edition's year.

    "3 of 11" where the base is too small for a percentage. Empty without exact values.
    """
    found = arithmetic.share(part, total) if part and total else None
    if found is None:
        return ""
    share = share_text(found, vintage.settings, locale)
    return first_fitting(locale.text("{label}, {year}: {share}", label=label, year=vintage.year, share=share))
