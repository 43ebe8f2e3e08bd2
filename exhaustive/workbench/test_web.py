"""A new year in a browser: begun, filled, written, put right and looked at; its files have what a person meant."""

import re
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from exhaustive.workbench.pages.test_release import LONG, office
from reporter.exchange.send.storage import read_history
from tests import post
from tests.authority import PASSPHRASE
from tests.authority import authority as key_authority
from tests.chromium import violations
from tests.workbench.figures_bench import DAY, HELP, JUSTICE, PASTE, field, shortened
from tests.workbench.looking import opened
from tests.workbench.serving import running

VICTIMS = "/LT/2021/figures/general_situation"
SLOW = 60_000
# Twenty figures with the first one, four of them in a pasted column. The forms make 19, the total says 18.
TYPED = {
    VICTIMS: {"victims.identified.women": "19", "victims.identified.men": "6", "victims.identified.children": "2"},
    JUSTICE: {
        "investigations.opened": "18",
        "investigations.opened.criminal_activities": "6",
        "investigations.opened.sexual": "3",
        "investigations.opened.labour": "7",
        "investigations.opened.marriage": "2",
        "investigations.opened.sexual_and_begging": "1",
        "investigations.conducted": "40",
        "persons.prosecuted": ">=15",
        "persons.prosecuted.women": ":",
        "persons.prosecuted.men": "12",
        "persons.convicted": "~12",
    },
    HELP: {"assistance.projects": "0"},
}
COLUMN = ("231", "178", "53", "119", "n.d.")
FOUND = "parts of Investigations opened add up to 19, the total is 18"
MEANT = """
total: 18  # 2020: 11
criminal_activities: 6  # 2020: 4
labour: 6  # 2020: 3
sexual: 3  # 2020: 2
sexual_and_begging: 1  # 2020: 1
marriage: 2  # 2020: 1
total: 27  # 2020: 24
women: 19  # 2020: 16
men: 6  # 2020: 7
children: 2  # 2020: 1
total: at least 15  # 2020: 16
men: 12  # 2020: 15
women: missing  # 2020: 1
persons.convicted: about 12  # 2020: 17
total: 231  # 2020: 208
victims: 178  # 2020: 164
at_risk: 53  # 2020: 44
men: 119  # 2020: 113
total: 0  # 2020: 1
"""


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=True).stdout


def typed(page: Page, values: dict[str, str]) -> None:
    """Types values into their fields, and sees them written."""
    for address, value in values.items():
        field(page, address).focus()
        page.keyboard.type(value)
        page.keyboard.press("Enter")
    for address in values:
        expect(field(page, address)).to_have_class(re.compile("is-answered|is-missing"), timeout=SLOW)


def written(page: Page, address: str, words: str) -> None:
    """Rewrites a section."""
    page.goto(address)
    anew = page.get_by_role("button", name="Rewrite")
    if anew.count():
        anew.first.click()
    # That of a part which somebody may add lies hidden below.
    page.get_by_label("Text with markup").filter(visible=True).first.fill(words)
    page.get_by_role("button", name="Write this text").first.click()


def begun(page: Page, here: str, root: Path) -> None:
    """Begins 2021, and keeps in Git what that wrote."""
    page.goto(f"{here}/LT/2020")
    page.get_by_role("link", name="New year").click()
    page.get_by_role("button", name="Start the year").click()
    page.wait_for_url("**/LT/2021")
    git(root, "init", "-q")
    git(root, "add", "data")
    git(root, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "begun")


def named(page: Page, here: str) -> None:
    """The first figure asks who writes it, and is not lost for that."""
    page.goto(here + VICTIMS)
    field(page, "victims.identified").focus()
    page.keyboard.type("27")
    page.keyboard.press("Enter")
    # What is typed at once behind it waits for the name.
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your name")).to_be_focused(timeout=SLOW)
    page.keyboard.type("Ana")
    page.keyboard.press("Enter")
    expect(field(page, "victims.identified")).to_have_class("amount is-answered", timeout=SLOW)
    expect(field(page, "victims.identified")).to_have_value("27")
    expect(field(page, "victims.identified.women")).to_have_class("amount is-answered", timeout=SLOW)
    expect(field(page, "victims.identified.women")).to_have_value("5")


def filled(page: Page, here: str) -> None:
    """Types all figures, pastes a column, and mends what is found."""
    for path, values in TYPED.items():
        page.goto(here + path)
        typed(page, values)
    field(page, "assistance.persons").focus()
    page.evaluate(PASTE, "\r\n".join(COLUMN))
    page.get_by_role("button", name="Write 4 values").click()
    expect(field(page, "assistance.persons.men")).to_have_value("119", timeout=SLOW)
    expect(page.locator("#paste-write")).to_have_count(0, timeout=SLOW)
    page.goto(here + JUSTICE)
    expect(page.locator(".told")).to_contain_text([FOUND])
    expect(page.locator(".rest b").first).to_have_text("1 too many")
    typed(page, {"investigations.opened.labour": "6"})
    expect(page.locator(".told", has_text="add up to 19")).to_have_count(0, timeout=SLOW)


