"""`reporter status`: what is due, what is missing, what was sent."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

import click

from reporter.cli import options
from reporter.data.errors import ExitCode
from reporter.data.files.as_json import pick
from reporter.data.files.sources import Sources, known_years
from reporter.data.files.workspace import Workspace
from reporter.data.read.received import read_remarks
from reporter.data.read.stray_files import strays_of
from reporter.data.records import EditionStatus
from reporter.editions.approvals import demanded_approvals, documents_due, with_reported_changes
from reporter.editions.build_record import read_shelf
from reporter.editions.checked import load_checked
from reporter.editions.job import select
from reporter.editions.resources import locale_lookup
from reporter.exchange.agencies.asking import AgencyState, agency_states
from reporter.exchange.publish.edition_status import (
    DueDate,
    EditionProgress,
    due_dates,
    edition_progress,
    state_of,
    watched_years,
)
from reporter.exchange.send.message import OutboxItem, clean
from reporter.exchange.send.storage import read_history

WIDTH, MARGIN = 80, 14
EPILOG = """\b
Examples:
  reporter status                   the country in reporter.yaml
  reporter status LT 2020           one edition
  reporter status --format json     for another program"""


@click.command("status", epilog=EPILOG)
@options.country
@options.year
@click.option("--today", default="", callback=options.day, metavar="DATE", help="Another day than today, for a test.")
@options.output_format
@options.in_workspace
def command(country: str | None, year: int | None, today: date, form: str, workspace: Workspace, quiet: bool) -> int:
    """Shows what is due, what is missing, and what was sent.

    Without a year, shows the latest edition and every published one, with the dates of deadlines, the receipts of
    messages, and for each agency when it was asked, what it sent and what is open. Deadlines are those of
    reporter.yaml, agencies those of the country's file. Nothing is changed.
    """
    sources = workspace.snapshot()
    codes = tuple(select(sources, country, year).years)
    rows = [_country(workspace, sources, code, year, today) for code in codes]
    lines = ("\n".join(_lines(today, row)) + "\n" * (n < len(rows)) for n, row in enumerate(rows, 1))
    options.answer(form, [_plain(row) for row in rows], lines)
    if not quiet:
        options.warn_of(strays_of(sources, codes))
    return ExitCode.OK


Agencies = Mapping[int, tuple[AgencyState, ...]]
# Code, editions, number of open remarks by year, deadlines, agencies by year, language.
CountryStatus = tuple[str, tuple[EditionProgress, ...], Mapping[int, int], tuple[DueDate, ...], Agencies, str]


def _country(workspace: Workspace, sources: Sources, code: str, year: int | None, today: date) -> CountryStatus:
    all_years = known_years(sources, code)
    checked = load_checked(sources, code)
    history, settings = read_history(workspace.outbox), checked.dataset.settings
    years = watched_years(sources, code) if year is None else (year,)
    states = [state_of(sources, code, year) for year in years]
    shelves = [
        {job.name: read_shelf(workspace, job) for job in documents_due(stage, settings.languages)} for stage in states
    ]
    states = [replace(edition_state, shelves=of) for edition_state, of in zip(states, shelves, strict=True)]
    approval_pairs = [(stage, demanded_approvals(stage, sources, settings.approvals)) for stage in states]
    lines = [(stage, with_reported_changes(of, stage, sources) if of else None) for stage, of in approval_pairs]
    progress = tuple(edition_progress(workspace, checked, state, history, of) for state, of in lines)
    due = due_dates(settings.deadlines, today, code, all_years, history)
    speak = locale_lookup(sources)
    locales = {language: speak(language) for language in settings.languages}
    asked = {number: agency_states(sources, checked.dataset, code, number, today, locales) for number in years}
    # An earlier year is shown while answers of it await a decision.
    agencies = {when: of for when, of in asked.items() if of and (when == years[0] or any(one.waiting for one in of))}
    counts = Counter(came.year for came in read_remarks(sources, code) for remark in came.remarks if remark.is_open)
    return code, progress, counts, due, agencies, settings.languages[0]


def _lines(today: date, country_status: CountryStatus) -> Iterator[str]:
    code, editions, remarks, due, agencies, language = country_status
    yield f"{code}{today.isoformat():>{WIDTH - len(code)}}"
    for edition in editions:
        yield ""
        yield from _progress(edition)
        if remarks[edition.year]:
            yield from _entry("remarks", f"{remarks[edition.year]} open: reporter review {code} {edition.year}")
    if due:
        yield ""
        yield "Deadlines"
        for one in due:
            yield from _due(one, language)
    for year, states in agencies.items():
        yield ""
        yield f"Agencies, {year}"
        for state in states:
            yield from _agency(state, language)


def _progress(edition: EditionProgress) -> Iterator[str]:
    yield f"{edition.year}  {_way(edition)}"
    for release in edition.releases:
        what = f"corrigendum {release.number}" if release.number else "number 0"
        names = ", ".join(clean(one.by) for one in release.approved)
        approved = f"; approved by {names}" if names else ""
        yield from _entry("published", f"{what}, {release.date}, by {clean(release.by)}{approved}")
    if edition.approval:
        yield from _listed("approved", [f"{clean(one.by)}, {one.date}" for one in edition.approval.valid])
    yield from _listed("missing", edition.missing)
    yield from _listed("sent", [_sent(one) for one in edition.sent])


def _way(edition: EditionProgress) -> str:
    number = edition.releases[-1].number if edition.releases else 0
    last = f"corrigendum {number}" if number else "corrigendum"
    here = last if number else str(edition.status)
    return " → ".join(f"[{step}]" if step == here else step for step in (*map(str, EditionStatus), last))


def _sent(item: OutboxItem) -> str:
    back = ", ".join(f"{clean(one.name)} ({one.filed[:10]})" for one in item.receipts) or "none yet"
    return f"{item.changed[:10]} {item.recipient}: {item.state}, {item.package}; receipt: {back}"


def _due(due_date: DueDate, language: str) -> Iterator[str]:
    word = "done" if due_date.done else f"{-due_date.days} d late" if due_date.days < 0 else f"{due_date.days} d left"
    yield from _entry(word, f"{due_date.date}  {due_date.deadline.title.text(language)}, {due_date.year}")
    more = [due_date.deadline.basis.text(language), *(f"missing: {one}" for one in due_date.missing)]
    more += [f"sent {due_date.done[:10]}"] if due_date.done else []
    yield from (line for text in more if text for line in _entry("", f"            {text}"))


def _agency(item: AgencyState, language: str) -> Iterator[str]:
    days = f"{-item.days} d late" if item.days < 0 else f"{item.days} d left"
    due = item.due or f"{'publication':<10}"
    yield from _entry("received" if item.received else days, f"{due}  {item.agency.name.text(language)}")
    texts = [f"asked {item.asked}" if item.asked else "not asked yet"] if item.due else []
    texts += [f"reminded {day}" for day in item.reminded]
    texts += [f"{clean(one.file)}, received {one.received}" for one in item.received]
    texts += [f"to decide on: {len(item.waiting)}"] if item.waiting else []
    texts += [f"cells empty: {len(item.empty)}"] if item.received and item.empty else []
    yield from (line for text in texts for line in _entry("", f"            {text}"))


def _listed(name: str, texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield from _entry("" if number else name, text)


def _entry(name: str, text: str) -> Iterator[str]:
    """Write a text with a label in the margin, in lines no longer than a terminal."""
    indent = len(text) - len(text.lstrip())
    width = WIDTH - MARGIN - indent
    wrapped = textwrap.wrap(text.strip(), width, break_long_words=False, break_on_hyphens=False)
    for number, line in enumerate(wrapped or [""]):
        margin = f"  {'' if number else name}"
        yield f"{margin:<{MARGIN}}{' ' * indent}{line}"


def _plain(country_status: CountryStatus) -> dict[str, object]:
    code, editions, remarks, due, agencies, language = country_status
    return {
        "country": code,
        "editions": [_edition(edition) | {"remarks": remarks[edition.year]} for edition in editions],
        "deadlines": [
            {
                "code": due_date.deadline.code,
                "title": due_date.deadline.title.text(language),
                "basis": due_date.deadline.basis.text(language),
                **pick(due_date, "year", "date", "days", "done", "missing"),
            }
            for due_date in due
        ],
        "agencies": [_plain_agency(year, state, language) for year, states in agencies.items() for state in states],
    }


def _plain_agency(year: int, state: AgencyState, language: str) -> dict[str, object]:
    """The progress of an agency, without its address, which does not belong here."""
    values: dict[str, object] = {"code": state.agency.code, "name": state.agency.name.text(language), "year": year}
    values |= pick(state, "asked", "reminded", "due", "days")
    values["received"] = [pick(one, "file", "received") for one in state.received]
    return values | {
        "open": [one.figure for one in state.waiting],
        "empty": list(state.empty) if state.received else [],
    }


def _edition(item: EditionProgress) -> dict[str, object]:
    sent = [
        pick(one, "recipient", "package", "sha256=parcel", "state", "changed")
        | {"receipts": [pick(back, "name", "filed") for back in one.receipts]}
        for one in item.sent
    ]
    published = [
        pick(one, "number", "date", "by") | {"approved": [pick(by, "by", "date") for by in one.approved]}
        for one in item.releases
    ]
    approved = [pick(one, "by", "date") for one in item.approval.valid] if item.approval else []
    values: dict[str, object] = {"year": item.year, "status": item.status, "approved": approved, "published": published}
    return values | {"missing": item.missing, "sent": sent}
