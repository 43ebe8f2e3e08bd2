"""A crate describes its files in one way every time."""

import json
from datetime import date

from reporter.submission import CrateFile, CrateLicence, CrateOffice, RoCrate, describe


def test_a_crate_describes_its_files_the_same_way_every_time(golden):
    crate = RoCrate(
        "Prekyba žmonėmis: Lietuva 2020",
        "Country profile",
        date(2021, 6, 30),
        CrateLicence("CC-BY-4.0", "May be used again.", "https://creativecommons.org/licenses/by/4.0/"),
        CrateOffice("Ministry of the Interior", "https://ministry.example"),
        CrateOffice("Rapporteur", email="office@ministry.example", telephone="+000 1"),
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


def test_without_a_licence_the_crate_says_so_in_an_entity_of_its_own():
    """What the context of RO-Crate 1.1 has is held against it by its validator, in exhaustive/; the rest is defined."""
    office = CrateOffice("Ministry")
    crate = RoCrate(
        "LT-2020", "Profile", date(2021, 6, 30), CrateLicence("No licence is stated", "Ask."), office, office
    )
    described = json.loads(describe(crate, [CrateFile("a.csv", "A", "text/csv", 1, "ab")]))
    graph = {each["@id"]: each for each in described["@graph"]}
    assert {"@id": "#licence"} == graph["./"]["license"]
    assert ("No licence is stated", "Ask.") == (graph["#licence"]["name"], graph["#licence"]["description"])
    assert {"@id": "#publisher", "@type": "Organization", "name": "Ministry"} == graph["#publisher"]
    context = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "http://schema.org/sha256"}]
    assert context == described["@context"]