def accepted(page: Page, here: str) -> list[str]:
    """Accepts the first warning about a figure; the lines that were shown before they were written."""
    page.goto(f"{here}/LT/2021/findings?show=warnings")
    first = page.locator(".rows > li", has_text="figure").filter(has_text="Accept, because").first
    name = first.get_attribute("id")
    first.get_by_role("link", name="Accept, because…").click()
    page.get_by_label("Reason: English").fill("Looked up twice.")
    page.get_by_label("Reason: Lithuanian").fill("Patikrinta du kartus.")
    lines = page.locator("#accept-lines")
    expect(lines).to_contain_text("Looked up twice.", timeout=SLOW)
    expect(lines).to_contain_text("Patikrinta du kartus.", timeout=SLOW)
    shown = (lines.text_content() or "").split("\n")
    page.get_by_role("button", name="Accept and print the reason").click()
    stands = page.locator('section[aria-labelledby="accepted"]').locator(f"#{name}")
    expect(stands).to_contain_text("Looked up twice.", timeout=SLOW)
    expect(stands).to_contain_text("Accepted by Ana")
    return [each.strip() for each in shown if each.startswith(" ")]


def followed(page: Page, here: str) -> None:
    """Follows a number from the page to its field, and from there to the page."""
    page.goto(f"{here}/LT/2021/page/en")
    number = page.frame_locator("#edition").locator("#section-general_situation span[data-at]", has_text="27")
    number.first.click(timeout=SLOW)
    page.wait_for_url("**/figures/general_situation?at=victims.identified")
    expect(field(page, "victims.identified")).to_have_value("27")
    page.get_by_role("link", name="Where it is printed").click()
    expect(page.locator("h1")).to_contain_text("27")
    page.locator(".places a").first.click()
    page.wait_for_url("**/page/en#*")


def test_a_year_is_begun_filled_written_mended_and_looked_at(browser: Browser, tmp_path: Path) -> None:
    root = shortened(tmp_path)
    # The browser tells of the one answer that asks for the name.
    with running(root, today=lambda: DAY) as bench, opened(browser, bench, refused=422) as page:
        here = bench.origin
        begun(page, here, root)
        named(page, here)
        filled(page, here)
        written(page, f"{here}/LT/2021/text/en/victims", "Officers met {{ victims.identified }} victims.")
        expect(page.locator(".printed").first).to_have_text("Officers met 27 victims.", timeout=SLOW)
        written(page, f"{here}/LT/2021/text/lt/recommendations", "Skaitykite.")
        expect(page.locator(".printed > p").first).to_have_text("Skaitykite.", timeout=SLOW)
        followed(page, here)
        answered = accepted(page, here)

    changed = git(root, "diff", "-U0", "--", "data/LT/2021.yaml").splitlines()
    gone, come = ([each[1:].strip() for each in changed if re.match(rf"{re.escape(sign)} ", each)] for sign in "-+")
    assert "investigations.conducted: 40" in come
    come.remove("investigations.conducted: 40")
    first = come.index(answered[0])
    assert answered == come[first : first + len(answered)]
    del come[first : first + len(answered)]
    assert MEANT.strip().splitlines() == come
    assert [re.sub(r": .*  #", ": unanswered  #", each) for each in come] == gone
    assert sorted(git(root, "diff", "--name-only", "--", "data").split()) == [
        "data/LT/2021.yaml",
        "data/LT/text/en/2021.md",
        "data/LT/text/lt/2021.md",
    ]


# What is answered in the small year. One part is mistyped; that so few victims were identified is true all the same.
SMALL = {
    "general_situation": {"victims.identified": "20", "victims.identified.women": "15", "victims.identified.men": "5"},
    "justice": {
        "investigations.opened": "13",
        "investigations.opened.sexual": "4",
        "investigations.opened.labour": "8",
    },
}
WHY = "As reported: one large case of 2020 was closed."


def sourced(page: Page, here: str) -> None:
    """Says where the figures of the new year come from."""
    page.goto(f"{here}/XX/2021")
    page.get_by_role("link", name="source to name").click()
    page.locator("#f-source").select_option("police")
    with page.expect_navigation():
        page.get_by_role("button", name="Write the changes").click()
    page.goto(f"{here}/XX/2021")
    expect(page.locator("main")).not_to_contain_text("source to name", timeout=SLOW)


