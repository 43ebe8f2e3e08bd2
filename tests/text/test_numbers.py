"""Numbers in words: read with how exactly they are meant, known in every inflection, and held to the values."""

import pytest

from reporter.data.errors import Mark
from reporter.text.claim_numbers import BoundClaim
from reporter.text.expression import Expression
from reporter.text.lexicon import Quantity, numbers_spelt, quantities
from reporter.text.reused_texts import is_number_word
from tests.text.printing import OPENED, known

READ = [
    ("en", "twenty-four victims", [("twenty-four", "24", "=")]),
    ("en", "a hundred and five", [("a hundred and five", "105", "=")]),
    ("en", "1,200 persons or 12.5 %", [("1,200", "1200", "="), ("12.5 %", "12.5 %", "=")]),
    ("en", "more than 50 per cent", [("more than 50 per cent", "50 %", ">")]),
    ("en", "nearly half", [("nearly half", "50 %", "nearly")]),
    ("en", "at least two thirds", [("at least two thirds", "66.7 %", ">=")]),
    ("en", "fewer than ten", [("fewer than ten", "10", "<")]),
    ("en", "in 2020, under Article 147-1 and for three years, four times", []),
    ("en", "twofold and twenty-first", []),
    ("lt", "dvidešimt keturios aukos", [("dvidešimt keturios", "24", "=")]),
    ("lt", "dvylika bylų ir šimtas du asmenys", [("dvylika", "12", "="), ("šimtas du", "102", "=")]),
    ("lt", "daugiau kaip pusė", [("daugiau kaip pusė", "50 %", ">")]),
    ("lt", "du trečdaliai ir trečdalis", [("du trečdaliai", "66.7 %", "="), ("trečdalis", "33.3 %", "=")]),
    ("lt", "2017 m., 147 straipsnis, dvejus metus", []),
]


def said(each: Quantity) -> tuple[str, str, str]:
    number = f"{float(100 * each.number):.3g} %" if each.is_share else f"{each.number}"
    return each.text, number, each.sign


@pytest.mark.parametrize(("language", "text", "expected"), READ, ids=lambda value: str(value)[:40])
def test_numbers_are_read_with_their_sign(language: str, text: str, expected: list[tuple[str, str, str]]):
    assert expected == [said(each) for each in quantities(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "fell by a third from 39 to 26", ["by", "from", "to"]),
        ("en", "a quarter more", ["by"]),
        ("lt", "sumažėjo trečdaliu nuo 39 iki 26", ["by", "from", "to"]),
    ],
)
def test_what_a_number_is_of_a_change_is_read(language: str, text: str, expected: list[str]):
    assert expected == [each.role for each in quantities(text, language)]


def test_a_language_whose_numbers_are_not_known_has_none():
    assert ([], []) == (list(quantities("24 uhria", "fi")), list(numbers_spelt("kaksi", "fi")))


