"""What a stranger reads first: plain docstrings, named arguments, short files, tests where they are looked for."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reporter.cli.contents import COMMANDS
from tests.fixtures import ROOT

MOST_WORDS, MOST_UNNAMED = 12, 4
RECORDS = ("dataclass", "NamedTuple")
Documented = ast.Module | ast.ClassDef | ast.FunctionDef
# Where several files have one name they are one idea, seen from several rooms: the record, its reader, its page.
SHARED = frozenset(
    {
        "audit", "catalogue", "compared", "country", "coverage", "dataset", "erratum",
        "figures", "named", "outbox", "package", "questionnaire", "receipt", "received", "recipient", "release",
        "remarks", "schema", "workbook", "year",
    }
)  # fmt: skip


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    paths = sorted((*(ROOT / "reporter").rglob("*.py"), *(ROOT / "scripts").glob("*.py")))
    return tuple((path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


def docstrings() -> Iterator[tuple[str, str]]:
    """Where each docstring stands, and its first line."""
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, Documented) and (text := ast.get_docstring(node)):
                yield f"{name}:{getattr(node, 'lineno', 1)}", text.splitlines()[0]


def test_a_docstring_begins_in_few_words_and_needs_no_neighbour() -> None:
    assert [] == [
        f"{place} {line}"
        for place, line in docstrings()
        if len(line.split()) > MOST_WORDS or line.lower().startswith(("the same", "what the same"))
    ]


def records() -> set[str]:
    """The names of all records, each of which is the name of no other class."""
    return {
        node.name
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(word in ast.unparse(each) for each in (*node.decorator_list, *node.bases) for word in RECORDS)
    }


def test_a_record_with_many_arguments_names_them() -> None:
    known = records()
    assert [] == [
        f"{name}:{node.lineno} {node.func.id}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in known
        and len(node.args) > MOST_UNNAMED
    ]


def test_no_file_is_long() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "reporter").rglob("*.py")}
    assert {} == {path.name: length for path, length in lengths.items() if length > 400}


def test_a_test_lies_where_the_module_or_the_room_that_it_tests_does() -> None:
    rooms = {path.parent.relative_to(ROOT / "reporter") for path in (ROOT / "reporter").rglob("__init__.py")}
    lost = []
    for folder in (ROOT / "tests", ROOT / "exhaustive"):
        for room in rooms - {Path()}:
            for path in (folder / room).glob("test_*.py"):
                name = path.stem.removeprefix("test_")
                module = ROOT / "reporter" / room / f"{name}.py"
                lost += [] if name == room.name or module.is_file() or module.with_suffix("").is_dir() else [str(path)]
        lost += [
            str(path)
            for path in folder.iterdir()
            if path.is_dir() and any(path.glob("test_*.py")) and path.relative_to(folder) not in rooms
        ]
    assert [] == lost


def test_a_name_is_shared_by_files_of_one_idea_only() -> None:
    stems: dict[str, list[str]] = {}
    for path in (ROOT / "reporter").rglob("*.py"):
        stems.setdefault(Path(path).stem, []).append(path.parent.name)
    assert SHARED == {stem for stem, rooms in stems.items() if len(rooms) > 1 and not stem.startswith("__")}


def test_no_command_imports_another_command() -> None:
    commands = {module for module, *_ in COMMANDS.values()}
    imported = {
        (module, node.module)
        for module in commands
        for node in ast.walk(ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    }
    assert [] == sorted(pair for pair in imported if pair[1] in commands)


def test_no_two_classes_have_one_name() -> None:
    names = Counter(node.name for _, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert [] == [name for name, times in names.items() if times > 1]
