"""Crosses in the file of a year: `by form, person:` has a row for each form, with a cell for each group of persons."""

from collections.abc import Iterator, Mapping

from reporter.data.read.countries import hint_of_code
from reporter.data.read.yaml_tree import Keys, Tree
from reporter.data.records import Catalogue, Indicator
from reporter.data.records.catalogue import AND, CROSSED, OF_CELL

BY = "by "


def names_in(key: str) -> tuple[str, ...]:
    """The dimensions that a key such as `by form, person` names, in its order."""
    return tuple(name.strip() for name in key.removeprefix(BY).split(CROSSED))


def incomplete_of(catalogue: Catalogue, indicator: Indicator, name: str) -> str:
    """The dimension or cross that `incomplete:` names; empty if unknown."""
    names = name.replace(CROSSED, AND).split(AND)
    return catalogue.cross(indicator, [part.strip() for part in names])


def flatten_crosses(tree: Tree) -> None:
    """Give each cell of a cross a single key such as `sexual.women`, in the order of the file. A row that is no mapping
    becomes an error."""
    figures = tree.data.get("figures") if isinstance(tree.data, dict) else None
    for code, figure in (figures or {}).items() if isinstance(figures, Mapping) else ():
        for key in [key for key in figure if key.startswith(BY)] if isinstance(figure, dict) else ():
            place = ("figures", code, key)
            if AND in key:
                hint = f"write {key.replace(AND, f'{CROSSED} ')}"
                tree.error(tree.key(*place), "unknown-key", f"unknown key {key!r} of {code}", hint)
                del figure[key]
            elif CROSSED in key and isinstance(figure[key], dict):
                figure[key] = dict(_cells(tree, place, figure[key], len(names_in(key))))


def _cells(tree: Tree, place: Keys, rows: Mapping[str, object], depth: int) -> Iterator[tuple[str, object]]:
    for code, row in rows.items():
        inner = (*place, code)
        if depth == 1:
            flat = (*place[:3], OF_CELL.join(inner[3:]))
            for marks in (tree.marks, tree.keys):
                moved = {path: mark for path, mark in marks.items() if path[: len(inner)] == inner}
                marks.update({(*flat, *path[len(inner) :]): mark for path, mark in moved.items()})
            yield flat[-1], row
        elif isinstance(row, Mapping):
            yield from _cells(tree, inner, row, depth - 1)
        else:
            name = names_in(place[2])[-depth + 1]
            hint = f"write a number for each code of {name}: {code}: {{women: 9, girls: 1}}"
            if name != "person":
                hint = f"write a number for each code of {name}: {code}: {{CODE: 9}}"
            tree.error(tree.mark(*inner), "wrong-type", f"{code} is a row of {place[2]!r}, not one value", hint)


def cell_of(tree: Tree, place: Keys, catalogue: Catalogue, cell: str, home: str) -> str:
    """The code of a cell in the order of the catalogue; an unknown code becomes an error and gives an empty one."""
    codes, names = cell.split(OF_CELL), names_in(place[-1])
    for number, (code, name) in enumerate(zip(codes, names, strict=True)):
        axis = catalogue.dimension(name)
        members = axis.codes if axis else ()
        if all(member.code != code for member in members):
            axes = filter(None, map(catalogue.dimension, names))
            other = next((other.code for other in axes if other.get(code)), "")
            hint = f"{code!r} is a code of {other!r}: write the rows and cells in the order of the key" if other else ""
            hint = hint or (hint_of_code(axis, code, home) if axis else "")
            mark = tree.key(*place, *codes[: number + 1])
            tree.error(mark, "unknown-code", f"unknown code {code!r} of the dimension {name!r}", hint)
            return ""
    return catalogue.cell(zip(names, codes, strict=True))
