"""Where figures are in a year's file, and how they are written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile

from reporter.data.errors import ReporterError, WordedError
from reporter.data.files.sources import DATA, Sources
from reporter.data.i18n import N_
from reporter.data.read.amount import parse_amount, plain_number
from reporter.data.read.crosses import BY, names_in
from reporter.data.read.shapes import FigureShape, PartShape, YearShape
from reporter.data.read.yaml_tree import Keys, decode, read_yaml
from reporter.data.records import Catalogue
from reporter.data.records.catalogue import OF_CELL, breakdown_key
from reporter.data.write.amendment import Amendment, Conflict, slice_digest, slice_of
from reporter.data.write.applying import Step
from reporter.data.write.yaml_format import EditError, Value

FIGURES, TOTAL, VALUE, NOTE = "figures", "total", "value", "note"
# Keys next to a figure's value.
REMARKS = frozenset({"flags", NOTE, "source", "confidentiality"})
# Signs typed instead of words, as printed on pages.
SIGNS = {":": "missing", "…": "unanswered", "...": "unanswered", "c": "suppressed"}
BOUNDS = ((">=", "at least"), ("≥", "at least"), (">", "over"), ("~", "about"), ("≈", "about"))
SHOWN = {"missing": ":", "unanswered": "…", "suppressed": "c"}
UNANSWERED = "unanswered"
# Groups of three digits after blanks, all the same kind, as Word and Excel write them.
GROUPED = re.compile(r"(\D*)([1-9]\d{0,2}([ \u00a0\u2007\u2009\u202f])\d{3}(?:\3\d{3})*)", re.ASCII)
BROKEN = re.compile(r"(?:at least |over |about )?-?\d[\d., ]*", re.ASCII)
WHOLE = N_("{value} is not possible: this is counted in whole numbers")
WRITE_WHOLE = N_("Write a whole number, such as {number}.")
NEGATIVE = N_("{value} is not possible: a count is zero or more")
WRITE_COUNT = N_("Write the count, or ':' if it was not counted.")

Plain = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FigureField:
    """A total or part in the file of a year."""

    file: str
    indicator: str
    dimension: str = ""
    code: str = ""

    @property
    def address(self) -> str:
        return f"{self.indicator}.{self.code}" if self.code else self.indicator

    @property
    def cell(self) -> Keys:
        """The keys of a part below its figure: `by form`, `sexual`; `by form, person`, `sexual`, `women`."""
        return (breakdown_key(self.dimension), *self.code.split(OF_CELL)) if self.code else ()


def figure_of_path(path: Keys) -> str:
    """The address of the figure at a path of a year's file; empty for another path."""
    inner = takewhile(lambda key: key not in REMARKS, path[1:]) if path[:1] == (FIGURES,) else ()
    return ".".join(key for key in inner if key != TOTAL and not key.startswith("by "))


def year_file(country: str, year: int) -> str:
    return f"{DATA}/{country}/{year}.yaml"


def year_figures(sources: Sources, file: str) -> Plain | None:
    """The figures as in the file; None without their key."""
    data = _mapping(read_yaml(sources, file).data)
    return _mapping(data[FIGURES]) if FIGURES in data else None


def holder_of(figures: Plain | None, field: FigureField) -> object:
    """The value or mapping of a figure."""
    holder = (figures or {}).get(field.indicator)
    for key in field_path(field, figures)[2:]:
        holder = _mapping(holder).get(key)
    return holder


def written_value(figures: Plain | None, field: FigureField) -> str:
    """The value as in the file; empty if there is none."""
    holder = holder_of(figures, field)
    if isinstance(holder, Mapping):
        holder = holder.get(VALUE if field.code else TOTAL)
    return holder if isinstance(holder, str) else ""


def displayed_value(written: str) -> str:
    for sign, words in (("≥", "at least "), (">", "over "), ("≈", "about ")):
        if written.startswith(words):
            return sign + written.removeprefix(words)
    return SHOWN.get(written, written)


def typed_value(typed: str, *, is_whole: bool = False) -> str:
    """A value as the file has it, from typed text; perhaps a count. Raises ReporterError with the reason if invalid."""
    grouped = GROUPED.fullmatch(typed.strip())
    plain = " ".join((grouped[1] + re.sub(r"\D", "", grouped[2]) if grouped else typed).split())
    if plain in SIGNS:
        return SIGNS[plain]
    for sign, words in BOUNDS:
        if plain.startswith(sign):
            plain = f"{words} {plain.removeprefix(sign).strip()}"
            break
    if is_whole and BROKEN.fullmatch(plain) and "." in plain_number(plain):
        raise WordedError(WHOLE, WRITE_WHOLE, value=typed.strip(), number=plain_number(plain).partition(".")[0])
    try:
        amount = parse_amount(plain)
    except ValueError as problem:
        message, _, hint = str(problem).partition(" | ")
        raise ReporterError(message, hint=hint) from None
    if amount.value and amount.value < 0:
        raise WordedError(NEGATIVE, WRITE_COUNT, value=typed.strip())
    return plain


def typed_figure(typed: str, field: FigureField, catalogue: Catalogue) -> str:
    """The same for a field, some of which need whole numbers."""
    indicator = catalogue.indicator(field.indicator)
    return typed_value(typed, is_whole=indicator is not None and indicator.unit.is_whole)