ENGLISH_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen "
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth twentieth thirtieth "
    "hundredth half halves thirds quarters both once twice thrice double tenfold hundreds dozens forties no none "
    "march april may september sunday scores handful trio sole umpteen decades century fortnight quintuple"
)
LITHUANIAN_WORDS = (
    "vienas viena vieno vienos vieną vienam vienai vienu vieni vienų vieniems vienoms vienuose du dvi dviejų dviem "
    "dviejuose dviejose abu abi abiejų trys tris trijų trims trimis trijuose trijose keturi keturios keturių keturiems "
    "keturioms keturis keturias keturiais keturiomis keturiuose penki penkių šeši šešios septyni septynių aštuoni "
    "aštuonis devyni devynių dešimt dešimties dešimtis vienuolika vienuolikos vienuolikai dvylika dvylikos trylika "
    "keturiolika penkiolika šešiolikos septyniolika aštuoniolika devyniolika dvidešimt trisdešimt keturiasdešimt "
    "penkiasdešimties šešiasdešimt septyniasdešimt aštuoniasdešimt devyniasdešimt šimtas šimto šimtai šimtų šimtus "
    "tūkstantis tūkstančio tūkstančiai tūkstančių milijonas milijonų nulis pirmas pirmą pirmasis pirmoji pirmųjų "
    "antras antrąjį antrosios trečias trečią trečiajame ketvirtas ketvirtoji penktasis šeštas septintoji aštuntas "
    "devintąjį dešimtas dvyliktasis dvidešimtoji pusė pusės pusę trečdalis trečdalį ketvirtadalis penktadaliu dveji "
    "dvejus treji trejų ketveri dvejetas kartą kartus dukart triskart dvigubai trigubai perpus dešimtmetį "
    "kovo kovą balandžio gegužės birželį rugpjūčio rugsėjo lapkričio gruodžio sausis penktadienį "
    "keliolika keliasdešimt keletas vienintelė vienetai dviese keturiese trise abudu abidvi pustrečio dvejopai "
    "penkiolikmetė septyniolikmečių trimetis dvimetį šimtmečio pusmetį ketvirčio ketvirčiais septyniskart antrąkart "
    "penkeriopai keturiasdešimčia vienuolikmetis savaitgalį"
)
NO_NUMBERS = {
    "en": "victim often tension weigh tend then onset form secondary person market",
    "lt": "kova kovos kovoti vienodas vienija duoti trukmė dešra pusbrolis karta kartu auka asmuo kelias metai pusnis",
    "fi": "kaksi kaksikymmentä",
}


@pytest.mark.parametrize(
    ("language", "words"), [("en", ENGLISH_WORDS), ("lt", LITHUANIAN_WORDS), ("fi", "maaliskuu maaliskuuta")]
)
def test_numbers_months_and_days_are_known(language: str, words: str):
    assert [] == [word for word in words.split() if not is_number_word(word, language)]


@pytest.mark.parametrize("language", NO_NUMBERS)
def test_other_words_are_none(language: str):
    assert [] == [word for word in NO_NUMBERS[language].split() if is_number_word(word, language)]


@pytest.mark.parametrize(
    ("before", "after", "words", "language", "right"),
    [
        (10, 20, "doubled", "en", True),
        (10, 19, "nearly doubled", "en", True),
        (10, 17, "nearly doubled", "en", False),
        (10, 30, "doubled", "en", False),
        (10, 30, "tripled", "en", True),
        (0, 30, "tripled", "en", False),
        (10, 31, "three times as many cases", "en", True),
        (10, 55, "a fivefold rise", "en", True),
        (20, 10, "halved", "en", True),
        (20, 11, "almost halved", "en", True),
        (10, 20, "padvigubėjo", "lt", True),
        (10, 19, "beveik dvigubai daugiau", "lt", True),
        (20, 14, "sumažėjo perpus", "lt", False),
    ],
)
def test_words_that_say_how_many_times_are_held_to_it(tmp_path, before, after, words, language, right):
    place = known(tmp_path, {2019: str(before), 2020: str(after)})
    claim = "rose" if after > before else "fell"
    expression = Expression(OPENED, Mark("t.md"), filter=claim, words=(words,))
    less, more = sorted((before, after))
    expected = None if right else f"{words!r} is not true of {OPENED}: {more} is not so many times {less}"
    assert expected == BoundClaim(expression, language, place, place.observation(OPENED)).contradiction()


def test_times_of_parts_are_measured_against_the_next_largest(tmp_path):
    parts = "{total: 20, by form: {sexual: 12, labour: 8}}"
    place = known(tmp_path, {2020: parts})
    words, address = "twice as many as any other", f"{OPENED}.sexual"
    expression = Expression(address, Mark("t.md"), filter="most", words=(words,))
    expected = f"{words!r} is not true of {address}: 12 is not so many times 8"
    assert expected == BoundClaim(expression, "en", place, place.observation(address)).contradiction()
