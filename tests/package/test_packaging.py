"""The package: what goes in for whom, when it is refused, and that altered figures show although checksums fit."""

import json
import resource
import zipfile

import bagit
import pytest

from reporter.data.files.workspace import Workspace
from reporter.exchange.send.outgoing import read_outgoing
from reporter.formats.bagit import open_package
from tests import small
from tests.package.editions import published


def test_it_is_a_bag_that_another_program_accepts_and_whose_checksum_lies_beside_it(packaged, tmp_path):
    with zipfile.ZipFile(packaged.package) as archive:
        archive.extractall(tmp_path)
    bag = bagit.Bag(str(tmp_path / "XX-2020-office"))
    assert bag.validate()
    told = {key: bag.info[key] for key in ("Country", "Reference-Year", "Edition-Status", "Recipient")}
    assert {"Country": "XX", "Reference-Year": "2020", "Edition-Status": "final", "Recipient": "office"} == told
    said = packaged.package.with_name("XX-2020-office.zip.sha256").read_text()
    assert f"{read_outgoing(packaged.package).sha256}  XX-2020-office.zip\n" == said


PACK = ("package", "XX", "2020", "--to")
DRAFT = (
    "data/XX/2020.yaml:6:9: the status of 2020 is draft; only final editions are packed\n  hint: write status: final "
    "when its figures are final"
)


@pytest.mark.parametrize(
    ("changed", "code", "to", "said"),
    [
        ({small.YEAR: small.FINAL[small.YEAR].replace("status: final", "status: draft")}, 1, "figures", DRAFT),
        ({small.YEAR: small.FINAL[small.YEAR].replace("men: 20", "men: 200")}, 1, "figures", "data/XX/2020.yaml:5:"),
        ({}, 2, "offise", "did you mean 'office'?"),
        ({small.TEXT: None}, 1, "office", "write data/XX/text/en/2020.md"),
        ({"build/XX/2020/package": "in the way"}, 1, "figures", "XX-2020-figures.zip cannot be written"),
    ],
)
def test_what_keeps_a_package_back_is_told(tmp_path, say, changed, code, to, said):
    root = small.write(tmp_path, small.FINAL | changed)
    found, told = say(*PACK, to, "-w", str(root))
    assert (code, True) == (found, said in told)
    assert [] == list(root.glob("build/XX/2020/package/*.zip*"))


def test_a_full_disk_leaves_the_earlier_package_as_it_was_and_what_a_killed_process_left_is_swept(tmp_path, say):
    """A file may not grow beyond 4 kB: what a full disk answers, without a disk to fill."""
    workspace = small.write(tmp_path, small.FINAL)
    folder = workspace / "build" / "XX" / "2020" / "package"
    left = folder / ".packing-XX-2020-figures-old"
    left.mkdir(parents=True)
    (left / "half.zip").write_text("half")
    words = (*PACK, "figures", "-w", str(workspace))
    assert 0 == say(*words)[0]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {".XX-2020-figures.lock", "XX-2020-figures.zip", "XX-2020-figures.zip.sha256"} == before.keys()
    changed = small.FINAL[small.YEAR].replace("men: 20", "men: 19").replace("total: 80", "total: 79")
    small.write(workspace, small.FINAL | {small.YEAR: changed})
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, unlimited[1]))
    try:
        code, told = say(*words)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    assert (1, True) == (code, "cannot be written: File too large" in told)
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_public_gets_no_small_counts_of_victims_without_a_reason(tmp_path, say):
    words = (*PACK, "everybody", "-w", str(small.write(tmp_path, small.FINAL | FEW)))
    code, said = say(*words)
    assert (1, True) == (code, "data/XX/2020.yaml:5:63: victims.identified.men 2020" in said)
    assert "publish_small_counts" in said
    # A permission that was given in advance would never end.
    for years, code in (("2019", 1), ("2020/2021", 1), ("2020", 0)):
        (tmp_path / "reporter.yaml").write_text(permitting(f"years: {years}"))
        found, said = say(*words)
        assert (years, code) == (years, found)
        assert ("write years: 2020" in said) == (years == "2020/2021")


def test_a_package_that_tells_what_is_withheld_is_refused_and_protect_named_where_it_helps(tmp_path, say):
    parts = "{women: {value: 60, confidentiality: D}, men: {value: 20, confidentiality: C}}"
    year = small.FINAL[small.YEAR].replace("{women: 60, men: 20}", parts)
    rules = f"{small.FINAL['reporter.yaml']}disclosure: {{width: 90}}\n"
    small.write(tmp_path, small.FINAL | {small.YEAR: year, "reporter.yaml": rules})
    code, said = say(*PACK, "everybody", "-w", str(tmp_path))
    assert (1, True) == (code, "readers could work out withheld figures:" in said)
    assert (
        "hint: reporter protect XX 2020 withholds the figures that disclose them; reporter audit XX 2020 shows all"
        in said
    )
    say("protect", "XX", "2020", "-w", str(tmp_path))
    assert 0 == say(*PACK, "everybody", "-w", str(tmp_path))[0]
    # The total is out already: nothing keeps readers from what it tells.
    (tmp_path / "data/XX/protection/2020.yaml").unlink()
    published(Workspace(tmp_path))
    code, said = say(*PACK, "everybody", "-w", str(tmp_path))
    assert (1, True, False) == (code, "hint: reporter audit XX 2020 shows all" in said, "protect" in said)


def permitting(years: str) -> str:
    permission = f"{{country: XX, source: police, {years}, reason: {{en: The source has them.}}}}"
    return f"{small.FINAL['reporter.yaml']}publish_small_counts: [{permission}]\n"


FEW = {small.YEAR: small.FINAL[small.YEAR].replace("men: 20", "men: 3").replace("total: 80", "total: 63")}


def test_why_small_counts_are_published_stands_in_every_package_and_is_said(tmp_path, say):
    workspace = small.write(tmp_path, small.FINAL | FEW | {"reporter.yaml": permitting("years: 2020")})
    code, said = say(*PACK, "everybody", "-w", str(workspace))
    assert (0, True) == (code, "small counts are published: 1 figure, because The source has them.\n" in said)
    assert 0 == say(*PACK, "figures", "-w", str(workspace))[0]
    line = "Small-Counts: The package contains 1 small count. Reason for publication: The source has them."
    for code in ("everybody", "figures"):
        package = open_package(tmp_path / f"build/XX/2020/package/XX-2020-{code}.zip")
        assert line in package.read("bag-info.txt").decode().splitlines()
    graph = json.loads(package.read("data/ro-crate-metadata.json"))["@graph"]
    (why,) = (each for each in graph if each["@id"].startswith("#principle"))
    assert ("The source has them.", "XX", "2020", "victims.identified.men 2020") == tuple(
        why[each] for each in ("text", "spatialCoverage", "temporalCoverage", "keywords")
    )
    (root,) = (each for each in graph if each["@id"] == "./")
    assert {"@id": why["@id"]} == root["publishingPrinciples"]
