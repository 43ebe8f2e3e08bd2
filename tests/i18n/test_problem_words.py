"""Problems and remedies in the language of a page: found by their frame, with their values as they are."""

import pytest

from reporter.data.i18n.refresh import translated_problem
from reporter.data.records.label import language_of
from tests.snapshots import translated

ENGLISH, LITHUANIAN = translated("en"), translated("lt")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("remove the line victims.identified", "išbraukite eilutę victims.identified"),
        ("'12,5' has a decimal comma", "'12,5' parašyta su dešimtainiu kableliu"),
        ("write 12.5", "parašykite 12.5"),
        (
            "write state: under way; the states are done, under way",
            "parašykite state: under way; galimos būsenos: done, under way",
        ),
        (
            "correct 'by form' or the total; where the rest is not stated, write incomplete: [form]; "
            "or accept it with a reason",
            "pataisykite „by form“ arba bendrą skaičių; jei likusi dalis nepateikta, parašykite incomplete: [form]; "
            "arba priimkite nurodę priežastį",
        ),
        ("eurostat: the folder out/edamis does not exist", "eurostat: aplankas out/edamis neegzistuoja"),
        ("a comma or ] is missing: named: [LT, DE", "trūksta kablelio arba ]: named: [LT, DE"),
        ("lt: the text is empty", "lt: tekstas tuščias"),
        (
            "small counts would become public:\n  data/XX/2020.yaml:4:31: victims.identified",
            "būtų paskelbti maži skaičiai:\n  data/XX/2020.yaml:4:31: victims.identified",
        ),
    ],
)
def test_a_problem_is_said_in_the_language_of_the_page_and_its_values_stay(text: str, said: str) -> None:
    assert (said, "") == (found := translated_problem(text, LITHUANIAN), language_of(found))
    assert text == translated_problem(text, ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "what a library says",
        "there is no number, and so on",
        "a: b: c, d; e: f, g; " * 60 + "x",
        "write what nobody translated",
    ],
)
def test_what_the_catalogue_lacks_stays_english_as_a_whole_and_says_so(text: str) -> None:
    assert (text, "en") == (found := translated_problem(text, LITHUANIAN), language_of(found))
