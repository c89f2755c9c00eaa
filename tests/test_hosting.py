"""The site is hosted as the administrator's guide says, on a real nginx: headers, caching, compression, 404 per language."""

import gzip
import hashlib
import json
import re
import shlex
import subprocess
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import browser
import host
import pytest
import yaml
from click.testing import CliRunner
from handbook.cli import main
from handbook.hosting import headers, write_headers
from host import get

# What every answer must carry, word for word: the assignment's policy and the headers beside it.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
BESIDE = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FORBIDDEN = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
# The rest of what Debian's nginx.conf sets of files.
DEBIAN = "events {}\nhttp {\n\taccess_log /var/log/nginx/access.log;\n\tinclude /etc/nginx/mime.types;\n}\n"
# An answer of each kind: a page of each language, files, a redirect, what is missing, what is forbidden, what has not changed.
ANSWERS = ("/", "/en/", "/glossary/", "/assets/handbook.css", "/data/timeline.nl.ics", "/glossary", "/nowhere/", "/.git/config")


@pytest.fixture(scope="module")
def port(hosted):
    if hosted is None:
        browser.without(host.HOW_TO_GET_ONE, "The tests of the host")
    return hosted


def directives(policy: str) -> dict[str, str]:
    return dict(one.strip().partition(" ")[::2] for one in policy.split(";"))


def test_every_answer_carries_every_header(port, subtests):
    tag = get(port, "/")[0].getheader("ETag")
    answers = {path: get(port, path)[0] for path in ANSWERS}
    answers |= {"unchanged": get(port, "/", **{"If-None-Match": tag})[0], "refused": get(port, "/", method="POST")[0]}
    assert [answers[one].status for one in (*ANSWERS, "unchanged", "refused")] == [200, 200, 200, 200, 200, 301, 404, 404, 304, 403]
    for name, answer in answers.items():
        with subtests.test(name):
            assert directives(answer.getheader("Content-Security-Policy")) == POLICY
            assert {one: answer.getheader(one) for one in BESIDE} == BESIDE
            assert [one for one in FORBIDDEN if f"{one}=()" not in answer.getheader("Permissions-Policy")] == []
            assert answer.getheader("Server") == "nginx"
            assert answer.getheader("Set-Cookie") is None


def test_static_hosts_get_the_same_headers_as_nginx_sends(port, root, tmp_path):
    write_headers(root / "deploy", tmp_path)
    lines = (tmp_path / "_headers").read_text("utf-8").splitlines()
    written = dict(line.strip().partition(": ")[::2] for line in lines[1:])
    sent = get(port, "/")[0]
    own = {"Server", "Date", "Content-Type", "Content-Length", "Last-Modified", "Connection", "ETag", "Accept-Ranges", "Vary"}
    assert lines[0] == "/*"
    assert written == {name: value for name, value in sent.getheaders() if name not in own}


def test_the_headers_have_one_place(root):
    assert headers(root / "deploy").keys() == {"Content-Security-Policy", "Permissions-Policy", "Cache-Control"} | BESIDE.keys()
    assert "add_header" not in (root / "deploy/handbook.conf").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "lang"),
    [
        ("/nowhere/", "nl"),
        ("/en/nowhere/", "en"),
        ("/glossary/nowhere.html", "nl"),
        ("/en/nowhere.css", "en"),
        # Folders that hold files and no page.
        ("/data/", "nl"),
        ("/assets/", "nl"),
        ("/.well-known/", "nl"),
        ("/downloads/", "nl"),
    ],
)
def test_a_missing_page_answers_in_its_language(port, path, lang):
    answer, body = get(port, path)
    assert answer.status == 404
    assert f'<html lang="{lang}"' in body.decode()


def test_hashed_files_stay_and_all_else_is_asked_again(port, site, subtests):
    kept = re.compile(r"[.-][0-9a-f]{8,}(\.min)?\.(css|js)$")
    hashed = [path.relative_to(site.root).as_posix() for path in site.root.rglob("*") if kept.search(path.name)]
    assert len(hashed) >= 4
    for path in hashed:
        with subtests.test(path):
            assert get(port, f"/{path}")[0].getheader("Cache-Control") == "public, max-age=31536000, immutable"
    for path in ("/", "/assets/handbook.css", "/data/timeline.nl.ics"):
        with subtests.test(path):
            assert get(port, path)[0].getheader("Cache-Control") == "no-cache"


def test_style_sheets_and_scripts_are_asked_for_by_their_version_and_stay(port, site, subtests):
    """All that pages load; the version is the sum of what the file holds, and without it, or where it is missing, nothing stays."""
    named = {
        urljoin(path, url) for path, page in site.pages.items() for url in page.xpath("//link[@rel='stylesheet']/@href | //script/@src")
    }
    own = [url for url in named if not urlsplit(url).query]
    assert [url for url in own if not re.search(r"[.-][0-9a-f]{8,}(\.min)?\.(css|js)$", url)] == []
    told = sorted(named - set(own))
    assert len(told) > 8
    for url in told:
        with subtests.test(url):
            answer, body = get(port, url)
            assert hashlib.sha256(body).hexdigest().startswith(urlsplit(url).query.removeprefix("v="))
            assert answer.getheader("Cache-Control") == "public, max-age=31536000, immutable"
    for url in ("/assets/missing.css?v=0123456789ab", "/?v=0123456789ab", "/assets/handbook.css?w=0123456789ab"):
        with subtests.test(url):
            assert get(port, url)[0].getheader("Cache-Control") == "no-cache"


