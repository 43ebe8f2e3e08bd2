"""Pairs of workspaces that differ in what they withhold, and in nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import strategies as st

from reporter.data.files.sources import Sources

SECRET = "98765"
YEARS = (2019, 2020, 2021)
FIGURES = ("victims.identified", "persons.convicted")
PARTS = {"by person": ("women", "children"), "by form": ("sexual",)}
CROSS, ROW, IN_ROW = "'by person, form'", "women", ("sexual", "labour")
CELLS = [name for figure in FIGURES for name in (figure, *(f"{figure}.{part}" for of in PARTS.values() for part in of))]
# A cell is named with its codes in another order than that of the file.
CELLS += [f"{figure}.{form}.{ROW}" for figure in FIGURES for form in IN_ROW]
CODES = ("C", "A", "D", "N")
Draw = Callable[[st.SearchStrategy[object]], object]


@dataclass
class Side:
    """One of two workspaces: what it says of the withheld values is its own."""

    draw: Draw
    decided: dict[int, list[str]] = field(default_factory=dict)

    def any(self, *of: str) -> str:
        return str(self.draw(st.sampled_from(of)))

    def number(self) -> str:
        digits = self.draw(st.integers(0, 99))
        return self.any("", "at least ", "about ", "over ") + f"{SECRET}{digits}"

    def remark(self) -> str:
        return self.any("", "", f'  # {SECRET} it\'s "so": {{x: 1}}', "\t# b\t")

    def lines(self, indent: str) -> str:
        return self.any("", "", f"{indent}# {SECRET}\n", f"\n  # {SECRET}\n\n# more\n")

    def note(self) -> str:
        quoted = f'"{SECRET} # of them"'
        return self.any(f"{{en: {quoted}}}", f"{{en: {quoted}, lt: {quoted}}}")

    def withheld(self, year: int, address: str) -> tuple[str, dict[str, str]]:
        form = self.any("word", "noted", "coded", "coded word", "decided", "unread")
        if form == "decided":
            self.decided.setdefault(year, []).append(address)
            return self.any("4", f"{SECRET}7", "at least 5", f"'{SECRET}'"), self._more()
        if form in ("word", "noted"):
            return "suppressed", self._more() if form == "noted" else {}
        value = {"coded": self.number(), "coded word": "suppressed", "unread": f"{SECRET}x"}[form]
        return value, {"confidentiality": self.any(*CODES), **self._more()}

    def _more(self) -> dict[str, str]:
        return {"note": self.note()} if self.any("y", "n") == "y" else {}


@st.composite
def pairs(draw: Draw) -> tuple[Sources, Sources]:
    cells = [(address, year) for year in YEARS for address in CELLS]
    hidden = frozenset(draw(st.sets(st.sampled_from(cells), min_size=1, max_size=8)))  # type: ignore[arg-type]
    choices = [draw(st.integers(0, 7)) for _ in range(120)]
    made = [_workspace(Side(draw), hidden, [*choices]) for _ in range(2)]
    return made[0], made[1]


def _workspace(side: Side, hidden: frozenset[tuple[str, int]], choices: list[object]) -> Sources:
    # What both say alike, both choose alike.
    rest = iter(choices)
    chosen: Callable[[], int] = lambda: int(str(next(rest)))  # noqa: E731
    files = {"reporter.yaml": f"title: {{en: T}}{side.remark()}\nlanguages: [en, lt]\n"}
    files["data/catalogue.yaml"] = f"{side.lines('')}sources: {{}}{side.remark()}\n"
    files["data/XX/country.yaml"] = _law(side)
    for year in YEARS:
        files[f"data/XX/{year}.yaml"] = _year(side, year, hidden, chosen)
    for year, addresses in side.decided.items():
        lines = "".join(f"    {each}: {{because: {side.any('small', 'protects')}}}\n" for each in addresses)
        files[f"data/XX/protection/{year}.yaml"] = f"withheld:\n  {year}:\n{lines}"
    return Sources.from_contents({path: text.encode() for path, text in files.items()})


def _year(side: Side, year: int, hidden: frozenset[tuple[str, int]], chosen: Callable[[], int]) -> str:
    text = f"{side.lines('')}year: {year}{side.remark()}\nfigures:\n"
    for figure in FIGURES:
        text += side.lines("  ") + _figure(side, figure, year, hidden, in_lines=chosen() < 4)
    text += _activity(side)
    earlier = [(address, of) for address, of in sorted(hidden) if of < year]
    text += _repeated(side, year, earlier[:3], is_listed=chosen() < 6)
    if chosen() < 4 and earlier:
        text += _accepted(side, earlier[0], in_lines=chosen() < 4)
    return text + side.lines("")


def _figure(side: Side, figure: str, year: int, hidden: frozenset[tuple[str, int]], *, in_lines: bool) -> str:
    value, more = side.withheld(year, figure) if (figure, year) in hidden else ("240", {})
    # What only a withheld total has goes with it; what a public one has stays.
    entries = [("total", value), *more.items()]
    for dimension, parts in PARTS.items():
        told = [(part, _part(side, f"{figure}.{part}", year, hidden)) for part in parts]
        entries.append((dimension, f"{{{', '.join(f'{name}: {each}' for name, each in told)}}}"))
    cells = ", ".join(f"{form}: {_part(side, f'{figure}.{form}.{ROW}', year, hidden)}" for form in IN_ROW)
    entries.append((CROSS, f"{{{ROW}: {{{cells}}}}}"))
    entries.append(("flags", "[b]"))
    if in_lines:
        return f"  {figure}:\n" + "".join(
            f"{side.lines('    ')}    {name}: {each}{side.remark()}\n" for name, each in entries
        )
    return f"  {figure}: {{{', '.join(f'{name}: {each}' for name, each in entries)}}}{side.remark()}\n"


def _part(side: Side, address: str, year: int, hidden: frozenset[tuple[str, int]]) -> str:
    if (address, year) not in hidden:
        return "12"
    value, more = side.withheld(year, address)
    entries = {"value": value, **more, **({"flags": "[e, u]"} if side.any("y", "n") == "y" else {})}
    is_plain = not more and side.any("y", "n") == "y"
    return value if is_plain else f"{{{', '.join(f'{name}: {each}' for name, each in entries.items())}}}"


def _activity(side: Side) -> str:
    value = side.any(
        f"{{value: {side.number()}, confidentiality: C}}", "suppressed", f"{{value: {SECRET}1, confidentiality: A}}"
    )
    note = side.any("", f"    note: {side.note()}\n")
    return f"activities:\n  course:\n    kind: training\n    figures: {{persons: {value}, days: 3}}\n{note}"


def _law(side: Side) -> str:
    value = side.any(f"{{value: {side.number()}, confidentiality: C, note: {side.note()}}}", "suppressed")
    return f"code: XX\nprovisions:\n  article:\n    figures:\n      prison_max: {value}{side.remark()}\n"


def _repeated(side: Side, year: int, keys: list[tuple[str, int]], *, is_listed: bool) -> str:
    items = [
        f"  - {{publication: p, figure: {address}, year: {of}, published: {SECRET}, reason: {side.note()}}}\n"
        for address, of in keys
        if side.any("y", "n") == "y"
    ]
    text = f"differences:\n{''.join(items)}" if items else ""
    if is_listed and keys:
        text += "earlier:\n"
        for of in sorted({of for _, of in keys}):
            told = ", ".join(f"{address}: {side.any(SECRET, 'suppressed', '4')}" for address, at in keys if at == of)
            text += f"  {of}: {{{told}}}{side.remark()}\n"
    return text


def _accepted(side: Side, key: tuple[str, int], *, in_lines: bool) -> str:
    address, year = key
    values = f"{{{year}: {{{address}: {side.any(SECRET, 'suppressed', 'at least 4')}, x.y: 3}}}}"
    entries = {"rule": "jump", "figure": address, "year": str(year), "values": values, "reason": side.note()}
    if in_lines:
        lines = "".join(f"    {name}: {each}{side.remark()}\n" for name, each in entries.items())
        return f"accepted:\n{side.lines('  ')}  -{lines[3:]}"
    return f"accepted:\n  - {{{', '.join(f'{name}: {each}' for name, each in entries.items())}}}\n"
