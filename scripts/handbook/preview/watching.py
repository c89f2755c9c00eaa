"""Tells of saved files, once for a burst of them."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

# An editor writes a file in several steps; this long a silence means that it is done.
SILENCE = 0.05
FOLDERS, FILES = ("docs", "overrides"), ("mkdocs.yml",)


class Saved(FileSystemEventHandler):
    """The files below ROOT that were saved, gathered until they are asked for."""

    def __init__(self, root: Path):
        self._root, self._names = root, queue.SimpleQueue()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if (event.is_directory and event.event_type == "modified") or event.event_type in ("opened", "closed_no_write"):
            return
        for place in (event.src_path, event.dest_path):
            path = Path(str(place)) if place else self._root
            if path.is_relative_to(self._root):
                shown = path.relative_to(self._root).as_posix()
                if shown in FILES or shown.startswith(tuple(f"{folder}/" for folder in FOLDERS)):
                    self._names.put(shown)

    def next(self, patience: float) -> set[str]:
        """The names of the files of the next burst, from the root; empty if none is saved within PATIENCE seconds."""
        found: set[str] = set()
        try:
            found.add(self._names.get(timeout=patience))
            while True:
                found.add(self._names.get(timeout=SILENCE))
        except queue.Empty:
            return found


@contextmanager
def watching(root: Path) -> Iterator[Saved]:
    """Watches the sources below ROOT as long as the block runs."""
    saved = Saved(root)
    try:
        observer = _started(Observer(), saved, root)
    except OSError:  # The system has no more watches to give; looking every half second needs none.
        observer = _started(PollingObserver(0.5), saved, root)
    try:
        yield saved
    finally:
        observer.stop()
        observer.join()


def _started(observer: BaseObserver, saved: Saved, root: Path) -> BaseObserver:
    for folder in FOLDERS:
        if (root / folder).is_dir():
            observer.schedule(saved, str(root / folder), recursive=True)
    observer.schedule(saved, str(root), recursive=False)
    observer.start()
    return observer
