"""The findings of a year: what, where, and how to fix them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import groupby
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from reporter.check.time_series import EUROSTAT
from reporter.data.errors import LANGUAGE, OF_A_YEAR, DataError, Finding, ReporterError, WordedError
from reporter.data.files.published import published_years
from reporter.data.i18n import N_
from reporter.data.records import ChangedWords, Observation
from reporter.data.records.observation import amount_text
from reporter.data.write.applying import Step, correctable, step_of
from reporter.data.write.figure_fields import displayed_value, figure_of_path
from reporter.editions.all_findings import remark_finding
from reporter.editions.checked import OF_TEXT, passage_at
from reporter.exchange.word_remarks.reviewing import (
    ANSWER,
    DISMISSED,
    FiledRemark,
    deciding_remark,
    filed_remarks,
    remark_numbered,
    reopening_remark,
)
from reporter.workbench.findings.listed_findings import (
    ACCEPTED,
    Acceptance,
    FindingKind,
    ListedFinding,
    accepting,
    amendment_to_accept,
    file_to_accept,
    findings_to_accept,
    lines_written,
    listed_findings,
    plain_hint,
    reasons_printed,
    remedy_buttons,
    remedy_step,
    withdrawing,
)
from reporter.workbench.lists.form_inputs import FIELD_TITLES
from reporter.workbench.lists.listings import address_of_mark, listing_title, path_of_mark
from reporter.workbench.server.amending import write
from reporter.workbench.server.form_post import CONFLICT, SEE_OTHER, UNFIT, ask_person
from reporter.workbench.server.frame import YearPage, about_year, form_about_year
from reporter.workbench.texts.live_edition import field_address, figure_address
from reporter.workbench.texts.text_view import doubled_paragraph
from reporter.workbench.year.year_state import TextState, chapter_of_address, part_of_section, written_chapters

FIGURE, TEXT, FILE, LIST = N_("figure"), N_("text, {language}"), N_("file"), N_("list")


def place_of_finding(page: YearPage, finding: Finding, figure: str = "") -> tuple[str, str, str]:
    """A finding's title, kind and the page to fix it on, empty for the file only. `figure` is another entry to fix."""
    locale = page.locale
    if of_text := OF_TEXT.match(finding.mark.path):
        passage = passage_at(finding, page.state.data.passages)
        key, word = finding.remedy
        language = word if key == LANGUAGE else of_text[1]
        kind = locale.text(TEXT, language=locale.language_name(language))
        part = part_of_section(passage.section) if passage else None
        if part is None:
            return passage.section if passage else finding.mark.path, kind, ""
        return locale.text(part.title), kind, f"{page.base}/text/{language}/{part.code}"
    named = figure or finding.figure or _figure_at(page, finding)
    observation = next(_stated_at(page, finding, named), None)
    form = address_of_mark(page.reading.sources, finding.mark) if observation is None or observation.owner else ""
    if form:
        return _entry(page, finding, named), locale.text(FIGURE if observation else LIST), form
    if finding.remedy[0] == EUROSTAT:
        return locale.text(FIELD_TITLES[EUROSTAT]), locale.text(FIGURE), ""
    if not named and observation is None:
        is_broken = finding in page.state.unread and correctable(page.reading.sources, finding.mark.path)
        address = f"/file?path={quote(finding.mark.path)}" if is_broken else ""
        return finding.mark.path, locale.text(FILE), address
    # A finding about a part is listed under its figure.
    address = named or (observation.address if observation else "")
    field = _field(page, observation) if observation else ""
    return page.label(address, (finding.year,)), locale.text(FIGURE), field


def _figure_at(page: YearPage, finding: Finding) -> str:
    """The figure of a note or reason that a finding is about; empty for none."""
    if not OF_A_YEAR.fullmatch(finding.mark.path):
        return ""
    path = path_of_mark(page.reading.sources, finding.mark)
    entries = page.state.data.accepted if path[:1] == (ACCEPTED,) else ()
    before = [item for item in entries if item.mark.path == finding.mark.path and item.mark.line <= finding.mark.line]
    return before[-1].figure if before else figure_of_path(path)


def _entry(page: YearPage, finding: Finding, named: str) -> str:
    locale, path = page.locale, path_of_mark(page.reading.sources, finding.mark)
    if named:
        return page.label(named, (finding.year,))
    title = listing_title(finding.mark.path, path[0]) if path else ""
    return locale.text(title) if title else finding.mark.path


