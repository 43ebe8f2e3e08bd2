"""Every finished file tells its numbers by the addresses that it gives them."""

from decimal import Decimal

import pytest

from reporter.disclosure.addressed_numbers import read_numbers
from tests.roundtrip.forging import BOOK, CSV, JSON, PAGE, PDF, payload
from tests.word.written import profile_file

METHODS = "XX-2020-data-and-methods-en.html"


def told(files: dict[str, bytes], name: str) -> set[tuple[str, int, Decimal | None]]:
    read = read_numbers(name.rpartition("/")[2], files[name])
    return {(each.figures[0], each.year, each.value) for each in read.numbers if len(each.figures) == 1}


@pytest.mark.parametrize("name", [CSV, JSON, BOOK, PDF, METHODS, PAGE])
def test_a_figure_is_found_in_each_kind_of_file(packaged, name):
    files = payload(packaged.package)
    kinds = {each: told(files, each) for each in (CSV, JSON, BOOK, PDF, METHODS, PAGE)}
    women = ("victims.identified.women", 2020, Decimal(60))
    assert (women in kinds[name]) or (name in (METHODS, PAGE) and women in kinds[METHODS] | kinds[PAGE])
    assert {value for figure, year, value in kinds[name] if (figure, year) == women[:2]} <= {Decimal(60)}


def test_the_number_by_which_a_page_calls_its_own_charts_counts_nothing():
    label = (
        '<figure id="figure-ages"><p class="label" id="l"><a class="here" href="#figure-ages">2 pav.</a></p></figure>'
    )
    page = f"{label}<p>2 pav. vaizdas (SVG), žr. 2 pav. ir 12 pav.</p><p>Nustatyti 2 vaikai.</p>"
    assert ("vaizdas (SVG), žr. ir 12 pav.", "Nustatyti 2 vaikai.") == read_numbers("x.html", page.encode()).texts


def test_cells_tell_what_they_print_without_marks_and_bounds_are_not_exact():
    cells = (
        ("victims.identified@2020", "1&#160;024<sup>(1)</sup>"),
        ("victims.identified@2019", "≥ 5"),
        ("victims.identified@2018", "c"),
        ("law.cc_1.prison_max@", "12"),
    )
    rows = "".join(f'<td class="x" data-figure="{figure}">{text}</td>' for figure, text in cells)
    page = f"<!DOCTYPE html><html><body><table><tr>{rows}</tr></table></body></html>"
    expected = [(2020, Decimal(1024), True), (2019, Decimal(5), False), (2018, None, False), (0, Decimal(12), True)]
    assert expected == [
        (each.year, each.value, each.is_exact) for each in read_numbers("x.html", page.encode()).numbers
    ]


def test_a_derived_cell_of_eurostat_is_a_sum():
    text = "dataflow,key,year,value,origin,figures\r\nCRIM,LT.F,2020,26,derived,a.women + a.girls\r\n"
    (one,) = read_numbers("XX-2020-en-eurostat-origins.csv", text.encode()).numbers
    assert (("a.women", "a.girls"), 2020, Decimal(26)) == (one.figures, one.year, one.value)


def test_each_item_of_a_list_is_a_text_of_its_own():
    page = b"Of the year:\n\n- Investigations: 11 (labour: 4)\n- Victims: 80 (withheld: men)\n"
    texts = ("Of the year:", "- Investigations: 11 (labour: 4)", "- Victims: 80 (withheld: men)")
    assert texts == read_numbers("XX-2020-en-page.md", page).texts


def test_the_cells_and_texts_of_a_word_file_are_read():
    read = read_numbers("XX-2022-en.docx", profile_file())
    found = {(each.figures, each.year): each.value for each in read.numbers if each.country == "XX" and each.is_exact}
    assert Decimal(30) == found[("victims.identified",), 2022]
    assert any("30 victims were identified" in each for each in read.texts)
    assert not any("Figure 2" in each for each in read.texts)
