"""Write what a check found for other programs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reporter.check import RULES
from reporter.edition.evaluated_rules import evaluate
from reporter.edition.kept_searches import CheckAnswer, KeptFindings, findings_of
from reporter.edition.program import check_digest
from reporter.export.ess_report import ess_report
from reporter.export.sarif import ToldRule, sarif
from reporter.export.workflow_commands import workflow_commands
from reporter.files.workspace import Workspace
from reporter.model import Audience


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """What a check is asked, and who may know the answer."""

    workspace: Workspace
    country: str | None
    year: int | None
    audience: Audience

    @property
    def kept(self) -> KeptFindings:
        words = f"{self.country or 'the country of the workspace'} {self.year or 'every year'}, {self.audience}"
        return KeptFindings(findings_of(self.workspace), check_digest(), self.workspace.snapshot(), words)


TRIGGER = "reporter check"


def as_sarif(asked: CheckQuestion, answer: CheckAnswer) -> str:
    rules = (ToldRule(each.code, each.severity, each.title) for each in RULES)
    return f"{sarif(answer.findings, rules, _folder_of(asked.workspace))}\n"


def as_commands(asked: CheckQuestion, answer: CheckAnswer) -> str:
    commands = workflow_commands(answer.findings, _folder_of(asked.workspace))
    return "".join(f"{each}\n" for each in commands)


def as_ess(asked: CheckQuestion, _answer: CheckAnswer) -> str:
    kept = asked.kept
    outcomes = evaluate(kept.sources, asked.country, asked.year, kept, audience=asked.audience)
    return ess_report(outcomes, TRIGGER)


def _folder_of(workspace: Workspace) -> str:
    """The workspace as seen from where the command was run. Empty where it was run in the workspace or in a folder of
    it: there is no place above it to tell."""
    here, root = Path.cwd().resolve(), workspace.root.resolve()
    return root.relative_to(here).as_posix().removeprefix(".") if root.is_relative_to(here) else ""


MAKERS: Mapping[str, Callable[[CheckQuestion, CheckAnswer], str]] = {
    "sarif": as_sarif,
    "github": as_commands,
    "ess": as_ess,
}
