"""Headlines and leads made from figures, where nobody wrote them."""

import re
from collections.abc import Iterable, Sequence, Set
from html import unescape

from reporter.analysis.arithmetic import change
from reporter.charts.key_figures import key_indicators
from reporter.charts.victims import POPULATIONS, REGISTERED
from reporter.comparison import Manner
from reporter.context import Context
from reporter.document.document import Text, line
from reporter.document.outline import Part
from reporter.i18n import N_
from reporter.prose.change_sentences import change_sentence, sentence_between_years
from reporter.prose.headlines import change_headline
from reporter.sections import beside_words, compared_front, ranked_front
from reporter.sections.boxes import ASSISTED
from reporter.sections.lines import paragraph

MOST_SENTENCES = 3
TAG = re.compile("<[^>]+>")
# The table of two years, which has words of its own.
BESIDE = "dumbbells"
KEY_FIGURES, VICTIMS = "key_figures", (*POPULATIONS, REGISTERED)


def automatic_headline(part: Part, context: Context, told: Set[str]) -> Text | None:
    """The first finding of a chapter that was not printed yet. None when there is no other one: the title stands
    alone."""
    if BESIDE in part.blocks:
        return beside_words.finding(context)
    vintage = context.vintage
    front = compared_front.front_headline(part, context) or ranked_front.ranked_headline(part, context)
    codes = context.in_catalogue(part.findings) if _is_of_years(context) else ()
    made = (
        line(change_headline(context.indicator(code), vintage, context.locale), (seen,))
        for code in codes
        if (seen := vintage.observation(code))
    )
    return next((each for each in (front, *made) if each and text_of(each) not in told), None)


def text_of(headline: Text) -> str:
    """The words of a headline without markup. By them a headline is recognised."""
    return unescape(TAG.sub("", headline.html))


def automatic_lead(part: Part, context: Context) -> Text | None:
    """Say in a few sentences what changed of a chapter's findings. None where nothing can be compared."""
    if BESIDE in part.blocks:
        return beside_words.lead(context)
    vintage = context.vintage
    if front := compared_front.front_lead(part, context) or ranked_front.ranked_lead(part, context):
        return front
    if not _is_of_years(context):
        return None
    if KEY_FIGURES in part.blocks and (shown := key_indicators(context)):
        return _lead_of_the_year(context, [each.code for each in shown])
    found = (change(vintage.series(code), vintage.year) for code in context.in_catalogue(part.findings))
    told = [each for each in found if each.difference is not None][:MOST_SENTENCES]
    before = vintage.year - 1
    words = (change_sentence(each.after, each, before, vintage, context.locale) for each in told if each.after)
    seen = (value for each in told for value in (each.before, each.after) if value)
    return paragraph(context.locale.joined(" ", words), tuple(seen)) if told else None


def _lead_of_the_year(context: Context, codes: Sequence[str]) -> Text:
    """What the key figures say, in at most three sentences. The first against the year before, then those of the same
    year, last those of other populations of persons."""
    vintage, locale, year = context.vintage, context.locale, context.vintage.year
    first = next((code for code in codes if code in VICTIMS), codes[0])
    found = change(vintage.series(first), year)
    if found.difference is None or found.after is None:
        names = (str(year - 1), str(year))
        told = [sentence_between_years(context.label(first), found, names, vintage.settings, locale)]
    else:
        told = [change_sentence(found.after, found, year - 1, vintage, locale)]
    apart = {*VICTIMS, ASSISTED} if first in VICTIMS else {ASSISTED}
    others = [code for code in codes if code in apart and code != first]
    same = [code for code in codes if code not in apart and code != first]
    if same:
        told.append(context.text("Also counted in {year}: {told}.", year=year, told=_counts(context, same)))
    if others:
        one, many = N_("Another population of {year}: {told}."), N_("Other populations of {year}, never added: {told}.")
        told.append(context.text(many if len(others) > 1 else one, year=year, told=_counts(context, others)))
    seen = (found.before, *(vintage.observation(code) for code in (first, *same, *others)))
    return paragraph(locale.joined(" ", told), tuple(filter(None, seen)))


def _counts(context: Context, codes: Iterable[str]) -> str:
    value, inside = context.locale.value, context.locale.inside
    pairs = ((inside(context.label(code)), value(context.vintage.observation(code))) for code in codes)
    return context.locale.joined("; ", (context.locale.put("{} – {}", *pair) for pair in pairs))


def _is_of_years(context: Context) -> bool:
    """Return whether the year is compared with an earlier one. It is not where countries or editions stand side by
    side."""
    return context.sides is None or context.sides.manner is Manner.YEARS
