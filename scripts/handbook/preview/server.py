"""Serves the preview on this machine alone, under the headers of the host, and tells open pages when to load again."""

import html
import mimetypes
import os
import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from urllib.parse import unquote, urlsplit

from handbook.loading import BadInput
from handbook.model import LANGUAGES
from handbook.preview.preview import Preview

HOME = "127.0.0.1"
OWN = "/.preview/"
# Python's own list: a Windows machine may have been told that scripts are plain text.
_TYPES = mimetypes.MimeTypes()
# An open connection says something this often, so that one whose page is gone is noticed.
BREATH = 15


class News:
    """The number of what is shown now; waits for the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._start, self._count, self.closed = time.time_ns(), 0, False

    @property
    def version(self) -> str:
        return f"{self._start}-{self._count}"

    def spread(self) -> None:
        """Tells of something new."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Ends all waiting."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def wait(self, seen: str) -> bool:
        """Waits until something newer than SEEN is there, at most one breath; says whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: self.closed or self.version != seen, BREATH)


class PortInUse(Exception):
    """The port is taken; says why."""


class Server(ThreadingHTTPServer):
    """A server of PREVIEW on this machine at PORT (0: any that is free), which answers with HEADERS. Raises PortInUse."""

    daemon_threads = True
    # Elsewhere the option lets a port be used again at once; on Windows it would let two servers have one port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, preview: Preview, news: News, port: int, headers: list[tuple[str, str]], asked: Callable[[], None] = lambda: None):
        try:
            super().__init__((HOME, port), partial(_Handler, preview, news, headers, asked))
        except (OSError, OverflowError) as error:
            raise PortInUse(getattr(error, "strerror", None) or error) from None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, preview: Preview, news: News, headers: list[tuple[str, str]], asked: Callable[[], None], *arguments: object):
        self._preview, self._news, self._headers, self._asked = preview, news, headers, asked
        super().__init__(*arguments)

    def log_message(self, *arguments: object) -> None: ...

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        # A name of another site that leads here must not read what is written here.
        if self.headers.get("Host", "").rpartition(":")[0] not in (HOME, "localhost"):
            return self._answer(403, "text/plain", b"This preview is for this machine alone.\n")
        if parts.path == f"{OWN}events":
            return self._tell_news(parts.query)
        if parts.path == f"{OWN}reload.js":
            return self._answer(200, "text/javascript", files(__package__).joinpath("reload.js").read_bytes())
        self._asked()
        self._serve(unquote(parts.path).lstrip("/"))

    def _serve(self, address: str) -> None:
        if ".." in address.split("/") or "\\" in address:
            return self._answer(404, "text/plain", b"No such file.\n")
        address += "index.html" if address.endswith("/") or not address else ""
        try:
            version = self._news.version
            status, body = 200, self._preview.get(address)
            if body is None and self._preview.get(f"{address}/index.html"):
                return self._answer(301, "text/plain", b"", [("Location", f"/{address}/")])
            if body is None:
                address = next((f"{lang}/" for lang in LANGUAGES[1:] if address.startswith(f"{lang}/")), "") + "404.html"
                status, body = 404, self._preview.get(address) or b""
            kind = _TYPES.guess_type(address)[0] or "application/octet-stream"
        except BadInput as error:
            status, kind, version = 503, "text/html", self._news.version
            lines = "".join(f"<li>{html.escape(str(finding))}</li>" for finding in error.findings)
            body = f"<!doctype html><title>{status}</title><ul>{lines}</ul><body></body></html>".encode()
        if kind == "text/html":
            script = f'<script src="{OWN}reload.js" data-version="{version}"></script>'.encode()
            before, end, after = body.rpartition(b"</body>")
            body = before + script + end + after
        self._answer(status, kind, body)

    def _answer(self, status: int, kind: str, body: bytes, more: list[tuple[str, str]] | None = None) -> None:
        self.send_response(status)
        text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        own = [
            ("Content-Type", f"{kind}; charset=utf-8" if text else kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
        ]
        for name, value in [*own, *self._headers, *(more or [])]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _tell_news(self, seen: str) -> None:
        self.send_response(200)
        for name, value in (("Content-Type", "text/event-stream"), ("Cache-Control", "no-store"), ("Connection", "close"), *self._headers):
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        while not self._news.closed:
            new = self._news.wait(seen)
            if self._news.closed:
                return
            self.wfile.write(b"data: new\n\n" if new else b": still here\n\n")
            self.wfile.flush()
            if new:
                return
