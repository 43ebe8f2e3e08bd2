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
from reporter.sections import compared_front
from reporter.sections.lines import line, paragraph

MOST_SENTENCES = 3
TAG = re.compile("<[^>]+>")
# The chapter of a profile that finds only what can be compared with the year before.
BEFORE = "compared"
COMPARED, GIVEN, SILENT = range(3)


def automatic_headline(part: Part, context: Context, blocks: Iterable[Block], told: Set[str]) -> Text | None:
    """The best finding of a chapter that was not printed yet.

    What can be compared goes first, then what has a value, then what charts find, then what has none this year. None
    when there is no other one: the title stands alone.
    """
    ranked = _findings(part, context)
    figures = (each for each in blocks if isinstance(each, Figure))
    shown = (line(each.headline) for each in figures if each.headline)
    front = compared_front.front_headline(part, context)
    found = (front, *ranked[COMPARED], *ranked[GIVEN], *shown, *ranked[SILENT])
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
    vintage = context.vintage
    if front := compared_front.front_lead(part, context):
        return front
    if not _is_of_years(context):
        return None
    found = (change(vintage.series(code), vintage.year) for code in context.in_catalogue(part.findings))
    told = [each for each in found if each.difference is not None][:MOST_SENTENCES]
    before = vintage.year - 1
    words = (change_sentence(each.after, each, before, vintage, context.locale) for each in told if each.after)
    seen = (value for each in told for value in (each.before, each.after) if value)
    return paragraph(context.locale.joined(" ", words), tuple(seen)) if told else None


def _findings(part: Part, context: Context) -> dict[int, list[Text]]:
    """The headlines of a chapter's findings, by rank.

    A chapter that lays years side by side finds only what can be compared.
    """
    made: dict[int, list[Text]] = {COMPARED: [], GIVEN: [], SILENT: []}
    vintage = context.vintage
    for code in context.in_catalogue(part.findings) if _is_of_years(context) else ():
        series = vintage.series(code)
        pair = change(series, vintage.year)
        rank = COMPARED if pair.difference is not None else GIVEN if is_given(pair.after) else SILENT
        words = change_headline(context.label(code), series, vintage, context.locale)
        if words and (rank == COMPARED or part.code != BEFORE):
            made[rank].append(line(words, tuple(filter(None, (series.get(vintage.year),)))))
    return made


def _is_of_years(context: Context) -> bool:
    """Return whether the year is compared with an earlier one.

    It is not where countries or editions stand side by side.
    """
    return context.sides is None or context.sides.manner is Manner.YEARS
