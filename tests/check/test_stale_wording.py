"""A paragraph that prints other figures in the same words is found."""

from dataclasses import replace

from reporter.check import check
from reporter.errors import Mark
from reporter.model import (
    Dataset,
    Passage,
)


def unchanged(dataset: Dataset, old: str, new: str | None, heading: tuple[str, str] = ("", "")) -> list[str]:
    """What is said of a section of 2021, and of the same in 2022 when it is written anew."""
    written = [(2021, old, heading[0])] + ([(2022, new, heading[1])] if new is not None else [])
    passages = []
    for year, text, title in written:
        path = f"data/XX/text/en/{year}.md"
        headline = Passage("victims", "en", year, title, Mark(path, 1, 12)) if title else None
        passages.append(Passage("victims", "en", year, text, Mark(path, 2), headline))
    findings = check(replace(dataset.countries[0], passages=tuple(passages)), dataset)
    return [str(each.mark).removeprefix("data/XX/text/en/") for each in findings if each.code == "words-unchanged"]


FIGURE, LISTED = "{{ victims.identified }}", "- Few.\n- Only {{ victims.identified }} victims came."


def test_a_paragraph_that_prints_other_figures_in_the_same_words_is_found(ruritania: Dataset):
    told = f"First.\n\nFew victims came: {FIGURE}."
    assert ["2021.md:4:19"] == unchanged(ruritania, told, None)
    assert ["2022.md:2:19"] == unchanged(ruritania, told, f"Few victims\ncame: {FIGURE}.".replace("\n", " "))
    assert ["2022.md:3:8"] == unchanged(ruritania, LISTED, LISTED.replace("- Few.", "- Many."))
    assert ["2022.md:1:12"] == unchanged(ruritania, "Old.", "New.", (f"{FIGURE} victims",) * 2)


def test_words_that_changed_with_their_figures_are_not_found(ruritania: Dataset):
    assert [] == unchanged(ruritania, f"Few: {FIGURE}.", f"More: {FIGURE}.")
    assert [] == unchanged(ruritania, "In 2021: {{ victims.identified | at(2021) }}.", None)
    assert [] == unchanged(ruritania, '{{ victims.identified | rose("More") }} victims came.', None)
    assert [] == unchanged(ruritania, "For {{ law.reflection.reflection }} days.", None)
    assert [] == unchanged(ruritania, "The partners: {{ countries.cooperation }}.", None)
