"""The page of the findings: what the template is given."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from reporter.context import Context
from reporter.edit.figure_fields import shown_value
from reporter.edition.all_findings import STOPS_PUBLIC
from reporter.errors import Finding, ReporterError, Severity
from reporter.files.published import published_years
from reporter.files.sources import Sources
from reporter.i18n import N_, NN_, Locale
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
from reporter.web.listed_findings import FindingKind, ListedFinding, finding_name, listed_findings
from reporter.web.remark_rows import FindingPlace, RemarkRow, RemarkTrouble, place_of_finding, remark_rows
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
ELSEWHERE, ELSEWHERE_TITLE = "elsewhere", N_("Files and settings")
KINDS: Mapping[FindingKind, tuple[str, str]] = {
    FindingKind.ERROR: (N_("Errors"), N_("to be mended or, where it says so, accepted")),
    FindingKind.FALLEN: (N_("Reasons for other values"), N_("not printed any more: look whether they still hold")),
    FindingKind.WARNING: (N_("Warnings"), N_("each asks for an answer")),
    FindingKind.NOTE: (N_("Notes"), N_("ask for nothing")),
    FindingKind.ACCEPTED: (N_("Accepted"), N_("with the reason that the report prints")),
    FindingKind.REMARK: (N_("Remarks"), N_("what reviewers said in a Word file; no report tells of them")),
}
MARKS = {
    FindingKind.ERROR: "error",
    FindingKind.FALLEN: "error",
    FindingKind.WARNING: "warning",
    FindingKind.NOTE: "note",
    FindingKind.ACCEPTED: "done",
    FindingKind.REMARK: "note",
}
NUMBER = NN_("{n} finding is to be mended", "{n} findings are to be mended")


@dataclass(frozen=True, slots=True)
class FilterLine:
    """A choice of what is shown, and how many there are."""

    words: str
    address: str
    number: int
    mark: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as the page shows it. `reason` is why it was accepted, `by` who said so and when. `accept` is the name
    of the finding that can be accepted, and `withdraw` the digest of the reason that can be taken out of its `file`.
    `doubled` is its paragraph, written for both audiences, where it stops the public edition alone."""

    name: str
    mark: str
    words: str
    hint: str
    place: FindingPlace
    line: str
    reason: str = ""
    by: str = ""
    accept: str = ""
    withdraw: str = ""
    file: str = ""
    doubled: str = ""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one kind."""

    kind: FindingKind
    title: str
    note: str
    rows: tuple[FindingRow, ...]


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
    """The findings of a year, as they were asked for."""
    locale, found = page.locale, listed_findings(page)
    shown = tuple(each for each in found if show in (EVERYTHING, each.kind, each.chapter or ELSEWHERE))
    remarks = tuple(remark_rows(page))
    number = len(page.state.findings)
    title = locale.count(*NUMBER, number) if number else locale.text("Nothing is to be mended")
    return page.answer(
        "findings.html",
        FINDINGS,
        status=status,
        title=title,
        kinds=(*_kinds(found, locale, show), *_remarks(remarks, locale, show)),
        chapters=tuple(_chapters(page, found, show)),
        waiting=tuple(_waiting(page)),
        groups=tuple(_groups(page, shown)),
        remarks=remarks if show in (EVERYTHING, FindingKind.REMARK) else (),
        remarks_title=page.locale.put("{}, {}", locale.text(KINDS[FindingKind.REMARK][0]), locale.number(len(remarks))),
        remark_trouble=remark_trouble,
        remarks_note=locale.text(KINDS[FindingKind.REMARK][1]),
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
    """The box for a finding, with what was typed into it."""
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


def _kinds(found: Sequence[ListedFinding], locale: Locale, show: str) -> Iterator[FilterLine]:
    yield FilterLine(locale.text("All"), "?", len(found), is_here=show == EVERYTHING)
    for kind, (words, _) in KINDS.items():
        number = sum(each.kind is kind for each in found)
        if number or kind not in (FindingKind.FALLEN, FindingKind.REMARK):
            yield FilterLine(locale.text(words), f"?show={kind}", number, MARKS[kind], is_here=show == kind)


def _remarks(remarks: Sequence[RemarkRow], locale: Locale, show: str) -> Iterator[FilterLine]:
    kind = FindingKind.REMARK
    if remarks:
        number = sum(each.is_open for each in remarks)
        yield FilterLine(locale.text(KINDS[kind][0]), f"?show={kind}", number, MARKS[kind], is_here=show == kind)


def _chapters(page: YearPage, found: Sequence[ListedFinding], show: str) -> Iterator[FilterLine]:
    titles = {each.code: each.title for each in written_chapters()} | {"": ELSEWHERE_TITLE}
    for code, title in titles.items():
        number = sum(each.chapter == code for each in found)
        if number:
            name = code or ELSEWHERE
            yield FilterLine(page.locale.text(title), f"?show={name}", number, is_here=show == name)


def _waiting(page: YearPage) -> Iterator[FilterLine]:
    """What is open and no finding: figures and texts."""
    state, locale = page.state, page.locale
    here = f"/{state.country.code}/{state.year}"
    sheets = chapters_with_figures(page)
    if state.figures.count(False) and sheets:
        first = next((each.code for each in state.chapters if each.open_figures and each.code in sheets), sheets[0])
        yield FilterLine(locale.text("Figures open"), sheet_address(page, first), state.figures.count(False))
    if undecided := state.texts.count(TextState.UNDECIDED):
        yield FilterLine(locale.text("Texts to decide"), f"{here}/text", undecided)


def _groups(page: YearPage, found: Iterable[ListedFinding]) -> Iterator[FindingGroup]:
    context, locale = Context(page.vintage, page.locale), page.locale
    rows: dict[FindingKind, list[FindingRow]] = {}
    for each in found:
        rows.setdefault(each.kind, []).append(_row(page, each, context))
    for kind, of_kind in rows.items():
        words, note = KINDS[kind]
        title = locale.put("{}, {}", locale.text(words), locale.number(len(of_kind)))
        yield FindingGroup(kind, title, locale.text(note), tuple(of_kind))


def _row(page: YearPage, each: ListedFinding, context: Context) -> FindingRow:
    finding, reason, locale = each.finding, each.reason, page.locale
    edit = reason.edit if reason else None
    accept = each.back or (finding if finding.is_acceptable else None)
    return FindingRow(
        name=each.name,
        mark=MARKS[each.kind],
        words=locale.opened(plain_words_of(finding, context)),
        hint="" if each.kind is FindingKind.ACCEPTED else finding.hint,
        place=place_of_finding(page, finding, reason.entry.figure if reason else ""),
        line=f"{finding.mark.path}:{finding.mark.line}",
        reason=reason.entry.reason.text(locale.language) if reason else "",
        by=locale.joined(", ", filter(None, (edit.person, told_time(edit, locale)))) if edit else "",
        accept=finding_name(accept) if accept else "",
        withdraw=reason.seen if reason else "",
        file=reason.entry.mark.path if reason else "",
        doubled=doubled_paragraph(page.reading.sources, finding),
    )


def _values(page: YearPage, found: ListedFinding) -> Iterator[tuple[str, str, str]]:
    """What a finding rests on: year, label and value."""
    context = Context(page.vintage, page.locale)
    for year, address, text in found.finding.values:
        seen = page.vintage.observation(address, year or page.state.year)
        known = seen is not None and amount_text(seen.value, seen.status, seen.qualifier) == text
        value = page.locale.value(seen) if known else shown_value(text)
        yield str(year or ""), label_at(address, context), value
