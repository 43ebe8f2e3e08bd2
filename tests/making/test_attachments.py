"""The data inside the PDF and the checksums: out come the bytes that went in, with the right names, words and dates."""

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from reporter.data.files.workspace import Workspace
from reporter.data.i18n import load_locale
from reporter.data.outline import Volume
from reporter.data.records import Audience, vintage
from reporter.editions.job import Job
from reporter.editions.making.composed import documents_of
from reporter.editions.making.document_files import attachments_of
from reporter.editions.making.document_files import make_pdf as make
from reporter.editions.state import context_of
from reporter.formats.export import observations_csv, table_csv
from reporter.formats.pdf import Pdf
from tests import small
from tests.agencies import AGENCIES
from tests.editions import checked
from tests.fixtures import LITHUANIA, ROOT, Profile, copy_workspace
from tests.making.words import JOB, job_of, made_from, words
from tests.snapshots import inputs_now, produce_now, state_of

ENGLISH = load_locale("en")


@pytest.fixture(scope="session")
def profile(ruritanian: Profile) -> Profile:
    return ruritanian


def inside(profile: Profile) -> dict[str, pikepdf.Dictionary]:
    with pikepdf.open(profile.pdf) as pdf:
        listed = pdf.Root.Names.EmbeddedFiles.Names
        files = [listed[n] for n in range(1, len(listed), 2)]
        assert [each.objgen for each in files] == [each.objgen for each in pdf.Root.AF]
        assert [str(listed[n]) for n in range(0, len(listed), 2)] == [str(each.UF) for each in files]
        return {
            str(each.UF): {
                "content": each.EF.F.read_bytes(),
                "kind": (str(each.AFRelationship), str(each.EF.F.Subtype)),
                "description": str(each.Desc),
                "dates": {str(each.EF.F.Params.ModDate), str(each.EF.F.Params.CreationDate)},
                "size": int(each.EF.F.Params.Size),
                "plain": str(each.F),
            }
            for each in files
        }


def test_the_checksum_of_the_data_is_printed(profile):
    assert state_of(Workspace(profile.workspace), job_of(profile)).checksum in words(profile)


def test_the_file_of_the_year_all_observations_and_the_data_of_each_chart_are_inside(profile):
    job, figures = job_of(profile), made_from(profile).figures()
    stem, known = f"{job.country}-{job.year}", checked(job.country).dataset
    expected = {f"{stem}-{each.code}.csv": table_csv(each.table).encode() for each in figures}
    expected[f"{stem}-observations.csv"] = observations_csv(vintage(known, job.country, job.year), "en").encode()
    files = inside(profile)
    day = {"XX": "D:20230630000000Z", "LT": "D:20201231000000Z"}[job.country]
    assert {day} == set().union(*(each["dates"] for each in files.values()))
    year = files[f"{stem}.yaml"]
    sent = inputs_now(Workspace(profile.workspace), job)[f"data/{job.country}/{job.year}.yaml"]
    assert (sent, len(sent), ("/Source", "/application/yaml")) == (year["content"], year["size"], year["kind"])
    assert f"Source file of the figures of {job.year}" == year["description"]
    found = {name: each for name, each in files.items() if name.endswith(".csv")}
    assert expected == {name: each["content"] for name, each in found.items()}
    assert {("/Data", "/text/csv")} == {each["kind"] for each in found.values()}
    assert f"Data of Figure 1: {figures[0].caption}" == found[f"{stem}-{figures[0].code}.csv"]["description"]


@pytest.mark.parametrize(
    ("figure", "more"),
    [
        ("{total: 4711, confidentiality: C}", ""),
        ("{total: 5000, by form: {sexual: {value: 4711, confidentiality: A}}}", ""),
        ("{total: 9, by form: {sexual: suppressed, labour: suppressed}}  # 4711 of them were labour", ""),
        ("\n    total: 9\n    # 4711\n    by form: {sexual: suppressed, labour: suppressed}", ""),
        ("\n    total: 9\n    by form:\n      sexual:\n        # 4711\n        value: suppressed\n      labour: 5", ""),
        ("11", "earlier: {2019: {victims.identified: 4711}}\n"),
        ("11", "revisions: [{figure: victims.identified, year: 2019, was: 4711, now: 61, reason: {en: R}}]\n"),
        ("11", "revisions: [{figure: victims.identified, year: 2019, was: 60, now: 61, reason: {en: 4711}}]\n"),
    ],
)
def test_no_file_inside_tells_what_is_withheld(tmp_path, figure, more):
    earlier = small.FILES["data/XX/2019.yaml"].replace(
        "victims.identified: 60", "victims.identified: {total: 4711, confidentiality: C}"
    )
    year = f"{small.HEAD}figures:\n  investigations.opened: {figure}\n{more}"
    made = attached(small.write(tmp_path, {"data/XX/2019.yaml": earlier, small.YEAR: year}), 2020)
    assert {"XX-2020.yaml", "XX-2020-observations.csv"} <= made.keys()
    assert [] == [name for name, content in made.items() if b"4711" in content]


def test_the_file_inside_a_restricted_edition_is_as_it_was_entered(tmp_path):
    year = f"{small.HEAD}figures:\n  investigations.opened: {{total: 4711, confidentiality: C}}  # of one town\n"
    root = small.write(tmp_path, {small.YEAR: year})
    made = attached(root, 2020, Audience.RESTRICTED)
    assert year.encode() == made["XX-2020-restricted.yaml"]
    assert b",4711,,C,given," in made["XX-2020-restricted-observations.csv"]
    assert all(b"restricted" in content for name, content in made.items() if name.endswith(".csv"))
    # A comment stays where nothing is withheld.
    year = f"{small.HEAD}figures:\n  investigations.opened: 9  # counted twice\n"
    (root / small.YEAR).write_text(year)
    assert year.encode() == attached(root, 2020)["XX-2020.yaml"]


def attached(root: Path, year: int, audience: Audience = Audience.PUBLIC) -> dict[str, bytes]:
    """The files inside the PDF of an edition, which is composed whatever is found in it."""
    job = Job("XX", year, "en", audience=audience)
    state = state_of(Workspace(root), job)
    context = context_of(state.checked.dataset, job, ENGLISH)
    document = documents_of(state.checked, job, ENGLISH, context=context, anyway=True)[Volume.MAIN]
    return {each.name: each.content for each in attachments_of(document, context, job, state.inputs, ENGLISH)}


def test_a_report_built_to_be_valid_says_so_and_another_does_not(workspace, monkeypatch):
    pages = []
    monkeypatch.setattr(
        "reporter.editions.making.document_files.write_pdf",
        lambda work, *_: pages.append(work.html) or Pdf(b"PDF", 1, ""),
    )
    (workspace / "templates/profile.html").unlink()
    for proven in (False, True):
        produce_now(Workspace(workspace), Job("XX", 2020, "en"), {"pdf": make}, proven=proven)
    assert [False, True] == ["veraPDF" in html for html in pages]


def test_anybody_can_work_out_the_checksum_of_the_data(tmp_path):
    command = re.search(r"```\n(\{ for .*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)[1]
    copy_workspace(LITHUANIA, tmp_path)
    country, known = tmp_path / "data/LT/country.yaml", state_of(Workspace(LITHUANIA), JOB).checksum
    for agencies in ("", AGENCIES):
        country.write_text(country.read_text() + agencies)
        said = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
        # Whom the rapporteur asks changes nothing of it.
        assert (known, known) == (said.split()[0], state_of(Workspace(tmp_path), JOB).checksum)
