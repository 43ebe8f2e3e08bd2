"""Writes an example of each message as a document prints it into translations/document.pot, for translators; behind
`make examples`. Builds, compares and packs the years of the repository in a copy of its workspace: some minutes."""

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from babel.messages.pofile import read_po

from reporter.cli.group import run
from reporter.data.i18n.locale import Locale
from reporter.data.i18n.po_file import DOCUMENT, ids_of, texts_of
from reporter.data.i18n.refresh import TEMPLATE
from reporter.data.records.label import ENGLISH
from scripts.messages import EXAMPLE, FOLDER, ROOT, written

LONGEST = 300
# What stands for a value in the example of a message that none of the runs prints.
SAMPLES: Mapping[str, object] = {
    **dict.fromkeys(("value", "now", "after", "median"), 24),
    **dict.fromkeys(("before", "was", "highest", "all"), 39),
    **dict.fromkeys(("year", "last"), 2020),
    **dict.fromkeys(("first", "since", "alike"), 2019),
    **dict.fromkeys(("label", "figures", "labels"), "identified victims"),
    "names": "Ministry of the Interior, Police Department",
    **dict.fromkeys(("section", "title", "document", "see"), "Data and methods"),
    **dict.fromkeys(("language", "languages"), "Lithuanian"),
    "lowest": 12,
    "span": "2009–2020",
    "years": "2016–2020",
    "countries": "three countries",
    "unit": "persons",
    "counts": "24 identified victims, 21 presumed victims",
    "definition": "Offences recorded by the police",
    "reason": "the definition differs",
    "state": "under way",
    "code": "outlier",
    "weight": "warning",
    "change": "The number of persons assisted fell by 16",
    "part": "women",
    "breakdown": "form of exploitation",
    "table": "Table 6",
    "name": "LT-2020-commission",
    "file": "LT-2020-commission.zip",
    "page": "data/start.html",
    "n": 15,
    "edition": 2021,
    "things": "plans and institutions",
    "date": "15 March 2021",
    "files": "LT-2020-en.pdf",
    "notes": "languages that some rules cannot check: 1",
}
HTML = ("--format", "html", "--lang", ENGLISH, "-j", "1")
RUNS = (
    *(("build", "LT", year, "--format", "html,docx,xlsx", "--lang", ENGLISH, "-j", "1") for year in ("2009", "2020")),
    ("build", "EE", "2022", *HTML),
    ("build", "LV", "2016", *HTML),
    ("compare", "LT", "2019", "2020", *HTML),
    ("compare", "LT", "2009", "2012", "2015", "2018", "2020", *HTML),
    ("compare", "LT", "2017", "--editions", "2018,2020", *HTML),
    ("compare", "LT", "LV", "EE", "--year", "2019", *HTML),
    ("export", "LT", "2020", "--format", "csv,xlsx"),
    ("build", "LT", "2020", "--format", "pdf"),
    ("publish", "LT", "2020", "--by", "R. P."),
    ("package", "LT", "2020", "--to", "commission"),
)


def examples(runs: Sequence[tuple[str, ...]]) -> dict[str, str]:
    """The first words that each message was printed with."""
    printed: dict[str, str] = {}
    made = Locale._in_one_language

    def listening(locale: Locale, message: str, make: Callable[..., str], parts: tuple[Any, ...]) -> str:
        said = made(locale, message, make, parts)
        if locale.language == ENGLISH:
            printed.setdefault(message, str(said).replace("\u00a0", " "))
        return said

    with tempfile.TemporaryDirectory() as folder, patch.object(Locale, "_in_one_language", listening):
        root = Path(folder) / "workspace"
        shutil.copytree(ROOT / "data", root / "data")
        shutil.copyfile(ROOT / "reporter.yaml", root / "reporter.yaml")
        for words in runs:
            print(*words, run([*words, "-w", str(root)]))
    return printed


# In these words a number grows.
GROWS = re.compile(r" rose |[+]\{n\}|upwards| more$")


def sample(frame: str) -> str:
    """A message with sample values; empty if it has no place for one."""
    values = {**SAMPLES, "before": 24, "after": 39} if GROWS.search(frame) else SAMPLES
    words = frame.format_map(values) if "{" in frame else ""
    return words[:1].upper() + words[1:] if frame.startswith(("{label}", "{countries}")) else words


def main() -> None:
    path = FOLDER / f"{DOCUMENT}{TEMPLATE}"
    with path.open("rb") as file:
        catalog = read_po(file)
    printed = examples(RUNS)
    for message in (each for each in catalog if each.id):
        said = printed.get(ids_of(message)[0], "") or sample(texts_of(message.id)[-1])
        if said and said != texts_of(message.id)[0] and len(said) < LONGEST:
            message.auto_comments = [f"{EXAMPLE}{said}"]
    path.write_bytes(written(catalog))


if __name__ == "__main__":
    main()
