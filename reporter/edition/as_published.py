"""An edition as it was published, from the copies kept."""

from dataclasses import replace

from reporter.edition.changes import intact_copies
from reporter.edition.inputs import edition_files, inputs_of, is_shared
from reporter.edition.state import EditionState
from reporter.files.published import file_of
from reporter.model import Permission, Release


def frozen_state(state: EditionState, release: Release) -> EditionState:
    """The state of an edition when a number was published. It is made from the copies of that number. Raises
    ReporterError when one is missing or was changed."""
    copies = intact_copies(state.sources, release).contents
    later = {file_of(each.country, each.year, each.number) for each in state.releases[release.number + 1 :]}
    inputs = inputs_of(state.sources, state.job)
    kept = state.sources.only(lambda path: path not in inputs and path not in later)
    sources = kept.overlay(copies)
    return EditionState(state.job, edition_files(sources, state.job), state.shelves, frozen=True)


def as_published(state: EditionState, permissions: tuple[Permission, ...]) -> EditionState:
    """The edition as published last, to be handed out once more. Files that all editions share change for a later year:
    here they are as they were. The `permissions` to publish small counts are those of today. The state itself when
    nothing was published, or its own files changed. Raises ReporterError when a copy is missing or was changed."""
    if state.release is None or not all(is_shared(each.name) for each in state.changed):
        return state
    frozen = frozen_state(state, state.release) if state.changed else replace(state, frozen=True)
    return replace(frozen, permissions=permissions)
