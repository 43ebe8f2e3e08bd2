"""How permissions to publish small counts are written."""

from pathlib import Path

import pytest

from tests import small

REASON = "reason: {en: The source has them.}"


def wrong(root: Path, lines: str) -> list[str]:
    return small.wrong(root, f"{small.FILES['reporter.yaml']}publish_small_counts:\n{lines}\n", "reporter.yaml")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            f"  - {{country: XX, years: 2020, {REASON}}}",
            "4:5 missing-key: the permission names neither a source nor figures"
            " | add a line source: …, or figures: […]",
        ),
        (
            f"  - {{country: XX, source: police, {REASON}}}",
            "4:5 missing-key: key 'years' is missing | add a line such as years: 2020/2021",
        ),
        (
            "  - {country: XX, source: police, years: 2020}",
            "4:5 missing-key: key 'reason' is missing"
            " | add a line such as reason: {en: The police publish the same numbers on their website.}",
        ),
        (
            f"  - {{source: police, years: 2020, {REASON}}}",
            "4:5 missing-key: key 'country' is missing | add a line such as country: XX",
        ),
        (
            f"  - {{country: XX, source: police, years: 2020-05/2021, {REASON}}}",
            "4:42 wrong-type: years: 2020-05/2021 is more than reference years | write years: 2020/2021",
        ),
        (
            f"  - {{country: XX, source: police, years: 2021/2020, {REASON}}}",
            "4:42 wrong-type: years: the period '2021/2020' ends before it begins | write the earlier date first",
        ),
        (
            "  - {country: XX, source: police, years: 2020, reason: {en: …}}",
            "4:61 wrong-type: no reason is given in en why the counts may be published"
            " | write en: and the reason in words",
        ),
        (
            f"  country: XX\n  source: police\n  years: 2020\n  {REASON}",
            "4:3 wrong-type: publish_small_counts: a list is expected"
            " | write [a, b], or lines that begin with a hyphen and a blank",
        ),
        (
            "  - {country: XX, source: police, years: 2020, reason: {en: '[why may it be. Say so].'}}",
            "4:61 wrong-type: no reason is given in en why the counts may be published"
            " | write en: and the reason in words",
        ),
        (
            "  - {country: XX, source: police, years: 2020, reason: {en: '[why]'}}",
            "4:61 wrong-type: no reason is given in en why the counts may be published"
            " | write en: and the reason in words",
        ),
    ],
)
def test_what_is_left_out_or_cannot_be_is_told_with_the_line_to_write(
    tmp_path: Path, lines: str, expected: str
) -> None:
    assert [expected] == wrong(tmp_path, lines)


def test_one_that_has_errors_permits_nothing(tmp_path: Path) -> None:
    wrong(tmp_path, f"  - {{country: XX, years: 2020, {REASON}}}")
    right = f"  - {{country: XX, source: police, years: 2020, {REASON}}}"
    assert [] == wrong(tmp_path, right)
    settings = f"{small.FILES['reporter.yaml']}publish_small_counts:\n{right}\n"
    (read,) = small.load(tmp_path, {"reporter.yaml": settings}).settings.small_counts
    assert ("XX", "police", "2020") == (read.country, read.source, read.years)
