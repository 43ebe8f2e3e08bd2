"""Decide what an edition withholds, and write its file of decisions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.data.errors import DataError, Severity, UsageError, nearest
from reporter.data.files.published import published_numbers, store_of
from reporter.data.files.sources import Sources
from reporter.data.files.store import Memory
from reporter.data.files.workspace import Workspace
from reporter.data.read.dataset import load_dataset
from reporter.data.read.yaml_tree import Keys, decode, read_yaml
from reporter.data.read.year import protection_file
from reporter.data.records import (
    Because,
    Decision,
    Observation,
    Protection,
    Publication,
    Qualifier,
    Vintage,
    is_given,
    is_withheld,
    vintage,
)
from reporter.data.records.catalogue import OF_CELL
from reporter.data.records.observation import Key
from reporter.data.records.protection import ENOUGH, ROUNDED_TO
from reporter.data.write.applying import Writer, rewrite
from reporter.data.write.yaml_format import Value
from reporter.data.write.yaml_splices import insert_entry, remove_entry, replace_value, slice_at
from reporter.figures.analysis.small_counts import undecided
from reporter.figures.withhold.bounds import Bounds, bounds_of
from reporter.figures.withhold.cell_equations import CellKey, ShownEdition, System, Tie
from reporter.figures.withhold.primary_suppression import (
    ORDERS,
    Lots,
    new_seed,
    small_primaries,
    small_rests,
    weight_of,
    wrong_rules,
    zero_primaries,
)
from reporter.figures.withhold.protection import (
    ProtectionPlan,
    ReadersView,
    WithheldCell,
    current_counts,
    plan_protection,
    readers_system,
    readers_view,
)
from reporter.figures.withhold.replay import Trigger, replayed, triggers_of
from reporter.figures.withhold.solver import Between, Ending, Program, Span

HEAD = """\
# yaml-language-server: $schema=../../../schema/protection.json
#
# Figures withheld from the public. Written by reporter protect; your own changes are kept (docs/disclosure.md).
"""
SEED, WITHHELD, ROUNDED = "seed", "withheld", "rounded"
Figures = Mapping[tuple[str, int], int]


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """The text of a file of decisions while it is changed; empty where there is none."""

    path: str
    text: str

    def without(self, decisions: Iterable[Decision]) -> "DecisionFile":
        file = self
        for decision in decisions:
            file = file._removed((WITHHELD, str(decision.year), decision.figure))
        return file

    def withholding(self, cells: Iterable[WithheldCell], order: tuple[str, ...]) -> "DecisionFile":
        """The file with more values withheld, the figures of a year in their `order`."""
        file = self
        for cell in cells:
            value: dict[str, Value] = {"because": str(cell.because)}
            value |= {"protects": cell.protects} if cell.protects else {}
            file = file._put((WITHHELD, str(cell.observation.year), cell.observation.address), value, order)
        return file

    def rounding(self, figures: Figures, order: tuple[str, ...]) -> "DecisionFile":
        file = self
        for (figure, year), value in figures.items():
            file = file._put((ROUNDED, str(year), figure), str(value), order)
        return file

    def unseeded(self) -> str:
        """The text for an office that may know the decisions, but not the random choices of later editions."""
        return self._removed((SEED,)).complete().text

    def _put(self, path: Keys, value: Value, order: tuple[str, ...]) -> "DecisionFile":
        """The file with a value, creating the keys above it."""
        text = self.text or HEAD
        depth = next((level for level in (1, 2) if not slice_at(text, self.path, path[:level])), len(path))
        for key in reversed(path[depth:]):
            value = {key: value}
        if depth == len(path) and slice_at(text, self.path, path):
            return DecisionFile(self.path, replace_value(text, self.path, path, value).apply(text))
        if depth == 1:
            order = (SEED, WITHHELD, ROUNDED)
        elif depth == 2:
            # A hundred years before and after this one, in their order.
            order = tuple(str(int(path[1]) + offset) for offset in range(-100, 100))
        return DecisionFile(self.path, insert_entry(text, self.path, path[:depth], value, order).apply(text))

    def _removed(self, path: Keys) -> "DecisionFile":
        text = self.text
        whole = inside = read_yaml(Sources.from_contents({self.path: text.encode()}), self.path).data
        depth = 1
        for at, wanted in enumerate(path):
            # The codes of a cell may be written in any order.
            same = (name for name in inside or () if sorted(name.split(OF_CELL)) == sorted(wanted.split(OF_CELL)))
            key = next(same, wanted)
            path = (*path[:at], key, *path[at + 1 :])
            depth = at + 1 if isinstance(inside, dict) and len(inside) > 1 else depth
            inside = inside.get(key) if isinstance(inside, dict) else None
        if inside is None:
            return self
        if depth == 1 and len(whole) == 1:
            # Only comments are left.
            return DecisionFile(self.path, "".join(text.split(slice_at(text, self.path, path[:1]), 1)).rstrip() + "\n")
        return DecisionFile(self.path, remove_entry(text, self.path, path[:depth]).apply(text))

    def complete(self) -> "DecisionFile":
        lines = (line for line in self.text.splitlines() if line.strip() and not line.startswith("#"))
        return self if not self.text or any(lines) else DecisionFile(self.path, f"{self.text}{WITHHELD}: {{}}\n")

    def laid_over(self, sources: Sources) -> Sources:
        complete = self.complete()
        return sources.overlay({self.path: complete.text.encode()}) if complete.text else sources


def made_by_program(protection: Protection) -> tuple[Decision, ...]:
    return tuple(item for item in protection.withheld if item.because is not Because.CHOSEN and not item.reason.texts)


# If too much follows from the rules, random numbers are drawn again, at most so many times.
DRAWS = 20


@dataclass(frozen=True, slots=True)
class Rounding:
    """What is printed of a table, and what readers can derive."""

    printed: Mapping[CellKey, int]
    bounds: Bounds


def controlled_rounding(
    system: System,
    keys: Collection[CellKey],
    *,
    enough: int = ENOUGH,
    lots: Lots | None = None,
    triggers: Mapping[Key, Trigger] | None = None,
) -> Rounding | None:
    """Multiples of five for some counts with which all ties hold, or None. Each is drawn at random, the nearer multiple
    with the higher probability, and as many draws are kept as the sums allow. None if there are none, for example when
    a total that is no multiple must be printed, or if the solver was stopped."""
    rounding = None
    for draw in range(DRAWS):
        multiples = _rounded_once(system, keys, lots or Lots(), f"round {draw}")
        if multiples is None:
            break
        view = with_rounded(system, multiples)
        rounding = Rounding(multiples, bounds_of(replayed(view, [view], triggers or {}), only=multiples, enough=enough))
        if not rounding.bounds.exposed:
            break
    return rounding


def _rounded_once(system: System, keys: Collection[CellKey], lots: Lots, what: str) -> Mapping[CellKey, int] | None:
    values = {count.key: count.value for count in system.counts if count.value is not None}
    floors = {key: values[key] - values[key] % ROUNDED_TO for key in sorted(keys)}
    column = {key: at for at, key in enumerate(floors)}
    rows = []
    # Ties are required to hold only where all their counts are known.
    for tie in (candidate for candidate in system.ties if values.keys() >= set(candidate.keys)):
        fixed = sum(factor * floors.get(key, values[key]) for key, factor in tie.terms)
        terms = tuple((column[key], ROUNDED_TO * factor) for key, factor in tie.terms if key in column)
        least, most = (None if end is None else end - fixed for end in (tie.least, tie.most))
        rows.append(Between(terms, least, most))
    up = _raised(
        [(0, int(floors[key] < values[key])) for key in floors],
        rows,
        (
            {
                at: -1 if lots.number(what, key.address, key.year, ROUNDED_TO) < values[key] - floors[key] else 1
                for key, at in column.items()
            },
            {at: 1 + lots.number(f"{what} order", key.address, key.year, ORDERS) for key, at in column.items()},
        ),
    )
    if up is None:
        return None
    return {key: floor + ROUNDED_TO * up[column[key]] for key, floor in floors.items()}


def _raised(
    spans: Sequence[Span], rows: Iterable[Between], costs: Iterable[Mapping[int, int]]
) -> tuple[int, ...] | None:
    limits = list(rows)
    up: tuple[int, ...] | None = None
    for cost in costs:
        solution = Program(spans, limits, whole=range(len(spans))).least(cost)
        if solution.ending is not Ending.FOUND:
            break
        up = tuple(map(round, solution.columns))
        limits.append(Between(tuple(cost.items()), None, sum(factor * up[at] for at, factor in cost.items())))
    return up


def with_rounded(system: System, printed: Mapping[CellKey, int]) -> System:
    """The system as readers see it, with counts as multiples, which stay and are known to be less than five away."""
    counts = (replace(count, withheld=True) if count.key in printed else count for count in system.counts)
    near = ROUNDED_TO - 1
    ties = (
        Tie(f"{key} is printed as about {value}", ((key, 1),), value - near, value + near)
        for key, value in printed.items()
    )
    return System(tuple(counts), (*system.ties, *ties))


def rounded_tables(
    editions: Sequence[ShownEdition], figures: Collection[str], lots: Lots, publications: Iterable[Publication] = ()
) -> Mapping[Key, int]:
    """What is printed of figures and their parts in years with disclosive counts. Raises UsageError for an unknown
    figure, and where no rounding protects."""
    vintage = editions[-1].vintage
    for figure in figures:
        if not any(observation.figure == figure for observation in vintage.index.values()):
            known_names = sorted({item.figure for item in vintage.index.values() if not item.owner})
            raise UsageError(f"no figure is called {figure!r}", hint=nearest(figure, known_names))
    primaries = (*small_primaries(vintage, lots), *zero_primaries(vintage, ()))
    few = (*(primary.observation for primary in primaries), *(count.values[0] for count in small_rests(vintage, lots)))
    years = {(observation.figure, observation.year) for observation in few}
    system = readers_system(editions, publications, lots)
    current = current_counts(system)
    keys = {
        current[place].key: place
        for place, item in vintage.index.items()
        if item.figure in figures and (item.figure, item.year) in years and current[place].can_be_withheld
    }
    # The remainders of parts are rounded with them.
    rests = [CellKey(rest.name, rest.year) for rest in small_rests(vintage, lots) if rest.values[0].figure in figures]
    rounding = controlled_rounding(
        system,
        (*keys, *rests),
        enough=vintage.settings.disclosure.width,
        lots=lots,
        triggers=triggers_of([vintage], keys.values()),
    )
    if rounding is None:
        raise UsageError(
            f"{', '.join(figures)} cannot be rounded so that all sums stay correct",
            hint="withhold parts instead: reporter protect without --round",
        )
    if rounding.bounds.exposed:
        names = ", ".join(str(count_limits.key) for count_limits in rounding.bounds.exposed)
        raise UsageError(f"after rounding, {names} can still be derived", hint="withhold it instead, without --round")
    return {keys[key]: value for key, value in rounding.printed.items() if key in keys}


def printed_editions(
    sources: Sources, country: str, edition_vintage: Vintage, memory: Memory | None = None
) -> tuple[ShownEdition, ...]:
    left = []
    for year, number in sorted(published_numbers(sources, country)):
        try:
            dataset, _ = load_dataset(
                sources.below(store_of(country, year, number)), (country,), frozen=True, memory=memory
            )
            edition = vintage(dataset, country, year)
        except (DataError, LookupError):  # the copies are damaged, which `check` reports
            continue
        name = f"{country} {year}" + (f", corrigendum {number}" if number else "")
        left.append(_edition_of(name, edition, has_left=True))
    return (*left, _edition_of(f"{country} {edition_vintage.year}, as it is now", edition_vintage, has_left=False))


def _edition_of(name: str, vintage: Vintage, *, has_left: bool) -> ShownEdition:
    printed = {(item.figure, item.year): item.value for one in vintage.data.protections for item in one.rounded}
    index = {
        key: replace(item, value=Decimal(printed[key]), qualifier=Qualifier.ABOUT) if key in printed else item
        for key, item in vintage.index.items()
    }
    return ShownEdition(name, replace(vintage, index=index), has_left=has_left, rounded=frozenset(printed))


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What an edition withholds, and its file: the text `before` (None without a file) and the new `text`. `vintage` is
    the edition with these and earlier decisions. `from_file` are decisions in it, `idle` those no longer needed.
    `view` is what readers can derive."""

    path: str
    before: str | None
    text: str
    vintage: Vintage
    plan: ProtectionPlan
    from_file: tuple[Decision, ...]
    idle: tuple[Decision, ...]
    view: ReadersView

    @property
    def cells(self) -> tuple[WithheldCell, ...]:
        own = own_protection(self.vintage)
        decisions = {(decision.figure, decision.year): decision for decision in (own.withheld if own else ())}
        pairs = ((value, decisions[place]) for place, value in self.vintage.index.items() if place in decisions)
        cells = (WithheldCell(cell, why.because, why.protects, weight_of(cell, self.vintage)) for cell, why in pairs)
        return tuple(sorted(cells, key=lambda cell: cell.observation.year))

    @property
    def rounded(self) -> tuple[tuple[Observation, int], ...]:
        own = own_protection(self.vintage)
        printed = {(item.figure, item.year): item.value for item in (own.rounded if own else ())}
        rounded_values = ((value, printed[place]) for place, value in self.vintage.index.items() if place in printed)
        return tuple(sorted(rounded_values, key=lambda pair: pair[0].year))

    def remaining(self, figure: str, year: int) -> tuple[Observation, ...]:
        values = (value for value in self.vintage.index.values() if (value.figure, value.year) == (figure, year))
        printed = (value for value in values if is_given(value) and not is_withheld(value))
        return tuple(sorted(printed, key=lambda value: bool(value.code)))

    @property
    def open_counts(self) -> frozenset[Key]:
        """The small counts, by name and year, that remain known: out of reach of decisions, published, or derivable."""
        exposed = {(count_limits.key.address, count_limits.key.year) for count_limits in self.view.bounds.exposed}
        return frozenset({*exposed, *((count.name, count.year) for count in undecided(self.vintage))})

    @property
    def is_new_seed(self) -> bool:
        own = own_protection(self.vintage)
        return own is not None and own.seed not in (self.before or "")

    @property
    def is_changed(self) -> bool:
        return self.text != (self.before or "")


