"""Words that claim something: each has its meaning, a binding must say the same, and innocent words are left alone."""

import pytest

from reporter.check import check
from reporter.errors import Finding
from reporter.prose.lexicon import claim_words
from tests.fixtures import RURITANIA
from tests.small import TEXT, write
from tests.snapshots import dataset_of

ENGLISH = [
    ("Convictions rose", "rose", ["rose"]),
    ("Investigations are rising", "rising", ["rose"]),
    ("Convictions went up", "went up", ["rose"]),
    ("Convictions are up", "are up", ["rose"]),
    ("Investigations up sharply", "up", ["rose"]),
    ("Convictions up, a record year", "up", ["rose"]),
    ("Convictions surged", "surged", ["rose"]),
    ("Convictions jumped", "jumped", ["rose"]),
    ("A growing number of cases", "growing", ["rose"]),
    ("Steady growth of convictions", "growth", ["rose"]),
    ("Victims doubled", "doubled", ["rose"]),
    ("Twice as many victims", "Twice as many", ["rose", "most"]),
    ("Three times as many victims", "Three times as many", ["rose", "most"]),
    ("More victims", "More", ["rose"]),
    ("Victims: more than in 2019", "more", ["rose"]),
    ("More women than men", "More", ["rose", "most"]),
    ("A higher number of convictions", "A higher number", ["rose", "most"]),
    ("Convictions fell", "fell", ["fell"]),
    ("Convictions shrank", "shrank", ["fell"]),
    ("Convictions went down", "went down", ["fell"]),
    ("Victims are down", "are down", ["fell"]),
    ("Victims down by a third", "down", ["fell"]),
    ("Convictions plummeted", "plummeted", ["fell"]),
    ("The number of victims dwindled", "dwindled", ["fell"]),
    ("Half as many victims", "Half as many", ["fell"]),
    ("Fewer victims", "Fewer", ["fell"]),
    ("The number is lower than before", "is lower", ["fell"]),
    ("Convictions unchanged", "unchanged", ["unchanged"]),
    ("As many victims as before", "As many", ["unchanged"]),
    ("Convictions remained stable", "remained stable", ["unchanged"]),
    ("The same number of convictions", "The same number", ["unchanged"]),
    ("The highest number of convictions", "highest", ["highest", "most"]),
    ("The largest ever", "largest ever", ["highest"]),
    ("More victims than ever", "More victims than ever", ["highest"]),
    ("More convictions than in any other year", "More convictions than in any", ["highest"]),
    ("More cases than any other form", "More cases than any other", ["most", "highest"]),
    ("Convictions reached a record high", "record high", ["highest"]),
    ("Convictions peaked", "peaked", ["highest"]),
    ("The most victims since 2014", "The most", ["highest", "most"]),
    ("The largest group are women", "largest", ["highest", "most"]),
    ("The smallest number of victims", "smallest", ["lowest"]),
    ("The fewest victims", "fewest", ["lowest"]),
    ("Fewer victims than ever", "Fewer victims than ever", ["lowest"]),
    ("An all-time low", "all-time low", ["lowest"]),
    ("A record year", "record", ["highest", "lowest"]),
    ("The most frequent form", "The most frequent", ["most"]),
    ("Most victims are women", "Most", ["majority"]),
    ("Most identified victims are women", "Most", ["majority"]),
    ("Most of the victims are women", "Most of", ["majority"]),
    ("Most are women", "Most", ["majority"]),
    ("A majority of victims", "majority", ["majority"]),
    ("More than half are women", "More than half", ["majority", "amounts"]),
    ("Convictions for the first time", "for the first time", ["first"]),
    ("Never before were there so many", "Never before", ["first", "highest", "lowest"]),
    ("Convictions did not rise", "rise", ["fell", "unchanged", "lowest"]),
    ("Victims fell every year since 2017", "fell every year since 2017", ["fell"]),
    ("Victims rose for the third year running", "rose for the third year running", ["rose"]),
    ("Exceeded that of 2019", "Exceeded", ["rose", "most"]),
    ("Two thirds of the victims", "Two thirds", ["amounts"]),
    ("Nearly a quarter were men", "Nearly a quarter", ["amounts"]),
    ("One in four victims", "One in four", ["amounts"]),
    ("None of the victims", "None of", ["zero"]),
    ("No victims were found", "No", ["zero"]),
    ("Not a single victim", "Not a single", ["zero"]),
    ("All victims were women", "All", ["all"]),
    ("The second highest number", "second highest", ["ranked"]),
    ("No decrease in convictions", "decrease", ["rose", "unchanged", "highest"]),
]
LITHUANIAN = [
    ("Aukų skaičius didėjo", "didėjo", ["rose"]),
    ("Aukų padaugėjo", "padaugėjo", ["rose"]),
    ("Aukų skaičius išaugo", "išaugo", ["rose"]),
    ("Aukų skaičius kilo", "kilo", ["rose"]),
    ("Tyrimų skaičius pakilo", "pakilo", ["rose"]),
    ("Tyrimų skaičius šoktelėjo", "šoktelėjo", ["rose"]),
    ("Aukų skaičiaus augimas", "augimas", ["rose"]),
    ("Aukų padvigubėjo", "padvigubėjo", ["rose"]),
    ("Nuteista daugiau asmenų", "daugiau", ["rose"]),
    ("Vis daugiau aukų", "Vis daugiau", ["rose"]),
    ("Skaičius didesnis nei pernai", "didesnis", ["rose", "most"]),
    ("Dvigubai daugiau aukų", "Dvigubai daugiau", ["rose", "most"]),
    ("Tyrimų perpus mažiau", "perpus mažiau", ["fell"]),
    ("Aukų sumažėjo", "sumažėjo", ["fell"]),
    ("Aukų skaičius mažėja", "mažėja", ["fell"]),
    ("Aukų skaičius smuko", "smuko", ["fell"]),
    ("Aukų skaičius nusmuko", "nusmuko", ["fell"]),
    ("Aukų skaičius sumenko", "sumenko", ["fell"]),
    ("Aukų skaičius krito", "krito", ["fell"]),
    ("Nuteistųjų skaičiaus kritimas", "kritimas", ["fell"]),
    ("Nustatyta mažiau aukų", "mažiau", ["fell"]),
    ("Skaičius mažesnis nei pernai", "mažesnis", ["fell"]),
    ("Aukų skaičius nepakito", "nepakito", ["unchanged"]),
    ("Aukų skaičius nesikeitė", "nesikeitė", ["unchanged"]),
    ("Tiek pat aukų", "Tiek pat", ["unchanged"]),
    ("Aukų skaičius stabilus", "stabilus", ["unchanged"]),
    ("Didžiausias aukų skaičius", "Didžiausias", ["highest", "most"]),
    ("Skaičius didesnis nei bet kada", "didesnis nei bet kada", ["highest"]),
    ("Daugiau aukų nei bet kada", "Daugiau aukų nei bet kada", ["highest"]),
    ("Daugiau bylų nei bet kuri kita forma", "Daugiau bylų nei bet kuri kita", ["most", "highest"]),
    ("Rekordinis aukų skaičius", "Rekordinis", ["highest", "lowest"]),
    ("Mažiausias aukų skaičius", "Mažiausias", ["lowest"]),
    ("Mažiausiai aukų nuo 2014 m.", "Mažiausiai", ["lowest"]),
    ("Mažiau aukų nei bet kada", "Mažiau aukų nei bet kada", ["lowest"]),
    ("Dažniausia forma", "Dažniausia", ["most"]),
    ("Labiausiai paplitusi forma", "Labiausiai paplitusi", ["most"]),
    ("Daugiausia aukų – moterys", "Daugiausia", ["most", "highest"]),
    ("Nustatyta daugiausia moterų", "daugiausia", ["most", "highest"]),
    ("Daugiausiai nuo 2014 m.", "Daugiausiai", ["most", "highest"]),
    ("Dauguma aukų – moterys", "Dauguma", ["majority"]),
    ("Didžioji dalis aukų", "Didžioji dalis", ["majority"]),
    ("Daugiau kaip pusė aukų", "Daugiau kaip pusė", ["majority", "amounts"]),
    ("Nuteista pirmą kartą", "pirmą kartą", ["first"]),
    ("Niekada anksčiau tiek nebuvo", "Niekada anksčiau", ["first", "highest", "lowest"]),
    ("Aukų nesumažėjo", "nesumažėjo", ["rose", "unchanged", "highest"]),
    ("Aukų kasmet mažėja nuo 2017 m.", "kasmet mažėja nuo 2017 m.", ["fell"]),
    ("Antrus metus iš eilės daugėja bylų", "Antrus metus iš eilės daugėja", ["rose"]),
    ("Trečdalis aukų", "Trečdalis", ["amounts"]),
    ("Beveik pusė aukų", "Beveik pusė", ["amounts"]),
    ("Kas trečia auka", "Kas trečia", ["amounts"]),
    ("Nė viena auka", "Nė viena", ["zero"]),
    ("Aukų nebuvo", "nebuvo", ["zero"]),
    ("Visos aukos – moterys", "Visos", ["all"]),
    ("Aukų ne padaugėjo", "padaugėjo", ["fell", "unchanged", "lowest"]),
]
INNOCENT = {
    "en": [
        "At most a fine, at least a warning.",
        "Most of the time the police act alone.",
        "Cards for the most vulnerable, in the most urgent cases.",
        "This is most likely, and the most serious offence.",
        "Set up in 2020 and followed up by the police, it makes up for lost time.",
        "Up to four years; a follow-up course; an up-to-date list.",
        "The court handed down a sentence, and broke the figures down by form.",
        "Children fall victim to traffickers, which falls under Article 147.",
        "Criminal records and police records are kept.",
        "More information is on the website, and more about it below, once more.",
        "The more cases, the better.",
        "At the same time, in the same year.",
        "He met the team twice.",
        "The first plan came before the second.",
        "Higher education and the higher court, to lower the demand.",
        "Effective training needs more effective methods.",
        "Witnesses declined to testify, and charges were dropped against none.",
        "This gives rise to doubts among those who grew up in homes.",
        "Men are mostly forced to commit crimes; Lithuania is mainly a country of origin.",
        "The country's population and the increasingly digital market.",
        "In the second half of the year, half-way and in the first quarter.",
        "Two or more victims; a third country; every second year.",
        "At the highest level, for all of it.",
    ],
    "lt": [
        "Lietuva daugiausia yra kilmės šalis.",
        "Tyrimai daugiausia buvo susiję su seksualiniu išnaudojimu.",
        "Daugiausia dėmesio skiriama prevencijai.",
        "Vyrai dažniausiai verčiami nusikalsti.",
        "Daugiau informacijos – svetainėje.",
        "Daugiau apie tai – kitame skyriuje.",
        "Kyla pavojus, kilo klausimų ir kilo grėsmė.",
        "Bausmė – mažiausiai 4 metai, ne daugiau kaip 8 metai.",
        "Bylą nagrinėjo Aukščiausiasis Teismas.",
        "Taip pat dalyvavo paaugliai ir mažamečiai.",
        "Ne kartą kreiptasi į tą pačią įstaigą.",
        "Kilmės šalis, vis dažniau ir paskirties šalis.",
        "Siekiama mažinti paklausą ir didinti pagalbą.",
        "Pirmasis planas, pirmoji programa.",
        "Mažumos ir augalai.",
        "Kampanijos, mokyklos ir mokymai.",
        "Policija visų pirma padeda aukoms.",
        "Baudžiama už visų formų prekybą žmonėmis.",
        "Antroje pusėje, iš kitos pusės ir kas antrą dieną.",
        "Du ar daugiau asmenų.",
        "Dviguba pilietybė ir dvigubas dugnas.",
        "Įtarimas pasitvirtino.",
    ],
}


