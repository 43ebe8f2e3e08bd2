"""Four Member States get from an empty folder to their recipient in their own languages; all of them: exhaustive/."""

from pathlib import Path

import pytest

from reporter.delivery import package_checks
from tests.countries import assert_arrived, lead_to_recipient
from tests.fixtures import Say


@pytest.mark.parametrize(("country", "language"), [("BG", "bg"), ("CY", "el"), ("DE", "de"), ("PT", "pt")])
def test_a_year_gets_from_an_empty_folder_to_its_recipient(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch, country: str, language: str
) -> None:
    monkeypatch.setattr(package_checks, "run_limited", lambda work, *values, **_: work(*values))
    arrived = lead_to_recipient(tmp_path / "work", country, (language,), say)
    assert_arrived(arrived, country, (language,))
