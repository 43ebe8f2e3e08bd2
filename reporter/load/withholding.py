"""Read what an edition withholds from the public. It is laid over the data."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from reporter.files.sources import DATA
from reporter.load.figures import FileOrigin
from reporter.load.shapes import ProtectionShape
from reporter.load.year import YEAR, split_address
from reporter.model import Because, Confidentiality, Observation, Protection, RoundedFigure, Status
from reporter.model.protection import ROUNDED_TO
from reporter.model.seen import Key

FOLDER = "protection"
T = TypeVar("T")
FILE = re.compile(rf"{DATA}/([A-Z]{{2}})/{FOLDER}/([12]\d{{3}})\.yaml", re.ASCII)


def protection_file(country: str, edition: int) -> str:
    return f"{DATA}/{country}/{FOLDER}/{edition}.yaml"


def read_protection(origin: FileOrigin, shape: ProtectionShape) -> Protection:
    """Read the decisions of an edition; unknown figures become errors."""
    withheld = [
        each.made(origin.tree, "withheld", year, address, figure=address, year=int(year))
        for year, figures in shape.withheld.items()
        for address, each in _known(origin, "withheld", year, figures)
    ]
    return Protection(origin.year, tuple(withheld), tuple(_rounded(origin, shape)), origin.tree.mark(), shape.seed)


def _rounded(origin: FileOrigin, shape: ProtectionShape) -> Iterator[RoundedFigure]:
    for year, figures in shape.rounded.items():
        for address, value in _known(origin, "rounded", year, figures):
            mark = origin.tree.mark("rounded", year, address)
            if value % ROUNDED_TO:
                near = ROUNDED_TO * round(value / ROUNDED_TO)
                message = f"{address} of {year}: {value} is no multiple of {ROUNDED_TO}"
                hint = f"write {near}, with all that it adds to; reporter protect works them out"
                origin.tree.error(mark, "wrong-type", message, hint)
                continue
            yield RoundedFigure(address, int(year), value, mark)


def _known(origin: FileOrigin, key: str, year: str, figures: Mapping[str, T]) -> Iterator[tuple[str, T]]:
    if not (YEAR.fullmatch(year) and int(year) <= origin.year):
        place = origin.tree.key(key, year)
        hint = f"write {origin.year} or an earlier year; what a later one needs stands in its own file"
        origin.tree.error(place, "wrong-year", f"{year!r} is no year of the edition of {origin.year}", hint)
        return
    for address, each in figures.items():
        if split_address(origin, address, origin.tree.key(key, year, address)):
            yield address, each


def decisions_of(protections: Iterable[Protection]) -> Mapping[Key, Because]:
    """Why values are withheld, by figure and year. A later file goes first."""
    return {(each.figure, each.year): each.because for one in protections for each in one.withheld}


def with_decisions(seen: Observation, decided: Mapping[Key, Because]) -> Observation:
    """A value with the code of the decision about it, if any. What a file says itself of a value goes before."""
    because = decided.get((seen.address, seen.year))
    free = seen.confidentiality is Confidentiality.FREE and seen.status is Status.GIVEN
    return replace(seen, confidentiality=because.code) if because and free else seen
