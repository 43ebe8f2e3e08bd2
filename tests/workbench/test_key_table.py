"""The table of keys: told in the documentation, on its own page and on every other one."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest

from reporter.data.files.workspace import Workspace
from reporter.data.i18n import load_locale
from reporter.workbench.search.going import matching_goals
from reporter.workbench.server.shell import KEYS, PLACES
from reporter.workbench.server.workspace_reader import Desk
from reporter.workbench.year.year import NextStep, next_steps
from reporter.workbench.year.year_state import year_state
from tests import small
from tests.cli.running import RIGHT
from tests.fixtures import ROOT
from tests.workbench.figures_bench import Bench
from tests.workbench.serving import TODAY, Asker, words

TITLES = {"": "everywhere", **{each.code: each.title for each in PLACES}}


def table(page: str) -> list[tuple[str, str]]:
    rows = re.findall(r'<tr[^>]*><th scope="row">(.*?)</th><td>(.*?)</td></tr>', page, re.S)
    return [(re.sub(r"<[^>]*>", "", presses), html.unescape(words)) for presses, words in rows]


def test_the_documentation_tells_every_key_and_none_means_two_things_on_a_page() -> None:
    told = re.findall(r"^\| (`.*?) \| (.*?) \| (.*?) \|$", (ROOT / "docs/workbench.md").read_text(), re.M)
    known = [(", ".join(f"`{each}`" for each in key.presses), TITLES[key.place], key.title) for key in KEYS]
    assert known == [each for each in told if each[1] in TITLES.values()]
    for place in TITLES:
        presses = [press for key in KEYS if key.place in ("", place) for press in key.presses]
        assert [] == [press for press, number in Counter(presses).items() if number > 1]
        # A key after which another one is waited for does nothing of its own.
        assert set() == {press.split(" ")[0] for press in presses if " " in press} & set(presses)
    pressed = {key.code: key.presses for key in KEYS}
    assert all(pressed[f"go-{each.code}"] == (f"G {each.letter}",) for each in PLACES if each.letter)


def test_a_page_of_its_own_tells_all_keys_and_each_page_its_own_and_those_of_all(bench: Bench) -> None:
    asker = bench.person()
    shown = table(asker.get("/keys").text.partition("<main")[2].partition("</main>")[0])
    assert [key.title for key in KEYS] == [told for _, told in shown]
    assert ("CtrlK", True) == (shown[0][0].replace(" ", ""), "G then F" in {presses for presses, _ in shown})
    for path, place in (("/LT/2021", "year"), ("/LT/2021/figures", "figures"), ("/keys", "")):
        answer = asker.get(path)
        page = asker.get(answer.headers["location"]).text if answer.status == 303 else answer.text
        codes = re.findall(r'<tr data-code="([\w-]+)" data-presses', page)
        assert [key.code for key in KEYS if key.place in ("", place) and key.code] == codes


def test_letters_are_switched_off_for_a_browser_and_on_again(bench: Bench) -> None:
    asker = bench.person()
    assert '<dialog id="keys" aria-labelledby="keys-title" data-letters>' in asker.get("/LT/2021").text
    answer = asker.post("/keys", {"letters": "off", "here": "/LT/2021"})
    assert (303, "/LT/2021") == (answer.status, answer.headers["location"])
    cookie = answer.headers["set-cookie"].partition(";")[0]
    off = asker.knowing(Cookie=f"{asker.headers['Cookie']}; {cookie}")
    assert "data-letters" not in off.get("/LT/2021").text
    assert "Switch single letters on" in off.get("/keys").text
    on = off.post("/keys", {"letters": "on", "here": "//evil.example"})
    assert ("/keys", True) == (on.headers["location"], "reporter-letters=on;" in on.headers["set-cookie"])


GOALS = (
    ("Findings", "page", "/1", ""),
    ("Identified victims", "figure", "/2", "victims.identified"),
    ("Victims", "text", "/3", "victims"),
    ("Žmonės, kuriems padėta", "rodiklis", "/4", ""),
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
    assert addresses == [address for _, _, address, _ in matching_goals(GOALS, asked)]


def test_pages_texts_figures_and_years_are_found_in_the_words_of_the_reader_and_all_are_there(bench: Bench) -> None:
    ana = bench.person()
    here = "/go?here=/LT/2020/text/en/victims&q="
    assert "/LT/2020/findings" == found(ana, f"{here}findi")[0][0]
    assert "/LT/2020/figures/justice" == found(ana, f"{here}invest")[0][0]
    assert ("/LT/2020/text/en/administrative_violations", "Administrative violations") in found(ana, f"{here}adm")
    at = "/LT/2020/figures/justice?all=1&amp;at=persons.convicted#f-persons.convicted"
    assert (at, "Persons convicted") in found(ana, f"{here}conv")
    assert ("/LT/2019", []) == (found(ana, f"{here}2019")[0][0], found(ana, f"{here}qqqq"))
    assert "No match. Try fewer letters." in ana.get(f"{here}qqqq").text
    ana = bench.person().knowing(**{"Accept-Language": "lt"})
    assert "Nustatytos aukos" in [title for _, title in found(ana, "/go?q=nustat")]
    assert all("/text/lt/" in address for address, _ in found(ana, "/go?q=tekst") if "/text/" in address)
    for here in ("", "/keys", "/LT/1900", "/QQ/2020", "nonsense"):
        assert "/LT/2021" == found(bench.person(), f"/go?here={here}&q=overview")[0][0], here
    addresses = {
        address for letter in "abcdefgilmnoprstvw" for address, _ in found(ana, f"/go?here=/LT/2021&q={letter}")
    }
    assert len(addresses) > 30
    assert {200, 303} >= {ana.get(each.partition("#")[0].replace("&amp;", "&")).status for each in addresses}


def test_it_says_what_comes_next_and_what_is_open(bench: Bench) -> None:
    answer = bench.person().get("/LT/2021")
    figures = int(re.match(r"(\d+) figures wait for an answer", answer.title)[1])
    said = words(answer.text)
    assert (True, True) == (f"0 of {figures} figures answered" in said, "113 days to 30 June 2022" in said)
    assert "2021 not published" in said
    first = bench.person().get("/")
    assert (303, "/LT/2021") == (first.status, first.headers["location"])
    for path in ("/LT/1999", "/XX/2021", "/LT/99999999", "/lt/2021", "/LT/2021/", "/LT/2021/nothing", "/XX/new"):
        assert 404 == bench.person().get(path).status, path


def test_a_language_is_chosen_and_stays_and_leads_to_no_other_place(bench: Bench) -> None:
    asker = bench.person()
    answer = asker.post("/language", {"language": "lt", "here": "/LT/2021"})
    assert (303, "/LT/2021") == (answer.status, answer.headers["location"])
    kept = asker.knowing(Cookie=f"{asker.headers['Cookie']}; {answer.headers['set-cookie'].partition(';')[0]}")
    assert all('<html lang="lt"' in kept.get(each).text for each in ("/LT/2021", "/LT/2020"))
    for here in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", "/a\r\nb", ""):
        answer = asker.post("/language", {"language": "lt", "here": here})
        assert (303, "/") == (answer.status, answer.headers["location"]), here


ENGLISH = load_locale("en")


def changed(now: str) -> dict[str, str]:
    return {small.YEAR: small.FILES[small.YEAR].replace("labour: 6", now)}


def state_of(root: Path, files: dict[str, str], year: int = 2020):
    workspace = Workspace(small.write(root, files))
    return year_state(workspace, Desk(workspace, lambda: TODAY).read_now(), "XX", year, TODAY)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (RIGHT, NextStep("The year can be final", "release", remedy="All figures are answered and all texts decided.")),
        (
            small.FINAL,
            NextStep(
                "The year can be published",
                "release",
                remedy="The figures are final. A published edition does not change.",
            ),
        ),
    ],
)
def test_what_is_all_right_can_be_final_and_then_published(tmp_path, files, expected) -> None:
    assert (expected,) == next_steps(state_of(tmp_path, files), ENGLISH)


def test_what_should_be_withheld_comes_before_a_year_is_final_and_nothing_is_decided_while_it_is_worked_out(
    tmp_path: Path,
) -> None:
    state = state_of(tmp_path, RIGHT)
    proposed = NextStep("3 values should be withheld but are not yet", "withheld")
    assert (proposed,) == next_steps(state, ENGLISH, "would", 3)
    (waits,) = next_steps(state, ENGLISH, "waits", 0)
    assert "Further values to withhold are still being worked out." == waits.remedy


def test_what_is_not_answered_comes_first_then_texts_then_errors(tmp_path: Path) -> None:
    asked = next_steps(state_of(tmp_path, changed("labour: unanswered")), ENGLISH)
    assert ["1 figure waits for an answer", "1 error to correct"] == [each.title for each in asked]
