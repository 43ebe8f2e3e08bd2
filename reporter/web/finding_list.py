"""The page of the findings: what the template is given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from starlette.responses import Response

from reporter.context import Context
from reporter.edit.figure_fields import shown_value
from reporter.edition.all_findings import STOPS_PUBLIC
from reporter.errors import Finding, ReporterError, Severity
from reporter.files.published import published_years
from reporter.files.sources import Sources
from reporter.load.wording_blocks import LINE
from reporter.load.yaml_tree import decode
from reporter.model.observation import amount_text
from reporter.sections.finding_words import plain_words_of, said_in_english
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
from reporter.web.chapter_places import written_chapters
from reporter.web.figure_sheet import chapters_with_figures
from reporter.web.figure_view import sheet_address
from reporter.web.frame import YearPage
from reporter.web.listed_findings import FindingKind, ListedFinding, listed_findings
from reporter.web.remark_rows import RemarkTrouble, changed_figure, finding_of, place_of_finding, remarks_of
from reporter.web.year_state import TextState

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
    are the lines that it writes, or `problem` says why it cannot; `printed` are the places for each language. `lacking`
    are the languages without a reason."""

    name: str
    title: str
    wanted: Acceptance
    values: tuple[tuple[str, str, str], ...]
    written: WrittenLines | None
    printed: Mapping[str, tuple[PrintedReason, ...]]
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
        first_sheet=_first_open_sheet(page),
        groups=[(kind, tuple(rows)) for kind, rows in groupby(shown, key=lambda each: each.kind)],
        words_of=lambda finding: page.locale.opened(plain_words_of(finding, context)),
        place_of=lambda finding, figure="": place_of_finding(page, finding, figure),
        doubled=lambda finding: doubled_paragraph(page.reading.sources, finding),
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
    sources, state, written = page.reading.sources, page.state, None
    try:
        written = lines_written(sources, amendment_to_accept(sources, wanted))
    except ReporterError as stopped:
        problem = problem or (said_in_english(stopped.message, Context(page.vintage, page.locale)), stopped.hint)
    return AcceptBox(
        name=found.name,
        title=place_of_finding(page, found.finding).title,
        wanted=wanted,
        values=tuple(_values(page, found)),
        written=written,
        printed=reasons_printed(page.reading, wanted, state.country.code, state.year, page.locale),
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


def _first_open_sheet(page: YearPage) -> str:
    """The address of the first sheet with an open figure; empty where none is open."""
    state, sheets = page.state, chapters_with_figures(page)
    if not (state.figures.count(False) and sheets):
        return ""
    first = next((each.code for each in state.chapters if each.open_figures and each.code in sheets), sheets[0])
    return sheet_address(page, first)


def _values(page: YearPage, found: ListedFinding) -> Iterator[tuple[str, str, str]]:
    """What a finding rests on: year, label and value."""
    context = Context(page.vintage, page.locale)
    for year, address, text in found.finding.values:
        seen = page.vintage.observation(address, year or page.state.year)
        known = seen is not None and amount_text(seen.value, seen.status, seen.qualifier) == text
        value = page.locale.value(seen) if known else shown_value(text)
        yield str(year or ""), label_at(address, context), value
