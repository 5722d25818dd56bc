"""Claims to findings: verdicts, severities, what was recomputed, and the sentences that say it."""

from __future__ import annotations

import copy
import json
import pickle
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import fabricate
import pytest
from claims import Report, breakdown, fallen, share, shares_sum

from cchc_audit import check, messages
from cchc_audit.explain import explain
from cchc_audit.memo import view, wording
from cchc_audit.messages import say
from cchc_audit.model import Claim, Finding, Kind, Message, Qualifier, Span, Term, Verdict
from cchc_audit.record import Run

RUN = Run("0.1.0", "2024-07-10T08:30:00+00:00")


def judge(claim: Claim) -> Finding:
    (found,) = check.judge([claim])
    return found


# ---------------------------------------------------------------- memo sentences


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (
            share("390", "394", "99,4%"),
            "390/394 = 98,98 %, làm tròn 99,0 %; báo cáo ghi 99,4 %. "
            "Với mẫu số 394 không có số nguyên nào cho 99,4 % (392 → 99,5 %, 391 → 99,2 %).",
        ),
        (share("1862", "1863", "99,9%"), "1.862/1.863 = 99,946 %, làm tròn 99,9 %, đúng như báo cáo ghi."),
        (share("31", "78", "39,7%"), "31/78 = 39,74 %, làm tròn 39,7 %, đúng như báo cáo ghi."),
        (share("8", "32", "25%"), "8/32 = 25 %, đúng như báo cáo ghi."),
        (
            share("176", "221", "79,63%"),
            "176/221 = 79,638 %, làm tròn 79,64 %; báo cáo ghi 79,63 %, chỉ khớp nếu cắt bớt.",
        ),
        (breakdown("24", "14", "8"), "14 + 8 = 22; báo cáo ghi tổng 24: các phần còn thiếu 2 so với tổng."),
        (breakdown("24", "14", "8", relation="at_most"), "14 + 8 = 22, không vượt tổng 24; còn 2 chưa nêu."),
        (
            share("12,5 tỷ", "10 tỷ", "120%"),
            "12,5 tỷ/10 tỷ = 125 %; các số được so sánh đã làm tròn nên tỷ lệ có thể từ 118,57 % đến 132,11 %, phù hợp với 120 %.",
        ),
        (share("12,5 tỷ", "10 tỷ", "140%"), "12,5 tỷ/10 tỷ = 125 %, làm tròn 125 %; báo cáo ghi 140 %."),
        (fallen(Report().claim(Kind.CHANGE, prev="23", now="21", delta="-3")), "23 − 21 = 2; báo cáo ghi 3."),
        (fallen(Report().claim(Kind.CHANGE, prev="21", now="23", delta="-3")), "21 − 23 = −2; báo cáo ghi 3."),
        (fallen(Report().claim(Kind.CHANGE, prev="200", now="150", p="-30%")), "(200 − 150)/200 = 25 %, làm tròn 25 %; báo cáo ghi 30 %."),
        (
            breakdown("645 triệu", "400 triệu", "215 triệu"),
            "400 triệu + 215 triệu = 615 triệu; báo cáo ghi tổng 645 triệu: các phần còn thiếu 30 triệu so với tổng.",
        ),
        (
            share("4,52 ngàn", "4.561", "99,7%"),
            "4,52 nghìn/4.561 = 99,10 %, làm tròn 99,1 %; báo cáo ghi 99,7 %.",
        ),
        (breakdown("88", "100", "-12"), "100 − 12 = 88, đúng bằng tổng đã nêu."),
        (
            shares_sum("61,3%", "33,8%", "5,9%"),
            "61,3 % + 33,8 % + 5,9 % = 101,0 %, lệch 1,0 điểm % so với 100 %, quá mức làm tròn cho phép (0,15).",
        ),
        (
            Report().claim(Kind.SAME_FIGURE, a="1.517", b="1.571"),
            "Cùng một chỉ tiêu nhưng báo cáo ghi 1.517 ở chỗ này và 1.571 ở chỗ khác, chênh 54.",
        ),
        (
            Report().claim(Kind.CHANGE, prev="2958", now="3172", delta="214", p="7,1%"),
            "(3.172 − 2.958)/2.958 = 7,23 %, làm tròn 7,2 %; báo cáo ghi 7,1 %.",
        ),
        (
            Report().claim(Kind.SHARE, n="394", p="18%", own_base=False),
            "394 là 18 % thì mẫu số phải từ 2.130 đến 2.251; báo cáo không nêu mẫu số.",
        ),
    ],
)
def test_sentences(claim: Claim, sentence: str) -> None:
    assert judge(claim).message.vi == sentence


