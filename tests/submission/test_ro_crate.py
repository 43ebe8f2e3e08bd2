"""A crate describes its files in one way every time."""

import json
from datetime import date

from reporter.submission import (
    CrateFile,
    RoCrate,
    describe,
)


def test_a_crate_describes_its_files_the_same_way_every_time(golden):
    crate = RoCrate(
        "Prekyba žmonėmis: Lietuva 2020",
        "Country profile",
        date(2021, 6, 30),
        "https://creativecommons.org/licenses/by/4.0/",
        "Ministry of the Interior",
        "urn:x:LT-2020",
        ("en", "lt"),
    )
    files = [
        CrateFile("LT-2020-lt.pdf", "Profilis", "application/pdf", 19, "ab", "lt", "", ("urn:iso:std:iso:19005:-3",)),
        CrateFile("figures/my table.csv", "Figures", "text/csv", 17, "cd"),
    ]
    described = describe(crate, files)
    assert described == describe(crate, reversed(files))
    assert {"@context", "@graph"} == set(json.loads(described))
    golden("crate.json", described.decode())
