"""Relations that a published table denies, without saying so. An edition that leaves was checked: nothing that it
withholds follows from what it prints. Where a table of it seems to tell a withheld value all the same, the edition said
that parts are not all stated, or that numbers do not fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reporter.analysis.relations import Relation, exposed, key_of, relations_of
from reporter.model import Observation, Qualifier, Status, Vintage, is_hidden, is_withheld
from reporter.model.observation import amount_text

# The rule of a breakdown, which is incomplete where its parts do not make the total.
OF_TOTAL = "parts-make-total"


@dataclass(frozen=True, slots=True)
class Denied:
    """A relation that does not hold, or not as a sum. Of an `incomplete` one the parts make less; of any other nobody
    may say more than that it fails."""

    relation: Relation
    incomplete: bool

    @property
    def axis(self) -> str:
        return self.relation.parts[0].dimension

    @property
    def values(self) -> tuple[tuple[int, str, str], ...]:
        """The values of the relation, as an accepted finding names them."""
        return tuple(
            sorted(
                (each.year, each.address, amount_text(each.value, each.status, each.qualifier)) for each in self.seen
            )
        )

    @property
    def seen(self) -> tuple[Observation, ...]:
        return tuple({key_of(each): each for each in self.relation.values}.values())


def denied_relations(known: Vintage, year: int) -> tuple[Denied, ...]:
    """The relations of a year by which withheld values would follow. As few of them as are enough for none to
    follow."""
    public = replace(
        known,
        index={
            key: seen
            if not is_withheld(seen)
            else replace(seen, value=None, status=Status.SUPPRESSED, qualifier=Qualifier.EXACT)
            for key, seen in known.index.items()
        },
    )
    relations = list(relations_of(public, year))
    hidden = {key_of(seen) for each in relations for seen in each.values if is_hidden(seen)}
    denied: list[Denied] = []
    while left := exposed(relations) & hidden:
        # What each may be instead: weaker, or none.
        ways: list[tuple[int, Relation | None]] = []
        for place, each in enumerate(relations):
            if OF_TOTAL in each.rules and not each.at_most and each.parts[0].dimension:
                ways.append((place, replace(each, at_most=True)))
            ways.append((place, None))
        counted = [(len(exposed(_without(relations, place, way)) & left), n) for n, (place, way) in enumerate(ways)]
        if not counted:
            break
        place, way = ways[min(counted)[1]]
        denied.append(Denied(relations[place], incomplete=way is not None))
        relations = list(_without(relations, place, way))
    # One that was first weakened and then taken out is told once.
    last = {(each.relation.name, each.relation.whole): each for each in denied}
    return tuple(last.values())


def _without(relations: Sequence[Relation], place: int, way: Relation | None) -> Iterable[Relation]:
    return (*relations[:place], *([way] if way else []), *relations[place + 1 :])
