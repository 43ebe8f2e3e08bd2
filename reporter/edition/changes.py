"""Say in words what changed in a published edition, file by file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reporter.comparison.altered import Altered, altered_things
from reporter.comparison.erratum import Aspect, Corrected, corrected_figures
from reporter.comparison.law import Turn
from reporter.edition.release import ABSENT, Departure
from reporter.errors import DataError, Mark
from reporter.files.sources import DATA, SETTINGS, Sources
from reporter.load.dataset import load_dataset
from reporter.model import Observation, Settings, Vintage, is_given, vintage
from reporter.model.country import Country

# A line with more of them is no longer read.
MOST_TOLD = 5
TURNS = {Turn.NEW: "added", Turn.ENDED: "taken out"}


def with_words(
    changed: Iterable[Departure], then: Sources, inputs: Sources, edition: tuple[str, int]
) -> tuple[Departure, ...]:
    """Say of each changed file what differs: persons.charged 18 → 19. `then` are the files of the edition, a country
    and a year, as they were once. Nothing is added where one of the two cannot be read, and where only comments
    changed."""
    found: dict[str, list[str]] = {}
    before = _read(then, edition, frozen=True)
    now = _read(inputs, edition, frozen=False)
    for path, what in _differences(before, now) if before and now else ():
        found.setdefault(path, []).append(what)
    told: dict[str, tuple[str, ...]] = {}
    for path, words in found.items():
        more = len(words) - MOST_TOLD
        told[path] = (*words[:MOST_TOLD], f"and {more} more") if more > 0 else tuple(words)
    # Of a file that is missing or new everything differs.
    return tuple(
        replace(each, told=told.get(each.name, ())) if ABSENT not in (each.was, each.now) else each for each in changed
    )


def _read(sources: Sources, edition: tuple[str, int], *, frozen: bool) -> Vintage | None:
    country, year = edition
    try:
        return vintage(load_dataset(sources, (country,), frozen=frozen).dataset, country, year)
    except (DataError, LookupError):
        return None


def _differences(before: Vintage, now: Vintage) -> Iterator[tuple[str, str]]:
    for figure in corrected_figures(before, now):
        yield figure.seen.mark.path, _figure(figure, now.year)
    was, is_now = _texts(before), _texts(now)
    for (path, name), text in {**was, **is_now}.items():
        if was.get((path, name)) != is_now.get((path, name)):
            turn = TURNS[Turn.ENDED if text in was.values() else Turn.NEW]
            is_altered = (path, name) in was and (path, name) in is_now
            yield path, f"section {name}" if is_altered else f"section {name} {turn}"
    for thing in altered_things(before, now):
        yield _path(thing.thing, now), _record(thing)


def _figure(each: Corrected, year: int) -> str:
    of = "" if each.seen.owner or each.year == year else f" of {each.year}"
    name = f"{each.seen.address}{of}"
    if each.aspects[0] is not Aspect.VALUE:
        return f"{name}: {', '.join(each.aspects)}"
    return f"{name} {_value(each.before)} → {_value(each.now)}"


def _value(seen: Observation | None) -> str:
    if seen is None:
        return "absent"
    if not is_given(seen):
        return str(seen.status)
    return f"{seen.qualifier} {seen.value}" if seen.qualifier != "exact" else str(seen.value)


def _texts(known: Vintage) -> Mapping[tuple[str, str], tuple[str, str, bool]]:
    return {
        (each.mark.path, each.name): (
            each.headline.markdown if each.headline else "",
            each.markdown.strip(),
            each.carries,
        )
        for each in known.data.passages
    }


def _record(each: Altered) -> str:
    names = ("code", "figure", "kind", "year")
    found = (getattr(each.thing, name, None) for name in names)
    name = next((str(value) for value in found if value), type(each.thing).__name__.lower())
    return f"{name}: {TURNS.get(each.turn) or ', '.join(field.key for field in each.fields)}"


def _path(thing: object, known: Vintage) -> str:
    mark = getattr(thing, "mark", None)
    if isinstance(mark, Mark):
        return mark.path
    if isinstance(thing, Settings):
        return SETTINGS
    return f"{DATA}/{known.country.code}/country.yaml" if isinstance(thing, Country) else f"{DATA}/catalogue.yaml"
