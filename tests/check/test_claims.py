"""Claims beside figures are held to them, in texts and notes, and a hint can be pasted."""

import re
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporter.check import RULES, check
from reporter.data.errors import Finding, Mark
from reporter.data.records import Dataset, Passage
from reporter.text.expression import parse
from tests.small import FILES, HEAD, YEAR, write
from tests.snapshots import dataset_of

OF_CLAIMS = tuple(
    rule for rule in RULES if rule.code in ("unbound-claim", "misbound-claim", "claim-untrue", "hand-typed-number")
)


def found(dataset: Dataset, text: str, language: str = "en", section: str = "victims") -> list[Finding]:
    passage = Passage(section, language, 2020, text, Mark("2020.md", 2))
    with patch("reporter.check.RULES", OF_CLAIMS):
        findings = check(replace(dataset.countries[0], passages=(passage,)), dataset)
    return [each for each in findings if each.mark.path == "2020.md"]


# Of each: the text, and the words that are found.
UNBOUND = [
    ("en", "The number of identified victims has risen.", "risen"),
    ("en", "In 2020, {{ victims.identified }} victims were identified. The number went down.", "went down"),
    ("en", "In 2020, {{ victims.identified }} victims were identified, an increase of half.", "increase of half"),
    ("en", "A growing number of persons convicted served their sentence.", "growing"),
    ("en", "Convictions fell for the third year in a row.", "fell for the third year in a row"),
    ("en", "Persons were convicted for the first time since 2012.", "for the first time"),
    ("en", "Most identified victims were women.", "Most"),
    ("en", "Half of the identified victims were men.", "Half"),
    ("en", "Twice as many identified victims as in 2019 were women.", "Twice as many"),
    ("en", "No victims were identified in 2020.", "No"),
    ("en", "None of the identified victims was a child.", "None of"),
    ("en", '{{ victims.identified }} victims.{{ note("The number has doubled.") }}', "doubled"),
    ("en", "- {{ victims.identified }} victims\n- a number that is growing", "growing"),
    ("lt", "2020 m. nustatyta {{ victims.identified }} aukų. Skaičius smarkiai išaugo.", "išaugo"),
    ("lt", "Nustatytų aukų skaičius kasmet mažėja nuo 2017 m.", "kasmet mažėja nuo 2017 m."),
    ("lt", "Nė viena auka nenustatyta.", "Nė viena"),
    ("lt", "2020 m. nenustatyta aukų.", "nenustatyta"),
    ("lt", "Visos nustatytos aukos buvo moterys.", "Visos"),
    ("lt", "Dvi iš trijų aukų buvo moterys.", "Dvi iš trijų"),
    ("lt", "Pirmą kartą nuo 2012 m. nuteista tiek asmenų.", "Pirmą kartą"),
]
TYPED = [
    ("en", "Twenty-four victims were identified.", "Twenty-four"),
    ("en", "Fewer than ten victims were men.", "Fewer than ten"),
    ("en", "One victim was a child.", "One"),
    ("en", "The courts convicted seventeen persons.", "seventeen"),
    ("lt", "Nustatytos dvidešimt keturios aukos.", "dvidešimt keturios"),
]
SILENT = [
    ("en", "One of the victims was heard in court. Both victims were heard."),
    ("en", "All victims have a right to help; no victim needs a permit. Every victim gets a lawyer."),
    ("en", "The aim is to increase the number of victims identified."),
    ("en", "Victims need more support, and the most vulnerable victims get it first."),
    ("en", "Whether the number of victims rose is not known. If the number of victims rises, staff is needed."),
    ("en", "No data on victims exist, and no comparison with persons convicted is possible."),
    ("en", "More detailed information on victims is in the annex, and the most serious investigations are secret."),
    ("en", "In the second half of 2020, victims received help. Each investigation takes about three months."),
    ("en", "The police opened investigations at the highest level, into two forms."),
    ("en", "There were {{ victims.identified }} victims. They receive more help. All of them were offered help."),
    ("en", "More identified victims need not mean more trafficking."),
    ("en", "In 2010, the most frequent partners in investigations were Belarus and Germany."),
    ("en", "Each of the {{ victims.identified }} victims was offered help; not all of them accepted."),
    ("en", "As many institutions take part, {{ victims.identified }} victims were referred."),
    ("lt", "Duomenų apie nustatytas aukas nėra."),
    ("lt", "Pusę pagalbos aukoms išlaidų apmoka valstybė. Dėl aukų kyla klausimų."),
    ("lt", "Darbo grupė aukų klausimais susitiko du kartus. Nė vienas vaikas neapklausiamas be globėjo."),
    ("lt", "Ši spraga nereiškia, kad aukų nebuvo."),
    ("lt", "Siekiama, kad aukų skaičius mažėtų. Kasmet institucijos teikia pastabas dėl aukų nustatymo."),
    ("lt", "Mažiau nustatytų aukų nebūtinai reiškia, kad aukų buvo mažiau."),
]


