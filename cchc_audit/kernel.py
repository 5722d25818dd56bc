"""An IPython kernel in this process, and papermill's client of it: the wire between the two is a list.

The kernel is made once and forked from; the client finds all messages of a cell there when the cell has run.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Iterator
from functools import cache, partial
from importlib import import_module
from queue import Empty
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

INLINE = "module://matplotlib_inline.backend_inline"
_HEAVY = (
    "comm",
    "ipykernel.debugger",
    "ipykernel.eventloops",
    "ipykernel.inprocess.socket",
    "ipykernel.ipkernel",
    "IPython.core.application",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "matplotlib.backends.backend_svg",
    "papermill.execute",
    "tornado.platform.asyncio",
)
# The debugger costs half a second and no one debugs a cell in a batch; the grammars of addresses and durations, which
# jsonschema has a use for that notebooks have not, cost more than a second; papermill would look for notebooks in HDFS,
# and in every ward for a formatter of the cell it puts the parameters in, which would then differ where there is one.
_UNUSED = ("debugpy", "pyarrow", "rfc3987_syntax", "rfc3986_validator", "isoduration", "black")


def run(nb_man: Any, options: dict[str, Any]) -> NotebookNode:
    """Run the cells in this process, which must be a fresh one: the kernel is a singleton and stays."""
    from papermill.log import logger

    client = _client_class()(nb_man, km=_KernelIsHere, log=logger, **options)
    stdout, stderr = sys.stdout, sys.stderr
    client.kc = _Wire()
    try:
        done: NotebookNode = client.execute()
        return done
    finally:
        for ours, theirs in ((sys.stdout, stdout), (sys.stderr, stderr)):
            if ours is not theirs:
                ours.close()
        sys.stdout, sys.stderr = stdout, stderr


@cache
def _client_class() -> Any:
    """Papermill's client without its waiting: all a cell had to say is on the wire when it has run."""
    from jupyter_core.utils import run_sync
    from nbclient.client import timestamp
    from nbclient.exceptions import CellExecutionComplete, CellExecutionError
    from nbformat import from_dict
    from papermill.clientwrap import PapermillNotebookClient

    class Client(PapermillNotebookClient):  # type: ignore[misc]  # untyped
        def execute_cell(self, cell: NotebookNode, cell_index: int, **options: Any) -> Any:
            """Run a cell and put what it showed into it. Raises CellExecutionError as nbclient does."""
            if self.coalesce_streams:
                return super().execute_cell(cell, cell_index, **options)
            skipped = cell.cell_type != "code" or self.skip_cells_with_tag in cell.metadata.get("tags", [])
            return cell if skipped or not cell.source.strip() else self._run(cell, cell_index)

        async def _running(self, cell: NotebookNode, cell_index: int) -> NotebookNode:
            if self.record_timing:
                cell["metadata"]["execution"] = {}
            tolerant = self.allow_errors or "raises-exception" in cell.metadata.get("tags", [])
            go_on = tolerant and not self.force_raise_errors
            self.clear_before_next_output = False
            cell.outputs = []
            await self.kc.execute(cell.source, stop_on_error=not go_on)
            self.code_cells_executed += 1
            with contextlib.suppress(CellExecutionComplete):
                while True:
                    self.process_message(await self.kc.iopub_channel.get_msg(), cell, cell_index)
            reply = await self.kc.shell_channel.get_msg()
            if self.record_timing:
                cell["metadata"]["execution"]["shell.execute_reply"] = timestamp(reply)
            said = reply["content"]
            forgiven = go_on or (said.get("ename") in self.allow_error_names and not self.force_raise_errors)
            if said["status"] == "error" and not forgiven:
                raise CellExecutionError.from_cell_and_msg(cell, said)
            return cell

        _run = run_sync(_running)

        def output(self, outs: list[Any], msg: dict[str, Any], display_id: str | None, cell_index: int) -> Any:
            """The output a message brings. A plain result is not held to the schema here: the notebook is, when it is
            written."""
            plain = msg["msg_type"] == "execute_result" and not display_id and not self.clear_before_next_output
            if not plain or any(self.output_hook_stack.values()):
                return super().output(outs, msg, display_id, cell_index)
            content = msg["content"]
            parts = {name: content[name] for name in ("data", "metadata", "execution_count")}
            out = from_dict({"output_type": "execute_result", **parts})  # type: ignore[no-untyped-call]
            outs.append(out)
            return out

    return Client


