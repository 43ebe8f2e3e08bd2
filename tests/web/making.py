"""What is made in a process of its own, waited for; and what a page says without its marks."""

import re
from html import unescape
from time import monotonic, sleep

from tests.web.serving import Answer, Asker


def until_made(asker: Asker, path: str) -> Answer:
    """What comes when the page that waits is asked again."""
    last = monotonic() + 120
    answer = asker.get(path)
    while b"The pages are being laid out" in answer.body and monotonic() < last:
        sleep(0.2)
        answer = asker.get(path)
    return answer


def words(html: str) -> str:
    """What a page says, without its marks."""
    plain = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]*>", " ", html, flags=re.S)
    return " ".join(unescape(plain).replace("\u00a0", " ").split())