@pytest.mark.parametrize(("language", "text", "word"), UNBOUND, ids=lambda value: str(value)[:50])
def test_a_claim_beside_a_figure_is_found_in_every_paragraph(lithuania: Dataset, language: str, text: str, word: str):
    assert [f"{word!r} is not"] == [each.message[: len(repr(word)) + 7] for each in found(lithuania, text, language)]


@pytest.mark.parametrize(("language", "text", "number"), TYPED, ids=lambda value: str(value)[:50])
def test_a_number_in_words_beside_a_figure_is_typed_by_hand(lithuania: Dataset, language: str, text: str, number: str):
    seen = [each.message[: len(repr(number)) + 9] for each in found(lithuania, text, language)]
    assert [f"{number!r} is typed"] == seen


@pytest.mark.parametrize("language", ["en", "lt"])
def test_what_claims_nothing_of_a_figure_is_left_alone(lithuania: Dataset, language: str):
    text = "\n\n".join(text for of, text in SILENT if of == language)
    assert [] == [str(each) for each in found(lithuania, text, language)]


@pytest.mark.parametrize(
    ("language", "text", "binding"),
    [
        ("en", "Identified victims fell.", '{{ victims.identified | fell("fell") }}'),
        (
            "en",
            "Identified victims have fallen every year since 2017.",
            '{{ victims.identified | fell("fallen every year since 2017", 2017) }}',
        ),
        ("en", "Two thirds of victims were women.", '{{ victims.identified.women | amounts("Two thirds") }}'),
        ("en", "Fewer than ten victims were men.", '{{ victims.identified.men | amounts("Fewer than ten") }}'),
        (
            "lt",
            "Nustatytų aukų kasmet mažėja nuo 2017 m.",
            '{{ victims.identified | fell("kasmet mažėja nuo 2017 m.", 2017) }}',
        ),
    ],
)
def test_the_binding_to_paste_is_of_the_nearest_figure_and_true(lithuania: Dataset, language, text, binding):
    (finding,) = [
        each for each in found(lithuania, text, language) if each.code != "hand-typed-number" or "amounts" in binding
    ]
    assert f"such as {binding}" in finding.hint
    assert [] == [str(each) for each in found(lithuania, f"{binding}.", language) if each.code != "hand-typed-number"]


