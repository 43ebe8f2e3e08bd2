"""Which figure a row of a table names, by the catalogue."""

from reporter.errors import nearest
from reporter.i18n.words import N_
from reporter.load.figure_table import INDICATOR, TEXT, VALUE, TableRow
from reporter.model import Catalogue, Indicator
from reporter.model.telling import Told, tell

ACTIVITIES, LAW = "activities.", "law."


class UnansweredRowError(Exception):
    """No figure here answers to a row. `words` say what it names, `reason` why it is left."""

    def __init__(self, words: str, reason: Told) -> None:
        super().__init__(words)
        self.words, self.reason = words, reason


def figure_of_row(row: TableRow, catalogue: Catalogue) -> tuple[str, Indicator]:
    """The address that a row names, and what is counted. Raises UnansweredRowError where no figure is called so."""
    name, dimension, code = row[INDICATOR], row["dimension"], row["code"]
    if not name:
        raise UnansweredRowError(row[TEXT] or row[VALUE], tell(N_("a number that follows from others, or words")))
    if name.startswith((ACTIVITIES, LAW)):
        return name, _count(name, catalogue)
    indicator = catalogue.indicator(name)
    if indicator is None and not code:
        # Somebody wrote the address in one.
        name, _, code = name.rpartition(".")
        indicator = catalogue.indicator(name)
    if indicator is None:
        raise _unknown(row[INDICATOR], [each.code for each in catalogue.indicators])
    if dimension and dimension not in indicator.dimensions:
        raise _unknown(f"{name} by {dimension}", [f"{name} by {each}" for each in indicator.dimensions])
    if code:
        return _part(indicator, dimension, code, catalogue), indicator
    if dimension:
        raise UnansweredRowError(f"{name} by {dimension}", tell(N_("a breakdown is named, and no code of it")))
    return name, indicator


def _part(indicator: Indicator, dimension: str, code: str, catalogue: Catalogue) -> str:
    axes = [catalogue.dimension(each) for each in indicator.dimensions if each == (dimension or each)]
    members = [member for axis in axes if axis for member in axis.codes]
    if code in (each.code for each in members):
        return f"{indicator.code}.{code}"
    labels = {text.lower(): each.code for each in members for _, text in each.label.texts}
    meant = f"{indicator.code}.{labels.get(code.lower(), code)}"
    raise _unknown(f"{indicator.code}.{code}", [f"{indicator.code}.{each.code}" for each in members], meant)


def _count(name: str, catalogue: Catalogue) -> Indicator:
    family = "activity." if name.startswith(ACTIVITIES) else LAW
    count = f"{family}{name.rpartition('.')[2]}"
    indicator = catalogue.indicator(count)
    if indicator is None:
        raise _unknown(count, [each.code for each in catalogue.indicators if each.code.startswith(family)])
    return indicator


def _unknown(name: str, known: list[str], meant: str = "") -> UnansweredRowError:
    reason = tell(N_("no figure here is called so; {hint}"), hint=nearest(meant or name, known))
    return UnansweredRowError(name[:80], reason)
