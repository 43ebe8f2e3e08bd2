"""What a person writes into the file of decisions."""

from collections.abc import Mapping

from reporter.disclosure.decision_file import HEAD, ROUNDED, SEED, WITHHELD
from reporter.edit.amendment import NOTHING, Amendment, Conflict, slice_digest, slice_of
from reporter.edit.handwriting import Value
from reporter.edit.written_steps import Step
from reporter.files.sources import Sources
from reporter.load.withholding import protection_file
from reporter.load.yaml_tree import Keys, decode, read_yaml
from reporter.model.seen import Key

REASON = "reason"
# Years stand in their order, whichever they are.
CENTURY = 100


def decision_seen(sources: Sources, file: str, key: Key, *inside: str) -> str:
    return slice_digest(slice_of(_text(sources, file), file, (*_path(key), *inside)))


def chosen_step(country: str, edition: int, key: Key, value: Mapping[str, Value], order: tuple[str, ...]) -> Step:
    """Withhold a value that nobody has decided about. The figures of a year stand in their `order`."""
    file, path = protection_file(country, edition), _path(key)

    def step(sources: Sources) -> Amendment | Conflict | None:
        text = _text(sources, file)
        depth = next((each for each in (1, 2) if not slice_of(text, file, path[:each])), len(path))
        made: Value = dict(value)
        for name in reversed(path[depth:]):
            made = {name: made}
        years = tuple(str(each) for each in range(edition - CENTURY, edition + 1))
        beside = {1: (SEED, WITHHELD, ROUNDED), 2: years}.get(depth, order)
        return Amendment(file=file, path=path[:depth], value=made, seen=NOTHING, order=beside, whole=HEAD)

    return step


def reason_step(country: str, edition: int, key: Key, reason: Mapping[str, str], seen: str) -> Step:
    """Write why a value is withheld; no words take them out."""
    wanted: Value | None = dict(reason) or None
    path = (*_path(key), REASON)
    return lambda _: Amendment(protection_file(country, edition), path, wanted, seen)


def removal_step(country: str, edition: int, key: Key, seen: str) -> Step:
    file, path = protection_file(country, edition), _path(key)

    def step(sources: Sources) -> Amendment | Conflict | None:
        text = _text(sources, file)
        if slice_digest(slice_of(text, file, path)) != seen:
            return Conflict(file, path, None, theirs=slice_of(text, file, path))
        inside: object = read_yaml(sources, file).data
        depth = 1
        for at, name in enumerate(path):
            is_shared = isinstance(inside, Mapping) and len(inside) > 1
            depth = at + 1 if at and is_shared else depth
            inside = inside.get(name) if isinstance(inside, Mapping) else None
        # The file keeps its key where nothing is left of it.
        left: Value | None = {} if depth == 1 else None
        return Amendment(file, path[:depth], left, slice_digest(slice_of(text, file, path[:depth])))

    return step


def _path(key: Key) -> Keys:
    figure, year = key
    return WITHHELD, str(year), figure


def _text(sources: Sources, file: str) -> str:
    return decode(sources.find(file).content, file) if file in sources else HEAD
