"""What agencies say of figures, as pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from reporter.edit.figure_fields import FigureField, shown_value, year_file
from reporter.intake.agency_proposals import OPEN, AgencyAnswer, Proposal, UnknownFigureError, field_of
from reporter.load.agencies import ACTIVITIES
from reporter.web.chapter_places import chapter_of_address
from reporter.web.frame import YearPage
from reporter.web.live_edition import field_address


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What an agency says of a figure, beside what the file says: `seen`, as it is written there. `address` is where
    the figure is answered."""

    said: AgencyAnswer
    seen: str
    title: str
    address: str
    agency_name: str

    @property
    def figure(self) -> str:
        return self.said.answer.figure

    @property
    def agency(self) -> str:
        return self.said.received.agency

    @property
    def value(self) -> str:
        return shown_value(self.said.answer.value)

    @property
    def now(self) -> str:
        return "" if self.seen in OPEN else shown_value(self.seen)

    @property
    def name(self) -> str:
        return f"a-{self.agency}-{self.figure}"


def open_answers(page: YearPage) -> tuple[Proposal, ...]:
    return tuple(each for agency in page.state.agencies for each in agency.waiting)


def answers_beside(page: YearPage) -> Mapping[str, tuple[AnswerRow, ...]]:
    found: dict[str, tuple[AnswerRow, ...]] = {}
    for each in open_answers(page):
        found[each.figure] = (*found.get(each.figure, ()), answer_row(page, each.said, each.now))
    return found


def disputed_figures(page: YearPage, figure: str = "") -> tuple[tuple[AnswerRow, ...], ...]:
    """All that is said of each figure of which agencies say different things, or of that one."""
    found: dict[str, tuple[AnswerRow, ...]] = {}
    for each in open_answers(page):
        if each.rivals and each.figure not in found and figure in ("", each.figure):
            found[each.figure] = tuple(answer_row(page, one, each.now) for one in (each.said, *each.rivals))
    return tuple(found.values())


def answer_row(page: YearPage, said: AgencyAnswer, now: str) -> AnswerRow:
    title, address = _figure(page, said.answer.figure)
    names = {each.agency.code: each.agency.name.text(page.locale.language) for each in page.state.agencies}
    return AnswerRow(said, now, title, address, names.get(said.received.agency, said.received.agency))


def _figure(page: YearPage, figure: str) -> tuple[str, str]:
    locale, catalogue, state = page.locale, page.vintage.catalogue, page.state
    seen = page.vintage.observation(figure)
    try:
        place = field_of(catalogue, year_file(state.country.code, state.year), figure)
    except UnknownFigureError:
        return figure, ""
    if place is None:
        owner = figure.removeprefix(ACTIVITIES).rpartition(".")[0]
        titles = (each.title.text(locale.language) for each in state.data.activities if each.code == owner)
        label = locale.label_of(seen, catalogue) if seen else figure
        return locale.joined(": ", (next(titles, owner), label)), field_address(seen, state.data) if seen else ""
    here = f"/{state.country.code}/{state.year}/figures/{chapter_of_address(place.indicator, state.data)}"
    return _label(page, place), f"{here}?at={figure}#f-{figure}"


def _label(page: YearPage, place: FigureField) -> str:
    locale, catalogue = page.locale, page.vintage.catalogue
    indicator, axis = catalogue.indicator(place.indicator), catalogue.dimension(place.dimension)
    part = axis.get(place.code) if axis else None
    whole = indicator.label.text(locale.language) if indicator else place.indicator
    return locale.joined(", ", (whole, locale.inside(part.label.text(locale.language)))) if part else whole