def test_english_sentences_use_english_numbers() -> None:
    message = judge(share("1862", "1863", "99,9%")).message
    assert message.en == "1,862/1,863 = 99.946%, rounded 99.9%, as the report states."


def test_working_recomputes_line_by_line() -> None:
    assert [line.vi for line in judge(share("390", "394", "99,4%")).working] == [
        "390 : 394 × 100 = 98,98 %",
        "Làm tròn như báo cáo: 99,0 %",
        "Báo cáo ghi: 99,4 %; chênh 0,42 điểm %",
    ]


# ---------------------------------------------------------------- verdicts


CHANGE = Report()
SHARES = [
    (share("390", "394", "99,4%"), Verdict.IMPOSSIBLE, 3, "98,98 %"),
    (share("394", "1863", "18%"), Verdict.CONTRADICTED, 3, "21,15 %"),
    (share("1862", "1863", "99,9%"), Verdict.HOLDS_BY_ROUNDING, 0, "99,946 %"),
    (share("8", "32", "25%"), Verdict.HOLDS, 0, "25 %"),
    (share("1", "8", "12%"), Verdict.HOLDS_BY_ROUNDING, 0, "12,5 %"),
    (share("176", "221", "79,63%"), Verdict.HOLDS_IF_TRUNCATED, 1, "79,638 %"),
    (share("86", "496", "17,30%"), Verdict.HOLDS_IF_TRUNCATED, 1, "17,339 %"),
    (share("104", "100", "104%"), Verdict.HOLDS, 0, "104 %"),
    (share("99", "98", "99%"), Verdict.IMPOSSIBLE, 3, "101,02 %"),
    (share("0", "0", "100%"), Verdict.UNCHECKABLE, None, ""),
    (share("3", "0", "100%"), Verdict.IMPOSSIBLE, 3, ""),
    (Report().claim(Kind.SHARE, n=["600", "40"], m="651", p="98,3%"), Verdict.HOLDS_BY_ROUNDING, 0, "98,31 %"),
    (Report().claim(Kind.SHARE, n="33", m=["2", "31"], p="100%"), Verdict.HOLDS, 0, "100 %"),
    (share("4,52 ngàn", "4.561", "99,1%"), Verdict.HOLDS_BY_ROUNDING, 0, "99,10 %"),
    (share("4,52 ngàn", "4.561", "99,7%"), Verdict.CONTRADICTED, 3, "99,10 %"),
    (Report().claim(Kind.SHARE, n="17", m="19"), Verdict.UNCHECKABLE, None, ""),
    (Report().claim(Kind.SHARE, m="150", p="33,8%"), Verdict.IMPOSSIBLE, 3, ""),
    (Report().claim(Kind.SHARE, m="25", p="28%"), Verdict.HOLDS, 0, "7"),
    (Report().claim(Kind.SHARE, m="27", p="25,9%"), Verdict.HOLDS_BY_ROUNDING, 0, "7"),
    (Report().claim(Kind.SHARE, m="43", p="23,25%"), Verdict.HOLDS_IF_TRUNCATED, 1, "23,256 %"),
    (Report().claim(Kind.SHARE, m="2500", p="28%"), Verdict.UNCHECKABLE, None, ""),
    (Report().claim(Kind.SHARE, m="2500", p="100%"), Verdict.HOLDS, 0, "2.500"),
    (Report().claim(Kind.SHARE, p="28%", own_base=False), Verdict.UNCHECKABLE, None, ""),
]
TOTALS = [
    (breakdown("24", "14", "8"), Verdict.CONTRADICTED, 3, "22"),
    (breakdown("22", "14", "8"), Verdict.HOLDS, 0, "22"),
    (breakdown("21", "14", "8"), Verdict.CONTRADICTED, 3, "22"),
    (breakdown("24", "14", "8", relation="at_most"), Verdict.HOLDS, 0, "22"),
    (breakdown("21", "14", "8", relation="at_most"), Verdict.CONTRADICTED, 3, "22"),
    (breakdown("2,6 tỷ", "1,2 tỷ", "1,3 tỷ"), Verdict.HOLDS_BY_ROUNDING, 0, "2,5 tỷ"),
    (breakdown("100%", "61,3%", "38,7%"), Verdict.HOLDS, 0, "100,0 %"),
    (shares_sum("67,1%", "32,2%", "0,7%"), Verdict.HOLDS, 0, "100,0 %"),
    (shares_sum("33%", "33%", "33%"), Verdict.HOLDS_BY_ROUNDING, 0, "99 %"),
    (shares_sum("96,8%", "5,47%"), Verdict.CONTRADICTED, 3, "102,27 %"),
    (shares_sum("33,31%", "33,33%", "33,34%"), Verdict.HOLDS_IF_TRUNCATED, 1, "99,98 %"),
    (Report().claim(Kind.SHARES_SUM, part=["33%", "33%", "33%"], m="100"), Verdict.IMPOSSIBLE, 3, "99 %"),
    (Report().claim(Kind.SHARES_SUM, part=["33%", "33%", "33%"], m="120"), Verdict.HOLDS_BY_ROUNDING, 0, "99 %"),
    (shares_sum("100%"), Verdict.UNCHECKABLE, None, ""),
]
RATES = [
    (Report().claim(Kind.RATE, total="3.120", count="6", rate="520"), Verdict.HOLDS, 0, "520"),
    (Report().claim(Kind.RATE, total="4.529", count="1.234", rate="3,67"), Verdict.HOLDS_BY_ROUNDING, 0, "3,670"),
    (Report().claim(Kind.RATE, total="4.529", count="1.234", rate="3,76"), Verdict.CONTRADICTED, 3, "3,670"),
    (Report().claim(Kind.RATE, per="1000", total="168", count="12.000", rate="1,40"), Verdict.CONTRADICTED, 3, "14,00"),
    (Report().claim(Kind.RATE, per="10", count="425", rate="62,4", total="2.652"), Verdict.HOLDS, 0, "2.652"),
    (Report().claim(Kind.RATE, count="125", rate="500.000", total="6,25 triệu"), Verdict.CONTRADICTED, 3, "62,5 triệu"),
    (Report().claim(Kind.RATE, total=["8,6", "8,2", "9,0"], count="3", rate="9,6"), Verdict.CONTRADICTED, 3, "8,6"),
    (Report().claim(Kind.RATE, total="3.120", count="0", rate="520"), Verdict.UNCHECKABLE, None, ""),
    (Report().claim(Kind.RATE, total="3.120", rate="520"), Verdict.UNCHECKABLE, None, ""),
]
CHANGES = [
    (CHANGE.claim(Kind.CHANGE, prev="142", now="164", delta="22", p="15,5%"), Verdict.HOLDS_BY_ROUNDING, 0, "15,49 %"),
    (CHANGE.claim(Kind.CHANGE, prev="142", now="164", delta="23"), Verdict.CONTRADICTED, 3, "22"),
    (CHANGE.claim(Kind.CHANGE, prev="164", now="142", delta="-22", p="13,4%"), Verdict.HOLDS_BY_ROUNDING, 0, "13,41 %"),
    (CHANGE.claim(Kind.CHANGE, prev="164", now="142", delta="-22", p="-13,4%"), Verdict.HOLDS_BY_ROUNDING, 0, "−13,41 %"),
    (CHANGE.claim(Kind.CHANGE, prev="164", now="142", delta="22"), Verdict.CONTRADICTED, 3, "−22"),
    (CHANGE.claim(Kind.CHANGE, prev="164", now="142", p="13,6%"), Verdict.CONTRADICTED, 3, "13,41 %"),
    (CHANGE.claim(Kind.CHANGE, now="164", delta="22", p="15,5%"), Verdict.HOLDS_BY_ROUNDING, 0, "15,49 %"),
    (CHANGE.claim(Kind.CHANGE, now="164", delta="22", p="15,9%"), Verdict.CONTRADICTED, 3, "15,49 %"),
    (CHANGE.claim(Kind.CHANGE, prev="142", delta="22", p="15,5%"), Verdict.HOLDS_BY_ROUNDING, 0, "15,49 %"),
    (CHANGE.claim(Kind.CHANGE, now="164", delta="22"), Verdict.UNCHECKABLE, None, ""),
    (CHANGE.claim(Kind.CHANGE, now="164", delta="22", prev="0"), Verdict.CONTRADICTED, 3, "164"),
    (CHANGE.claim(Kind.CHANGE, prev="95,5%", now="98,6%", p="3,1%"), Verdict.HOLDS, 0, "3,1 điểm %"),
    (CHANGE.claim(Kind.CHANGE, prev="50,0%", now="60,0%", p="20%"), Verdict.HOLDS, 0, "20 %"),
    (CHANGE.claim(Kind.CHANGE, prev="50,0%", now="60,0%", delta="20%"), Verdict.HOLDS, 0, "20 %"),
    (CHANGE.claim(Kind.CHANGE, prev="50,0%", now="60,0%", p="15%"), Verdict.CONTRADICTED, 3, "10 điểm %"),
    (CHANGE.claim(Kind.CHANGE, prev="10.035", now="3.320", delta="-66,92%"), Verdict.HOLDS_BY_ROUNDING, 0, "−66,916 %"),
    (CHANGE.claim(Kind.CHANGE, prev="40", now="72", times="1,8"), Verdict.HOLDS, 0, "1,8"),
    (CHANGE.claim(Kind.CHANGE, prev="40", now="72", times="1,6"), Verdict.CONTRADICTED, 3, "1,8"),
]
SAME = [
    (Report().claim(Kind.SAME_FIGURE, a="99,9%", b="99,95%"), Verdict.HOLDS_BY_ROUNDING, 0, "99,9 %"),
    (Report().claim(Kind.SAME_FIGURE, a="66,7%", b="67,6%"), Verdict.CONTRADICTED, 3, "66,7 %"),
    (Report().claim(Kind.SAME_FIGURE, a="85,4%", b="85,48%"), Verdict.HOLDS_IF_TRUNCATED, 1, "85,4 %"),
    (Report().claim(Kind.ROLL_FORWARD, a="27", b="29"), Verdict.CONTRADICTED, 3, "27"),
    (Report().claim(Kind.CLAIM_VS_COUNT, claim="0", count="15"), Verdict.CONTRADICTED, 3, "15"),
    (Report().claim(Kind.CLAIM_VS_COUNT, claim="100%", count="1"), Verdict.CONTRADICTED, 3, "1"),
    (Report().claim(Kind.CLAIM_VS_COUNT, claim="100%", count="0"), Verdict.HOLDS, 0, "0"),
    (Report().claim(Kind.CLAIM_VS_COUNT, claim="5", count="7"), Verdict.CONTRADICTED, 3, "7"),
    (Report().claim(Kind.CLAIM_VS_COUNT, claim="7", count=["3", "4"]), Verdict.HOLDS, 0, "7"),
]


