"""Make the form of an agency, and the draft mail to send it with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from itertools import product
from pathlib import Path

from reporter.data.errors import UsageError, WordedError
from reporter.data.files.received import asked_file, forms_folder
from reporter.data.files.sources import Sources, checksum
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_together
from reporter.data.i18n import N_, Locale
from reporter.data.read.amount import parse_amount
from reporter.data.read.countries import MEMBERS
from reporter.data.read.crosses import incomplete_of
from reporter.data.read.dataset import ACTIVITIES, ANSWERED_BY, load_dataset
from reporter.data.read.received import asked_text, read_asked, read_received
from reporter.data.records import (
    Agency,
    Asked,
    Catalogue,
    Code,
    Cross,
    Dataset,
    Dimension,
    Indicator,
    Label,
    Observation,
    Received,
    Vintage,
    in_force,
    is_withheld,
    vintage,
)
from reporter.data.records.label import ENGLISH, joined_labels
from reporter.editions.resources import locale_of
from reporter.exchange.agencies.agency_proposals import Proposal, proposals
from reporter.formats.export.questionnaire_workbook import questionnaire_workbook
from reporter.report.document.questionnaire import AskedBlock, AskedGrid, AskedLine, AskedTable, Questionnaire

# The number of earlier years shown next to the cells.
YEARS_BESIDE = 3
# The number of lines for countries that the agency names.
FURTHER = 8
# Outlook opens such a file as a draft; other programs offer to edit it as new.
UNSENT = "X-Unsent"
SHEET = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
ASKING = N_(
    "Please fill in the attached workbook with your figures for {year} and return it by {day}. The first sheet "
    "explains how. An empty cell is not a zero: write 0 where there were none."
)
REMINDING = N_(
    "On {asked} we asked you for your figures for {year}. They are due by {day} and have not arrived yet. The "
    "workbook is attached again."
)
LACKING = N_(
    "Thank you for your figures for {year}. Some cells are empty or do not add up; the attached copy marks each with "
    "a comment. Please correct them and return the workbook."
)


def questionnaire_of(
    dataset: Dataset, country: str, year: int, code: str, locale: Locale, received: Iterable[Received]
) -> Questionnaire:
    """Make an agency's form for a year in the language of `locale`. `received` shows what the agency itself reported
    before. Raises WordedError where the country has no such agency, or it answers nothing in that year."""
    agency = agency_of(dataset, country, code, year)
    data = dataset.country(country)
    years = [year_data.year for year_data in data.years if year_data.year <= year] if data else []
    if data is None or not years:
        message = "{country} has no year up to {year}"
        raise WordedError(message, "reporter new makes the file of a year", country=country, year=year)
    value_by_figure = {
        (file.year, answer.figure): answer.value for file in received if file.agency == code for answer in file.answers
    }
    return _QuestionnaireMaker(vintage(dataset, country, years[-1]), agency, year, locale, value_by_figure).form()


def agencies_of(dataset: Dataset, country: str, year: int) -> tuple[Agency, ...]:
    """The agencies of a country that answer figures of a year, in the order of its file."""
    data = dataset.country(country)
    agencies = data.country.agencies if data else ()
    return tuple(agency for agency in agencies if in_force(agency.since, agency.until, year))


def agency_of(dataset: Dataset, country: str, code: str, year: int) -> Agency:
    """An agency of a country that answers figures of a year. Raises WordedError with those that do."""
    agencies = agencies_of(dataset, country, year)
    agency = next((candidate for candidate in agencies if candidate.code == code), None)
    if agency is None:
        named = ", ".join(candidate.code for candidate in agencies)
        hint = "write agencies: in data/{country}/country.yaml; see the examples in docs/agencies.md"
        message = "{country} has no agency {code} that provides figures for {year}"
        hint = "agencies: {named}" if named else hint
        raise WordedError(message, hint, country=country, code=code, year=year, named=named)
    return agency


def _parents_first(axis: Dimension, within: str = "") -> Iterator[Code]:
    for code in axis.codes:
        if code.within == within:
            yield code
            yield from _parents_first(axis, code.code)


class _QuestionnaireMaker:
    def __init__(
        self, vintage: Vintage, agency: Agency, year: int, locale: Locale, values: Mapping[tuple[int, str], str]
    ) -> None:
        self.known, self.agency, self.year, self.locale, self.said = vintage, agency, year, locale, values
        self.years = tuple(range(max(year - YEARS_BESIDE, vintage.years[0]), year))

    def form(self) -> Questionnaire:
        """The form: a table for each indicator and one of activities, without years unreported by the agency."""
        country = self.known.country
        lines = [line for table in (*self._tables(), *self._activities()) for line in table.lines]
        self.years = tuple(year for n, year in enumerate(self.years) if any(line.earlier[n] for line in lines))
        return Questionnaire(
            country=country.code,
            country_name=self.locale.name_of(country),
            year=self.year,
            agency=self.agency,
            asked_by=country.rapporteur.text(self.locale.language),
            years=self.years,
            tables=(*self._tables(), *self._activities()),
        )

    def _tables(self) -> Iterator[AskedTable]:
        catalogue = self.known.catalogue
        answers = [answer.partition(ANSWERED_BY) for answer in self.agency.answers if not answer.startswith(ACTIVITIES)]
        for indicator in catalogue.indicators:
            if axes := [axis for code, _, axis in answers if code == indicator.code]:
                names = (
                    indicator.dimensions if "" in axes else tuple(name for name in indicator.dimensions if name in axes)
                )
                yield self._table(indicator, catalogue, names)
                for cross in (catalogue.dimension(incomplete_of(catalogue, indicator, axis)) for axis in axes):
                    if isinstance(cross, Cross):
                        yield self._grid(indicator, cross)

    def _grid(self, indicator: Indicator, cross: Cross) -> AskedTable:
        language, *axes = self.locale.language, *cross.axes
        *outer, last = ([(code, len(axis.around(code.code))) for code in self._asked(indicator, axis)] for axis in axes)
        rows = [
            AskedLine(
                address=".".join((indicator.code, *(code.code for code, _ in line))),
                label=joined_labels([code.label for code, _ in line]).text(language),
                level=sum(level for _, level in line),
                earlier=(),
                whole=indicator.unit.is_whole,
            )
            for line in product(*outer)
        ]
        columns = [AskedLine(code.code, code.label.text(language), 0, (), indicator.unit.is_whole) for code, _ in last]
        cells = (
            self._line(indicator, f"{row.address}.{column.address}", f"{row.label}, {self.locale.inside(column.label)}")
            for row in rows
            for column in columns
        )
        top = () if axes[-1].subset or axes[-1].countries else tuple(code.code for code, _ in last if not code.within)
        names = (indicator.label.text(language), self.locale.inside(cross.label.text(language)))
        block = AskedBlock("", tuple(cells))
        title, grid = self.locale.put("{}: {}", *names), AskedGrid((*rows,), (*columns,), top)
        return AskedTable(title, indicator.definition.text(language), (block,), grid)

    def _asked(self, indicator: Indicator, axis: Dimension) -> Iterator[Code]:
        """The codes of a grid: of countries those that the agency stated, of unknown ones those that any year has."""
        for code in _parents_first(axis):
            address = f"{indicator.code}.{code.code}"
            stated = any(self._own(address, year) for year in self.years)
            used = not code.is_unknown or any(self.known.observation(address, year) for year in self.known.years)
            if stated or (used and not axis.is_country(code.code)):
                yield code

    def _table(self, indicator: Indicator, catalogue: Catalogue, names: tuple[str, ...]) -> AskedTable:
        language = self.locale.language
        label = indicator.label.text(language)
        blocks = [AskedBlock("", (self._line(indicator, indicator.code, label),))]
        for axis in filter(None, map(catalogue.dimension, names)):
            lines = tuple(
                replace(
                    self._line(indicator, f"{indicator.code}.{code.code}", code.label.text(language)),
                    level=len(axis.around(code.code)),
                    within=f"{indicator.code}.{code.within}" if code.within and not axis.is_country(code.code) else "",
                )
                for code in _parents_first(axis)
            )
            # Of the countries, those that the agency itself stated; others' are not shown to it.
            lines = tuple(
                line for line in lines if any(line.earlier) or not axis.is_country(line.address.rpartition(".")[2])
            )
            top = tuple(f"{indicator.code}.{code.code}" for code in axis.codes if not code.within)
            is_open = axis.subset or (axis.countries and not axis.get(MEMBERS))
            blocks.append(AskedBlock(axis.label.text(language), lines, () if is_open else top))
            if axis.countries:
                blocks.append(self._further(indicator, axis))
        return AskedTable(label, indicator.definition.text(language), tuple(blocks))

    def _further(self, indicator: Indicator, axis: Dimension) -> AskedBlock:
        """Lines in which the agency writes the names of countries."""
        language, label = self.locale.language, self.locale.text("Another country")
        line = AskedLine("", label, 1, ("",) * len(self.years), indicator.unit.is_whole)
        lines = (
            replace(line, address=f"{indicator.code}.?{axis.code}.{n}", country=f"{indicator.code}.{axis.countries}")
            for n in range(1, FURTHER + 1)
        )
        title = self.locale.text(
            "{breakdown}: other countries (write the name in the first column)", breakdown=axis.label.text(language)
        )
        return AskedBlock(title, tuple(lines))

    def _line(self, indicator: Indicator, address: str, label: str) -> AskedLine:
        earlier = tuple(self._own(address, year) for year in self.years)
        return AskedLine(address=address, label=label, level=0, earlier=earlier, whole=indicator.unit.is_whole)

    def _own(self, address: str, year: int) -> str:
        """A value as printed, if the agency itself reported it; never others' values, nor any that is withheld."""
        observation = self.known.observation(address, year)
        source = self.agency.source or None
        if observation is None or (observation.source != source and not self._said_so(observation)):
            return ""
        return self.locale.text("withheld") if is_withheld(observation) else self.locale.value(observation)

    def _said_so(self, observation: Observation) -> bool:
        try:
            amount = parse_amount(self.said.get((observation.year, observation.address)))
        except ValueError:
            # The agency did not report it, or its record was edited by hand.
            return False
        own = (observation.value, observation.status, observation.qualifier)
        return is_withheld(observation) or (amount.value, amount.status, amount.qualifier) == own

    def _activities(self) -> Iterator[AskedTable]:
        asked = [answer.removeprefix(ACTIVITIES) for answer in self.agency.answers if answer.startswith(ACTIVITIES)]
        latest = {entry.code: entry for entry in self.known.data.activities}
        language = self.locale.language
        blocks = []
        for activity in (latest[code] for code in asked if code in latest):
            lines = tuple(
                self._line(indicator, observation.address, indicator.label.text(language))
                for observation in activity.figures
                if (indicator := self.known.catalogue.indicator(observation.indicator))
            )
            blocks.append(AskedBlock(activity.title.text(language), lines))
        if blocks:
            yield AskedTable(self.locale.text("Activities"), "", tuple(blocks))


