"""Crosses in the file of a year: `by form, person:` has a row for each form, with a cell for each group of persons."""

from collections.abc import Iterator, Mapping, Sequence

from reporter.data.read.countries import hint_of_code
from reporter.data.read.shapes import PartShape
from reporter.data.read.yaml_tree import Keys, Tree
from reporter.data.records import Catalogue, Indicator
from reporter.data.records.catalogue import AND, CROSSED, OF_CELL

BY, PERSON = "by ", "person"


def names_in(key: str) -> tuple[str, ...]:
    """The dimensions that a key such as `by form, person` names, in its order."""
    return tuple(name.strip() for name in key.removeprefix(BY).split(CROSSED))


def incomplete_of(catalogue: Catalogue, indicator: Indicator, name: str) -> str:
    """The dimension or cross that `incomplete:` names; empty if unknown."""
    names = name.replace(CROSSED, AND).split(AND)
    return catalogue.cross(indicator, [part.strip() for part in names])


def flatten_crosses(tree: Tree) -> None:
    """Give each cell of a cross a single key such as `sexual.women`, in the order of the file. What is no row or cell
    becomes an error."""
    for marks in (tree.marks, tree.keys):
        marks.update({_flat(path): mark for path, mark in marks.items() if path[:1] == ("figures",)})
    figures = tree.data.get("figures") if isinstance(tree.data, dict) else None
    for code, figure in (figures or {}).items() if isinstance(figures, Mapping) else ():
        for key in [key for key in figure if key.startswith(BY)] if isinstance(figure, dict) else ():
            place = ("figures", code, key)
            if AND in key:
                hint = f"write {key.replace(AND, f'{CROSSED} ')}"
                tree.error(tree.key(*place), "unknown-key", f"unknown key {key!r} of {code}", hint)
                del figure[key]
            elif isinstance(figure[key], dict):
                figure[key] = dict(_cells(tree, place, figure[key], names_in(key)))


def _flat(path: Keys) -> Keys:
    """The path of a cell or what is in it, with the codes of the cell as one step."""
    end = 3 + len(names_in(path[2])) if len(path) > 3 and path[2].startswith(BY) else 4
    return (*path[:3], OF_CELL.join(path[3:end]), *path[end:]) if len(path) >= end else path


def _cells(tree: Tree, place: Keys, rows: Mapping[str, object], names: Sequence[str]) -> Iterator[tuple[str, object]]:
    """The cells of some rows; `names` are the dimensions of their codes, and of those below."""
    for code, row in rows.items():
        inner = (*place, code)
        if OF_CELL in code:
            hint = f"write one code of {names[0]!r}, and those of other dimensions in rows of their own"
            tree.error(tree.key(*inner), "unknown-code", f"{code!r} is more than one code", hint)
        elif code in PartShape.model_fields:
            hint = f"write it in each cell that it is about: CODE: {{value: 9, {code}: …}}"
            tree.error(tree.key(*inner), "unknown-code", f"{code!r} is no code of {names[0]!r}", hint)
        elif len(names) == 1:
            if isinstance(row, Mapping) and row and PartShape.model_fields.keys().isdisjoint(row):
                hint = f"write one number, or name the dimension of the codes in it: {place[2]}, DIMENSION"
                tree.error(tree.mark(*inner), "wrong-type", f"{code} is a cell of {place[2]!r}, not a row", hint)
            else:
                yield OF_CELL.join(inner[3:]), row
        elif isinstance(row, Mapping):
            yield from _cells(tree, inner, row, names[1:])
        else:
            cells, below = "9", AND.join(names[1:])
            for name in reversed(names[1:]):
                cells = f"{{{'women' if name == PERSON else 'CODE'}: {cells}}}"
            cells = cells.replace("women: 9", "women: 9, girls: 1")
            hint = f"write a number for each code of {below}: {code}: {cells}"
            tree.error(tree.mark(*inner), "wrong-type", f"{code} is a row of {place[2]!r}, not one value", hint)


def cell_of(tree: Tree, place: Keys, catalogue: Catalogue, cell: str, home: str) -> str:
    """The code of a cell in the order of the catalogue; an unknown code becomes an error and gives an empty one."""
    codes, names = cell.split(OF_CELL), names_in(place[-1])
    for number, (code, name) in enumerate(zip(codes, names, strict=True)):
        axis = catalogue.dimension(name)
        members = axis.codes if axis else ()
        if all(member.code != code for member in members):
            hint = hint_of_code(axis, code, home) if axis else ""
            other = next((other.code for other in catalogue.dimensions if other.get(code)), "")
            if other in names:
                hint = f"{code!r} is a code of {other!r}: write the rows and cells in the order of the key"
            elif other and not hint.startswith(("did", "write")):
                hint = f"{code!r} is a code of {other!r}: write it under a key that names this dimension"
            mark = tree.key(*place, *codes[: number + 1])
            tree.error(mark, "unknown-code", f"unknown code {code!r} of the dimension {name!r}", hint)
            return ""
    return catalogue.cell(zip(names, codes, strict=True))
