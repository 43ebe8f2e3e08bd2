"""Persons assisted by funded services, victims and persons at risk, and men among them: clients, not cases."""

from reporter.charts import apart
from reporter.charts.division import Division, stacked
from reporter.charts.frame import Frame, Words, bar, bars, build, describe
from reporter.document import Figure
from reporter.model import Series, is_given
from reporter.plot import Columns, Panels
from reporter.prose.headlines import change_headline, share_headline
from reporter.tables import Line, year_columns

ASSISTED, CLIENT = "assistance.persons", "client"
ACCENTS = (2, 1, 4, 5)


def assisted(frame: Frame) -> Figure | None:
    """Persons assisted, divided into victims and persons at risk where that is stated."""
    total = frame.vintage.series(ASSISTED)
    if not any(map(is_given, total)):
        return None
    words = Words(
        frame.text("Persons assisted by funded services, {span}", span=frame.span),
        frame.text("Number of persons served in the year; not the victims identified in that year"),
        frame.text("Stacked column chart by year."),
        frame.headline(ASSISTED),
    )
    division = Division(ASSISTED, CLIENT, frame.text("Not divided"), ACCENTS)
    return stacked(frame, "assisted", words, division, bars(frame, total), 56)


def assisted_men(frame: Frame) -> Figure | None:
    """Men among the persons assisted; the others are not women but persons whose sex is not stated."""
    total, men = frame.vintage.series(ASSISTED), frame.vintage.series(ASSISTED, "men")
    if not any(map(is_given, men)):
        return None
    words = Words(
        frame.text("Men among persons assisted, {span}", span=frame.span),
        frame.text("Number of persons; the sex of the other persons is not stated; (:) not available"),
        frame.text("Column chart by year with the men inside each column."),
        _men_headline(frame, men, total),
    )
    outer = bars(frame, total, ())
    pairs = zip(frame.vintage.years, outer, strict=True)
    inner = tuple(bar(frame, men.get(year), emphasised=True, hatched=its.apart) for year, its in pairs)
    title = frame.text("Persons assisted; darker: men")
    columns = Columns(title, frame.years, outer, frame.indicator(ASSISTED).accent, inner)
    plot = Panels((columns,), apart=apart.key_of(frame.locale, (total, men)))
    named = [(frame.label(ASSISTED), total), (frame.code_label("person", "men"), men)]
    lines = [
        Line(label, [each.get(year) for year in frame.vintage.years], level=level)
        for level, (label, each) in enumerate(named)
    ]
    alt = " ".join([words.drawing, *(describe(frame, label, each) for label, each in named)])
    labelled = [(str(seen.year), seen) for seen in [*men, *total]]
    return build(frame, "assisted_men", words, plot, alt, lines, year_columns(frame.vintage), labelled)


def _men_headline(frame: Frame, men: Series, total: Series) -> str:
    """The share of men in the edition's year; where there is none, what is last known of their number."""
    label, year = frame.text("Men among persons assisted"), frame.vintage.year
    share = share_headline(label, men.get(year), total.get(year), frame.vintage, frame.locale)
    return share or change_headline(label, men, frame.vintage, frame.locale)
