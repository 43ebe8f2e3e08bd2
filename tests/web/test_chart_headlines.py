"""Headlines over charts and tables, written among the texts of their section."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest

from tests import small
from tests.web.pages.test_text_writing import Writing
from tests.web.serving import come_in, running, words

NAME = "figure-victims_over_years"
TEXT, EARLIER = "data/XX/text/en/2020.md", "data/XX/text/en/2019.md"
HEADLINE = "{{ victims.identified | at(2019) }} in 2019"
BEGUN = "# resources\n\nA page.\n"
OVER_TABLE = "\n# table-penalties: Longer\n"


@pytest.fixture(scope="module")
def writing(tmp_path_factory) -> Iterator[Writing]:
    files = {
        "reporter.yaml": "title: {en: Small, lt: Maža}\nlanguages: [en, lt]\n",
        EARLIER: f"# resources\n\nA page.\n\n# {NAME}: {HEADLINE}\n",
        TEXT: BEGUN,
        "data/XX/text/lt/2020.md": f"# {NAME}: Aukos {{{{ year }}}}\n",
    }
    root = small.write(tmp_path_factory.mktemp("over"), files)
    with running(root, today=lambda: date(2021, 3, 9)) as bench:
        bench.desk.read_now()
        yield Writing(bench, come_in(bench), root)


@pytest.fixture(autouse=True)
def start_again(writing: Writing) -> None:
    writing.type(BEGUN)


def over(writing: Writing, section: str = "victims", query: str = "") -> str:
    """The part of the page about charts and tables."""
    page = writing.asker.get(f"/XX/2020/text/en/{section}{query}").text
    found = re.search(r'<section class="part" id="over".*?</section>', page, re.S)
    return found[0] if found else ""


def fields(piece: str, name: str) -> dict[str, str]:
    """The fields of the form over a chart."""
    form = next(each for each in re.findall(r"<form.*?</form>", piece, re.S) if f'value="{name}"' in each)
    return {key: unescape(value) for key, value in re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', form)}


def send(writing: Writing, act: str, section: str = "victims", name: str = NAME, **typed: str):
    return writing.send(section, {**fields(over(writing, section), name), "act": act, **typed})


def test_each_chart_has_its_place_among_the_texts_of_its_section(writing: Writing) -> None:
    piece = over(writing)
    assert "Identified victims, 2018–2020" in piece
    assert NAME == fields(piece, NAME)["path"]
    assert "Chart" in piece
    assert "" == over(writing, "resources")
    # Chapters that are made from the data have places for headlines, and none for texts.
    page = writing.asker.get("/XX/2020/text/en/figures").text
    assert "All figures" in page
    assert 'name="body"' not in page


def test_last_years_headline_or_that_of_another_language_is_shown_beside(writing: Writing) -> None:
    assert "60 in 2019" in words(over(writing))
    assert "Aukos 2020" in words(over(writing, query="?beside=lt"))


def test_a_headline_is_written_behind_all_sections_and_taken_out_again(writing: Writing) -> None:
    answer = send(writing, "save", head=" More\r\nvictims ")
    assert 303 == answer.status
    assert f"{BEGUN}\n# {NAME}: More victims\n" == writing.text()
    assert "More victims" in over(writing)
    writing.type(writing.text() + OVER_TABLE)
    send(writing, "save", "investigation", "figure-investigations", head="Fewer")
    assert f"{BEGUN}\n# {NAME}: More victims\n\n# figure-investigations: Fewer\n{OVER_TABLE}" == writing.text()
    send(writing, "remove")
    assert f"{BEGUN}\n# figure-investigations: Fewer\n{OVER_TABLE}" == writing.text()


def test_it_begins_with_that_of_last_year_with_its_expressions(writing: Writing) -> None:
    send(writing, "anew")
    assert f"{BEGUN}\n# {NAME}: {HEADLINE}\n" == writing.text()
    assert "Begin with that of last year" not in over(writing)


def test_no_words_are_no_headline_and_two_writers_see_each_other(writing: Writing) -> None:
    assert 422 == send(writing, "save", head=" ").status
    mine = {**fields(over(writing), NAME), "act": "save", "head": "Mine"}
    send(writing, "save", head="Theirs")
    answer = writing.send("victims", mine)
    assert 409 == answer.status
    assert re.search(r'<textarea[^>]*name="head"[^>]*>\nMine</textarea>', answer.text)
    seen = re.search(r'class="conflict".*?name="seen" value="(\w+)"', answer.text, re.S)
    assert seen
    writing.send("victims", {**mine, "seen": seen[1]})
    assert f"{BEGUN}\n# {NAME}: Mine\n" == writing.text()


def test_what_is_found_in_a_headline_is_told_at_its_chart_and_in_the_rail(writing: Writing) -> None:
    writing.type(f'{BEGUN}\n# {NAME}: {{{{ victims.identified | fell("Fewer victims") }}}}\n')
    assert "is not true" in words(writing.open("victims").text)
    assert "is-error" in over(writing)


def test_one_that_has_no_chart_says_that_it_is_printed_nowhere(writing: Writing) -> None:
    assert "figure-assisted" not in over(writing, "assistance")
    writing.type(f"{BEGUN}\n# figure-assisted: None\n")
    assert "2020 has no such chart or table" in over(writing, "assistance")
