"""What an audit looks at: every published edition, the one that is to be, and their finished files."""

from reporter.disclosure.audit import Leak, audit
from reporter.edition.audited import audited_editions, withheld_truth, withholds
from reporter.files.workspace import Workspace
from tests import small
from tests.delivery.editions import published

MEN = "victims.identified.men"
PARTS, HIDDEN = "{women: 60, men: 20}", "{women: 60, men: {value: 20, confidentiality: C}}"


def hide(workspace: Workspace) -> None:
    file = workspace.root / small.YEAR
    file.write_text(file.read_text().replace(PARTS, HIDDEN))


def test_what_a_published_edition_printed_is_out(tmp_path):
    workspace = Workspace(small.write(tmp_path, small.FINAL))
    published(workspace)
    hide(workspace)
    editions = audited_editions(workspace, workspace.snapshot(), "XX", 2020)
    assert [True, False] == [each.has_left for each in editions]
    (told,) = audit(editions).exposed
    assert (MEN, Leak.OUT, 20) == (told.figure, told.way, told.lowest)


def test_the_edition_is_as_the_public_may_see_it_and_its_holder_knows_the_truth(tmp_path):
    workspace = Workspace(small.write(tmp_path, small.FINAL))
    hide(workspace)
    sources = workspace.snapshot()
    (now,) = audited_editions(workspace, sources, "XX", 2020)
    assert (None, True) == (now.known.index[MEN, 2020].value, withholds([now]))
    truth = withheld_truth(sources, "XX", 2020, now.known)
    assert {(MEN, 2020): 20} == {key: seen.value for key, seen in truth.items()}


def test_its_public_files_and_comparisons_are_read_and_no_others(tmp_path):
    workspace = Workspace(small.write(tmp_path, small.FINAL))
    build = workspace.output
    names = (
        "XX/2020/XX-2020-en.pdf",
        "XX/compare-2019-2020/XX-compare-2019-2020-en.html",
        "compare-XX-YY-2020/a-en.html",
    )
    others = ("XX/2020/XX-2020-restricted-en.pdf", "XX/2020/draft/XX-2020-en.pdf", "compare-YY-ZZ-2020/b-en.html")
    for name in (*names, *others):
        (build / name).parent.mkdir(parents=True, exist_ok=True)
        (build / name).write_bytes(b"")
    (now,) = audited_editions(workspace, workspace.snapshot(), "XX", 2020)
    assert {name.rpartition("/")[2] for name in names} == now.files.keys()
