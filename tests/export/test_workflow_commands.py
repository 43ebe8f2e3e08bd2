"""Findings as commands of a run: no word of a file may end one, or begin another."""

import re

from hypothesis import given
from hypothesis import strategies as st

from reporter.errors import Severity
from reporter.export.workflow_commands import workflow_commands
from tests.export.machine_shapes import finding

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::([^\r\n]*)")


def said(line: str) -> tuple[str, dict[str, str], str]:
    """Read a command as GitHub does."""
    found = COMMAND.fullmatch(line)
    assert found, line
    properties = dict(each.split("=", 1) for each in found[2].split(","))
    back = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))

    def plain(text: str) -> str:
        for written, sign in back:
            text = text.replace(written, sign)
        return text

    return found[1], {name: plain(value) for name, value in properties.items()}, plain(found[3])


def test_a_command_names_place_rule_and_words():
    (line,) = workflow_commands([finding()])
    properties = {"file": "data/XX/2020 a.yaml", "line": "4", "col": "3"}
    properties["title"] = "a change, that needs: a comment [jump]"
    text = "50% rose, from 10: to 20\nand more\nhint: look it up: again"
    assert ("warning", properties, text) == said(line)
    assert (
        "::warning file=data/XX/2020 a.yaml,line=4,col=3,title=a change%2C that needs%3A a comment [jump]::50%25 ro"
        in line
    )


def test_weights_have_the_names_of_github_and_accepted_ones_are_left_out():
    found = [finding(severity=each) for each in Severity] + [finding(accepted="So it is.")]
    assert ["error", "warning", "notice"] == [said(each)[0] for each in workflow_commands(found)]


def test_places_begin_with_the_folder_of_the_workspace():
    (line,) = workflow_commands([finding()], "profile")
    assert "profile/data/XX/2020 a.yaml" == said(line)[1]["file"]


@given(st.text(), st.text())
def test_no_words_end_a_command_or_begin_another(message, title):
    (line,) = workflow_commands([finding(message=message, title=title, hint="")])
    assert 1 == len(re.split(r"[\r\n]", line))
    assert title in said(line)[1]["title"] or "%" in title
    assert message == said(line)[2] or "%" in message
