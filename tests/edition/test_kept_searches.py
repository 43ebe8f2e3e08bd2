"""What rules found in an edition is kept, and found anew when anything changes that the edition sees."""

from collections.abc import Mapping
from pathlib import Path

import pytest

import reporter.check
from reporter.data.files.sources import Sources
from reporter.editions.all_findings import find_all
from reporter.editions.search_cache import KeptFindings
from tests import small

Y2019, OTHER_TEXT = "data/XX/2019.yaml", "data/XX/text/en/2019.md"
COUNTRY, CATALOGUE, SETTINGS = "data/XX/country.yaml", "data/catalogue.yaml", "reporter.yaml"
LATER = f"""{small.FILES[small.YEAR]}activities:
  day: {{kind: campaign, title: {{en: Day}}, period: 2020, figures: {{posters: 7}}}}
"""
EARLIER = f"{small.FILES[small.YEAR]}earlier:\n  2019: {{victims.identified: 61}}\n"
REVISED = f"""{small.FILES[small.YEAR]}revisions:
  - {{figure: victims.identified, year: 2019, was: 60, now: 61, reason: {{en: One was added.}}}}
"""
ACCEPTED = f"""{small.FILES[small.YEAR]}accepted:
  - rule: parts-make-total
    figure: investigations.opened
    values: {{2020: {{investigations.opened: 11, investigations.opened.labour: 6, investigations.opened.sexual: 4}}}}
    reason: {{en: As published.}}
"""


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    found: list[int] = []
    editions = reporter.check.editions

    def listening(data, dataset, *, years):
        found.extend(sorted(years))
        return editions(data, dataset, years=years)

    monkeypatch.setattr(reporter.check, "editions", listening)
    return found


def kept(folder: Path, sources: Sources, program: str = "program") -> KeptFindings:
    return KeptFindings(folder, program, sources, "question")


def small_sources(changed: Mapping[str, str | None] = {}) -> Sources:
    files = {name: text for name, text in (small.FILES | dict(changed)).items() if text is not None}
    return Sources.from_contents({name: text.encode() for name, text in files.items()})


@pytest.mark.parametrize(
    ("changed", "years"),
    [
        ({}, []),
        ({small.YEAR: small.FILES[small.YEAR].replace("women: 60", "women: 59")}, [2020]),
        ({small.YEAR: None}, [2018, 2019]),
        ({small.YEAR: ACCEPTED}, [2020]),
        ({small.YEAR: LATER}, [2018, 2019, 2020]),
        ({small.YEAR: EARLIER}, [2019, 2020]),
        ({small.YEAR: REVISED}, [2019, 2020]),
        ({Y2019: f"{small.FILES[Y2019]}\n# a comment\n"}, [2019, 2020]),
        ({OTHER_TEXT: "# victims\n\n80 victims were found.\n"}, [2018, 2019, 2020]),
        ({COUNTRY: small.FILES[COUNTRY].replace("prison_max: 12", "prison_max: 13")}, [2018, 2019, 2020]),
        ({"data/YY/country.yaml": small.FILES[COUNTRY].replace("XX", "YY")}, []),
    ],
)
def test_an_edition_is_searched_again_when_what_it_sees_has_changed(tmp_path, searches, changed, years) -> None:
    sources = small_sources()
    assert find_all(sources, "XX", None) == find_all(sources, "XX", None, kept(tmp_path, sources))
    sources = small_sources(changed)
    anew = find_all(sources, "XX", None)
    searches.clear()
    assert anew == find_all(sources, "XX", None, kept(tmp_path, sources))
    assert years == searches
    searches.clear()
    assert anew == find_all(sources, "XX", None, kept(tmp_path, sources))
    assert [] == searches


def test_a_damaged_file_counts_as_none(tmp_path, searches) -> None:
    sources = small_sources()
    fresh = find_all(sources, "XX", None, kept(tmp_path, sources))
    files = [*tmp_path.glob("editions/*")]
    for content in ("", "0\n{}", "[]", files[0].read_text()[:-2]):
        for file in files:
            file.write_text(content)
        searches.clear()
        assert (fresh, [2018, 2019, 2020]) == (find_all(sources, "XX", None, kept(tmp_path, sources)), searches)
    # Another program searches all editions again, too.
    searches.clear()
    assert (fresh, [2018, 2019, 2020]) == (find_all(sources, "XX", None, kept(tmp_path, sources, "another")), searches)
