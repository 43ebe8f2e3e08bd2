"""Relate the cells of tables to their headers. WeasyPrint gives no scope and loses the columns of a wide header."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reporter.formats.pdf.tree import CELLS, TABLE_ROWS, Kid, TagNode, map_tags

# ISO 14289-1, 7.5: a header has a scope where headers and identifiers do not tell what it is the header of.
SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell with its place in the grid of a table. `row` and `column` are counted from 0, and so are the groups of
    rows; `scope` is what HTML means, empty for a cell that is no header."""

    cell: TagNode
    group: int
    row: int
    column: int
    scope: str

    @property
    def place(self) -> str:
        return f"{self.row}-{self.column}"

    @property
    def rows(self) -> range:
        return range(self.row, self.row + self.cell.rows)

    @property
    def columns(self) -> range:
        return range(self.column, self.column + self.cell.columns)


def relate_cells(tree: TagNode) -> TagNode:
    """Return the tree with a scope on every header of a table. In tables where that is not enough, cells name their
    headers."""
    return map_tags(tree, lambda node: _related(node) if node.role == "Table" else node)


def _related(table: TagNode) -> TagNode:
    placed = tuple(_grid(table))
    headers = [each for each in placed if each.cell.role == "TH"]
    cells = [replace(each.cell, scope=SCOPES.get(each.scope, "")) for each in placed]
    if any(each.scope.endswith("group") or each.cell.rows * each.cell.columns > 1 for each in headers):
        name = f"table-{table.origin.number if table.origin else 0}"
        cells = [
            replace(
                cell,
                identity=f"{name}-{own.place}" if own.scope else "",
                headers=tuple(
                    f"{name}-{each.place}" for each in headers if each is not own and _is_header_of(each, own)
                ),
            )
            for cell, own in zip(cells, placed, strict=True)
        ]
    return _with_cells(table, iter(cells))


def _grid(table: TagNode) -> Iterator[_Placed]:
    taken: set[tuple[int, int]] = set()
    for number, (group, head, row) in enumerate(_rows(table)):
        column = 0
        for cell in row.nodes():
            while (number, column) in taken:
                column += 1
            scope = (cell.attribute("scope") or ("col" if head else "row")) if cell.role == "TH" else ""
            placed = _Placed(cell=cell, group=group, row=number, column=column, scope=scope)
            taken.update((y, x) for y in placed.rows for x in placed.columns)
            yield placed


def _rows(table: TagNode) -> Iterator[tuple[int, bool, TagNode]]:
    for group, part in enumerate(table.nodes()):
        if part.role == "TR":
            yield group, False, part
        elif part.role in TABLE_ROWS:
            yield from ((group, part.role == "THead", row) for row in part.nodes() if row.role == "TR")


def _is_header_of(header: _Placed, cell: _Placed) -> bool:
    """Return whether HTML makes a header that of a cell. Headers of columns have no headers themselves but those above
    them."""
    if header.scope in ("row", "rowgroup") and cell.scope.startswith("col"):
        return False
    if header.scope == "rowgroup":
        return header.group == cell.group and header.row < cell.row
    if header.scope == "row":
        return header.column < cell.column and _meet(header.rows, cell.rows)
    return header.row < cell.row and _meet(header.columns, cell.columns) and cell.scope != "rowgroup"


def _meet(some: range, others: range) -> bool:
    return some.start < others.stop and others.start < some.stop


def _with_cells(node: TagNode, cells: Iterator[TagNode]) -> TagNode:
    kids: list[Kid] = []
    for kid in node.kids:
        if not isinstance(kid, TagNode) or kid.role == "Caption":
            kids.append(kid)
        else:
            kids.append(next(cells) if kid.role in CELLS else _with_cells(kid, cells))
    return replace(node, kids=tuple(kids))