@pytest.mark.parametrize(("claim", "verdict", "severity", "computed"), [*SHARES, *TOTALS, *RATES, *CHANGES, *SAME])
def test_verdicts(claim: Claim, verdict: Verdict, severity: int | None, computed: str) -> None:
    found = judge(claim)
    assert (found.verdict, found.severity, found.computed) == (verdict, severity, computed)


def test_a_statement_in_words_counts_exceptions() -> None:
    words = Term("claim", None, "Không có hồ sơ trễ hạn", Span(0, 22))
    count = Report().claim(Kind.CLAIM_VS_COUNT, count="15").terms
    found = judge(Claim(Kind.CLAIM_VS_COUNT, (words, *count), Span(0, 60), "test"))
    assert (found.verdict, "15" in found.message.vi, words.text in found.message.vi) == (Verdict.CONTRADICTED, True, True)


# ---------------------------------------------------------------- hedged figures


def hedged(claim: Claim, role: str, qualifier: Qualifier) -> Claim:
    def term(t: Term) -> Term:
        return replace(t, written=replace(t.written, qualifier=qualifier)) if t.role == role and t.written else t

    return replace(claim, terms=tuple(term(t) for t in claim.terms))


@pytest.mark.parametrize(
    ("claim", "role", "qualifier", "verdict"),
    [
        (share("625", "1000", "63%"), "p", Qualifier.NEARLY, Verdict.HOLDS),
        (share("302", "10000", "3%"), "p", Qualifier.AT_LEAST, Verdict.HOLDS),
        (share("298", "10000", "3%"), "p", Qualifier.AT_LEAST, Verdict.QUESTION),
        (share("550", "1000", "63%"), "p", Qualifier.NEARLY, Verdict.QUESTION),
        (share("3", "7", "99%"), "p", Qualifier.ABOUT, Verdict.QUESTION),
        (Report().claim(Kind.RATE, total="1.316", count="6", rate="219"), "rate", Qualifier.AT_LEAST, Verdict.HOLDS),
        (Report().claim(Kind.RATE, total="1.316", count="6", rate="240"), "rate", Qualifier.AT_LEAST, Verdict.QUESTION),
        (breakdown("6.000", "5.900", "240"), "total", Qualifier.AT_LEAST, Verdict.HOLDS),
        (breakdown("6.000", "5.900", "40"), "total", Qualifier.AT_LEAST, Verdict.QUESTION),
        (Report().claim(Kind.SAME_FIGURE, a="51 nghìn", b="50.312"), "a", Qualifier.NEARLY, Verdict.HOLDS),
        (Report().claim(Kind.SAME_FIGURE, a="51 nghìn", b="48.312"), "a", Qualifier.NEARLY, Verdict.QUESTION),
        (Report().claim(Kind.CHANGE, prev="100", now="150", delta="40"), "prev", Qualifier.ABOUT, Verdict.HOLDS),
        (Report().claim(Kind.CHANGE, prev="100", now="150", delta="90"), "prev", Qualifier.ABOUT, Verdict.QUESTION),
    ],
)
def test_hedged_figures_are_at_worst_a_question(claim: Claim, role: str, qualifier: Qualifier, verdict: Verdict) -> None:
    assert judge(hedged(claim, role, qualifier)).verdict is verdict


