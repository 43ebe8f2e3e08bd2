"""A comparison as CSV and text says what its pages say."""

import csv
import io
import re
from decimal import Decimal

from reporter.editions.making.exports import comparison_text
from reporter.editions.state import context_of
from reporter.formats.export import comparison_csv
from tests.compare.sides import ENGLISH, LITHUANIAN, OPENED, editions, written, years


def lines_of(context, indicator: str, code: str = "") -> list[dict[str, str]]:
    lines = csv.DictReader(io.StringIO(comparison_csv(context)))
    return [each for each in lines if (each["indicator"], each["code"]) == (indicator, code)]


def test_csv_tells_a_share_on_a_large_base_only(tmp_path):
    before, after = "{total: 49, by form: {sexual: 7}}", "{total: 80, by form: {sexual: 20}}"
    context = context_of(written(tmp_path, before, after), years(2019, 2020, country="XX"), ENGLISH)
    lines = lines_of(context, OPENED, "sexual")
    assert [("", ""), ("0.25", "")] == [(each["share"], each["points"]) for each in lines]


def test_means_extremes_and_points_are_in_csv_as_in_text(lithuania):
    context = context_of(lithuania, years(2019, 2020), ENGLISH)
    *_, last = lines_of(context, "assistance.persons")
    text = comparison_text(context)
    means = rf"Persons assisted +{Decimal(last['mean'])} +\d+ \({last['lowest_year']}\)"
    assert re.search(rf" Mean\n.*2015–2019 +Lowest +Highest\n(.*\n)+?{means}", text)
    assert re.search(r"Share, +Share,\n.*2019 +2020 +Points\n(.*\n)+?  Victims .* \d+\.\d% +\d+\.\d% +−5\.5\n", text)
    obstacles = {each["obstacle"] for each in csv.DictReader(io.StringIO(comparison_csv(context)))}
    assert {"", "missing"} <= obstacles


def test_text_for_the_terminal_keeps_to_eighty_columns(lithuania):
    jobs = (years(2019, 2020), ENGLISH), (years(*range(2009, 2021)), LITHUANIAN)
    for job, locale in (*jobs, (editions(2017, 2018, 2020, country="LT"), ENGLISH)):
        assert 80 >= max(map(len, comparison_text(context_of(lithuania, job, locale)).splitlines()))
