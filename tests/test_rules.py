"""Binding rules: every rule's examples, what must be raised on a real report, and what must never be."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from cchc_audit import check, figures, header, outline, quantities, readers, rules
from cchc_audit.model import Document, Finding, Kind, Verdict
from cchc_audit.readers.builder import plain_document
from cchc_audit.rules import examples, source

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
REAL = SHARED / "reports" / "tran-hung-dao-2024.txt"
OWN = HERE.parent / "data"
CONTENT = source.read_defaults()
BOOK = rules.load()
ALARMS = {Verdict.CONTRADICTED, Verdict.IMPOSSIBLE}


def document(text: str, name: str = "report.txt") -> Document:
    return plain_document(Path(name), "text", "", text, ())


def source_of(text: str, name: str = "previous.txt") -> rules.Source:
    other = document(text, name)
    reading, sections, heading = quantities.read(other), outline.find_sections(other), header.read_header(other)
    return rules.Source(other, heading, figures.find_figures(other, reading, sections, heading, BOOK.lexicon))


def audit(doc: Document, previous: tuple[rules.Source, ...] = (), attached: tuple[rules.Source, ...] = ()) -> list[Finding]:
    reading, sections, heading = quantities.read(doc), outline.find_sections(doc), header.read_header(doc)
    named = figures.find_figures(doc, reading, sections, heading, BOOK.lexicon)
    given = rules.material(named, doc, reading, sections, heading, BOOK, previous, attached)
    return [*check.judge(rules.claims_of(given, BOOK)), *rules.findings(given, BOOK)]


def said(text: str, **others: tuple[rules.Source, ...]) -> list[tuple[str, str, list[str]]]:
    """(rule, verdict, terms as written) of everything but what holds."""
    found = audit(document(text), **others)
    return [
        (f.claim.source, f.verdict.value, [t.text for t in f.claim.terms])
        for f in found
        if f.verdict not in {Verdict.HOLDS, Verdict.HOLDS_BY_ROUNDING, Verdict.UNCHECKABLE}
    ]


def alarms(text: str, **others: tuple[rules.Source, ...]) -> list[list[str]]:
    return [terms for _, verdict, terms in said(text, **others) if verdict in ALARMS]


@pytest.mark.parametrize("name", list(CONTENT.rules))
def test_a_rule_does_what_its_examples_say(name: str) -> None:
    entry = CONTENT.rules[name]
    assert list(examples.try_rule(entry, BOOK)) == []
    if entry.value.kind != "per_unit":
        assert {e.good for e in entry.examples} == {True, False}


def test_every_kind_of_rule_is_used() -> None:
    from cchc_audit.rules.rulebook import KINDS

    assert {e.value.kind for e in CONTENT.rules.values()} == set(KINDS)


# ---------------------------------------------------------------- the real report


@pytest.mark.skipif(not REAL.exists(), reason="the real report is not here")
def test_the_real_report_raises_two_contradictions_and_holds_the_rest() -> None:
    found = audit(readers.read(REAL))
    raised = {tuple(t.text for t in f.claim.terms) for f in found if f.verdict not in {Verdict.HOLDS, Verdict.HOLDS_BY_ROUNDING, Verdict.UNCHECKABLE}}
    assert raised == {("3.092", "3.208"), ("100%", "01")}
    held = {(f.claim.kind, *(t.text for t in f.claim.terms)) for f in found if f.verdict is Verdict.HOLDS}
    for expected in (
        (Kind.ROLL_FORWARD, "11", "11"), (Kind.SAME_FIGURE, "23", "23"), (Kind.SAME_FIGURE, "20", "20"),
        (Kind.SAME_FIGURE, "126", "126"), (Kind.SAME_FIGURE, "7.772", "7.772"), (Kind.SAME_FIGURE, "05", "5"),
    ):  # fmt: skip
        assert expected in held, expected


@pytest.mark.skipif(not REAL.exists(), reason="the real report is not here")
def test_every_rule_does_on_the_real_report_what_was_read_by_hand() -> None:
    """A rule that is not named here binds nothing: its figures are not stated, or the prose says the relation itself."""
    outcome: dict[str, dict[str, int]] = {}
    for found in audit(readers.read(REAL)):
        counts = outcome.setdefault(found.claim.source, {})
        counts[found.verdict.value] = counts.get(found.verdict.value, 0) + 1
    assert outcome == {
        "all-on-time": {"contradicted": 1, "holds": 2},  # 100 % in 2023 beside 01 late; none late in 2024
        "all-satisfied": {"holds": 1},  # 390 + 4 of 394 leave no unsatisfied answer
        "dossier-stock": {"holds": 1},  # 11 pending at the end of 2023, 11 carried into 2024
        "procedures-everywhere": {"holds": 2},
        "same-figure": {"holds": 14, "contradicted": 1},  # 3.092 and 3.208 households
        "staff-by-degree": {"holds": 1},  # 6 + 13 + 1 = 20
        "staff-within-norm": {"uncheckable": 1},  # the report does not state its class
        "staff-within-quota": {"holds": 1},
        "voters-order": {"holds": 1},
    }


@pytest.mark.parametrize("report", sorted((SHARED / "dev" / "reports").glob("*.txt")), ids=lambda p: p.stem)
def test_the_development_reports_restate_what_they_should(report: Path) -> None:
    """Every labelled restatement is bound with both its numbers, and judged as labelled."""
    labels = json.loads((SHARED / "dev" / "labels" / f"{report.stem}.json").read_text("utf-8"))["claims"]
    found = audit(readers.read(report))
    for label in labels:
        if label["kind"] not in {"same_figure", "roll_forward"} or label["holds"] not in (True, False):
            continue
        wanted = set(label["figures"].values())
        near = [f for f in found if wanted <= {t.text.rstrip(" %") for t in f.claim.terms}]
        assert near, label
        assert any((f.verdict in ALARMS) is not label["holds"] for f in near), label


# ---------------------------------------------------------------- what must never be raised

QUIET = {
    "a part against the whole": "Phường có 3.105 hộ.\nTuyên truyền tới 1.846 hộ có đại diện dự họp. Hỗ trợ 2.950 hộ sửa nhà.",
    "a field against the whole": "Đã giải quyết 4.821 hồ sơ.\nLĩnh vực chứng thực đã giải quyết 3.214 hồ sơ.",
    "a hamlet against the commune": "Xã có 1.842 hộ.\nThôn Thượng có 1.412 hộ.",
    "another period": "Năm 2023, đã giải quyết 4.821 hồ sơ.\nNăm 2022, đã giải quyết 4.391 hồ sơ.",
    "a comparison": "Năm 2024, nhận mới 3.172 hồ sơ.\nSo với năm 2023 (nhận mới 2.958 hồ sơ), tăng 214 hồ sơ.",
    "a target": "Tỷ lệ nộp trực tuyến 66,7%.\nPhấn đấu năm 2025 tỷ lệ nộp trực tuyến trên 80%.",
    "quota and headcount": "Biên chế được giao 23 người, đang sử dụng 20 người.\nTrình độ: đại học 13/20 người.",
    "staff of another body": "Phường hiện có 23 cán bộ, công chức.\nCông an phường có 21 cán bộ.",
    "letters and cases": "Tiếp nhận 14 đơn.\nTiếp nhận 16 vụ việc.",
    "visits and persons": "Tiếp công dân 41 lượt.\nTiếp công dân 46 người.",
    "pending, not resolved": "Đã giải quyết 4.821 hồ sơ, quá hạn 9 hồ sơ.\nTrong 46 hồ sơ đang giải quyết không có hồ sơ nào quá hạn.",
    "another field's claim": "Quá hạn 9 hồ sơ.\nLĩnh vực chứng thực đạt 100% đúng hạn.",
    "one channel's claim": "Quá hạn 9 hồ sơ.\n100% hồ sơ trực tuyến được giải quyết đúng hạn.",
    "an aim": "Quá hạn 9 hồ sơ.\nPhấn đấu 100% hồ sơ được giải quyết đúng hạn, không để xảy ra hồ sơ quá hạn.",
    "no overdue tasks": "Trễ hạn 15 hồ sơ.\nKhông có nhiệm vụ quá hạn.",
    "another period's claim": "Năm 2023, quá hạn 01 hồ sơ.\nNăm 2024, không có hồ sơ quá hạn.",
    "the difference is printed": "Tổng số hồ sơ phải giải quyết là 2.146 hồ sơ, trong đó kỳ trước chuyển qua 38 hồ sơ.\nHồ sơ phải giải quyết là 2.108 hồ sơ.",
    "two surveys": "Phát ra 120 phiếu khảo sát, thu về 116 phiếu.\nĐợt hai phát ra 150 phiếu khảo sát, thu về 140 phiếu.",
    "months in a table": "| Tháng | Tiếp nhận mới | Đã giải quyết |\n|---|---|---|\n| 1 | 512 | 520 |\n| 2 | 388 | 391 |\n| 3 | 522 | 502 |",
    "a balance with classes not stated": "Tổng số hồ sơ phải giải quyết là 4.512 hồ sơ.\nĐã giải quyết 4.480 hồ sơ.\nĐang giải quyết 14 hồ sơ.",
    "last year's rate": "I.\nTỷ lệ đúng hạn đạt 99,5%, cao hơn năm 2023 (tỷ lệ đúng hạn 98,7%).",
    "the city's households": "I.\nTrên địa bàn thành phố có 125.000 hộ; phường có 3.210 hộ.",
    "fields in one line": "I.\nLĩnh vực đất đai: tiếp nhận 120 hồ sơ, giải quyết 110 hồ sơ, quá hạn 5 hồ sơ. Lĩnh vực hộ tịch: tiếp nhận 300 hồ sơ, giải quyết 300 hồ sơ, không có hồ sơ quá hạn.",
    "households taking part": "I.\nPhường có 3.210 hộ.\nII.\nCó 2.980 hộ tham gia; vận động 3.100 hộ đóng góp; phát tờ rơi tới 3.200 hộ.",
    "staff sent to courses": "I.\nHiện có 23 cán bộ, công chức.\nII.\nCử 20 cán bộ, công chức đi bồi dưỡng; 21 cán bộ, công chức được cấp chữ ký số.",
    "one-stop officers": "I.\nBộ phận một cửa hiện có 05 công chức.\nII.\nPhường hiện có 22 cán bộ, công chức; bố trí 04 công chức trực một cửa.",
    "channels and their sum": "I.\nTiếp nhận 1.000 hồ sơ qua bưu chính công ích.\nII.\nTiếp nhận 1.500 hồ sơ tại bộ phận một cửa.\nIII.\nTổng số tiếp nhận 2.500 hồ sơ.",
    "wards before a merger": "I.\nPhường A cũ có 3.105 hộ, phường B cũ có 3.150 hộ; sau sáp nhập có 6.255 hộ.",
    "start and end of the year": "I.\nĐầu năm phường có 23 cán bộ, công chức; cuối năm có 22 cán bộ, công chức.",
    "a base of fewer hamlets": "I. Vị trí\nXã có 12 thôn.\nII. Hạ tầng\nTrong các thôn vùng cao, 5/7 thôn đã có điện lưới.",
    "pending ones of one field": "Hiện còn 258 hồ sơ đang giải quyết, trong đó 251 hồ sơ trong hạn, 07 hồ sơ quá hạn.\nLĩnh vực hộ tịch: toàn bộ 15 hồ sơ đang giải quyết đều còn trong hạn.",
    "one month against the year": "Trong tháng 12, không có hồ sơ quá hạn.\nCả năm quá hạn 6 hồ sơ.",
    "a sample inspected": "Qua kiểm tra 50 hồ sơ, có 02 hồ sơ quá hạn.\nCả năm quá hạn 6 hồ sơ.",
    "dossiers of the ward office and of the police": "1. Hồ sơ của UBND phường\n- Tổng số hồ sơ phải giải quyết 1.512 hồ sơ, đã giải quyết 1.490 hồ sơ, quá hạn 04 hồ sơ.\n- Đang giải quyết 22 hồ sơ.\n2. Hồ sơ của Công an phường\n- Tổng số hồ sơ phải giải quyết 1.104 hồ sơ, đã giải quyết 1.095 hồ sơ, không có hồ sơ quá hạn.\n- Đang giải quyết 09 hồ sơ.",
    "two bodies in two lines": "I. Hồ sơ\n- Bộ phận Một cửa phải giải quyết 1.512 hồ sơ, đã giải quyết 1.490 hồ sơ, quá hạn 04 hồ sơ, đang giải quyết 22 hồ sơ.\n- Trung tâm tiếp nhận phải giải quyết 1.104 hồ sơ, đã giải quyết 1.095 hồ sơ, 100% hồ sơ giải quyết đúng hạn, đang giải quyết 09 hồ sơ.",
    "the late ones of another body, named again": "I. Hồ sơ\n1. Cấp phường\nĐã giải quyết 795 hồ sơ, quá hạn 02 hồ sơ, đang giải quyết 17 hồ sơ.\n2. Chuyển cấp trên\nĐã giải quyết 71 hồ sơ, đang giải quyết 25 hồ sơ; không có hồ sơ quá hạn.\n3. Nguyên nhân\n02 hồ sơ quá hạn đều do vướng quy hoạch.",
    "procedures of a higher level posted too": "Tại Bộ phận Một cửa có 128 thủ tục thuộc thẩm quyền giải quyết của UBND phường, 36 thủ tục chuyển cấp trên. Niêm yết công khai 164/164 thủ tục.",
    "opening stock of month and year": "a) Trong tháng 8 (từ ngày 01/8 đến ngày 31/8/2024)\n- Kỳ trước chuyển qua 31 hồ sơ.\nb) Lũy kế từ ngày 01/01/2024 đến ngày 31/8/2024\n- Kỳ trước chuyển qua 44 hồ sơ.",
}


@pytest.mark.parametrize("text", QUIET.values(), ids=list(QUIET))
def test_nothing_is_raised_for(text: str) -> None:
    assert [s for s in (*said(text), *said(HEADED + text)) if s[1] in ALARMS] == []


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Trễ hạn 06 hồ sơ.\nTám trường hợp trễ hạn đều đã có thư xin lỗi.", ["06", "Tám"]),
        ("Quá hạn 09 hồ sơ.\nSố hồ sơ quá hạn trong quý là 08 hồ sơ.", ["09", "08"]),
        ("Tỷ lệ giải quyết đúng hạn đạt 99,8%.\nTỷ lệ giải quyết đúng hạn đạt 98,9%.", ["99,8%", "98,9%"]),
        ("Xã có 1.842 hộ.\n| Bản | Số hộ |\n|---|---|\n| Co | 842 |\n| Nà | 982 |\n| Cộng | 1.824 |", ["1.842", "1.824"]),
        ("Số hóa kết quả 2.039/2.110 hồ sơ.\nĐã giải quyết 2.101 hồ sơ.", ["2.110", "2.101"]),
        ("Tỷ lệ giải quyết đúng hạn đạt 99,9%.\n100% hồ sơ được giải quyết đúng hạn.", ["100%", "99,9%"]),
    ],
)
def test_two_values_of_one_figure_are_raised(text: str, terms: list[str]) -> None:
    assert [sorted(t) for _, v, t in said(text) if v == "contradicted"] == [sorted(terms)]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Trên 99% hồ sơ trả đúng hạn", "99,2%"),
        ("98% hồ sơ trả đúng hạn", ""),  # a rate of its own
        ("Gần 27.000 lượt khách đến Trung tâm", "27.000"),
        ("Hơn 8,9 nghìn phiếu thu về", "8.930"),
        ("Kỷ luật 62 đảng viên", "62"),
        ("Thăm 62 gia đình", ""),  # none of its words in the text
    ],
)
def test_a_figure_of_the_title_is_found_again_in_the_text(title: str, told: str) -> None:
    text = (
        f"{title}\n\nTừ đầu năm, Trung tâm đón gần 27.000 lượt khách, trả đúng hạn 4.960 hồ sơ, đạt 99,2%.\n\n"
        "Số phiếu thu về là 8.930 phiếu. Sáu tháng, thi hành kỷ luật 62 đảng viên."
    )
    again = [f.claim.terms[1].text for f in audit(document(text)) if f.claim.kind is Kind.SAME_FIGURE and f.claim.terms[0].span.start < len(title)]
    assert again == ([told] if told else [])


HEADED = "UBND PHƯỜNG X\nX, ngày 20 tháng 12 năm 2024\nBÁO CÁO\nKết quả công tác cải cách hành chính năm 2024\n"
RAISED = [
    "I. Tình hình\nPhường có 3.210 hộ, 12.345 nhân khẩu.\nII. Kết quả\nLực lượng mỏng trong khi dân số 12.435 người.",
    "I. Bộ máy\nBiên chế được giao 25 người.\nII. Đánh giá\nTrong tổng số 26 biên chế được giao, còn thiếu 02.",
    "I. TTHC\nTổng số TTHC thuộc thẩm quyền giải quyết của phường là 215 thủ tục.\nII. Công khai\nNiêm yết công khai 251/251 TTHC tại bộ phận một cửa.",
    "I. Kết quả\nTổng số hồ sơ tiếp nhận là 3.456 hồ sơ.\nII. Số hóa\nTrong 3.465 hồ sơ tiếp nhận, đã số hóa 3.400 hồ sơ.",
    "I. Tình hình\nXã có 07 thôn.\nII. Kết quả\n08/08 thôn có nhà văn hóa.",
    "I. Vị trí\nXã ở vùng cao, cả thảy 12 thôn bản.\nII. Hạ tầng\nĐiện: thôn đã có điện lưới quốc gia 11/15 thôn.",
    "I. Kết quả\nĐã giải quyết 318 hồ sơ, 100% hồ sơ đúng hạn và trước hạn. Để xảy ra 02 hồ sơ hộ tịch trả trễ, đã có thư xin lỗi.",
    "I. Kết quả\nGiải quyết 100% hồ sơ trước và đúng hạn.\n| Lĩnh vực | Đã giải quyết | Trước hạn | Đúng hạn | Quá hạn |\n|---|---|---|---|---|\n| Đất đai | 280 | 214 | 59 | 7 |\n| Hộ tịch | 1.021 | 902 | 119 | 0 |\n| Tổng cộng | 1.301 | 1.116 | 178 | 7 |",
    "I. Kết quả\n- TN: 3.358\n- GQ: 3.331\nII. Đánh giá\nĐã GQ 3.313 HS.",
    "I. Phản ánh\nNhận 217 phản ánh, 04 phản ánh còn lại chờ ngành nước.\nPhần thứ hai\nĐÁNH GIÁ VÀ NHIỆM VỤ NĂM 2025\nI. Đánh giá\n100% phản ánh qua tổng đài 1022 được xử lý xong trong kỳ.",
    "I. Tóm tắt\nKhông phát sinh hồ sơ quá hạn.\nII. Kết quả\nĐã giải quyết 2.000 hồ sơ, quá hạn 03 hồ sơ.",
    "I. Kết quả\nTrễ hẹn 02 hồ sơ.\nII. Đánh giá\n100% TTHC được giải quyết đúng và trước thời hạn.",
    "I. Kết quả\nTrong kỳ tiếp nhận 15 phản ánh, kiến nghị.\nII. Đánh giá\nKhông có phản ánh, kiến nghị của tổ chức, cá nhân.",
    "I. Bộ máy\nTổng số cán bộ, công chức có mặt: 21 người.\nII. Đánh giá\nĐội ngũ 23 cán bộ, công chức hiện có cơ bản đáp ứng yêu cầu.",
    "I. Kết quả\nĐã giải quyết 1.490 hồ sơ, quá hạn 04 hồ sơ, đang giải quyết 22 hồ sơ.\nII. Đánh giá\nGiải quyết 1.940 hồ sơ, đang giải quyết 22 hồ sơ.",
    "I. Kết quả\nĐã giải quyết 1.490 hồ sơ, quá hạn 04 hồ sơ, đang giải quyết 22 hồ sơ.\nII. Đánh giá\nĐã giải quyết 1.490 hồ sơ, không có hồ sơ quá hạn; đang giải quyết 22 hồ sơ.",
    "I. Lấy ý kiến\nTổng số cử tri trên địa bàn là 8.150 cử tri.\nII. Kết quả\nSố cử tri đồng ý 8.000/8.510 cử tri.",
]


@pytest.mark.parametrize("text", RAISED)
def test_one_thing_said_twice_and_differently_is_raised_once(text: str) -> None:
    assert len([s for s in said(HEADED + text) if s[1] in ALARMS]) == 1


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Không có hồ sơ quá hạn.", Verdict.UNCHECKABLE),
        ("Đã giải quyết 1.240 hồ sơ. Đúng và trước hạn 1.240 hồ sơ. Không có hồ sơ quá hạn.", Verdict.HOLDS),
        ("Tổng số hồ sơ phải giải quyết 667 hồ sơ. Đúng và trước hạn 661 hồ sơ. Đang giải quyết 6 hồ sơ. Không có hồ sơ quá hạn.", Verdict.HOLDS),
        ("Đã giải quyết 1.240 hồ sơ. Đúng và trước hạn 1.236 hồ sơ. Không có hồ sơ quá hạn.", Verdict.UNCHECKABLE),
        ("Giải quyết quá hạn 05 hồ sơ. Không có hồ sơ quá hạn.", Verdict.CONTRADICTED),
        ("Năm trường hợp giải quyết quá hạn đã có thư xin lỗi. Không có hồ sơ quá hạn.", Verdict.CONTRADICTED),
    ],
)
def test_a_statement_that_there_was_none(text: str, verdict: Verdict) -> None:
    found = [f for f in audit(document(text)) if f.claim.source == "all-on-time"]
    assert [f.verdict for f in found] == [verdict]
    assert found[0].claim.terms[0].text == "Không có hồ sơ quá hạn"


def test_a_share_of_all_in_brackets_counts_them() -> None:
    assert alarms("Phường có 24 tổ dân phố.\n100% tổ dân phố (25/25) đã tổ chức họp.") == [["24", "25"]]
    assert alarms("Phường có 24 tổ dân phố.\n95,8% tổ dân phố (23/24) đã tổ chức họp.") == []


def test_an_open_balance_says_what_is_missing() -> None:
    found = audit(document(QUIET["a balance with classes not stated"]))
    open_ = [f for f in found if f.verdict is Verdict.UNCHECKABLE]
    assert [f.claim.source for f in open_] == ["received-or-pending"]
    assert "trả lại" in open_[0].message.vi.lower()
    assert "18" in open_[0].message.vi


# ---------------------------------------------------------------- earlier reports and annexes

BEFORE = "BÁO CÁO\nKết quả năm 2023\n(Số liệu từ ngày {start} đến ngày {end})\nĐang giải quyết {pending} hồ sơ. Tiếp nhận mới 1.206 hồ sơ."
NOW = "BÁO CÁO\nKết quả năm 2024\n(Số liệu từ ngày 01/01/2024 đến ngày 31/12/2024)\nKỳ trước chuyển qua 46 hồ sơ. Tiếp nhận mới 1.313 hồ sơ, tăng {rate}% so với cùng kỳ."


def before(pending: int, end: str = "31/12/2023", start: str = "01/01/2023", name: str = "a.txt") -> rules.Source:
    return source_of(BEFORE.format(pending=pending, start=start, end=end), name)


def findings_with(previous: tuple[rules.Source, ...], rate: str = "8,9") -> list[tuple[str, Verdict, Kind]]:
    found = audit(document(NOW.format(rate=rate)), previous=previous)
    return [(f.claim.source, f.verdict, f.claim.kind) for f in found if f.claim.source in {"dossier-stock", "restated"}]


def test_closing_stock_of_the_earlier_report_is_the_opening_stock() -> None:
    assert ("dossier-stock", Verdict.HOLDS, Kind.ROLL_FORWARD) in findings_with((before(46),))
    assert ("dossier-stock", Verdict.CONTRADICTED, Kind.ROLL_FORWARD) in findings_with((before(64),))


def test_predecessors_of_a_merged_ward_are_added() -> None:
    assert ("dossier-stock", Verdict.HOLDS, Kind.ROLL_FORWARD) in findings_with((before(30), before(16, name="b.txt")))
    assert ("dossier-stock", Verdict.CONTRADICTED, Kind.ROLL_FORWARD) in findings_with((before(30), before(17, name="b.txt")))


def test_another_cut_off_date_is_a_note() -> None:
    found = findings_with((before(64, end="14/12/2023", start="15/12/2022"),))
    assert [(r, v) for r, v, _ in found] == [("dossier-stock", Verdict.NOTE)]


def test_a_change_is_recomputed_from_the_earlier_report() -> None:
    assert ("restated", Verdict.HOLDS_BY_ROUNDING, Kind.CHANGE) in findings_with((before(46),))
    assert ("restated", Verdict.CONTRADICTED, Kind.CHANGE) in findings_with((before(46),), rate="9,8")


FORM = """Biểu số II.06a/VPCP/KSTT
| Lĩnh vực | Tiếp nhận mới | Đã giải quyết | Quá hạn |
|---|---|---|---|
| Chứng thực | 1.000 | 998 | 0 |
| Hộ tịch | 313 | 300 | 2 |
| Tổng cộng | 1.313 | {resolved} | 2 |"""


@pytest.mark.parametrize(("resolved", "raised"), [("1.298", []), ("1.289", [["1.298", ""]])])
def test_the_body_is_compared_with_the_form(resolved: str, raised: list[list[str]]) -> None:
    body = "BÁO CÁO\nKết quả năm 2024\nTiếp nhận mới 1.313 hồ sơ. Đã giải quyết 1.298 hồ sơ."
    assert alarms(body, attached=(source_of(FORM.format(resolved=resolved)),)) == raised


# ---------------------------------------------------------------- ratios, an inspector's own rules


def ratios(text: str) -> dict[str, Fraction]:
    doc = document(text)
    reading, sections, heading = quantities.read(doc), outline.find_sections(doc), header.read_header(doc)
    named = figures.find_figures(doc, reading, sections, heading, BOOK.lexicon)
    return {r.id: r.value for r in rules.ratios(rules.material(named, doc, reading, sections, heading, BOOK), BOOK)}


def test_ratios_are_reported_not_judged() -> None:
    found = ratios("Phường có 3.092 hộ, 13.105 nhân khẩu.\nHiện có 20 cán bộ, công chức.")
    assert found["residents-per-officer"] * 20 == 13105
    assert found["officers-per-thousand"] * 13105 == 20000


@pytest.mark.parametrize(
    ("text", "dossiers"),
    [
        ("Tiếp nhận mới 2.000 hồ sơ.", Fraction(400)),
        ("Năm 2023, tiếp nhận mới 1.200 hồ sơ.\n6 tháng đầu năm 2024, tiếp nhận mới 800 hồ sơ.", Fraction(400)),
        ("Năm 2023, tiếp nhận mới 1.200 hồ sơ.", None),  # half a year of the report is not told of
        ("Tiếp nhận mới 2.000 hồ sơ.\nTiếp nhận mới 2.100 hồ sơ.", None),  # two values: none is chosen
        ("Tiếp nhận mới gần 2.000 hồ sơ.", None),
    ],
)
def test_dossiers_per_officer_are_those_of_the_whole_period(text: str, dossiers: Fraction | None) -> None:
    head = "BÁO CÁO\nKết quả năm 2023 và 6 tháng đầu năm 2024\n(Số liệu từ ngày 01/01/2023 đến ngày 30/6/2024)\n"
    assert ratios(f"{head}Bộ phận một cửa có 05 công chức.\n{text}").get("dossiers-per-one-stop-officer") == dossiers


def test_a_figure_left_from_another_time_is_traced_to_where_it_was_told() -> None:
    text = (
        "1. Tiếp nhận hồ sơ\nTrong 6 tháng đầu năm 2025, phường tiếp nhận mới 3.471 hồ sơ (cùng kỳ năm 2024: 3.127 hồ sơ).\n\n"
        "2. Đánh giá chung\nVới 3.127 hồ sơ tiếp nhận mới trong 6 tháng đầu năm 2025, kết quả khá.\n"
    )
    (found,) = [f for f in audit(document(text)) if f.alarms]
    assert [(t.role, t.text) for t in found.claim.terms] == [("a", "3.471"), ("b", "3.127"), ("former", "3.127")]
    former = found.claim.terms[2].span
    assert former is not None and text[former.start - 10 : former.end] == "năm 2024: 3.127"


def test_a_former_rate_told_as_this_rate_is_one_of_the_rate_before_it() -> None:
    text = (
        "BÁO CÁO\nKết quả năm 2024\n\n1. Khảo sát\nCó 396 phiếu rất hài lòng (82,50%), 71 phiếu hài lòng (14,79%), 13 phiếu bình thường (2,71%). "
        "Như vậy có 467 phiếu từ hài lòng trở lên, ứng với 97,29%; năm 2023 tỷ lệ này là 96,85%.\n\n"
        "2. Đánh giá chung\nTỷ lệ hài lòng năm 2024 đạt 96,85%.\n"
    )
    assert [[t.text for t in f.claim.terms] for f in audit(document(text)) if f.alarms] == [["97,29%", "96,85%", "96,85%"]]