# ---------------------------------------------------------------- bases


def on_bases(n: str, p: str, *bases: str) -> Finding:
    return judge(Report().claim(Kind.SHARE, n=n, p=p, own_base=False, bases=list(bases)))


def base_of(finding: Finding) -> list[str]:
    return [term.text for term in finding.claim.by_role("m")]


def test_the_grammatical_base_comes_first() -> None:
    found = on_bases("640", "98,3%", "651", "651")
    assert (found.verdict, base_of(found), found.explanations) == (Verdict.HOLDS_BY_ROUNDING, ["651"], ())


def test_another_stated_base_that_fits_is_named() -> None:
    found = on_bases("121", "96,8%", "134", "125")
    assert (found.verdict, base_of(found)) == (Verdict.HOLDS, ["125"])
    assert [e.kind for e in found.explanations] == ["other_base"]
    assert found.explanations[0].message.vi == "Tỷ lệ này khớp với mẫu số 125, không phải 134."


def test_a_base_that_holds_outright_is_preferred_to_one_that_only_truncates() -> None:
    # 17.600 of 22.100 is 79,638 %, which is 79,63 % only if cut; of 22.102 it is 79,631 %
    found = judge(Report().claim(Kind.SHARE, n="17600", p="79,63%", own_base=False, bases=["22.100", "22.102"]))
    assert (found.verdict, base_of(found)) == (Verdict.HOLDS_BY_ROUNDING, ["22.102"])