def said(text: str, language: str) -> list[tuple[str, list[str]]]:
    return [(each.text, list(each.claims)) for each in claim_words(text, language)]


def rows():
    for language, table in (("en", ENGLISH), ("lt", LITHUANIAN)):
        for text, word, claims in table:
            yield pytest.param(language, text, word, claims, id=f"{language}: {text}")


@pytest.mark.parametrize(("language", "text", "word", "claims"), [*rows()])
def test_a_claim_word_has_the_claims_that_can_bear_it_out(language, text, word, claims):
    assert (word, claims) in said(text, language)


@pytest.mark.parametrize(("language", "text"), [(each, text) for each, found in INNOCENT.items() for text in found])
def test_words_that_claim_nothing_are_left_alone(language, text):
    assert [] == said(text, language)


def test_each_language_has_thirty_words():
    assert [True, True] == [len({row[1] for row in table}) >= 30 for table in (ENGLISH, LITHUANIAN)]


def test_a_language_without_a_lexicon_has_no_claim_words():
    assert [] == said("Mehr Opfer", "de")


# What `check` makes of them


def found(tmp_path, text: str, code: str, language: str = "en") -> list[Finding]:
    path = TEXT.replace("/en/", f"/{language}/")
    settings = (RURITANIA / "reporter.yaml").read_text(encoding="utf-8").replace("[en]", f"[{language}]")
    root = write(tmp_path, {TEXT: None, path: text, "reporter.yaml": settings})
    dataset = dataset_of(root, ("XX",))
    return [each for each in check(dataset.countries[0], dataset) if each.code == code]


