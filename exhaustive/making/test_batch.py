"""Several editions at once: one that fails stops no other."""

import json

from reporter.cli.group import run
from tests.making.refusals import REPORT, YEAR, change
from tests.small import PAGE


def test_one_bad_edition_of_several_at_once(reported, override, capsys):
    override("profile.html", PAGE)
    change(reported / YEAR, "persons.convicted: 13", "persons.convicted: -13")
    report = (reported / REPORT).read_bytes()
    code = run(["build", "XX", "--all-years", "--force", "-j", "2", "--json"])
    states = {each["year"]: each["state"] for each in json.loads(capsys.readouterr().out)}
    assert (1, {2018: "built", 2019: "built", 2020: "failed"}) == (code, states)
    assert report == (reported / REPORT).read_bytes()
