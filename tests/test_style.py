"""What keeps the program small enough to be understood: no circles, files of one topic, a size that only falls."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter

from reporter.cli.contents import COMMANDS
from tests.fixtures import ROOT

# Both may only be lowered. A commit that raises one names the issue that allows it.
MOST_LINES, MOST_RECORDS = 79174, 525
LONGEST_FILE = 600
RECORDS = ("dataclass", "NamedTuple")


@cache
def sources() -> dict[str, str]:
    """The text of each module of the program, by its dotted name."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path.read_text("utf-8")
        for path in sorted((ROOT / "reporter").rglob("*.py"))
    }


@cache
def trees() -> dict[str, ast.Module]:
    return {name: ast.parse(text) for name, text in sources().items()}


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules that a module names, also late and for types alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules = {f"{node.module}.{alias.name}" for alias in node.names} & trees().keys()
            yield from modules or {node.module}
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            yield from (each.value for each in node.args if isinstance(each, ast.Constant))


def test_no_module_imports_itself_in_the_end() -> None:
    arrows = {name: {*imported(tree)} & trees().keys() - {name} for name, tree in trees().items()}
    try:
        TopologicalSorter(arrows).prepare()
        circle = []
    except CycleError as problem:
        circle = problem.args[1]
    assert [] == circle


def test_no_file_is_long() -> None:
    lengths = {name: len(text.splitlines()) for name, text in sources().items()}
    assert {} == {name: length for name, length in lengths.items() if length > LONGEST_FILE}


def test_the_program_does_not_grow() -> None:
    assert sum(len(text.splitlines()) for text in sources().values()) <= MOST_LINES


def test_the_records_do_not_become_more() -> None:
    records = [
        node
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(word in ast.unparse(each) for each in (*node.decorator_list, *node.bases) for word in RECORDS)
    ]
    assert len(records) <= MOST_RECORDS


def test_no_command_imports_another_command() -> None:
    commands = {module for module, _ in COMMANDS.values() if module}
    both = {(name, other) for name in commands for other in imported(trees()[name]) if other in commands}
    assert set() == both
