"""The edition being made, its language, and any comparison it belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reporter.data.errors import Finding
from reporter.data.i18n import Locale
from reporter.data.records import Audience, Indicator, Vintage
from reporter.figures.analysis.arithmetic import change
from reporter.figures.analysis.ledger import in_ledger
from reporter.figures.compare.erratum import Erratum
from reporter.figures.compare.figures import FigureRow, Manner, Sides
from reporter.text.change_sentences import change_headline


@dataclass(frozen=True, slots=True)
class Context:
    """The edition for which a chart or section is made, and its language. `sides` are those of a comparison, None for a
    profile; `rows` are their figures, compared once. `erratum` is set for a corrigendum. `audience` is who may read the
    edition: its files contain no more than that. `findings` are the check's findings on it. `words` is all text it
    prints, if known. With `complete`, a comparison has every part and share, even without room on a page."""

    vintage: Vintage
    locale: Locale
    sides: Sides | None = None
    rows: tuple[FigureRow, ...] = ()
    erratum: Erratum | None = None
    audience: Audience = Audience.PUBLIC
    findings: tuple[Finding, ...] = ()
    words: str = ""
    complete: bool = False

    @property
    def vintages(self) -> tuple[Vintage, ...]:
        if self.sides is None or self.sides.manner is not Manner.COUNTRIES:
            return (self.vintage,)
        return tuple(side.figures for side in self.sides.sides)

    def text(self, message: str, **values: object) -> str:
        return self.locale.text(message, **values)

    def indicator(self, code: str) -> Indicator:
        """Return an indicator that the program names by its code. Raises KeyError when the catalogue lacks it."""
        indicator = self.vintage.catalogue.indicator(code)
        if indicator is None:
            raise KeyError(code)
        return indicator

    def in_catalogue(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The given indicator codes that the catalogue has; a workspace may lack one that the program names."""
        return tuple(code for code in codes if self.vintage.catalogue.indicator(code))

    def undrawn(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The given indicator codes that a chart may draw: those of the catalogue that the ledger does not draw."""
        there = self.in_catalogue(codes)
        return tuple(code for code in there if code not in in_ledger(self.vintage, there))

    def label(self, code: str) -> str:
        """The name of an indicator, or of another definition if all years of the country use it."""
        series = self.vintage.series(code) if self.vintages == (self.vintage,) else ()
        counted = {observation.definition for observation in series if observation.value is not None}
        return self.indicator(code).name_by(counted.pop() if len(counted) == 1 else "").text(self.locale.language)

    def country(self, code: str) -> str:
        """The name of a country; the reporting country has the name it uses itself."""
        return self.locale.named(code, self.vintage.country)

    def code_label(self, dimension: str, code: str) -> str:
        axis = self.vintage.catalogue.dimension(dimension)
        member = axis.get(code) if axis else None
        return member.label.text(self.locale.language) if member else code

    def headline(self, code: str) -> str:
        """How an indicator changed from the year before, in a line. Empty when nothing rose or fell, or words lack."""
        indicator = self.vintage.catalogue.indicator(code)
        move = change(self.vintage.series(code), self.vintage.year)
        return change_headline(indicator, move, self.locale) if indicator else ""

    def short(self, indicator: str) -> str:
        return self.indicator(indicator).short.text(self.locale.language)

    def since(self, year: int) -> "Context":
        """The same without the years before one, for a chart that knows nothing of them."""
        years = tuple(file for file in self.vintage.data.years if file.year >= year)
        return replace(self, vintage=replace(self.vintage, data=replace(self.vintage.data, years=years)))

    @property
    def years(self) -> tuple[str, ...]:
        return tuple(map(str, self.vintage.years))

    @property
    def span(self) -> str:
        """The years of the series as in a caption: 2009–2020."""
        return self.locale.period(self.years[0], self.years[-1])
