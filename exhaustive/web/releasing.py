"""The release half of a year in the browser: final, published, packed, signed, sent, and the receipt filed."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from reporter.submission.history import read_history

# A step makes and judges every file of an edition.
LONG = 600_000


def release_page(page: Page, here: str, edition: str, to: str = "") -> None:
    """Opens To the Commission of an edition, such as LT/2021, for a recipient."""
    page.goto(f"{here}/{edition}/release{to and f'?to={to}'}")


def opened_card(page: Page, step: str) -> None:
    """Opens the card of a step by its button, which ends in an ellipsis."""
    page.locator(f"#{step} .ask .button").click()
    expect(page.locator(f"#{step} .card")).to_be_visible()


def taken(page: Page, step: str) -> None:
    """Presses the button in the card of a step, and waits until the step is done."""
    page.locator(f"#{step} .card .button.main").click()
    expect(page.locator(f"#{step}")).to_have_class(re.compile("is-done"), timeout=LONG)


def made_final(page: Page) -> None:
    """Writes that the figures are final."""
    opened_card(page, "final")
    taken(page, "final")


def published(page: Page) -> None:
    """Publishes number 0."""
    opened_card(page, "publish")
    taken(page, "publish")


def packaged(page: Page) -> None:
    """Packs the edition for the recipient whose page is open."""
    opened_card(page, "package")
    taken(page, "package")


def signed(page: Page, key: Path, passphrase: str) -> None:
    """Signs the package with a key in a file; first the passphrase is mistyped."""
    for typed in (f"{passphrase}x", passphrase):
        if not page.locator("#sign .card").count():
            opened_card(page, "sign")
        page.get_by_label("File of the key").set_input_files(key)
        page.get_by_label("Passphrase of the key").fill(typed)
        if typed == passphrase:
            taken(page, "sign")
        else:
            page.locator("#sign .card .button.main").click()
            expect(page.locator("#running")).to_contain_text("does not open with this passphrase", timeout=LONG)
            expect(page.get_by_label("Passphrase of the key")).to_have_value("")


def sent(page: Page, password: str = "") -> None:
    """Looks at the message, and sends it. With the password of the mail server, where it asks for one."""
    opened_card(page, "send")
    expect(page.locator("#send .facts")).to_contain_text("To whom")
    if password:
        page.locator("#passphrase").fill(password)
    taken(page, "send")


def receipt_filed(page: Page, root: Path) -> None:
    """Files the answer that the recipient wrote to the message sent last."""
    item = read_history(root / "submission").items[-1]
    answer = f"From: {item.address}\r\nIn-Reply-To: {item.identity}\r\n\r\nThank you.\r\n"
    opened_card(page, "receipt")
    page.get_by_label("The file that came back").set_input_files(
        {"name": "answer.eml", "mimeType": "message/rfc822", "buffer": answer.encode()}
    )
    taken(page, "receipt")


def released(page: Page, root: Path, key: Path, passphrase: str, password: str = "") -> None:
    """Takes all steps, one after another, on the page of one recipient."""
    made_final(page)
    published(page)
    packaged(page)
    signed(page, key, passphrase)
    sent(page, password)
    receipt_filed(page, root)
