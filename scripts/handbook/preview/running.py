"""Runs the preview: what is saved is shown, told and checked, in that order, until it is stopped."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from handbook.checks import check
from handbook.hosting import headers
from handbook.model import LANGUAGES
from handbook.preview.preview import Preview
from handbook.preview.server import HOME, News, Server
from handbook.preview.watching import Saved, watching

# After this many seconds without a save or a page, the search is brought up to date.
REST = 1.5
# What the host says of keeping files does not hold for a preview, nor is there a secure connection to insist on.
NOT_HERE = {"Cache-Control", "Strict-Transport-Security"}


@contextmanager
def running(root: Path, port: int, tell: Callable[[str], None]) -> Iterator[str]:
    """Serves the preview of ROOT at PORT as long as the block runs; gives its address.

    Raises BadInput for a handbook that cannot be built, PortInUse for a port that is taken."""
    # Watched from the first, so that nothing saved while the handbook is read goes unseen.
    with watching(root) as saved, tempfile.TemporaryDirectory(prefix="handbook-", ignore_cleanup_errors=True) as folder:
        news = News()
        run = _Run(saved, Preview(root, Path(folder), tell), news, tell)
        sent = [(name, value) for name, value in headers(root / "deploy").items() if name not in NOT_HERE]
        server = Server(run.preview, news, port, sent, run.asked)
        threads = [threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}), threading.Thread(target=run.follow)]
        for thread in threads:
            thread.start()
        try:
            yield f"http://{HOME}:{server.server_port}/"
        finally:
            news.close()
            server.shutdown()
            server.server_close()
            for thread in threads:
                thread.join()


class _Run:
    """One run of PREVIEW over the files that are SAVED."""

    def __init__(self, saved: Saved, preview: Preview, news: News, tell: Callable[[str], None]):
        self.preview, self._saved, self._news, self._tell = preview, saved, news, tell
        self._last = time.monotonic()

    def asked(self) -> None:
        """Takes note that a page was asked for."""
        self._last = time.monotonic()

    def follow(self) -> None:
        """Takes what is saved until the news are closed."""
        while not self._news.closed:
            names = self._saved.next(patience=0.2)
            try:
                self._turn(names)
            except Exception as error:  # A file that vanishes, a check that stumbles: the next save deserves its turn.
                self._tell(f"{', '.join(sorted(names)) or 'search'}: could not be taken ({type(error).__name__}: {error}).")

    def _turn(self, names: set[str]) -> None:
        if names:
            self._take(names)
            self._last = time.monotonic()
        elif self.preview.search.behind and time.monotonic() - self._last > REST:
            self.preview.settle()

    def _take(self, names: set[str]) -> None:
        started = time.perf_counter()
        changed = self.preview.refresh(names)
        if changed is None:
            return
        self._news.spread()
        shown = ", ".join(sorted(changed)[:3]) + (f" and {len(changed) - 3} more" if len(changed) > 3 else "")
        self._tell(f"{time.strftime('%H:%M:%S')} {shown}: shown after {time.perf_counter() - started:.2f} s")
        findings = check(replace(self.preview.book, only=frozenset(_with_mirrors(changed))))
        for finding in findings:
            self._tell(str(finding))
        self._tell(f"Checked: {len(findings) or 'nothing'} to mend.")


def _with_mirrors(changed: set[str]) -> set[str]:
    """CHANGED, and of each page the page in the other language: what a change breaks there belongs to it."""
    pages = [(name.split("/", 2)[1], name.split("/", 2)[2]) for name in changed if name.endswith(".md")]
    return changed | {f"docs/{other}/{path}" for lang, path in pages for other in LANGUAGES if other != lang}
