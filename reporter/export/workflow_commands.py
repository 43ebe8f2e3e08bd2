"""Write findings as workflow commands, which GitHub shows at their lines."""

from collections.abc import Iterable, Iterator

from reporter.errors import Finding, Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# The percent sign first: it begins what stands for the others.
IN_TEXT = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
IN_PROPERTY = (*IN_TEXT, (":", "%3A"), (",", "%2C"))


def workflow_commands(findings: Iterable[Finding], folder: str = "") -> Iterator[str]:
    """The command of each finding that nobody accepted. GitHub shows ten of each weight in a step, so that accepted
    ones would hide what is open. Paths begin with the `folder` of the workspace, empty where the check was run in
    it."""
    for each in findings:
        if not each.accepted:
            path = f"{folder}/{each.mark.path}" if folder else each.mark.path
            title = f"{each.title} [{each.code}]" if each.title else each.code
            said = {"file": path, "line": each.mark.line, "col": each.mark.column, "title": title}
            properties = ",".join(f"{name}={_escaped(str(value), IN_PROPERTY)}" for name, value in said.items())
            text = f"{each.message}\nhint: {each.hint}" if each.hint else each.message
            yield f"::{COMMANDS[each.severity]} {properties}::{_escaped(text, IN_TEXT)}"


def _escaped(text: str, signs: Iterable[tuple[str, str]]) -> str:
    for sign, instead in signs:
        text = text.replace(sign, instead)
    return text
