"""Words that an earlier year used for other figures are found."""

from dataclasses import replace

import pytest

from reporter.check import check
from reporter.errors import Finding, Mark
from reporter.model import Dataset, Label, Passage, StillHolds, Wording


def found(dataset: Dataset, passages: tuple[Passage, ...], confirmed: tuple[StillHolds, ...] = ()) -> list[Finding]:
    country = replace(dataset.countries[0], passages=passages, still_holds=confirmed)
    return [each for each in check(country, dataset) if each.code == "words-unchanged"]


def unchanged(dataset: Dataset, old: str, new: str | None, heading: tuple[str, str] = ("", "")) -> list[str]:
    """What is said of a section of 2021, and of the same in 2022 when it is written anew."""
    written = [(2021, old, heading[0])] + ([(2022, new, heading[1])] if new is not None else [])
    passages = []
    for year, text, title in written:
        path = f"data/XX/text/en/{year}.md"
        headline = Passage("victims", "en", year, title, Mark(path, 1, 12)) if title else None
        passages.append(Passage("victims", "en", year, text, Mark(path, 2), headline))
    return [str(each.mark).removeprefix("data/XX/text/en/") for each in found(dataset, tuple(passages))]


FIGURE, LISTED = "{{ victims.identified }}", "- Few.\n- Only {{ victims.identified }} victims came."


def test_a_paragraph_that_prints_other_figures_in_the_same_words_is_found(ruritania: Dataset):
    told = f"First.\n\nFew victims came: {FIGURE}."
    assert ["2021.md:4:19"] == unchanged(ruritania, told, None)
    assert ["2022.md:2:1"] == unchanged(ruritania, told, f"Few victims\ncame: {FIGURE}.".replace("\n", " "))
    assert ["2022.md:3:1"] == unchanged(ruritania, LISTED, LISTED.replace("- Few.", "- Many."))
    assert ["2022.md:1:12"] == unchanged(ruritania, "Old.", "New.", (f"{FIGURE} victims left",) * 2)


def test_words_that_changed_with_their_figures_are_not_found(ruritania: Dataset):
    assert [] == unchanged(ruritania, f"Few: {FIGURE}.", f"More: {FIGURE}.")
    assert [] == unchanged(ruritania, "In 2021: {{ victims.identified | at(2021) }}.", None)
    assert [] == unchanged(ruritania, '{{ victims.identified | rose("More") }} victims came.', None)
    assert [] == unchanged(ruritania, "For {{ law.reflection.reflection }} days.", None)
    assert [] == unchanged(ruritania, "The partners: {{ countries.cooperation }}.", None)


def confirmed(*texts: str, year: int = 2022) -> tuple[StillHolds, ...]:
    return (
        StillHolds(year=year, texts=texts, by="Rapporteur", day=f"{year + 1}-03-01", mark=Mark("data/XX/2022.yaml")),
    )


def test_a_text_that_somebody_confirmed_for_its_year_is_answered(ruritania: Dataset):
    texts = tuple(
        Passage("victims", "en", year, f"In {year}, they came from villages.", Mark(f"data/XX/text/en/{year}.md", 2))
        for year in (2021, 2022)
    )
    assert 1 == len(found(ruritania, texts))
    assert [] == found(ruritania, texts, confirmed("victims"))
    assert 1 == len(found(ruritania, texts, confirmed("victims", year=2021)))
    assert 1 == len(found(ruritania, texts, confirmed("coordination")))


def labelled(dataset: Dataset, old: Label, new: Label, *, title: bool = False) -> list[str]:
    """What is said of a text in the file of 2022 when that of 2021 has such a one."""
    written = tuple(
        Wording(Mark(f"data/XX/{year}.yaml", 7), label, (), f"notes.{year}", year, is_title=title)
        for year, label in ((2021, old), (2022, new))
    )
    both = replace(dataset, wordings=written, settings=replace(dataset.settings, languages=("en", "lt")))
    return [each.message for each in found(both, ())]


def label(english: str, lithuanian: str) -> Label:
    return Label((("en", english), ("lt", lithuanian)))


OLD = label("The source gives no reason for 2021.", "Priežastis 2021 m. šaltinyje nenurodyta.")


def test_notes_and_reasons_of_the_file_of_a_year_are_found_with_their_languages(ruritania: Dataset):
    new = label("The source gives no reason for 2022.", "2022 metais priežastis šaltinyje nenurodyta.")
    assert ["the words are those of 2021; only numbers and years differ (en, lt)"] == labelled(ruritania, OLD, new)
    assert ["the words are those of 2021 (en, lt)"] == labelled(ruritania, OLD, OLD)
    half = label("Asked, the police told us why.", "Šaltinyje nenurodyta 2022 m. priežastis.")
    assert ["the words are those of 2021; only numbers and years differ (lt)"] == labelled(ruritania, OLD, half)


@pytest.mark.parametrize("name", ["", "figures", "notes", "notes.2021", "*"])
def test_a_name_of_no_text_confirms_no_note(ruritania: Dataset, name: str):
    written = tuple(
        Wording(Mark(f"data/XX/{year}.yaml", 7), OLD, (), f"notes.{year}", year, is_title=False)
        for year in (2021, 2022)
    )
    assert 1 == len(found(replace(ruritania, wordings=written), (), confirmed(name)))
    assert [] == found(replace(ruritania, wordings=written), (), confirmed("notes.2022"))


def test_a_title_is_found_only_when_its_numbers_changed(ruritania: Dataset):
    assert [] == labelled(ruritania, OLD, OLD, title=True)
    other = label("The source gives no reason for 2022.", "Priežastis 2021 m. šaltinyje nenurodyta.")
    assert ["the words are those of 2021; only numbers and years differ (en)"] == labelled(
        ruritania, OLD, other, title=True
    )
