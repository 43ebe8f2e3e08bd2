"""What another publication tells of withheld figures."""

from collections.abc import Iterator, Mapping

from reporter.disclosure.system import CellKey, Tie
from reporter.model import Publication, Status, Vintage
from reporter.reconcile.mapping import Pair, pairs

Keys = Mapping[tuple[str, int], CellKey]


def publication_ties(publication: Publication, known: Vintage, keys: Keys) -> Iterator[Tie]:
    """The figures of another publication as ties of ours. Only of an indicator and year of which both have a number
    alike: else it counts others, and readers see that."""
    there = {(each.cell, each.year): each for each in publication.rows}
    matched = tuple(pairs(known.catalogue, known.country))
    for year in sorted({each.year for each in publication.rows}):
        alike = {each.indicator for each in matched if _is_alike(each, known, year, publication)}
        for pair in matched:
            value = next((there[cell, year] for cell in pair.cells if (cell, year) in there), None)
            wheres = [(address, year) for address in pair.addresses if (address, year) in keys]
            if value is None or pair.indicator not in alike or len(wheres) < len(pair.addresses):
                continue
            terms = tuple((keys[where], 1) for where in wheres)
            name = f"{publication.publisher or publication.path}: {value.cell}"
            yield Tie(name, terms, value.least, value.most, place=str(value.mark))


def _is_alike(pair: Pair, known: Vintage, year: int, publication: Publication) -> bool:
    seen = [known.observation(address, year) for address in pair.addresses]
    numbers = [
        int(each.value) for each in seen if each is not None and each.status is Status.GIVEN and each.value is not None
    ]
    if len(numbers) < len(seen) or not numbers:
        return False
    made = sum(numbers)
    return any(
        each.year == year and each.cell in pair.cells and each.value is not None and each.value == made
        for each in publication.rows
    )
