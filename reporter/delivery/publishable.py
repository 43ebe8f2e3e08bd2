"""What must hold while an edition is approved or published. It is fit, and nobody else does either at the same time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from filelock import FileLock, Timeout

from reporter.analysis.small_counts import SmallCount, permission_lines, small_counts, undecided
from reporter.disclosure.deciding import decide
from reporter.disclosure.solver import require_solver
from reporter.edition.all_findings import refuse_wrong_permissions
from reporter.edition.checked import blocking_findings, require_narrative, require_year
from reporter.edition.state import EditionState
from reporter.errors import DataError, ReporterError
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.files.writing import write_error
from reporter.load.dataset import load_dataset
from reporter.model import Audience, EditionStatus, Vintage, vintage


def check_fit(state: EditionState, sources: Sources, today: str) -> None:
    """Refuse figures that are not final, have open errors, or would tell the public small counts that nobody has
    decided on. And texts confirmed on a day that has not come. `sources` are all files of the workspace. Raises
    ReporterError."""
    country, year = state.job.country, state.job.year
    data = require_year(state.checked, country, year)
    file = data.year(year)
    require_narrative(state.checked, country, year)
    if file and file.status is not EditionStatus.FINAL:
        hint = "write status: final when the figures are; only then an edition is published"
        raise ReporterError(f"the status is {file.status}", hint=hint, mark=file.mark)
    if stopped := blocking_findings(state.checked, year):
        raise DataError(stopped)
    if state.job.audience is Audience.PUBLIC:
        known = vintage(state.checked.dataset, country, year)
        refuse_wrong_permissions(sources, state.checked.dataset)
        refuse_small_counts(known, new_counts(known, state), sources)
    if early := next((each for each in data.still_holds if each.year == year and each.day > today), None):
        hint = "write the day on which somebody read the texts"
        raise ReporterError(f"on {early.day}, which has not come, nobody read them", hint=hint, mark=early.mark)


@contextmanager
def publishing_lock(workspace: Workspace, country: str, year: int) -> Iterator[None]:
    """Lock an edition, so that nobody else publishes it meanwhile. The lock falls with the process that holds it."""
    place = workspace.output / f".publish-{country}-{year}.lock"
    lock = FileLock(place, timeout=0)
    try:
        workspace.output.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise ReporterError(f"{country} {year} is being published", hint="wait until it has finished") from None
    except OSError as problem:
        raise write_error(place, problem) from problem
    try:
        yield
    finally:
        lock.release()


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
