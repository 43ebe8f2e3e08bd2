"""The page of the findings: what the template is given."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from starlette.responses import Response

from reporter.context import Context
from reporter.edit.applying import correctable
from reporter.edit.figure_fields import shown_value
from reporter.edition.all_findings import STOPS_PUBLIC, remark_finding
from reporter.edition.checked import OF_TEXT, passage_at
from reporter.errors import DataError, Finding, ReporterError, Severity
from reporter.files.published import published_years
from reporter.files.sources import DATA, Sources
from reporter.i18n import N_
from reporter.intake.remarks.deciding_remarks import FiledRemark, filed_remarks
from reporter.load.wording_blocks import LINE
from reporter.load.yaml_tree import decode
from reporter.model import ChangedWords, Observation
from reporter.model.observation import amount_text
from reporter.sections.finding_words import plain_words_of, problem_words
from reporter.sections.retold import label_at
from reporter.web.accepting import (
    Acceptance,
    PrintedReason,
    WrittenLines,
    amendment_to_accept,
    file_to_accept,
    lines_written,
    reasons_printed,
)
from reporter.web.amending import told_time
from reporter.web.chapter_places import chapter_of_address, part_of_section, written_chapters
from reporter.web.figure_sheet import chapters_with_figures
from reporter.web.forms.entry_places import path_of_mark
from reporter.web.forms.listings import address_of_mark, listed_file
from reporter.web.frame import YearPage
from reporter.web.listed_findings import FindingKind, ListedFinding, listed_findings
from reporter.web.live_edition import field_address, figure_address
from reporter.web.remedies import remedy_button
from reporter.web.year_state import TextState

FIGURE, TEXT, FILE, LIST = N_("figure"), N_("text, {language}"), N_("file"), N_("list")
# The files in which lists stand.
OF_LISTS = re.compile(rf"{DATA}/([A-Z]{{2}})/([12]\d{{3}}|country)\.yaml", re.ASCII)
TO_FIELD, TO_TEXT, TO_FIGURE = N_("Go to the field"), N_("Go to the text"), N_("Where it comes from")
TO_FORM, TO_FILE = N_("Go to the form"), N_("Open this file")


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """Where a finding is, and the page to mend it on. `link` says where the `address` leads; both are empty where the
    file is all there is."""

    title: str
    kind: str
    address: str = ""
    link: str = ""


def place_of_finding(page: YearPage, finding: Finding, figure: str = "") -> FindingPlace:
    """Where a finding is; `figure` where it says so of another entry."""
    locale = page.locale
    of_text = OF_TEXT.match(finding.mark.path)
    if of_text:
        return _place_in_texts(page, finding, of_text[1])
    named = figure or finding.figure
    seen = next(_stated_at(page, finding, named), None)
    form = address_of_mark(page.reading.sources, finding.mark) if seen is None or seen.owner else ""
    if form:
        kind = FIGURE if seen else LIST
        return FindingPlace(_entry(page, finding, named), locale.text(kind), form, locale.text(TO_FORM))
    if not named and seen is None:
        is_broken = finding in page.state.unread and correctable(page.reading.sources, finding.mark.path)
        address, link = (f"/file?path={quote(finding.mark.path)}", locale.text(TO_FILE)) if is_broken else ("", "")
        return FindingPlace(finding.mark.path, locale.text(FILE), address, link)
    # What is found in a part is told of its figure.
    title = label_at(named or (seen.address if seen else ""), Context(page.vintage, locale))
    address, link = _field(page, seen) if seen else ("", "")
    return FindingPlace(title, locale.text(FIGURE), address, locale.text(link) if link else "")


def _place_in_texts(page: YearPage, finding: Finding, language: str) -> FindingPlace:
    locale = page.locale
    passage = passage_at(finding, page.state.data.passages)
    kind = locale.text(TEXT, language=locale.language_name(language))
    if passage is None:
        return FindingPlace(finding.mark.path, kind)
    part = part_of_section(passage.section)
    if part is None:
        return FindingPlace(passage.section, kind)
    address = f"/{page.state.country.code}/{page.state.year}/text/{language}/{part.code}"
    return FindingPlace(locale.text(part.title), kind, address, locale.text(TO_TEXT))


def _entry(page: YearPage, finding: Finding, named: str) -> str:
    locale, state = page.locale, page.state
    titles = {f"activities.{each.code}": each.title for each in state.data.activities}
    titles |= {f"law.{each.code}": each.subject for each in state.country.provisions}
    stands = OF_LISTS.fullmatch(finding.mark.path)
    path = path_of_mark(page.reading.sources, finding.mark)
    if named in titles:
        return titles[named].text(locale.language)
    if named or not (stands and path):
        return label_at(named, Context(page.vintage, locale)) if named else finding.mark.path
    files = listed_file(stands[1], int(stands[2]) if stands[2].isdecimal() else None)
    listing = next((each for each in files.listings if path[0] in (each.key, *each.about)), None)
    return locale.text(listing.title) if listing else finding.mark.path


def _stated_at(page: YearPage, finding: Finding, figure: str) -> Iterator[Observation]:
    known = page.vintage.index.values()
    yield from (each for each in known if each.mark == finding.mark)
    if figure:
        year = finding.year or page.state.year
        found = (page.vintage.observation(figure, each) for each in (year, page.state.year))
        yield from (each for each in found if each)
        yield from (each for each in known if each.figure == figure and each.year == year)


def _field(page: YearPage, seen: Observation) -> tuple[str, str]:
    chapter = chapter_of_address(seen.indicator, page.state.data)
    field = field_address(seen, page.state.data)
    if "/figures/" in field and chapter in chapters_with_figures(page):
        return f"{field}#f-{quote(seen.address)}", TO_FIELD
    return figure_address(seen, page.state.year), TO_FIGURE


@dataclass(frozen=True, slots=True)
class RemarkTrouble:
    """What was wrong with a decision, and what was typed."""

    number: str
    words: str
    typed: str


def remarks_of(page: YearPage) -> tuple[FiledRemark, ...]:
    found: tuple[FiledRemark, ...] = ()
    # What cannot be read is among the findings.
    with suppress(DataError):
        found = filed_remarks(page.reading.sources, page.state.country.code, page.state.year)
    return tuple(sorted(found, key=lambda each: not each.remark.is_open))


def finding_of(page: YearPage, filed: FiledRemark) -> Finding | None:
    """A remark as it stands in the file that its sentence is in. None where it is in none."""
    finding = remark_finding(page.reading.sources, filed.received, filed.remark)
    return finding if filed.remark.file and finding.mark.path == filed.remark.file else None


def changed_figure(page: YearPage, change: ChangedWords) -> str:
    """Where the figure is told of whose printed value was changed; empty for none that the edition has."""
    seen = page.vintage.observation(change.figure, change.year or page.state.year) if change.figure else None
    return figure_address(seen, page.state.year) if seen else ""


NARRATIVE, MARK = ".md", ":::"


def doubled_paragraph(sources: Sources, finding: Finding) -> str:
    """The paragraph of a finding in both blocks, ready to be pasted. Empty for what does not stop the public edition
    alone, and where a block stands already."""
    stops = finding.severity is Severity.ERROR and finding.hint.startswith(STOPS_PUBLIC)
    if not (stops and finding.mark.path.endswith(NARRATIVE) and finding.mark.path in sources):
        return ""
    lines = LINE.split(decode(sources[finding.mark.path].content, finding.mark.path))
    first = last = finding.mark.line - 1
    while first and _is_words(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _is_words(lines[last + 1]):
        last += 1
    words = "\n".join(lines[first : last + 1])
    if MARK in words or not _is_words(lines[finding.mark.line - 1]):
        return ""
    return "\n".join((f"{MARK} restricted", words, MARK, f"{MARK} public", words, MARK))


def _is_words(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


FINDINGS, EVERYTHING = "findings", ""
ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class AcceptBox:
    """The box in which somebody accepts a finding. `values` are year, label and value of what it holds for. `written`
    are the lines that it writes, or `problem` says why it cannot; `printed` are the places in each language, None till
    somebody asks for them: the edition is composed for it. `lacking` are the languages without a reason."""

    name: str
    title: str
    wanted: Acceptance
    values: tuple[tuple[str, str, str], ...]
    written: WrittenLines | None
    printed: Mapping[str, tuple[PrintedReason, ...]] | None
    can_be_apart: bool
    is_published: bool
    problem: tuple[str, str] | None = None
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LostReason:
    """What somebody typed about a finding that is not there any more."""

    title: str
    remedy: str
    reasons: tuple[tuple[str, str], ...] = ()


def findings_page(
    page: YearPage,
    show: str,
    *,
    box: AcceptBox | None = None,
    lost: LostReason | None = None,
    remark_trouble: RemarkTrouble | None = None,
    status: int = 200,
) -> Response:
    state, found, remarks = page.state, listed_findings(page), remarks_of(page)
    context = Context(page.vintage, page.locale)
    shown = (each for each in found if show in (EVERYTHING, each.kind, each.chapter or ELSEWHERE))
    return page.answer(
        "findings.html",
        FINDINGS,
        status=status,
        found=found,
        finding_kinds=tuple(FindingKind),
        chapters=written_chapters(),
        groups=[(kind, tuple(rows)) for kind, rows in groupby(shown, key=lambda each: each.kind)],
        words_of=lambda finding: page.locale.opened(plain_words_of(finding, context)),
        place_of=lambda finding, figure="": place_of_finding(page, finding, figure),
        doubled=lambda finding: doubled_paragraph(page.reading.sources, finding),
        remedy_button=lambda finding: remedy_button(page.reading, finding),
        told_time=lambda edit: told_time(edit, page.locale),
        remarks=remarks,
        finding_of=lambda filed: finding_of(page, filed),
        changed_figure=lambda change: changed_figure(page, change),
        undecided=state.texts.count(TextState.UNDECIDED),
        remark_trouble=remark_trouble,
        show=show,
        box=box,
        lost=lost,
    )


def accept_box(
    page: YearPage,
    found: ListedFinding,
    form: Mapping[str, str],
    *,
    problem: tuple[str, str] | None = None,
    lacking: tuple[str, ...] = (),
) -> AcceptBox:
    wanted = acceptance(page, found, form)
    sources, state, written, printed = page.reading.sources, page.state, None, None
    if form.get("act") == "look":
        old = wanted.before.entry if wanted.before else None
        printed = reasons_printed(page.reading, wanted.unsaid, old, state.country.code, state.year, page.locale)
    try:
        written = lines_written(sources, amendment_to_accept(sources, wanted))
    except ReporterError as stopped:
        problem = problem or (*problem_words(stopped, page.locale),)
    return AcceptBox(
        name=found.name,
        title=place_of_finding(page, found.finding).title,
        wanted=wanted,
        values=tuple(_values(page, found)),
        written=written,
        printed=printed,
        can_be_apart=page.vintage.catalogue.indicator(found.finding.figure) is not None,
        is_published=wanted.year in published_years(sources, state.country.code),
        problem=problem,
        lacking=lacking,
    )


def acceptance(page: YearPage, found: ListedFinding, form: Mapping[str, str]) -> Acceptance:
    """What a form says of a finding. Without one that is what was said of it for other values."""
    before = found.reason
    earlier = before.entry if before else None
    languages = page.state.dataset.settings.languages
    typed = {each: " ".join(form.get(f"reason.{each}", "").split()) for each in languages}
    if earlier and not any(f"reason.{each}" in form for each in languages):
        typed = {each: str(earlier.reason.text(each)) for each in languages}
    apart = "apart" in form if form else bool(earlier and not earlier.comparable)
    file = (
        before.entry.mark.path
        if before
        else file_to_accept(page.reading, found.finding, page.state.country.code, page.state.year)
    )
    return Acceptance(found.finding, file, typed, comparable=not apart, before=before)


def _values(page: YearPage, found: ListedFinding) -> Iterator[tuple[str, str, str]]:
    """What a finding rests on: year, label and value."""
    context = Context(page.vintage, page.locale)
    for year, address, text in found.finding.values:
        seen = page.vintage.observation(address, year or page.state.year)
        known = seen is not None and amount_text(seen.value, seen.status, seen.qualifier) == text
        value = page.locale.value(seen) if known else shown_value(text)
        yield str(year or ""), label_at(address, context), value
