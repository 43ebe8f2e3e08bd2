"""Tables as CSV, one value a line."""

import csv
import io

from reporter.document import Table
from reporter.model import is_given

HEADS = ("row", "column", "value", "text", "flags")


def table_csv(table: Table) -> str:
    """A table as CSV, one cell a line: what the stub and the head say, the number, the words printed, the flags."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(HEADS)
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=False):
            seen = cell.observation
            flags = "".join(sorted(flag.value for flag in seen.flags)) if seen else ""
            value = str(seen.value) if seen and is_given(seen) else ""
            writer.writerow((row.label, column.label, value, cell.text, flags))
    return target.getvalue()
