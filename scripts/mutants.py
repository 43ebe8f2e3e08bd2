"""Measures whether the tests notice faults: alters the program in one place at a time and runs the tests of that room.

mutants.py COUNT [SEED]    prints each mutant, and at the end how many were killed, room by room

A mutant is a small change (a comparison turned round, a constant altered, a call left out) in a place drawn at random.
The tests of `reporter/ROOM` are those of `tests/ROOM`, those of single files all of `tests/`. Run it in a clone of its
own: while it runs, the program is wrong.
"""

import ast
import copy
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
EXCHANGED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
# Texts are most of all places: of the mutants at most this share alters one.
TEXTS = 5
LONGEST = 900


class Mutant(NamedTuple):
    """A change of a file: what is written instead of its characters from `start` to `end`."""

    path: Path
    line: int
    start: int
    end: int
    written: str
    is_text: bool

    @property
    def room(self) -> str:
        """The folder below `reporter/`, empty for a single file."""
        parts = self.path.relative_to(ROOT / "reporter").parts
        return parts[0] if len(parts) > 1 else ""

    def __str__(self) -> str:
        old = self.path.read_text("utf-8")[self.start : self.end]
        return f"{self.path.relative_to(ROOT)}:{self.line}: {' '.join(old.split())[:60]} -> {self.written[:60]}"


def altered(node: ast.AST) -> ast.AST | None:  # noqa: C901 - a list of cases
    """A node with a fault, or None where there is nothing to alter."""
    other = copy.deepcopy(node)
    match other:
        case ast.Compare(ops=[operator]) if type(operator) in TURNED:
            other.ops = [TURNED[type(operator)]()]
        case ast.BoolOp():
            other.op = ast.Or() if isinstance(other.op, ast.And) else ast.And()
        case ast.UnaryOp(op=ast.Not()):
            return other.operand
        case ast.BinOp() if type(other.op) in EXCHANGED:
            other.op = EXCHANGED[type(other.op)]()
        case ast.Constant(value=bool()):
            other.value = not other.value
        case ast.Constant(value=int()):
            other.value += 1
        case ast.Constant(value=str()) if other.value:
            other.value = f"XX{other.value}"
        case ast.IfExp():
            other.body, other.orelse = other.orelse, other.body
        case ast.Return(value=ast.expr()):
            other.value = ast.Constant(None)
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            return ast.Pass()
        case _:
            return None
    return other


def untouched(tree: ast.Module) -> set[int]:
    """The nodes that are left alone: docstrings, types, decorators, imports and f-strings."""
    left: set[int] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and isinstance(node.body[0], ast.Expr):
            parts.append(node.body[0])
        if isinstance(node, (ast.arg, ast.AnnAssign)):
            parts.append(node.annotation)
        if isinstance(node, ast.FunctionDef):
            parts += [node.returns, *node.decorator_list]
        if isinstance(node, ast.ClassDef):
            parts += [*node.decorator_list, *node.bases]
        if isinstance(node, (ast.JoinedStr, ast.Import, ast.ImportFrom)):
            parts.append(node)
        left |= {id(each) for part in parts if part for each in ast.walk(part)}
    return left


def mutants_of(path: Path) -> Iterator[Mutant]:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    left, lines = untouched(tree), text.splitlines(keepends=True)

    def place(line: int, column: int) -> int:
        return sum(map(len, lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())

    for node in ast.walk(tree):
        if isinstance(node, (ast.expr, ast.stmt)) and id(node) not in left and (other := altered(node)):
            written = ast.unparse(ast.fix_missing_locations(other))
            yield Mutant(
                path=path,
                line=node.lineno,
                start=place(node.lineno, node.col_offset),
                end=place(node.end_lineno or node.lineno, node.end_col_offset or 0),
                written=f"({written})" if isinstance(node, ast.expr) else written,
                is_text=isinstance(node, ast.Constant) and isinstance(node.value, str),
            )


def draw(count: int, seed: int) -> list[Mutant]:
    found = [each for path in sorted((ROOT / "reporter").rglob("*.py")) for each in mutants_of(path)]
    random.Random(seed).shuffle(found)  # noqa: S311 - nothing secret
    texts = [each for each in found if each.is_text][: count // TEXTS]
    others = [each for each in found if not each.is_text][: count - len(texts)]
    return sorted((*texts, *others), key=lambda each: (each.path, each.start))


def is_killed(mutant: Mutant) -> bool:
    text = mutant.path.read_text("utf-8")
    folder = ROOT / "tests" / mutant.room
    command = [sys.executable, "-m", "pytest", str(folder), "-x", "-q", "-n", "0"]
    try:
        mutant.path.write_text(text[: mutant.start] + mutant.written + text[mutant.end :], "utf-8")
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=LONGEST, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return True
    finally:
        mutant.path.write_text(text, "utf-8")
    return done.returncode != 0


def main(count: int, seed: int) -> None:
    killed, tried = Counter[str](), Counter[str]()
    for mutant in draw(count, seed):
        tried[mutant.room] += 1
        dead = is_killed(mutant)
        killed[mutant.room] += dead
        print("killed  " if dead else "SURVIVED", mutant, flush=True)
    for room in sorted(tried):
        print(f"{room or 'single files':14} {killed[room]} of {tried[room]}")
    print(f"{'all':14} {killed.total()} of {tried.total()}, seed {seed}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int((*sys.argv[2:], "34")[0]))
