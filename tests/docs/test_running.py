"""What the page about running it shows works, word by word but for places and ports."""

import configparser
import getpass
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.api.parameters import Wait
from app.http import admission, bodies, server
from app.kit.settings import ROOT
from tests.docs.certificates import certificate
from tests.server_process import free_port, made_ready, serving

PAGE = (ROOT / "docs/running.md").read_text("utf-8")
EXAMPLES = ROOT / "docs/running"
HOST = "takedown.hotline.example"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
PYTHON = ".venv/bin/python"
TAKEDOWN = ".venv/bin/takedown"
RUN = (sys.executable, "-c", "from app.cli import run; run()")


# As a service.


def unit() -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None)
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read(EXAMPLES / "takedown@.service")
    return found


def settings(folder: Path) -> dict[str, str]:
    """What the page puts into the file of settings, for another folder."""
    [block] = re.findall(r"```ini\n(.*?)```", PAGE, re.DOTALL)
    told = dict(line.split("=", 1) for line in block.splitlines())
    assert told["TAKEDOWN_DATA_DIR"] == f"/var/lib/{unit()['Service']['StateDirectory']}"
    return told | {"TAKEDOWN_DATA_DIR": str(folder)}


def test_the_units_command_serves_with_the_settings_of_the_page(tmp_path: Path) -> None:
    port = free_port()
    service = unit()["Service"]
    words = shlex.split(service["ExecStart"].replace("%i", str(port)))
    assert words[0] == f"{service['WorkingDirectory']}/{TAKEDOWN}"

    with running([*RUN, *words[1:]], ROOT, settings(tmp_path / "data")) as process:
        ready = wait_until_ready(port, headers={"Host": HOST})
        elsewhere = httpx2.get(f"http://127.0.0.1:{port}/login", headers={"Host": "b.example"})
        process.send_signal(signal.SIGTERM)
        ended = process.wait(30)

    assert (ready.json(), elsewhere.status_code) == ({"status": "ready"}, 400)
    assert ended == -signal.SIGTERM  # which systemd takes for a clean end
    assert int(service["TimeoutStopSec"]) > server.STOP_SECONDS + 1


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    text = (EXAMPLES / "takedown@.service").read_text("utf-8")
    command = f"{unit()['Service']['WorkingDirectory']}/{TAKEDOWN}"
    copy = tmp_path / "takedown@.service"
    copy.write_text(text.replace(command, "/bin/true"), "utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", copy], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


# Behind a proxy.


def value(name: str) -> str:
    """The one value that a setting has in the example of a proxy."""
    text = re.sub(r"#.*", "", (EXAMPLES / "nginx.conf").read_text("utf-8"))
    [found] = re.findall(rf"^\s*{name} (.*?);", text, re.MULTILINE)
    return str(found)


def seconds(name: str) -> int:
    return int(value(name).removesuffix("s"))


def test_the_proxy_is_more_patient_than_a_poll_and_less_than_our_connections() -> None:
    most = next(rule.le for rule in Wait.__metadata__[0].metadata if hasattr(rule, "le"))

    assert seconds("keepalive_timeout") < server.KEEP_ALIVE_SECONDS
    assert seconds("proxy_read_timeout") >= most + 30
    assert value("client_max_body_size") == f"{bodies.MAX_LARGE_BODY // 1024**2}m"
    assert value("large_client_header_buffers") == f"4 {admission.MAX_HEADER // 1024}k"
    assert 4 * admission.MAX_HEADER == admission.MAX_HEADERS


@contextmanager
def proxy(folder: Path, ports: dict[str, int]) -> Iterator[None]:
    """Run nginx with the example as it stands, but for its ports and certificate."""
    text = (EXAMPLES / "nginx.conf").read_text("utf-8")
    pem, key = certificate(folder, HOST)
    changes = {
        "/etc/ssl/takedown.pem": str(pem),
        "/etc/ssl/takedown.key": str(key),
        "listen 443 ssl": f"listen 127.0.0.1:{ports['443']} ssl",
        "127.0.0.1:8000": f"127.0.0.1:{ports['8000']}",
        "127.0.0.1:8001": f"127.0.0.1:{ports['8001']}",
    }
    for told, here in changes.items():
        assert text.count(told) == 1
        text = text.replace(told, here)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    config = folder / "nginx.conf"
    config.write_text(
        f"user {getpass.getuser()};\n"
        * (os.geteuid() == 0)
        + f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\n{places}{text}\n}}\n",
        "utf-8",
    )
    with running([NGINX, "-c", str(config), "-p", str(folder)], folder, {}) as process:
        yield
        process.send_signal(signal.SIGQUIT)


