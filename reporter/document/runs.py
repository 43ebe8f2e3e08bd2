"""Short paragraphs that begin with a head in bold."""

from dataclasses import dataclass

from reporter.model import Observation


@dataclass(frozen=True, slots=True)
class Run:
    """A short paragraph with its head in bold; it warns with `caution`."""

    head: str
    text: str
    caution: bool = False


@dataclass(frozen=True, slots=True)
class Runs:
    """Short paragraphs, each with its head in bold. `label` stands above the title in small capitals. With `aside` they
    fill a narrow column beside the block before them, with `narrow` one of three columns; with `reading` they say in a
    box how to read it."""

    label: str
    title: str
    runs: tuple[Run, ...]
    aside: bool = False
    reading: bool = False
    narrow: bool = False
    observations: tuple[Observation, ...] = ()
