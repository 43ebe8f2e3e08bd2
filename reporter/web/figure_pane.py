"""What lies behind a field: flags, note, source, secrecy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporter.edit.amendment import Amendment, Conflict
from reporter.edit.figure_fields import FigureField, detail_step, field_path, holder_of, year_figures
from reporter.edit.handwriting import Value
from reporter.edit.written_steps import Step
from reporter.files.sources import Sources
from reporter.load.yaml_tree import Keys
from reporter.model import Catalogue, Confidentiality, Flag, Source
from reporter.web.figure_sheet import FieldRow, FigureGroup
from reporter.web.frame import YearPage
from reporter.web.withheld_figures import WithheldFigure, Withholding

FLAG, NOTE_IN, WAS = "flag.", "note.", "was."
FLAGS, SOURCE, WITHHELD = "flags", "source", "confidentiality"


@dataclass(frozen=True, slots=True)
class FigurePane:
    """A field with all that is behind it. `said` are its remarks as the file has them, by the names of the form."""

    row: FieldRow
    title: str
    definition: str
    sources: tuple[Source, ...]
    said: Mapping[str, str]
    withheld: WithheldFigure | None

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(self.said[FLAGS].split())


def figure_pane(page: YearPage, group: FigureGroup, row: FieldRow) -> FigurePane:
    locale, catalogue, field = page.locale, page.vintage.catalogue, row.field
    language, languages = locale.language, page.state.dataset.settings.languages
    said = said_of(page.reading.sources, field, languages)
    known = dict(group.indicator.definitions)
    own = (year_figures(page.reading.sources, field.file) or {}).get(field.indicator)
    named = own.get("definition", "") if isinstance(own, Mapping) else ""
    definition = known.get(str(named), group.indicator.definition)
    whole = group.indicator.label.text(language)
    seen = page.vintage.observation(field.address)
    return FigurePane(
        row=row,
        title=locale.joined(", ", (whole, locale.inside(row.title))) if field.code else whole,
        definition=definition.text(language),
        sources=() if field.code else catalogue.sources,
        said=said,
        withheld=Withholding(page.vintage, page.state.data.protections, locale).told(seen) if seen else None,
    )


def said_of(sources: Sources, field: FigureField, languages: Sequence[str]) -> Mapping[str, str]:
    holder = holder_of(year_figures(sources, field.file), field)
    known = holder if isinstance(holder, Mapping) else {}
    note, flags = known.get("note"), known.get(FLAGS)
    words = note if isinstance(note, Mapping) else {}
    said = {f"{NOTE_IN}{each}": _text(words.get(each)) for each in languages}
    said[FLAGS] = " ".join(_text(each) for each in flags) if isinstance(flags, list) else _text(flags)
    said[WITHHELD] = _text(known.get(WITHHELD)) or str(Confidentiality.FREE)
    return said if field.code else said | {SOURCE: _text(known.get(SOURCE))}


def pane_steps(page: YearPage, field: FigureField, form: Mapping[str, str]) -> list[Step]:
    languages, catalogue = page.state.dataset.settings.languages, page.vintage.catalogue
    return [
        _remark(field, catalogue, languages, name, mine, form[f"{WAS}{name}"])
        for name, mine in _told(form, said_of(page.reading.sources, field, languages))
        if f"{WAS}{name}" in form and mine != form[f"{WAS}{name}"]
    ]


def _told(form: Mapping[str, str], known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in known:
        if name == FLAGS:
            yield name, " ".join(str(each) for each in Flag if f"{FLAG}{each}" in form)
        elif name in form:
            yield name, " ".join(form[name].split())


def _remark(
    field: FigureField, catalogue: Catalogue, languages: Sequence[str], name: str, mine: str, seen: str
) -> Step:
    keys: Keys = tuple(name.split(".", 1))
    value: Value | None = mine.split() if name == FLAGS else mine
    if name == WITHHELD and mine == Confidentiality.FREE:
        value = None

    def step(sources: Sources) -> Amendment | Conflict | None:
        now = said_of(sources, field, languages)[name]
        if now == mine:
            return None
        if now != seen:
            return Conflict(field.file, (*field_path(field), *keys), mine, theirs=now, base=seen)
        return detail_step(field, catalogue, keys, value or None)(sources)

    return step


def _text(data: object) -> str:
    return " ".join(data.split()) if isinstance(data, str) else ""
