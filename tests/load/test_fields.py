"""Dates, periods, numbers and answers as people write them are refused with what to write."""

import pytest

from tests.small import HEAD, wrong

SETTINGS = "title: {en: T}\nlanguages: [en]\n"


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        *(
            (each, "write 2021-03-15")
            for each in ("15.3.2021", "15.03.2021", "15/03/2021", "15. 3. 2021", "2021.03.15", "2021-3-15")
        ),
        *(("03.2021", "write 2021-03"), ("2021 m.", "write 2021")),
        *((each, "write 2017-05-30, 2017-05 or 2017") for each in ("31.2.2021", "15 March 2021")),
    ],
)
def test_a_date_is_refused_with_the_one_that_was_meant(tmp_path, written, remedy):
    (told,) = wrong(tmp_path, f"{HEAD}published: {written}\n")
    assert f"published: {written!r} is not a date | {remedy}" == told.partition("wrong-type: ")[2]


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        *((each, "write 2019/2021") for each in ("2019-2021", "2019–2021", "2019 to 2021")),
        ("2015-06-03–2015-06-04", "write 2015-06-03/2015-06-04"),
        ("spring", "write 2017 or 2017/2019 or 2015-06-03/2015-06-04"),
    ],
)
def test_a_period_is_refused_with_the_one_that_was_meant(tmp_path, written, remedy):
    (told,) = wrong(tmp_path, f"{HEAD}figures:\n  victims.identified: {{total: 3, period: {written}}}\n")
    assert f"period: {written!r} is not a period | {remedy}" == told.partition("wrong-type: ")[2]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("jump: 0,5", "jump: '0,5' is not a number | write 0.5"),
        ("jump: 50 %", "jump: '50 %' is not a number | write 0.5"),
        ("percent_base: 50 %", "percent_base: '50 %' is not a whole number | write 50"),
        ("percent_base: 1 000", "percent_base: '1 000' is not a whole number | write 1000"),
        ("jump: -0.0", "jump: '-0.0' is not a number | write 0.0"),
        ("percent_base: -0", "percent_base: '-0' is not a whole number | write 0"),
        ("jump_count: 0.0", "jump_count: '0.0' is not a whole number | write 0"),
        ("jump_count: -0.0", "jump_count: '-0.0' is not a whole number | write 0"),
        ("jump: nan", "jump: 'nan' is not a number | write a number such as 0.5"),
        ("percent_base: -50", "percent_base: -50 is less than zero | write 0 or more"),
    ],
)
def test_a_threshold_is_refused_with_the_number_that_was_meant(tmp_path, line, told):
    (found,) = wrong(tmp_path, f"{SETTINGS}thresholds:\n  {line}\n", "reporter.yaml")
    assert found.endswith(told)


@pytest.mark.parametrize(
    ("written", "meant"), [("yes", "true"), ("No", "false"), ("taip", "true"), ("x", "true or false")]
)
def test_yes_and_no_are_refused_with_true_and_false(tmp_path, written, meant):
    activity = f"kind: campaign, title: {{en: Walk}}, organiser: {{en: P}}, period: 2020, target: {written}"
    (told,) = wrong(tmp_path, f"{HEAD}activities:\n  walk: {{{activity}}}\n")
    assert told.endswith(f"target: {written!r} is neither true nor false | write {meant}")
