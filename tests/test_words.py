"""Plain words: what pages, messages and docs do not say."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from reporter.cli.contents import COMMANDS
from scripts.messages import gathered

ROOT = Path(__file__).resolve().parent.parent
# The words of a dialect of German order, each with what to write.
PLAIN = {
    r"mend(?:ed|s)?": "fix, correct",
    r"anew": "again, new this year",
    r"nobody|somebody|whoever": "you, no one, anyone who",
    r"tells?|told": "show, say, report",
    r"stands?|stood": "is, is in",
    r"besides?": "also, next to",
    r"lays?(?! out)": "compare",
    r"tak(?:e|en|es|ing) in|took in": "import",
    r"(?:give|gave|given|put) back": "restore, return",
}
WORDS = re.compile(rf"(?<![\w-])(?:{'|'.join(PLAIN)})(?![\w-])", re.IGNORECASE)
# A place for a value, a word of the files or of the command line, and what is quoted.
NOT_PROSE = re.compile(r"```.*?```|`[^`\n]*`|\{[^{}\n]*\}|%\(\w+\)s", re.DOTALL)


def dialect(text: str) -> list[str]:
    return WORDS.findall(NOT_PROSE.sub(" ", text))


def test_messages_are_in_plain_words() -> None:
    messages = {text for each in gathered() for text in (each.id if isinstance(each.id, tuple) else (each.id,))}
    # The administrator is told by the user, in the everyday sense.
    everyday = {"The proxy server must provide the user name. Tell its administrator."}
    assert {} == {text: found for text in messages - everyday if (found := dialect(text))}


@pytest.mark.parametrize(
    "path", sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
)
def test_pages_of_the_manual_are_in_plain_words(path: Path) -> None:
    assert [] == dialect(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [name for name, (module, _) in COMMANDS.items() if module])
def test_help_pages_are_in_plain_words(name: str) -> None:
    members, leaf = vars(import_module(COMMANDS[name][0])).values(), name.rpartition(" ")[2]
    command = next(each for each in members if isinstance(each, click.Command) and each.name == leaf)
    options = [parameter.help or "" for parameter in command.params if isinstance(parameter, click.Option)]
    assert [] == dialect("\n".join([command.help or "", command.epilog or "", *options]))


# The participles and images that are no names; those that are left may only become fewer.
NO_NAMES = {
    "anew",
    "apart",
    "begun",
    "beside",
    "each",
    "found",
    "held",
    "kept",
    "known",
    "made",
    "mended",
    "said",
    "seen",
}
NO_NAMES |= {"shown", "stands", "taken", "then", "told", "whoever"}


def names_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def test_a_name_says_what_a_thing_is() -> None:
    texts = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "reporter").rglob("*.py")))
    left = [name for text in texts for name in names_in(ast.parse(text)) if name.strip("_") in NO_NAMES]
    assert left == []
