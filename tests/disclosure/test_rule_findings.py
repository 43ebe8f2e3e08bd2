"""Rules for what is withheld name figures that there are."""

from pathlib import Path

import pytest

from reporter.disclosure.rule_findings import wrong_rules
from tests import small


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("thresholds: [{figures: [victims.identified], by: person, below: 10}]", []),
        ("weights: [{figures: [victims.identified.men], weight: 3}]", []),
        (
            "thresholds: [{figures: [victims.identifed], below: 10}]",
            ["5 disclosure: no figure is called 'victims.identifed' | did you mean 'victims.identified'?"],
        ),
        (
            "weights: [{figures: [victims.identified], by: form, weight: 3}]",
            ["5 disclosure: victims.identified has no breakdown 'form' | known: person"],
        ),
    ],
)
def test_what_names_no_figure_is_told_with_its_line(tmp_path: Path, rule: str, expected: list[str]) -> None:
    settings = f"{small.FILES['reporter.yaml']}disclosure:\n  {rule.replace('[{', chr(10) + '    - {', 1)[:-1]}\n"
    dataset = small.load(tmp_path, {"reporter.yaml": settings})
    assert expected == [f"{each.mark.line} {each.message} | {each.hint}" for each in wrong_rules(dataset)]
