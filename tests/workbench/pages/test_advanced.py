"""What an adviser never needs is folded under Advanced, and is there."""

import re

import pytest

from tests.workbench.figures_bench import Bench
from tests.workbench.pages.test_findings import JUMPED
from tests.workbench.serving import words

CONVICTED = "/LT/2021/figures/justice?at=persons.convicted"
FOLDED = {
    "flags that are rare": (
        CONVICTED,
        ("f: a forecast", "i: filled in", "m: cannot exist", "n: not significant"),
        "u: of",
    ),
    "the name of a figure": (CONVICTED, ("Its name in the files: persons.convicted",), "Source"),
    "line and address": (
        "/LT/2021/figure/persons.convicted",
        ("File and line data/LT/2021.yaml", "The line persons.convicted:", "Address persons.convicted"),
        "Source",
    ),
    "the catalogue": ("/LT/2021/lists", ("What is counted", "Breakdowns", "data/catalogue.yaml"), "Activities"),
    "headings": ("/LT/2021/lists", ("Headings on the Commission’s page", "data/LT/country.yaml"), "Institutions"),
    "a code": ("/LT/2021/lists/activities/-", ("Code",), "Title"),
    "the file of a text": ("/LT/2021/text/en/victims", ("Written to data/LT/text/en/2021.md",), "Victims"),
    "what others call it": ("/LT/lists/about", ("Name in other publications",), "Publisher"),
    "a file": ("/LT/2021/lists/about", ("data/LT/2021.yaml",), "Source"),
    "the settings file": ("/settings", ("reporter.yaml",), "Recipients"),
    "of a recipient": (
        "/settings/recipients/eurostat",
        ("Root certificates it trusts", "Signature expected from", "Subject of the message", "Salutation"),
        "Folder",
    ),
    "the restricted edition": ("/LT/2021/page/en", ("Restricted, including withheld figures",), "Click a number"),
    "editions to compare": ("/LT/compare", ("Editions of a year",), "Years"),
    "what a new year writes": ("/LT/new", ("data/ LT / 2022 .yaml",), "Start the year"),
}


@pytest.mark.parametrize(("path", "inside", "outside"), FOLDED.values(), ids=FOLDED)
def test_what_is_rarely_needed_is_folded(bench: Bench, path: str, inside: tuple[str, ...], outside: str) -> None:
    page = re.search(r"<main.*</main>", bench.person().get(path).text, re.S)[0]
    folded = re.findall(r'<details class="(?:advanced|own-code)"[^>]*>.*?</details>', page, re.S)
    rest = re.sub(r'<details class="(?:advanced|own-code)"[^>]*>.*?</details>', "", page, flags=re.S)
    assert [] == [each for each in inside if each.casefold() not in words(" ".join(folded)).casefold()]
    assert [] == [each for each in inside if each.casefold() in words(rest).casefold()]
    assert outside.casefold() in words(rest).casefold()
    assert [] == [each for each in folded if " open" in each.partition(">")[0]]


def test_the_lines_of_a_file_that_an_acceptance_writes_are_folded(bench: Bench) -> None:
    text = bench.text
    for old, new in JUMPED:
        text = text.replace(old, new, 1)
    bench.write(text)
    ana = bench.person()
    box = re.search(r"\?accept=\w+", ana.get("/LT/2021/findings").text)[0]
    page = ana.get(f"/LT/2021/findings{box}").text
    folded = re.search(r'<details class="advanced" id="accept-file">.*?</details>', page, re.S)[0]
    assert 'id="accept-lines"' in folded
    # Of a finding that leads to a field or text no file is named.
    assert [] == re.findall(r'<span class="place">data/LT/2021\.yaml:\d+', page)


def test_what_is_folded_is_open_where_something_stands_in_it(bench: Bench) -> None:
    bench.write(bench.text.replace("persons.convicted: unanswered", "persons.convicted: {total: 7, flags: [f]}"))
    assert re.search(r'<details class="advanced" open>', bench.person().get(CONVICTED).text)
    assert "such as 2017/2022" in bench.person().get("/settings/publish_small_counts/0").main
