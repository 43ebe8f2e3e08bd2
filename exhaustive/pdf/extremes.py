"""Ruritania driven to extremes: the invented country with one thing, or several, as bad as it may get."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from reporter.data.outline import parts
from tests.fixtures import RURITANIA, copy_workspace

YEAR = 2022
# What a word is called in one of these keys is a label that a reader sees.
LABELS = frozenset({"label", "name", "role", "title", "organiser", "audience", "subject", "law", "publisher", "focus"})
FORMS, FACTOR = 40, 1543
SENTENCES = (
    "The authorities went on with their work and told the public about it.",
    "Victims were offered shelter, advice and help in the language that they speak.",
    "Courts, police and organisations met to speak about what had been learned.",
)

Data = dict[str, Any]
Extreme = Callable[[Path], None]


def make(folder: Path, *extremes: Extreme) -> Path:
    """A workspace of Ruritania in which these extremes hold."""
    copy_workspace(RURITANIA, folder)
    for path in (folder / "data" / "XX" / "text" / "en").glob("*.md"):
        path.unlink()
    write_text(folder, 2)
    for extreme in extremes:
        extreme(folder)
    return folder


def write_text(folder: Path, paragraphs: int) -> None:
    """A narrative without figures for every section of the outline."""
    text = "\n\n".join(" ".join(SENTENCES[n:] + SENTENCES[:n]) for n in range(paragraphs))
    # The page "At a glance" is one page: its text is short.
    told = f"# at_a_glance\n\n{SENTENCES[0]}\n\n" + "".join(
        f"# {part.code}\n\n{text}\n\n" for part in parts() if not part.annex and part.code != "at_a_glance"
    )
    (folder / "data" / "XX" / "text" / "en" / f"{YEAR}.md").write_text(told, encoding="utf-8")


def one_year(folder: Path) -> None:
    """Nothing is known but the edition's own year."""
    for path in (folder / "data" / "XX").glob("20*.yaml"):
        if path.stem != str(YEAR):
            path.unlink()


def all_missing(folder: Path) -> None:
    """Not one figure of any year."""
    for path in _years(folder):
        data = _read(path)
        data["figures"] = dict.fromkeys(data["figures"], "missing")
        data = {key: each for key, each in data.items() if key not in ("revisions", "earlier", "accepted")}
        _write(path, data)


def five_digits(folder: Path) -> None:
    """Counts of persons and cases in the ten thousands."""
    for path in _years(folder):
        data = _read(path)
        data["figures"] = {
            code: each if code.startswith("sentences.") else _times(each) for code, each in data["figures"].items()
        }
        for each in data.get("revisions", ()):
            each["was"], each["now"] = _times(each["was"]), _times(each["now"])
        if "earlier" in data:
            data["earlier"] = {year: _times(each) for year, each in data["earlier"].items()}
        _write(path, data)


def long_labels(folder: Path) -> None:
    """Every label twice as long, the titles of sections too."""
    for path in (folder / "data").rglob("*.yaml"):
        _write(path, _doubled(_read(path)))
    (folder / "translations").mkdir(exist_ok=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    titles = dict.fromkeys(part.title for part in parts())
    entries = "".join(f'msgid "{each}"\nmsgstr "{_twice(each)}"\n\n' for each in titles)
    (folder / "translations" / "en.po").write_text(head + entries, encoding="utf-8")


def forty_forms(folder: Path) -> None:
    """Forty forms of exploitation, all of them in every year."""
    path = folder / "data" / "catalogue.yaml"
    catalogue = _read(path)
    codes = catalogue["dimensions"]["form"]["codes"]
    more = {f"form_{n}": {"label": {"en": f"Form of exploitation {_letters(n)}"}} for n in range(FORMS - len(codes))}
    codes.update(more)
    _write(path, catalogue)
    for number, path in enumerate(_years(folder)):
        data = _read(path)
        counts = {code: 1 + (place * 7 + number) % 11 for place, code in enumerate(codes)}
        data["figures"]["investigations.opened"] = {"total": sum(counts.values()), "by form": counts}
        data["figures"]["investigations.conducted"] = sum(counts.values())
        _write(path, {key: each for key, each in data.items() if key not in ("revisions", "earlier", "accepted")})


def other_theme(folder: Path) -> None:
    """In blue."""
    with (folder / "reporter.yaml").open("a", encoding="utf-8") as file:
        file.write("theme: eu-blue\n")


def every_year(folder: Path) -> None:
    """Sixteen years, each a copy of one that Ruritania has."""
    years = folder / "data" / "XX"
    for year in range(YEAR - 15, YEAR):
        path = years / f"{year}.yaml"
        if not path.is_file():
            data = _read(years / "2018.yaml") | {"year": year}
            dates = {"published": f"{year + 1}-06-30", "data_cutoff": f"{year + 1}-04-30"}
            _write(path, data | dates)


def _years(folder: Path) -> list[Path]:
    return sorted((folder / "data" / "XX").glob("20*.yaml"))


def _read(path: Path) -> Data:
    data: Data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


def _write(path: Path, data: Data) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")


def _times(value: Any) -> Any:
    """Every count in a figure multiplied; words around it stay."""
    if isinstance(value, int):
        return value * FACTOR
    if isinstance(value, Mapping):
        kept = ("definition", "flags", "note", "part_of", "incomplete", "confidentiality", "source", "period")
        return {key: each if key in kept else _times(each) for key, each in value.items()}
    words = str(value).split(" ")
    return " ".join(str(int(word) * FACTOR) if word.isdigit() else word for word in words)


def _doubled(value: Any, key: str = "") -> Any:
    if isinstance(value, Mapping):
        labelled = key in LABELS and set(value) == {"en"}
        return {each: _twice(inner) if labelled else _doubled(inner, each) for each, inner in value.items()}
    if isinstance(value, list):
        return [_doubled({"name": each}, "groups")["name"] if key == "groups" else _doubled(each) for each in value]
    return value


def _twice(text: str) -> str:
    return f"{text} and {text[:1].lower()}{text[1:]}"


def _letters(number: int) -> str:
    return chr(ord("A") + number % 26) * (1 + number // 26)
