"""The rules of veraPDF as it holds them, and Java that ends with the process that used it."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.data.files.workspace import Workspace
from reporter.editions.job import Job
from reporter.editions.making import document_files as making
from reporter.editions.making.document_files import Material
from reporter.editions.making.order import MadeFile, made_file
from reporter.formats.html import to_html
from reporter.formats.pdf import Pdf, write_pdf
from reporter.formats.validate import vera
from reporter.formats.validate.vera import PROFILES, validate
from tests import small
from tests.fixtures import LITHUANIA, RURITANIA, copy_workspace
from tests.pdf.tag_checks import inspect, read_html
from tests.snapshots import produce_now


def test_a_process_that_ran_java_ends_without_a_word_and_without_a_crash() -> None:
    code = "from reporter.formats.validate import vera; vera.start(); print('started')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (0, "started\n", "") == (done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("name", PROFILES)
def test_each_rule_of_a_profile_is_what_its_file_says(name: str) -> None:
    """A rule that is to wait until all is read would judge too early without that word."""
    vera.start()
    profile, _ = vera._profile(name)
    made = {
        vera._code(rule.getRuleId()): (str(rule.getObject()), str(rule.getTest()), str(rule.getDeferred()))
        for rule in profile.getRules()
    }
    said = {
        code: (
            rule.get("object"),
            rule.findtext(f"{vera.SPACE}test"),
            {"true": "True", "false": "False"}.get(rule.get("deferred", ""), "None"),
        )
        for code, rule in vera._rules(name).items()
    }
    assert said == made
    assert {"None", "True"} <= {deferred for _, _, deferred in said.values()}


@pytest.mark.parametrize(
    ("files", "job"),
    [(None, Job("XX", 2020, "en")), (RURITANIA, Job("XX", 2022, "en")), (LITHUANIA, Job("LT", 2020, "lt"))],
    ids=str,
)
def test_a_profile_passes_both_standards_and_says_what_its_html_says(tmp_path: Path, files: Path | None, job: Job):
    if files:
        copy_workspace(files, tmp_path)
    else:
        small.write(tmp_path, small.FINAL)
    workspace = Workspace(tmp_path)
    made: list[tuple[Pdf, str]] = []

    def make(material: Material) -> MadeFile:
        html = to_html(material.document, material.theme, material.locale.text, material.templates)
        pdf = write_pdf(making._work(material), material.attachments)
        made.append((pdf, html))
        return made_file(pdf.content)

    produce_now(workspace, job, {"pdf": make})
    ((content, html),) = made
    path = tmp_path / f"{job.name}.pdf"
    path.write_bytes(content.content)
    assert ((), ()) == (validate(path), inspect(path, content.html))
    # Charts and tables move to other places; nothing is lost.
    given, moved = read_html(html), read_html(content.html)
    assert Counter(each for each in given.texts if each[1].strip()) == Counter(
        each for each in moved.texts if each[1].strip()
    )
    assert given.counts == moved.counts


def test_the_restricted_profile_in_a_language_that_its_labels_lack_passes(tmp_path: Path) -> None:
    settings = small.FILES["reporter.yaml"].replace("[en]", "[en, lt]")
    root = small.write(tmp_path, small.FINAL | {"reporter.yaml": settings})
    words = ("--format", "pdf", "--lang", "lt", "--audience", "restricted", "--validate", "-q", "-w", str(root))
    assert 0 == run(["build", "XX", "2020", *words])
