"""Work out what a corrigendum corrects.

The snapshot that was published before it is compared with the one there is now.
"""

from collections.abc import Sequence
from dataclasses import replace

from reporter.comparison.erratum import Erratum
from reporter.edition.inputs import page_settings
from reporter.edition.release import intact_copies, published_annexes
from reporter.files.sources import SETTINGS, Sources
from reporter.load.dataset import load_dataset
from reporter.model import Release, vintage


def erratum_of(sources: Sources, releases: Sequence[Release]) -> Erratum | None:
    """The erratum of an edition; None without a corrigendum.

    Raises ReporterError when a copy of what was published before is missing or was changed.
    """
    if len(releases) < 2:
        return None
    release = releases[-2]
    before = intact_copies(sources, release)
    # What was wrong with files that were published cannot be mended any more.
    dataset = load_dataset(before, (release.country,), frozen=True).dataset
    alike = page_settings(before.find(SETTINGS).content) == page_settings(sources.find(SETTINGS).content)
    settings = replace(dataset.settings, annexes=published_annexes(release))
    earlier = vintage(replace(dataset, settings=settings), release.country, release.year)
    return Erratum(tuple(releases), earlier, (SETTINGS,) if alike else ())
