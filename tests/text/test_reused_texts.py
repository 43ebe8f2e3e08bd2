"""What a text says without its numbers stays the same, whatever numbers stand there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.text.reused_texts import EarlierTexts, ReadText, read_text
from tests.small import YEAR as _YEAR  # noqa: F401 - sets up hypothesis

VALUES = ("{{ victims.identified }}", "{{ victims.identified | at(2019) }}", "{{ persons.convicted.men | share }}")
ENGLISH = st.sampled_from(
    (
        *("24", "1 200", "1,200", "12.5 %", "≥ 3", "½", "twenty-four", "two hundred and six", "no", "both", "XXIV"),
        *(
            "at least 20",
            "about 5",
            "only 3",
            "a third of",
            "1.2 million",
            "{{ victims.identified | change }}",
            *VALUES,
        ),
    )
)
LITHUANIAN = st.sampled_from(
    (
        *("24", "1 200", "12,5 proc.", "24-ios", "dvidešimt keturios", "du šimtai šešios", "nė viena", "abi", "XXIV"),
        *("bent 20", "maždaug 5", "tik 3", "trečdalis", "1,2 mln.", *VALUES),
    )
)
WHEN = st.sampled_from(("In 2020", "In 2021", "in the year 2019", "Since 8 March 2020", "In {{ year }}", "Last year"))
KADA = st.sampled_from(
    ("2020 m.", "2021 metais", "2020–2021 m.", "2020 m. kovo 8 d.", "{{ year }} m.", "Pernai", "2021-aisiais")
)
VICTIMS = st.sampled_from(
    ("victims were", "victim was", "VICTIMS  were", "*victims* were", "victims\nwere", "vic\u00adtims were")
)
AUKOS = st.sampled_from(("nustatytos {} aukos", "nustatyta {} aukų", "nustatyta {} auka", "nustatytos {} **aukos**"))
CLAIM = st.sampled_from(('{{ victims.identified | rose("rose", 2019) }}', "fell", "rose", "decreased"))


@settings(max_examples=40)
@given(WHEN, ENGLISH, VICTIMS, CLAIM)
def test_an_english_sentence_says_the_same_with_any_numbers(when: str, number: str, victims: str, claim: str):
    text = f"{when}, {number} {victims} identified in Vilnius; their number {claim}."
    assert "identified number victim vilniu" == read_text(text, "en").bag


@settings(max_examples=40)
@given(KADA, LITHUANIAN, AUKOS)
def test_a_lithuanian_sentence_says_the_same_with_any_numbers(when: str, number: str, victims: str):
    assert "auk nustatyt viln" == read_text(f"{when} Vilniuje {victims.format(number)}.", "lt").bag


def test_other_words_say_something_else():
    one, *others = (
        read_text(f"24 {each} identified.", "en").bag for each in ("victims were", "suspects were", "victims were not")
    )
    assert one not in others


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nobody was charged in Vilnius.", "3 persons were charged in Vilnius."),
        ("In Vilnius the courts met daily.", "As in earlier years, the courts still met weekly in Vilnius."),
        ("The police trained schools.", "The **pol**ice tra<!-- -->ined [schools](https://policija.lrv.lt/mokyklos)."),
        ("The police trained schools.", "The pol\u200eice tra\u034fined scho\ufe0eols."),
    ],
)
def test_what_stands_for_numbers_or_is_not_seen_makes_no_new_text(one: str, other: str):
    assert read_text(one, "en").bag == read_text(other, "en").bag


FIRST = "The police trained teachers of all schools in Vilnius."
LATER = "Later the Seimas heard judges, mayors, nurses, unions, churches, hotels and airlines."
SECOND = "A hotline gave victims advice about courts, doctors and shelters."


@pytest.mark.parametrize(
    ("now", "is_found"),
    [
        ("The police trained nurses of all schools in Vilnius.", True),
        ("The police trained teachers of all schools.", True),
        (f"{FIRST} {SECOND} {LATER}", True),
        (f"{FIRST} {LATER}", False),
    ],
)
def test_one_other_word_or_an_addition_makes_no_new_text(now: str, is_found: bool):
    found = known(f"{FIRST} {SECOND}").find(read_text(now, "en"))
    assert is_found == bool(found and found.is_reused)


words = st.lists(st.text("bcdfgklmnprtv", min_size=5, max_size=8), min_size=8, max_size=30, unique=True)


@settings(max_examples=40)
@given(words, words)
def test_a_text_of_other_words_is_never_one_used_again(old: list[str], new: list[str]):
    earlier = known(" ".join(old))
    fresh = [word for word in new if word not in old]
    found = earlier.find(read_text(" ".join(fresh), "en"))
    assert found is None or not fresh


@settings(max_examples=40)
@given(words, st.data())
def test_sentences_in_another_order_and_one_less_are_used_again(typed: list[str], data: st.DataObject):
    sentences = [" ".join(typed[place : place + 4]).capitalize() + "." for place in range(0, len(typed), 4)]
    order = data.draw(st.permutations(sentences))
    left = order[: data.draw(st.integers(1, len(order)))]
    found = known(" ".join(sentences)).find(read_text(" ".join(left), "en"))
    assert found
    assert (2020, True) == (found.year, found.is_reused or len(left[-1].split()) < 2)


def test_a_text_of_a_word_or_two_is_no_statement():
    told = ("Training.", "## Training", "24 victims.", "- municipalities;", "24 victims came.")
    assert [False, False, False, False, True] == [read_text(each, "en").is_statement for each in told]


def known(text: str) -> EarlierTexts:
    earlier = EarlierTexts()
    read: ReadText = read_text(text, "en")
    earlier.add(read, 2020)
    return earlier
