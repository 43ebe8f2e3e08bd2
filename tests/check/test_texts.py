"""What is typed in a text or used as a term is held to its figure and year; headings, places to be filled and calls."""

from dataclasses import replace

import pytest

from reporter.check import check
from reporter.data.errors import Mark
from reporter.data.records import Dataset, Passage
from tests import small
from tests.check.broken import told
from tests.crossed import FIGURE
from tests.editions import checked
from tests.snapshots import dataset_of


def test_an_item_of_a_list_may_be_called_an_aim_by_the_sentence_before(ruritania: Dataset):
    item = "- {{ activities.town_meetings.meetings }} a year."
    assert len(told(ruritania, 2022, "prevention", f"Every town:\n\n- a poster;\n{item}")) == 1
    assert told(ruritania, 2022, "prevention", f"The aims for every town:\n\n- a poster;\n{item}") == []


def test_a_text_carried_over_needs_values_that_name_their_year(ruritania: Dataset):
    bare = "{{ victims.recognised }} victims were recognised."
    message = "2:1: error: victims.recognised has no value to print [no-value]"
    assert [message] == told(ruritania, 2019, "victims", bare)
    assert told(ruritania, 2019, "victims", "{{ victims.recognised | at(2019) }} victims were recognised.") == []


def test_a_text_is_judged_for_the_year_it_was_written_and_not_again_when_carried_over(ruritania: Dataset):
    data = ruritania.countries[0]
    lost = [seen for seen in data.observations if (seen.figure, seen.year) != ("persons.charged", 2022)]
    before = [seen for seen in lost if (seen.figure, seen.year) != ("persons.charged", 2021)]
    later, neither = (
        replace(ruritania, countries=(replace(data, observations=tuple(seen)),)) for seen in (lost, before)
    )
    text = "People are charged in court."
    expected = "2:12: warning: 'charged' is used, but persons.charged is not stated for {} [undefined-term]"
    assert [] == told(later, 2021, "criminal_justice", text)
    assert [expected.format(2022)] == told(later, 2022, "criminal_justice", text)
    assert [expected.format(2021)] == told(neither, 2021, "criminal_justice", text)
    # Meetings are counted since 2022 only.
    typed = "2:6: error: '12' is typed by hand next to 'meetings' [hand-typed-number]"
    assert [] == told(ruritania, 2021, "prevention", "Some 12 meetings were held.")
    assert [typed] == told(ruritania, 2022, "prevention", "Some 12 meetings were held.")


def test_a_word_for_a_step_of_justice_needs_its_figure(ruritania: Dataset):
    expected = ["2:12: warning: 'charged' is used, but persons.charged is not stated for 2021 [undefined-term]"]
    data = ruritania.countries[0]
    unsaid = [each for each in data.observations if (each.figure, each.year) != ("persons.charged", 2021)]
    dataset = replace(ruritania, countries=(replace(data, observations=tuple(unsaid)),))
    assert expected == told(dataset, 2021, "criminal_justice", "People are charged in court.")
    assert told(dataset, 2021, "criminal_justice", "The number of persons charged is not available.") == []
    assert told(dataset, 2021, "criminal_justice", "In 2018, persons were charged.") == []
    assert told(dataset, 2021, "criminal_code", "Whoever is charged has a lawyer.") == []
    assert told(ruritania, 2021, "criminal_justice", "People are charged in court.") == []


def test_a_number_of_an_earlier_year_is_printed_as_the_value_of_that_year(tmp_path):
    text = "# general_situation\n\nIn 2019, there were 9 investigations.\n"
    dataset = small.load(tmp_path, {small.TEXT: text})
    hints = {each.hint.splitlines()[0] for each in check(dataset.countries[0], dataset)
             if each.code == "hand-typed-number"}  # fmt: skip
    assert {"print the value itself, such as {{ investigations.opened | at(2019) }}"} == hints


@pytest.mark.parametrize(
    "text",
    [
        "Articles 147, 147-1 and 157 protect victims.",
        "Directive 2011/36/EU protects victims.",
        "The programme of 2017–2019 and its 3rd course reached clients on 18 October 2019.",
        "The STROM 2 posters warn victims aged 15 to 17.",
        "Call +370 5 271 97 93 or write to 24@victims.example, 24 hours a day.",
        "1. Victims first.\n2. Clients second.",
        "Persons assisted under 18 are children.",
        "Of the 27 Member States, some count victims.",
        "Some 5 persons came for 3 years.",
    ],
)
def test_names_dates_and_numbers_of_provisions_may_be_typed(ruritania: Dataset, text: str):
    assert told(ruritania, 2022, "victims", text) == []


