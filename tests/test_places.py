"""Where a finding stands and what it quotes: the same in the terminal, the memo, the working paper and the panel."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from papers import assert_linear, document

from cchc_audit import memo
from cchc_audit.audit import audit_report
from cchc_audit.messages import say
from cchc_audit.model import (
    Audit,
    Block,
    BlockKind,
    Claim,
    Finding,
    Kind,
    Message,
    Place,
    Span,
    Term,
    Verdict,
    Written,
)
from cchc_audit.places import first_row, place_of, quoted
from cchc_audit.record import Run
from cchc_audit.terminal import print_audit
from cchc_audit.workpaper import workpaper

RUN = Run("0.1.0", "2024-07-10T08:30:00+00:00")
HEAD = "UBND XÃ SUỐI LÀNH\nSố: 78/BC-UBND\nSuối Lành, ngày 05 tháng 7 năm 2024\nBÁO CÁO\nCông tác cải cách hành chính 6 tháng đầu năm 2024\nI. KẾT QUẢ\n"
ROWS = [
    ["TT", "Lĩnh vực", "Tiếp nhận", "Quá hạn", "Đang giải quyết"],
    ["1", "Chứng thực", "702", "0", "0"],
    ["2", "Hộ tịch", "311", "2", "10"],
    ["3", "Đất đai", "148", "9", "26"],
    ["4", "Bảo trợ xã hội", "123", "0", "8"],
    ["", "Tổng cộng", "1.284", "11", "46"],
]
TABLES = {
    "bars": "\n".join(f"| {' | '.join(row)} |" for row in ROWS),
    "tabs": "\n".join("\t".join(row) for row in ROWS),
}
TOLD_TWICE = "Kỳ này tiếp nhận 512 hồ sơ, đã giải quyết 503 hồ sơ, đang giải quyết 9 hồ sơ.\nII. TỒN TẠI\nSố hồ sơ đang giải quyết là 8 hồ sơ.\n"


def audited(body: str, folder: Path) -> Audit:
    report = folder / "bao-cao.txt"
    report.write_text(HEAD + body, "utf-8")
    return audit_report(report)


def the(audit: Audit, kind: Kind) -> Finding:
    return next(f for f in audit.findings if f.claim.kind is kind and f.alarms)


@pytest.mark.parametrize("form", TABLES)
def test_a_total_of_a_column_is_quoted_by_its_names_and_stands_where_the_total_does(form: str, tmp_path: Path) -> None:
    audit = audited(TABLES[form], tmp_path)
    found = the(audit, Kind.BREAKDOWN)
    assert quoted(found, audit).vi == "“Đang giải quyết – Chứng thực: 0; Hộ tịch: 10; Đất đai: 26; Bảo trợ xã hội: 8; Tổng cộng: 46”"
    assert audit.document.quote(found.claim.by_role("total")[0].span) == "46"  # type: ignore[arg-type]
    line = audit.document.text[: found.claim.by_role("total")[0].span.start].count("\n") + 1  # type: ignore[union-attr]
    assert f"dòng {line}" in place_of(found, audit).vi


def test_a_row_is_quoted_by_the_heads_of_its_columns(tmp_path: Path) -> None:
    rows = [["Lĩnh vực", "Tiếp nhận", "Trước hạn", "Đúng hạn", "Quá hạn"], ["Hộ tịch", "301", "228", "71", "2"], ["Đất đai", "148", "60", "79", "9"], ["Cộng", "449", "288", "150", "11"]]
    audit = audited("\n".join(f"| {' | '.join(row)} |" for row in rows), tmp_path)
    row = next(f for f in audit.findings if f.claim.kind is Kind.BREAKDOWN and len({t.text for t in f.claim.terms} & {"301", "228", "71"}) == 3)
    assert quoted(row, audit).vi == "“Hộ tịch – Tiếp nhận: 301; Trước hạn: 228; Đúng hạn: 71; Quá hạn: 2”"


def test_a_figure_told_twice_is_named_and_both_places_are_quoted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audit = audited(TOLD_TWICE, tmp_path)
    found = the(audit, Kind.SAME_FIGURE)
    words = quoted(found, audit).vi
    assert "(mục I, dòng 7)" in words and "(mục II, dòng 9)" in words
    assert "đang giải quyết 9 hồ sơ" in words and "đang giải quyết là 8 hồ sơ" in words
    print_audit(audit, "bao-cao.txt")
    out = " ".join(capsys.readouterr().out.split())
    assert "Một chỉ tiêu ghi ở nhiều chỗ: Hồ sơ đang giải quyết — mục" in out
    assert words in out


@pytest.mark.parametrize(
    ("sentence", "end"),
    [
        ("Kinh phí 1,25 tỷ đồng, trong đó ngân sách xã 850 triệu đồng, xã hội hóa 450 triệu đồng.", "xã hội hóa 450 triệu đồng”"),
        ("Tiếp nhận 1.284 hồ sơ, tăng 12,5% so với cùng kỳ năm trước (1.120 hồ sơ).", "(1.120 hồ sơ)”"),
    ],
)
def test_a_quote_ends_with_its_unit_and_its_bracket(sentence: str, end: str, tmp_path: Path) -> None:
    audit = audited(f"{sentence}\n", tmp_path)
    assert quoted(audit.alarms[0], audit).vi.endswith(end)


def test_a_row_of_one_cell_does_not_part_a_table(tmp_path: Path) -> None:
    rows = [ROWS[0], ["Các lĩnh vực có nhiều hồ sơ"], *ROWS[1:]]
    audit = audited("\n".join(f"| {' | '.join(row)} |" for row in rows), tmp_path)
    index = next(i for i, block in enumerate(audit.document.blocks) if "Hộ tịch" in audit.document.quote(block.span))
    assert "Lĩnh vực" in audit.document.quote(audit.document.blocks[first_row(audit.document, index)].span)


def test_quoting_a_long_column_costs_in_proportion(tmp_path: Path) -> None:
    def quote(text: str) -> None:
        lines, at = [], 0
        for line in text.splitlines(keepends=True):
            lines.append(Block(BlockKind.PARAGRAPH, Span(at, at + len(line.rstrip())), Place(line=len(lines) + 1)))
            at += len(line)
        spans = [Span(block.span.end - 1, block.span.end) for block in lines]
        terms = tuple(Term("part", Written(1), "1", span) for span in spans)
        claim = Claim(Kind.BREAKDOWN, terms, Span(0, at), "test")
        audit = replace(audited("", tmp_path), document=document(text, blocks=tuple(lines)), sections=())
        quoted(Finding("F", claim, Verdict.HOLDS, 0, "", Message("", "")), audit)

    assert_linear(quote, "Thôn\t1\n")


@pytest.mark.parametrize("body", [TABLES["bars"], TOLD_TWICE])
def test_terminal_memo_and_working_paper_give_one_place_and_one_quote(
    body: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audit = audited(body, tmp_path)
    view = memo.arrange(audit, RUN)
    print_audit(audit, "bao-cao.txt")
    out = " ".join(capsys.readouterr().out.split())
    assert "· 05/7/2024" in out, "the date as in the memo"
    sheet = openpyxl.load_workbook(io.BytesIO(workpaper(view)))[say("workpaper.sheet_findings").vi]
    cells = [[str(cell.value) for cell in row] for row in sheet.iter_rows(min_row=2)]
    for item, row in zip(view.to_answer, cells, strict=True):
        assert item.where.vi == place_of(item.finding, audit).vi
        assert f"— {item.where.vi} Báo cáo ghi: {quoted(item.finding, audit).vi}" in out
        assert item.where.vi in row and quoted(item.finding, audit).vi in row