def _stated_at(page: YearPage, finding: Finding, figure: str) -> Iterator[Observation]:
    observations = page.vintage.index.values()
    yield from (observation for observation in observations if observation.mark == finding.mark)
    if figure:
        year = finding.year or page.state.year
        candidates = (page.vintage.observation(figure, either_year) for either_year in (year, page.state.year))
        yield from (observation for observation in candidates if observation)
        yield from (value for value in observations if value.figure == figure and value.year == year)


def _field(page: YearPage, observation: Observation) -> str:
    chapter = chapter_of_address(observation.indicator, page.state.data)
    field = field_address(observation, page.state.data)
    if "/figures/" in field and chapter in page.figure_chapters:
        return f"{field}#f-{quote(observation.address)}"
    return figure_address(observation, page.state.year)


def remarks_of(page: YearPage) -> tuple[FiledRemark, ...]:
    remarks: tuple[FiledRemark, ...] = ()
    # Unreadable files have findings of their own.
    with suppress(DataError):
        remarks = filed_remarks(page.reading.sources, page.state.country.code, page.state.year)
    return tuple(sorted(remarks, key=lambda filed: not filed.remark.is_open))


def finding_of(page: YearPage, filed: FiledRemark) -> Finding | None:
    finding = remark_finding(page.reading.sources, filed.received, filed.remark)
    return finding if filed.remark.file and finding.mark.path == filed.remark.file else None


def changed_figure(page: YearPage, change: ChangedWords) -> str:
    """The page of the figure whose printed value was changed; empty if the edition has none."""
    observation = page.vintage.observation(change.figure, change.year or page.state.year) if change.figure else None
    return figure_address(observation, page.state.year) if observation else ""


FINDINGS, EVERYTHING = "findings", ""
ELSEWHERE = "elsewhere"


