"""What one side says against what the other does: bounds, masks, several codes."""

import pytest

from reporter.load.glotip import read_glotip
from reporter.model import vintage
from reporter.reconcile import Agreement, reconcile
from tests.reconcile.invented import VICTIMS, catalogue, compared, invented, one, total
from tests.snapshots import dataset_of


def test_a_mask_covers_small_numbers(lithuanian):
    assert Agreement.COMPATIBLE is one(lithuanian, "victims.identified.children", 2019).agreement


@pytest.mark.parametrize(
    ("here", "there", "agreement"),
    [
        ("30", "30", Agreement.AGREES),
        ("0", "<5", Agreement.COMPATIBLE),
        ("4", "<5", Agreement.COMPATIBLE),
        ("5", "<5", Agreement.DIFFERS),
        ("12", "<20", Agreement.COMPATIBLE),
        ("at least 20", "31", Agreement.COMPATIBLE),
        ("at least 40", "31", Agreement.DIFFERS),
        ("over 30", "31", Agreement.COMPATIBLE),
        ("over 31", "31", Agreement.DIFFERS),
        ("about 30", "31", Agreement.COMPATIBLE),
        ("about 60", "31", Agreement.DIFFERS),
        ("suppressed", "<5", Agreement.COMPATIBLE),
        ("suppressed", "31", Agreement.CONFIDENTIAL),
        ("{total: 31, confidentiality: C}", "31", Agreement.CONFIDENTIAL),
        ("missing", "31", Agreement.ONLY_THERE),
    ],
)
def test_bounds_masks_and_what_is_hidden(tmp_path, here, there, agreement):
    found = compared(tmp_path, f"  victims.identified: {here}\n", [total(VICTIMS, there)])
    assert [agreement] == [each.agreement for each in found.comparisons]


@pytest.mark.parametrize("missing", ["sexual", "labour"])
def test_where_one_of_several_codes_is_missing_the_other_is_compared_and_is_no_secret(tmp_path, missing):
    text = catalogue().replace("sexual: {label", "sexual: {mappings: {glotip: Forced labour}, label")
    forms = {"sexual": "7", "labour": "7"} | {missing: "missing"}
    figures = f"  investigations.opened: {{total: 7, by form: {forms}}}\n".replace("'", "")
    lines = [total("Offences", 7), "Offences,by form,Forced labour,Total,Total,2020,Counts,7"]
    root, file = invented(tmp_path, figures, lines)
    (root / "data/catalogue.yaml").write_text(text, encoding="utf-8")
    found = reconcile(vintage(dataset_of(root, ("XX",)), "XX", 2020), read_glotip(file, "outside.csv", "XXX"))
    stated = {"sexual": "labour", "labour": "sexual"}[missing]
    expected = [
        ("investigations.opened", Agreement.AGREES, "7"),
        (f"investigations.opened.{stated}", Agreement.AGREES, "7"),
    ]
    assert expected == [(each.figure, each.agreement, each.here) for each in found.comparisons]


def test_one_figure_there_is_compared_with_each_population_until_one_agrees(tmp_path):
    text = catalogue().replace(
        "  activity.posters:",
        "  victims.presumed:\n    label: {en: Presumed}\n    unit: persons\n    kind: flow\n    population: presumed\n"
        f"    definition: {{en: Presumed.}}\n    mappings: {{glotip: {VICTIMS}}}\n  activity.posters:",
    )
    root, file = invented(tmp_path, "  victims.identified: 30\n  victims.presumed: 50\n", [total(VICTIMS, 30)])
    (root / "data/catalogue.yaml").write_text(text, encoding="utf-8")
    found = reconcile(vintage(dataset_of(root, ("XX",)), "XX", 2020), read_glotip(file, "f", "XXX"))
    verdicts = {each.figure: each.agreement for each in found.comparisons}
    assert {"victims.identified": Agreement.AGREES, "victims.presumed": Agreement.POPULATION} == verdicts
