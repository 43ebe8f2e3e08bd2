"""Headlines and leads made from figures, where nobody wrote them."""

import re
from collections.abc import Set
from html import unescape

from reporter.analysis.arithmetic import change
from reporter.comparison import Manner
from reporter.context import Context
from reporter.document.document import Text, line
from reporter.document.outline import Part
from reporter.prose.change_sentences import change_sentence
from reporter.prose.headlines import change_headline
from reporter.sections.lines import paragraph
from reporter.tables.compared import is_long, stated_changes

MOST_SENTENCES = 3
TAG = re.compile("<[^>]+>")


def automatic_headline(part: Part, context: Context, told: Set[str]) -> Text | None:
    """The first finding of a chapter that was not printed yet.

    None when there is no other one: the title stands alone.
    """
    vintage = context.vintage
    for code in context.in_catalogue(part.findings) if _is_of_years(context) else ():
        words = change_headline(context.indicator(code), vintage, context.locale, _base(context, code))
        found = line(words, tuple(filter(None, (vintage.observation(code),))))
        if found and text_of(found) not in told:
            return found
    return None


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
    if not _is_of_years(context):
        return None
    bases = ((code, _base(context, code)) for code in context.in_catalogue(part.findings))
    found = ((code, base, change(vintage.series(code), vintage.year, base)) for code, base in bases)
    told = [each for each in found if each[-1].difference is not None][:MOST_SENTENCES]
    words = (change_sentence(each.after, each, base, vintage, context.locale) for _, base, each in told if each.after)
    seen = (value for *_, each in told for value in (each.before, each.after) if value)
    return paragraph(context.locale.joined(" ", words), tuple(seen)) if told else None


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
