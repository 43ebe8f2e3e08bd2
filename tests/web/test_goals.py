"""Places are found by a few letters, in the words of the reader."""

import re

import pytest

from reporter.web.goals import Goal, found_goals
from tests.web.figures_bench import Bench
from tests.web.serving import Asker

GOALS = (
    Goal("Findings", "page", "/1"),
    Goal("Identified victims", "figure", "/2", "victims.identified"),
    Goal("Victims", "text", "/3", "victims"),
    Goal("Žmonės, kuriems padėta", "rodiklis", "/4"),
)


def found(asker: Asker, path: str) -> list[tuple[str, str]]:
    return re.findall(r'<li><a href="([^"]*)"><span[^>]*>(.*?)</span>', asker.get(path).text.partition('id="found"')[2])


@pytest.mark.parametrize(
    ("asked", "addresses"),
    [
        ("vic", ["/3", "/2"]),
        ("victims ident", ["/2"]),
        ("victims.ident", ["/2"]),
        ("zmon PADET", ["/4"]),
        ("ndings", ["/1"]),
        ("page", ["/1"]),
        ("nothing of this", []),
        ("", ["/1", "/2", "/3", "/4"]),
    ],
)
def test_what_begins_with_the_letters_comes_first(asked: str, addresses: list[str]) -> None:
    assert addresses == [each.address for each in found_goals(GOALS, asked)]


def test_pages_chapters_sections_figures_and_years_are_found_from_the_year_one_looks_at(bench: Bench) -> None:
    ana = bench.person()
    here = "/go?here=/LT/2020/text/en/victims&q="
    assert "/LT/2020/findings" == found(ana, f"{here}findi")[0][0]
    assert "/LT/2020/figures/justice" == found(ana, f"{here}invest")[0][0]
    assert ("/LT/2020/text/en/administrative_violations", "Administrative violations") in found(ana, f"{here}adm")
    at = "/LT/2020/figures/justice?all=1&amp;at=persons.convicted#f-persons.convicted"
    assert (at, "Persons convicted") in found(ana, f"{here}conv")
    assert "/LT/2019" == found(ana, f"{here}2019")[0][0]
    assert [] == found(ana, f"{here}qqqq")
    assert "Nothing has these letters." in ana.get(f"{here}qqqq").text


def test_in_lithuanian_the_words_are_lithuanian(bench: Bench) -> None:
    ana = bench.person().knowing(**{"Accept-Language": "lt"})
    assert "Nustatytos aukos" in [title for _, title in found(ana, "/go?q=nustat")]
    assert all("/text/lt/" in address for address, _ in found(ana, "/go?q=tekst") if "/text/" in address)


def test_without_a_year_it_leads_from_the_latest(bench: Bench) -> None:
    for here in ("", "/keys", "/LT/1900", "/QQ/2020", "nonsense"):
        assert "/LT/2021" == found(bench.person(), f"/go?here={here}&q=the+year")[0][0], here


def test_every_place_that_is_found_is_there(bench: Bench) -> None:
    ana = bench.person()
    addresses = {
        address for letter in "abcdefgilmnoprstvw" for address, _ in found(ana, f"/go?here=/LT/2021&q={letter}")
    }
    assert len(addresses) > 30
    assert {200, 303} >= {ana.get(each.partition("#")[0].replace("&amp;", "&")).status for each in addresses}
