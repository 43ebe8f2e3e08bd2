"""Nothing that leaves depends on what is withheld: laid out, packed, audited."""

import random

from tests import agencies
from tests.withhold.leaving import COMMANDS, NOTE, leaving, write

EVERYTHING = (
    ("build", "XX", 2020, "--format", "pdf,docx"),
    *COMMANDS[1:],
    ("package", "XX", 2020, "--to", "office"),
    ("audit", "XX", 2020),
)


def numbers(seed: int) -> tuple[int, ...]:
    """Six values to withhold: two of 0 to 20, small and large ones."""
    chance = random.Random(seed)
    few, any_number = (lambda: chance.randint(0, 20)), (lambda: chance.choice((0, 3, chance.randint(71_000, 71_999))))
    return few(), any_number(), any_number(), few(), any_number(), any_number()


def test_every_file_is_the_same_whatever_is_withheld(called, tmp_path, monkeypatch):
    made = []
    for place, note in enumerate((NOTE, f"OTHER-{NOTE}")):
        monkeypatch.chdir(write(tmp_path / str(place), numbers(place), note))
        made.append(leaving(called, EVERYTHING))
    one, other = made
    assert one.keys() == other.keys()
    assert [] == [name for name, content in one.items() if content != other[name]]
    assert [] == [name for name, content in one.items() if NOTE.encode() in content]


def test_what_goes_back_to_an_agency_tells_nothing_of_what_others_counted(called, tmp_path, monkeypatch):
    made: list[dict[str, bytes]] = []
    # Its total is not what the parts of others make, and a sum of it may betray what is withheld.
    said = {"victims.identified": 79, "victims.identified.children": 60, "investigations.opened": 500}
    filled = b""
    for place, note in enumerate((NOTE, f"OTHER-{NOTE}")):
        root = write(tmp_path / str(place), numbers(place), note)
        monkeypatch.chdir(root)
        leaving(called, (("agencies", "ask", "XX", 2020, "--to", "police", "-q"),))
        form = (root / "build/XX/forms/XX-2020-police.xlsx").read_bytes()
        filled = filled or agencies.filled(
            form, {agencies.places(form)[figure]: value for figure, value in said.items()}
        )
        (root / "police.xlsx").write_bytes(filled)
        leaving(called, (("agencies", "receive", "police.xlsx", "--day", "2021-03-03", "-q"),))
        made.append({name: text for name, text in leaving(called, ()).items() if "/forms/" in name})
    one, other = made
    assert {"build/XX/forms/XX-2020-police-comments.xlsx", "build/XX/forms/XX-2020-police-comments.eml"} < one.keys()
    assert one.keys() == other.keys()
    assert [] == [name for name, content in one.items() if content != other[name]]