@pytest.mark.parametrize(
    ("text", "place", "number"),
    [
        ("The police opened 33 investigations.", "2:19", "'33'"),
        ("Some 5 001 colourful\nposters were shown.", "2:6", "'5 001'"),
        ("Clients numbered\nabout 110.", "3:7", "'110'"),
        ("- Of victims\n- and of 12 victims", "3:10", "'12'"),
        ('Many{{ note("Not 30 victims.") }}.', "2:5", "'30'"),
    ],
)
def test_counts_typed_by_hand_are_found_at_their_place(ruritania: Dataset, text: str, place: str, number: str):
    found = told(ruritania, 2022, "prevention", text)
    assert [f"{place}: error: {number}"] == [each.split(" is typed")[0] for each in found]


POWER, HAND = "after a number reads as a power", "is typed by hand"


def found(markdown: str) -> list[str]:
    lines = told(checked("XX").dataset, 2022, "coordination", markdown)
    return [each for each in lines if "[typed-call]" in each]


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        ("The Council met[^a] twice.", f"'[^a]' {HAND}"),
        ("On 5 May 2022[^1] it met.", f"'[^1]' {POWER}"),
        ("It met on {{ year }}^1^ of May.", f"'^1^' {POWER}"),
        ("It was 30 %[^note].", f"'[^note]' {POWER}"),
        ("It paid 30 €³ for it.", f"'³' {POWER}"),
        ("It met 3² times.", f"'²' {POWER}"),
    ],
)
def test_calls_typed_by_hand(markdown, message):
    (line,) = found(markdown)
    assert message in line


@pytest.mark.parametrize(
    "markdown",
    [
        'The Council has 25 members{{ note("One left.") }}.',
        "Pagal naują 147² straipsnį atsako asmenys.",
        "Baudžiamojo kodekso 147, 147¹, 147² ir 157 straipsniai pakeisti.",
        "It applies Article 147¹.",
        "See [the Act](https://a.example/b).",
    ],
)
def test_what_is_no_call(markdown):
    assert [] == found(markdown)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("It had 25[^1] new women in it.", "women"),
        ("On 5 May 2022[^1] it met, and left.", "met"),
        ("It met until 2022[^1]. Then it left.", "2022."),
        ("The Council met[^1] twice.", "met"),
    ],
)
def test_the_hint_names_the_word_before_the_call(text, place):
    passage = Passage("coordination", "en", 2022, f"{text}\n\n[^1]: Why.", Mark("data/XX/text/en/2022.md", 2))
    dataset = checked("XX").dataset
    findings = check(replace(dataset.countries[0], passages=(passage,)), dataset)
    assert [f'write {place}{{{{ note("Why.") }}}}'] == [each.hint for each in findings if each.code == "typed-call"]


ONLY = "figure-investigations can have a headline, but no text below it [text-over-chart]"
OURS = ("unknown-section", "text-over-chart", "chart-not-made", "chart-left-out", "unknown-figure", "left-undecided")


def told_of_headings(root, files: dict[str, str]) -> list[str]:
    small.write(root, files)
    dataset = dataset_of(root, ("XX",))
    found = (each for each in check(dataset.countries[0], dataset) if each.code in OURS)
    return [f"{each.mark.line}: {each.message} [{each.code}]" for each in found]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("# figure-investigations: Few investigations", []),
        ("# figure-penalties: Prison", ["1: no chart or table is called 'penalties' [unknown-section]"]),
        ("# investigations: Few", ["1: no section is called 'investigations' [unknown-section]"]),
        (
            "# figure-action_plans: Many trained",
            ["1: the chart action_plans has nothing to show in 2020: its headline is not printed [chart-not-made]"],
        ),
        (
            "# figure-persons.convicted: Many",
            ["1: no section shows the chart persons.convicted: its headline is not printed [chart-not-made]"],
        ),
        ("# figure-investigations: Few\n\n## Part {#part}\n\nText.", [f"3: {ONLY}"]),
        ("# figure-investigations:\n\nText.", [f"1: {ONLY}"]),
    ],
)
def test_a_heading_over_a_chart_names_one_and_has_no_text(tmp_path, heading, expected):
    assert expected == told_of_headings(tmp_path, {small.TEXT: f"{heading}\n"})


