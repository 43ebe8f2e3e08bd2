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
from reporter.editions.approvals import demanded_approvals, documents_due, with_told_changes
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
@options.workspace
@options.verbosity
def command(country: str | None, year: int | None, today: date, form: str, workspace: Workspace, quiet: bool) -> int:
    """Shows what is due, what is missing, and what was sent.

    Without a year, shows the latest edition and every published one, with the dates of deadlines, the receipts of
    messages, and for each agency when it was asked, what it sent and what is open. Deadlines are those of
    reporter.yaml, agencies those of the country's file. Nothing is changed.
    """
    sources = workspace.snapshot()
    codes = tuple(select(sources, country, year).years)
    rows = [_country(workspace, sources, code, year, today) for code in codes]
    lines = ("\n".join(_lines(today, each)) + "\n" * (n < len(rows)) for n, each in enumerate(rows, 1))
    options.answer(form, [_plain(each) for each in rows], lines)
    if not quiet:
        options.warn_of(strays_of(sources, codes))
    return ExitCode.OK


Agencies = Mapping[int, tuple[AgencyState, ...]]
# Code, editions, number of open remarks by year, deadlines, agencies by year, language.
CountryStatus = tuple[str, tuple[EditionProgress, ...], Mapping[int, int], tuple[DueDate, ...], Agencies, str]


def _country(workspace: Workspace, sources: Sources, code: str, year: int | None, today: date) -> CountryStatus:
    known = known_years(sources, code)
    checked = load_checked(sources, code)
    history, settings = read_history(workspace.outbox), checked.dataset.settings
    years = watched_years(sources, code) if year is None else (year,)
    states = [state_of(sources, code, year) for year in years]
    shelves = [
        {job.name: read_shelf(workspace, job) for job in documents_due(each, settings.languages)} for each in states
    ]
    states = [replace(each, shelves=of) for each, of in zip(states, shelves, strict=True)]
    found = [(each, demanded_approvals(each, sources, settings.approvals)) for each in states]
    lines = [(each, with_told_changes(of, each, sources) if of else None) for each, of in found]
    progress = tuple(edition_progress(workspace, checked, state, history, of) for state, of in lines)
    due = due_dates(settings.deadlines, today, code, known, history)
    speak = locale_lookup(sources)
    locales = {each: speak(each) for each in settings.languages}
    asked = {each: agency_states(sources, checked.dataset, code, each, today, locales) for each in years}
    # An earlier year is shown while answers of it await a decision.
    agencies = {each: of for each, of in asked.items() if of and (each == years[0] or any(one.waiting for one in of))}
    said = Counter(came.year for came in read_remarks(sources, code) for each in came.remarks if each.is_open)
    return code, progress, said, due, agencies, settings.languages[0]


def _lines(today: date, told: CountryStatus) -> Iterator[str]:
    code, editions, remarks, due, agencies, language = told
    yield f"{code}{today.isoformat():>{WIDTH - len(code)}}"
    for each in editions:
        yield ""
        yield from _progress(each)
        if remarks[each.year]:
            yield from _entry("remarks", f"{remarks[each.year]} open: reporter review {code} {each.year}")
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


def _progress(each: EditionProgress) -> Iterator[str]:
    yield f"{each.year}  {_way(each)}"
    for release in each.releases:
        what = f"corrigendum {release.number}" if release.number else "number 0"
        names = ", ".join(clean(one.by) for one in release.approved)
        approved = f"; approved by {names}" if names else ""
        yield from _entry("published", f"{what}, {release.date}, by {clean(release.by)}{approved}")
    if each.approval:
        yield from _listed("approved", [f"{clean(one.by)}, {one.date}" for one in each.approval.valid])
    yield from _listed("missing", each.missing)
    yield from _listed("sent", [_sent(one) for one in each.sent])


def _way(each: EditionProgress) -> str:
    number = each.releases[-1].number if each.releases else 0
    last = f"corrigendum {number}" if number else "corrigendum"
    here = last if number else str(each.status)
    return " → ".join(f"[{step}]" if step == here else step for step in (*map(str, EditionStatus), last))


