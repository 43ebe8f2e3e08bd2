"""The findings of a year: what, where, and what mends them."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.context import Context
from reporter.edit.applying import correctable
from reporter.edit.figure_fields import shown_value
from reporter.edit.written_steps import Step, step_of
from reporter.edition.all_findings import STOPS_PUBLIC, remark_finding
from reporter.edition.checked import OF_TEXT, passage_at
from reporter.errors import DataError, Finding, ReporterError, Severity
from reporter.files.published import published_years
from reporter.files.sources import DATA, Sources
from reporter.i18n import N_
from reporter.i18n.problem_words import said_problem
from reporter.intake.remarks.deciding_remarks import (
    ANSWER,
    DISMISSED,
    FiledRemark,
    deciding_remark,
    filed_remarks,
    remark_numbered,
    reopening_remark,
)
from reporter.load.wording_blocks import LINE
from reporter.load.yaml_tree import decode
from reporter.model import ChangedWords, Observation
from reporter.model.observation import amount_text
from reporter.sections.finding_words import plain_words_of, problem_words
from reporter.sections.retold import label_at
from reporter.web.amending import told_time, write
from reporter.web.chapter_places import chapter_of_address, part_of_section, written_chapters
from reporter.web.desk import Desk
from reporter.web.figure_sheet import chapters_with_figures
from reporter.web.form_fields import read_form
from reporter.web.forms.listings import address_of_mark, listed_file, path_of_mark
from reporter.web.frame import YearPage, about_year
from reporter.web.kept_form import ask_person, person_of, remember_person
from reporter.web.listed_findings import (
    Acceptance,
    FindingKind,
    ListedFinding,
    PrintedReason,
    WrittenLines,
    accepting,
    amendment_to_accept,
    file_to_accept,
    findings_to_accept,
    lines_written,
    listed_findings,
    reasons_printed,
    remedy_button,
    remedy_step,
    withdrawing,
)
from reporter.web.live_edition import field_address, figure_address
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
    sources, state, written = page.reading.sources, page.state, None
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


def _values(page: YearPage, found: ListedFinding) -> Iterator[tuple[str, str, str]]:
    """What a finding rests on: year, label and value."""
    context = Context(page.vintage, page.locale)
    for year, address, text in found.finding.values:
        seen = page.vintage.observation(address, year or page.state.year)
        known = seen is not None and amount_text(seen.value, seen.status, seen.qualifier) == text
        value = page.locale.value(seen) if known else shown_value(text)
        yield str(year or ""), label_at(address, context), value


SEE_OTHER, CONFLICT, UNFIT = 303, 409, 422
CHANGED = (
    N_("The finding changed since you opened it"),
    N_("Nothing was written. These are its values now: read them, then accept it for them."),
)
GONE = (
    N_("This finding is not there any more"),
    N_("Nothing was written. What you typed stands here; copy it where you need it."),
)
NOT_ACCEPTED = (
    N_("This finding cannot be accepted"),
    N_("Nothing was written. It asks for nothing, or nothing of it is printed: mend it where it stands."),
)
TAKEN_OUT = (
    N_("This reason does not stand in the file any more"),
    N_("Nothing was written: somebody changed it or took it out meanwhile. Look at it as it is now."),
)
SAY_WHY = N_("Say why in every language of the report: each edition prints the reason in its own.")


@about_year
def show(page: YearPage) -> Response:
    asked = page.request.query_params
    wanted = asked.get("accept", "")
    found = _acceptable(page, wanted)
    if wanted and found is None:
        return findings_page(page, asked.get("show", ""), lost=_lost(page, _why_not(page, wanted), {}))
    box = accept_box(page, found, {}) if found else None
    return findings_page(page, asked.get("show", ""), box=box)


async def accept(request: Request) -> Response:
    """Do what a form of the page says: show, accept, or take back."""
    form = await read_form(request)
    desk: Desk = request.app.state.desk
    # It acts on the files as they are now. What is found in what was just written comes later.
    await run_in_threadpool(desk.read_if_changed)
    return await run_in_threadpool(about_year(partial(_act, form)), request)


def _act(form: Mapping[str, str], page: YearPage) -> Response:
    name = form.get("finding", "")
    is_old = page.desk.unsure or page.reading is not page.desk.reading
    if name and is_old and not _still_holds(page, name):
        page.desk.read_now()
        return about_year(partial(_act_on, form))(page.request)
    return _act_on(form, page)


def _still_holds(page: YearPage, name: str) -> bool:
    """Whether a finding is about values that are there still; of words nobody knows before they are checked."""
    found = next((each.finding for each in listed_findings(page) if each.name == name), None)
    if found is None or found.words or not found.values:
        return False
    seen = (page.vintage.observation(address, year or page.state.year) for year, address, _ in found.values)
    now = (amount_text(each.value, each.status, each.qualifier) if each else "" for each in seen)
    return all(text == value for text, (_, _, value) in zip(now, found.values, strict=True))


def _act_on(form: Mapping[str, str], page: YearPage) -> Response:
    if form.get("act") == "withdraw":
        return _withdraw(form, page)
    if form.get("act") == "remedy":
        return _remedy(form, page)
    if form.get("remark"):
        return decide_remark(form, page)
    chosen, found = form.get("show", ""), _acceptable(page, form.get("finding", ""))
    if found is None:
        return _not_found(form, page)
    if form.get("act") == "look":
        return findings_page(page, chosen, box=accept_box(page, found, form))
    wanted = acceptance(page, found, form)
    lacking = tuple(each for each, words in wanted.reasons.items() if not any(map(str.isalpha, words)))
    if lacking:
        box = accept_box(page, found, form, problem=(page.locale.text(SAY_WHY), ""), lacking=lacking)
        return findings_page(page, chosen, box=box, status=UNFIT)
    person = person_of(page.request, form)
    if not person:
        return ask_person(page.request, form)
    steps = [accepting(page.reading, page.state.data, wanted)]
    outcome = write(page.desk, person, steps, decides=wanted.comparable)
    if outcome.problem:
        told = said_problem(str(outcome.problem).partition("\n")[0], page.locale)
        box = accept_box(page, found, form, problem=(told, said_problem(outcome.problem.hint, page.locale)))
        response: Response = findings_page(page, chosen, box=box, status=UNFIT)
    elif outcome.conflict:
        response = about_year(partial(_not_found, form))(page.request)
    else:
        response = _back(page, chosen, found.name)
    return remember_person(page.request, response, person)


def _not_found(form: Mapping[str, str], page: YearPage) -> Response:
    """Say what became of a finding that somebody wanted to accept. Where it has other values now, it can be accepted
    for these."""
    chosen, name = form.get("show", ""), form.get("finding", "")
    named = (form.get("rule", ""), form.get("figure", ""), form.get("of", ""))
    known = findings_to_accept(page)
    now = [each for each in known if (each.finding.code, each.finding.figure, str(each.finding.year or "")) == named]
    if now:
        words = tuple(map(page.locale.text, CHANGED))
        box = accept_box(page, now[0], form, problem=(words[0], words[1]))
        return findings_page(page, chosen, box=box, status=CONFLICT)
    why = _why_not(page, name)
    status = UNFIT if why is NOT_ACCEPTED else CONFLICT
    return findings_page(page, chosen, lost=_lost(page, why, form), status=status)


def _withdraw(form: Mapping[str, str], page: YearPage) -> Response:
    chosen, seen = form.get("show", ""), form.get("seen", "")
    own = next((each for each in listed_findings(page) if each.reason and each.reason.seen == seen), None)
    wanted = withdrawing(page.reading.sources, own.reason.entry.mark.path, seen) if own and own.reason else None
    if own is None or wanted is None:
        return findings_page(page, chosen, lost=_lost(page, TAKEN_OUT, {}), status=CONFLICT)
    return _written(form, page, step_of(wanted), own.name)


def _remedy(form: Mapping[str, str], page: YearPage) -> Response:
    """Write what a finding advises."""
    found = next((each for each in listed_findings(page) if each.name == form.get("finding")), None)
    step = remedy_step(page.reading, found.finding, page.vintage.catalogue) if found else None
    if found is None or step is None:
        return findings_page(page, form.get("show", ""), lost=_lost(page, GONE, {}), status=CONFLICT)
    return _written(form, page, step, found.name, remedied=found.finding)


def _written(
    form: Mapping[str, str], page: YearPage, step: Step, name: str, *, remedied: Finding | None = None
) -> Response:
    person, chosen = person_of(page.request, form), form.get("show", "")
    if not person:
        return ask_person(page.request, form)
    outcome = write(page.desk, person, [step])
    if outcome.conflict:
        response: Response = findings_page(page, chosen, lost=_lost(page, TAKEN_OUT, {}), status=CONFLICT)
    elif outcome.problem:
        told = said_problem(str(outcome.problem).partition("\n")[0], page.locale)
        lost = LostReason(told, said_problem(outcome.problem.hint, page.locale))
        response = findings_page(page, chosen, lost=lost, status=UNFIT)
    else:
        if remedied:
            page.desk.forget(remedied)
        sheets = f"/{page.state.country.code}/{page.state.year}/figures/"
        back = form.get("back", "")
        response = RedirectResponse(back, SEE_OTHER) if back.startswith(sheets) else _back(page, chosen, name)
    return remember_person(page.request, response, person)


def _acceptable(page: YearPage, name: str) -> ListedFinding | None:
    return next((each for each in findings_to_accept(page) if each.name == name), None)


def _why_not(page: YearPage, name: str) -> tuple[str, str]:
    return NOT_ACCEPTED if any(each.name == name for each in listed_findings(page)) else GONE


def _lost(page: YearPage, why: tuple[str, str], form: Mapping[str, str]) -> LostReason:
    languages = page.state.dataset.settings.languages
    typed = tuple((each, form[f"reason.{each}"]) for each in languages if form.get(f"reason.{each}", "").strip())
    return LostReason(page.locale.text(why[0]), page.locale.text(why[1]), typed)


def _back(page: YearPage, chosen: str, name: str) -> Response:
    kinds = {str(each) for each in FindingKind}
    query = f"?show={chosen}" if chosen and chosen not in kinds and chosen.replace("_", "").isalnum() else ""
    return RedirectResponse(f"/{page.state.country.code}/{page.state.year}/findings{query}#f-{name}", SEE_OTHER)


SAY_SO = N_("Say it in a few words: whoever comes after you reads them.")
MEANWHILE = N_("Somebody decided on this remark meanwhile")
AGAIN = N_("Nothing was written. What you typed stands here; look at the remark as it is now.")
KINDS = {"answer": ANSWER, "dismiss": DISMISSED}


def decide_remark(form: Mapping[str, str], page: YearPage) -> Response:
    person, number, act = person_of(page.request, form), form.get("remark", ""), form.get("act", "")
    words, state = " ".join(form.get("words", "").split()), page.state
    if act in KINDS and not any(map(str.isalnum, words)):
        trouble = RemarkTrouble(number, page.locale.text(SAY_SO), form.get("words", ""))
        return findings_page(page, form.get("show", ""), remark_trouble=trouble, status=UNFIT)
    if not person:
        return ask_person(page.request, form)
    try:
        filed = remark_numbered(filed_remarks(page.reading.sources, state.country.code, state.year), number)
        if filed.remark.is_open is not (act in KINDS):
            return _meanwhile(form, page)
        by = person, page.desk.today().isoformat()
        steps = deciding_remark(filed, KINDS[act], words, by) if act in KINDS else reopening_remark(filed)
        outcome = write(page.desk, person, steps, decides=True)
    except ReporterError:
        return about_year(partial(_meanwhile, form))(page.request)
    if outcome.conflict or outcome.problem:
        return about_year(partial(_meanwhile, form))(page.request)
    show = form.get("show", "")
    query = f"?show={show}" if show.replace("_", "").isalnum() else ""
    place = f"/{state.country.code}/{state.year}/findings{query}#remark-{number}"
    return remember_person(page.request, RedirectResponse(place, SEE_OTHER), person)


def _meanwhile(form: Mapping[str, str], page: YearPage) -> Response:
    words, locale = " ".join(form.get("words", "").split()), page.locale
    lost = LostReason(
        locale.text(MEANWHILE), locale.text(AGAIN if words else ""), ((locale.language, words),) if words else ()
    )
    return findings_page(page, form.get("show", ""), lost=lost, status=CONFLICT)