@cache
def load() -> None:
    """Import what every notebook needs, start nothing. The second call costs nothing."""
    os.environ.setdefault("MPLBACKEND", INLINE)
    with left_out():
        for name in _HEAVY:
            import_module(name)


@contextlib.contextmanager
def left_out() -> Iterator[None]:
    """Import without the modules of `_UNUSED`: to those that ask for them they are not installed."""
    kept = {name: sys.modules.get(name) for name in _UNUSED}
    sys.modules.update(dict.fromkeys(_UNUSED))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name, module in kept.items():
            del sys.modules[name]
            if module is not None:
                sys.modules[name] = module


@cache
def ready() -> Any:
    """An IPython kernel that has run nothing yet, made once: processes forked from here find it made.

    Its streams and its wire belong to the process that runs the cells (see `_kernel`).
    """
    load()
    from ipykernel.eventloops import enable_gui
    from ipykernel.inprocess.socket import DummySocket
    from ipykernel.iostream import IOPubThread
    from ipykernel.ipkernel import IPythonKernel
    from jupyter_client.session import Session
    from traitlets.config import Config

    threads: Any = IOPubThread  # untyped
    session: Any = Session()
    publisher = threads(DummySocket(), session=session)  # never started: streams then flush in place
    kernel: Any = IPythonKernel.instance(
        session=session,
        iopub_thread=publisher,
        iopub_socket=publisher.background_socket,
        shell_channel_thread=SimpleNamespace(parent_thread=threading.main_thread()),
        log=logging.getLogger("ipykernel"),
        config=Config(HistoryManager={"enabled": False}),
    )
    kernel.shell.enable_gui = partial(enable_gui, kernel=kernel)  # else it asks an application that is not there
    kernel._execute_sleep = 0  # it waits for a wire that is not there
    kernel._abort_queues = lambda *_: None  # nothing ever waits behind a failing cell
    _keep_transformed(kernel.shell.input_transformer_manager)
    kernel.shell.display_formatter.format(None)  # its formatters are made on first use
    return kernel


_TRANSFORMED: dict[tuple[object, ...], str] = {}


def _keep_transformed(manager: Any) -> None:
    """Let IPython take a cell's source apart once for all processes forked from here: it depends on nothing but the
    source and the transformations in force."""

    def transform_cell(cell: str) -> str:
        key = (cell, *manager.cleanup_transforms, *manager.line_transforms, *manager.token_transformers)
        if key not in _TRANSFORMED:
            _TRANSFORMED[key] = type(manager).transform_cell(manager, cell)
        return _TRANSFORMED[key]

    manager.transform_cell = transform_cell


def let_go() -> None:
    """Forget the kernel of this process and close the loop it ran in: the next kernel has run nothing."""
    import asyncio

    if ready.cache_info().currsize:
        kernel = ready()
        type(kernel.shell).clear_instance()
        type(kernel).clear_instance()
        ready.cache_clear()
    asyncio.get_event_loop_policy().get_event_loop().close()
    asyncio.set_event_loop(None)


