"""What changes in the files of a country, confirmed texts among it. Who confirmed a text that is not told, under
`still_holds:`, confirms nothing for the public."""

from collections.abc import Iterator, Mapping

from reporter.check.rereading import paragraphs, reread
from reporter.disclosure.as_written import text_of, within
from reporter.disclosure.country_files import CountryFiles, ParsedFile
from reporter.disclosure.redaction import Redaction, Words
from reporter.disclosure.rewriting import GONE, Change, Changes, Plain, plain_of, spot
from reporter.disclosure.wordings import for_public
from reporter.edit.handwriting import Value
from reporter.errors import Mark
from reporter.load.text_names import named_text
from reporter.load.yaml_nodes import YamlEntry
from reporter.model import Label, Wording
from reporter.model.country import UNREAD_TEXT
from reporter.model.label import OFFICIAL

HOLDS, TEXTS = "still_holds", "texts"
Data = str | list["Data"] | dict[str, "Data"]


def changes_of(country: CountryFiles, neutral: Words) -> Mapping[str, Changes]:
    """What changes in each file of a country, by its path."""
    made: dict[str, Changes] = {
        path: Redaction(country.cells, each.year, neutral).changes(each.root) for path, each in country.files.items()
    }
    if country.has_wordings:
        for path, each in country.files.items():
            made[path] = {**made[path], **dict(_untold(each, country))}
    holding = {path: each for path, each in country.files.items() if any(within(each.root, HOLDS))}
    if not holding:
        return made
    told, left = _wordings(country, {key: {} for key in made}), _wordings(country, made)
    lost = country.lost_texts()
    if told == left and not lost:
        return made
    confirmed = reread(country.passages(for_public), left)
    for path, file in holding.items():
        # Only a text that an earlier year has can be confirmed.
        still = {each.name for each in confirmed.get(file.year, ()) if each.is_reused}
        gone = {each.name for each in told if each.year == file.year} - still | lost
        made[path] = {**made[path], **dict(_confirmed(file, gone))}
    return made


def _untold(file: ParsedFile, country: CountryFiles) -> Iterator[tuple[tuple[int, int], Change]]:
    told = {each.words for passage in country.passages(for_public) for each in paragraphs(passage)}
    entries = list(within(file.root, "accepted"))
    gone: list[YamlEntry] = []
    for each in entries:
        words = " ".join(text_of(each.value, "words").split())
        is_of_text = text_of(each.value, "figure").startswith("text.")
        if words and is_of_text and not any(words.endswith(text) or words in text for text in told):
            gone.append(each)
    if gone and len(gone) == len(entries):
        yield from ((spot(top), GONE) for top in file.root.entries if top.key == "accepted")
    yield from ((spot(each), GONE) for each in gone)


def _wordings(country: CountryFiles, changes: Mapping[str, Changes]) -> tuple[Wording, ...]:
    found: list[Wording] = []
    for path, each in country.files.items():
        if each.year:
            data = _data(plain_of(each.root, changes[path]))
            made = (Wording(Mark(path), Label(texts), keys) for keys, texts in _texts(data, ()))
            found += [named_text(one, data, each.year) for one in made]
    return tuple(found)


def _data(plain: Plain) -> Data:
    """Plain values as lists and dicts. Of a key that is written twice, the first is read."""
    if isinstance(plain, str):
        return plain
    sign, entries = plain
    return [_data(each) for _, each in entries] if sign == "[" else {key: _data(each) for key, each in entries[::-1]}


def _texts(data: Data, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, str], ...]]]:
    if isinstance(data, dict) and data and data.keys() <= OFFICIAL:
        yield keys, tuple((language, text) for language, text in data.items() if isinstance(text, str))
    elif not isinstance(data, str):
        for key, each in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _texts(each, (*keys, str(key)))


def _confirmed(file: ParsedFile, gone: set[str]) -> Iterator[tuple[tuple[int, int], Change]]:
    entries = list(within(file.root, HOLDS))
    left = {spot(each): [text for text in _named(each) if text not in gone] for each in entries}
    altered = [each for each in entries if left[spot(each)] != list(_named(each))]
    if altered and not any(left.values()):
        yield from ((spot(top), GONE) for top in file.root.entries if top.key == HOLDS)
    for each in altered:
        kept: list[Value] = [*left[spot(each)], f"{UNREAD_TEXT}.{file.year}"] if left[spot(each)] else []
        yield from ((spot(at), kept) for at in each.value.entries if at.key == TEXTS and kept)
        yield from () if kept else ((spot(each), GONE),)


def _named(entry: YamlEntry) -> Iterator[str]:
    for each in entry.value.entries:
        if each.key == TEXTS:
            yield from (one.value.text for one in each.value.entries)
