"""Write an equation between figures as a reader of publications would."""

from collections.abc import Mapping

from reporter.disclosure.system import CellKey, Count, Tie


def equation_text(tie: Tie, counts: Mapping[CellKey, Count]) -> str:
    """An equation in one line, with the numbers that readers know. For example `victims.identified 39 = women 17 + men
    18 + children`."""
    wholes = [(key, -factor) for key, factor in tie.terms if factor < 0]
    parts = [(key, factor) for key, factor in tie.terms if factor > 0]
    if tie.least == tie.most == 0 and len(wholes) == 1 and parts:
        return f"{_sum(wholes, counts)} = {_sum(parts, counts, within=wholes[0][0].address)}{_year(tie)}"
    if tie.least is None and tie.most == 0 and wholes:
        return f"{_sum(wholes, counts)} ≥ {_sum(parts, counts)}{_year(tie)}"
    left = " − ".join(filter(None, (_sum(parts, counts), _sum(wholes, counts))))
    if tie.least == tie.most:
        return f"{tie.name}: {left} = {tie.least}{_year(tie)}"
    least = f"{tie.least} ≤ " if tie.least is not None else ""
    most = f" ≤ {tie.most}" if tie.most is not None else ""
    return f"{tie.name}: {least}{left}{most}{_year(tie)}"


def _sum(terms: list[tuple[CellKey, int]], counts: Mapping[CellKey, Count], within: str = "") -> str:
    return " + ".join(_term(key, factor, counts, within) for key, factor in terms)


def _term(key: CellKey, factor: int, counts: Mapping[CellKey, Count], within: str) -> str:
    count = counts.get(key)
    name = key.address.removeprefix(f"{within}.") if within else key.address
    known = f" {count.value}" if count and count.is_known else ""
    return f"{f'{factor} × ' if factor != 1 else ''}{name}{known}"


def _year(tie: Tie) -> str:
    years = sorted({key.year for key, _ in tie.terms if key.year})
    return f" in {' and '.join(map(str, years))}" if years else ""