def agency_mail(
    asked: Questionnaire, words: str, attached: bytes, locale: Locale, sender: str, when: datetime, since: str = ""
) -> bytes:
    """Write a draft mail with a workbook. `words` is one of the texts above, `since` the ISO date of the request."""
    agency, year = asked.agency, asked.year
    mail = EmailMessage(policy=SMTP)
    if sender:
        mail["From"] = sender
    if agency.address:
        mail["To"] = Address(agency.name.text(locale.language), addr_spec=agency.address)
    mail["Subject"] = locale.text("Figures for {year}: {agency}", year=year, agency=agency.name.text(locale.language))
    mail["Date"] = format_datetime(when)
    mail[UNSENT] = "1"
    values = {"year": year, "day": locale.date(agency.due_on(year)), "asked": locale.date(since) if since else ""}
    mail.set_content(f"{locale.text(words, **values)}\n\n{asked.asked_by}\n")
    mail.add_attachment(attached, maintype=SHEET[0], subtype=SHEET[1], filename=f"{asked.name}.xlsx")
    mail.set_boundary(f"=_{checksum(attached)[:32]}")
    return mail.as_bytes()


# File endings of the mail that asks and of the one that reminds.
ENDINGS = (".eml", "-reminder.eml")


@dataclass(frozen=True, slots=True)
class AskedAgency:
    """The files written for an agency: workbook and mail."""

    agency: Agency
    workbook: Path
    mail: Path


