"""Ask agencies: a workbook, a mail and a line about each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reporter.data.errors import UsageError
from reporter.data.files.checksum import checksum
from reporter.data.files.received import asked_file, forms_folder
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_together
from reporter.data.read.dataset import load_dataset
from reporter.data.read.received import asked_text, read_asked, read_received
from reporter.data.records import Agency, Asked, Dataset
from reporter.editions.resources import locale_of
from reporter.exchange.agencies.asking import (
    ASKING,
    REMINDING,
    agency_mail,
    agency_of,
    questionnaire_of,
    refuse_unknown_activities,
)
from reporter.formats.export.questionnaire_workbook import questionnaire_workbook

# How the name of a mail ends, of one that asks and of one that reminds.
ENDINGS = (".eml", "-reminder.eml")


@dataclass(frozen=True, slots=True)
class AskedAgency:
    """What was written for an agency: the workbook and the mail."""

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
    """Write what agencies are asked for a year, all or some. `again` writes a reminder to each instead. Raises
    UsageError where nobody is to be asked, or was not asked before."""
    dataset = load_dataset(sources, (country,)).dataset
    day = when.date().isoformat()
    sender = dataset.settings.mail.sender if dataset.settings.mail else ""
    asked, received = list(read_asked(sources, country)), tuple(read_received(sources, country))
    made, files = [], dict[Path, bytes]()
    for agency in _agencies(dataset, country, year, codes):
        before = next((each for each in asked if (each.agency, each.year) == (agency.code, year)), None)
        if again and before is None:
            raise UsageError(f"{agency.code} was not asked for {year} yet", hint="leave out --remind")
        refuse_unknown_activities(dataset, country, agency)
        since = before.day if again and before else ""
        locale = locale_of(sources, agency.language)
        form = questionnaire_of(dataset, country, year, agency.code, locale, received)
        content = questionnaire_workbook(form, locale, since or day)
        stem = forms_folder(workspace, country) / form.name
        one = AskedAgency(agency, stem.with_name(f"{form.name}.xlsx"), stem.with_name(f"{form.name}{ENDINGS[again]}"))
        words = REMINDING if since else ASKING
        files |= {one.workbook: content, one.mail: agency_mail(form, words, content, locale, sender, when, since)}
        made.append(one)
        if again and before:
            asked[asked.index(before)] = replace(before, reminded=(*before.reminded, day))
        else:
            asked = [each for each in asked if each is not before]
            asked.append(Asked(agency=agency.code, year=year, day=day, sha256=checksum(content), mark=agency.mark))
    write_together(files | {workspace.root / asked_file(country): asked_text(asked).encode()})
    return tuple(made)


def _agencies(dataset: Dataset, country: str, year: int, codes: Sequence[str]) -> tuple[Agency, ...]:
    if codes:
        return tuple(agency_of(dataset, country, code, year) for code in dict.fromkeys(codes))
    data = dataset.country(country)
    found = tuple(each for each in data.country.agencies if each.answers_in(year)) if data else ()
    if not found:
        hint = f"write agencies: in data/{country}/country.yaml; docs/agencies.md has an example"
        raise UsageError(f"{country} names no agency that answers figures of {year}", hint=hint)
    return found
