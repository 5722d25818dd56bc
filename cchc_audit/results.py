"""What a batch found, as tables: rows drawn from each audit, Parquet files for DuckDB or any other reader.

`TABLES` is the published schema; `docs/results.md` prints it and the Parquet files carry it. The exact
value of a figure is text ("98.9"); the number beside it is for queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .model import Audit, Verdict
from .record import digits

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = list[Any]
FOLDER = "results"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, type (text, int, number, day, flag) and what it holds."""

    name: str
    type: str
    vi: str
    en: str


_REPORT = Column("report", "text", "tên tệp báo cáo, như đã đưa vào", "the report file as given; joins all tables")
_CODE = Column("ward_code", "text", "mã đơn vị trong wards.csv", "the ward's code in wards.csv; empty when none matched")

TABLES: Mapping[str, tuple[Column, ...]] = {
    "reports": (
        _REPORT,
        Column("status", "text", "done, hoặc lý do không xong: unreadable, timeout, memory, crashed, failed", "done, or why not: unreadable, timeout, memory, crashed, failed"),
        Column("reason_vi", "text", "lý do bằng lời", "the reason in Vietnamese"),
        Column("reason_en", "text", "lý do bằng tiếng Anh", "the reason in English"),
        Column("sha256", "text", "mã băm của tệp", "hash of the file"),
        Column("ward", "text", "đơn vị, như báo cáo tự ghi", "the ward as the report names itself"),
        _CODE,
        Column("ward_name", "text", "tên trong wards.csv", "name in wards.csv, with its kind"),
        Column("district", "text", "huyện", "district"),
        Column("province", "text", "tỉnh", "province"),
        Column("population", "int", "dân số trong wards.csv", "population in wards.csv"),
        Column("number", "text", "số, ký hiệu báo cáo", "number and symbol of the report"),
        Column("report_date", "day", "ngày báo cáo", "date of the report"),
        Column("period_start", "day", "ngày đầu kỳ số liệu", "first day of its data"),
        Column("period_end", "day", "ngày cuối kỳ số liệu", "last day of its data"),
        Column("period", "text", "kỳ số liệu, như đã ghi", "the period as written"),
        Column("previous", "text", "báo cáo kỳ trước đã dùng", "earlier reports it was compared with"),
        Column("folder", "text", "thư mục kết quả trong outputs", "folder of its memo under outputs; empty without one"),
        Column("characters", "int", "số ký tự", "characters read"),
        *(Column(verdict.value, "int", f"số nội dung phiếu nêu là {verdict.value}", f"findings told as {verdict.value}") for verdict in Verdict),
        Column("numbers", "int", "số con số trong báo cáo", "numbers in the report"),
        Column("checked", "int", "đã đối chiếu", "of them checked"),
        Column("restated", "int", "nhắc lại", "of them restated"),
        Column("not_a_figure", "int", "không phải số liệu", "of them no figures"),
        Column("unread", "int", "chưa đọc được", "of them unread"),
    ),
    "findings": (
        _REPORT,
        _CODE,
        Column("finding", "text", "mã, giữ nguyên qua các lần chạy", "id, stable from run to run"),
        Column("kind", "text", "loại phép đối chiếu", "kind of check"),
        Column("verdict", "text", "kết quả, như check --json", "verdict, as in check --json"),
        Column("told", "text", "kết quả như phiếu nêu: question nếu verdict là contradicted mà báo cáo có nêu điều giải thích được", "the verdict as the memo tells it: question where it is contradicted and something the report states would explain it"),
        Column("severity", "int", "mức 0–3; trống nếu chưa đủ cơ sở", "0 to 3; empty when uncheckable"),
        Column("rule", "text", "mẫu câu hoặc quy tắc", "pattern or rule that found it"),
        Column("section", "text", "mục trong báo cáo", "section of the report"),
        Column("start", "int", "vị trí bắt đầu (ký tự)", "first character in the text"),
        Column("end", "int", "vị trí kết thúc", "one past the last character"),
        Column("quote", "text", "trích nguyên văn", "the words of the report"),
        Column("computed", "text", "tính lại được", "what recomputing gives"),
        Column("message_vi", "text", "kết luận một câu", "the finding in Vietnamese"),
        Column("message_en", "text", "kết luận một câu, tiếng Anh", "the finding in English"),
    ),
    "figures": (
        _REPORT,
        _CODE,
        Column("name", "text", "chỉ tiêu (lexicon.yaml)", "indicator of lexicon.yaml"),
        Column("value", "text", "giá trị, chính xác", "the exact value"),
        Column("number", "number", "giá trị để truy vấn", "the value for queries"),
        Column("unit", "text", "đơn vị tính", "unit"),
        Column("period_start", "day", "ngày đầu kỳ", "first day it speaks of"),
        Column("period_end", "day", "ngày cuối kỳ", "last day it speaks of"),
        Column("text", "text", "như đã ghi", "as written"),
        Column("start", "int", "vị trí", "first character in the text"),
    ),
    "ratios": (
        _REPORT,
        _CODE,
        Column("ratio", "text", "tỷ lệ (quy tắc loại per_unit)", "the ratio: a rule of the kind per_unit"),
        Column("name_vi", "text", "tên", "its name in Vietnamese"),
        Column("name_en", "text", "tên, tiếng Anh", "its name in English"),
        Column("above", "text", "chỉ tiêu ở tử số", "indicator counted"),
        Column("below", "text", "chỉ tiêu ở mẫu số", "indicator it is counted per"),
        Column("scale", "int", "nhân với", "times"),
        Column("value", "text", "giá trị, chính xác", "the exact value"),
        Column("number", "number", "giá trị để truy vấn", "the value for queries"),
    ),
    "citations": (
        _REPORT,
        _CODE,
        Column("number", "text", "số văn bản", "number of the document cited"),
        Column("symbol", "text", "ký hiệu", "its symbol"),
        Column("day", "day", "ngày văn bản", "its date, where it can be read"),
        Column("issuer", "text", "cơ quan ban hành", "who issued it"),
        Column("start", "int", "vị trí", "first character in the text"),
    ),
    "problems": (
        _REPORT,
        _CODE,
        Column("kind", "text", "loại vướng mắc khi đọc", "kind of reading problem"),
        Column("message_vi", "text", "nội dung", "in Vietnamese"),
        Column("message_en", "text", "nội dung, tiếng Anh", "in English"),
    ),
}  # fmt: skip


