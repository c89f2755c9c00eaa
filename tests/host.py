"""The site on its host: a real nginx on loopback with exactly the configuration of `deploy/`, on IPv4 and IPv6."""

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handbook.hosting import compress, write_headers

HOW_TO_GET_ONE = "nginx is not on this machine: apt-get install nginx-light."


def missing() -> bool:
    return shutil.which("nginx") is None


def lay_out(root: Path, site: Path, ready: Path) -> None:
    """Makes of SITE the folder READY, as ROOT's host has it."""
    # Linked, not copied, but for what compressing writes anew: that must not reach SITE itself.
    shutil.copytree(site, ready, copy_function=lambda old, new: shutil.copyfile(old, new) if old.endswith(".gz") else os.link(old, new))
    (ready / ".git").mkdir()
    (ready / ".git/config").write_text("what a careless copy brings along", "utf-8")
    compress(ready)
    write_headers(root / "deploy", ready)


@contextmanager
def nginx(root: Path, ready: Path, folder: Path) -> Iterator[int]:
    """Serves READY from the work FOLDER by ROOT's own configuration, with only port, address and place changed; gives the port."""
    port = _free_port()
    conf = (root / "deploy/handbook.conf").read_text("utf-8")
    own = {"listen 8080": f"listen 127.0.0.1:{port}", "listen [::]:8080": f"listen [::1]:{port}", "/srv/handbook": str(ready)}
    for here, there in own.items():
        assert here in conf
        conf = conf.replace(here, there)
    if not _has_ipv6():
        conf = conf.replace(f"listen [::1]:{port};", "")
    (folder / "handbook.conf").write_text(conf, "utf-8")
    shutil.copy(root / "deploy/headers.conf", folder / "headers.conf")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"{'user root;' if os.getuid() == 0 else ''} daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; {temporary} include {folder}/handbook.conf; }}\n",
        "utf-8",
    )
    server = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], stderr=subprocess.PIPE)
    try:
        _wait(server, port)
        yield port
    finally:
        server.terminate()
        server.wait(10)
        server.stderr.close()


def get(port: int, path: str, address: str = "127.0.0.1", method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    """One answer of the host and its body; follows nothing."""
    connection = http.client.HTTPConnection(address, port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def _wait(server: subprocess.Popen, port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, server.stderr.read().decode()
        time.sleep(0.05)
    raise AssertionError("nginx does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True
