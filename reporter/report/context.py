"""The edition being made, its language, and any comparison it belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass

from reporter.data.errors import Finding
from reporter.data.i18n import Locale
from reporter.data.records import Audience, Indicator, Vintage
from reporter.figures.compare.erratum import Erratum
from reporter.figures.compare.figures import FigureRow, Manner, Sides
from reporter.text.change_sentences import change_headline


@dataclass(frozen=True, slots=True)
class Context:
    """The edition a chart or section is made for, and its language. `sides` are what a comparison lays beside each
    other, None for a profile. `rows` are the figures of the sides, compared once for everything that shows them.
    `erratum` is set for a corrigendum. `audience` is who may read it: the files that it is made from hold no more than
    that. `findings` are those of the check that concern the edition. `words` is every word it prints, when they are
    known. `complete` asks for every part and share of what is compared, also for those that a page has no room for."""

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
        found = self.vintage.catalogue.indicator(code)
        if found is None:
            raise KeyError(code)
        return found

    def in_catalogue(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Those of the given indicator codes that the catalogue has. A workspace may do without an indicator that the
        program names."""
        return tuple(code for code in codes if self.vintage.catalogue.indicator(code))

    def label(self, code: str) -> str:
        """What an indicator is called; where all years of a country count by another definition, the name of that."""
        series = self.vintage.series(code) if self.vintages == (self.vintage,) else ()
        counted = {each.definition for each in series if each.value is not None}
        return self.indicator(code).name_by(counted.pop() if len(counted) == 1 else "").text(self.locale.language)

    def country(self, code: str) -> str:
        """The name of a country; the reporting one goes by its own."""
        return self.locale.named(code, self.vintage.country)

    def country_inside(self, code: str) -> str:
        """The name of a country within a sentence: the Netherlands."""
        return self.locale.named_inside(code, self.vintage.country)

    def code_label(self, dimension: str, code: str) -> str:
        """The label of a dimension's code; the code itself without one."""
        axis = self.vintage.catalogue.dimension(dimension)
        member = axis.get(code) if axis else None
        return member.label.text(self.locale.language) if member else code

    def headline(self, code: str) -> str:
        """A line on how an indicator changed from the year before. Empty when the catalogue lacks the indicator or the
        words, and when nothing rose or fell."""
        found = self.vintage.catalogue.indicator(code)
        return change_headline(found, self.vintage, self.locale) if found else ""

    def short(self, indicator: str) -> str:
        return self.indicator(indicator).short.text(self.locale.language)

    @property
    def years(self) -> tuple[str, ...]:
        return tuple(map(str, self.vintage.years))

    @property
    def span(self) -> str:
        """The years of the series as in a caption: 2009–2020."""
        return self.locale.period(self.years[0], self.years[-1])
