"""What an audience may see of the records of editions. From these and its files alone everything that leaves is made,
and whoever gets them can make it again."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from reporter.edition.job import Job
from reporter.edition.release import is_restricted
from reporter.errors import DataError
from reporter.files.published import file_of, published_years, store_of
from reporter.files.sources import Sources
from reporter.load.release import add_seal, read_releases, release_text
from reporter.model import Audience, Release
from reporter.model.release import Sums

# Of a file that changed since another year was published nobody here knows what it was: it is none that there is now.
OTHER = "0" * 64


def with_records(inputs: Sources, sources: Sources, job: Job) -> Sources:
    """Lay the records of editions beside the inputs of one. `inputs` are what its audience may see of the files among
    `sources`; the records name these and no others. One that cannot be read is none."""
    laid: dict[str, bytes] = {}
    for country in job.countries:
        for year in published_years(sources, country):
            with suppress(DataError):
                releases = read_releases(sources, country, year)
                laid |= dict(
                    _record(_undigested(each), _named(each, inputs, sources), job.audience) for each in releases
                )
    return inputs.overlay(laid)


def with_copies(shown: Sources, release: Release, copies: Mapping[str, bytes], audience: Audience) -> Sources:
    """Lay the files of an earlier number beside its record."""
    store = store_of(release.country, release.year, release.number)
    laid = {f"{store}/{path}": content for path, content in copies.items()}
    return with_inputs(shown, _undigested(release), Sources.from_contents(copies), audience).overlay(laid)


def with_inputs(shown: Sources, release: Release, inputs: Sources, audience: Audience) -> Sources:
    """Let the record of a number name the files that are there."""
    named = tuple((path, each.sha256) for path, each in inputs.items())
    return shown.overlay(dict((_record(release, named, audience),)))


def _undigested(release: Release) -> Release:
    """A record that says who approved it, and not of which files. Among those there may be values that are withheld by
    now; with a checksum of all of them they could be tried."""
    return replace(release, approved=tuple(replace(each, sha256=OTHER) for each in release.approved))


def _named(release: Release, inputs: Sources, sources: Sources) -> Sums:
    known = ((path, sha256) for path, sha256 in release.inputs if path in inputs)
    return tuple(
        (path, inputs[path].sha256 if sources.find(path).sha256 == sha256 else OTHER) for path, sha256 in known
    )


def _record(release: Release, inputs: Sums, audience: Audience) -> tuple[str, bytes]:
    files = tuple(each for each in release.files if audience is Audience.RESTRICTED or not is_restricted(each[0]))
    told = add_seal(replace(release, inputs=inputs, files=files))
    return file_of(release.country, release.year, release.number), release_text(told).encode()
