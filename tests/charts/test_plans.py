"""Plans are spans of their years."""

import pytest

from tests.charts.shown import FULL, figures, known


@pytest.mark.parametrize(("country", "year"), FULL)
def test_plans_are_spans_of_their_years(country, year):
    figure = figures(country, year)["action_plans"]
    plans = known(country, year).country.plans
    assert [(plan.first, plan.last) for plan in plans] == [(span.start, span.end) for span in figure.plot.spans]
    assert [row.label for row in figure.table.rows] == [span.label for span in figure.plot.spans]
    assert [] == [span for span in figure.plot.spans if f"{span.label}: {span.text}" not in figure.alt]
    assert [plan.first <= year <= plan.last for plan in plans] == [span.emphasised for span in figure.plot.spans]
