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
    """What an agency says of a figure, as a page shows it. `written` is its value as the file would have it, `now` what
    the file says, `seen` the same as it is written."""

    figure: str
    title: str
    address: str
    agency: str
    agency_name: str
    value: str
    written: str
    now: str
    seen: str
    file: str
    cell: str
    day: str
    remark: str
    source: str
    kept: str = ""
    by: str = ""

    @property
    def name(self) -> str:
        return f"a-{self.agency}-{self.figure}"


@dataclass(frozen=True, slots=True)
class DisputedFigure:
    """A figure of which agencies say different things. `answers` are all that they say, `choices` those that the file
    does not say."""

    figure: str
    title: str
    address: str
    now: str
    seen: str
    answers: tuple[AnswerRow, ...]

    @property
    def choices(self) -> tuple[AnswerRow, ...]:
        return tuple(each for each in self.answers if each.written != self.seen)


def open_answers(page: YearPage) -> tuple[Proposal, ...]:
    """All that agencies say of the year and nobody decided on."""
    return tuple(each for agency in page.state.agencies for each in agency.waiting)


def answers_beside(page: YearPage) -> Mapping[str, tuple[AnswerRow, ...]]:
    """What agencies say otherwise than the file, by figure."""
    found: dict[str, tuple[AnswerRow, ...]] = {}
    for each in open_answers(page):
        found[each.figure] = (*found.get(each.figure, ()), answer_row(page, each.said, each.now))
    return found


def disputed_figures(page: YearPage, figure: str = "") -> tuple[DisputedFigure, ...]:
    """The figures of which agencies say different things, or that one."""
    found: dict[str, DisputedFigure] = {}
    for each in open_answers(page):
        if each.rivals and each.figure not in found and figure in ("", each.figure):
            rows = tuple(answer_row(page, one, each.now) for one in (each.said, *each.rivals))
            found[each.figure] = DisputedFigure(
                figure=each.figure,
                title=rows[0].title,
                address=rows[0].address,
                now=rows[0].now,
                seen=each.now,
                answers=rows,
            )
    return tuple(found.values())


def answer_row(page: YearPage, said: AgencyAnswer, now: str) -> AnswerRow:
    """What an agency says of a figure, beside what the file says."""
    received, answer, locale = said.received, said.answer, page.locale
    title, address = _figure(page, answer.figure)
    names = {each.agency.code: each.agency.name.text(locale.language) for each in page.state.agencies}
    return AnswerRow(
        figure=answer.figure,
        title=title,
        address=address,
        agency=received.agency,
        agency_name=names.get(received.agency, received.agency),
        value=shown_value(answer.value),
        written=answer.value,
        now="" if now in OPEN else shown_value(now),
        seen=now,
        file=received.file,
        cell=answer.cell,
        day=locale.date(received.received),
        remark=answer.remark,
        source=answer.source,
        kept=answer.kept,
        by=answer.by,
    )


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
    """The label of a figure or part, also of none yet."""
    locale, catalogue = page.locale, page.vintage.catalogue
    indicator, axis = catalogue.indicator(place.indicator), catalogue.dimension(place.dimension)
    part = axis.get(place.code) if axis else None
    whole = indicator.label.text(locale.language) if indicator else place.indicator
    return locale.joined(", ", (whole, locale.inside(part.label.text(locale.language)))) if part else whole
