"""A process that has imported everything and holds nobody's data; run by path, see `hrkit.publish.batch.crew`.

Where the platform can, it forks a child for every task: the imports are paid once, and each task runs
in a process that no other organisation's data was ever in.  Elsewhere (``once``) it does a single task
itself and ends.  Tasks come as lines of JSON on standard input; what became of their processes goes
back as lines on standard output.  When its input ends, whoever gave the tasks is gone: it takes its
children with it.

Like a notebook's kernel it starts isolated (``-I``), with the search path of the process that started
it and no settings of anybody (`hrkit.publish.kernel`).
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from typing import Any

#: Variables in which the starting process says where modules are, which to import first, and how it works.
PATH, FIRST, WAY = "HRKIT_KERNEL_PATH", "HRKIT_WARM_FIRST", "HRKIT_WARM_WAY"


def _start() -> None:
    import importlib

    sys.path[:] = json.loads(os.environ.pop(PATH))
    first, way = json.loads(os.environ.pop(FIRST)), os.environ.pop(WAY)
    os.environ.pop("HRKIT_KERNEL_FOLDER", None)
    try:
        for one in first:
            name, given = (one, {}) if isinstance(one, str) else one
            module, _, function = name.partition(":")
            found = importlib.import_module(module)
            if function:
                getattr(found, function)(**given)
    except Exception as error:
        _broken(f"{type(error).__name__}: {error}", way)
        return
    if way == "once":
        _do(json.loads(sys.stdin.readline()))
        return
    _serve()


def _broken(why: str, way: str) -> None:
    """Say why nothing can be done here: something that is installed does not load."""
    if way != "once":
        _tell({"broken": why})
        return
    result = json.loads(sys.stdin.readline())["result"]
    with open(f"{result}.part", "w", encoding="utf-8") as file:
        json.dump({"broken": why}, file)
    os.replace(f"{result}.part", result)


def _do(task: dict[str, Any]) -> None:
    """One task, in this process."""
    from hrkit.publish.batch.task import do

    do(task)


def _serve() -> None:
    import gc
    import selectors
    import signal
    import socket
    import time

    gc.collect()
    gc.freeze()  # what stands is shared with the children: nothing looks through it again
    woken, wakes = socket.socketpair()
    woken.setblocking(False)
    wakes.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
    # Ctrl-C is for whoever gave the tasks: it ends this process by ending its input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    running: dict[int, tuple[str, float]] = {}
    ready = selectors.DefaultSelector()
    ready.register(0, selectors.EVENT_READ)
    ready.register(woken, selectors.EVENT_READ)
    left = b""
    while True:
        for key, _ in ready.select():
            if key.fileobj is woken:
                with contextlib.suppress(BlockingIOError):
                    woken.recv(4096)
                continue
            data = os.read(0, 1 << 16)
            if not data:
                for pid in running:
                    _end(pid)
                os._exit(0)
            *lines, left = (left + data).split(b"\n")
            for line in lines:
                order = json.loads(line)
                if "stop" in order:
                    for pid, (name, _at) in running.items():
                        if name == order["stop"]:
                            _end(pid)
                    continue
                pid = os.fork()
                if not pid:
                    _child(order, (woken.fileno(), wakes.fileno()))
                running[pid] = (order["id"], time.monotonic())
                _tell({"id": order["id"], "pid": pid})
        for pid in list(running):
            done, status, used = os.wait4(pid, os.WNOHANG)
            if done:
                name, since = running.pop(pid)
                _end(pid)  # what it may have started, and left
                # Linux counts in kilobytes, macOS in bytes.
                size = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
                _tell(
                    {
                        "id": name,
                        "code": os.waitstatus_to_exitcode(status),
                        "cpu": used.ru_utime + used.ru_stime,
                        "memory": size,
                        "seconds": time.monotonic() - since,
                    }
                )


def _tell(said: dict[str, Any]) -> None:
    # Where nobody listens any more the end of the input says so, too.
    with contextlib.suppress(OSError):
        os.write(1, json.dumps(said).encode("ascii") + b"\n")


def _end(pid: int) -> None:
    """End a child and whatever it has started: it leads a group of its own."""
    import signal

    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except OSError:
            continue


def _child(task: dict[str, Any], others: tuple[int, ...]) -> None:
    """In the child: do the task and end, whatever happens."""
    import signal

    code = 70
    try:
        signal.set_wakeup_fd(-1)
        for name in (signal.SIGCHLD, signal.SIGINT):
            signal.signal(name, signal.SIG_DFL)
        parent = os.getppid()
        os.setsid()
        for handle in others:
            os.close(handle)
        nothing = os.open(os.devnull, os.O_RDWR)
        for handle in (0, 1, 2):
            os.dup2(nothing, handle)
        os.close(nothing)
        _watch(parent)
        _do(task)
        code = 0
    except BaseException:
        pass
    finally:
        os._exit(code)


def _watch(parent: int) -> None:
    """End with whoever forked this process, also when that is killed."""
    import signal
    import threading
    import time

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(0.2)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=look, daemon=True).start()


if __name__ == "__main__":
    _start()