def test_no_stated_base_fits() -> None:
    found = on_bases("390", "99,4%", "394", "661", "0")
    assert (found.verdict, base_of(found)) == (Verdict.IMPOSSIBLE, ["394"])
    assert found.message.vi.endswith("Các mẫu số khác đã nêu (661) cũng không khớp.")
    assert any("661" in line.vi for line in found.working)


def test_a_printed_base_is_judged_alone() -> None:
    claim = Report().claim(Kind.SHARE, n="121", m="134", p="96,8%", bases=["125"])
    assert judge(claim).verdict is Verdict.IMPOSSIBLE


def test_an_implied_base_has_a_value_and_no_place() -> None:
    implied = Term("m", Report().term("m", "33").written, unit="đơn")
    claim = replace(Report().claim(Kind.SHARE, n="31", p="93,9%", own_base=False), bases=(implied,))
    found = judge(claim)
    assert found.verdict is Verdict.HOLDS_BY_ROUNDING
    assert [(t.text, t.span) for t in found.claim.by_role("m")] == [("", None)]


def test_a_numerator_that_only_one_count_gives_is_added() -> None:
    (n,) = judge(Report().claim(Kind.SHARE, m="25", p="28%")).claim.by_role("n")
    assert (n.written is not None and n.written.value, n.text, n.span) == (7, "", None)


# ---------------------------------------------------------------- lists


def listed(*rows: tuple[str, str, str]) -> list[Finding]:
    report = Report()
    claims = [
        report.claim(Kind.SHARE, n=f"n{i}:{n}", m=f"m:{m}", p=f"p{i}:{p}") for i, (n, m, p) in enumerate(rows)
    ]
    claims.append(report.claim(Kind.SHARES_SUM, part=[f"p{i}:{p}" for i, (_, _, p) in enumerate(rows)]))
    return check.judge(claims)


