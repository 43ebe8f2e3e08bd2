"""A text that is copied in one language and new in another is found."""

from dataclasses import replace

from reporter.check import check
from reporter.errors import Mark
from reporter.model import Dataset, Label, Passage, StillHolds, Wording

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
        "lt/2022.md:2: the paragraph has the words of 2021 in lt, others in en",
        "lt/2022.md:4: the paragraph has the words of 2021 in lt, others in en",
    ] == behind(ruritania, NEW["en"], copied["lt"])
    one = "\n\n".join((NEW["lt"].split("\n\n")[0], copied["lt"].split("\n\n")[1]))
    assert ["lt/2022.md:4: the paragraph has the words of 2021 in lt, others in en"] == behind(
        ruritania, NEW["en"], one
    )
    assert ["en/2022.md:2", "en/2022.md:4"] == [each[:12] for each in behind(ruritania, copied["en"], NEW["lt"])]


def test_a_section_of_another_shape_is_found_as_a_whole(ruritania: Dataset):
    copied = OLD["lt"].format("keturias").replace("2021", "2022").replace("\n\n", " ")
    assert ["lt/2022.md:2: section victims has the words of 2021 in lt, others in en"] == behind(
        ruritania, NEW["en"], copied
    )


def test_what_is_new_or_copied_in_both_or_confirmed_is_not_found(ruritania: Dataset):
    assert [] == behind(ruritania, NEW["en"], NEW["lt"])
    assert [] == behind(ruritania, OLD["en"].format(7), OLD["lt"].format(7))
    assert [] == behind(ruritania, NEW["en"], OLD["lt"].format(7), "victims")


def test_a_note_copied_in_one_language_is_found(ruritania: Dataset):
    texts = {
        2021: ("Counted by hand.", "Suskaičiuota ranka."),
        2022: ("Taken from the register.", "Suskaičiuota ranka."),
    }
    written = tuple(
        Wording(Mark(f"data/XX/{year}.yaml", 7), Label((("en", english), ("lt", lithuanian))), (), "a.note", year)
        for year, (english, lithuanian) in texts.items()
    )
    both = replace(ruritania, wordings=written, settings=replace(ruritania.settings, languages=("en", "lt")))
    found = (each for each in check(replace(both.countries[0], passages=()), both) if each.code == "translation-behind")
    assert ["the text has the words of 2021 in lt, others in en"] == [each.message for each in found]
