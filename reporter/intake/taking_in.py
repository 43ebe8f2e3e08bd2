"""Take in a workbook: read it, look at it, note its answers."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reporter.edition.resources import locale_of
from reporter.files.processes import run_limited
from reporter.files.received import forms_folder
from reporter.files.sources import Sources, known_countries
from reporter.files.workspace import Workspace
from reporter.files.writing import write_together
from reporter.intake.agency_proposals import Proposal, proposals
from reporter.intake.looking import findings_at_cells
from reporter.intake.mails import LACKING, agency_mail
from reporter.intake.receiving import MOST_MEGABYTES, MOST_SECONDS, CellProblem, Reception, receive
from reporter.intake.returned import with_comments
from reporter.load.dataset import load_dataset
from reporter.load.received import place_of, received_text


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a workbook, and the files that were written."""

    reception: Reception
    proposals: tuple[Proposal, ...]
    problems: tuple[CellProblem, ...]
    written: tuple[Path, ...]


def take_in(
    workspace: Workspace, sources: Sources, content: bytes, name: str, day: str, when: datetime, *, writes: bool = True
) -> TakenIn:
    """Take in the workbook of an agency, which came on a day. Nothing is written where it cannot be read, or without
    `writes`. Raises ReporterError with the reason."""
    dataset = load_dataset(sources, known_countries(sources)).dataset
    locales = {each: locale_of(sources, each) for each in dataset.settings.languages}
    came = receive(sources, dataset, content, name, day, locales)
    received, agency = came.received, came.asked.agency
    locale = locales.get(agency.language) or next(iter(locales.values()))
    problems = (*came.problems, *findings_at_cells(sources, came, locale))
    files = {workspace.root / place_of(received).path: received_text(received).encode()}
    if came.open or any(not each.is_odd for each in problems):
        open_cells = tuple(
            CellProblem(each, came.places.get(each, ""), locale.text("This cell is empty.")) for each in came.open
        )
        sender = dataset.settings.mail.sender if dataset.settings.mail else ""
        copy = run_limited(
            with_comments,
            content,
            (*problems, *open_cells),
            came.asked.asked_by,
            day,
            seconds=MOST_SECONDS,
            megabytes=MOST_MEGABYTES,
        )
        stem = forms_folder(workspace, received.country) / f"{came.asked.name}-comments"
        files[stem.with_suffix(".xlsx")] = copy
        files[stem.with_suffix(".eml")] = agency_mail(came.asked, LACKING, copy, locale, sender, when)
    if writes:
        write_together(files)
    after = sources.overlay({place_of(received).path: received_text(received).encode()})
    found = proposals(after, dataset.catalogue_of(received.country), received.country, received.year)
    own = tuple(
        each for each in found if each.said.received == received or each.said.received.sha256 == received.sha256
    )
    return TakenIn(came, own, problems, tuple(files) if writes else ())
