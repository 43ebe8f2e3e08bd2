"""Round tables of which withholding would leave nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from reporter.disclosure.primaries import primaries, small_rests
from reporter.disclosure.protecting import Place, current_counts, readers_system
from reporter.disclosure.rounding import controlled_rounding
from reporter.disclosure.ties import ShownEdition
from reporter.errors import UsageError, nearest
from reporter.model import Publication


def rounded_tables(
    editions: Sequence[ShownEdition], figures: Collection[str], publications: Iterable[Publication] = ()
) -> Mapping[Place, int]:
    """What is printed of some figures with all their parts. Of the years in which something of them could show who is
    meant. Raises UsageError for a figure that there is not, and where no rounding protects."""
    known = editions[-1].known
    for figure in figures:
        if not any(seen.figure == figure for seen in known.index.values()):
            known_names = sorted({seen.figure for seen in known.index.values() if not seen.owner})
            raise UsageError(f"no figure is called {figure!r}", hint=nearest(figure, known_names))
    few = (*(each.seen for each in primaries(known)), *(each.values[0] for each in small_rests(known)))
    years = {(seen.figure, seen.year) for seen in few}
    system = readers_system(editions, publications)
    current = current_counts(system)
    keys = {
        current[place].key: place
        for place, seen in known.index.items()
        if seen.figure in figures and (seen.figure, seen.year) in years and current[place].can_be_withheld
    }
    found = controlled_rounding(system, keys, enough=known.settings.disclosure.width)
    if found is None:
        raise UsageError(
            f"{', '.join(figures)} cannot be rounded so that all sums hold",
            hint="withhold parts instead: reporter protect without --round",
        )
    if not found.protects:
        names = ", ".join(str(each.key) for each in found.bounds.exposed)
        raise UsageError(f"rounded, {names} could still be worked out", hint="withhold it: without --round")
    return {keys[key]: value for key, value in found.printed.items()}
