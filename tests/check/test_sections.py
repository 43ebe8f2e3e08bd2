"""A heading of the narrative is the code of a section, or the name of a chart or table."""

import pytest

from reporter.check import check
from tests import small
from tests.snapshots import dataset_of

OURS = ("unknown-section", "text-over-chart", "chart-not-made", "chart-left-out", "unknown-figure", "left-undecided")


def told(root, files: dict[str, str]) -> list[str]:
    """What the rules of this piece find in a small workspace, as `line: message [code]`."""
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
        (
            "# figure-investigations: Few\n\n## Part {#part}\n\nText.",
            ["3: over figure-investigations only a headline is printed, and no text below it [text-over-chart]"],
        ),
        (
            "# figure-investigations:\n\nText.",
            ["1: over figure-investigations only a headline is printed, and no text below it [text-over-chart]"],
        ),
    ],
)
def test_a_heading_over_a_chart_names_one_and_has_no_text(tmp_path, heading, expected):
    assert expected == told(tmp_path, {small.TEXT: f"{heading}\n"})


CHARTS = "charts: {leave_out: [action_plans], instead: {assisted: persons.convicted}}\n"
CHOSEN = f"title: {{en: Small}}\nlanguages: [en]\n{CHARTS}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'See {{ figure("action_plans") }}.',
            "the text refers to the chart action_plans, which reporter.yaml leaves out",
        ),
        (
            "See [it](#figure-action_plans).",
            "the text refers to the chart action_plans, which reporter.yaml leaves out",
        ),
        (
            "See [its data](#table-data-action_plans).",
            "the text refers to the chart action_plans, which reporter.yaml leaves",
        ),
        (
            "See [it][one].\n\n[one]: #figure-action_plans",
            "the text refers to the chart action_plans, which reporter.yaml",
        ),
        ('{{ figure("assisted") }} shows it.', "the text refers to the chart assisted, in whose place reporter.yaml "),
        ("See [it](#figure-action_planz).", "no figure is called 'action_planz' [unknown-figure]"),
        ('See {{ figure("action_planz") }}.', "no figure is called 'action_planz' [unknown-figure]"),
        ('See {{ table("penalties") }} and [it](#section-aliens).', ""),
    ],
)
def test_a_text_that_refers_to_a_chart_left_out_is_found(tmp_path, text, expected):
    found = told(tmp_path, {"reporter.yaml": CHOSEN, small.TEXT: f"# aliens\n\nAliens.\n\n{text}\n"})
    assert [expected] * bool(expected) == [each.partition(": ")[2][: len(expected)] for each in found]


def test_a_headline_of_an_earlier_year_asks_for_no_decision_since_it_is_not_printed(tmp_path):
    earlier = {"data/XX/text/en/2019.md": "# figure-investigations: Few\n"}
    texts = {"left": "", "ended": "# figure-investigations\n", "new": "# figure-investigations: Many\n"}
    found = {name: told(tmp_path / name, earlier | {small.TEXT: text}) for name, text in texts.items()}
    assert [] == [each for lines in found.values() for each in lines if "undecided" in each]
