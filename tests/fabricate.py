"""An audit made by hand, so that the memo, the tables and the notebook are tested apart from the reading.

`audit()` gives one finding of every verdict over a short report in our own words; `hostile()` gives
the same shape over a report that tries to break out of the page.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from fractions import Fraction

from cchc_audit.model import (
    Audit,
    Block,
    BlockKind,
    Citation,
    Claim,
    Document,
    Explanation,
    Figure,
    Finding,
    Header,
    Kind,
    Mark,
    Message,
    Numeral,
    Passage,
    Period,
    Place,
    Problem,
    Quantity,
    Section,
    Span,
    Suspect,
    Term,
    Verdict,
    Written,
)

TEXT = """ỦY BAN NHÂN DÂN
PHƯỜNG HẢI VÂN

Số: 85/BC-UBND

Phường Hải Vân, ngày 05 tháng 7 năm 2024

BÁO CÁO

Kết quả công tác cải cách hành chính 6 tháng đầu năm 2024

(Số liệu từ ngày 01/01/2024 đến 30/6/2024)

A. ĐẶC ĐIỂM TÌNH HÌNH

Phường có 3.092 hộ với khoảng 12 nghìn nhân khẩu, sinh sống tại 05 khu phố.

B. KẾT QUẢ THỰC HIỆN

1. Công tác chỉ đạo, điều hành

Ủy ban nhân dân phường ban hành Kế hoạch số 12/KH-UBND ngày 15/01/2024 về cải cách hành chính năm 2024.

2. Cải cách thủ tục hành chính

Năm 2023, tổng số 1.874 hồ sơ (tồn trước 15 hồ sơ, nhận trong kỳ 1.859 hồ sơ); giải quyết đúng và trước hạn 1.862 hồ sơ, đạt 99,9%; quá hạn 01 hồ sơ; đang giải quyết 11 hồ sơ.

Năm 2024, tổng số 667 hồ sơ (tồn trước 11 hồ sơ, nhận trong kỳ 656 hồ sơ); giải quyết đúng và trước hạn 661 hồ sơ, đạt 100%; đang giải quyết 6 hồ sơ.

Có 24 thủ tục liên thông; liên thông 3 cấp 14 thủ tục, liên thông 2 cấp 8 thủ tục.

Phường lấy 394 phiếu khảo sát, trong đó 390 phiếu rất hài lòng (đạt 99,4%), 04 phiếu hài lòng.

| Lĩnh vực | Tiếp nhận | Trực tuyến |
| Hộ tịch | 240 | 231 |
| Chứng thực | 416 | 402 |
| Cộng | 656 | 633 |

3. Cải cách tổ chức bộ máy

Biên chế được giao 23, hiện sử dụng 20 người. Đại học: 13/20 = 65%; nguồn thu đạt 97,3% dự toán (146/150).

4. Thực hiện dân chủ ở cơ sở

