"""Small counts do not leave for the public without a permission."""

import shutil
from pathlib import Path

import pytest

from reporter.edition.disclosure import refuse_small_counts
from reporter.errors import ReporterError
from reporter.load.dataset import load_dataset
from reporter.model import Vintage, vintage
from tests import small
from tests.fixtures import LITHUANIA
from tests.snapshots import snapshot


def refused(edition: Vintage) -> list[str]:
    with pytest.raises(ReporterError) as problem:
        refuse_small_counts(edition)
    return str(problem.value).splitlines()


def test_they_are_told_in_the_order_of_the_file_five_at_most_with_the_lines_to_write(tmp_path: Path) -> None:
    people = "{men: 1, women: 2, girls: 1, boys: 1, children: 2, adults: 3}"
    content = f"{small.HEAD}figures:\n  victims.identified: {{total: 5, by person: {people}}}\n"
    first, *told, last, hint, key, line = refused(vintage(small.load(tmp_path, {small.YEAR: content}), "XX", 2020))
    assert ("the public would get small counts:", "  and 1 more") == (first, last)
    order = ["men", "women", "girls", "boys", "children"]
    assert [f"victims.identified.{code} 2020" for code in order] == [each.split(": ")[1] for each in told]
    assert "publish_small_counts:" == key
    assert "  - {country: XX, source: police, years: 2020, reason: {en: …}}" == line
    # One value withheld alone would follow from its neighbours.
    assert "reporter protect XX 2020 withholds them, with all that they would follow from" in hint


def copied(root: Path, settings: str = "") -> Vintage:
    shutil.copytree(LITHUANIA, root)
    text = (root / "data/LT/2020.yaml").read_text(encoding="utf-8")
    (root / "data/LT/2021.yaml").write_text(text.replace("2020", "2021"), encoding="utf-8")
    if settings:
        (root / "reporter.yaml").write_text(settings, encoding="utf-8")
    dataset, _ = load_dataset(snapshot(root), ("LT",))
    return vintage(dataset, "LT", 2021)


def test_a_copied_year_has_no_permission_of_the_year_before(tmp_path: Path) -> None:
    refuse_small_counts(vintage(load_dataset(snapshot(LITHUANIA), ("LT",)).dataset, "LT", 2020))
    said = refused(copied(tmp_path / "copy"))
    assert ["victims.identified.children 2021"] == [each.split(": ")[1] for each in said if "data/LT" in each]
    assert "  - {country: LT, source: commission_page, years: 2021, reason: {en: …, lt: …}}" == said[-1]