def value_step(field: FigureField, catalogue: Catalogue, value: str, base_value: str) -> Step:
    """Write a value; an empty one removes a part."""

    def step(sources: Sources) -> Amendment | Conflict | None:
        figures = year_figures(sources, field.file)
        now, holder = written_value(figures, field), holder_of(figures, field)
        if now == value:
            return None
        # As a mapping of mappings, the first figure has lines of its own, which further ones can follow.
        is_mapping = isinstance(holder, Mapping) or (figures is None and not field.code)
        keys = (VALUE if field.code else TOTAL,) if is_mapping else ()
        place = (
            _place(figures, field, catalogue, keys, value) if value else (_removable(sources, figures, field), None, ())
        )
        if now != base_value:
            return Conflict(field.file, field_path(field, figures), value, theirs=now, base=base_value)
        return _amendment(sources, field.file, *place)

    return step


def detail_step(field: FigureField, catalogue: Catalogue, keys: Keys, value: Value | None) -> Step:
    """Write a remark: flags, source, a note in a language."""

    def step(sources: Sources) -> Amendment | None:
        figures = year_figures(sources, field.file)
        inside = holder_of(figures, field)
        if inside is None:
            raise EditError(f"{field.address} has no value yet", hint="write the value first")
        if value is not None:
            return _amendment(sources, field.file, *_place(figures, field, catalogue, keys, value))
        for depth, key in enumerate(keys):
            mapping = _mapping(inside)
            if key not in mapping:
                return None
            inside = mapping[key]
            # A note that loses its only language is removed.
            if depth + 1 == len(keys) or set(_mapping(inside)) <= {keys[depth + 1]}:
                path = (*field_path(field, figures), *keys[: depth + 1])
                return _amendment(sources, field.file, path, None, ())
        return None

    return step


def field_path(field: FigureField, figures: Plain | None = None) -> Keys:
    """The path of a figure; with `figures`, in the order in which the file has the dimensions of a cross."""
    key, *codes = field.cell or ("",)
    names = names_in(key)
    written = _mapping((figures or {}).get(field.indicator))
    for other in written if len(names) > 1 and key not in written else ():
        if other.startswith(BY) and {*names_in(other)} == {*names}:
            code_by_name = dict(zip(names, codes, strict=True))
            key, codes = other, [code_by_name[name] for name in names_in(other)]
    return (FIGURES, field.indicator, *((key, *codes) if key else ()))


def _removable(sources: Sources, figures: Plain | None, field: FigureField) -> Keys:
    """The path of a removable part, or of the row or table that has no other; raises EditError for any other. A table
    with a comment stays, empty."""
    holder = holder_of(figures, field)
    if not field.code:
        raise EditError(f"{field.address} is empty", hint="write : if not known, 0 for none, … if not answered yet")
    if isinstance(holder, Mapping) and len(holder) > 1:
        raise EditError(f"{field.address} has a note or flags", hint="remove these first, or write :")
    path, end = field_path(field, figures), 3
    inside = _mapping(_mapping(figures).get(field.indicator))
    for depth, key in enumerate(path[2:], 4):
        inside = _mapping(inside.get(key))
        end = depth if len(inside) > 1 else end
    table = slice_of(decode(sources.find(field.file).content, field.file), field.file, path[:3])
    return path[: max(end, 4) if "#" in table.lstrip().partition("\n")[0] else end]


def _place(
    figures: Plain | None, field: FigureField, catalogue: Catalogue, keys: Keys, value: Value
) -> tuple[Keys, Value, tuple[str, ...]]:
    """Path, content and key order of a remark on a figure, with missing mappings; a bare value becomes a mapping."""
    full = (*field_path(field, figures), *keys)
    own: tuple[tuple[str, ...], ...] = ()
    if field.code:
        axes = map(catalogue.dimension, names_in(full[2]))
        own = tuple(tuple(code.code for code in axis.codes) if axis else () for axis in axes)
        own = (*own, tuple(PartShape.model_fields))
    indicators, indicator = tuple(entry.code for entry in catalogue.indicators), catalogue.indicator(field.indicator)
    first, *rest = FigureShape.model_fields
    breakdowns = [f"{BY}{dimension}" for dimension in (indicator.dimensions if indicator else ())]
    crosses = [key for key in full[2:3] if key.startswith(BY) and key not in breakdowns]
    keys_of_figure = (first, *breakdowns, *crosses, *rest)
    orders = (tuple(YearShape.model_fields), indicators, keys_of_figure, *own)
    inside: object = {FIGURES: figures}
    for depth, key in enumerate(full):
        order = orders[depth] if depth < len(orders) else ()
        if isinstance(inside, str):
            first = TOTAL if depth == 2 else VALUE
            return full[:depth], {first: inside, **_nested(full[depth:], value)}, ()
        written = _mapping(inside)
        if written.get(key) in (None, "") or (depth == 2 and not written[key]):
            content = _below(full[depth + 1 :], value)
            if depth < 2 and field.code:
                figure = {TOTAL: UNANSWERED, **_nested(full[2:], value)}
                content = figure if depth else {field.indicator: figure}
            return full[: depth + 1], content, order
        inside = written[key]
    return full, value, order


def _nested(keys: Keys, value: Value) -> dict[str, Value]:
    return {keys[0]: _below(keys[1:], value)}


def _below(keys: Keys, value: Value) -> Value:
    return _nested(keys, value) if keys else value


def _amendment(sources: Sources, file: str, path: Keys, value: Value | None, order: tuple[str, ...]) -> Amendment:
    digest = slice_digest(slice_of(decode(sources.find(file).content, file), file, path))
    return Amendment(file=file, path=path, value=value, digest=digest, order=order)


def _mapping(data: object) -> Plain:
    return data if isinstance(data, Mapping) else {}
