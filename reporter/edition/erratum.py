"""Work out what a corrigendum corrects. The snapshot that was published before it is compared with the one there is
now."""

from collections.abc import Collection, Iterator, Sequence

from reporter.comparison.erratum import Erratum
from reporter.comparison.law import Turn
from reporter.edition.inputs import page_settings
from reporter.files.sources import SETTINGS, Sources
from reporter.load.dataset import load_dataset
from reporter.model import Release, vintage


def erratum_of(before: Sources, now: Sources, releases: Sequence[Release]) -> Erratum:
    """The erratum of a corrigendum, the last of some releases. `before` are the copies of what was published before it,
    as the audience may see them, without what is withheld by `now`."""
    release = releases[-2]
    # What was wrong with files that were published cannot be mended any more.
    dataset = load_dataset(before, (release.country,), frozen=True).dataset
    alike = page_settings(before.find(SETTINGS).content) == page_settings(now.find(SETTINGS).content)
    earlier = vintage(dataset, release.country, release.year)
    return Erratum(tuple(releases), earlier, tuple(_turns(before, now, alike=(SETTINGS,) if alike else ())))


def _turns(before: Sources, now: Sources, alike: Collection[str]) -> Iterator[tuple[str, Turn]]:
    for path in sorted(before.keys() | now.keys()):
        if path not in before or path not in now:
            yield path, Turn.NEW if path not in before else Turn.ENDED
        elif before[path].sha256 != now[path].sha256 and path not in alike:
            yield path, Turn.AMENDED
