"""How far each agency has come: asked, due, received, open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reporter.data.files.sources import Sources
from reporter.data.i18n import Locale
from reporter.data.read.received import read_asked, read_received
from reporter.data.records import Agency, Dataset, Label, Received
from reporter.data.records.label import ENGLISH
from reporter.exchange.agencies.agency_proposals import Proposal, proposals
from reporter.exchange.agencies.asking import agencies_of, questionnaire_of


@dataclass(frozen=True, slots=True)
class AgencyState:
    """How far an agency has come in a year. `asked` is the day on which its questionnaire was made, empty for none;
    `due` that by which it answers, `days` are those left, negative when it is over. `waiting` are its answers that
    nobody decided on, `empty` the figures that it was asked and none of its workbooks answers. A publication that was
    taken in stands beside them: it was never asked, and nothing of it is due."""

    agency: Agency
    received: tuple[Received, ...]
    waiting: tuple[Proposal, ...]
    asked: str = ""
    reminded: tuple[str, ...] = ()
    due: str = ""
    days: int = 0
    empty: tuple[str, ...] = ()
    is_publication: bool = False

    @property
    def is_late(self) -> bool:
        return not self.received and self.days < 0


def agency_states(
    sources: Sources, dataset: Dataset, country: str, year: int, today: date, locales: Mapping[str, Locale]
) -> tuple[AgencyState, ...]:
    """How far the agencies have come that answer a year. They are in the order of the country's file. `locales` are
    those of the reports' languages. Raises ReporterError where what is written down cannot be read."""
    agencies = agencies_of(dataset, country, year)
    asked = {each.agency: each for each in read_asked(sources, country) if each.year == year}
    came = read_received(sources, country, (year,))
    waiting = proposals(sources, dataset.catalogue_of(country), country, year)
    states = []
    for agency in agencies:
        locale = locales.get(agency.language) or next(iter(locales.values()))
        received = tuple(each for each in came if each.agency == agency.code)
        said = {answer.figure for each in received for answer in each.answers}
        lines = questionnaire_of(dataset, country, year, agency.code, locale, came).addresses
        of_agency, due = asked.get(agency.code), agency.due_on(year)
        states.append(
            AgencyState(
                agency=agency,
                asked=of_agency.day if of_agency else "",
                reminded=of_agency.reminded if of_agency else (),
                due=due,
                days=(date.fromisoformat(due) - today).days,
                received=received,
                waiting=tuple(each for each in waiting if each.said.received.agency == agency.code),
                empty=tuple(each for each in lines if each not in said),
            )
        )
    known = {each.code for each in agencies}
    for code in dict.fromkeys(each.agency for each in came if each.agency not in known):
        received = tuple(each for each in came if each.agency == code)
        source = dataset.catalogue_of(country).source(code)
        name = source.publisher if source else Label(((ENGLISH, code),))
        language, mark = next(iter(locales)), received[0].mark
        states.append(
            AgencyState(
                agency=Agency(code=code, name=name, language=language, answers=(), due="", mark=mark),
                received=received,
                waiting=tuple(each for each in waiting if each.said.received.agency == code),
                is_publication=True,
            )
        )
    return tuple(states)
