"""Which permissions for small counts may be told to the public. One that names a withheld value would say that it is
small."""

from collections.abc import Mapping

from reporter.disclosure.as_written import YEAR, address_of, text_of, within
from reporter.disclosure.rewriting import GONE, Change, Changes, spot
from reporter.disclosure.withheld_cells import Cells
from reporter.edit.handwriting import Value
from reporter.load.permissions import KEY
from reporter.load.yaml_nodes import YamlNode


def permissions_left(root: YamlNode, cells: Mapping[str, Cells]) -> Changes:
    """The changes of `reporter.yaml`: permissions without withheld figures."""
    made: dict[tuple[int, int], Change] = {}
    entries = list(within(root, KEY))
    for each in entries:
        known = cells.get(text_of(each.value, "country"), Cells())
        for figures in (at for at in each.value.entries if at.key == "figures"):
            names = [at.value.text for at in figures.value.entries]
            left: list[Value] = [name for name in names if not _is_withheld(name, each.value, known)]
            if len(left) < len(names):
                made |= {spot(figures): left} if left else {spot(each): GONE}
    is_empty = bool(entries) and all(made.get(spot(each)) is GONE for each in entries)
    return {spot(top): GONE for top in root.entries if top.key == KEY} if is_empty else made


def _is_withheld(name: str, permission: YamlNode, cells: Cells) -> bool:
    first, _, last = text_of(permission, "years").partition("/")
    is_span = YEAR.fullmatch(first) and YEAR.fullmatch(last or first)
    span = range(int(first), int(last or first) + 1) if is_span else None
    keys = (*cells.withheld, *cells.rounded, *cells.shown)
    return any(address == address_of(name) and (span is None or year in span) for address, year in keys)