def write_decided(workspace: Workspace, decided: DecisionResult, writer: Writer) -> None:
    """Write the file of decisions. Raises EditError when the file changed in the meantime."""
    rewrite(workspace, decided.path, (WITHHELD,), decided.before, decided.text, writer)


def decide(
    sources: Sources,
    country: str,
    year: int,
    *,
    renew: bool = False,
    rounding: Sequence[str] = (),
    publications: Sequence[Publication] = (),
    lots: Lots | None = None,
    memory: Memory | None = None,
) -> DecisionResult:
    """Decide what the edition of a year withholds in addition. Figures of `rounding` are printed as multiples of five
    instead. `publications` are those of others on the same figures. Decisions in the file stay; `renew` drops those
    that no person chose or gave a reason for. Unless given, `lots` follow from the seed in the file, in that of
    an earlier edition, or from a new one. A `memory` saves reading files again. Raises DataError where files cannot be
    read, LookupError for a year without a file."""
    path = protection_file(country, year)
    before = decode(sources[path].content, path) if path in sources else None
    file = DecisionFile(path, before or "")
    run = _DecisionRun(sources, country, year, publications, memory or Memory())
    vintage = run.vintage_of(file)
    lots = lots or Lots(_seed(vintage) or new_seed())
    own = own_protection(vintage)
    by_program = made_by_program(own) if own else ()
    fresh = file.without(by_program)
    idle: tuple[Decision, ...] = ()
    if by_program:
        asked = {(cell.observation.address, cell.observation.year) for cell in run.planned(fresh, lots).cells}
        idle = tuple(decision for decision in by_program if (decision.figure, decision.year) not in asked)
    file = fresh if renew else file
    file = run.rounded(file, rounding, lots) if rounding else file
    plan = run.planned(file, lots)
    file = file.withholding(plan.cells, tuple(dict.fromkeys(address for address, _ in vintage.index))).complete()
    if lots.seed and file.text != (before or "") and not _seed(vintage):
        file = file._put((SEED,), lots.seed, ())
    vintage = run.vintage_of(file)
    now = own_protection(vintage)
    places = {(decision.figure, decision.year) for decision in now.withheld} if now else set()
    return DecisionResult(
        path=path,
        before=before,
        text=file.text,
        vintage=vintage,
        plan=plan,
        from_file=tuple(item for item in (own.withheld if own else ()) if (item.figure, item.year) in places),
        idle=() if renew else idle,
        view=readers_view(run.editions(file, vintage), publications),
    )


