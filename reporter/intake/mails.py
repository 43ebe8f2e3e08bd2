"""Mails to agencies, as drafts that a person opens, reads and sends."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from reporter.document.questionnaire import Questionnaire
from reporter.files.checksum import checksum
from reporter.i18n import N_, Locale

# Outlook opens such a file as a draft; other programs show it with a button to edit it as new.
UNSENT = "X-Unsent"
SHEET = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
ASKING = N_(
    "Please fill in the attached workbook with your figures of {year} and send it back by {day}. Its first sheet says "
    "how. An empty cell is not a zero: write 0 where there were none."
)
REMINDING = N_(
    "On {asked} we asked you for your figures of {year}. They are due on {day}, and have not arrived yet. The workbook "
    "is attached once more."
)
LACKING = N_(
    "Thank you for your figures of {year}. Some cells are still open or do not add up: in the attached copy they are "
    "marked, each with a comment. Please correct them and send the workbook back."
)


def agency_mail(
    asked: Questionnaire, words: str, attached: bytes, locale: Locale, sender: str, when: datetime, since: str = ""
) -> bytes:
    """Write a draft to an agency with a workbook attached. `words` is one of the texts above; `since` is the day on
    which it was asked, in ISO form."""
    agency, year = asked.agency, asked.year
    mail = EmailMessage(policy=SMTP)
    if sender:
        mail["From"] = sender
    if agency.address:
        mail["To"] = Address(agency.name.text(locale.language), addr_spec=agency.address)
    mail["Subject"] = locale.text("Figures of {year}: {agency}", year=year, agency=agency.name.text(locale.language))
    mail["Date"] = format_datetime(when)
    mail[UNSENT] = "1"
    values = {"year": year, "day": locale.date(agency.due_on(year)), "asked": locale.date(since) if since else ""}
    mail.set_content(f"{locale.text(words, **values)}\n\n{asked.asked_by}\n")
    mail.add_attachment(attached, maintype=SHEET[0], subtype=SHEET[1], filename=f"{asked.name}.xlsx")
    mail.set_boundary(f"=_{checksum(attached)[:32]}")
    return mail.as_bytes()
