"""The edition that is being made: what is known, in which language, and what is laid side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from reporter.comparison import Compared, Manner, Sides
from reporter.comparison.erratum import Erratum
from reporter.i18n import Locale
from reporter.model import Indicator, Vintage
from reporter.prose.headlines import change_headline


@dataclass(frozen=True, slots=True)
class Context:
    """The edition a chart is made for, its language, and what is laid side by side, if anything is.

    `rows` are the figures of the sides, compared once for everything that shows them; `erratum` is there for a
    corrigendum.
    """

    vintage: Vintage
    locale: Locale
    sides: Sides | None = None
    rows: tuple[Compared, ...] = ()
    erratum: Erratum | None = None

    @property
    def vintages(self) -> tuple[Vintage, ...]:
        """The edition, or those of all countries that stand side by side."""
        if self.sides is None or self.sides.manner is not Manner.COUNTRIES:
            return (self.vintage,)
        return tuple(side.figures for side in self.sides.sides)

    def text(self, message: str, **values: object) -> str:
        """A sentence of the interface in the edition's language."""
        return self.locale.text(message, **values)

    def indicator(self, code: str) -> Indicator:
        """The indicator of a code that the program itself names; KeyError when the catalogue lacks it."""
        found = self.vintage.catalogue.indicator(code)
        if found is None:
            raise KeyError(code)
        return found

    def in_catalogue(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Those of some indicators that the catalogue has; a workspace may do without one."""
        return tuple(code for code in codes if self.vintage.catalogue.indicator(code))

    def label(self, code: str) -> str:
        """The label of an indicator."""
        return self.indicator(code).label.text(self.locale.language)

    def country(self, code: str) -> str:
        """The name of a country; the one that reports goes by its own."""
        return self.locale.named(code, self.vintage.country)

    def code_label(self, dimension: str, code: str) -> str:
        """The label of a code of a dimension."""
        axis = self.vintage.catalogue.dimension(dimension)
        member = axis.get(code) if axis else None
        return member.label.text(self.locale.language) if member else code

    def headline(self, code: str) -> str:
        """An indicator of the edition's year against the year before, in a line; empty without any value."""
        if self.vintage.catalogue.indicator(code) is None:
            return ""
        return change_headline(self.label(code), self.vintage.series(code), self.vintage, self.locale)

    def code_accent(self, dimension: str, code: str) -> int:
        """The colour of a code, the same in every chart and edition: its place in the catalogue."""
        axis = self.vintage.catalogue.dimension(dimension)
        return next((place for place, each in enumerate(axis.codes if axis else ()) if each.code == code), 0)

    @property
    def years(self) -> tuple[str, ...]:
        """The labels of the time axis."""
        return tuple(map(str, self.vintage.years))

    @property
    def span(self) -> str:
        """The years of the series as in a caption: 2009–2020."""
        return self.locale.period(self.years[0], self.years[-1])
