"""What the handbook is built with is known: a bill of materials that any reader accepts, and leaks told with their line."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from handbook.cli import main
from handbook.dependencies import bill_of_materials

LOCK = "# a lock\nsound==1.0 \\\n    --hash=sha256:{0}\nleaky==1.0 \\\n    --hash=sha256:{0}\n".format("a" * 64)
ADVISORY = {
    "id": "LEAK-1",
    "affected": [
        {
            "package": {"name": "leaky", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}],
            "versions": ["1.0"],
        }
    ],
}


@pytest.fixture(scope="module")
def bill(root) -> str:
    return bill_of_materials(root)


def test_the_bill_of_materials_keeps_the_schema_of_cyclonedx(bill):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill) is None


def test_the_schema_refuses_a_bill_that_is_wrong(bill):
    wrong = json.loads(bill)
    del wrong["components"][0]["name"]
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(wrong)) is not None


def test_the_bill_lists_exactly_what_is_locked_with_hashes(bill, root):
    locked = re.findall(r"^([\w.-]+)==([^\s;]+)", (root / "requirements.txt").read_text("utf-8"), re.M)
    components = json.loads(bill)["components"]
    assert sorted((one["name"], one["version"]) for one in components) == sorted(locked)
    assert all(one["externalReferences"][0]["hashes"] for one in components)


def test_nine_of_ten_parts_state_their_licence(bill):
    components = json.loads(bill)["components"]
    assert sum(bool(one["licenses"]) for one in components) >= 0.9 * len(components)


def test_the_same_lock_gives_the_same_bill(bill, root):
    assert bill_of_materials(root) == bill


@pytest.fixture
def advisories(monkeypatch):
    """advisories(answer): an advisory database on loopback that knows of `leaky` what ANSWER says."""
    servers = []

    def serve(answer: dict) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
                body = json.dumps(answer if "leaky" in asked else {}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments): ...

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("PIP_AUDIT_OSV_URL", f"http://127.0.0.1:{server.server_port}")

    monkeypatch.setenv("PIP_AUDIT_VULNERABILITY_SERVICE", "osv")
    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def audit(folder):
    (folder / "requirements.txt").write_text(LOCK, "utf-8")
    return CliRunner().invoke(main, ["audit", "--root", str(folder)])


def test_a_known_leak_is_told_with_its_line_and_remedy(advisories, tmp_path):
    advisories({"vulns": [ADVISORY]})
    result = audit(tmp_path)
    assert result.output == "requirements.txt:4: leaky 1.0 must not have a known leak (LEAK-1). Take 1.1 and renew the lock. [leak]\n"
    assert result.exit_code == 1


def test_without_leaks_the_audit_is_silent(advisories, tmp_path):
    advisories({})
    result = audit(tmp_path)
    assert (result.output, result.exit_code) == ("", 0)


def test_an_audit_that_reaches_nobody_says_so_in_one_line_and_does_not_pass(monkeypatch, tmp_path):
    monkeypatch.setenv("PIP_AUDIT_VULNERABILITY_SERVICE", "osv")
    monkeypatch.setenv("PIP_AUDIT_OSV_URL", "http://127.0.0.1:9")
    result = audit(tmp_path)
    assert result.output == "The advisory database cannot be reached; nothing is known of leaks. Try again with a connection.\n"
    assert result.exit_code == 2


def test_a_bill_that_cannot_be_written_is_told_in_one_line(root, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    result = CliRunner().invoke(main, ["sbom", "--root", str(root), str(tmp_path / "file/bill.json")])
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "must be a place to write to" in result.output


@pytest.mark.parametrize("command", ["audit", "sbom"])
def test_a_missing_lock_is_told_as_what_it_is(tmp_path, command):
    result = CliRunner().invoke(main, [command, "--root", str(tmp_path)])
    assert result.output.startswith("requirements.txt:1: The file must be readable")
    assert result.exit_code == 1
