"""Recipients in reporter.yaml: a mistake is told with its line."""

import pytest

from reporter.errors import Mark
from reporter.load.catalogue import read_settings
from tests import post
from tests.snapshots import snapshot


@pytest.fixture
def office(tmp_path):
    """A workspace whose mail server does not exist."""
    folder = post.workspace(tmp_path, post.Server(port=1))
    text = (folder / "reporter.yaml").read_text()
    (folder / "reporter.yaml").write_text(text.replace("  authority: ca/ca.pem\n", ""))
    return folder


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("host: localhost", "host: a b"), "4:9: error: host: 'a b' is not the name of a server"),
        (("port: 1", "port: 70000"), "5:9: error: port: there is no port 70000"),
        (("security: starttls", "security: none"), "6:13: error: security: 'none' cannot stand here"),
        (('user: ""', "password: x"), "a password does not belong in a file"),
        (("from: rapporteur@ministry.internal", "from: rapporteur"), "7:9: error: from: 'rapporteur' is not a mail"),
        (("from: rapporteur@ministry.internal", 'from: "a@b.c\\nBcc: d@e.f"'), "is not a mail address"),
        (("size_limit: 20", "size_limit: 20 MB"), "size_limit: '20 MB' is not a number of megabytes"),
        (
            ("for {year}, file", "for {yaer}, file"),
            "a text cannot name {yaer} [wrong-type]\n  hint: did you mean 'year'?",
        ),
        (("channel: email", "channel: fax"), "channel: 'fax' cannot stand here"),
        (
            ("    address: unit@commission.internal\n", ""),
            "15:3: error: commission: channel email needs a key 'address'",
        ),
        (("folder: edamis", "address: a@b.internal"), "eurostat: channel folder needs a key 'folder'"),
        (("folder: edamis", "folder: edamis, address: a@b.internal"), "eurostat: channel folder goes to no address"),
        (("language: en\n    gets", "language: fr\n    gets"), "commission: 'fr' is not among the languages of the"),
        (("salutation: {en: ", "salutation: {lt: "), "salutation: commission is written to in en, and there is no sal"),
        (
            (
                "    language: en\n    gets: [pdf, csv]\n    audience: public\n    name: {en: C",
                "    language: lt\n    gets: [pdf]\n    audience: public\n    name: {lt: C",
            ),
            "13:5: error: text: commission is written to in lt, and there is no text in it",
        ),
        (("gets: [pdf, csv]", "gets: []"), "error: commission: gets nothing [wrong-type]\n  hint: write gets: [pdf]"),
        (("gets: [pdf, csv]", "gets: [pdf, cvs]"), "did you mean 'csv'?"),
        (("    gets: [pdf, csv]\n", ""), "key 'gets' is missing"),
        (
            ("    audience: public\n", ""),
            "key 'audience' is missing [missing-key]\n  hint: add a line such as audience: public",
        ),
        (("    audience: public\n", "    audience: public\n    public: true\n"), "unknown key 'public'"),
        (("audience: public", "audience: secret"), "audience: 'secret' cannot stand here"),
        (("    name: {en: Coordinator}", "    nam: {en: Coordinator}"), "unknown key 'nam'"),
    ],
)
def test_a_mistake_in_reporter_yaml_is_told_with_its_line(office, change, said):
    text = (office / "reporter.yaml").read_text()
    assert change[0] in text
    (office / "reporter.yaml").write_text(text.replace(*change, 1))
    _, tree = read_settings(snapshot(office))
    assert any(said in str(each) for each in tree.findings), [str(each) for each in tree.findings]
    assert all(each.mark.path == "reporter.yaml" for each in tree.findings)


def test_a_recipient_by_mail_needs_a_mail_server(office):
    text = (office / "reporter.yaml").read_text()
    start, end = text.index("mail:\n"), text.index("recipients:")
    (office / "reporter.yaml").write_text(text[:start] + text[end:])
    _, tree = read_settings(snapshot(office))
    assert "commission gets mail, and no mail server is written down" == tree.findings[0].message
    assert Mark("reporter.yaml", 4, 3) == tree.findings[0].mark
