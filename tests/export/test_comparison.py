"""A comparison as JSON, CSV and text says what its pages say."""

import csv
import io
import json
import re
from decimal import Decimal

from reporter.edition.comparison_sides import context_of
from reporter.export import comparison_csv, comparison_json
from reporter.produce.exports import comparison_text
from tests.comparison.sides import ENGLISH, LITHUANIAN, OPENED, block, editions, figures, made, written, years


def test_json_and_csv_tell_a_share_on_a_large_base_only_and_else_the_reason(tmp_path):
    before, after = "{total: 49, by form: {sexual: 7}}", "{total: 80, by form: {sexual: 20}}"
    context = context_of(written(tmp_path, before, after), years(2019, 2020, country="XX"), ENGLISH)
    found = figures(context, OPENED)["sexual"]
    told = [{"value": None, "base": "49", "reason": "small base"}, {"value": "0.25", "base": "80", "reason": None}]
    assert told == found["shares"]
    assert [{"value": None, "reason": "small base"}] == found["points"]
    lines = [each for each in csv.DictReader(io.StringIO(comparison_csv(context))) if each["code"] == "sexual"]
    assert [("", ""), ("0.25", "")] == [(each["share"], each["points"]) for each in lines]


def test_means_and_extremes_are_in_csv_and_text_as_in_json(lithuania):
    context = context_of(lithuania, years(2019, 2020), ENGLISH)
    plain = figures(context, "assistance.persons")[""]
    lines = csv.DictReader(io.StringIO(comparison_csv(context)))
    (*_, last) = (each for each in lines if (each["indicator"], each["code"]) == ("assistance.persons", ""))
    assert plain["mean"]["value"] == last["mean"]
    assert [plain["extremes"][end]["value"] for end in ("lowest", "highest")] == [last["lowest"], last["highest"]]
    text = comparison_text(context)
    assert re.search(rf"Mean\n.*2015–2019\n(.*\n)+?Persons assisted .* {Decimal(last['mean'])}\n", text)
    assert re.search(rf"Lowest +Highest\n(.*\n)+?Persons assisted +\d+ \({last['lowest_year']}\)", text)
    assert re.search(r"Share, +Share,\n.*2019 +2020 +Points\n(.*\n)+?  Victims .* \d+\.\d% +\d+\.\d% +−5\.5\n", text)


def test_json_tells_what_changed_of_the_law_and_the_offices(lithuania):
    told = json.loads(comparison_json(context_of(lithuania, years(2011, 2012), ENGLISH)))
    found = {key for each in told["law"] for key in each}
    assert {"turn", "code", "law", "article", "since", "until", "before"} == found
    obstacles = {change["obstacle"] for each in told["figures"] for change in each["changes"]}
    assert {None, "break", "definition", "missing"} == obstacles
    document = made(lithuania, years(2011, 2012))
    rows = [row for row in block(document, "offices_changed").rows if not row.heading]
    assert [row.cells[0].text for row in rows] == [each["turn"] for each in told["offices"]]


def test_text_for_the_terminal_keeps_to_eighty_columns(lithuania):
    jobs = (years(2019, 2020), ENGLISH), (years(*range(2009, 2021)), LITHUANIAN)
    for job, locale in (*jobs, (editions(2017, 2018, 2020, country="LT"), ENGLISH)):
        assert 80 >= max(map(len, comparison_text(context_of(lithuania, job, locale)).splitlines()))
