"""Numbers in words are known in every inflection."""

import pytest

from reporter.prose.number_words import is_number_word

ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen "
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth twentieth thirtieth "
    "hundredth half halves thirds quarters both once twice thrice double tenfold hundreds dozens forties no none "
    "march april may september sunday scores handful trio sole umpteen decades century fortnight quintuple"
)
LITHUANIAN = (
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
NONE = {
    "en": "victim often tension weigh tend then onset form secondary person market",
    "lt": "kova kovos kovoti vienodas vienija duoti trukmė dešra pusbrolis karta kartu auka asmuo kelias metai pusnis",
    "fi": "kaksi kaksikymmentä",
}


@pytest.mark.parametrize(("language", "words"), [("en", ENGLISH), ("lt", LITHUANIAN), ("fi", "maaliskuu maaliskuuta")])
def test_numbers_months_and_days_are_known(language: str, words: str):
    assert [] == [word for word in words.split() if not is_number_word(word, language)]


@pytest.mark.parametrize("language", NONE)
def test_other_words_are_none(language: str):
    assert [] == [word for word in NONE[language].split() if is_number_word(word, language)]
