"""Forms of exploitation keep their colour; of many, the largest are shown."""

from pathlib import Path

from reporter.charts import CHARTS
from reporter.context import Context
from reporter.document.plot import (
    Ranking,
    Stack,
)
from reporter.i18n import Locale
from reporter.model import Dataset, vintage
from tests import extremes
from tests.snapshots import dataset_of


def test_a_form_has_the_same_colour_in_every_chart_and_year(lithuania: Dataset, english: Locale) -> None:
    seen: dict[str, set[int]] = {}
    for year in range(2012, 2021):
        context = Context(vintage(lithuania, "LT", year), english)
        for name in ("forms_year", "forms_over_years"):
            figure = CHARTS[name](context)
            plot = figure.plot if figure else None
            parts = getattr(plot, "piles", ()) or getattr(plot, "layers", ()) or getattr(plot, "bars", ())
            for part in parts:
                if not part.remainder:
                    seen.setdefault(part.label, set()).add(part.accent)
    assert 12 == len(seen)
    assert [] == [label for label, accents in seen.items() if len(accents) > 1]


def test_of_very_many_forms_the_largest_are_shown_and_the_table_has_them_all(english: Locale, tmp_path: Path) -> None:
    made = dataset_of(extremes.make(tmp_path / "w", extremes.forty_forms), ("XX",))
    context = Context(vintage(made, "XX", extremes.YEAR), english)
    stack, bars = CHARTS["forms_over_years"](context), CHARTS["forms_year"](context)
    assert stack
    assert bars
    assert isinstance(stack.plot, Stack)
    assert isinstance(bars.plot, Ranking)
    assert (13, "29 other categories") == (len(stack.plot.layers), stack.plot.layers[-2].label)
    assert (8, "33 other categories") == (len(bars.plot.bars), bars.plot.bars[-1].label)
    assert bars.plot.bars[-1].end is not None
    assert sum(each.end or 0 for each in bars.plot.bars) == int(bars.table.rows[0].cells[0].text)
    assert (42, 41) == (len(stack.table.rows), len(bars.table.rows))