CHARTS = "charts: {leave_out: [action_plans], instead: {assisted: persons.convicted}}\n"
OUT = "the text refers to the chart action_plans, which reporter.yaml leaves out"
CHOSEN = f"title: {{en: Small}}\nlanguages: [en]\n{CHARTS}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('See {{ figure("action_plans") }}.', OUT),
        ("See [it](#figure-action_plans).", OUT),
        ("See [its data](#table-data-action_plans).", OUT),
        ("See [it][one].\n\n[one]: #figure-action_plans", OUT),
        ('{{ figure("assisted") }} shows it.', "the text refers to the chart assisted, which reporter.yaml replaces "),
        ("See [it](#figure-action_planz).", "no figure is called 'action_planz' [unknown-figure]"),
        ('See {{ figure("action_planz") }}.', "no figure is called 'action_planz' [unknown-figure]"),
        ('See {{ table("penalties") }} and [it](#section-aliens).', ""),
    ],
)
def test_a_text_that_refers_to_a_chart_left_out_is_found(tmp_path, text, expected):
    found = told_of_headings(tmp_path, {"reporter.yaml": CHOSEN, small.TEXT: f"# aliens\n\nAliens.\n\n{text}\n"})
    assert [expected] * bool(expected) == [each.partition(": ")[2][: len(expected)] for each in found]


def test_a_headline_of_an_earlier_year_asks_for_no_decision_since_it_is_not_printed(tmp_path):
    earlier = {"data/XX/text/en/2019.md": "# figure-investigations: Few\n"}
    texts = {"left": "", "ended": "# figure-investigations\n", "new": "# figure-investigations: Many\n"}
    found = {name: told_of_headings(tmp_path / name, earlier | {small.TEXT: text}) for name, text in texts.items()}
    assert [] == [each for lines in found.values() for each in lines if "undecided" in each]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("women.sexual", ""),
        ("sexual.men", ""),
        ("womem.sexual", "did you mean 'victims.identified.women.sexual'?"),
        ("sexual.womem", "did you mean 'victims.identified.sexual.women'?"),
        ("br", "did you mean 'victims.identified.BR'?"),
        ("BR", ""),
    ],
)
def test_an_unknown_cell_is_found_with_the_one_that_was_meant(tmp_path, name, hint):
    text = f"# victims\n\n{{{{ victims.identified.{name} }}}}.\n"
    figures = f"{small.HEAD}figures:\n{FIGURE}    by citizenship: {{BR: 4}}\n"
    small.write(tmp_path, {**small.CROSSED, small.YEAR: figures, small.TEXT: text})
    dataset = dataset_of(tmp_path, ("XX",))
    found = check(dataset.countries[0], dataset)
    assert [hint] * bool(hint) == [each.hint for each in found if each.code == "unknown-figure"]


PLACES = ["[…]", "[...]", "[to be written]", "[To be\nadded]", "TODO", "XXX", "Lorem ipsum", "[parašyti vėliau]"]
PLAIN = [
    "the victim [was] found",
    "the [whole] family",
    "[the law](https://law.example)",
    "[…](https://law.example)",
    "a to-do list, toda and todo",
    '{{ note("in [his] words") }}',
]


@pytest.mark.parametrize("around", ["{}", "- {}", "One sentence. {} Another one."])
@pytest.mark.parametrize(("status", "rule"), [("draft", "in-brackets"), ("final", "left-in-brackets")])
def test_places_to_be_filled_are_found_in_the_narrative_and_brackets_that_are_text_are_not(
    tmp_path, around: str, status: str, rule: str
):
    paragraphs = [*map(around.format, PLACES), *(f"Here {text} is." for text in PLAIN)]
    text = "\n\n".join(("# victims", *paragraphs))
    dataset = small.load(tmp_path, {small.YEAR: f"{small.HEAD}status: {status}\n", small.TEXT: f"{text}\n"})
    found = [each for each in check(dataset.countries[0], dataset) if each.code.endswith("in-brackets")]
    assert {rule} == {each.code for each in found}
    for place, each in zip(PLACES, found, strict=True):
        assert place.split(maxsplit=1)[0] in each.message
        assert place.split()[0] in text.split("\n")[each.mark.line - 1]


def test_a_place_in_a_headline_a_footnote_and_a_contact_is_found(tmp_path):
    text = '# victims: TODO\n\nSome.{{ note("[to be checked]") }}\n'
    country = "data/XX/country.yaml"
    contact = "contacts:\n  a: {name: {en: Office}, person: '[name]', telephone: '[number]'}\n"
    files = {small.YEAR: f"{small.HEAD}status: final\n", small.TEXT: text, country: small.FILES[country] + contact}
    dataset = small.load(tmp_path, files)
    found = [each for each in check(dataset.countries[0], dataset) if each.code == "left-in-brackets"]
    assert [1, 3] == [each.mark.line for each in found if each.mark.path == small.TEXT]
    told = {"person: [name] is still in brackets", "telephone: [number] is still in brackets"}
    assert told == {each.message for each in found if each.mark.path == country}