def protect_helps(sources: Sources, country: str, year: int) -> bool:
    """Return whether withheld values are no longer derivable once `reporter protect` has decided."""
    with suppress(DataError):
        decided = decide(sources, country, year)
        return decided.is_changed and not decided.view.bounds.exposed
    return False


def view_of(sources: Sources, country: str, year: int) -> ReadersView:
    """What readers can derive of an edition as it is now. Raises as `decide` does."""
    return readers_view(printed_editions(sources, country, _vintage(sources, country, year, Memory())))


class _DecisionRun:
    """The edition of a year, with alternative files of decisions over the sources."""

    def __init__(
        self, sources: Sources, country: str, year: int, publications: Sequence[Publication], memory: Memory
    ) -> None:
        self.sources, self.country, self.year = sources, country, year
        self.publications, self.memory = publications, memory

    def vintage_of(self, file: DecisionFile) -> Vintage:
        return _vintage(file.laid_over(self.sources), self.country, self.year, self.memory)

    def editions(self, file: DecisionFile, vintage: Vintage) -> tuple[ShownEdition, ...]:
        return printed_editions(file.laid_over(self.sources), self.country, vintage, self.memory)

    def planned(self, file: DecisionFile, lots: Lots) -> ProtectionPlan:
        return plan_protection(self.editions(file, self.vintage_of(file)), self.publications, lots)

    def rounded(self, file: DecisionFile, figures: Sequence[str], lots: Lots) -> DecisionFile:
        """The file with some figures rounded; of their withheld values only those that a person chose stay withheld."""
        vintage = self.vintage_of(file)
        own = own_protection(vintage)
        addresses = {observation.address for observation in vintage.index.values() if observation.figure in figures}
        file = file.without(item for item in (made_by_program(own) if own else ()) if item.figure in addresses)
        vintage = self.vintage_of(file)
        exact = tuple(
            replace(one, rounded=tuple(item for item in one.rounded if item.figure not in addresses))
            for one in vintage.data.protections
        )
        vintage = replace(vintage, data=replace(vintage.data, protections=exact))
        tables = rounded_tables(self.editions(file, vintage), figures, lots, self.publications)
        return file.rounding(tables, tuple(dict.fromkeys(address for address, _ in vintage.index)))


def _seed(vintage: Vintage) -> str:
    """The seed of an edition, or of the last one before it with a seed, so that random choices stay the same."""
    seeds = {item.edition: item.seed for item in vintage.data.protections if item.seed and item.edition <= vintage.year}
    return seeds[max(seeds)] if seeds else ""


def _vintage(sources: Sources, country: str, year: int, memory: Memory) -> Vintage:
    dataset, findings = load_dataset(sources, (country,), memory=memory)
    wrong = tuple(finding for finding in (*findings, *wrong_rules(dataset)) if finding.severity is Severity.ERROR)
    if wrong:
        raise DataError(wrong)
    return vintage(dataset, country, year)


def own_protection(vintage: Vintage) -> Protection | None:
    return next((protection for protection in vintage.data.protections if protection.edition == vintage.year), None)
