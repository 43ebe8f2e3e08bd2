"""Refuse small counts that nobody has decided on."""

from collections.abc import Iterator, Sequence

from reporter.analysis.small_counts import SmallCount, permission_lines, small_counts, undecided
from reporter.disclosure.deciding import decide
from reporter.disclosure.solver import require_solver
from reporter.edition.state import EditionState
from reporter.errors import ReporterError
from reporter.files.sources import Sources
from reporter.load.dataset import load_dataset
from reporter.model import Vintage, vintage

MOST_TOLD = 5
PROTECT = "reporter protect {country} {year} withholds {counts}, with all that they would follow from"
BY_HAND = "{place}: {count} is no figure of the year: write confidentiality: A there, and it is withheld"
TOGETHER = "{count} would be protected with {others} withheld too: write confidentiality: A there"
PERMIT = "if they may be published, say why in reporter.yaml:"
ONLY_PERMIT = "no decision keeps {counts} from readers any more; say in reporter.yaml why they are published:"
PERMISSIONS = "publish_small_counts:"


def new_counts(known: Vintage, state: EditionState) -> tuple[SmallCount, ...]:
    """The small counts of an edition that nobody has decided on, and that its next number would be the first to print.
    What the number before it printed is out: a corrigendum that withholds it shows where to look."""
    found = undecided(known)
    if not (found and state.release):
        return found
    copies, _ = load_dataset(state.then, (known.country.code,), frozen=True)
    then = small_counts(vintage(copies, known.country.code, known.year))
    out = {(each.name, each.year, each.number) for each in then}
    return tuple(each for each in found if (each.name, each.year, each.number) not in out)


def refuse_small_counts(known: Vintage, found: Sequence[SmallCount], sources: Sources) -> None:
    """Refuse small counts that nobody has decided on. `sources` are all files of the workspace. Raises ReporterError
    with the first of them and what helps."""
    if not found:
        return
    told = [f"{each.mark}: {each.name} {each.year}" for each in found[:MOST_TOLD]]
    more = [f"and {len(found) - MOST_TOLD} more"] if len(found) > MOST_TOLD else []
    message = "\n  ".join(("the public would get small counts:", *told, *more))
    lines = permission_lines(found, known.settings.languages)
    raise ReporterError(message, hint="\n".join((*_remedies(known, found, sources), PERMISSIONS, *lines)))


def _remedies(known: Vintage, found: Sequence[SmallCount], sources: Sources) -> Iterator[str]:
    """What keeps the counts from readers. `reporter protect` is tried first, and named where it does."""
    country, year = known.country.code, known.year
    try:
        require_solver()
        decided = decide(sources, country, year)
    except (ReporterError, LookupError) as problem:
        yield f"reporter protect {country} {year} cannot be tried here: {problem}"
        yield PERMIT
        return
    left = [each for each in found if (each.name, each.year) in decided.open_counts]
    helped = [each for each in found if each not in left]
    if helped:
        yield PROTECT.format(country=country, year=year, counts=_named(helped) if left else "them")
    together = {(each.key.address, each.key.year): each.instead for each in decided.plan.hopeless}
    lost = []
    for each in left:
        beside = together.get((each.name, each.year), ())
        if each.values[0].owner:
            yield BY_HAND.format(place=each.mark, count=each.name)
        elif beside:
            yield TOGETHER.format(count=f"{each.name} {each.year}", others=" and ".join(map(str, beside)))
        else:
            lost.append(each)
    yield ONLY_PERMIT.format(counts=_named(lost) if len(lost) < len(found) else "them") if lost else f"or, {PERMIT}"


def _named(counts: Sequence[SmallCount]) -> str:
    names = [f"{each.name} {each.year}" for each in counts[:MOST_TOLD]]
    return ", ".join(names) + (f" and {len(counts) - MOST_TOLD} more" if len(counts) > MOST_TOLD else "")
