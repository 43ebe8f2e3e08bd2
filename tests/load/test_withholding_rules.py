"""The settings say what is withheld besides, and what they say is fit for it."""

import pytest

from reporter.files.sources import Sources
from reporter.load.catalogue import read_settings
from reporter.model import DisclosureRules
from tests import small


def read(text: str) -> tuple[DisclosureRules, list[str]]:
    """The rules of a workspace with these lines, and what is wrong with them."""
    settings, tree = read_settings(
        Sources.from_contents({"reporter.yaml": (small.FILES["reporter.yaml"] + text).encode()})
    )
    assert settings
    return settings.disclosure, [f"{each.mark.line}: {each.message} | {each.hint}" for each in tree.findings]


def test_what_nobody_says_is_as_usual() -> None:
    assert (DisclosureRules(), []) == read("")


def test_thresholds_and_weights_are_read() -> None:
    rules, found = read(
        "disclosure:\n  thresholds:\n    - {figures: [victims.identified], by: citizenship, below: 10}\n"
        "  zeros: false\n  width: 7\n  weights:\n    - {figures: [persons.convicted.men], weight: 50}\n"
    )
    assert [] == found
    assert ([("citizenship", 10)], False, 7) == ([(e.by, e.below) for e in rules.thresholds], rules.zeros, rules.width)
    assert [(("persons.convicted.men",), 50)] == [(each.figures, each.weight) for each in rules.weights]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("width: 4", "width: 4 possible values protect nobody | write width: 5 or more"),
        (
            "thresholds: [{figures: [victims.identified], below: 1}]",
            "below: 1 withholds nothing, as only counts from 1 on are withheld"
            " | write below: 10, say, or take the entry out",
        ),
        ("thresholds: [{figures: [], below: 9}]", "no figure is named | write figures: [victims.identified]"),
        (
            "weights: [{figures: [victims.identified], weight: 0}]",
            "weight: 0 is no weight | write a number from 1, withheld first, to 100, withheld last",
        ),
    ],
)
def test_what_cannot_hold_is_left_out_with_its_line(line: str, expected: str) -> None:
    rules, found = read(f"disclosure:\n  {line}\n")
    assert DisclosureRules() == rules
    number = small.FILES["reporter.yaml"].count("\n") + 2
    assert [f"{number}: {expected}"] == found