def ask_agencies(
    workspace: Workspace,
    sources: Sources,
    country: str,
    year: int,
    codes: Sequence[str],
    when: datetime,
    *,
    again: bool = False,
) -> tuple[AskedAgency, ...]:
    """Write the forms and mails for some or all agencies of a year; `again` writes reminders instead. Raises UsageError
    where there is no agency to ask, or none was asked before."""
    dataset = load_dataset(sources, (country,)).dataset
    day = when.date().isoformat()
    sender = dataset.settings.mail.sender if dataset.settings.mail else ""
    asked, received = list(read_asked(sources, country)), tuple(read_received(sources, country))
    asked_agencies, files = [], dict[Path, bytes]()
    agencies = tuple(agency_of(dataset, country, code, year) for code in dict.fromkeys(codes))
    if not (agencies or (agencies := agencies_of(dataset, country, year))):
        hint = f"write agencies: in data/{country}/country.yaml; see the example in docs/agencies.md"
        raise UsageError(f"{country} has no agency that provides figures for {year}", hint=hint)
    for agency in agencies:
        before = next((request for request in asked if (request.agency, request.year) == (agency.code, year)), None)
        if again and before is None:
            raise UsageError(f"{agency.code} was not asked for {year} yet", hint="leave out --remind")
        _refuse_unknown_activities(dataset, country, agency)
        since = before.day if again and before else ""
        locale = locale_of(sources, agency.language)
        form = questionnaire_of(dataset, country, year, agency.code, locale, received)
        content = questionnaire_workbook(form, locale, since or day)
        stem = forms_folder(workspace, country) / form.name
        one = AskedAgency(agency, stem.with_name(f"{form.name}.xlsx"), stem.with_name(f"{form.name}{ENDINGS[again]}"))
        words = REMINDING if since else ASKING
        files |= {one.workbook: content, one.mail: agency_mail(form, words, content, locale, sender, when, since)}
        asked_agencies.append(one)
        if again and before:
            asked[asked.index(before)] = replace(before, reminded=(*before.reminded, day))
        else:
            asked = [request for request in asked if request is not before]
            asked.append(Asked(agency=agency.code, year=year, day=day, sha256=checksum(content), mark=agency.mark))
    write_together(files | {workspace.root / asked_file(country): asked_text(asked).encode()})
    return tuple(asked_agencies)


