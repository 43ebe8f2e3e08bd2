"""Write several changes together, or none of them. What is to be written is looked at first, in a snapshot over which
it is laid: what nobody could read then is not written."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reporter.data.errors import DataError, ReporterError, Severity
from reporter.data.files.sources import DATA, Sources, known_countries
from reporter.data.files.store import Memory
from reporter.data.files.workspace import Workspace
from reporter.data.read.dataset import load_dataset
from reporter.data.read.yaml_tree import decode
from reporter.data.write.amendment import Amendment, Conflict, Edit, amended, encoded, slice_digest, slice_of
from reporter.data.write.applying import Writer, apply, read_edited

# What is to be written, found in the files as they are then: two steps may be about one line.
Step = Callable[[Sources], Amendment | Conflict | None]


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """What came of writing: edits, or what stood against it. `problem` says why nothing was written, `conflict` what
    somebody else wrote meanwhile."""

    edits: tuple[Edit, ...] = ()
    conflict: Conflict | None = None
    problem: ReporterError | None = None


def step_of(wanted: Amendment) -> Step:
    return lambda _: wanted


def step_to(file: str, path: tuple[str, ...], words: str | None) -> Step:
    """The step that writes words at a path, or takes them away. Whatever stands there now; what is not there need not
    be taken away."""

    def step(sources: Sources) -> Amendment | None:
        written = slice_of(decode(sources.find(file).content, file), file, path)
        if words is None and not written:
            return None
        return Amendment(file=file, path=path, value=words, seen=slice_digest(written))

    return step


def write_or_refuse(workspace: Workspace, writer: Writer, steps: Sequence[Step], again: str) -> None:
    """Write some changes, all or nothing. Raises ReporterError where one cannot be written, and with the hint `again`
    where somebody wrote meanwhile."""
    done = write_steps(workspace, writer, steps)
    if done.problem:
        raise done.problem
    if done.conflict:
        raise ReporterError(f"{done.conflict.file} was changed meanwhile", hint=again)


def write_steps(
    workspace: Workspace, writer: Writer, steps: Sequence[Step], memory: Memory | None = None
) -> WriteOutcome:
    """Write some changes, one after another. None is written where one of them cannot be read or contradicts another
    writer. They are taken back at once. `memory` knows files that were read before."""
    edits: list[Edit] = []
    try:
        stopped = _look(workspace.snapshot(), steps, memory)
        if stopped:
            return WriteOutcome(conflict=stopped)
        for step in steps:
            wanted = step(workspace.snapshot())
            done = apply(workspace, wanted, writer) if isinstance(wanted, Amendment) else wanted
            if isinstance(done, Conflict):
                return WriteOutcome(tuple(edits), conflict=done)
            edits += [done] if done else []
    except DataError as problem:
        finding = problem.findings[0]
        return WriteOutcome(
            tuple(edits), problem=ReporterError(f"{finding.mark}: {finding.message}", hint=finding.hint)
        )
    except ReporterError as problem:
        return WriteOutcome(tuple(edits), problem=problem)
    return WriteOutcome(tuple(edits))


def laid_over(sources: Sources, steps: Iterable[Step]) -> Sources | Conflict:
    """The files as they would be with some changes written. Or who wrote otherwise meanwhile. Raises ReporterError
    where one could not be written."""
    after = sources
    for step in steps:
        wanted = step(after)
        if isinstance(wanted, Conflict):
            return wanted
        if wanted is None:
            continue
        content, text = read_edited(after, wanted.file, wanted.whole or None)
        found = amended(text, wanted)
        if isinstance(found, Conflict):
            return found
        if found:
            after = after.overlay({wanted.file: encoded(content, found.apply(text))})
    return after


def _look(sources: Sources, steps: Iterable[Step], memory: Memory | None) -> Conflict | None:
    """Look at what would stand in the files; who wrote otherwise meanwhile. Raises ReporterError where it could not be
    written, or not be read then."""
    after = laid_over(sources, steps)
    if isinstance(after, Conflict):
        return after
    changed = {path for path in after if sources.find(path) is not after.find(path)}
    new = _errors(after, changed, memory) - _errors(sources, changed, memory) if changed else Counter()
    if new:
        _, message, hint = next(iter(new))
        raise ReporterError(message, hint=hint)
    return None


def _errors(sources: Sources, changed: Iterable[str], memory: Memory | None) -> Counter[tuple[str, str, str]]:
    known = known_countries(sources)
    own = {path.split("/")[1] for path in changed if path.count("/") > 1 and path.startswith(f"{DATA}/")}
    found = load_dataset(sources, [each for each in known if each in own] if own else known, memory=memory).findings
    # Not by their lines: these move when something is written above.
    return Counter((each.code, each.message, each.hint) for each in found if each.severity is Severity.ERROR)
