"""Lithuanian participles and nouns go with every number that may stand beside them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reporter.check import check
from reporter.data.errors import Mark
from reporter.data.records import Dataset, Passage, Qualifier

AUKA = '"auka", "aukos", "aukų"'
ASMUO = '"asmuo", "asmenys", "asmenų"'
VICTIMS = "victims.identified | counted"


def advice(dataset: Dataset, text: str, language: str = "lt") -> list[str]:
    passage = Passage("victims", language, 2022, text, Mark("2022.md", 2))
    spoken = replace(dataset, settings=replace(dataset.settings, languages=("en", "lt")))
    findings = check(replace(dataset.countries[0], passages=(passage,)), spoken)
    return [each.hint for each in findings if each.code == "word-agreement"]


def about(dataset: Dataset, number: int) -> Dataset:
    data = dataset.countries[0]
    changed = tuple(
        replace(each, value=Decimal(number), qualifier=Qualifier.ABOUT)
        if (each.address, each.year) == ("victims.identified", 2022)
        else each
        for each in data.observations
    )
    return replace(dataset, countries=(replace(data, observations=changed),))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            f"Nustatyta {{{{ {VICTIMS}({AUKA}) }}}}.",
            '"Nustatyta {n} auka", "Nustatytos {n} aukos", "Nustatyta {n} aukų"',
        ),
        (
            f"Nuteista {{{{ {VICTIMS}({ASMUO}) }}}}.",
            '"Nuteistas {n} asmuo", "Nuteisti {n} asmenys", "Nuteista {n} asmenų"',
        ),
        (
            f'Dabar tiriama {{{{ {VICTIMS}("byla", "bylos", "bylų") }}}}.',
            '"tiriama {n} byla", "tiriamos {n} bylos", "tiriama {n} bylų"',
        ),
        (
            f"Šiemet {{{{ {VICTIMS}({AUKA}) }}}} buvo nustatyta.",
            '"{n} auka buvo nustatyta", "{n} aukos buvo nustatytos", "{n} aukų buvo nustatyta"',
        ),
        (
            f'{{{{ {VICTIMS}("nustatyta {{n}} auka", "nustatyta {{n}} aukos", "nustatyta {{n}} aukų") }}}}.',
            '"nustatyta {n} auka", "nustatytos {n} aukos", "nustatyta {n} aukų"',
        ),
    ],
)
def test_a_participle_takes_its_number_between_itself_and_the_noun(ruritania: Dataset, text: str, written: str):
    (hint,) = advice(ruritania, text)
    line = f"{{{{ {VICTIMS}({written}) }}}}"
    assert f"write {line}" == hint.partition(" instead of ")[0]
    assert [] == advice(ruritania, f"2022 m. {line}.")


@pytest.mark.parametrize(
    "text",
    [
        f'Policija nurodė {{{{ {VICTIMS}("auką", "aukas", "aukų") }}}}.',
        f'Pagalba suteikta {{{{ {VICTIMS}("asmeniui", "asmenims", "asmenų") }}}}.',
        f"Galėjo dalyvauti {{{{ {VICTIMS}({ASMUO}) }}}}.",
        f"Pirmas tyrimas: {{{{ {VICTIMS}({AUKA}) }}}}, nustatytos policijos.",
        "Nustatyta {{ victims.identified }} aukų.",
    ],
)
def test_what_agrees_with_no_number_is_left_alone(ruritania: Dataset, text: str):
    assert [] == advice(ruritania, text)


@pytest.mark.parametrize(
    ("number", "forms", "expected"),
    [
        (2, AUKA, ['"auką", "aukas", "aukų"']),
        (
            2,
            '"prekybos žmonėmis auka", "prekybos žmonėmis aukos", "prekybos žmonėmis aukų"',
            ['"prekybos žmonėmis auką", "prekybos žmonėmis aukas", "prekybos žmonėmis aukų"'],
        ),
        (
            2,
            '"nustatyta {n} auka", "nustatytos {n} aukos", "nustatyta {n} aukų"',
            ['"nustatyta {n} auką", "nustatyta {n} aukas", "nustatyta {n} aukų"'],
        ),
        (250, ASMUO, []),
        (2, '"auką", "aukas", "aukų"', []),
    ],
)
def test_behind_about_the_noun_is_accusative(ruritania: Dataset, number: int, forms: str, expected: list[str]):
    found = advice(about(ruritania, number), f"Yra {{{{ {VICTIMS}({forms}) }}}}.")
    assert [f"write {{{{ {VICTIMS}({each}) }}}}, in the accusative" for each in expected] == found


@pytest.mark.parametrize(
    ("before", "forms", "expected"),
    [
        ("iš", '"asmuo", "asmenys", "asmenų"', '"asmens", "asmenų", "asmenų"'),
        ("Iš", '"nauja auka", "naujos aukos", "naujų aukų"', '"naujos aukos", "naujų aukų", "naujų aukų"'),
        ("iki", '"metai", "metai", "metų"', '"metų", "metų", "metų"'),
        ("su", '"partneris", "partneriai", "partnerių"', '"partneriu", "partneriais", "partnerių"'),
        ("su ne mažiau kaip", '"asmuo", "asmenys", "asmenų"', '"asmeniu", "asmenimis", "asmenų"'),
        ("per", '"mėnuo", "mėnesiai", "mėnesių"', '"mėnesį", "mėnesius", "mėnesių"'),
    ],
)
def test_a_preposition_before_the_number_asks_for_its_case(ruritania: Dataset, before: str, forms: str, expected: str):
    (hint,) = advice(ruritania, f"Tai {before} {{{{ {VICTIMS}({forms}) }}}} kartu.")
    assert f"counted({expected})" in hint


@pytest.mark.parametrize(
    "text",
    [
        f"Iš viso {{{{ {VICTIMS}({AUKA}) }}}} ir kitos.",
        f'Tai iš {{{{ {VICTIMS}("aukos", "aukų", "aukų") }}}} kilęs skaičius.',
        f"Dalyvauti turi ne mažiau kaip {{{{ {VICTIMS}({AUKA}) }}}} kartu.",
        f'Susitikta su {{{{ {VICTIMS}("auka", "aukomis", "aukų") }}}} kartu.',
    ],
)
def test_a_number_in_its_case_is_left_alone(ruritania: Dataset, text: str):
    assert [] == advice(ruritania, text)