def _refuse_unknown_activities(dataset: Dataset, country: str, agency: Agency) -> None:
    data = dataset.country(country)
    activity_codes = {activity.code for activity in data.activities} if data else set()
    asked = (answer.removeprefix(ACTIVITIES) for answer in agency.answers if answer.startswith(ACTIVITIES))
    if unknown := tuple(code for code in asked if code not in activity_codes):
        message = "{agency} answers activities that are in no year: {codes}"
        hint = "their codes are under activities: in the files of the years"
        raise WordedError(message, hint, agency=agency.code, codes=unknown)


@dataclass(frozen=True, slots=True)
class AgencyState:
    """The progress of an agency in a year. `asked` is the day its form was made, empty for none; `due` the deadline,
    `days` those left, negative when overdue. `waiting` are undecided answers, `empty` figures that none of its
    workbooks answers. An imported publication is listed too: it was never asked, and nothing is due."""

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
    """The progress of the agencies that answer a year, in the order of the country's file. `locales` are those of the
    reports' languages. Raises ReporterError where a record cannot be read."""
    agencies = agencies_of(dataset, country, year)
    asked = {request.agency: request for request in read_asked(sources, country) if request.year == year}
    came = read_received(sources, country, (year,))
    waiting = proposals(sources, dataset.catalogue_of(country), country, year)
    states = []
    for agency in agencies:
        locale = locales.get(agency.language) or next(iter(locales.values()))
        received = tuple(workbook for workbook in came if workbook.agency == agency.code)
        answered_figures = {answer.figure for workbook in received for answer in workbook.answers}
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
                waiting=tuple(proposal for proposal in waiting if proposal.reply.received.agency == agency.code),
                empty=tuple(address for address in lines if address not in answered_figures),
            )
        )
    agency_codes = {entry.code for entry in agencies}
    for code in dict.fromkeys(workbook.agency for workbook in came if workbook.agency not in agency_codes):
        received = tuple(workbook for workbook in came if workbook.agency == code)
        source = dataset.catalogue_of(country).source(code)
        name = source.publisher if source else Label(((ENGLISH, code),))
        language, mark = next(iter(locales)), received[0].mark
        states.append(
            AgencyState(
                agency=Agency(code=code, name=name, language=language, answers=(), due="", mark=mark),
                received=received,
                waiting=tuple(proposal for proposal in waiting if proposal.reply.received.agency == code),
                is_publication=True,
            )
        )
    return tuple(states)
