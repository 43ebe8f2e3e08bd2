"""How a chapter opens where nobody wrote it: a headline and a lead made from its figures."""

import re
from collections.abc import Iterable, Iterator, Set
from html import escape, unescape

from reporter.analysis import Change, change
from reporter.charts import Frame
from reporter.charts.beside import is_long, told_changes
from reporter.comparison import Manner
from reporter.document import Block, Figure, Text
from reporter.model import is_given
from reporter.outline import Part
from reporter.prose.headlines import change_headline
from reporter.prose.sentences import change_sentence
from reporter.sections import compared_countries

MOST_SENTENCES = 3
TAG = re.compile("<[^>]+>")
# What counts changes: the chart, whose finding the lead tells of all figures, and the sentences of a comparison.
COUNTED, CHANGES = "slopes", "changes"
COMPARED, GIVEN, SILENT = range(3)


def made_headline(part: Part, frame: Frame, blocks: Iterable[Block], told: Set[str]) -> Text | None:
    """The best of a chapter's findings that is not told yet; None when there is no other one: the title stands alone.

    What can be compared goes first, then what has a value, then what charts find, then what has none this year.
    """
    ranked, beside = _findings(part, frame), compared_countries.finding(part, frame)
    found = (*ranked[COMPARED], *ranked[GIVEN], beside, *_shown(blocks), *ranked[SILENT])
    return next((each for each in found if each and plain(each) not in told), None)


def plain(headline: Text) -> str:
    """The words of a headline, by which it is known again."""
    return unescape(TAG.sub("", headline.html))


def made_lead(part: Part, frame: Frame) -> Text | None:
    """What changed of a chapter's findings, in a few sentences; None where nothing can be compared."""
    vintage = frame.vintage
    if not _is_of_years(frame):
        return None
    bases = ((code, _base(frame, code)) for code in frame.known(part.findings))
    found = ((code, base, change(vintage.series(code), vintage.year, base)) for code, base in bases)
    told = [each for each in found if each[-1].difference is not None][:MOST_SENTENCES]
    words = (change_sentence(frame.label(code), each, base, vintage.year, frame.locale) for code, base, each in told)
    seen = (value for *_, each in told for value in (each.before, each.after) if value)
    return Text(f"<p>{escape(' '.join(words))}</p>\n", tuple(seen)) if told else None


def _findings(part: Part, frame: Frame) -> dict[int, list[Text]]:
    """The headlines of a chapter's findings by rank; one that lays years side by side finds what can be compared."""
    made: dict[int, list[Text]] = {COMPARED: [], GIVEN: [], SILENT: []}
    vintage = frame.vintage
    for code in frame.known(part.findings) if _is_of_years(frame) else ():
        series, base = vintage.series(code), _base(frame, code)
        rank = _rank(change(series, vintage.year, base))
        words = change_headline(frame.label(code), series, vintage, frame.locale, base)
        if words and (rank == COMPARED or CHANGES not in part.blocks):
            made[rank].append(Text(escape(words), tuple(filter(None, (series.get(vintage.year),)))))
    return made


def _rank(found: Change) -> int:
    if found.difference is not None:
        return COMPARED
    return GIVEN if is_given(found.after) else SILENT


def _shown(blocks: Iterable[Block]) -> Iterator[Text]:
    """What charts find, but the count of changes: the lead above it tells that of all figures."""
    figures = (each for each in blocks if isinstance(each, Figure) and each.code != COUNTED)
    yield from (Text(escape(each.headline)) for each in figures if each.headline)


def _is_of_years(frame: Frame) -> bool:
    """Whether an edition's year has one before it to be compared with: not where countries or editions stand."""
    return frame.sides is None or frame.sides.manner is Manner.YEARS


def _base(frame: Frame, code: str) -> int:
    """The year that a finding is measured from: the one before; of many side by side the first that can be compared."""
    sides = frame.sides
    if sides is None:
        return frame.vintage.year - 1
    row = next((each for each in frame.rows if each.address == code), None)
    if row and is_long(sides):
        first, last, _ = told_changes(row, sides)[-1]
        if sides.sides[last] is sides.last:
            return sides.sides[first].year
    return sides.sides[-2].year
