"""Paragraphs of two texts stand beside what says the same."""

import pytest

from reporter.web.preview import PreviewedParagraph
from reporter.web.text_view import paragraph_rows

FIRST = "In 2020 the police identified 24 victims, of whom 16 were women and 7 were men."
SECOND = "Three populations appear in the reports since 2010 and are kept apart in all charts."
THIRD = "Whoever met a victim had to tell the commission, which kept the list of all of them."
NEW = "Foreign workers were met at building sites by inspectors of labour for the first time."
OF_FIRST = "2020 m. policija nustatė 24 aukas, iš kurių 16 buvo moterys, o 7 vyrai."
OF_SECOND = "Nuo 2010 m. ataskaitose minimos trys populiacijos, kurios diagramose atskirtos."


def rows(own: list[str], beside: list[str]) -> list[tuple[str, str]]:
    made = paragraph_rows(*([PreviewedParagraph(f"<p>{each}</p>") for each in texts] for texts in (own, beside)))
    plain = ((each.own, each.beside) for each in made)
    return [tuple(" ".join(each.html[3:-4] for each in side) for side in both) for both in plain]


@pytest.mark.parametrize(
    ("own", "beside", "expected"),
    [
        ([], [FIRST, SECOND], [("", FIRST), ("", SECOND)]),
        # One is new.
        ([FIRST, NEW, SECOND], [FIRST, SECOND], [(FIRST, FIRST), (NEW, ""), (SECOND, SECOND)]),
        # One was left out.
        ([FIRST, THIRD], [FIRST, SECOND, THIRD], [(FIRST, FIRST), ("", SECOND), (THIRD, THIRD)]),
        # One was split, or two were joined.
        ([FIRST, f"{SECOND} {THIRD}"], [FIRST, SECOND, THIRD], [(FIRST, FIRST), (f"{SECOND} {THIRD}",) * 2]),
        ([FIRST, SECOND, THIRD], [f"{FIRST} {SECOND}", THIRD], [(f"{FIRST} {SECOND}",) * 2, (THIRD, THIRD)]),
        # In another language the numbers and the length tell.
        ([FIRST, SECOND], [OF_FIRST, OF_SECOND], [(FIRST, OF_FIRST), (SECOND, OF_SECOND)]),
        (
            [FIRST, SECOND, THIRD],
            [f"{OF_FIRST} {OF_SECOND}", THIRD],
            [(f"{FIRST} {SECOND}", f"{OF_FIRST} {OF_SECOND}"), (THIRD, THIRD)],
        ),
    ],
)
def test_paragraphs_stand_beside_what_says_the_same(own, beside, expected) -> None:
    assert expected == rows(own, beside)


def test_a_changed_number_is_not_the_same_words() -> None:
    was = [PreviewedParagraph("<p>In 2020, 24 victims.</p>")]
    same = [PreviewedParagraph('<p>In 2020, <a class="chip">24</a> victims.</p>')]
    changed = [PreviewedParagraph("<p>In 2020, <del>24</del> <ins>27</ins> victims.</p>")]
    assert [True] == [each.is_same for each in paragraph_rows(same, was)]
    assert [False] == [each.is_same for each in paragraph_rows(changed, was)]
