"""The command line. Every command imports what it needs when it runs, so that help and `check` stay fast."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .errors import AuditError, ConfigError, ReadError

if TYPE_CHECKING:
    from .model import Audit

USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status of the contract (0 done, 1 contradictions or failed wards, 2 unread or usage)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows consoles default to a legacy code page
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return 130
    except AuditError as error:
        print(error, file=sys.stderr)
        return USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cchc-audit",
        description="Đối chiếu số liệu báo cáo cải cách hành chính / Cross-check the figures of administrative-reform reports",
    )
    parser.add_argument("--version", action="version", version=f"cchc-audit {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="đối chiếu nhanh, in kết quả / check reports and print what was found")
    check.add_argument("reports", nargs="+", metavar="REPORT")
    _inputs(check)
    check.add_argument("--json", action="store_true", help="một dòng JSON cho mỗi báo cáo / one JSON line a report")
    check.set_defaults(run=_check)
    return parser


def _inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--previous", action="append", default=[], metavar="FILE", help="báo cáo kỳ trước / an earlier report (repeatable)")
    parser.add_argument("--with", dest="with_files", action="append", default=[], metavar="FILE", help="phụ lục, biểu II.06a / an annex or form of the same ward (repeatable)")  # fmt: skip
    parser.add_argument("--rules", metavar="FILE", help="bộ quy tắc bổ sung / a rulebook of your own (YAML)")


def _check(options: argparse.Namespace) -> int:
    from . import contract
    from .audit import audit_report

    status = 0
    for path in options.reports:
        try:
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
            _print_table(audit)
        if audit.alarms and status == 0:
            status = 1
    return status


def _print_table(audit: Audit) -> None:
    """The findings worth a look, then what was counted."""
    from .terminal import print_audit

    print_audit(audit, Path(audit.document.path).name)


if __name__ == "__main__":
    sys.exit(main())
