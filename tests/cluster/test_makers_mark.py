"""Two machines are alike when program, engines and typefaces are."""

from reporter.cluster.makers_mark import makers_mark, unlike
from reporter.edition.program import ENGINES


def test_what_differs_is_told_with_both_versions() -> None:
    here = {"weasyprint": "70.0", "pango": "1.56.3", "reporter": "0123abcd", "typeface A.ttf": "ffff"}
    there = {"weasyprint": "69.0", "pango": "1.56.3", "reporter": "4567abcd", "zlib": "1.3"}
    assert [
        "reporter is 4567abcd there and 0123abcd here",
        "typeface A.ttf is absent there and ffff here",
        "weasyprint is 69.0 there and 70.0 here",
        "zlib is 1.3 there and absent here",
    ] == [*unlike(here, there)]


def test_the_mark_names_the_program_all_engines_and_typefaces() -> None:
    mark = makers_mark()
    assert {"reporter", "python", "pango", "harfbuzz", *ENGINES} <= mark.keys()
    assert [] == [*unlike(mark, makers_mark())]
    assert [name for name in mark if name.startswith("typeface ")]
