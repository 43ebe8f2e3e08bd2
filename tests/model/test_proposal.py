"""What is recommended in a year, and of which recommendations the next years say what became."""

from dataclasses import replace

import pytest

from reporter.errors import Mark
from reporter.model import FollowUp, Passage, Recommendation, RecommendationState
from tests.fixtures import RURITANIA
from tests.snapshots import dataset_of

HERE = Mark("data/XX/2020.yaml", 1)


def made(year: int) -> Recommendation:
    return Recommendation(code="beds", to=("police",), by=str(year + 1), year=year, mark=HERE)


def told(year: int, state: RecommendationState) -> FollowUp:
    return FollowUp(code="beds", state=state, year=year, mark=HERE)


@pytest.fixture(scope="module")
def data():
    return replace(dataset_of(RURITANIA, ("XX",)).countries[0], recommendations=(), follow_ups=())


@pytest.mark.parametrize("state", RecommendationState)
def test_a_recommendation_is_asked_for_until_it_is_done_or_dropped(data, state: RecommendationState):
    known = replace(data, recommendations=(made(2020),), follow_ups=(told(2021, state),))
    still = state not in (RecommendationState.DONE, RecommendationState.DROPPED)
    assert [(), (made(2020),), (made(2020),) if still else ()] == [
        known.asked_again(year) for year in (2020, 2021, 2022)
    ]


def test_one_that_is_made_again_is_asked_for_again(data):
    known = replace(
        data,
        recommendations=(made(2020), made(2021)),
        follow_ups=(told(2021, RecommendationState.DONE), told(2022, RecommendationState.DROPPED)),
    )
    assert [(made(2020),), (made(2021),), ()] == [known.asked_again(year) for year in (2021, 2022, 2023)]


@pytest.mark.parametrize(("section", "years"), [("recommendations", [2020]), ("challenges", [2020, 2021])])
def test_a_recommendation_stands_in_the_edition_of_its_own_year_only(section: str, years: list[int]):
    passage = Passage(section, "en", 2020, "## Beds\n", HERE, part="beds")
    assert years == [year for year in (2019, 2020, 2021) if passage.is_of(year)]


def test_the_offices_are_named_as_the_country_names_them():
    known = dataset_of(RURITANIA, ("XX",)).countries[0]
    posters = next(each for each in known.recommendations if each.code == "posters")
    assert ["National hotline", "Royal Chancellery"] == [each.text("en") for each in posters.offices]