def test_what_the_data_contradict_is_said_first(lithuania: Dataset):
    (finding,) = found(lithuania, "The number of persons convicted fell.")
    assert (
        "'fell' is not true of persons.convicted: it went from 14 in 2019 to 17 in 2020; no figure is bound to it",
        'write what the figures show, as with {{ persons.convicted | rose("…") }}',
    ) == (finding.message, finding.hint)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "The share of women among victims grew."), ("lt", "Moterų dalis tarp aukų išaugo.")]
)
def test_the_change_of_a_share_is_bound_to_no_count(lithuania: Dataset, language: str, text: str):
    assert ["bind it to a figure, or leave it out"] == [each.hint for each in found(lithuania, text, language)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{{ victims.identified | fell("fell") }} every year since 2017.', "'every year' is next to fell"),
        ('{{ victims.identified | fell("fell") }} since 2017.', "2017 is next to fell"),
        ('Since 2017, {{ victims.identified | fell("fewer victims") }} were found.', "2017 is next to fell"),
        ('{{ victims.identified | fell("fell") }} from 50 to 24.', "'from 50 to 24' is next to fell"),
        ('There was a twofold {{ persons.convicted | rose("increase") }}.', "'twofold' is next to rose"),
        ('{{ victims.identified.women | majority("a third") }}', "'a third' is bound with majority"),
        ('{{ victims.identified | fell("no victims were found") }}', "'no' is bound with fell"),
    ],
)
def test_more_than_a_filter_looks_at_is_refused(lithuania: Dataset, text: str, message: str):
    found_here = [each.message for each in found(lithuania, text) if each.code == "misbound-claim"]
    assert [message] == [each.partition(", which")[0] for each in found_here]


@pytest.mark.parametrize(
    "text",
    [
        '{{ victims.identified | fell("fell every year since 2017", 2017) }}.',
        '{{ victims.identified | fell("The number fell by more than a third from 39 to 24") }}.',
        '{{ victims.identified.women | amounts("Two thirds of the victims were women") }}.',
        '{{ investigations.opened | lowest("the lowest number since 2012", 2012) }}.',
        '{{ investigations.opened.sexual | at(2012) | all("all investigations were sexual") }}.',
    ],
)
def test_what_a_filter_looks_at_is_accepted(lithuania: Dataset, text: str):
    assert [] == [str(each) for each in found(lithuania, text)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('lowest("the lowest number since 2009", 2009)', "the series begins in 2009: say so, and leave the year out"),
        ('lowest("the lowest number since 2011", 2011)', "it was 11 in 2012 too"),
    ],
)
def test_the_lowest_since_a_year_is_the_lowest_of_no_later_one_and_not_of_all(
    lithuania: Dataset, text: str, reason: str
):
    told = [each.message for each in found(lithuania, f"{{{{ investigations.opened | {text} }}}}.")]
    assert [True] == [each.endswith(reason) for each in told]


def test_a_claim_is_held_in_every_edition_that_carries_it(lithuania: Dataset):
    text = '{{ investigations.opened | fell("Numbers have fallen every year since 2017", 2017) }}.'
    passage = Passage("challenges", "en", 2018, text, Mark("2018.md", 2))
    findings = check(replace(lithuania.countries[0], passages=(passage,)), lithuania)
    assert [
        "'Numbers have fallen every year since 2017' is not true of investigations.opened: "
        "it went from 14 in 2018 to 16 in 2019 (2019)"
    ] == [each.message for each in findings if each.code == "claim-untrue"][:1]


PROPOSED = re.compile(r"\{\{.*?\}\}")
# What is found of an expression that cannot stand where it was pasted.
REFUSED = {"bad-expression", "unknown-figure", "no-value", "claim-untrue", "misbound-claim"}
WORDS = ["Fewer", "more", "fell", "rose", "the lowest", "twice as many", "the most frequent", "most of the", "doubled"]
SUBJECTS = ["convictions", "persons prosecuted", "victims", "new investigations", "women", "labour", "people"]


def findings(dataset: Dataset, headline: str, markdown: str = "Text.") -> list[Finding]:
    title = Passage("justice", "en", 2022, headline, Mark("2022.md", 1))
    passage = replace(title, markdown=markdown, headline=title)
    return list(check(replace(dataset.countries[0], passages=(passage,)), dataset))


def hints(dataset: Dataset, headline: str, markdown: str = "Text.") -> list[str]:
    return [each.hint for each in findings(dataset, headline, markdown) if each.code == "unbound-claim"]


def are_expressions(texts: list[str]) -> bool:
    return all(parse(Passage("justice", "en", 2022, each, Mark("2022.md", 1)))[1] == () for each in texts)


