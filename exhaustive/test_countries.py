"""Each Member State of the Union gets from an empty folder to its recipient, in its own languages."""

from pathlib import Path

import pytest

from reporter.delivery import package_checks
from reporter.i18n.territories import PROTOCOL, official_languages
from reporter.produce import drawing, worker
from tests.conftest import DrawingHere
from tests.countries import SEVERAL, assert_arrived, lead_to_recipient
from tests.fixtures import Say


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes of their own would load their libraries again for each country."""
    monkeypatch.setattr(drawing, "DrawingProcess", DrawingHere)
    monkeypatch.setattr(worker, "StayingDrawing", DrawingHere)
    monkeypatch.setattr(package_checks, "run_limited", lambda work, *values, **_: work(*values))


@pytest.mark.parametrize("country", PROTOCOL)
def test_a_year_gets_from_an_empty_folder_to_its_recipient(tmp_path: Path, say: Say, country: str) -> None:
    languages = SEVERAL.get(country, official_languages(country)[:1])
    assert set(languages) <= {*official_languages(country)}
    assert_arrived(lead_to_recipient(tmp_path / "work", country, languages, say), country, languages)
