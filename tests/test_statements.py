"""Relations the prose states: each way of stating one holds, breaks and stays silent as its cases say."""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest
from ruamel.yaml import YAML

from cchc_audit import check, quantities, statements
from cchc_audit.audit import audit_document
from cchc_audit.model import Claim, Document, Finding, Kind, Term, Verdict

CASES = YAML(typ="safe").load((Path(__file__).parent / "data/statements.yaml").read_text(encoding="utf-8"))
GOOD = {Verdict.HOLDS, Verdict.HOLDS_BY_ROUNDING, Verdict.HOLDS_IF_TRUNCATED}
PACKAGE = Path(statements.__file__).parent


def findings(text: str) -> list[Finding]:
    reading = quantities.read(Document("t", "text", "", text, ()))
    return check.judge(statements.find_claims(reading), reading.paragraphs)


def shown(terms: tuple[Term, ...], *roles: str) -> list[str]:
    out = []
    for term in terms:
        if term.role in roles:
            negative = term.written is not None and term.written.value < 0
            out.append(("-" if negative else "") + (term.text or "?"))
    return out


def written(claim: Claim) -> str:
    """A claim in the notation of the cases."""
    t = claim.terms
    if claim.kind is Kind.SHARE:
        return f"{' + '.join(shown(t, 'n')) or '?'} / {' + '.join(shown(t, 'm'))} = {shown(t, 'p')[0]}"
    if claim.kind is Kind.BREAKDOWN:
        return f"{shown(t, 'total')[0]} = {' + '.join(shown(t, 'part'))}"
    if claim.kind is Kind.RATE:
        return f"{' + '.join(shown(t, 'total'))} : {shown(t, 'count')[0]} = {shown(t, 'rate')[0]}"
    if claim.kind is Kind.SHARES_SUM:
        return f"100 = {' + '.join(shown(t, 'part'))}"
    if claim.kind is Kind.CHANGE:
        return f"{shown(t, 'prev')[0] if shown(t, 'prev') else '?'} -> {shown(t, 'now')[0] if shown(t, 'now') else '?'}: {', '.join(shown(t, 'delta', 'p', 'times'))}"
    if claim.kind is Kind.SAME_FIGURE:
        return f"{shown(t, 'a')[0]} = {shown(t, 'b')[0]}"
    return f"{shown(t, 'claim')[0]} listed {next(x.written.value for x in t if x.role == 'count' and x.written)}"


def cases(wanted: str) -> list[object]:
    return [
        pytest.param(case, id=f"{source}-{wanted}-{number}")
        for source, kinds in CASES.items()
        for number, case in enumerate(kinds.get(wanted, ()))
    ]


@pytest.mark.parametrize("case", cases("holds"))
def test_holds(case: list[str]) -> None:
    text, expected = case
    found = {written(f.claim): f.verdict for f in findings(text)}
    assert found.get(expected) in GOOD, found


@pytest.mark.parametrize("case", cases("breaks"))
def test_breaks(case: list[str]) -> None:
    text, expected = case
    found = {written(f.claim): f.verdict for f in findings(text)}
    assert found.get(expected) in {Verdict.CONTRADICTED, Verdict.IMPOSSIBLE}, found


@pytest.mark.parametrize("case", cases("unmade"))
def test_is_not_made_up(case: list[str]) -> None:
    """Figures that add up by chance, of things no one would add."""
    text, chance = case
    assert chance not in {written(f.claim) for f in findings(text)}


@pytest.mark.parametrize("text", cases("silent"))
def test_stays_silent(text: str) -> None:
    raised = [written(f.claim) for f in findings(text) if f.alarms]
    assert raised == []


def test_every_way_of_stating_a_relation_has_cases() -> None:
    named = set()
    for module in PACKAGE.glob("*.py"):
        named |= set(re.findall(r'"((?:share|breakdown|shares_sum|change|rate|table|enumeration|same|duration)(?:\.[a-z_]+)?)"', module.read_text("utf-8")))
    assert named - {"breakdown", "rate"} - set(CASES) == set()


def test_claims_point_into_the_text() -> None:
    for source, kinds in CASES.items():
        for case in kinds.get("holds", []) + kinds.get("breaks", []):
            for finding in findings(case[0]):
                for term in finding.claim.terms:
                    if term.span is not None:
                        assert case[0][term.span.start : term.span.end] == term.text, source