def findings_page(
    page: YearPage,
    form: Mapping[str, str],
    *,
    box: Acceptance | None = None,
    lost: ReporterError | None = None,
    typed: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> Response:
    """The findings. `lost` explains why a finding is gone, `typed` is the reason written for it."""
    findings, show = listed_findings(page), form.get("show", "")
    chosen_findings = (row for row in findings if show in (EVERYTHING, row.kind, row.chapter or ELSEWHERE))
    return page.answer(
        "findings/findings.html",
        FINDINGS,
        status=status,
        found=findings,
        finding_kinds=tuple(FindingKind),
        chapters=written_chapters(),
        groups=[(kind, tuple(rows)) for kind, rows in groupby(chosen_findings, key=lambda row: row.kind)],
        place_of=lambda finding, figure="": place_of_finding(page, finding, figure),
        doubled=lambda finding: doubled_paragraph(page.reading.sources, finding),
        plain_hint=partial(plain_hint, page),
        remedy_buttons=lambda finding: remedy_buttons(page.reading, finding),
        value_of=lambda year, address, text: _value(page, year, address, text),
        published=published_years(page.reading.sources, page.state.country.code),
        remarks=remarks_of(page),
        finding_of=lambda filed: finding_of(page, filed),
        changed_figure=lambda change: changed_figure(page, change),
        undecided=page.state.texts.count(TextState.UNDECIDED),
        form=form,
        show=show,
        box=box,
        lost=lost,
        typed=typed,
    )


def accept_box(
    page: YearPage,
    listed_finding: ListedFinding,
    form: Mapping[str, str],
    *,
    problem: ReporterError | None = None,
    lacking: tuple[str, ...] = (),
) -> Acceptance:
    """The box to accept a finding. Where its reason is printed is worked out on request, by composing the edition."""
    wanted, written, printed = acceptance(page, listed_finding, form), None, None
    if form.get("act") == "look":
        old, state = wanted.before.entry if wanted.before else None, page.state
        printed = reasons_printed(page.reading, wanted.unsaid, old, state.country.code, state.year, page.locale)
    try:
        written = lines_written(page.reading.sources, amendment_to_accept(page.reading.sources, wanted))
    except ReporterError as stopped:
        problem = problem or stopped
    return replace(wanted, written=written, printed=printed, problem=problem, lacking=lacking)


def acceptance(page: YearPage, listed_finding: ListedFinding, form: Mapping[str, str]) -> Acceptance:
    """The acceptance in a form; without a form, the one for earlier values."""
    before = listed_finding.reason
    earlier = before.entry if before else None
    languages = page.state.dataset.settings.languages
    typed = {language: " ".join(form.get(f"reason.{language}", "").split()) for language in languages}
    if earlier and not any(f"reason.{language}" in form for language in languages):
        typed = {language: str(earlier.reason.text(language)) for language in languages}
    is_separate = "apart" in form if form else bool(earlier and not earlier.comparable)
    file = (
        before.entry.mark.path
        if before
        else file_to_accept(page.reading, listed_finding.finding, page.state.country.code, page.state.year)
    )
    return Acceptance(listed_finding.finding, file, typed, comparable=not is_separate, before=before)


def _value(page: YearPage, year: int, address: str, text: str) -> str:
    item = page.vintage.observation(address, year or page.state.year)
    is_unchanged = item is not None and amount_text(item.value, item.status, item.qualifier) == text
    return page.locale.value(item) if is_unchanged else displayed_value(text)


CHANGED = WordedError(
    N_("The finding changed since you opened it"),
    N_("Nothing was written. These are the current values: check them, then accept the finding."),
)
GONE = WordedError(
    N_("This finding no longer exists"), N_("Nothing was written. Your text is kept here; copy it if you need it.")
)
NOT_ACCEPTED = WordedError(
    N_("This finding cannot be accepted"),
    N_("Nothing was written. The finding needs no answer or is not printed: correct the cause."),
)
TAKEN_OUT = WordedError(
    N_("This reason is no longer in the file"),
    N_("Nothing was written: the reason was changed or removed meanwhile. Review it as it is now."),
)
SAY_WHY = WordedError(N_("Give the reason in every language of the report: each edition prints its own."), "")


@about_year
def show(page: YearPage) -> Response:
    asked = page.request.query_params
    wanted = asked.get("accept", "")
    listed_finding = _acceptable(page, wanted)
    if wanted and listed_finding is None:
        return findings_page(page, asked, lost=_why_not(page, wanted))
    return findings_page(page, asked, box=accept_box(page, listed_finding, {}) if listed_finding else None)


def _act(form: Mapping[str, str], page: YearPage) -> Response:
    """Act on a form of the page: show, accept, withdraw, or decide on a remark."""
    is_old = page.desk.unsure or page.reading is not page.desk.reading
    finding = next((row.finding for row in listed_findings(page) if row.name == form.get("finding")), None)
    if is_old and form.get("finding") and not (finding and _still_holds(page, finding)):
        page.desk.read_now()
        return about_year(partial(_act_on, form))(page.request)
    return _act_on(form, page)


def _still_holds(page: YearPage, finding: Finding) -> bool:
    """Whether its values are unchanged; for words, this is unknown until they are checked."""
    if finding.words or not finding.values:
        return False
    observations = (page.vintage.observation(address, year or page.state.year) for year, address, _ in finding.values)
    now = (amount_text(item.value, item.status, item.qualifier) if item else "" for item in observations)
    return all(text == value for text, (_, _, value) in zip(now, finding.values, strict=True))


# Findings on the latest edits come later.
accept = form_about_year(_act, fresh=True)


def _act_on(form: Mapping[str, str], page: YearPage) -> Response:
    if form.get("act") == "withdraw":
        return _withdraw(form, page)
    if form.get("act") == "remedy":
        return _remedy(form, page)
    if form.get("remark"):
        return decide_remark(form, page)
    listed_finding = _acceptable(page, form.get("finding", ""))
    if listed_finding is None:
        return _not_found(form, page)
    if form.get("act") == "look":
        return findings_page(page, form, box=accept_box(page, listed_finding, form))
    wanted = acceptance(page, listed_finding, form)
    lacking = tuple(language for language, words in wanted.reasons.items() if not any(map(str.isalpha, words)))
    if lacking:
        box = accept_box(page, listed_finding, form, problem=SAY_WHY, lacking=lacking)
        return findings_page(page, form, box=box, status=UNFIT)
    person = page.person
    if not person:
        return ask_person(page.request, form)
    outcome = write(page.desk, person, [accepting(page.reading, page.state.data, wanted)], decides=wanted.comparable)
    if outcome.problem:
        box = accept_box(page, listed_finding, form, problem=outcome.problem)
        response: Response = findings_page(page, form, box=box, status=UNFIT)
    elif outcome.conflict:
        response = about_year(partial(_not_found, form))(page.request)
    else:
        response = _back(page, form, listed_finding.name)
    return response


def _not_found(form: Mapping[str, str], page: YearPage) -> Response:
    """Explain why a finding to accept is gone. If its values changed, it can be accepted for the new ones."""
    named = (form.get("rule", ""), form.get("figure", ""), form.get("of", ""))
    rows = findings_to_accept(page)
    if now := [row for row in rows if (row.finding.code, row.finding.figure, str(row.finding.year or "")) == named]:
        return findings_page(page, form, box=accept_box(page, now[0], form, problem=CHANGED), status=CONFLICT)
    why, languages = _why_not(page, form.get("finding", "")), page.state.dataset.settings.languages
    typed = [(code, form[f"reason.{code}"]) for code in languages if form.get(f"reason.{code}", "").strip()]
    return findings_page(page, form, lost=why, typed=typed, status=UNFIT if why is NOT_ACCEPTED else CONFLICT)


def _withdraw(form: Mapping[str, str], page: YearPage) -> Response:
    digest = form.get("seen", "")
    own = next((row for row in listed_findings(page) if row.reason and row.reason.digest == digest), None)
    wanted = withdrawing(page.reading.sources, own.reason.entry.mark.path, digest) if own and own.reason else None
    if own is None or wanted is None:
        return findings_page(page, form, lost=TAKEN_OUT, status=CONFLICT)
    return _written(form, page, step_of(wanted), own.name)


def _remedy(form: Mapping[str, str], page: YearPage) -> Response:
    item = next((row for row in listed_findings(page) if row.name == form.get("finding")), None)
    step = remedy_step(page.reading, item.finding, page.vintage.catalogue, form.get("button", "")) if item else None
    if item is None or step is None:
        return findings_page(page, form, lost=GONE, status=CONFLICT)
    return _written(form, page, step, item.name, remedied=item.finding)


def _written(
    form: Mapping[str, str], page: YearPage, step: Step, name: str, *, remedied: Finding | None = None
) -> Response:
    person, back = page.person, form.get("back", "")
    if not person:
        return ask_person(page.request, form)
    outcome = write(page.desk, person, [step])
    if outcome.conflict:
        return findings_page(page, form, lost=TAKEN_OUT, status=CONFLICT)
    if outcome.problem:
        return findings_page(page, form, lost=outcome.problem, status=UNFIT)
    if remedied:
        page.desk.forget(remedied)
    is_sheet = back.startswith(f"{page.base}/figures/")
    return RedirectResponse(back, SEE_OTHER) if is_sheet else _back(page, form, name)


def _acceptable(page: YearPage, name: str) -> ListedFinding | None:
    return next((listed_finding for listed_finding in findings_to_accept(page) if listed_finding.name == name), None)


def _why_not(page: YearPage, name: str) -> WordedError:
    return NOT_ACCEPTED if any(listed_finding.name == name for listed_finding in listed_findings(page)) else GONE


def _back(page: YearPage, form: Mapping[str, str], name: str) -> Response:
    chosen, kinds = form.get("show", ""), {str(kind) for kind in FindingKind}
    query = f"?show={chosen}" if chosen and chosen not in kinds and chosen.replace("_", "").isalnum() else ""
    return RedirectResponse(f"{page.base}/findings{query}#f-{name}", SEE_OTHER)


MEANWHILE = N_("Another user decided on this remark meanwhile")
AGAIN = N_("Nothing was written. Your text is kept here; review the remark as it is now.")
KINDS = {"answer": ANSWER, "dismiss": DISMISSED}


def decide_remark(form: Mapping[str, str], page: YearPage) -> Response:
    person, number, act = page.person, form.get("remark", ""), form.get("act", "")
    words, state, show = " ".join(form.get("words", "").split()), page.state, form.get("show", "")
    if act in KINDS and not any(map(str.isalnum, words)):
        return findings_page(page, form, status=UNFIT)
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
    query = f"?show={show}" if show.replace("_", "").isalnum() else ""
    return RedirectResponse(f"{page.base}/findings{query}#remark-{number}", SEE_OTHER)


def _meanwhile(form: Mapping[str, str], page: YearPage) -> Response:
    words = " ".join(form.get("words", "").split())
    lost, typed = WordedError(MEANWHILE, AGAIN if words else ""), [(page.locale.language, words)] if words else []
    return findings_page(page, {"show": form.get("show", "")}, lost=lost, typed=typed, status=CONFLICT)