def test_a_cut_share_among_rounded_ones_is_a_question() -> None:
    rounded = [("5", "6", "83,3%"), ("2", "3", "66,7%"), ("5", "7", "71,4%"), ("5", "9", "55,6%")]
    found = listed(*rounded, ("26", "29", "89,6%"))  # 89,655 %; 66,7 and 55,6 exclude cutting
    assert [f.verdict for f in found[:4]] == [Verdict.HOLDS_BY_ROUNDING] * 4
    assert found[4].verdict is Verdict.QUESTION
    assert "2 tỷ lệ khác" in found[4].message.vi
    assert listed(*rounded[:2], ("26", "29", "89,6%"))[2].verdict is Verdict.HOLDS_IF_TRUNCATED  # one witness is too few


def test_a_cut_share_among_cut_ones_stays_a_note() -> None:
    found = listed(("176", "221", "79,63%"), ("26", "29", "89,65%"), ("10", "43", "23,25%"))
    assert [f.verdict for f in found[:-1]] == [Verdict.HOLDS_IF_TRUNCATED] * 3


def test_paragraphs_make_lists_too() -> None:
    report = Report()
    claims = [report.claim(Kind.SHARE, n=n, m=m, p=p) for n, m, p in (("2", "3", "66,7%"), ("5", "9", "55,6%"), ("26", "29", "89,6%"))]
    one, apart = [Span(0, 1000)], [c.terms[2].span for c in claims if c.terms[2].span]
    assert check.judge(claims, one)[2].verdict is Verdict.QUESTION
    assert check.judge(claims, apart)[2].verdict is Verdict.HOLDS_IF_TRUNCATED


CLOSING = [("1", "7", "14,29%"), ("1", "7", "14,29%"), ("1", "7", "14,29%"), ("1", "7", "14,29%"), ("3", "7", "42,84%")]


def test_a_share_made_to_close_its_list_is_a_note() -> None:
    found = listed(*CLOSING)  # 3/7 = 42,857 %: 42,84 % is 100 % less the others
    assert found[4].verdict is Verdict.HOLDS_IF_TRUNCATED
    assert "42,84 % có vẻ được lấy bằng 100 % trừ" in found[4].message.vi
    assert [e.kind for e in found[4].explanations] == ["rounding"]


@pytest.mark.parametrize(
    "last",
    [("3", "7", "42,85%"), ("3", "7", "42,80%"), ("2", "7", "42,84%")],
    ids=["list does not close", "list does not close either", "off by more than the others' rounding"],
)
def test_shares_that_do_not_close_their_list_are_not_spared(last: tuple[str, str, str]) -> None:
    found = listed(*CLOSING[:4], last)[4]
    assert "trừ các tỷ lệ còn lại" not in found.message.vi


def test_a_rare_drift_of_rounded_shares_is_pointed_out() -> None:
    common = judge(shares_sum("20,1%", "20,0%", "20,0%", "20,0%", "20,0%"))
    rare = judge(shares_sum("20,1%", "20,1%", "20,0%", "20,0%", "20,0%"))
    assert common.verdict is rare.verdict is Verdict.HOLDS_BY_ROUNDING
    assert common.explanations == ()
    assert [e.kind for e in rare.explanations] == ["rounding"]
    assert "khoảng 0,5 %" in rare.explanations[0].message.vi


# ---------------------------------------------------------------- ids and findings judged elsewhere


def test_ids_do_not_depend_on_numbers_or_places() -> None:
    first = replace(share("390", "394", "99,4%"), scope="đúng hạn")
    second = replace(Report().claim(Kind.SHARE, n="x:1", m="y:2", p="z:50%"), scope="đúng hạn", span=Span(900, 990))
    other = replace(first, scope="trễ hạn")
    assert check.claim_id(first) == check.claim_id(second) != check.claim_id(other)
    assert re.fullmatch(r"F-[0-9a-f]{10}", check.claim_id(first))
    assert check.claim_id(first) != check.claim_id(replace(first, kind=Kind.CHANGE))