Đã lấy ý kiến 3.208 hộ dân; tỷ lệ đồng ý là 105% số hộ. Tiếp 12 lượt công dân, ngoài ra 7 lượt khác.
"""


def _at(text: str, needle: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(needle, start + 1)
    return Span(start, start + len(needle))


def term(
    text: str, role: str, needle: str, value: str, nth: int = 0, *, unit: str = "", ulp: str = "1"
) -> Term:
    """A term quoted from the text; `value` and `ulp` are exact strings."""
    rounded = "%" in needle
    written = Written(Fraction(value), Fraction(ulp), rounded=rounded)
    return Term(role, written, needle, _at(text, needle, nth), unit or ("%" if rounded else ""))


def both(vi: str, en: str) -> Message:
    return Message(vi, en)


def finding(
    kind: Kind,
    verdict: Verdict,
    severity: int | None,
    terms: tuple[Term, ...],
    computed: str,
    message: Message,
    working: tuple[Message, ...] = (),
    **more: object,
) -> Finding:
    spans = [t.span for t in terms if t.span]
    claim = Claim(
        kind,
        terms,
        Span(min(s.start for s in spans), max(s.end for s in spans)),
        f"test.{kind.value}",
        scope=computed,
    )
    stable = hashlib.sha256(f"{kind}{computed}{message.vi}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return Finding(stable, claim, verdict, severity, computed, message, working=working, **more)  # type: ignore[arg-type]


def _findings(t: str) -> tuple[Finding, ...]:
    hs = "hồ sơ"
    sums = term(t, "total", "1.874", "1874", unit=hs)
    return (
        finding(
            Kind.BREAKDOWN,
            Verdict.HOLDS,
            0,
            (sums, term(t, "part", "15 hồ sơ", "15"), term(t, "part", "1.859", "1859", unit=hs)),
            "1874",
            both("15 + 1.859 = 1.874, khớp tổng số hồ sơ.", "15 + 1,859 = 1,874, equal to the total."),
            (both("15 + 1.859 = 1.874", "15 + 1,859 = 1,874"),),
        ),
        finding(
            Kind.SHARE,
            Verdict.HOLDS_BY_ROUNDING,
            0,
            (
                term(t, "n", "1.862", "1862", unit=hs),
                Term("m", Written(Fraction(1863)), unit=hs),
                term(t, "p", "99,9%", "99.9", ulp="0.1"),
            ),
            "99,95 %",
            both("1.862/1.863 = 99,946 %, làm tròn 99,9 %.", "1,862/1,863 = 99.946%, rounded 99.9%."),
            (
                both("1.862 + 1 = 1.863 hồ sơ đã giải quyết", "1,862 + 1 = 1,863 resolved"),
                both("1.862 / 1.863 = 99,946 %", "1,862 / 1,863 = 99.946%"),
            ),
        ),
        finding(
            Kind.SHARE,
            Verdict.HOLDS_IF_TRUNCATED,
            1,
            (
                term(t, "n", "146", "146"),
                term(t, "m", "150", "150"),
                term(t, "p", "97,3%", "97.3", ulp="0.1"),
            ),
            "97,33 %",
            both("146/150 = 97,33 %; chỉ khớp nếu cắt bớt.", "146/150 = 97.33%; agrees only if cut."),
        ),
        finding(
            Kind.BREAKDOWN,
            Verdict.CONTRADICTED,
            3,
            (
                term(t, "total", "24 thủ tục", "24", unit="thủ tục"),
                term(t, "part", "14 thủ tục", "14", unit="thủ tục"),
                term(t, "part", "8 thủ tục", "8", unit="thủ tục"),
            ),
            "22",
            both(
                "Báo cáo ghi 24 thủ tục liên thông; cộng các phần được 22, chênh lệch 2.",
                "The report gives 24 inter-level procedures; the parts add to 22, a difference of 2.",
            ),
            (both("14 + 8 = 22", "14 + 8 = 22"), both("24 − 22 = 2", "24 − 22 = 2")),
            suspects=(
                Suspect(
                    "24",
                    _at(t, "24 thủ tục"),
                    "22",
                    both("Hai phần cộng lại được 22.", "The two parts make 22."),
                ),
            ),
        ),
        finding(
            Kind.SHARE,
            Verdict.IMPOSSIBLE,
            3,
            (
                term(t, "n", "390 phiếu", "390", unit="phiếu"),
                term(t, "m", "394 phiếu", "394", unit="phiếu"),
                term(t, "p", "99,4%", "99.4", ulp="0.1"),
            ),
            "98,98 %",
            both(
                "390/394 = 98,98 %, làm tròn 99,0 %; báo cáo ghi 99,4 %. Với mẫu số 394 không có số phiếu nào cho 99,4 %.",
                "390/394 = 98.98%, rounded 99.0%; the report gives 99.4%. No count over 394 gives 99.4%.",
            ),
            (
                both("390 / 394 = 98,98 %", "390 / 394 = 98.98%"),
                both("391 / 394 = 99,24 %; 392 / 394 = 99,49 %", "391 / 394 = 99.24%; 392 / 394 = 99.49%"),
            ),
            explanations=(
                Explanation(
                    "other_base",
                    both("Phải chăng tính trên 661 hồ sơ?", "Was it taken of 661 dossiers?"),
                    (_at(t, "661"),),
                ),
            ),
        ),
        finding(
            Kind.SAME_FIGURE,
            Verdict.CONTRADICTED,
            2,
            (term(t, "a", "3.092 hộ", "3092", unit="hộ"), term(t, "b", "3.208 hộ", "3208", unit="hộ")),
            "116",
            both(
                "Hai mục nêu hai số hộ: 3.092 và 3.208, chênh lệch 116.",
                "Two sections give 3,092 and 3,208 households.",
            ),
            (both("3.208 − 3.092 = 116", "3,208 − 3,092 = 116"),),
        ),
        finding(
            Kind.NORM,
            Verdict.QUESTION,
            2,
            (term(t, "value", "23", "23", 1), Term("limit", Written(Fraction(21)))),
            "21",
            both(
                "Biên chế được giao 23, cao hơn mức 21 của định mức tham chiếu.",
                "A quota of 23 is above the norm of 21.",
            ),
        ),
        finding(
            Kind.STRUCTURE,
            Verdict.NOTE,
            1,
            (Term("heading", None, "A. ĐẶC ĐIỂM TÌNH HÌNH", _at(t, "A. ĐẶC ĐIỂM TÌNH HÌNH")),),
            "",
            both("Đề nghị thống nhất cách đánh số các mục.", "Please number the sections in one way."),
        ),
        finding(
            Kind.SHARE,
            Verdict.UNCHECKABLE,
            None,
            (term(t, "p", "105%", "105"),),
            "",
            both("Chưa rõ mẫu số của tỷ lệ 105 %.", "The base of 105% is not stated."),
        ),
        finding(
            Kind.ROLL_FORWARD,
            Verdict.HOLDS,
            0,
            (term(t, "a", "11 hồ sơ", "11", unit=hs), term(t, "b", "11 hồ sơ", "11", 1, unit=hs)),
            "11",
            both(
                "Số chuyển sang 11 bằng số tồn đầu kỳ sau.",
                "Carried forward 11 equals the next opening stock.",
            ),
            (both("11 = 11", "11 = 11"),),
        ),
    )


_NUMERALS = (
    ("85", 0, Mark.NOT_A_FIGURE),
    ("3.092", 0, Mark.CHECKED),
    ("12 nghìn", 0, Mark.UNREAD),
    ("1.874", 0, Mark.CHECKED),
    ("15 hồ sơ", 0, Mark.CHECKED),
    ("1.859", 0, Mark.CHECKED),
    ("1.862", 0, Mark.CHECKED),
    ("99,9%", 0, Mark.CHECKED),
    ("11 hồ sơ", 0, Mark.CHECKED),
    ("11 hồ sơ", 1, Mark.CHECKED),
    ("24 thủ tục", 0, Mark.CHECKED),
    ("14 thủ tục", 0, Mark.CHECKED),
    ("8 thủ tục", 0, Mark.CHECKED),
    ("394", 0, Mark.CHECKED),
    ("390", 0, Mark.CHECKED),
    ("99,4%", 0, Mark.CHECKED),
    ("656 |", 0, Mark.RESTATED),
    ("3.208", 0, Mark.CHECKED),
    ("105%", 0, Mark.UNREAD),
    ("7 lượt", 0, Mark.UNREAD),
)

_FIGURES = (
    ("received_total", "1.874", "1874", 0, 2023),
    ("carried_over", "15", "15", 1, 2023),
    ("received_in_period", "1.859", "1859", 0, 2023),
    ("resolved_on_time", "1.862", "1862", 0, 2023),
    ("resolved_late", "01 hồ sơ", "1", 0, 2023),
    ("pending_total", "11 hồ sơ", "11", 0, 2023),
    ("on_time_rate", "99,9%", "99.9", 0, 2023),
    ("received_total", "667", "667", 0, 2024),
    ("carried_over", "11 hồ sơ", "11", 1, 2024),
    ("received_in_period", "656", "656", 0, 2024),
    ("resolved_on_time", "661", "661", 0, 2024),
    ("pending_total", "6 hồ sơ", "6", 0, 2024),
    ("staff_quota", "23", "23", 1, 2024),
    ("staff_present", "20 người", "20", 0, 2024),
)


def _blocks(text: str) -> tuple[Block, ...]:
    blocks, start = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        span = Span(start, start + len(line))
        if line.strip():
            kind = BlockKind.ROW if line.startswith("|") else BlockKind.PARAGRAPH
            heading = line[:2] in {"A.", "B.", "1.", "2.", "3.", "4."}
            blocks.append(Block(BlockKind.HEADING if heading else kind, span, Place(line=number)))
        start += len(line) + 1
    return tuple(blocks)


def _sections(text: str) -> tuple[Section, ...]:
    heads = [
        ("A", "ĐẶC ĐIỂM TÌNH HÌNH", 1),
        ("B", "KẾT QUẢ THỰC HIỆN", 1),
        ("B.1", "Công tác chỉ đạo, điều hành", 2),
        ("B.2", "Cải cách thủ tục hành chính", 2),
        ("B.3", "Cải cách tổ chức bộ máy", 2),
        ("B.4", "Thực hiện dân chủ ở cơ sở", 2),
    ]
    spans = [_at(text, f"{path.split('.')[-1]}. {title}") for path, title, _ in heads]
    out = []
    for i, (path, title, level) in enumerate(heads):
        later = [spans[j].start for j in range(i + 1, len(heads)) if heads[j][2] <= level]
        out.append(Section(path, title, spans[i], later[0] if later else len(text), level))
    return tuple(out)


def _figures(text: str) -> tuple[Figure, ...]:
    out = []
    for name, needle, value, nth, year in _FIGURES:
        span = _at(text, needle, nth)
        rate = "%" in needle
        written = Written(Fraction(value), Fraction("0.1") if rate else Fraction(1), rounded=rate)
        period = Period(
            date(year, 1, 1), date(year, 12, 31) if year == 2023 else date(year, 6, 30), f"Năm {year}"
        )
        out.append(Figure(name, Quantity(span, needle, written, "%" if rate else "hồ sơ"), period, "B.2"))
    return tuple(out)


def audit(text: str = TEXT) -> Audit:
    """One finding of every verdict over `text`, which must hold the figures of `TEXT`."""
    document = Document(
        "data/phuong-hai-van.txt",
        "text",
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text,
        _blocks(text),
    )
    return Audit(
        document=document,
        header=Header(
            "Phường Hải Vân",
            "85/BC-UBND",
            date(2024, 7, 5),
            Period(date(2024, 1, 1), date(2024, 6, 30), "6 tháng đầu năm 2024"),
            "Kết quả công tác cải cách hành chính 6 tháng đầu năm 2024",
        ),
        sections=_sections(text),
        numerals=tuple(sorted((Numeral(_at(text, n, k), m) for n, k, m in _NUMERALS), key=lambda x: x.span)),
        figures=_figures(text),
        findings=_findings(text),
        citations=(
            Citation(
                _at(text, "12/KH-UBND ngày 15/01/2024"),
                "12",
                "KH-UBND",
                "15/01/2024",
                date(2024, 1, 15),
                "",
                "Kế hoạch",
            ),
        ),
        problems=(
            Problem(
                "partly_read", both("Không đọc được ảnh ở trang 3.", "An image on page 3 could not be read.")
            ),
        ),
    )


def empty() -> Audit:
    """A report in which nothing was found: every section must say so."""
    full = audit()
    return replace(
        full,
        header=Header(),
        sections=(),
        numerals=(),
        figures=(),
        findings=(),
        citations=(),
        problems=(),
        document=replace(full.document, text="Không có số liệu.\n", blocks=_blocks("Không có số liệu.\n")),
    )


PAYLOADS = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "</style><script>document.title='owned'</script>",
    "<svg/onload=document.title='owned'>",
    "{{ 7*7 }}{% raw %}",
    "[bấm](javascript:document.title='owned')",
    "$\\frac{1}{0}$ \\input{/etc/passwd}",
    "</script><!-- ]]>",
    "\u202eđảo chiều\u202c\u2066",
    '=HYPERLINK("http://example.invalid","x")',
    "http://example.invalid/pixel.png",
)


ATTACK = " ".join(PAYLOADS)


def hostile(attack: str = ATTACK) -> Audit:
    """The same audit with `attack` in the text, the names, the headings, the messages and the path."""
    text = TEXT.replace("Phường có 3.092", f"{attack} Phường có 3.092").replace(
        "| Hộ tịch |", f"| Hộ tịch {attack} |"
    )
    base = audit(text)
    return replace(
        base,
        document=replace(base.document, path=f"data/{attack}.txt"),
        header=replace(base.header, ward=f"Phường {attack}", title=attack, number=f"85/{attack}"),
        sections=tuple(replace(s, title=f"{s.title} {attack}") for s in base.sections),
        findings=tuple(
            replace(
                f,
                message=both(f"{f.message.vi} {attack}", f"{f.message.en} {attack}"),
                working=(both(attack, attack),),
                claim=replace(
                    f.claim, terms=tuple(
                        replace(t, noun=attack, unit=attack, passages=(Passage(attack, both(attack, attack), attack),))
                        for t in f.claim.terms
                    ),
                ),
            )
            for f in base.findings
        ),
        problems=(Problem("damaged", both(attack, attack)),),
    )