def test_an_unchanged_file_is_not_sent_again(port, subtests):
    for path in ("/", "/assets/handbook.css"):
        first = get(port, path, **{"Accept-Encoding": "gzip"})[0]
        for asked in ({"If-None-Match": first.getheader("ETag")}, {"If-Modified-Since": first.getheader("Last-Modified")}):
            with subtests.test(f"{path} {next(iter(asked))}"):
                answer, body = get(port, path, **{"Accept-Encoding": "gzip"}, **asked)
                assert (answer.status, body) == (304, b"")


def test_every_page_is_sent_compressed_and_whole(port, site):
    plain = sent = 0
    for path in site.pages:
        if not path.endswith("404.html"):
            answer, body = get(port, path, **{"Accept-Encoding": "gzip"})
            assert (answer.status, answer.getheader("Content-Encoding"), answer.getheader("Vary")) == (200, "gzip", "Accept-Encoding"), path
            text = gzip.decompress(body)
            assert text == (site.root / path.strip("/") / "index.html").read_bytes(), path
            plain, sent = plain + len(text), sent + len(body)
    assert sent < plain / 3


def test_every_folder_redirects_once_to_itself(port, site):
    for path in site.pages:
        if path.endswith("/") and path != "/":
            answer, _ = get(port, path.rstrip("/"))
            assert (answer.status, answer.getheader("Location")) == (301, path)
            assert get(port, answer.getheader("Location"))[0].status == 200


def test_it_listens_on_ipv6(port):
    try:
        assert get(port, "/", address="::1")[0].status == 200
    except OSError as error:
        pytest.skip(f"This machine has no IPv6 loopback: {error}.")


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.well-known/../mkdocs.yml",
        "/404.html",
        "/en/404.html",
        "/%2e%2e/mkdocs.yml",
        "/_headers",
        "/_redirects",
    ],
)
def test_what_is_not_meant_to_be_seen_is_not_found(port, path):
    assert get(port, path)[0].status in (400, 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_only_reading_is_allowed(port, method):
    assert get(port, "/", method=method)[0].status in (403, 405)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/data/timeline.nl.ics", "text/calendar"),
        ("/.well-known/security.txt", "text/plain"),
        ("/assets/handbook.css", "text/css"),
        ("/sitemap.xml", "text/xml"),
        ("/sitemap.xml.gz", "application/gzip"),
    ],
)
def test_files_say_what_they_are(port, path, kind):
    answer, _ = get(port, path)
    assert (answer.status, answer.getheader("Content-Type").partition(";")[0]) == (200, kind)


@pytest.fixture
def example(tmp_path) -> Path:
    """A folder to deploy from, whose addresses are somebody's own."""
    for name, text in {
        "mkdocs.yml": "site_name: X\nsite_url: https://industriebeleid.org/\n",
        "docs/data/site.yml": "# like a@b.example\nsecurity:\n  contact: mailto:a@industriebeleid.org\n",
        "site/index.html": "<p>Text</p>" * 50,
        "deploy/headers.conf": 'add_header X-One "1" always;\n',
        "deploy/handbook.conf": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(("name", "line"), [("mkdocs.yml", 2), ("docs/data/site.yml", 3)])
def test_an_example_address_is_never_deployed(example, name, line):
    path = example / name
    path.write_text(path.read_text("utf-8").replace("industriebeleid.org", "handboek.example"), "utf-8")
    result = CliRunner().invoke(main, ["deploy", "--root", str(example), str(example / "site")])
    assert result.output == f"{name}:{line}: The address must be your own, not an example. Set it and build again. [example-address]\n"
    assert result.exit_code == 1
    assert [one.name for one in (example / "site").iterdir()] == ["index.html"]


def test_a_site_with_its_own_addresses_is_made_ready(example):
    result = CliRunner().invoke(main, ["deploy", "--root", str(example), str(example / "site")])
    assert (result.output, result.exit_code) == ("1 files compressed\n", 0)
    assert sorted(one.name for one in (example / "site").iterdir()) == ["_headers", "_redirects", "index.html", "index.html.gz"]


@pytest.mark.skipif(host.missing(), reason=f"{host.HOW_TO_GET_ONE} Skipped.")
def test_the_container_s_nginx_starts(root, tmp_path):
    """The container file's changes to Debian's own configuration are made on a copy, which nginx then examines with its command."""
    made = (root / "deploy/Containerfile").read_text("utf-8")
    (tmp_path / "nginx.conf").write_text("user www-data;\npid /run/nginx.pid;\nerror_log /var/log/nginx/error.log;\n" + DEBIAN, "utf-8")
    change = re.search(r"^RUN (sed .*) /etc/nginx/nginx\.conf$", made, re.M)[1]
    subprocess.run([*shlex.split(change), str(tmp_path / "nginx.conf")], check=True)
    changed = (tmp_path / "nginx.conf").read_text("utf-8")
    (tmp_path / "nginx.conf").write_text(changed.replace("/tmp/nginx.pid", f"{tmp_path}/nginx.pid"), "utf-8")
    command = json.loads(re.search(r"^CMD (.*)$", made, re.M)[1])
    examined = subprocess.run([*command, "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False)
    assert examined.returncode == 0, examined.stderr
    assert "/tmp/nginx.pid" in changed
    assert "/var/log" not in changed


def test_the_workflow_proves_before_it_publishes_and_trusts_nobody(root):
    text = (root / ".github/workflows/publish.yml").read_text("utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    steps = [step.get("run", "") for step in jobs["prove"]["steps"]]
    assert steps.index("make test") < steps.index("make deploy")
    assert jobs["publish"]["needs"] == "prove"
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one)] == []
    assert not re.search(r"https?://|index-url", text)


def test_the_guide_names_files_that_are_there(root):
    for path in re.findall(r"`((?:deploy|\.github)/[\w./]+)`", (root / "deploy/README.md").read_text("utf-8")):
        assert (root / path).exists(), path
