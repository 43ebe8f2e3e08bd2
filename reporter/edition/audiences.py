"""For whom an edition is made: everybody, and who may know more."""

from collections.abc import Iterable
from dataclasses import replace

from reporter.disclosure.public import for_audience
from reporter.edition.inputs import inputs_of
from reporter.edition.job import Job
from reporter.edition.release import published_audiences
from reporter.edition.state import EditionState
from reporter.load.catalogue import read_settings
from reporter.model import Audience


def state_for(state: EditionState, audience: Audience) -> EditionState:
    """The state of an edition as an audience may know it."""
    return replace(state, job=replace(state.job, audience=audience))


def audiences_of(state: EditionState) -> tuple[Audience, ...]:
    """The audiences that an edition is made for. A restricted one is made where somebody is to get it, or where it
    tells more than the public one."""
    settings, _ = read_settings(state.sources)
    has_restricted = bool(settings and any(each.audience is Audience.RESTRICTED for each in settings.recipients))
    if not has_restricted:
        files = inputs_of(state.sources, state.job)
        public, restricted = (for_audience(files, each).contents for each in Audience)
        has_restricted = public != restricted
    return tuple(Audience) if has_restricted else (Audience.PUBLIC,)


def documents_due(state: EditionState, languages: Iterable[str]) -> tuple[Job, ...]:
    """The documents that an edition has, or was published in. They are those for every audience."""
    known = {*audiences_of(state), *(published_audiences(state.release) if state.release else ())}
    named = tuple(languages)
    return tuple(job for each in Audience if each in known for job in state_for(state, each).jobs(named))
