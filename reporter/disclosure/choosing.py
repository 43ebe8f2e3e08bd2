"""The search for the cheapest counts to withhold besides. A program in whole numbers proposes a choice, the audit of
`bounds` judges it, and of each count that it finds exposed the program learns of which others one must be withheld. It
forbids nothing that would protect, so the first choice that exposes nothing is the cheapest."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from time import thread_time

from reporter.disclosure.bounds import NEAR, Judge
from reporter.disclosure.puzzle import narrowed, puzzles
from reporter.disclosure.solver import Between, Ending, Program, Solution
from reporter.disclosure.system import CellKey, System

# Of choices that cost alike, the best is not searched for longer than that.
FEW_STEPS = 200
# When time is up, so many exposed counts at a time are looked at.
FEW = 10
# In real numbers, a count has as many values as its ends are apart, and one; less is too few in whole ones as well.
NARROW = 1 + 1000 * NEAR

Choice = frozenset[CellKey]


class Choosing:
    """A puzzle, and its counts of which some may be withheld besides."""

    def __init__(self, system: System, further: Iterable[CellKey], enough: int, seconds: float) -> None:
        self.is_proved = True
        self._enough, self._seconds = enough, seconds
        self._counts = system.by_key
        self._column = {key: column for column, key in enumerate(sorted(further))}
        addresses = dict.fromkeys(key.address for key in self._column)
        self._address = {address: len(self._column) + at for at, address in enumerate(addresses)}
        # An address is used where one of its counts is withheld.
        self._rows = [
            Between(((self._address[key.address], 1), (column, -1)), 0, None) for key, column in self._column.items()
        ]
        self._judge = Judge(system, enough, seconds)
        every = tuple(puzzles(system.withholding(self._column)))
        clues = [clue for puzzle in every for clue in puzzle.clues if clue.terms]
        ranges = [span for puzzle in every for span in (narrowed(puzzle) or puzzle.ranges).items()]
        self._place = {key: place for place, (key, _) in enumerate(ranges)}
        rows = [
            Between(tuple((self._place[key], factor) for key, factor in clue.terms), clue.least, clue.most)
            for clue in clues
        ]
        self._every = Program([span for _, span in ranges], rows, seconds=seconds)
        known = {each.key: each.value for each in system.counts if each.value is not None}
        # Where the true counts contradict what readers know, the search learns slowly.
        self._is_true = all(clue.holds(known) for clue in clues if all(key in known for key, _ in clue.terms))

    def cheapest(self, addresses: Collection[str]) -> Choice:
        """The cheapest counts to withhold besides. Of several such choices one with the fewest other addresses than
        some, then of the least value, then the first; where there are so many that this takes long, one of them."""
        columns = self._column.items()
        costs: tuple[dict[int, int], ...] = (
            {column: self._counts[key].weight for key, column in columns},
            {column: 1 for address, column in self._address.items() if address not in addresses},
            {column: self._counts[key].value or 0 for key, column in columns},
            {column: 1 + column for _, column in columns},
        )
        end = thread_time() + self._seconds
        kept: list[Between] = []
        chosen: Choice | None = None
        for cost in costs if self._judge.exposed(()) else ():
            found = self._least(cost, kept, end, None if chosen is None else FEW_STEPS)
            if found is None:
                self.is_proved &= chosen is not None
                return self._widened() if chosen is None else chosen
            chosen, worth = found
            kept.append(Between(tuple(cost.items()), None, worth))
        return chosen or frozenset()

    def protected_by(self, key: CellKey, chosen: Choice) -> tuple[CellKey, ...]:
        return tuple(sorted(self._judge.exposed(chosen - {key})))

    def _least(
        self, cost: Mapping[int, int], kept: Sequence[Between], end: float, steps: int | None
    ) -> tuple[Choice, int] | None:
        """The choice of least cost that exposes nothing, with its cost. None where time is up."""
        while (seconds := end - thread_time()) > 0:
            chosen = self._proposed(cost, kept, seconds, steps)
            if chosen is None:
                break
            exposed = self._judge.exposed(chosen)
            if not exposed:
                used = {*map(self._column.__getitem__, chosen), *(self._address[each.address] for each in chosen)}
                return chosen, sum(factor for column, factor in cost.items() if column in used)
            for key in sorted(exposed):
                self._learn(key, chosen)
        return None

    def _proposed(
        self,
        cost: Mapping[int, int],
        kept: Sequence[Between],
        seconds: float,
        steps: int | None,
        among: Choice = frozenset(),
    ) -> Choice | None:
        """The choice of least cost, as far as has been learned. Some counts are in it anyway."""
        spans = [(int(key in among), 1) for key in self._column] + [(0, 1)] * len(self._address)
        whole = range(len(self._column))
        found = Program(spans, (*self._rows, *kept), whole=whole, seconds=seconds, steps=steps).least(cost)
        if found.ending is not Ending.FOUND:
            return None
        return frozenset(key for key, column in self._column.items() if round(found.columns[column]))

    def _learn(self, key: CellKey, chosen: Choice) -> None:
        others = sorted(set(self._column) - chosen, key=self._loss)
        if not self._is_true:
            self._demand(key, others)
            return
        most = self._most_exposing(key, chosen, others)
        self._demand(key, (other for other in others if other not in most))

    def _loss(self, key: CellKey) -> tuple[int, int, CellKey]:
        count = self._counts[key]
        return count.weight, count.value or 0, key

    def _demand(self, key: CellKey, some: Iterable[CellKey]) -> None:
        terms = tuple((self._column[each], 1) for each in some)
        if key in self._column:
            self._rows.append(Between((*terms, (self._column[key], -1)), 0, None))
        else:
            self._rows.append(Between(terms, 1, None))

    def _most_exposing(self, key: CellKey, chosen: Choice, others: Sequence[CellKey]) -> Choice:
        """A larger choice that leaves a count exposed. Any of the others that is not in it, and is needed, widens what
        readers can give to the count."""
        left, tried = list(others), chosen
        while True:
            ends = low, high = self._ends(key, tried)
            is_found = low.ending is high.ending is Ending.FOUND
            # So near each other, the ends leave the count too few values.
            if is_found and NARROW - low.cost - high.cost < self._enough:
                # What has no price does not widen them.
                priced = {each for each in left if any(abs(end.prices[self._place[each]]) > NEAR for end in ends)}
                chosen = tried.union(each for each in left if each not in priced)
                left = [each for each in left if each in priced]
            if not left:
                return chosen
            tried = chosen | {left.pop(0)}

    def _ends(self, key: CellKey, chosen: Choice) -> tuple[Solution, Solution]:
        """The ends of a count in real numbers, with a choice withheld. Of the upper one the opposite, which is the
        least as well."""
        fixed = {
            self._place[each]: (value, value)
            for each in self._column
            if each not in chosen and (value := self._counts[each].value) is not None
        }
        place = self._place[key]
        return self._every.least({place: 1}, fixed), self._every.least({place: -1}, fixed)

    def _widened(self) -> Choice:
        """A choice that exposes nothing: perhaps not the cheapest. No count in it could be spared. Each proposal has
        what the one before it had."""
        chosen, every = frozenset[CellKey](), frozenset(self._column)
        cost = {column: self._counts[key].weight for key, column in self._column.items()}
        while chosen != every and (exposed := self._judge.exposed(chosen)):
            for key in sorted(exposed)[:FEW]:
                self._learn(key, chosen)
            wider = self._proposed(cost, (), self._seconds, FEW_STEPS, chosen)
            chosen = every if wider is None or wider == chosen else wider
        for key in sorted(chosen, key=self._loss, reverse=True):
            if not self._judge.exposed(chosen - {key}):
                chosen -= {key}
        return chosen
