"""How a chapter opens where nobody wrote it: a headline and a lead made from its figures."""

from collections.abc import Iterable
from html import escape

from reporter.analysis import change
from reporter.charts import Frame
from reporter.comparison import Manner
from reporter.document import Block, Figure, Text
from reporter.outline import Part
from reporter.prose.headlines import change_headline
from reporter.prose.sentences import change_sentence
from reporter.sections import compared_countries

MOST_SENTENCES = 3


def made_headline(part: Part, frame: Frame, blocks: Iterable[Block]) -> Text | None:
    """The first of a chapter's findings that can be compared, else what the first of its charts finds."""
    return _finding(part, frame) or compared_countries.finding(part, frame) or _shown(blocks)


def made_lead(part: Part, frame: Frame) -> Text | None:
    """What changed of a chapter's findings, in a few sentences; None where nothing can be compared."""
    before, vintage = _before(frame), frame.vintage
    if before is None:
        return None
    found = ((code, change(vintage.series(code), vintage.year, before)) for code in frame.known(part.findings))
    told = [(code, each) for code, each in found if each.difference is not None][:MOST_SENTENCES]
    words = (change_sentence(frame.label(code), each, before, vintage.year, frame.locale) for code, each in told)
    seen = (value for _, each in told for value in (each.before, each.after) if value)
    return Text(f"<p>{escape(' '.join(words))}</p>\n", tuple(seen)) if told else None


def _finding(part: Part, frame: Frame) -> Text | None:
    before, vintage = _before(frame), frame.vintage
    if before is None:
        return None
    series = {code: vintage.series(code) for code in frame.known(part.findings)}
    apart = {code: change(line, vintage.year, before).difference is None for code, line in series.items()}
    for code in sorted(series, key=apart.__getitem__):
        if words := change_headline(frame.label(code), series[code], vintage, frame.locale, before):
            return Text(escape(words), tuple(filter(None, (series[code].get(vintage.year),))))
    return None


def _shown(blocks: Iterable[Block]) -> Text | None:
    figures = (each for each in blocks if isinstance(each, Figure))
    return next((Text(escape(each.headline)) for each in figures if each.headline), None)


def _before(frame: Frame) -> int | None:
    """The year that the edition's is compared with; None where something else stands side by side."""
    if frame.sides is None:
        return frame.vintage.year - 1
    return frame.sides.sides[-2].year if frame.sides.manner is Manner.YEARS else None
