"""What the checks find in answers, told at their cells."""

from collections.abc import Collection, Iterator

from reporter.context import Context
from reporter.edit.amendment import Conflict
from reporter.edit.written_steps import laid_over
from reporter.edition.checked import load_checked
from reporter.errors import Finding, ReporterError, Severity
from reporter.files.sources import Sources
from reporter.i18n import Locale
from reporter.intake.agency_proposals import AgencyAnswer, Proposal, accepting_steps, value_in_year
from reporter.intake.receiving import CellProblem, Reception
from reporter.model import is_withheld, vintage
from reporter.sections.finding_words import plain_words_of

TOLD = (Severity.ERROR, Severity.WARNING)


def findings_at_cells(sources: Sources, came: Reception, locale: Locale) -> tuple[CellProblem, ...]:
    """What the checks would say newly, were all answers taken over. Only what rests on the agency's own answers: of
    others it is told nothing."""
    received = came.received
    country, year = received.country, received.year
    before = load_checked(sources, country)
    catalogue = before.dataset.catalogue_of(country)
    data = before.dataset.country(country)
    if data is None or data.year(year) is None:
        return ()
    answers = (AgencyAnswer(received, each) for each in received.answers)
    taken = [
        Proposal(each.answer.figure, each, value_in_year(sources, catalogue, country, year, each.answer.figure))
        for each in answers
    ]
    after = laid_over(sources, accepting_steps(taken, data.country.agencies, catalogue))
    if isinstance(after, Conflict):
        raise ReporterError(f"{after.file} was changed meanwhile", hint="receive the workbook again")
    checked = load_checked(after, country)
    known = {(each.code, each.message) for each in before.findings}
    new = [each for each in checked.findings if each.severity in TOLD and (each.code, each.message) not in known]
    context = Context(vintage(checked.dataset, country, year), locale)
    return tuple(_at_cells(new, came, context))


def _at_cells(findings: Collection[Finding], came: Reception, context: Context) -> Iterator[CellProblem]:
    own = {each.figure: each.cell for each in came.received.answers}
    year, asked = came.received.year, came.asked
    said = {(year, figure) for figure in own}
    for line in (line for table in asked.tables for line in table.lines):
        for at, value in zip(asked.years, line.earlier, strict=True):
            seen = context.vintage.observation(line.address, at)
            # What is withheld, it may have said itself or not: its form says a word only, and so do we.
            if value and not (seen and is_withheld(seen)):
                said.add((at, line.address))
    for each in findings:
        rests_on = [(at, address) for at, address, _ in each.values]
        cell = own.get(each.figure) or next((own[address] for _, address in rests_on if address in own), "")
        if cell and each.year == year and not each.private and said.issuperset(rests_on):
            yield CellProblem(each.figure, cell, str(plain_words_of(each, context)))