def told(tmp_path, text: str, code: str, language: str = "en") -> list[str]:
    return [f"{each.mark.line}:{each.mark.column}: {each.message}" for each in found(tmp_path, text, code, language)]


@pytest.mark.parametrize(
    ("language", "headline", "expected"),
    [
        ("en", 'rose("Persons convicted fell")', "'fell' is bound with rose, which does not bear it out"),
        ("en", 'fell("investigations up sharply")', "'up' is bound with fell, which does not bear it out"),
        ("en", 'rose("did not rise")', "'rise' is bound with rose, which does not bear it out"),
        (
            "en",
            'rose("more, for the first time")',
            "'for the first time' is bound with rose, which does not bear it out",
        ),
        ("en", 'most("most are labour")', "'most' is bound with most, which does not bear it out"),
        ("lt", 'rose("Nuteista mažiau asmenų")', "'mažiau' is bound with rose, which does not bear it out"),
    ],
)
def test_words_that_say_other_than_their_filter_are_refused(tmp_path, language, headline, expected):
    text = f"# justice: {{{{ investigations.opened | {headline} }}}}\n\nText.\n"
    assert [f"1:12: {expected}"] == told(tmp_path, text, "misbound-claim", language)


@pytest.mark.parametrize(
    "claim",
    [
        'rose("Twice as many persons convicted")',
        'fell("half as many")',
        'lowest("did not rise")',
        'highest("the largest number")',
        'most("the largest form")',
        'highest("a record")',
        'most("Labour makes up the largest group, more than any other")',
        'lowest("a record")',
        'rose("the words claim nothing")',
    ],
)
def test_words_that_a_filter_bears_out_are_not_refused(tmp_path, claim):
    text = f"# justice\n\nText {{{{ investigations.opened | {claim} }}}}.\n"
    assert [] == told(tmp_path, text, "misbound-claim")