def decided(page: Page, here: str) -> None:
    """Mends what is mistyped, writes the text anew, and accepts what is true all the same."""
    expect(page.locator(".told")).to_contain_text(["the total is 13"])
    typed(page, {"investigations.opened.sexual": "5"})
    expect(page.locator(".told", has_text="the total is 13")).to_have_count(0, timeout=SLOW)
    words = "In {{ year }}, the police opened {{ investigations.opened }} investigations."
    written(page, f"{here}/XX/2021/text/en/general_situation", words)
    expect(page.locator(".printed").first).to_contain_text("the police opened 13", timeout=SLOW)
    page.goto(f"{here}/XX/2021/findings")
    page.get_by_role("link", name="Accept, because").or_(
        page.get_by_role("button", name="Accept, because")
    ).first.click()
    page.get_by_label("English").fill(WHY)
    page.get_by_role("button", name="Accept").last.click()
    expect(page.locator("main")).to_contain_text(WHY, timeout=SLOW)


def taken(page: Page, step: str, **typed: str) -> None:
    """Opens the card of a step by its button, types what it asks for, presses, and waits until the step is done."""
    if not page.locator(f"#{step} .card").count():
        page.locator(f"#{step} .ask .button").click()
    expect(page.locator(f"#{step} .card")).to_be_visible()
    for name, value in typed.items():
        page.locator(f"#{name}").fill(value)
    page.locator(f"#{step} .card .button.main").click()
    expect(page.locator(f"#{step}")).to_have_class(re.compile("is-done"), timeout=LONG)


def signed(page: Page, key: str) -> None:
    """Signs the package with a key in a file; first the passphrase is mistyped."""
    page.locator("#sign .ask .button").click()
    for typed in (f"{PASSPHRASE}x", PASSPHRASE):
        page.get_by_label("Key file").set_input_files(key)
        page.get_by_label("Passphrase of the key").fill(typed)
        page.locator("#sign .card .button.main").click()
        if typed != PASSPHRASE:
            expect(page.locator("#running")).to_contain_text("does not open with this passphrase", timeout=LONG)
            expect(page.get_by_label("Passphrase of the key")).to_have_value("")
    expect(page.locator("#sign")).to_have_class(re.compile("is-done"), timeout=LONG)


def receipt_filed(page: Page, root: Path) -> None:
    """Files the answer that the recipient wrote to the message sent last."""
    item = read_history(root / "submission")[-1]
    answer = f"From: {item.address}\r\nIn-Reply-To: {item.identity}\r\n\r\nThank you.\r\n"
    page.locator("#receipt .ask .button").click()
    page.get_by_label("Receipt or answer, as a file").set_input_files(
        {"name": "answer.eml", "mimeType": "message/rfc822", "buffer": answer.encode()}
    )
    taken(page, "receipt")


def compared(page: Page, here: str) -> None:
    """Lays the year beside the one before."""
    page.goto(f"{here}/XX/compare?sides=2020,2021&lang=en")
    expect(page.frame_locator("#edition").locator("h1").first).to_contain_text("2020 and 2021", timeout=SLOW)


def test_a_whole_year_is_lived_without_a_terminal(browser: Browser, tmp_path: Path) -> None:
    authority = post.authority(tmp_path / "ca")
    with (
        key_authority(tmp_path / "ca") as keys,
        post.Running(authority.context, log_in=True) as server,
        running(office(tmp_path, server), today=lambda: DAY) as bench,
        opened(browser, bench) as page,
    ):
        here = bench.origin
        page.context.add_cookies([{"name": "reporter-person", "value": "Ana", "url": here}])
        page.goto(f"{here}/XX/2020")
        page.get_by_role("link", name="New year").click()
        page.get_by_role("button", name="Start the year").click()
        page.wait_for_url("**/XX/2021")
        sourced(page, here)
        for chapter, values in SMALL.items():
            page.goto(f"{here}/XX/2021/figures/{chapter}")
            typed(page, values)
        decided(page, here)
        compared(page, here)
        page.goto(f"{here}/XX/2021")
        page.get_by_role("link", name="To the Commission").last.click()
        page.goto(f"{here}/XX/2021/release?to=commission")
        for step in ("final", "publish", "package"):
            taken(page, step)
        signed(page, keys.key())
        taken(page, "send", passphrase=post.PASSWORD)
        receipt_filed(page, tmp_path)
        assert [] == violations(page)
        assert 1 == len(server.got)
    (item,) = read_history(tmp_path / "submission")
    assert ("sent", "XX-2021-commission-signed.zip", 1) == (item.state, item.package, len(item.receipts))
