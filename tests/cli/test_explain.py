"""`reporter explain` traces a figure to file, line and page."""

import json
import re

from tests import agencies, small
from tests.fixtures import RURITANIA


def test_a_public_figure_is_traced_to_the_line_that_somebody_wrote(called, tmp_path):
    hidden = "  # of the register\n  persons.convicted: {total: 4, confidentiality: C, note: {en: By day.}}\n"
    text = small.FILES[small.YEAR].replace("figures:\n", f"figures:\n{hidden}")
    root = small.write(tmp_path, {small.YEAR: text})
    out = called("explain", "XX", 2020, "victims.identified", "--public", "-w", root)[1]
    line = text.splitlines()[int(re.search(rf"stated in +{small.YEAR}:(\d+)", out)[1]) - 1]
    assert line.startswith("  victims.identified: ")
    said = called("explain", "XX", 2020, "persons.convicted", "--public", "--audience", "restricted", "-w", root)
    assert (2, "") == said[:2]
    assert said[2].startswith("reporter: --public and --audience restricted contradict each other\n")


def test_explain_tells_what_each_edition_said_of_a_restated_figure(called):
    code, _, err = called("explain", "XX", 2019, "investigations.conducteed", "-w", RURITANIA)
    assert (2, True) == (code, "hint: did you mean investigations.conducted, " in err)
    asked = ("explain", "XX", 2019, "investigations.conducted", "-w", RURITANIA)
    found = json.loads(called(*asked, "--format", "json")[1])
    assert "55" == found["value"]
    assert ["edition 2019: 55", "edition 2021: 57"] == [each.split(" (")[0] for each in found["vintages"]]


def test_explain_in_json_is_complete_and_names_every_place_where_the_value_is_printed(called):
    printed = {
        "law.new_code.prison_max": ["5.1 Criminal law, text", "5.1 Criminal law, Table 2"],
        "victims.presumed": [
            "At a glance, Figure 1",
            "Compared with the year before, Table 1",
            "2.1 Victims, text",
            "2.1 Victims, Figure 6",
            "8 The figures year by year, Table 6",
            "7 Data behind the charts, Table 11 (Data and methods)",
            "7 Data behind the charts, Table 16 (Data and methods)",
        ],
    }
    for address, places in printed.items():
        code, out, _ = called("explain", "XX", 2022, address, "--format", "json", "-w", RURITANIA)
        found = json.loads(out)
        assert (0, address, 2022) == (code, found["address"], found["year"])
        assert [] == [name for name in ("value", "label", "definition", "place", "source") if not found[name]]
        assert places == found["printed"]


def test_explain_tells_the_workbook_and_the_cell_that_a_value_came_from(called, tmp_path):
    first = agencies.sent("police", {"investigations.opened": "12", "victims.identified": "80"}, remark="By day.")
    later = agencies.sent("police", {"victims.identified": "81"}, 2, "2021-04-05")
    courts = agencies.sent("courts", {"victims.identified": "79"})
    root = agencies.workspace(tmp_path, first, later, courts)
    said = called("explain", "XX", 2020, "victims.identified", "--audience", "restricted", "-w", root)[1]
    assert [
        "  came from  police-2020.xlsx, Victims!C8, received 3 March 2021",
        "             By day.",
        "  otherwise  79: courts-2020.xlsx, Victims!C7, received 3 March 2021",
        "  otherwise  81: police-2020 (2).xlsx, Victims!C7, received 5 April 2021",
    ] == said.splitlines()[5:9]
    # Remarks were not written for everybody, and what another agency counted is in no report.
    public = called("explain", "XX", 2020, "victims.identified", "-w", root)[1]
    told = ["came from  police-2020.xlsx, Victims!C8, received 3 March 2021"]
    assert told == re.findall("came.*|otherwise.*", public)
    assert "By day." not in public
    assert "came from" not in called("explain", "XX", 2020, "investigations.opened", "-w", root)[1]


def test_where_a_withheld_value_came_from_is_told_to_those_alone_who_may_know_it(called, tmp_path):
    text = small.FILES[small.YEAR].replace("men: 20", "men: {value: 4, confidentiality: C}")
    received = agencies.sent("police", {"victims.identified.men": "4"})
    root = agencies.workspace(tmp_path, received, files=small.FILES | {small.YEAR: text})
    asked = ("explain", "XX", 2020, "victims.identified.men", "--format", "json", "-w", root)
    assert {"came": [], "otherwise": []} == json.loads(called(*asked, "--public")[1])["agencies"]
    (told,) = json.loads(called(*asked, "--audience", "restricted")[1])["agencies"]["came"]
    expected = {"agency": "police", "file": "police-2020.xlsx", "cell": "Victims!C7", "value": "4"}
    assert expected.items() <= told.items()