def _sent(item: OutboxItem) -> str:
    back = ", ".join(f"{clean(one.name)} ({one.filed[:10]})" for one in item.receipts) or "none yet"
    return f"{item.changed[:10]} {item.recipient}: {item.state}, {item.package}; receipt: {back}"


def _due(each: DueDate, language: str) -> Iterator[str]:
    word = "done" if each.done else f"{-each.days} d late" if each.days < 0 else f"{each.days} d left"
    yield from _entry(word, f"{each.date}  {each.deadline.title.text(language)}, {each.year}")
    more = [each.deadline.basis.text(language), *(f"missing: {one}" for one in each.missing)]
    more += [f"sent {each.done[:10]}"] if each.done else []
    yield from (line for text in more if text for line in _entry("", f"            {text}"))


def _agency(each: AgencyState, language: str) -> Iterator[str]:
    days = f"{-each.days} d late" if each.days < 0 else f"{each.days} d left"
    due = each.due or f"{'publication':<10}"
    yield from _entry("received" if each.received else days, f"{due}  {each.agency.name.text(language)}")
    told = [f"asked {each.asked}" if each.asked else "not asked yet"] if each.due else []
    told += [f"reminded {day}" for day in each.reminded]
    told += [f"{clean(one.file)}, received {one.received}" for one in each.received]
    told += [f"to decide on: {len(each.waiting)}"] if each.waiting else []
    told += [f"cells empty: {len(each.empty)}"] if each.received and each.empty else []
    yield from (line for text in told for line in _entry("", f"            {text}"))


def _listed(name: str, texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield from _entry("" if number else name, text)


def _entry(name: str, text: str) -> Iterator[str]:
    """Write a text with a label in the margin, in lines no longer than a terminal."""
    indent = len(text) - len(text.lstrip())
    wrapped = textwrap.wrap(text.strip(), WIDTH - MARGIN - indent, break_long_words=False, break_on_hyphens=False) or [
        ""
    ]
    for number, line in enumerate(wrapped):
        margin = f"  {'' if number else name}"
        yield f"{margin:<{MARGIN}}{' ' * indent}{line}"


def _plain(told: CountryStatus) -> dict[str, object]:
    code, editions, remarks, due, agencies, language = told
    deadlines = [
        {
            "code": each.deadline.code,
            "title": each.deadline.title.text(language),
            "basis": each.deadline.basis.text(language),
            **pick(each, "year", "date", "days", "done", "missing"),
        }
        for each in due
    ]
    return {
        "country": code,
        "editions": [_edition(each) | {"remarks": remarks[each.year]} for each in editions],
        "deadlines": deadlines,
        "agencies": [_plain_agency(year, each, language) for year, states in agencies.items() for each in states],
    }


def _plain_agency(year: int, each: AgencyState, language: str) -> dict[str, object]:
    """The progress of an agency, without its address, which does not belong here."""
    values: dict[str, object] = {"code": each.agency.code, "name": each.agency.name.text(language), "year": year}
    values |= pick(each, "asked", "reminded", "due", "days")
    values["received"] = [pick(one, "file", "received") for one in each.received]
    return values | {"open": [one.figure for one in each.waiting], "empty": list(each.empty) if each.received else []}


def _edition(each: EditionProgress) -> dict[str, object]:
    sent = [
        pick(one, "recipient", "package", "sha256=parcel", "state", "changed")
        | {"receipts": [pick(back, "name", "filed") for back in one.receipts]}
        for one in each.sent
    ]
    published = [
        pick(one, "number", "date", "by") | {"approved": [pick(by, "by", "date") for by in one.approved]}
        for one in each.releases
    ]
    approved = [pick(one, "by", "date") for one in each.approval.valid] if each.approval else []
    values: dict[str, object] = {"year": each.year, "status": each.status, "approved": approved, "published": published}
    return values | {"missing": each.missing, "sent": sent}
