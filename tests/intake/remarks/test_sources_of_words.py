"""Of a narrative the words that it prints are looked at, also those within its expressions."""

import pytest

from reporter.intake.remarks.sources_of_words import with_words_said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Plain words.", ["Plain", "words."]),
        ('{{ a.b | fell("Fewer victims") }}, then', ["Fewer", "victims", ",", "then"]),
        ('So {{ a.b | counted("{n} victim", "{n} victims") }}.', ["So", "{n}", "victim", "{n}", "victims", "."]),
        ("{{ a.b }} cases", ["cases"]),
    ],
)
def test_expressions_are_blank_but_for_their_words(written: str, said: list[str]) -> None:
    bare = with_words_said(written)
    assert said == bare.replace("¤", " ").split()
    assert len(written) == len(bare)


def test_lines_stay_where_they_are() -> None:
    written = 'One {{ a.b\n| fell("Two\nthree") }}\nfour'
    assert [place for place, sign in enumerate(written) if sign == "\n"] == [
        place for place, sign in enumerate(with_words_said(written)) if sign == "\n"
    ]
