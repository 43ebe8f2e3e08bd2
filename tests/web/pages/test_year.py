"""The year: what comes next and what is open; what there is no page of; and a language that stays."""

import re

import pytest

from tests.web.figures_bench import Bench
from tests.web.serving import words


def test_it_says_what_comes_next_and_what_is_open(bench: Bench) -> None:
    answer = bench.person().get("/LT/2021")
    figures = int(re.match(r"(\d+) figures wait for an answer", answer.title)[1])
    said = words(answer.text)
    assert f"0 of {figures} figures answered" in said
    assert "113 days to 30 June 2022" in said
    assert "2021 not published" in said
    first = bench.person().get("/")
    assert (303, "/LT/2021") == (first.status, first.headers["location"])


def test_a_language_is_chosen_and_stays_and_leads_to_no_other_place(bench: Bench) -> None:
    asker = bench.person()
    answer = asker.post("/language", {"language": "lt", "here": "/LT/2021"})
    assert (303, "/LT/2021") == (answer.status, answer.headers["location"])
    kept = asker.knowing(Cookie=f"{asker.headers['Cookie']}; {answer.headers['set-cookie'].partition(';')[0]}")
    assert all('<html lang="lt"' in kept.get(each).text for each in ("/LT/2021", "/LT/2020"))
    for here in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", "/a\r\nb", ""):
        answer = asker.post("/language", {"language": "lt", "here": here})
        assert (303, "/") == (answer.status, answer.headers["location"]), here


@pytest.mark.parametrize(
    "path", ["/LT/1999", "/XX/2021", "/LT/99999999", "/lt/2021", "/LT/2021/", "/LT/2021/nothing", "/XX/new"]
)
def test_a_year_or_country_that_is_not_there_is_no_page(bench: Bench, path: str) -> None:
    assert 404 == bench.person().get(path).status
