"""The site is hosted as the administrator's guide says, on a real nginx: headers, caching, compression, 404 per language."""

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from handbook.hosting import compress, write_headers

HELP = "nginx is not on this machine: apt-get install nginx-light."
PAGES = {
    "index.html": "<!doctype html><html lang=nl><title>Thuis</title>" + "<p>Tekst</p>" * 50,
    "en/index.html": "<!doctype html><html lang=en><title>Home</title>",
    "sub/index.html": "<!doctype html><title>Sub</title>",
    "404.html": "<!doctype html><html lang=nl><title>Niet gevonden</title>",
    "en/404.html": "<!doctype html><html lang=en><title>Not found</title>",
    "assets/main.1234abcd.min.css": "body{}",
    "assets/handbook.css": "body{}",
    "data/timeline.nl.ics": "BEGIN:VCALENDAR",
    ".well-known/security.txt": "Contact: mailto:x@example.org",
    ".git/config": "secret",
}


@pytest.fixture(scope="module")
def host(root, tmp_path_factory):
    if shutil.which("nginx") is None:
        pytest.fail(HELP) if os.environ.get("CI") else pytest.skip(HELP)
    folder = tmp_path_factory.mktemp("nginx")
    for name, text in PAGES.items():
        (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / name).write_text(text, "utf-8")
    compress(folder / "site")
    write_headers(root / "deploy/headers.conf", folder / "site")
    port = _free_port()
    conf = (root / "deploy/handbook.conf").read_text("utf-8").replace("8080", str(port)).replace("[::]", "[::1]")
    conf = conf.replace(f"listen {port}", f"listen 127.0.0.1:{port}").replace("/srv/handbook", str(folder / "site"))
    (folder / "handbook.conf").write_text(conf, "utf-8")
    shutil.copy(root / "deploy/headers.conf", folder / "headers.conf")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"{'user root;' if os.getuid() == 0 else ''} daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; {temporary} include {folder}/handbook.conf; }}\n",
        "utf-8",
    )
    server = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], stderr=subprocess.PIPE)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        assert server.poll() is None, server.stderr.read().decode()
        time.sleep(0.05)
    yield port
    server.terminate()
    server.wait(10)
    server.stderr.close()


def get(port, path, host="127.0.0.1", method="GET", **headers):
    connection = http.client.HTTPConnection(host, port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_every_answer_carries_every_header(host, root, subtests):
    pairs = re.findall(r'^add_header (\S+) "(.*)" always;$', (root / "deploy/headers.conf").read_text("utf-8"), re.M)
    assert len(pairs) >= 7
    for path in ("/", "/en/", "/assets/handbook.css", "/nowhere/", "/.git/config"):
        with subtests.test(path):
            answer, _ = get(host, path)
            assert {name: answer.getheader(name) for name, _ in pairs} == dict(pairs)


def test_the_policy_allows_nothing_inline(host):
    policy = get(host, "/")[0].getheader("Content-Security-Policy")
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none';")


@pytest.mark.parametrize(
    ("path", "title"), [("/nowhere/", "Niet gevonden"), ("/en/nowhere/", "Not found"), ("/sub/nowhere.html", "Niet gevonden")]
)
def test_a_missing_page_answers_in_its_language(host, path, title):
    answer, body = get(host, path)
    assert answer.status == 404
    assert title in body.decode()


def test_hashed_files_stay_and_pages_are_asked_again(host):
    assert get(host, "/assets/main.1234abcd.min.css")[0].getheader("Cache-Control") == "public, max-age=31536000, immutable"
    assert get(host, "/assets/handbook.css")[0].getheader("Cache-Control") == "no-cache"
    assert get(host, "/")[0].getheader("Cache-Control") == "no-cache"


def test_an_unchanged_page_is_not_sent_again(host):
    tag = get(host, "/")[0].getheader("ETag")
    answer, body = get(host, "/", **{"If-None-Match": tag})
    assert (answer.status, body) == (304, b"")


def test_texts_are_sent_compressed(host):
    answer, body = get(host, "/", **{"Accept-Encoding": "gzip"})
    assert answer.getheader("Content-Encoding") == "gzip"
    assert gzip.decompress(body).decode() == PAGES["index.html"]
    assert len(body) < len(PAGES["index.html"]) / 4


def test_a_folder_redirects_once_and_stays_relative(host):
    answer, _ = get(host, "/sub")
    assert (answer.status, answer.getheader("Location")) == (301, "/sub/")


def test_it_listens_on_ipv6(host):
    try:
        assert get(host, "/", host="::1")[0].status == 200
    except OSError as error:
        pytest.skip(f"This machine has no IPv6 loopback: {error}.")


@pytest.mark.parametrize("path", ["/.git/config", "/404.html", "/en/404.html"])
def test_what_is_not_meant_to_be_seen_is_not_found(host, path):
    assert get(host, path)[0].status == 404


def test_only_reading_is_allowed(host):
    assert get(host, "/", method="POST")[0].status in (403, 405)


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/data/timeline.nl.ics", "text/calendar"), ("/.well-known/security.txt", "text/plain"), ("/assets/handbook.css", "text/css")],
)
def test_files_say_what_they_are(host, path, kind):
    assert get(host, path)[0].getheader("Content-Type").partition(";")[0] == kind


def test_the_server_does_not_tell_its_version(host):
    assert get(host, "/")[0].getheader("Server") == "nginx"


def test_static_hosts_get_the_same_headers(root, tmp_path):
    write_headers(root / "deploy/headers.conf", tmp_path)
    written = (tmp_path / "_headers").read_text("utf-8")
    for name in ("Content-Security-Policy", "Strict-Transport-Security", "Cross-Origin-Resource-Policy"):
        assert f"  {name}: " in written
    assert "$" not in written


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_guide_names_files_that_are_there(root):
    for path in re.findall(r"`(deploy/[\w.]+)`", (root / "deploy/README.md").read_text("utf-8")):
        assert (root / path).exists()
    assert Path(root / "deploy/Containerfile").exists()