def test_a_filter_that_is_not_true_comes_with_the_reason(ruritania: Dataset):
    assert [
        'bind it to a figure, such as {{ victims.identified | fell("fell") }}; '
        "but 'fell' is not true of victims.identified: it went from 26 in 2021 to 30 in 2022"
    ] == hints(ruritania, "Victims fell")


def test_a_share_is_that_of_the_words_beside_the_percentage(ruritania: Dataset):
    found = findings(ruritania, "Headline", "Of the victims, 53% were women.")
    assert ["write {{ victims.identified.women | share }}: it prints counts when the base is small"] == [
        each.hint for each in found if each.code == "percent-in-prose"
    ]


@pytest.mark.parametrize("typed", ["Of the victims, 12 per cent were women.", "Of the victims, 999 were women."])
def test_no_expression_is_offered_that_prints_another_number(ruritania: Dataset, typed: str):
    found = findings(ruritania, "Headline", typed)
    assert ["insert the figure that has this number; if there is none, write the sentence without the number"] == [
        each.hint for each in found if each.code in ("percent-in-prose", "hand-typed-number")
    ]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.sampled_from(WORDS), subject=st.sampled_from(SUBJECTS), after=st.booleans())
def test_what_is_proposed_can_be_pasted(ruritania: Dataset, word: str, subject: str, after: bool):
    headline = f"{subject} {word}" if after else f"{word} {subject}"
    for finding in findings(ruritania, headline):
        proposed = PROPOSED.findall(finding.hint) if finding.code == "unbound-claim" else []
        assert are_expressions(proposed)
        is_true = "; but" not in finding.hint and "no figure is bound" not in finding.message
        for text in proposed if is_true else []:
            words = text.partition('("')[2].partition('"')[0]
            pasted = findings(ruritania, headline.replace(words, text, 1))
            assert [] == [str(each) for each in pasted if each.code in REFUSED]


def told(tmp_path, note: str, language: str = "en") -> list[str]:
    """What is found of a note on investigations, which rose from 9 to 11."""
    figures = {2019: "9", 2020: f'{{total: 11, note: {{{language}: "{note}"}}}}'}
    files = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures:\n  investigations.opened: {value}\n"
        for year, value in figures.items()
    }
    root = write(tmp_path, {each: None for each in FILES if each.startswith("data/XX/20")} | files)
    dataset = dataset_of(root, ("XX",))
    return [each.message for each in check(dataset.countries[0], dataset) if each.code == "untrue-note"]


@pytest.mark.parametrize(
    ("language", "note", "word"),
    [
        ("en", "As published: the number fell sharply.", "fell"),
        ("en", "Fewer than in 2019 were opened.", "Fewer"),
        ("lt", "Skaičius sumažėjo.", "sumažėjo"),
    ],
)
def test_what_the_figure_contradicts_is_found(tmp_path, language, note, word):
    (message,) = told(tmp_path, note, language)
    assert message.startswith(f"{word!r} is not true of investigations.opened: it w")


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "As published: the number rose."),
        ("en", "The number may fall when files are closed."),
        ("en", "One fewer than UNODC publishes; fewer cases need not mean less crime."),
        ("lt", "Skaičius padidėjo."),
        ("lt", "Skaičius beveik nepakito."),
    ],
)
def test_what_it_bears_out_and_what_is_said_of_something_else_is_left_alone(tmp_path, language, note):
    assert [] == told(tmp_path, note, language)


def test_a_reason_is_held_like_a_note(tmp_path):
    reason = '{en: "As published: the number fell."}'
    accepted = f"accepted:\n  - {{rule: jump, figure: investigations.opened, reason: {reason}}}\n"
    earlier = "year: 2019\nsource: police\nfigures:\n  investigations.opened: 40\n"
    files = {YEAR: f"{HEAD}figures:\n  investigations.opened: 90\n{accepted}", "data/XX/2019.yaml": earlier}
    dataset = dataset_of(write(tmp_path, files), ("XX",))
    assert ["untrue-note"] == [
        each.code for each in check(dataset.countries[0], dataset) if "not true" in each.message and not each.accepted
    ]