# ---------------------------------------------------------------- rows, as plain JSON values


def summary_of(audit: Audit) -> dict[str, Any]:
    """What the `reports` row takes from the audit; the rest comes from the plan."""
    header, period = audit.header, audit.header.period
    verdicts = {verdict.value: 0 for verdict in Verdict}
    for finding in audit.findings:
        verdicts[finding.told.value] += 1
    return {
        "sha256": audit.document.sha256,
        "ward": header.ward,
        "number": header.number,
        "report_date": _iso(header.day),
        "period_start": _iso(period.start) if period else None,
        "period_end": _iso(period.end) if period else None,
        "period": period.label if period else "",
        "characters": len(audit.document.text),
        **verdicts,
        **audit.coverage(),
    }


def rows_of(audit: Audit, report: str, code: str) -> dict[str, list[Row]]:
    """The rows of the other tables, in the order of their columns."""
    document = audit.document
    lead = [report, code]
    return {
        "findings": [
            [*lead, f.id, f.claim.kind.value, f.verdict.value, f.told.value, f.severity, f.claim.source, f.claim.section,
             f.claim.span.start, f.claim.span.end, document.quote(f.claim.span), f.computed, f.message.vi, f.message.en]
            for f in audit.findings
        ],
        "figures": [
            [*lead, f.name, digits(f.quantity.value), float(f.quantity.value), f.quantity.unit,
             _iso(f.period.start) if f.period else None, _iso(f.period.end) if f.period else None,
             f.quantity.text, f.quantity.span.start]
            for f in audit.figures
        ],
        "ratios": [
            [*lead, r.id, r.title.vi, r.title.en, r.above[0].name, r.below.name, r.scale, digits(r.value), float(r.value)]
            for r in audit.ratios
        ],
        "citations": [[*lead, c.number, c.symbol, _iso(c.day), c.issuer, c.span.start] for c in audit.citations],
        "problems": [[*lead, p.kind, p.message.vi, p.message.en] for p in audit.problems],
    }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# ---------------------------------------------------------------- Parquet


def path(outputs: Path, table: str) -> Path:
    return outputs / FOLDER / f"{table}.parquet"


def read(outputs: Path, table: str, **among: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows of one table as dictionaries, those with each named column `among` the given values.

    Raises FileNotFoundError when no batch has run there.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    wanted = {column: pa.array(sorted(values), pa.string()) for column, values in among.items()}
    for batch in pq.ParquetFile(path(outputs, table)).iter_batches():
        for column, values in wanted.items():
            batch = batch.filter(pc.is_in(batch[column], values))
        yield from batch.to_pylist()


def attach(db: DuckDBPyConnection, outputs: Path) -> None:
    """Make every table of the results a view of the same name; one an earlier version did not write is left out."""
    for table in TABLES:
        file = path(outputs, table)
        if file.is_file():
            quoted = str(file).replace("'", "''")
            db.execute(f"create view {table} as select * from read_parquet('{quoted}')")


def as_markdown() -> str:
    """The schema as `docs/results.md` prints it."""
    kinds = {"text": "VARCHAR", "int": "BIGINT", "number": "DOUBLE", "day": "DATE", "flag": "BOOLEAN"}
    out: list[str] = []
    for name, columns in TABLES.items():
        out += [f"### `{name}.parquet`", "", "| Cột · Column | DuckDB | Nội dung · Content |", "|---|---|---|"]
        out += [f"| `{c.name}` | {kinds[c.type]} | {c.vi} · {c.en} |" for c in columns]
        out.append("")
    return "\n".join(out)
