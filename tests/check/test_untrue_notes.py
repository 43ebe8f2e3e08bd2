"""Notes and reasons of YAML files are held to the figure they stand beside."""

import pytest

from reporter.check import check
from tests.small import FILES, HEAD, YEAR, write
from tests.snapshots import dataset_of


def told(tmp_path, note: str, language: str = "en") -> list[str]:
    """What is found of a note on investigations, which rose from 9 to 11."""
    figures = {2019: "9", 2020: f'{{total: 11, note: {{{language}: "{note}"}}}}'}
    files = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures:\n  investigations.opened: {value}\n"
        for year, value in figures.items()
    }
    root = write(tmp_path, {each: None for each in FILES if each.startswith("data/XX/20")} | files)
    dataset = dataset_of(root, ("XX",))
    return [each.message for each in check(dataset.countries[0], dataset) if each.code == "untrue-note"]


@pytest.mark.parametrize(
    ("language", "note", "word"),
    [
        ("en", "As published: the number fell sharply.", "fell"),
        ("en", "Fewer than in 2019 were opened.", "Fewer"),
        ("lt", "Skaičius sumažėjo.", "sumažėjo"),
    ],
)
def test_what_the_figure_contradicts_is_found(tmp_path, language, note, word):
    (message,) = told(tmp_path, note, language)
    assert message.startswith(f"{word!r} is not true of investigations.opened: it w")


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "As published: the number rose."),
        ("en", "One fewer than UNODC publishes; fewer cases need not mean less crime."),
        ("lt", "Skaičius padidėjo."),
        ("lt", "Skaičius beveik nepakito."),
    ],
)
def test_what_it_bears_out_and_what_is_said_of_something_else_is_left_alone(tmp_path, language, note):
    assert [] == told(tmp_path, note, language)


def test_a_reason_is_held_like_a_note(tmp_path):
    reason = '{en: "As published: the number fell."}'
    accepted = f"accepted:\n  - {{rule: jump, figure: investigations.opened, reason: {reason}}}\n"
    earlier = "year: 2019\nsource: police\nfigures:\n  investigations.opened: 40\n"
    files = {YEAR: f"{HEAD}figures:\n  investigations.opened: 90\n{accepted}", "data/XX/2019.yaml": earlier}
    dataset = dataset_of(write(tmp_path, files), ("XX",))
    assert ["untrue-note"] == [
        each.code for each in check(dataset.countries[0], dataset) if "not true" in each.message and not each.accepted
    ]