def test_a_rule_is_part_of_the_id_and_a_pattern_is_not() -> None:
    claim = replace(share("1", "2", "50%"), scope="x")
    assert check.claim_id(claim) == check.claim_id(replace(claim, source="another pattern"))
    titled = replace(claim, title=Message("Tên", "Name"), source="rule-1")
    assert check.claim_id(titled) != check.claim_id(replace(titled, source="rule-2"))


def test_equal_ids_are_numbered_by_place() -> None:
    late = replace(share("1", "2", "50%"), scope="x", span=Span(500, 510))
    early = replace(share("1", "2", "50%"), scope="x", span=Span(5, 10))
    found = check.number_ids(check.judge([late, early]))
    plain = check.claim_id(late)
    assert [f.id for f in found] == [f"{plain}-2", plain]


def test_findings_judged_elsewhere_get_their_severity() -> None:
    claim = Claim(Kind.STRUCTURE, (), Span(3, 9), "structure")
    for verdict, severity in ((Verdict.CONTRADICTED, 3), (Verdict.QUESTION, 2), (Verdict.NOTE, 1), (Verdict.UNCHECKABLE, None)):
        assert check.finding(claim, verdict, "", say("same.equal", a=1, b=1, difference=0)).severity == severity
    assert check.finding(claim, Verdict.CONTRADICTED, "", Message("a", "a"), severity=2).severity == 2
    assert check.judge([claim]) == []


def test_judging_takes_any_figures() -> None:
    """Odd but possible input: huge, negative and very precise figures."""
    report = Report()
    odd = Term("p", replace(report.term("p", "5%").written, ulp=Fraction(1, 10**20), value=Fraction(5, 10**20)), "5", Span(1, 2))  # type: ignore[type-var]
    share_ = report.claim(Kind.SHARE, n="5", m="9" * 60)
    assert judge(replace(share_, terms=(*share_.terms, odd))).verdict is Verdict.CONTRADICTED
    assert judge(share("-5", "10", "50%")).verdict is Verdict.CONTRADICTED


# ---------------------------------------------------------------- one percentage, two bases


@pytest.mark.parametrize(("m", "kept"), [("4.153", ["holds_by_rounding"]), ("4.200", ["contradicted", "contradicted"])])
def test_a_share_that_holds_on_another_base_does_not_fail(m: str, kept: list[str]) -> None:
    report = Report()
    shares = [report.claim(Kind.SHARE, n="n:4.136", m=base, p="p:99,6%", own_base=False) for base in ("a:4.254", f"b:{m}")]
    found = check.without_refuted(check.judge(shares))
    assert [f.verdict.value for f in found] == kept


def test_a_printed_base_is_not_excused_by_a_percentage_that_holds_elsewhere() -> None:
    report = Report()
    printed = report.claim(Kind.SHARE, n="640", m="651", p="p:99,3%")
    elsewhere = report.claim(Kind.SHARE, n="993", m="1.000", p="p:99,3%", own_base=False)
    loose = report.claim(Kind.SHARE, n="640", m="700", p="p:99,3%", own_base=False)
    kept = check.without_refuted(check.judge([printed, elsewhere, loose]))
    assert [f.claim for f in kept] == [printed, elsewhere]


# ---------------------------------------------------------------- sentences are written when read


def test_claims_that_hold_are_judged_without_writing_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    claims = [share("1862", "1863", "99,9%"), breakdown("22", "14", "8"), shares_sum("60,3%", "39,7%")]
    written: list[object] = []
    show = messages._shown

    def shown(value: object, language: str) -> str:
        written.append(value)
        return show(value, language)

    monkeypatch.setattr(messages, "_shown", shown)
    found = check.judge(claims)
    assert not written and all(f.verdict in {Verdict.HOLDS, Verdict.HOLDS_BY_ROUNDING} for f in found)
    assert found[0].message.vi.startswith("1.862/1.863 = 99,946 %") and written


def test_a_sentence_written_late_is_like_any_other() -> None:
    calls: list[str] = []

    def write(language: str) -> str:
        calls.append(language)
        return f"sentence {language}"

    late, plain = Message.later(write), Message("sentence vi", "sentence en")
    assert not calls
    assert late == plain and hash(late) == hash(plain) and repr(late) == repr(plain)
    assert (late.in_language("vi"), late.in_language("en")) == (plain.vi, plain.en)
    assert calls == ["vi", "en"]  # each language once
    assert pickle.loads(pickle.dumps(Message.later(write))) == copy.deepcopy(Message.later(write)) == plain
    with pytest.raises(AttributeError):
        _ = late.fr


