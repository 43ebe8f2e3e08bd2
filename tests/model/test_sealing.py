"""What is withheld: no number, no note on it and nothing that repeats it is in what editions are made from."""

from dataclasses import replace

from hypothesis import given, settings

from reporter.check import check
from reporter.model import CountryData, Dataset, Vintage, vintage
from tests.fixtures import RURITANIA
from tests.snapshots import dataset_of
from tests.withheld import NOTE, SECRET_LISTS, Secret, places, withholding

DATASET = dataset_of(RURITANIA, ("XX",))
DATA = DATASET.country("XX")
YEARS = [each.year for each in DATA.years] if DATA else []


def known_of(dataset: Dataset) -> list[Vintage]:
    """Everything that any edition, comparison or export is made from."""
    last = YEARS[-1]
    return [vintage(dataset, "XX", year, as_of=as_of) for year in YEARS for as_of in {year, last}]


@settings(max_examples=60)
@given(places(DATA), SECRET_LISTS, SECRET_LISTS)
def test_editions_are_made_from_the_same_whatever_is_withheld(chosen, one, other):
    first, second = (
        known_of(withholding(DATASET, "XX", chosen, secrets)) for secrets in (one, with_notes_of(one, other))
    )
    assert first == second
    assert [] == [each.year for each in first if numbers_in(each) or NOTE in str(each.index)]


@settings(max_examples=20)
@given(places(DATA), SECRET_LISTS, SECRET_LISTS)
def test_findings_tell_the_same_whatever_is_withheld(chosen, one, other):
    found = [findings_of(withholding(DATASET, "XX", chosen, secrets)) for secrets in (one, other)]
    told, again = ([each for each in every if not each.private] for every in found)
    assert told == again
    words = " ".join(f"{each.message} {each.hint}" for every in found for each in every)
    assert [] == [each for each in (*one, *other) if each.value > 9 and str(each.value) in words]


def findings_of(dataset: Dataset):
    data = dataset.country("XX")
    assert isinstance(data, CountryData)
    return check(data, dataset)


def with_notes_of(some: list[Secret], others: list[Secret]) -> list[Secret]:
    """Other secrets, with a note wherever the first ones have one: that there is one keeps the file in the house."""
    return [
        replace(other, note=other.note or NOTE) if each.note else other
        for each, other in zip(some, others, strict=True)
    ]


def numbers_in(known: Vintage) -> str:
    data = known.data
    seen = (*known.index.values(), *data.observations, *(each.value for each in data.restated))
    values = (
        *(each.value for each in seen),
        *(each.was for each in data.revisions),
        *(each.now.value for each in data.revisions),
    )
    return " ".join(
        str(each) for each in (*values, *(each.published for each in data.differences)) if "770" in str(each)
    )
