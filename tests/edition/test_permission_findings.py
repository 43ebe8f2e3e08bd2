"""Permissions to publish small counts name what there is, and end."""

from pathlib import Path

import pytest

from reporter.editions.all_findings import permission_findings
from tests import small
from tests.snapshots import snapshot

REASON = "reason: {en: The source has them.}"
UNUSED = (
    "warning permission-unused: the permission covers no small count of XX | remove the entry, or correct its "
    "source, figures or years"
)
MEANT, LAST = " | did you mean 'victims.identified'?", ", but XX has no figures after 2020 yet"
FEW = small.FILES[small.YEAR].replace("total: 80", "total: 63").replace("men: 20", "men: 3")


def found(root: Path, permissions: str, year: str = FEW) -> list[str]:
    files = {"reporter.yaml": f"{small.FILES['reporter.yaml']}publish_small_counts:\n{permissions}\n", small.YEAR: year}
    dataset = small.load(root, files)
    findings = permission_findings(snapshot(root), dataset)
    return [f"{each.mark.line} {each.severity} {each.code}: {each.message} | {each.hint}" for each in findings]


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ("source: police, years: 2018/2020", ""),
        ("figures: [victims.identified.men], years: 2020", ""),
        ("source: polise, years: 2020", "error unknown-source: XX has no source 'polise' | did you mean 'police'?"),
        (
            "figures: [victims.identifed], years: 2020",
            f"error unknown-indicator: unknown figure 'victims.identifed'{MEANT}",
        ),
        # What nobody has seen cannot be permitted.
        ("source: police, years: 2018/2099", f"error wrong-type: years extend to 2099{LAST} | write years: 2018/2020"),
        (
            "source: police, years: 2021",
            f"error wrong-type: years extend to 2021{LAST} | remove the entry until there are figures",
        ),
        ("source: office, years: 2020", UNUSED),
        ("source: police, years: 2018/2019", UNUSED),
        ("figures: [investigations.opened], years: 2020", UNUSED),
    ],
)
def test_what_there_is_not_is_told_with_the_line_to_write(tmp_path: Path, says: str, expected: str) -> None:
    told = found(tmp_path, f"  - {{country: XX, {says}, {REASON}}}")
    assert ([f"4 {expected}"] if expected else []) == [each.replace("publish_small_counts: ", "") for each in told]


def test_a_country_that_there_is_not_is_told(tmp_path: Path) -> None:
    (told,) = found(tmp_path, f"  - {{country: YY, source: police, years: 2020, {REASON}}}")
    assert "4 error unknown-code: publish_small_counts: unknown country 'YY' | known: XX" == told
