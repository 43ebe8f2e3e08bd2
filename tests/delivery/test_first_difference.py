"""Where two files differ first is said in words: the figure, the line, the part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.delivery.first_difference import first_difference

HEAD = "indicator,dimension,code,year,value\n"
LINE = "victims.identified,by person,women,2020,16\n"


@pytest.mark.parametrize(
    ("name", "sent", "made", "expected"),
    [
        (
            "a-observations.csv",
            HEAD + LINE.replace("16", "61"),
            HEAD + LINE,
            "line 2 (victims.identified, by person, women, 2020): value is 61, made again 16",
        ),
        ("a.csv", HEAD, HEAD + LINE, "line 2 (victims.identified, by person, women, 2020) is missing"),
        ("a.csv", HEAD + LINE, HEAD, "line 2 (victims.identified, by person, women, 2020) was added"),
        ("a.json", '{"a": [{"b": 1}]}', '{"a": [{"b": 2}]}', "a[0].b is 1, made again 2"),
        ("a.json", '{"a": 1, "c": 2}', '{"a": 1}', "c was added"),
        ("a.json", '{"a": 1.0}', '{"a": 1}', "a is 1.0, made again 1"),
        (
            "a.html",
            "<p>in\n<b>2020</b> there were 61 victims</p>",
            "<p>in\n<b>2020</b> there were 16 victims</p>",
            "line 2: after “2020 there were” it says “61”, made again “16”",
        ),
        (
            "a.html",
            '<p onload="x">a</p>',
            "<p>a</p>",
            'line 1: after “” it says “<p onload="x">a</p>”, made again “<p>a</p>”',
        ),
        ("a.md", "a\n", "a\nb\n", "line 2 is missing: b"),
        ("a.bin", "abc", "abd", "differs from byte 3 on"),
        ("a.bin", "abc", "abcd", "differs from byte 4 on"),
        ("a.csv", 'a,"b', "a,b", "cannot be read: unexpected end of data"),
    ],
)
def test_it_names_the_place_and_both_values(name, sent, made, expected):
    assert expected == first_difference(name, sent.encode(), made.encode())


@given(st.binary(max_size=60), st.binary(max_size=60), st.sampled_from([".csv", ".json", ".html", ".pdf", ".xlsx", ""]))
def test_whatever_two_files_hold_something_is_said_of_them(sent, made, ending):
    assert first_difference(f"a{ending}", sent, made)
