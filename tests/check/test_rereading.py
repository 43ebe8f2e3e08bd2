"""Last year's texts are found in this year's, whatever was done to their numbers, and where one language is behind."""

from dataclasses import replace

import pytest

from reporter.check import check
from reporter.data.errors import Finding, Mark
from reporter.data.records import Accepted, Dataset, Label, Passage, StillHolds, Wording


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
    # Words that changed with their figures are not.
    assert [] == unchanged(ruritania, f"Few: {FIGURE}.", f"More: {FIGURE}.")
    assert [] == unchanged(ruritania, "In 2021: {{ victims.identified | at(2021) }}.", None)
    assert [] == unchanged(ruritania, '{{ victims.identified | rose("More") }} victims came.', None)
    assert [] == unchanged(ruritania, "For {{ law.reflection.reflection }} days.", None)
    assert [] == unchanged(ruritania, "The partners: {{ countries.cooperation }}.", None)


def confirmed(*texts: str, year: int = 2022) -> tuple[StillHolds, ...]:
    return (
        StillHolds(year=year, texts=texts, by="Rapporteur", day=f"{year + 1}-03-01", mark=Mark("data/XX/2022.yaml")),
    )


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


OLD_NOTE = label("The source gives no reason for 2021.", "Priežastis 2021 m. šaltinyje nenurodyta.")


def test_notes_and_reasons_of_the_file_of_a_year_are_found_with_their_languages(ruritania: Dataset):
    new = label("The source gives no reason for 2022.", "2022 metais priežastis šaltinyje nenurodyta.")
    assert ["the words are those of 2021; only numbers and years differ (en, lt)"] == labelled(ruritania, OLD_NOTE, new)
    assert ["the words are those of 2021 (en, lt)"] == labelled(ruritania, OLD_NOTE, OLD_NOTE)
    half = label("Asked, the police told us why.", "Šaltinyje nenurodyta 2022 m. priežastis.")
    assert ["the words are those of 2021; only numbers and years differ (lt)"] == labelled(ruritania, OLD_NOTE, half)
    # A title is found only when its numbers changed.
    assert [] == labelled(ruritania, OLD_NOTE, OLD_NOTE, title=True)
    other = label("The source gives no reason for 2022.", "Priežastis 2021 m. šaltinyje nenurodyta.")
    only = "the words are those of 2021; only numbers and years differ (en)"
    assert [only] == labelled(ruritania, OLD_NOTE, other, title=True)


@pytest.mark.parametrize("name", ["", "figures", "notes", "notes.2021", "*"])
def test_a_name_of_no_text_confirms_no_note(ruritania: Dataset, name: str):
    written = tuple(
        Wording(Mark(f"data/XX/{year}.yaml", 7), OLD_NOTE, (), f"notes.{year}", year, is_title=False)
        for year in (2021, 2022)
    )
    assert 1 == len(found(replace(ruritania, wordings=written), (), confirmed(name)))
    assert [] == found(replace(ruritania, wordings=written), (), confirmed("notes.2022"))


OLD = {
    "en": "Victims are recruited by friends.\n\nThe police warned {} schools in 2021.",
    "lt": "Aukas verbuoja draugai.\n\n2021 m. policija įspėjo {} mokyklas.",
}
NEW = {
    "en": "Nowadays recruiters write to them.\n\nNobody went to any school, as money was lacking.",
    "lt": "Šiandien verbuotojai jiems rašo.\n\nMokyklose niekas nesilankė, nes trūko pinigų.",
}


def behind(dataset: Dataset, english: str, lithuanian: str, *confirmed: str) -> list[str]:
    """What is said of a section of 2022, when that of 2021 was the old one."""
    written = [(2021, "en", OLD["en"].format(3)), (2021, "lt", OLD["lt"].format(3))]
    written += [(2022, "en", english), (2022, "lt", lithuanian)]
    passages = tuple(
        Passage("victims", language, year, text, Mark(f"data/XX/text/{language}/{year}.md", 2))
        for year, language, text in written
    )
    mark = Mark("data/XX/2022.yaml")
    decided = (StillHolds(year=2022, texts=confirmed, by="Rapporteur", day="2023-03-01", mark=mark),)
    both = replace(dataset, settings=replace(dataset.settings, languages=("en", "lt")))
    country = replace(dataset.countries[0], passages=passages, still_holds=decided)
    found = (each for each in check(country, both) if each.code == "translation-behind")
    return [f"{each.mark.path[-10:]}:{each.mark.line}: {each.message}" for each in found]


def test_a_paragraph_copied_in_one_language_and_new_in_another_is_found(ruritania: Dataset):
    copied = {language: text.replace("2021", "2022").format(12) for language, text in OLD.items()}
    assert [
        "lt/2022.md:2: the paragraph has the words of 2021 in lt, but new ones in en",
        "lt/2022.md:4: the paragraph has the words of 2021 in lt, but new ones in en",
    ] == behind(ruritania, NEW["en"], copied["lt"])
    one = "\n\n".join((NEW["lt"].split("\n\n")[0], copied["lt"].split("\n\n")[1]))
    told = behind(ruritania, NEW["en"], one)
    assert ["lt/2022.md:4: the paragraph has the words of 2021 in lt, but new ones in en"] == told
    assert ["en/2022.md:2", "en/2022.md:4"] == [each[:12] for each in behind(ruritania, copied["en"], NEW["lt"])]
    # A section of another shape is found as a whole.
    copied = OLD["lt"].format("keturias").replace("2021", "2022").replace("\n\n", " ")
    seen = behind(ruritania, NEW["en"], copied)
    assert ["lt/2022.md:2: section victims has the words of 2021 in lt, but new ones in en"] == seen
    # What is new, copied in both or confirmed is not.
    assert [] == behind(ruritania, NEW["en"], NEW["lt"])
    assert [] == behind(ruritania, OLD["en"].format(7), OLD["lt"].format(7))
    assert [] == behind(ruritania, NEW["en"], OLD["lt"].format(7), "victims")


def test_who_confirms_a_text_answers_for_its_changed_figures_too(ruritania: Dataset):
    carried = (Passage("victims", "en", 2021, f"Few victims came: {FIGURE}.", Mark("data/XX/text/en/2021.md", 2)),)
    waiting = found(ruritania, carried)
    assert [("victims", "")] == [(each.undecided, each.figure) for each in waiting]
    assert [] == found(ruritania, carried, confirmed("victims"))
    assert 1 == len(found(ruritania, carried, confirmed("prevention")))
    # Who answered for it under accepted: is not asked once more, and the entry is none too many.
    entry = Accepted(
        rule="words-unchanged",
        figure="text.victims",
        year=2022,
        vintage=2022,
        reason=Label((("en", "Read."),)),
        mark=Mark("data/XX/2022.yaml"),
    )

    def told(entry: Accepted, *texts: str) -> list[Finding]:
        country = replace(ruritania.countries[0], passages=carried, still_holds=confirmed(*texts), accepted=(entry,))
        codes = ("words-unchanged", "accepted-not-needed")
        return [each for each in check(country, ruritania) if each.code in codes]

    (_, open_one) = told(entry, "victims")
    entry = replace(entry, values=open_one.values, words=open_one.words)
    for text in ("victims", "prevention"):
        (answered,) = told(entry, text)
        assert ("words-unchanged", "Read.", "") == (answered.code, answered.accepted, answered.undecided)