# a sentence, a bracket, a row or a list that never ends: many were quadratic once
PIECES = [
    "(1 ",
    "1/1/",
    "trong đó 1 hồ sơ, ",
    "5%, 5%; ",
    "| 1 | 2 ",
    "1\t2\t",
    "1 234 ",
    "nhận 50 hồ sơ, trả 35 hồ sơ (70%), tức đạt 70%; ",
    "Gồm: 5 đơn, 6 đơn. ",
    "gồm 12 hồ sơ (trong đó 3 hồ sơ: ",
    "giảm 51 hồ sơ, từ 5 xuống 4 ",
    "1/3 phiếu (33%) ",
    "tỷ lệ này tăng 3 điểm phần trăm, lên mức 73% ",
    "kết quả trên số phiếu có 9 phiếu (33%) ",
    "gấp 2 lần 5 vụ, ",
    "xã An Lạc: 1.234/1.243; ",
    "từ hài lòng trở lên 5%, ",
    "nhập 5 km2 với 6 km2 thành xã C có 11 km2. ",
    "7 lớp, 210 em, bình quân 30 em/lớp; ",
    "mỗi hộ 5 con gà, ",
    "điểm: 8,5; 9,0; trung bình cộng 8,75; ",
    "bình quân mỗi ",
    "7 lớp x 30 em = 210 em; ",
    "nhiều hơn thôn 5 hộ, ",
    "gấp đôi năm trước (5 vụ), ",
    "năm trước 5 vụ, năm nay 6 vụ, tăng 1 vụ, ",
    "tổ 1 có 5 hộ, nhiều nhất là tổ 1; ",
    "so với tháng 4 tăng 5 hộ ",
    "nhiều hơn ",
    "nộp 24 (hai mươi tư) đơn, ba (03) đơn, ",
    "có 12 hộ. Trong số 12 hộ này ",
    "nộp đủ toàn bộ 5 triệu đồng phải thu hồi, ",
    "1 triệu đồng, tức 2 tỷ đồng; ",
    "9 hộ, một nửa (5 hộ), ",
    "phần còn lại 5,5%, còn 4,5% hộ chưa có; ",
    "hạn trả 03/7/2025 nhưng 25/7/2025 mới trả, chậm 12 ngày; từ 05/5/2025 đến 19/5/2025 (15 ngày); ",
    "(nam - nữ - tổng): 1 - 2 - 3; ",
    "có 8 hộ, gồm:\n- Hộ An;\n- Hộ Ba;\n",
    "đầu năm có 5 hộ, phát sinh 2 hộ, ",
    "tháng 1 nhận 5 đơn, quý i nhận 9 đơn, ",
    "đạt 5/8 tiêu chí, 3 tiêu chí chưa đạt, còn 2 tiêu chí, ",
    "có 25 hộ, trong số đó có 5 hộ, các hộ còn lại ",
    "lần lượt là 5, 6 và 7, chiếm 5%, 6% và 7%, ",
    "trong 5 hộ, 5,5% (5 hộ) ",
    "5,5% hộ (5 trong số 6 hộ), cụ thể 6 hộ; toàn xã 7 hộ ",
    "5/6 trẻ từ 6 đến 36, ",
    "cơ cấu: nông nghiệp 5,5%, công nghiệp 6,5%; tháng 7 lần lượt là ",
    "thôn mai 5 hộ, thôn lan 6 hộ. như vậy, hai thôn trên có 11 hộ. ",
    "tổng cộng ",
    "mỗi người một phiếu: 5 phiếu đồng ý, ",
    "theo thôn: mai 5, lan 6. ",
    "4 căn (mỗi căn 6 triệu đồng), ",
    "được cấp 9 liều, đã tiêm 5 liều, hủy 1 liều, còn 3 liều, ",
    "số dư đầu kỳ: 5\n",
    "có 3 việc: (1) sửa cầu; (2) sửa cống; ",
    "đại học\n5%\n",
    "ngoài 5 hộ đã cài, còn 6 hộ chưa cài, trong tổng số 11 hộ, ",
    "đơn 5 đơn. đơn thư 6 đơn. ",
    "có 5 hộ, đưa tổng số hộ lên 6 hộ, ",
    "5 người biểu quyết: 4 đồng ý, 1 không đồng ý, ",
    "tồn kỳ trước 5, nhận mới 6, tổng phải giải quyết 11, ",
    "giảm 3 hộ do 2 hộ nghỉ và 1 hộ chết, ",
    "từ 5 hộ đầu năm, đến nay có 6 hộ, tăng 1 hộ, ",
    "5%, cao hơn mức 4% của quý trước 1 điểm %, ",
    "so với chỉ tiêu 5 hộ còn thiếu 2 hộ, ",
    "theo dân tộc: kinh 5, mường 6, dân tộc khác 7. ",
    "các thôn đều trên 5%: thôn A 6%, thôn B 7%, ",
    "xếp từ cao xuống thấp: tổ 4: 87; tổ 1: 74; ",
    "thành lập năm 1965, năm 2025 kỷ niệm 60 năm thành lập, ",
    "được chấm 94 điểm, bị trừ 6 điểm trên thang 100, ",
    "bằng 88% tháng 8, tháng 8 có 6 hộ, ",
    "81 vụ với 168 người (tăng 13 vụ, 6 người), riêng số vụ tăng 19,1%, ",
    "phải thi hành 60 việc, ủy thác 2 việc, nên còn phải thi hành 58 việc, ",
    "số hóa thêm 5 hồ sơ, nâng tổng số từ 6 lên 11 hồ sơ, ",
    "trước sắp xếp có 9 thôn, nhập 4 thôn thành 2 thôn mới, giữ nguyên 5 thôn, sau sắp xếp có 7 thôn, ",
    "có 5/8 thôn đạt, ba thôn không đạt, ",
    " lúa 12 ha, ngô 15 ha; tổng 27 ha;",
    "thôn mai: 12 hộ, 3 người\ncộng 12 hộ, 3 người\n",
    "tổng 40 hộ:\n- mai 12 hộ\n- lan 13 hộ\n- cúc 25 hộ\n",
    "kế hoạch 12 nhà, đã xong 9 nhà, còn 5 nhà; ",
    "năm nay 640 lượt, năm trước 512 lượt, tăng 182 lượt; ",
    "dư nợ (triệu đồng): mai 14.250, lan 11.870. ",
    "dư nợ 01/01: 5 cho vay 3 thu nợ 1 dư nợ 30/9: 7 ",
    "5 cơ sở vi phạm, đã xử phạt 5 cơ sở, ",
    "4 trận, ghi lần lượt 7, 6, 7 và 8 điểm, bình quân 7 điểm một trận, ",
    "34 trang nói trên ",
    "theo tháng: tháng 1 là 5, tháng 2 là 6. ",
    "- chứng thực: 151/150 hồ sơ\n",
    "tổng số 147 cháu, nữ 68 cháu\n",
    "| 9 | loa 5, họp ",
    "thôn 5 hộ (cộng 5 hộ), ",
    "nhân viên\n12\n5\nnấu ăn: 5\n",
    "có một phần tư trong 8 hộ, cụ thể 2 hộ, ",
    "trong 8 ngày, từ 5/5 đến 12/5, ",
    "phát ra 9 phiếu. ông a tín nhiệm cao 5 phiếu, tín nhiệm 3 phiếu, tín nhiệm thấp 1 phiếu. ",
    "có 5 hộ, tính trên số hộ phải đóng, tỷ lệ đạt 5%, ",
    "có 18/20 chỉ tiêu đạt và vượt (vượt 12, đạt 6), ",
    "có 100 hộ: mai 60 hộ, lan 40 hộ; theo độ tuổi: trẻ 30 hộ, già 70 hộ. ",
    "đã xong 12 việc, đang làm 3 việc, còn 5 việc ",
    "hoàn thành 12 nhiệm vụ, đang thực hiện 3 nhiệm vụ, chưa thực hiện 2 nhiệm vụ, ",
    "rất hài lòng 45 phiếu (90%), hài lòng 5 phiếu (10%), ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_cost_grows_with_length(piece: str) -> None:
    def seconds(length: int) -> float:
        start = process_time()
        audit_document(Document("t", "text", "", piece * (length // len(piece)), ()))
        return process_time() - start

    short = min(seconds(6_000) for _ in range(2))
    assert any(seconds(24_000) < 8 * short for _ in range(3))  # 4 when linear, 16 when quadratic; again where the machine was busy


def test_small_sums_of_every_other_figure_say_nothing() -> None:
    text = "Tiếp nhận 26 đơn (đất đai 15, môi trường 06, khác 05), giải quyết xong 23 đơn, còn 03 đơn."
    assert "23 = 15 + 05 + 03" not in {written(f.claim) for f in findings(text)}


def test_figures_apart_that_add_up_by_chance_say_nothing() -> None:
    text = "Tổ 1 có 219 hộ, 24 hộ nghèo.\n\nTổ 2 có 188 hộ, 16 hộ nghèo.\n\nTổ 3 có 199 hộ, 13 hộ nghèo.\n\nTổ 4 có 175 hộ, 15 hộ nghèo."
    assert "199 = 175 + 24" not in {written(f.claim) for f in findings(text)}
