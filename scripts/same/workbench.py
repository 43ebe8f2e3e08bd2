"""Asks the workbench as a browser does: by addresses and forms, whatever the program has behind them."""

import http.client
import os
import re
import signal
import time
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

LANGUAGES = ("en", "lt")
PATIENCE = 120
# Of an answer's head, what says something of the program.
HEADERS = ("status", "content-type", "content-disposition", "location", "cache-control")
FORM = re.compile(r"<form([^>]*)>(.*?)</form>", re.S)
CONTROL = re.compile(r"<(input|textarea|select|button)\b([^>]*)>([^<]*)")
# A list of choices, and what is chosen.
SELECT = re.compile(r'<select([^>]*)>(?:(?!</select>).)*?<option value="([^"]*)" selected.*?</select>', re.S)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
# Without a chosen option, a browser sends the first one.
FIRST = re.compile(r'<select([^>]*)>\s*<option value="([^"]*)".*?</select>', re.S)
NOT_TYPED = ("checkbox", "radio", "file")
MULTIPART, BOUNDARY = "multipart/form-data; boundary=", "the-end-of-a-part"
Answer = tuple[dict[str, str], bytes]


class Workbench:
    """A running workbench, and somebody who came in by the address that it printed."""

    def __init__(self, process: int, printed: Path) -> None:
        self.process = process
        last = time.monotonic() + PATIENCE
        while not (printed.is_file() and printed.read_bytes().endswith(b"\n")) and time.monotonic() < last:
            time.sleep(0.05)
        address = urlsplit(printed.read_text())
        self.port = address.port or 0
        self.cookie, self.led = "", "/"
        head, _ = self._answer(address.path, "en")
        self.cookie = head["set-cookie"].partition(";")[0] + "; reporter-person=Rasa"
        # The files are read when this stream says so; until then every page would ask for patience.
        self._answer("/events", "en")

    def close(self) -> None:
        """End it, as Ctrl-C does."""
        os.kill(self.process, signal.SIGINT)
        os.waitpid(self.process, 0)

    def ask(self, line: str, here: Path, keep: Callable[[str, bytes], None]) -> None:
        """Ask what a line says, and keep the answers: pages in both languages, of a form the page that it leads to."""
        (method, path, *parts), fields = line.split(" ", 2), {}
        if method == "POST":
            *parts, last = parts[0].removeprefix("> ").split(" ", 1) if parts[0].startswith("> ") else parts
            fields = dict(each.split("=", 1) for each in last.split("&"))
        parts = [each.removeprefix("> ") for each in parts]
        for language in LANGUAGES if method == "GET" else LANGUAGES[:1]:
            # A dot is where the last form led.
            address = self._followed(path, parts[0], language) if parts else self.led if path == "." else path
            if method == "GET":
                head, content = self._answer(address, language)
                making = re.search(rb'data-made="([^"]+)"', content)
                if making:
                    # It comes by itself, as soon as it is made.
                    while self._answer(making[1].decode(), language)[1] == b"[]":
                        time.sleep(0.1)
                    head, content = self._answer(address, language)
            else:
                head, content = self._send_form(address, fields, here, language)
            if method == "POST" and "location" in head:
                self.led = head["location"].partition("#")[0]
                _, content = self._answer(self.led, language)
            keep(f"{language}.head", "".join(f"{each}: {head[each]}\n" for each in HEADERS if each in head).encode())
            keep(language, content)

    def _followed(self, path: str, part: str, language: str) -> str:
        """The first address on a page that has some words in it."""
        page = self._answer(path, language)[1].decode()
        found = re.search(rf'["(]((?=[/?])[^"\s)]*{re.escape(part)}[^"\s)]*)[")]', page)
        if not found:
            raise ValueError(f"{path} leads to nothing with {part}")
        address = unescape(found[1]).partition("#")[0]
        return address if address.startswith("/") else path.partition("?")[0] + address

    def _send_form(self, path: str, fields: Mapping[str, str], here: Path, language: str) -> Answer:
        """Send the form of a page that has all these fields, with what else is in it; `@FILE` sends a file."""
        form, sent = _form_of(self._answer(path, language)[1].decode(), fields)
        target = unescape(dict(ATTRIBUTE.findall(form))["action"]).partition("#")[0]
        if "multipart/" not in form:
            return self._answer(target, language, urlencode(sent).encode(), "application/x-www-form-urlencoded")
        body = b""
        for name, value in sent.items():
            file = here / value[1:] if value.startswith("@") else None
            named, content = (f'; filename="{file.name}"', file.read_bytes()) if file else ("", value.encode())
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
            body += head.encode() + content + b"\r\n"
        return self._answer(target, language, body + f"--{BOUNDARY}--\r\n".encode(), f"{MULTIPART}{BOUNDARY}")

    def _answer(self, path: str, language: str, body: bytes | None = None, kind: str = "") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": f"{self.cookie}; reporter-language={language}"}
        if kind:
            headers |= {"Sec-Fetch-Site": "same-origin", "Content-Type": kind}
        connection.request("POST" if kind else "GET", path, body, headers)
        answer = connection.getresponse()
        head = {"status": str(answer.status)} | {name.lower(): value for name, value in answer.getheaders()}
        content = b""
        if head.get("content-type", "").startswith("text/event-stream"):
            # It has no end; the first event says what there is.
            while b"\ndata:" not in content:
                content += answer.readline()
        else:
            content = answer.read()
        connection.close()
        # The port is any that is free.
        return head, content.replace(f":{self.port}".encode(), b":PORT")


def _form_of(page: str, fields: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The form of a page that has all these fields: its tag, and what a browser would send of it. An empty field stays
    as it is."""
    for form, whole in FORM.findall(page):
        content = FIRST.sub(r'<input\1 value="\2">', SELECT.sub(r'<input\1 value="\2">', whole))
        found = [(tag, dict(ATTRIBUTE.findall(each)), body) for tag, each, body in CONTROL.findall(content)]
        fixed = {each["name"]: each["value"] for _, each, _ in found if each.get("type") == "hidden"}
        names = {each.get("name") for _, each, _ in found}
        if fields.keys() <= names and all(value in ("", fixed.get(each, value)) for each, value in fields.items()):
            typed = {
                each["name"]: unescape(each.get("value") or body.removeprefix("\n"))
                for tag, each, body in found
                if tag != "button" and "name" in each and each.get("type") not in NOT_TYPED
            }
            return form, typed | {each: value for each, value in fields.items() if value}
    raise ValueError(f"no form has {', '.join(fields)}")
