"""Make the snapshot that an audience may see."""

from collections.abc import Collection

from reporter.files.sources import Sources
from reporter.model import Audience
from reporter.model.seen import Key


def for_audience(sources: Sources, audience: Audience, also: Collection[Key] = ()) -> Sources:
    """The files of an edition as an audience may see them.

    `also` are figures withheld from the public besides, by address and year.
    """
    return sources if audience in Audience or also else sources
