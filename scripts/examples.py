"""Writes an example of each message as a document prints it into translations/document.pot, for translators; behind
`make examples`. Builds, compares and packs the years of the repository in a copy of its workspace: some minutes."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
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

LONGEST = 200
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


def main() -> None:
    path = FOLDER / f"{DOCUMENT}{TEMPLATE}"
    with path.open("rb") as file:
        catalog = read_po(file)
    printed = examples(RUNS)
    for message in (each for each in catalog if each.id):
        said = printed.get(ids_of(message)[0], "")
        if said and said != texts_of(message.id)[0] and len(said) < LONGEST:
            message.auto_comments = [f"{EXAMPLE}{said}"]
    path.write_bytes(written(catalog))


if __name__ == "__main__":
    main()
