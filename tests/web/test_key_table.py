"""The table of keys: told in the documentation, on its own page and on every other one."""

import html
import re
from collections import Counter

from reporter.web.shell import KEYS, PLACES
from tests.fixtures import ROOT
from tests.web.figures_bench import Bench

TITLES = {"": "everywhere", **{each.code: each.title for each in PLACES}}


def table(page: str) -> list[tuple[str, str]]:
    """The presses and words of each key on a page."""
    rows = re.findall(r'<tr[^>]*><th scope="row">(.*?)</th><td>(.*?)</td></tr>', page, re.S)
    return [(re.sub(r"<[^>]*>", "", presses), html.unescape(words)) for presses, words in rows]


def test_the_documentation_tells_every_key_as_the_table_has_it() -> None:
    told = re.findall(r"^\| (`.*?) \| (.*?) \| (.*?) \|$", (ROOT / "docs/workbench.md").read_text(), re.M)
    known = [(", ".join(f"`{each}`" for each in key.presses), TITLES[key.place], key.title) for key in KEYS]
    assert known == [each for each in told if each[1] in TITLES.values()]


def test_no_key_means_two_things_on_a_page_and_every_place_with_a_letter_is_reached_by_g() -> None:
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
    assert "CtrlK" == shown[0][0].replace(" ", "")
    assert "G then F" in {presses for presses, _ in shown}
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