def _kernel(outbox: _Outbox) -> Any:
    """The kernel, its messages landing in the outbox, with this process's streams redirected into it."""
    from ipykernel.iostream import OutStream

    kernel = ready()
    session, publisher = kernel.session, kernel.iopub_thread
    session.send = partial(outbox.put, session)  # kept, not sent
    publisher._master_pid = os.getpid()  # else a forked process would look for its parent's pipe
    kernel.shell_channel_thread.parent_thread = threading.main_thread()
    stream: Any = OutStream  # untyped
    sys.stdout = stream(session, publisher, "stdout")
    sys.stderr = stream(session, publisher, "stderr")
    if "" not in sys.path:  # the working folder, where IPython puts it: before the installed packages
        installed = (i for i, place in enumerate(sys.path) if place.endswith(("site-packages", "dist-packages")))
        sys.path.insert(next(installed, len(sys.path)), "")
    return kernel


class _Outbox:
    """Messages the kernel has sent and the client has not read: replies (sent to this object), and all others."""

    def __init__(self) -> None:
        self.replies: deque[dict[str, Any]] = deque()
        self.published: deque[dict[str, Any]] = deque()

    def put(
        self,
        session: Any,
        stream: Any,
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        ident: Any = None,  # noqa: ARG002 - the signature of Session.send
        buffers: Any = None,
        track: bool = False,  # noqa: ARG002
        header: Any = None,
        metadata: Any = None,
    ) -> dict[str, Any]:
        """Session.send: keep the message as it would arrive, its content gone through JSON and back."""
        message: dict[str, Any] = (
            msg_or_type
            if isinstance(msg_or_type, dict)
            else session.msg(msg_or_type, content, parent=parent, header=header, metadata=metadata)
        )
        try:
            content = _copied(message["content"])
        except ValueError:
            content = session.unpack(session.pack(message["content"]))
        wired = message | {"content": content, "buffers": list(buffers or ())}
        (self.replies if stream is self else self.published).append(wired)
        return message


def _copied(value: Any) -> Any:
    """A copy of what is the same before and after JSON. Raises ValueError where it is not: UnicodeEncodeError is one."""
    kind = type(value)
    if kind is str:
        if not value.isascii():
            value.encode()
        return value
    if value is None or kind is int or kind is bool:
        return value
    if kind is list:
        return [_copied(item) for item in value]
    if kind is dict and all(type(name) is str for name in value):
        return {_copied(name): _copied(item) for name, item in value.items()}
    raise ValueError(f"{kind.__name__} changes in JSON")


class _Channel:
    """One direction of the wire: messages already there, or none."""

    def __init__(self, messages: deque[dict[str, Any]]) -> None:
        self._messages = messages

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:  # noqa: ARG002
        if not self._messages:
            raise Empty
        return self._messages.popleft()


class _Wire:
    """What nbclient needs of a kernel client. A cell has run to its end when `execute` returns."""

    allow_stdin = False

    def __init__(self) -> None:
        outbox = _Outbox()
        self.kernel = _kernel(outbox)
        self._outbox = outbox
        self.shell_channel, self.iopub_channel = _Channel(outbox.replies), _Channel(outbox.published)

    async def execute(self, code: str, *, store_history: bool = True, stop_on_error: bool = True) -> str:
        session = self.kernel.session
        request = session.msg(
            "execute_request",
            {
                "code": code,
                "silent": False,
                "store_history": store_history,
                "user_expressions": {},
                "allow_stdin": False,
                "stop_on_error": stop_on_error,
            },
        )
        kernel = self.kernel
        kernel.set_parent([], request)
        kernel._publish_status("busy", "shell", parent=request)
        await kernel.execute_request(self._outbox, [], request)
        kernel._publish_status("idle", "shell", parent=request)
        return str(request["header"]["msg_id"])

    def kernel_info(self) -> str:
        session = self.kernel.session
        request = session.msg("kernel_info_request", {})
        session.send(self._outbox, "kernel_info_reply", self.kernel.kernel_info, request)
        return str(request["header"]["msg_id"])

    def is_alive(self) -> bool:
        return True


class _KernelIsHere:
    """What nbclient needs of a kernel manager it does not own: the word that the kernel runs."""

    has_kernel = True