@pytest.mark.parametrize(("key", "values"), [("share.exact", {"n": 1}), ("share.no_such_sentence", {})])
def test_a_sentence_that_cannot_be_written_is_refused_at_once(key: str, values: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        say(key, **values)


@pytest.mark.parametrize(
    ("claim", "vi", "en"),
    [
        (
            CHANGE.claim(Kind.CHANGE, prev="164", now="142", p="13,4%"),
            "(164 − 142)/164 = 13,41 %, phù hợp với 13,4 %.",
            "(164 − 142)/164 = 13.41%, which agrees with 13.4%.",
        ),
        (
            CHANGE.claim(Kind.CHANGE, prev="164", now="142", p="-13,4%"),
            "(142 − 164)/164 = −13,41 %, phù hợp với −13,4 %.",
            "(142 − 164)/164 = −13.41%, which agrees with −13.4%.",
        ),
        (
            CHANGE.claim(Kind.CHANGE, prev="95,5%", now="98,6%", p="3,1%"),
            "(98,6 % − 95,5 %) = 3,1 điểm %, phù hợp với 3,1 %.",
            "(98.6% − 95.5%) = 3.1 percentage points, which agrees with 3.1%.",
        ),
        (
            Report().claim(Kind.RATE, total="168", count="12.000", rate="1,40", per="1000"),
            "168 : 12.000 × 1.000 = 14,00; báo cáo ghi 1,40.",
            "168 ÷ 12,000 × 1,000 = 14.00; the report states 1.40.",
        ),
        (
            Report().claim(Kind.RATE, per="10", count="425", rate="62,4", total="2.562"),
            "425 × 62,4 : 10 = 2.652; báo cáo ghi 2.562.",
            "425 × 62.4 ÷ 10 = 2,652; the report states 2,562.",
        ),
        (
            Report().claim(Kind.RATE, total=["8,6", "8,2", "9,0"], count="3", rate="8,6"),
            "(8,6 + 8,2 + 9,0) : 3 = 8,6, đúng như báo cáo ghi.",
            "(8.6 + 8.2 + 9.0) ÷ 3 = 8.6, as the report states.",
        ),
        (
            replace(breakdown("150", "144"), relation="at_most"),
            "144 không vượt tổng 150; còn 6 chưa nêu.",
            "144 is within the total of 150, which leaves 6 unstated.",
        ),
    ],
)
def test_sentences_say_directions_points_and_rests_as_people_do(claim: Claim, vi: str, en: str) -> None:
    assert judge(claim).message == Message(vi, en)


# ---------------------------------------------------------------- no kind is forgotten


EVERY_KIND = {
    Kind.SHARE: share("390", "394", "99,4%"),
    Kind.BREAKDOWN: breakdown("24", "14", "8"),
    Kind.SHARES_SUM: shares_sum("61,3%", "33,8%", "5,9%"),
    Kind.CHANGE: Report().claim(Kind.CHANGE, prev="142", now="164", delta="23"),
    Kind.RATE: Report().claim(Kind.RATE, total="3.120", count="6", rate="502"),
    Kind.SAME_FIGURE: Report().claim(Kind.SAME_FIGURE, a="1.517", b="1.571"),
    Kind.ROLL_FORWARD: Report().claim(Kind.ROLL_FORWARD, a="27", b="29"),
    Kind.CLAIM_VS_COUNT: Report().claim(Kind.CLAIM_VS_COUNT, claim="5", count="7"),
}


@pytest.mark.parametrize("kind", check.JUDGES)
def test_every_arithmetic_kind_is_explained_shown_and_recomputed(kind: Kind) -> None:
    (found,) = explain(check.judge([EVERY_KIND[kind]]), ())
    (item,) = view.arrange(replace(fabricate.empty(), findings=(found,)), RUN).items
    assert found.alarms and found.suspects, "judged, and its figures weighed"
    assert wording.difference(found) is not None, "stated less recomputed"
    assert item.signs == ("✗",), "recomputed"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_words_and_its_place_in_the_contract(kind: Kind) -> None:
    schema = (Path(__file__).parents[1] / "docs/audit.schema.json").read_text(encoding="utf-8")
    assert kind.value in json.loads(schema)["$defs"]["Claim"]["properties"]["kind"]["enum"]
    for area in ("memo_kind", "memo_ask"):
        assert f"{area}.{kind.value}" in messages.catalogue()
