"""Headlines and leads made from figures, where nobody wrote them."""

import re
from collections.abc import Iterable, Set
from html import unescape

from reporter.analysis.arithmetic import change
from reporter.comparison import Manner
from reporter.context import Context
from reporter.document.document import Block, Figure, Text
from reporter.document.outline import Part
from reporter.model import is_given
from reporter.prose.change_sentences import change_sentence
from reporter.prose.headlines import change_headline
from reporter.sections import beside_words, compared_countries
from reporter.sections.lines import line, paragraph
from reporter.tables.compared import is_long, stated_changes

MOST_SENTENCES = 3
TAG = re.compile("<[^>]+>")
# The chart that counts changes, whose finding the lead gives for all figures, and the sentences of a comparison.
COUNTED, CHANGES = "slopes", "changes"
# The table of two years, which has words of its own.
BESIDE = "dumbbells"
COMPARED, GIVEN, SILENT = range(3)


def automatic_headline(part: Part, context: Context, blocks: Iterable[Block], told: Set[str]) -> Text | None:
    """The best finding of a chapter that was not printed yet.

    What can be compared goes first, then what has a value, then what charts find, then what has none this year. None
    when there is no other one: the title stands alone.
    """
    if BESIDE in part.blocks:
        return beside_words.finding(context)
    ranked, beside = _findings(part, context), compared_countries.finding(part, context)
    # The lead tells of all figures what the chart that counts changes finds.
    figures = (each for each in blocks if isinstance(each, Figure) and each.code != COUNTED)
    shown = (line(each.headline) for each in figures if each.headline)
    found = (*ranked[COMPARED], *ranked[GIVEN], beside, *shown, *ranked[SILENT])
    return next((each for each in found if each and text_of(each) not in told), None)


def text_of(headline: Text) -> str:
    """The words of a headline without markup.

    By them a headline is recognised.
    """
    return unescape(TAG.sub("", headline.html))


def automatic_lead(part: Part, context: Context) -> Text | None:
    """Say in a few sentences what changed of a chapter's findings.

    None where nothing can be compared.
    """
    if BESIDE in part.blocks:
        return beside_words.lead(context)
    vintage = context.vintage
    if not _is_of_years(context):
        return None
    bases = ((code, _base(context, code)) for code in context.in_catalogue(part.findings))
    found = ((code, base, change(vintage.series(code), vintage.year, base)) for code, base in bases)
    told = [each for each in found if each[-1].difference is not None][:MOST_SENTENCES]
    words = (change_sentence(each.after, each, base, vintage, context.locale) for _, base, each in told if each.after)
    seen = (value for *_, each in told for value in (each.before, each.after) if value)
    return paragraph(context.locale.joined(" ", words), tuple(seen)) if told else None


def _findings(part: Part, context: Context) -> dict[int, list[Text]]:
    """The headlines of a chapter's findings, by rank.

    A chapter that lays years side by side finds only what can be compared.
    """
    made: dict[int, list[Text]] = {COMPARED: [], GIVEN: [], SILENT: []}
    vintage = context.vintage
    for code in context.in_catalogue(part.findings) if _is_of_years(context) else ():
        series, base = vintage.series(code), _base(context, code)
        pair = change(series, vintage.year, base)
        rank = COMPARED if pair.difference is not None else GIVEN if is_given(pair.after) else SILENT
        words = change_headline(context.label(code), series, vintage, context.locale, base)
        if words and (rank == COMPARED or CHANGES not in part.blocks):
            made[rank].append(line(words, tuple(filter(None, (series.get(vintage.year),)))))
    return made


def _is_of_years(context: Context) -> bool:
    """Return whether the year is compared with an earlier one.

    It is not where countries or editions stand side by side.
    """
    return context.sides is None or context.sides.manner is Manner.YEARS


def _base(context: Context, code: str) -> int:
    """The year that a finding is measured from.

    The year or side before; of many side by side the first that can be compared.
    """
    sides = context.sides
    if sides is None:
        return context.vintage.year - 1
    row = next((each for each in context.rows if each.address == code), None)
    if row and is_long(sides):
        first, last, _ = stated_changes(row, sides)[-1]
        if sides.sides[last] is sides.last:
            return sides.sides[first].year
    return sides.sides[-2].year
