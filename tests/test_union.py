"""The invented Union: it can be built, and has both what can be compared and what cannot."""

import pytest

from reporter.comparison.rates import compare_figures, counted_alike
from reporter.comparison.sides import Manner, Side, Sides
from reporter.edition.checked import CheckedDataset, load_checked
from reporter.errors import Severity
from reporter.files.workspace import Workspace
from reporter.model import vintage
from scripts.union import CODES, SEED, country_of, files_of, make_union

# One that counts otherwise, and one that does not.
FEW = tuple(next(code for code in CODES if bool(country_of(code, SEED).otherwise) is kind) for kind in (True, False))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> CheckedDataset:
    root = tmp_path_factory.mktemp("union")
    make_union(root, codes=FEW)
    return load_checked(Workspace(root).snapshot(), *FEW)


def test_nothing_stops_an_edition_of_the_invented_union(few: CheckedDataset) -> None:
    assert [] == [str(each) for each in few.findings if each.severity is Severity.ERROR and not each.accepted]


def test_the_invented_union_has_what_can_be_compared_and_what_cannot(few: CheckedDataset) -> None:
    known = [vintage(few.dataset, code, 2022) for code in FEW]
    sides = Sides(Manner.COUNTRIES, tuple(Side(2022, each, each) for each in known))
    assert {True, False} == {counted_alike(row, sides) for row in compare_figures(sides) if row.is_shared}


def test_the_invented_union_is_made_of_countries_of_all_kinds() -> None:
    countries = [country_of(code, 1) for code in CODES]
    assert 27 == len({each.name for each in countries})
    for kinds in ("omitted", "breaking", "otherwise", "estimated", "inhabitants"):
        assert {True, False} == {bool(getattr(each, kinds)) for each in countries}


def test_one_seed_makes_one_union() -> None:
    first, again, other = (dict(files_of("MT", seed, 5)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert "data/MT/2017.yaml" in first
