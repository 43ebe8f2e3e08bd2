"""A made-up country answers everything that Article 19a asks, in the workbench and by the workbook of an agency; its
edition is published, packaged and verified."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest

from reporter.data.records import Dimension, Vintage, vintage
from reporter.editions.making import build_editions, document_files
from reporter.exchange.package import package_checks
from reporter.figures.analysis.coverage import Availability, coverage_cells
from tests import forms
from tests.conftest import DrawingHere
from tests.countries import begin, finish
from tests.fixtures import Say
from tests.snapshots import dataset_of
from tests.workbench.serving import FORM, OURS, come_in, running

EDITION = ("MT", "2023")
YEAR, COUNTRY = "data/MT/2023.yaml", "data/MT/country.yaml"
# Far above every threshold, so that the first code of a breakdown can take the rest.
LEAST, STEP, OTHERS = 900, 7, 20
AGENCY = """\
agencies:
  registry: {name: {en: Registry}, language: en, due: 04-01, answers: [%s]}
"""


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_files, "Drawing", DrawingHere)
    monkeypatch.setattr(build_editions, "Drawing", DrawingHere)
    monkeypatch.setattr(package_checks, "run_limited", lambda work, *values, **_: work(*values))


def state(root: Path) -> Vintage:
    return vintage(dataset_of(root, ("MT",)), "MT", 2023)


def answers_to(known: Vintage) -> Mapping[str, Mapping[str, int]]:
    """The total and every code of each breakdown that Article 19a asks for, by indicator."""
    answers: dict[str, dict[str, int]] = {}
    for cell in coverage_cells(known):
        assert cell.indicator is not None
        code = cell.indicator.code
        # An agency that gives one number for many figures is asked again.
        values = answers.setdefault(code, {code: LEAST + STEP * len(answers)})
        axis = known.catalogue.dimension(cell.split.dimension) if cell.split else None
        values |= {f"{code}.{part}": value for part, value in _parts(axis, values[code])} if axis else {}
    return answers


def _parts(axis: Dimension, total: int) -> Iterator[tuple[str, int]]:
    outer = {member.within for member in axis.codes} - {""}
    leaves = [member for member in axis.codes if member.code not in outer]
    value_by_code = {member.code: OTHERS for member in leaves}
    value_by_code[leaves[0].code] = total - OTHERS * (len(leaves) - 1)
    yield from value_by_code.items()
    for code in outer:
        yield code, sum(value_by_code[member.code] for member in leaves if member.within == code)


def test_every_cell_of_article_19a_is_answered_in_the_workbench_and_by_an_agency(tmp_path: Path, say: Say) -> None:
    root = tmp_path / "work"

    def typed(*words: str, expected: int = 0) -> None:
        code, words_said = say(*words)
        assert (expected, "") == (code, words_said if code != expected else ""), words

    begin(root, EDITION, ("en",), typed)
    known = state(root)
    answers = answers_to(known)
    by_agency = [name for number, name in enumerate(answers) if number % 2]
    asked = [
        f"{name} by {axis.code}"
        for name in by_agency
        for axis in known.catalogue.axes(known.catalogue.indicator(name))
        if any(f"{name}.{member.code}" in answers[name] for member in axis.codes)
    ]
    country = root / COUNTRY
    country.write_text(country.read_text() + AGENCY % ", ".join(asked))

    typed("agencies", "ask", *EDITION, "--to", "registry", "-q", "-w", str(root))
    form = root / "build/MT/forms/MT-2023-registry.xlsx"
    filled = {address: value for name in by_agency for address, value in answers[name].items()}
    form.write_bytes(forms.filled(form.read_bytes(), filled))
    typed("agencies", "receive", str(form), "--day", "2024-03-03", "-q", "-w", str(root))
    typed("agencies", "answers", *EDITION, "--accept", "registry", "--by", "R. P.", "-q", "-w", str(root))

    with running(root) as bench:
        bench.desk.read_now()
        person = come_in(bench, "R. P.")
        for name in (name for name in answers if name not in by_agency):
            values = {f"value.{address}": str(value) for address, value in answers[name].items()}
            before = {f"seen.{address}": "" for address in answers[name]} | {f"seen.{name}": "unanswered"}
            body = urlencode({"typed": "1", **values, **before}).encode()
            answer = person.ask("POST", "/MT/2023/figures/figures", body, **{"Content-Type": FORM, **OURS})
            assert 200 == answer.status, answer.text

    known = state(root)
    assert {Availability.GIVEN} == {cell.state for cell in coverage_cells(known)}
    finish(root, "MT", ("en",))
    typed("publish", *EDITION, "--by", "R. P.", "-w", str(root))
    typed("package", *EDITION, "--to", "office", "-q", "-w", str(root))
    made = root / "build/MT/2023/package/MT-2023-office.zip"
    typed("verify", str(made), "--quick", expected=4)
