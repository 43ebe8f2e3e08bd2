"""Withheld figures: decisions, proposals, and whether the protection is sufficient."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from reporter.data.errors import ReporterError, WordedError
from reporter.data.files.published import published_years
from reporter.data.files.sources import DATA, Sources, list_checksum
from reporter.data.i18n import N_, Locale
from reporter.data.read.yaml_tree import Keys, decode, read_yaml
from reporter.data.read.year import protection_file
from reporter.data.records import (
    Because,
    Confidentiality,
    Decision,
    Observation,
    Protection,
    Qualifier,
    RoundedFigure,
    Vintage,
    is_given,
    is_hidden,
    is_withheld,
)
from reporter.data.records.observation import Key
from reporter.data.write.amendment import NOTHING, Amendment, Conflict, slice_digest, slice_of
from reporter.data.write.applying import Step, WriteOutcome, Writer, rewrite, step_of
from reporter.data.write.yaml_format import Value
from reporter.figures.withhold.decisions import HEAD, ROUNDED, SEED, WITHHELD, decide, view_of
from reporter.figures.withhold.primary_suppression import weight_of
from reporter.figures.withhold.protection import ProtectionPlan, ReadersView, WithheldCell
from reporter.figures.withhold.solver import require_solver
from reporter.report.context import Context
from reporter.report.sections.quality import label_at
from reporter.workbench.server.amending import write
from reporter.workbench.server.background_jobs import Finished, Task
from reporter.workbench.server.form_post import CONFLICT, SEE_OTHER, UNFIT, ask_person
from reporter.workbench.server.frame import YearPage, about_year, form_about_year
from reporter.workbench.server.workspace_reader import Reading
from reporter.workbench.texts.live_edition import field_address

# Why a value is withheld, in a word or two; `meaning` says it in a sentence.
SIGNS: Mapping[Because, str] = {
    Because.SMALL: N_("withheld: small count"),
    Because.ZERO: N_("withheld: disclosive zero"),
    Because.PROTECTS: N_("withheld: protects {names}"),
    Because.LOT: N_("withheld: chosen at random"),
    Because.CHOSEN: N_("withheld: by decision"),
}
WITHOUT = N_("If it were public, {names} could be derived.")
# The rest of a table, stated by none of its parts.
ANOTHER = N_("another value that is withheld")
CODES: Mapping[Confidentiality, str] = {
    Confidentiality.CONFIDENTIAL: N_("Marked in its file as confidential."),
    Confidentiality.NOT_FOR_PUBLICATION: N_("Marked in its file for internal use."),
    Confidentiality.PRIMARY: N_("Marked in its file as a small count that could identify a person."),
    Confidentiality.SECONDARY: N_("Marked in its file: another withheld value could be derived from it."),
}
BY_SOURCE, IN_FILE, IS_READ_AS = N_("masked by the source"), N_("withheld: marked in its file"), N_("rounded: {value}")
MASKED = N_("The source does not disclose the number; it is unknown here.")
IS_ROUNDED = N_("The public sees {value}: a multiple of five, which hides the exact number.")


class Withholding:
    """The withheld values of an edition. `protections` are those of all editions: later ones apply to its year, too."""

    def __init__(self, vintage: Vintage, protections: Iterable[Protection], locale: Locale) -> None:
        self.known, self.locale = vintage, locale
        self._context = Context(vintage, locale)
        self._decided: dict[Key, tuple[Protection, Decision]] = {}
        self._rounded: dict[Key, tuple[Protection, RoundedFigure]] = {}
        for one in protections:
            self._decided |= {(decision.figure, decision.year): (one, decision) for decision in one.withheld}
            self._rounded |= {(entry.figure, entry.year): (one, entry) for entry in one.rounded}

    def sign(self, observation: Observation) -> str:
        """What is withheld of a value, in a word or two; empty if it is public."""
        if pair := self.decision(observation):
            names = self.locale.listed(self._short(address) for address in pair[1].protects)
            return self.locale.text(SIGNS[pair[1].because], names=names or self.locale.text(ANOTHER))
        if is_hidden(observation):
            return self.locale.text(BY_SOURCE)
        if is_withheld(observation):
            return self.locale.text(IN_FILE)
        printed = self.printed(observation)
        return self.locale.text(IS_READ_AS, value=printed) if printed else ""

    def words(self, value: Observation) -> str:
        """Why a value is withheld, or its public replacement."""
        if pair := self.decision(value):
            return self.why(pair[1].because, pair[1].protects)
        if is_withheld(value):
            return self.locale.text(MASKED if is_hidden(value) else CODES[value.confidentiality])
        return self.locale.text(IS_ROUNDED, value=self.printed(value))

    def edition(self, value: Observation) -> int:
        """The year in whose file of decisions a value is decided; 0 for none."""
        pair = self.decision(value) or (None if is_withheld(value) else self._rounded.get((value.address, value.year)))
        return pair[0].edition if pair else 0

    def rests(self, cell: Observation) -> str:
        """The values withheld for the sake of this one."""
        one = (self.decision(cell) or (None,))[0]
        others = one.withheld if one else ()
        return self._listed(item.figure for item in others if item.year == cell.year and cell.address in item.protects)

    def printed(self, observation: Observation) -> str:
        pair = self._rounded.get((observation.address, observation.year))
        if pair is None or is_withheld(observation):
            return ""
        return self.locale.spoken(replace(observation, value=Decimal(pair[1].value), qualifier=Qualifier.ABOUT))

    def why(self, because: Because, protects: tuple[str, ...]) -> str:
        names = self._listed(protects)
        return self.locale.text(WITHOUT, names=names) if names else self.locale.text(because.meaning)

    def decision(self, value: Observation) -> tuple[Protection, Decision] | None:
        """The decision that withholds a value, with its edition; None for none."""
        pair = self._decided.get((value.address, value.year))
        # A rule in the file itself takes precedence; an open value has no decision.
        return pair if pair and not is_hidden(value) and pair[1].because.code is value.confidentiality else None

    def _listed(self, addresses: Iterable[str]) -> str:
        return self.locale.listed(self.locale.inside(label_at(address, self._context)) for address in addresses)

    def _short(self, address: str) -> str:
        member = self.known.catalogue.split(address)[2]
        if member is None:
            return label_at(address, self._context)
        return self.locale.inside(member.label.text(self.locale.language))


def decision_name(figure: str, year: int) -> str:
    return f"d-{year}-{quote(figure)}"


REASON = "reason"
# Years stay in their order, whichever they are.
CENTURY = 100


def chosen_step(country: str, edition: int, key: Key, value: Mapping[str, Value], order: tuple[str, ...]) -> Step:
    """Withhold an undecided value. The figures of a year are in `order`."""
    file, path = protection_file(country, edition), _path(key)

    def step(sources: Sources) -> Amendment | Conflict | None:
        text = _text(sources, file)
        depth = next((length for length in (1, 2) if not slice_of(text, file, path[:length])), len(path))
        new_value: Value = dict(value)
        for name in reversed(path[depth:]):
            new_value = {name: new_value}
        years = tuple(str(year) for year in range(edition - CENTURY, edition + 1))
        key_order = {1: (SEED, WITHHELD, ROUNDED), 2: years}.get(depth, order)
        return Amendment(file=file, path=path[:depth], value=new_value, digest=NOTHING, order=key_order, whole=HEAD)

    return step


def removal_step(country: str, edition: int, key: Key, digest: str) -> Step:
    file, path = protection_file(country, edition), _path(key)

    def step(sources: Sources) -> Amendment | Conflict | None:
        text = _text(sources, file)
        if slice_digest(slice_of(text, file, path)) != digest:
            return Conflict(file, path, None, theirs=slice_of(text, file, path))
        inside: object = read_yaml(sources, file).data
        depth = 1
        for at, name in enumerate(path):
            is_shared = isinstance(inside, Mapping) and len(inside) > 1
            depth = at + 1 if at and is_shared else depth
            inside = inside.get(name) if isinstance(inside, Mapping) else None
        # The file keeps its key even when empty.
        left: Value | None = {} if depth == 1 else None
        return Amendment(file, path[:depth], left, slice_digest(slice_of(text, file, path[:depth])))

    return step


def _path(key: Key) -> Keys:
    figure, year = key
    return WITHHELD, str(year), figure


def _text(sources: Sources, file: str) -> str:
    return decode(sources.find(file).content, file) if file in sources else HEAD


NO_FORM: Mapping[str, str] = {}
LACKING = N_("Working out what readers could derive needs the package {package}, which is not installed.")
REMEDY = N_('Install it: pip install "reporter[{extra}]". Decisions are shown all the same.')


@dataclass(frozen=True, slots=True)
class JudgedEdition:
    """Further values to withhold, and what readers can derive `now` and `after` they are withheld. `text` is the new
    file, `before` the present one, None without one. `idle` are needless decisions, `left` unprotected small counts."""

    path: str
    before: str | None
    text: str
    plan: ProtectionPlan
    now: ReadersView
    after: ReadersView
    width: int
    idle: tuple[Key, ...]
    left: frozenset[Key]


def judging_task(reading: Reading, country: str, year: int) -> Task:
    sources, digest = _files(reading, country)
    return Task(("withheld", country, year), f"withheld-{country}-{year}-{digest}", judge, (sources, country, year))


@lru_cache(maxsize=16)
def _files(reading: Reading, country: str) -> tuple[Sources, str]:
    """What decides on the values that are withheld. Texts do not: who writes one need not wait for the solver again."""
    folder = f"{DATA}/{country}/"
    own = reading.sources.only(
        lambda path: (
            not path.startswith(f"{DATA}/")
            or path.count("/") == 1
            or (path.startswith(folder) and not path.startswith(f"{folder}text/"))
        )
    )
    return own, list_checksum({path: file.sha256 for path, file in own.items()})[:24]


def judge(sources: Sources, country: str, year: int) -> JudgedEdition:
    """Judge an edition as `reporter protect` does. Raises ReporterError if it cannot be read, or without the solver."""
    require_solver(LACKING, REMEDY)
    decided = decide(sources, country, year)
    return JudgedEdition(
        path=decided.path,
        before=decided.before,
        text=decided.text,
        plan=decided.plan,
        now=view_of(sources, country, year),
        after=decided.view,
        width=decided.vintage.settings.disclosure.width,
        idle=tuple((decision.figure, decision.year) for decision in decided.idle),
        left=decided.open_counts,
    )


# Seconds that a request waits, so that a finished page is shown at once.
PATIENCE = 0.2


# A value that is withheld, or should be; the reason; the digest of its entry in the file, empty for a proposal; and
# that of a person's words.
DecidedValue = tuple[Observation, Decision | WithheldCell, str, str]


def judged(page: YearPage) -> Finished | None:
    """Further values to withhold; None while they are worked out."""
    task = judging_task(page.reading, page.state.country.code, page.state.year)
    finished: Finished | None = page.request.app.state.papers.wait(task, PATIENCE)
    return finished


def decision_state(page: YearPage, finished: Finished | None) -> tuple[str, int]:
    """Whether decisions are complete: done, would (something is open) or waits (the proposal is being worked out); and
    the number of further values proposed. Without the solver only small counts are known."""
    proposed = len(finished.result.plan.cells) if finished and finished.result else 0
    return "would" if page.state.small or proposed else "done" if finished else "waits", proposed


def withheld_page(
    page: YearPage, form: Mapping[str, str] = NO_FORM, problem: ReporterError | None = None, *, status: int = 200
) -> Response:
    locale, state, vintage = page.locale, page.state, page.vintage
    finished = judged(page)
    judgement: JudgedEdition | None = finished.result if finished else None
    withholding = Withholding(vintage, state.data.protections, locale)
    decided = tuple(_decided(page))
    proposed = [(cell.observation, cell, "", "") for cell in (judgement.plan.cells if judgement else ())]
    return page.answer(
        "withheld/withheld.html",
        "withheld",
        status=status,
        decided=decided,
        groups=tuple(_groups(page, [*decided, *proposed])),
        judgement=judgement,
        proposed=decision_state(page, finished)[1],
        digest=judging_task(page.reading, state.country.code, state.year).digest,
        stopped=finished.problem if finished else None,
        is_waiting=finished is None,
        problem=problem,
        form=form,
        decision_name=decision_name,
        title_of=lambda observation: _title(page, observation),
        why=lambda decision: withholding.why(decision.because, decision.protects),
        cost=lambda observation: weight_of(observation, vintage),
        address_of=lambda observation: field_address(observation, state.data),
        choices=tuple(_choices(page)),
        file=protection_file(state.country.code, state.year),
        is_published=state.year in published_years(page.reading.sources, state.country.code),
    )


def _decided(page: YearPage) -> Iterator[DecidedValue]:
    state, sources = page.state, page.reading.sources
    own = next((protection for protection in state.data.protections if protection.edition == state.year), None)
    file = protection_file(state.country.code, state.year)

    def seen_of(key: Key, *inside: str) -> str:
        return slice_digest(slice_of(_text(sources, file), file, (*_path(key), *inside)))

    for decision in own.withheld if own else ():
        if observation := page.vintage.observation(decision.figure, decision.year):
            key = (decision.figure, decision.year)
            yield observation, decision, seen_of(key), seen_of(key, REASON)


def _title(page: YearPage, observation: Observation) -> str:
    axis = page.vintage.catalogue.dimension(observation.dimension)
    member = axis.get(observation.code) if axis else None
    return member.label.text(page.locale.language) if member else page.locale.text("total")


def _groups(
    page: YearPage, decided_values: Sequence[DecidedValue]
) -> Iterator[tuple[str, int, tuple[DecidedValue, ...], list[Observation]]]:
    """The values of each figure and year, and what remains public."""
    vintage = page.vintage
    order = {key: number for number, key in enumerate(vintage.index)}
    gone = {(value.address, value.year) for value, *_ in decided_values}
    rows = sorted(decided_values, key=lambda row: (-row[0].year, order.get((row[0].address, row[0].year), 0)))

    def figure(row: DecidedValue) -> tuple[int, str]:
        return row[0].year, vintage.index[row[0].address, row[0].year].figure

    for (year, name), group in groupby(rows, key=figure):
        left = [
            observation
            for (address, of), observation in vintage.index.items()
            if (observation.figure, of) == (name, year)
            and (address, of) not in gone
            and is_given(observation)
            and not is_withheld(observation)
        ]
        yield name, year, tuple(group), left


def _choices(page: YearPage) -> Iterator[Observation]:
    """The values that can be withheld by hand: of the year, and of figures and years with open decisions."""
    places = {(count.values[0].figure, count.year) for count in page.state.small}
    for (_, year), observation in page.vintage.index.items():
        is_asked = year == page.state.year or (observation.figure, year) in places
        if is_asked and not observation.owner and is_given(observation) and not is_withheld(observation):
            yield observation


OTHER = WordedError(
    N_("The files changed since this was proposed"),
    N_("Nothing was written. A new proposal is being worked out; review it, then write it."),
)
MEANWHILE = WordedError(
    N_("Another user changed this decision meanwhile"),
    N_("Nothing was written. Your text is kept here; review the current decisions."),
)
NO_FIGURE = WordedError(N_("Choose a value that is now public."), "")


@about_year
def show(page: YearPage) -> Response:
    return withheld_page(page)


@form_about_year
def change(form: Mapping[str, str], page: YearPage) -> Response:
    act, person = form.get("act", ""), page.person
    if act not in ("propose", "choose", "reason", "remove"):
        raise HTTPException(404)
    # A chosen value includes its year.
    figure, _, of = form.get("figure", "").partition(" ")
    year = form.get("of") or of or str(page.state.year)
    key_key = (figure, int(year) if year.isdecimal() and year.isascii() else 0)
    key = key_key if key_key in page.vintage.index else None
    if act != "propose" and key is None:
        return withheld_page(page, form, NO_FIGURE, status=UNFIT)
    if not person:
        return ask_person(page.request, form)
    if act == "propose":
        # The proposal shown to the user; none when the files have changed.
        task = judging_task(page.reading, page.state.country.code, page.state.year)
        finished = judged(page) if task.digest == form.get("digest") else None
        judgement: JudgedEdition | None = finished.result if finished else None
        if judgement is None:
            return withheld_page(page, form, OTHER, status=CONFLICT)
        outcome = _write_proposal(page, judgement, person)
    else:
        outcome = write(page.desk, person, [_step(page, form, key)] if key else [])
    if outcome.conflict:
        return about_year(lambda now: withheld_page(now, form, MEANWHILE, status=CONFLICT))(page.request)
    if outcome.problem:
        return about_year(lambda now: withheld_page(now, form, outcome.problem, status=UNFIT))(page.request)
    at = f"#{decision_name(*key)}" if key and act != "remove" else ""
    return RedirectResponse(f"{page.base}/withheld{at}", SEE_OTHER)


def _write_proposal(page: YearPage, judgement: JudgedEdition, person: str) -> WriteOutcome:
    """Write a proposal as `reporter protect` does, as one edit."""
    writer = Writer(person, datetime.now(UTC))
    try:
        if judgement.text != (judgement.before or ""):
            rewrite(page.desk.workspace, judgement.path, (WITHHELD,), judgement.before, judgement.text, writer)
    except ReporterError as problem:
        return WriteOutcome(problem=problem)
    finally:
        page.desk.take_in()
    return WriteOutcome()


def _step(page: YearPage, form: Mapping[str, str], key: Key) -> Step:
    country, edition = page.state.country.code, page.state.year
    reason = {
        language: words
        for language in page.state.dataset.settings.languages
        if (words := " ".join(form.get(f"reason.{language}", "").split()))
    }
    if form["act"] == "remove":
        return removal_step(country, edition, key, form.get("seen", ""))
    if form["act"] == "reason":
        # Empty words remove the reason.
        path = (*_path(key), REASON)
        return step_of(Amendment(protection_file(country, edition), path, dict(reason) or None, form.get("was", "")))
    value: dict[str, Value] = {"because": str(Because.CHOSEN)}
    order = tuple(dict.fromkeys(address for address, _ in page.vintage.index))
    return chosen_step(country, edition, key, value | ({"reason": dict(reason)} if reason else {}), order)
