"""The peer: Debian's nginx with nchan, one publisher and as many subscribers as the hall has phones."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from aqyn.site.benches._processes import Processes

SUBSCRIBE = "/subscribe"
PUBLISH = "/publish"
MODULES = ("/usr/lib/nginx/modules", "/usr/share/nginx/modules", "/usr/lib64/nginx/modules")

# One message is kept for those who come late, as the house keeps the newest one.
SETTINGS = """\
load_module {module};
{user}daemon off;
worker_processes {workers};
worker_rlimit_nofile {files};
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections {files}; }}
http {{
    access_log off;
    {temporary}
    server {{
        listen 127.0.0.1:{port} backlog=2048;
        location = {publish} {{
            nchan_publisher;
            nchan_channel_id hall;
            nchan_message_buffer_length 1;
        }}
        location = {subscribe} {{
            nchan_subscriber eventsource;
            nchan_channel_id hall;
            nchan_subscriber_first_message oldest;
        }}
    }}
}}
"""


class Nchan:
    """An open one: `publish` tells every subscriber."""

    def __init__(self, port: int, pid: int, workers: int) -> None:
        self.port = port
        self.workers = workers
        self.processes = Processes(pid)
        self._connection = HTTPConnection("127.0.0.1", port, timeout=20)

    def publish(self, data: str) -> None:
        self._connection.request("POST", PUBLISH, data, {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        answer.read()
        if answer.status not in (201, 202):
            raise SystemExit(f"nchan answered {answer.status} to its publisher.")

    def close(self) -> None:
        self._connection.close()


def nchan_module() -> Path | None:
    """nchan, where it is installed beside nginx."""
    if _nginx() is None:
        return None
    found = (Path(folder) / "ngx_nchan_module.so" for folder in MODULES)
    return next((path for path in found if path.exists()), None)


@contextmanager
def open_nchan(module: Path, *, connections: int) -> Iterator[Nchan]:
    """nginx with nchan on a free port, a worker for each core, everything else as it comes."""
    workers = len(os.sched_getaffinity(0))
    with (
        tempfile.TemporaryDirectory(prefix="aqyn-nchan-") as name,
        socket.create_server(("127.0.0.1", 0)) as free,
    ):
        port = free.getsockname()[1]
        free.close()
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        settings = SETTINGS.format(
            module=module,
            # Only root may say as whom the workers run; in this folder they must be able to write.
            user=f"user {getpass.getuser()};\n" if os.geteuid() == 0 else "",
            workers=workers,
            files=connections,
            folder=name,
            temporary=" ".join(f"{kind}_temp_path {name}/{kind};" for kind in kinds),
            port=port,
            publish=PUBLISH,
            subscribe=SUBSCRIBE,
        )
        (Path(name) / "nginx.conf").write_text(settings)
        command = [_nginx() or "nginx", "-p", name, "-e", f"{name}/error.log", "-c", f"{name}/nginx.conf"]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        try:
            _await(port, process, Path(name) / "error.log")
            nchan = Nchan(port, process.pid, workers)
            yield nchan
            nchan.close()
        finally:
            process.terminate()
            process.wait(20)


def _nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def _await(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _attempt in range(200):
        if process.poll() is not None:
            raise SystemExit(f"nginx did not open: {log.read_text()}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("nginx does not answer.")
