"""The command line. Every command imports what it needs when it runs, so that help and `check` stay fast."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .errors import AuditError, ConfigError, ReadError
from .usage import Parser, positive

if TYPE_CHECKING:
    from .model import Audit

USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status of the contract (0 done, 1 contradictions or failed wards, 2 unread or usage)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows consoles default to a legacy code page
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    if getattr(options, "limits", 1) > 1:
        os.environ["CCHC_LIMITS"] = str(options.limits)  # so that processes started for the work know it too
    try:
        return int(options.run(options))
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return 130
    except AuditError as error:
        print(error, file=sys.stderr)
        return USAGE
    except OSError as error:  # a full disk, a folder that is read-only, a file Excel keeps open
        from .messages import say

        message = say("refused.by_the_system", path=error.filename or "-", reason=error.strerror or error)
        print(f"{message.vi} / {message.en}", file=sys.stderr)
        return USAGE


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="cchc-audit",
        description="Đối chiếu số liệu báo cáo cải cách hành chính / Cross-check the figures of administrative-reform reports",
    )
    parser.add_argument("--version", action="version", version=f"cchc-audit {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    check = commands.add_parser(
        "check",
        help="đối chiếu nhanh, in kết quả / check reports and print what was found",
        epilog="Mã thoát: 0 không có mâu thuẫn; 1 có mâu thuẫn, kể cả nội dung nêu là «Cần làm rõ» vì báo cáo có nêu điều giải thích được; "
        "2 có báo cáo không đọc được hoặc lệnh chưa đúng. / Exit: 0 nothing contradicted; 1 contradictions, also those told as "
        "“to be clarified” because the report itself offers an explanation; 2 a report unread or bad usage.",
    )
    check.add_argument("reports", nargs="+", metavar="REPORT")
    _inputs(check)
    _language(check, "ngôn ngữ của kết quả / language of what is printed")
    check.add_argument("--json", action="store_true", help="một dòng JSON cho mỗi báo cáo / one JSON line a report")
    check.set_defaults(run=_check)

    memo = commands.add_parser("memo", help="lập phiếu rà soát một báo cáo / write the memo of one report")
    memo.add_argument("report", metavar="REPORT")
    _inputs(memo)
    memo.add_argument("--ward", default="", help="tên đơn vị, nếu báo cáo không ghi / the ward's name where the report does not state it")
    _language(memo, "ngôn ngữ của phiếu / language of the memo")
    memo.add_argument("--outputs", default="outputs", metavar="DIR", help="thư mục kết quả / folder for results")
    memo.add_argument("--pdf", action="store_true", help="thêm memo.pdf / also memo.pdf")
    memo.add_argument("--xlsx", action="store_true", help="thêm workpaper.xlsx có công thức / also workpaper.xlsx with live formulas")
    memo.add_argument("--docx", action="store_true", help="thêm memo.docx để đưa vào biên bản / also memo.docx for the minutes")
    memo.add_argument("--power", action="store_true", help="thử độ nhạy trên chính báo cáo này / measure the power of the checks on this report")
    memo.set_defaults(run=_memo)

    doctor = commands.add_parser("doctor", help="máy này đọc được dạng tệp nào / which forms of file this machine can read")
    doctor.set_defaults(run=_doctor)

    batch = commands.add_parser("batch", help="đối chiếu nhiều báo cáo / audit many reports; goes on where it stopped")
    batch.add_argument("paths", nargs="+", metavar="PATH", help="không gian làm việc, thư mục hoặc tệp / a workspace, a folder or files")
    batch.add_argument("--outputs", default="outputs", metavar="DIR", help="nơi ghi kết quả / where results go (outputs)")
    batch.add_argument("--jobs", type=positive, metavar="N", help="số báo cáo làm cùng lúc / reports at a time (one a processor)")
    batch.add_argument("--no-memo", action="store_true", help="chỉ lấy kết quả, không lập phiếu / results only, no memos")
    batch.add_argument("--rules", metavar="FILE", help="bộ quy tắc bổ sung / a rulebook of your own (YAML)")
    _language(batch, "ngôn ngữ của các phiếu / language of the memos")
    batch.set_defaults(run=_batch)
    review = commands.add_parser("review", help="xem, xuất các quyết định rà soát / list and export inspectors' decisions")
    review.add_argument("reports", nargs="*", metavar="REPORT", help="đối chiếu với các báo cáo này / meet them with these reports")
    review.add_argument("--decisions", default="decisions", metavar="DIR", help="thư mục quyết định / folder of decisions (decisions)")
    review.add_argument("--export", metavar="FILE", help="ghi ra .csv hoặc .json / write them to .csv or .json")
    review.add_argument("--rules", metavar="FILE", help="bộ quy tắc bổ sung / a rulebook of your own (YAML)")
    _language(review, "ngôn ngữ / language")
    review.set_defaults(run=_review)

    rules = commands.add_parser("rules", help="xem bộ quy tắc, kiểm tra tệp của đoàn / read the rulebook, check a file of your own")
    rules.add_argument("id", nargs="?", metavar="ID", help="một quy tắc, chỉ tiêu hoặc định mức / one rule, indicator or norm")
    rules.add_argument("--check", metavar="FILE", help="kiểm tra tệp và chạy thử ví dụ / check a file and try its examples")
    rules.add_argument("--rules", metavar="FILE", help="bộ quy tắc bổ sung / a rulebook of your own (YAML)")
    rules.add_argument("--html", metavar="FILE", help="ghi ra trang HTML / write an HTML page")
    rules.set_defaults(run=_rules)

    init = commands.add_parser("init", help="tạo thư mục làm việc của đoàn / lay out a team's workspace")
    init.add_argument("folder", metavar="DIR")
    init.set_defaults(run=_init)

    lab = commands.add_parser("lab", help="mở JupyterLab ở trang bắt đầu / open JupyterLab on the start page")
    lab.add_argument("folder", nargs="?", default=".", metavar="DIR", help="thư mục làm việc / the workspace (here)")
    lab.add_argument("extra", nargs=argparse.REMAINDER, metavar="...", help="tùy chọn của jupyter lab, sau -- / options of jupyter lab, after --")
    lab.set_defaults(run=_lab)
    return parser


def _inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--previous", action="append", default=[], metavar="FILE", help="báo cáo kỳ trước / an earlier report (repeatable)")
    parser.add_argument("--with", dest="with_files", action="append", default=[], metavar="FILE", help="phụ lục, biểu II.06a / an annex or form of the same ward (repeatable)")  # fmt: skip
    parser.add_argument("--limits", type=positive, default=1, metavar="N", help="nới giới hạn đọc tệp N lần / read files N times as large and long")
    parser.add_argument("--rules", metavar="FILE", help="bộ quy tắc bổ sung / a rulebook of your own (YAML)")


def _language(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--language", choices=("vi", "en"), default="vi", help=what)


def _check(options: argparse.Namespace) -> int:
    from . import contract
    from .audit import audit_report

    status = 0
    for path in options.reports:
        try:
            _refuse_registers(path, *options.previous, *options.with_files)
            audit = audit_report(
                path, previous=options.previous, with_files=options.with_files, rules=options.rules
            )
        except ConfigError:
            raise
        except ReadError as error:
            status = USAGE
            print(error, file=sys.stderr)
            if options.json:
                print(json.dumps(contract.unread(path, error), ensure_ascii=False))
            continue
        if options.json:
            print(json.dumps(contract.line(audit), ensure_ascii=False))
        else:
            _print_table(audit, options.language)
        if audit.alarms and status == 0:
            status = 1
    return status


def _refuse_registers(*paths: str) -> None:
    """A wards.csv beside the reports is easily given among them; its codes and populations are no report."""
    from .messages import say
    from .wards import is_register

    for path in paths:
        if is_register(path):
            message = say("memo_run.register")
            raise ReadError(path, "unsupported", message.vi, message.en)


def _rules(options: argparse.Namespace) -> int:
    from .rules.command import run

    return run(options)


def _doctor(_: argparse.Namespace) -> int:
    from .doctor import report

    print(report())
    return 0


def _memo(options: argparse.Namespace) -> int:
    from . import processes, readers
    from .errors import NotebookError
    from .messages import say

    given = (options.report, *options.previous, *options.with_files)
    for path in given:
        readers.probe(path)
    _refuse_registers(*given)
    message = say("memo_run.starting", name=Path(options.report).name)
    print(message.in_language(options.language), file=sys.stderr, flush=True)
    processes.start()  # the process that runs the notebook gets ready while this one does
    from .notebook import Wanted, make_memo  # takes a second or more: after the line above

    parameters = {
        "report": options.report,
        "previous": options.previous,
        "with_files": options.with_files,
        "ward": options.ward,
        "language": options.language,
        "rules": options.rules or "",
        "outputs": options.outputs,
        "power": options.power,
    }
    try:
        folder = make_memo(parameters, wanted=Wanted(options.pdf, options.xlsx, options.docx), engine="cchc-warm")
    except NotebookError as error:
        print(error, file=sys.stderr)
        return 1
    print(folder / "memo.html")
    return 0


def _batch(options: argparse.Namespace) -> int:
    from . import processes

    if not Path(options.outputs).exists():  # there is work for processes: they get ready while this one does
        processes.preload(processes.FOR_AUDITS if options.no_memo else processes.FOR_NOTEBOOKS)
        processes.start()
    from .batch import Settings, processors
    from .progress import run
    from .rules import load

    jobs = processors() if options.jobs is None else options.jobs
    rules = Path(options.rules) if options.rules else None
    if rules is not None:
        load(rules)  # a bad rulebook stops the batch before the first ward
    settings = Settings(Path(options.outputs), memo=not options.no_memo, rules=rules, language=options.language, jobs=jobs)
    return run([Path(path) for path in options.paths], settings)


def _review(options: argparse.Namespace) -> int:
    from .logbook import run

    print(run(Path(options.decisions), options.reports, rules=options.rules, export=options.export, language=options.language))
    return 0


def _init(options: argparse.Namespace) -> int:
    from .messages import say
    from .workspace import init

    folder = Path(options.folder)
    written = init(folder)
    for path in written:
        print(path)
    message = say("workspace.ready", folder=folder, n=len(written))
    print(f"{message.vi}\n{message.en}")
    return 0


def _lab(options: argparse.Namespace) -> int:
    from .lab import run

    return run(Path(options.folder), [word for word in options.extra if word != "--"])


def _print_table(audit: Audit, language: str) -> None:
    """The findings worth a look, then what was counted."""
    from .terminal import print_audit

    print_audit(audit, Path(audit.document.path).name, language)


if __name__ == "__main__":
    sys.exit(main())