def test_what_to_do_with_other_words_is_said(tmp_path):
    text = '# justice\n\nText.\n\n{{ investigations.opened | rose("fell") }}\n'
    (finding,) = found(tmp_path, text, "misbound-claim")
    expected = "'fell' is not true of investigations.opened: it went from 9 in 2019 to 11 in 2020"
    assert f"write what rose bears out; {expected}" == finding.hint


def test_words_that_are_true_are_bound_anew(tmp_path):
    text = '# justice\n\nText.\n\n{{ investigations.opened | highest("rose") }}\n'
    (finding,) = found(tmp_path, text, "misbound-claim")
    assert 'write what highest bears out, or {{ investigations.opened | rose("rose") }}' == finding.hint


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("## Victims rose for the first time", ["5:12: 'rose'", "5:17: 'for the first time'"]),
        ("### Convictions went up", ["5:17: 'went up'"]),
        ("## Earlier plans", []),
    ],
)
def test_a_sub_heading_is_a_headline(tmp_path, heading, expected):
    text = f"# victims\n\nThe police rose early.\n\n{heading}\nNumbers fell here.\n"
    assert [f"{each} is not checked against a figure" for each in expected] == told(tmp_path, text, "unbound-claim")


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("More", '{{ investigations.opened | rose("More") }}'),
        ("Fewer", '{{ investigations.opened | fell("Fewer") }}'),
        ("The same number", '{{ investigations.opened | unchanged("The same number") }}'),
        ("Fewest", '{{ investigations.opened | lowest("Fewest") }}'),
        ("A majority", '{{ investigations.opened.labour | majority("majority") }}'),
        ("Most frequent", '{{ investigations.opened.labour | most("Most frequent") }}'),
        ("For the first time", '{{ investigations.opened | first("For the first time") }}'),
        (
            "Highest",
            '{{ investigations.opened | highest("Highest") }} or {{ investigations.opened.labour | most("Highest") }}',
        ),
    ],
)
def test_the_hint_of_an_unbound_claim_has_the_filter_of_its_meaning(tmp_path, headline, expected):
    (finding,) = found(tmp_path, f"# justice: {headline}\n\nText.\n", "unbound-claim")
    assert f"bind it to a figure, such as {expected}" == finding.hint.partition("; but")[0]


def test_a_sub_heading_takes_no_value_so_its_hint_sends_the_claim_into_the_text(tmp_path):
    (finding,) = found(tmp_path, "# victims\n\nText.\n\n## Fewer\n\nText.\n", "unbound-claim")
    expected = 'a sub-heading takes no value: say it below, such as {{ investigations.opened | fell("Fewer") }}'
    assert expected == finding.hint.partition("; but")[0]
