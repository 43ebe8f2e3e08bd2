"""Decide what an edition withholds, and what its file says then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporter.disclosure.decision_file import WITHHELD, DecisionFile, made_by_program
from reporter.disclosure.protecting import ProtectionPlan, ReadersView, WithheldCell, plan_protection, readers_view
from reporter.disclosure.rounded_tables import rounded_tables
from reporter.disclosure.rule_findings import wrong_rules
from reporter.disclosure.shown import shown_editions
from reporter.disclosure.weights import weight_of
from reporter.edit.applying import Writer, rewrite
from reporter.errors import DataError, Severity
from reporter.files.memory import Memory
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.load.dataset import load_dataset
from reporter.load.withholding import protection_file
from reporter.load.yaml_tree import decode
from reporter.model import Decision, Observation, Protection, Publication, Vintage, is_given, is_withheld, vintage


@dataclass(frozen=True, slots=True)
class Decided:
    """What an edition withholds, and the file that says so. `before` is the text of the file, None where there is none,
    `text` what it is to be. `known` is the edition as it is then, with the decisions of earlier files. `kept` are
    decisions that stood in the file, `idle` those of them that nothing asks for any more. `view` is what readers can
    work out of everything withheld."""

    path: str
    before: str | None
    text: str
    known: Vintage
    plan: ProtectionPlan
    kept: tuple[Decision, ...]
    idle: tuple[Decision, ...]
    view: ReadersView

    @property
    def cells(self) -> tuple[WithheldCell, ...]:
        """All that the file withholds then, by year."""
        own = own_protection(self.known)
        decisions = {(each.figure, each.year): each for each in (own.withheld if own else ())}
        found = ((seen, decisions[place]) for place, seen in self.known.index.items() if place in decisions)
        cells = (WithheldCell(seen, each.because, each.protects, weight_of(seen, self.known)) for seen, each in found)
        return tuple(sorted(cells, key=lambda each: each.seen.year))

    @property
    def rounded(self) -> tuple[tuple[Observation, int], ...]:
        """The values that the file rounds, with what is printed."""
        own = own_protection(self.known)
        printed = {(each.figure, each.year): each.value for each in (own.rounded if own else ())}
        found = ((seen, printed[place]) for place, seen in self.known.index.items() if place in printed)
        return tuple(sorted(found, key=lambda each: each[0].year))

    def remaining(self, figure: str, year: int) -> tuple[Observation, ...]:
        """What the public still gets of a figure, the total first."""
        found = (seen for seen in self.known.index.values() if (seen.figure, seen.year) == (figure, year))
        return tuple(
            sorted(
                (seen for seen in found if is_given(seen) and not is_withheld(seen)), key=lambda seen: bool(seen.code)
            )
        )

    @property
    def is_changed(self) -> bool:
        return self.text != (self.before or "")


def write_decided(workspace: Workspace, decided: Decided, writer: Writer) -> None:
    """Write the file of decisions, if it changes. Raises EditError when somebody else changed it meanwhile."""
    if decided.is_changed:
        rewrite(workspace, decided.path, (WITHHELD,), decided.before, decided.text, writer)


def decide(
    sources: Sources,
    country: str,
    year: int,
    *,
    anew: bool = False,
    rounding: Sequence[str] = (),
    publications: Sequence[Publication] = (),
) -> Decided:
    """Decide what the edition of a year withholds besides what it does. Of the figures of `rounding` multiples of five
    are printed instead. `publications` are what others publish of the same figures. Decisions that stand in its file
    stay; `anew` leaves out those that no person chose or gave a reason for. Raises DataError where files cannot be read
    as they are, LookupError for a year without a file."""
    path, memory = protection_file(country, year), Memory()
    known = _known(sources, country, year, memory)
    before = decode(sources[path].content, path) if path in sources else None
    file = DecisionFile(path, before or "")
    own = own_protection(known)
    by_program = made_by_program(own) if own else ()
    fresh = file.without(by_program)
    idle: tuple[Decision, ...] = ()
    if by_program:
        from_scratch = _planned(sources, fresh, country, year, memory, publications)[1]
        asked = {(each.seen.address, each.seen.year) for each in from_scratch.cells}
        idle = tuple(each for each in by_program if (each.figure, each.year) not in asked)
    file = fresh if anew else file
    if rounding:
        file = _rounded(sources, file, known, rounding, publications)
    known, plan = _planned(sources, file, country, year, memory, publications)
    order = tuple(dict.fromkeys(address for address, _ in known.index))
    file = file.withholding(plan.cells, order).complete()
    decided = file.laid_over(sources)
    known = _known(decided, country, year, memory)
    now = own_protection(known)
    places = {(each.figure, each.year) for each in now.withheld} if now else set()
    return Decided(
        path=path,
        before=before,
        text=file.text,
        known=known,
        plan=plan,
        kept=tuple(each for each in (own.withheld if own else ()) if (each.figure, each.year) in places),
        idle=() if anew else idle,
        view=readers_view(shown_editions(decided, country, known), publications),
    )


def view_of(sources: Sources, country: str, year: int) -> ReadersView:
    """What readers can work out of an edition as it is now. Raises as `decide` does."""
    return readers_view(shown_editions(sources, country, _known(sources, country, year, Memory())))


def _rounded(
    sources: Sources, file: DecisionFile, known: Vintage, figures: Sequence[str], publications: Sequence[Publication]
) -> DecisionFile:
    """The file with some figures rounded. Nothing of them stays withheld but what a person chose."""
    own, country, year = own_protection(known), known.country.code, known.year
    addresses = {seen.address for seen in known.index.values() if seen.figure in figures}
    file = file.without(each for each in (made_by_program(own) if own else ()) if each.figure in addresses)
    laid = file.laid_over(sources)
    known = _known(laid, country, year, Memory())
    exact = tuple(
        replace(one, rounded=tuple(each for each in one.rounded if each.figure not in addresses))
        for one in known.data.protections
    )
    known = replace(known, data=replace(known.data, protections=exact))
    tables = rounded_tables(shown_editions(laid, country, known), figures, publications)
    return file.rounding(tables, tuple(dict.fromkeys(address for address, _ in known.index)))


def _planned(
    sources: Sources,
    file: DecisionFile,
    country: str,
    year: int,
    memory: Memory,
    publications: Sequence[Publication],
) -> tuple[Vintage, ProtectionPlan]:
    laid = file.laid_over(sources)
    known = _known(laid, country, year, memory)
    return known, plan_protection(shown_editions(laid, country, known), publications)


def _known(sources: Sources, country: str, year: int, memory: Memory) -> Vintage:
    dataset, found = load_dataset(sources, (country,), memory=memory)
    wrong = tuple(each for each in (*found, *wrong_rules(dataset)) if each.severity is Severity.ERROR)
    if wrong:
        raise DataError(wrong)
    return vintage(dataset, country, year)


def own_protection(known: Vintage) -> Protection | None:
    return next((each for each in known.data.protections if each.edition == known.year), None)