@pytest.mark.slow
@pytest.mark.skipif(not Path(NGINX).exists(), reason="there is no nginx here")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_through_the_proxy_nothing_is_lost_while_one_of_two_processes_restarts(
    tmp_path: Path, empty: Callable[[str], str], kind: str
) -> None:
    folder, address = tmp_path / "data", empty(kind)
    token = made_ready(folder, database_url=address)
    ports = {name: free_port() for name in ("443", "8000", "8001")}
    told = settings(folder) | {"TAKEDOWN_DATABASE_URL": address}
    wire: dict[str, Any] = {
        "verify": False,
        "headers": {"Authorization": f"Bearer {token}", "Host": HOST},
        "timeout": 60,
    }
    asked, done = list[int](), threading.Event()

    def ask() -> None:
        with httpx2.Client(base_url=f"https://127.0.0.1:{ports['443']}/api/v1", **wire) as client:
            while not done.is_set():
                asked.append(client.get("/events?wait=1").status_code)

    with (
        serving(folder, token, port=ports["8000"], **told) as one,
        serving(folder, token, port=ports["8001"], **told),
        proxy(tmp_path, ports),
        httpx2.Client(base_url=f"https://127.0.0.1:{ports['443']}/api/v1", **wire) as client,
    ):
        wait_until_ready(ports["443"], "https", **wire)
        assert client.get("/events").status_code == 200
        followers = [threading.Thread(target=ask) for _ in range(4)]
        for follower in followers:
            follower.start()
        time.sleep(1)
        one.end()
        time.sleep(2)
        with serving(folder, token, port=ports["8000"], **told):
            time.sleep(2)
            done.set()
            for follower in followers:
                follower.join()
        text = json.dumps({"text": "x " * (bodies.MAX_LARGE_BODY // 2 - 100)})
        large = client.post(
            "/recognise", content=text, headers={"Content-Type": "application/json"}
        )

    assert set(asked) == {200}
    assert (large.status_code, large.json()) == (200, {"links": [], "unrecognised": []})


# In a container.


def steps() -> list[tuple[str, str]]:
    text = re.sub(
        r"^#.*\n", "", (EXAMPLES / "Containerfile").read_text("utf-8"), flags=re.MULTILINE
    )
    found = [line.partition(" ") for line in text.splitlines() if line]
    return [(name, rest) for name, _, rest in found]


def test_the_image_names_no_registry_and_no_root() -> None:
    told = steps()

    [base] = [rest.partition("=")[2] for name, rest in told if name == "ARG"]
    assert "/" not in base
    assert [name for name, _ in told].index("USER") < [name for name, _ in told].index("CMD")
    assert ("STOPSIGNAL", "SIGTERM") in told


def test_the_image_copies_what_is_there_and_all_that_the_program_reads_beside_its_code() -> None:
    told = steps()
    copied_as = {one: at for at, (name, rest) in enumerate(told) if name == "COPY"
                 for one in rest.split()[:-1]}  # fmt: skip
    code = "".join(path.read_text("utf-8") for path in (ROOT / "app").rglob("*.py"))
    read = set(re.findall(r'ROOT / "([^"]+)"', code))

    assert [one for one in copied_as if not (ROOT / one).exists()] == []
    assert {"app", "platform_templates", "migrations"} < {"app", *read} <= copied_as.keys()
    assert copied_as["run"] < told.index(("RUN", "./run install"))
    assert ("ENTRYPOINT", json.dumps([TAKEDOWN])) in told


@pytest.mark.slow
def test_what_the_image_copies_is_enough_to_serve_and_its_check_finds_it_ready(
    tmp_path: Path,
) -> None:
    image, port = tmp_path / "image", str(free_port())
    image.mkdir()
    for name, rest in steps():
        if name == "COPY":
            *sources, target = rest.split()
            for source in sources:
                copied(ROOT / source, image / target)
    told = {name: json.loads(rest[rest.index("[") :]) for name, rest in steps() if "[" in rest}
    environment = {
        "TAKEDOWN_DATA_DIR": str(tmp_path / "data"),
        "TAKEDOWN_PUBLIC_URL": f"https://{HOST}",
    }

    words = [word.replace("8000", port) for word in told["CMD"]]
    with running([*RUN, *words], image, environment):
        wait_until_ready(int(port))
        [python, *check] = [word.replace("8000", port) for word in told["HEALTHCHECK"]]
        checked = subprocess.run([sys.executable, *check], check=False)

    assert (python, checked.returncode) == (PYTHON, 0)


def copied(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    else:
        shutil.copy2(source, target)


# What they share.


@contextmanager
def running(
    words: list[str], folder: Path, environment: dict[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a command in a bare environment until the block ends."""
    process = subprocess.Popen(words, cwd=folder, env={"PATH": "/usr/bin:/bin", **environment})
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def wait_until_ready(port: int, scheme: str = "http", **wire: Any) -> httpx2.Response:
    until = time.monotonic() + 60
    with httpx2.Client(base_url=f"{scheme}://127.0.0.1:{port}", **wire) as client:
        while time.monotonic() < until:
            try:
                answer = client.get("/api/v1/health/ready")
            except httpx2.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code == 200:
                return answer
    raise AssertionError("not ready after 60 s")
