"""Nothing that leaves for the public depends on what is withheld from it."""

from tests.withhold.leaving import NOTE, leaving, write

# Each of six withheld values in two workspaces that are alike for everybody else.
ONE, OTHER = (1, 71_003, 71_005, 3, 71_009, 71_011), (4, 72_003, 72_005, 7, 72_009, 72_011)


def test_two_workspaces_that_differ_in_withheld_values_alone_are_the_same_to_the_public(called, tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path / "one", ONE))
    made = leaving(called)
    monkeypatch.chdir(write(tmp_path / "other", OTHER, f"OTHER-{NOTE}"))
    again = leaving(called)
    assert made.keys() == again.keys()
    assert [] == [name for name, content in made.items() if content != again[name]]
    assert [] == [name for name, content in made.items() if NOTE.encode() in content or b"71_0" in content]
