"""Sides without a common figure are refused."""

import pytest

from reporter.edition.comparison_sides import context_of
from reporter.errors import ReporterError
from tests import small
from tests.comparison.sides import ENGLISH, years


def test_sides_without_a_common_figure_are_refused(tmp_path):
    dataset = small.load(
        tmp_path,
        {
            "data/XX/2018.yaml": "year: 2018\nsource: police\n",
            "data/XX/2019.yaml": "year: 2019\nsource: police\n",
            small.YEAR: small.HEAD,
            small.TEXT: "# general_situation\n\nNothing.\n",
        },
    )
    with pytest.raises(ReporterError, match="2019 and 2020 have no figure in common"):
        context_of(dataset, years(2019, 2020, country="XX"), ENGLISH)
