"""Earlier reports, annexes and forms of a ward, from the command line to the finding."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cchc_audit.audit import audit_report
from cchc_audit.cli import main

HEAD = "UBND {ward}\nHòa An, ngày {day} năm {year}\nBÁO CÁO\nKết quả 6 tháng {half} năm {year}\n(Số liệu từ ngày {start} đến ngày {end})\n"


def report(folder: Path, name: str, text: str, *, ward: str = "XÃ HÒA AN", year: int = 2024, start: str = "", end: str = "") -> str:
    day, half = ("31 tháng 12", "cuối") if "6/2023" in start or "7/2023" in start else ("20 tháng 6", "đầu")
    head = HEAD.format(ward=ward, day=day, half=half, year=year, start=start or f"15/12/{year - 1}", end=end or f"14/6/{year}")
    (folder / name).write_text(head + text, encoding="utf-8")
    return str(folder / name)


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """Exit code, and the claims that come from other files."""
    code = main(["check", "--json", *arguments])
    claims = json.loads(capsys.readouterr().out)["claims"]
    return code, [c for c in claims if any(t.get("start") is None for t in c["terms"])]


EARLIER = "Tiếp nhận mới 1.206 hồ sơ. Trễ hạn 12 hồ sơ. Tỷ lệ giải quyết đúng hạn đạt 99,0%."
CHANGES = [  # what is written, what a slip of it looks like
    ("Tiếp nhận mới 1.313 hồ sơ, tăng 8,9% so với cùng kỳ.", "9,8%"),
    ("Tiếp nhận mới 1.313 hồ sơ, tăng 8,9%.", "9,8%"),
    ("Tiếp nhận mới 1.313 hồ sơ (tăng 8,9% so với cùng kỳ năm 2023).", "9,8%"),
    ("Tiếp nhận mới 1.313 hồ sơ, tăng 107 hồ sơ so với cùng kỳ năm trước.", "170"),
    ("Tiếp nhận mới 1.313 hồ sơ, tăng 107 hồ sơ (8,9%) so với cùng kỳ.", "170"),
    ("Tiếp nhận mới 1.313 hồ sơ, tăng 107 hồ sơ (bằng 8,9%).", "9,8%"),
    ("Tiếp nhận mới 1.313 hồ sơ, tăng 107 hồ sơ, tương ứng 8,9% so với cùng kỳ.", "9,8%"),
    ("Tiếp nhận mới 1.313 hồ sơ, bằng 108,9% so với cùng kỳ.", "109,8%"),
    ("Tiếp nhận mới 1.313 hồ sơ, bằng 108,9% cùng kỳ năm trước.", "109,8%"),
    ("Tiếp nhận mới 2.412 hồ sơ, gấp 2 lần cùng kỳ năm trước.", "3"),
    ("So với cùng kỳ năm 2023, tiếp nhận mới 1.313 hồ sơ, tăng 8,9%.", "9,8%"),
    ("Tiếp nhận mới 1.313 hồ sơ (cùng kỳ năm 2023: 1.206 hồ sơ).", "1.260"),
    ("Tiếp nhận mới 1.313 hồ sơ (cùng kỳ 1.206 hồ sơ).", "1.260"),
    ("Tiếp nhận mới 1.313 hồ sơ; cùng kỳ năm trước tiếp nhận mới 1.206 hồ sơ.", "1.260"),
    ("Số hồ sơ tiếp nhận mới tăng từ 1.206 hồ sơ lên 1.313 hồ sơ.", "1.260"),
    ("Tỷ lệ giải quyết đúng hạn đạt 99,8%, tăng 0,8% so với cùng kỳ.", "0,3%"),
    ("Tỷ lệ giải quyết đúng hạn đạt 99,8%, tăng 0,8 điểm phần trăm so với cùng kỳ.", "0,3"),
    ("Tỷ lệ giải quyết đúng hạn tăng từ 99,0% lên 99,8%.", "98,0%"),
    ("Trễ hạn 06 hồ sơ, giảm 06 hồ sơ so với cùng kỳ.", None),
    ("Trễ hạn 06 hồ sơ, giảm 50%.", "40%"),
]
RIGHT = ("8,9%", "107", "108,9%", "gấp 2", "1.206", "0,8%", "0,8", "99,0%", "50%")


def slipped(text: str, wrong: str) -> str:
    """The text with the figure of the change replaced."""
    size = len(wrong.rstrip("%").replace(".", "").replace(",", ""))
    for right in RIGHT:
        bare = right.removeprefix("gấp ")
        if right in text and len(bare.rstrip("%").replace(".", "").replace(",", "")) == size and ("%" in wrong) is ("%" in bare):
            return text.replace(right, right.replace(bare, wrong))
    raise AssertionError(text)


@pytest.mark.parametrize(("text", "wrong"), CHANGES, ids=range(len(CHANGES)))
def test_a_change_is_recomputed_from_the_earlier_report(text: str, wrong: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = report(tmp_path, "2023.txt", EARLIER, year=2023)
    code, claims = check(capsys, report(tmp_path, "2024.txt", text), "--previous", before)
    assert code == 0 and claims, text
    assert {c["verdict"] for c in claims} <= {"holds", "holds_by_rounding"}
    if wrong is not None:
        bad = slipped(text, wrong)
        code, claims = check(capsys, report(tmp_path, "2024.txt", bad), "--previous", before)
        assert code == 1 and any(c["verdict"] in {"contradicted", "impossible"} for c in claims), bad


@pytest.mark.parametrize(
    "text",
    [
        "Tiếp nhận mới 1.313 hồ sơ, tăng 10% so với kế hoạch.",
        "Tiếp nhận mới 1.313 hồ sơ, bằng 70% kế hoạch năm.",
        "Tiếp nhận mới 1.313 hồ sơ, tăng 40% so với quý trước.",
        "Tiếp nhận mới 1.313 hồ sơ, phấn đấu cuối năm tăng 15%.",
        "Lĩnh vực đất đai tiếp nhận mới 313 hồ sơ, tăng 40% so với cùng kỳ.",
        "Năm 2022, tiếp nhận mới 1.100 hồ sơ.",
    ],
)
def test_what_the_earlier_report_does_not_speak_of_is_left_alone(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = report(tmp_path, "2023.txt", EARLIER, year=2023)
    assert check(capsys, report(tmp_path, "2024.txt", text), "--previous", before) == (0, [])


# ---------------------------------------------------------------- stocks from one period to the next

SECOND_HALF = {"year": 2023, "start": "15/6/2023", "end": "14/12/2023"}


@pytest.mark.parametrize(("opening", "verdict"), [("46", "holds"), ("64", "contradicted")])
def test_the_closing_stock_is_the_next_opening_stock(opening: str, verdict: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = report(tmp_path, "before.txt", "Đang giải quyết 46 hồ sơ.", **SECOND_HALF)  # type: ignore[arg-type]
    now = report(tmp_path, "now.txt", f"Kỳ trước chuyển qua {opening} hồ sơ.")
    code, claims = check(capsys, now, "--previous", before)
    assert [(c["kind"], c["verdict"]) for c in claims] == [("roll_forward", verdict)]
    assert code == (verdict == "contradicted")


def test_another_cut_off_date_is_a_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = report(tmp_path, "before.txt", "Đang giải quyết 46 hồ sơ.", year=2023, start="01/7/2023", end="31/12/2023")
    code, claims = check(capsys, report(tmp_path, "now.txt", "Kỳ trước chuyển qua 64 hồ sơ."), "--previous", before)
    assert code == 0 and [c["verdict"] for c in claims] == ["note"]
    assert "31/12/2023" in claims[0]["message"]["vi"] and "15/12/2023" in claims[0]["message"]["vi"]


def test_a_figure_of_another_file_is_told_with_its_file_place_and_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = report(tmp_path, "nua-cuoi-2023.txt", "I. KẾT QUẢ\nTrễ hạn 12 hồ sơ. Đang giải quyết 46 hồ sơ.", **SECOND_HALF)  # type: ignore[arg-type]
    now = report(tmp_path, "now.txt", "Kỳ trước chuyển qua 64 hồ sơ.")
    _, claims = check(capsys, now, "--previous", before)
    message = claims[0]["message"]
    assert "báo cáo này ghi 64, nua-cuoi-2023.txt ghi 46" in message["vi"]
    assert "nua-cuoi-2023.txt (mục I, dòng 7): “Trễ hạn 12 hồ sơ. Đang giải quyết 46 hồ sơ”" in message["vi"]
    assert "64 in this report and 46 in nua-cuoi-2023.txt" in message["en"] and "section I, line 7" in message["en"]
    assert "chỗ khác" not in message["vi"]
    found = next(f for f in audit_report(now, previous=[before]).findings if f.alarms)
    passage = found.claim.by_role("a")[0].passages[0]
    assert (passage.file, passage.place.vi) == ("nua-cuoi-2023.txt", "mục I, dòng 7")
    _, claims = check(capsys, report(tmp_path, "now.txt", "Kỳ trước chuyển qua 46 hồ sơ."), "--previous", before)
    assert claims[0]["message"]["vi"].endswith("Đối chiếu với nua-cuoi-2023.txt (mục I, dòng 7).")


MERGED = "Kỳ trước chuyển qua {opening} hồ sơ. Tiếp nhận mới 2.500 hồ sơ, tăng {rate} so với cùng kỳ."


@pytest.mark.parametrize(
    ("opening", "rate", "verdicts"),
    [
        ("46", "25%", {"roll_forward": "holds", "change": "holds"}),
        ("47", "25%", {"roll_forward": "contradicted", "change": "holds"}),
        ("46", "52%", {"roll_forward": "holds", "change": "contradicted"}),
    ],
)
def test_a_merged_ward_is_compared_with_all_its_predecessors(opening: str, rate: str, verdicts: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files: list[str] = []
    for ward, pending, received in (("XÃ HÒA AN", 30, "1.200"), ("XÃ HÒA BÌNH", 16, "800")):
        files += ["--previous", report(tmp_path, f"{pending}-1.txt", f"Tiếp nhận mới {received} hồ sơ.", ward=ward, year=2023)]
        closing = report(tmp_path, f"{pending}-2.txt", f"Đang giải quyết {pending} hồ sơ.", ward=ward, **SECOND_HALF)  # type: ignore[arg-type]
        files += ["--previous", closing]
    now = report(tmp_path, "now.txt", MERGED.format(opening=opening, rate=rate), ward="XÃ HÒA LẠC")
    _, claims = check(capsys, now, *files)
    assert {c["kind"]: c["verdict"] for c in claims} == verdicts
    told = next(c["message"]["vi"] for c in claims if c["kind"] == "roll_forward")
    assert all(f"Đối chiếu với {name}-2.txt (dòng 6)" in told for name in (30, 16))


def test_one_of_several_merged_wards_contradicts_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = report(tmp_path, "a.txt", "Tiếp nhận mới 1.200 hồ sơ.", ward="XÃ HÒA BÌNH", year=2023)
    now = report(tmp_path, "now.txt", "Cùng kỳ năm 2023 tiếp nhận mới 2.000 hồ sơ.", ward="XÃ HÒA LẠC")
    assert check(capsys, now, "--previous", before)[0] == 0


# ---------------------------------------------------------------- annexes and forms

FORM = """Biểu số II.06a/VPCP/KSTT
| TT | Lĩnh vực | Số hồ sơ nhận giải quyết | | | | Số lượng hồ sơ đã giải quyết | | | | Số lượng hồ sơ đang giải quyết | | |
| | | Tổng số | Trong kỳ | | Từ kỳ trước | Tổng số | Trước hạn | Đúng hạn | Quá hạn | Tổng số | Trong hạn | Quá hạn |
| | | | Trực tuyến | Trực tiếp, dịch vụ bưu chính | | | | | | | | |
| 1 | Hộ tịch | 851 | 701 | 131 | 19 | 834 | 701 | 131 | 2 | 17 | 16 | 1 |
| 2 | Đất đai | 101 | 90 | 9 | 2 | 100 | 88 | 11 | 1 | 1 | 1 | 0 |
| | Tổng số | 952 | 791 | 140 | 21 | 934 | 789 | 142 | 3 | 18 | 17 | 1 |
"""
BODY = "Tổng số hồ sơ phải giải quyết là {total} hồ sơ. Kỳ trước chuyển qua 21 hồ sơ.\nĐã giải quyết {resolved} hồ sơ; giải quyết quá hạn 03 hồ sơ.\nĐang giải quyết 18 hồ sơ."


@pytest.mark.parametrize(("suffix", "marks"), [("txt", "|"), ("csv", ",")])
def test_the_body_is_compared_with_the_form(suffix: str, marks: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / f"bieu-06a.{suffix}"
    rows = FORM if marks == "|" else "\n".join(",".join(f'"{c.strip()}"' for c in line.strip("|").split("|")) for line in FORM.splitlines())
    form.write_text(rows, encoding="utf-8")
    _, claims = check(capsys, report(tmp_path, "now.txt", BODY.format(total=952, resolved=934)), "--with", str(form))
    assert len(claims) == 5 and {c["verdict"] for c in claims} == {"holds"}
    code, claims = check(capsys, report(tmp_path, "now.txt", BODY.format(total=952, resolved=943)), "--with", str(form))
    assert code == 1
    assert [[t["value"] for t in c["terms"]] for c in claims if c["verdict"] == "contradicted"] == [["943", "934"]]


def test_an_annex_of_the_body_names_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    annex = tmp_path / "phu-luc.txt"
    annex.write_text("PHỤ LỤC\nSố liệu kèm theo báo cáo\n| Nội dung | Số lượng |\n|---|---|\n| Biên chế được giao | 24 |\n| Hiện có | 22 |\n", encoding="utf-8")
    now = report(tmp_path, "now.txt", "Biên chế được giao: 24; hiện có 23 cán bộ, công chức.")
    code, claims = check(capsys, now, "--with", str(annex))
    assert code == 1 and [c["verdict"] for c in claims] == ["holds", "contradicted"]
    assert "báo cáo này ghi 23, phu-luc.txt ghi 22" in claims[1]["message"]["vi"] and "“| Hiện có | 22 |”" in claims[1]["message"]["vi"]


# ---------------------------------------------------------------- files that do not belong

BODY_2024 = "Tiếp nhận mới 1.313 hồ sơ. Kỳ trước chuyển qua 46 hồ sơ. Trễ hạn 12 hồ sơ."


def turned_away(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], list[Any]]:
    """Exit code, what is said of files that were not compared, and the claims that come from other files."""
    code = main(["check", "--json", *arguments])
    line = json.loads(capsys.readouterr().out)
    said = [p["message"] for p in line["problems"] if p["kind"] == "not_compared"]
    assert all(m["vi"] and m["en"] for m in said)
    return code, [m["vi"] for m in said], [c for c in line["claims"] if any(t.get("start") is None for t in c["terms"])]


@pytest.mark.parametrize(
    ("option", "given", "said"),
    [
        ("--with", {"ward": "XÃ CAM SƠN"}, "xã Cam Sơn"),
        ("--previous", {"ward": "XÃ CAM SƠN", "year": 2023}, "xã Cam Sơn"),
        ("--previous", {}, "không trước kỳ"),
        ("--previous", {"year": 2025}, "15/12/2024 – 14/06/2025"),
    ],
)
def test_a_file_that_does_not_belong_is_named_and_not_compared(
    option: str, given: dict[str, Any], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = report(tmp_path, "khac.txt", "Tiếp nhận mới 1.331 hồ sơ. Đang giải quyết 64 hồ sơ. Trễ hạn 21 hồ sơ.", **given)
    other_text = Path(other).read_text("utf-8")
    if "ward" in given:  # its own dateline, too
        Path(other).write_text(other_text.replace("Hòa An,", "Cam Sơn,"), encoding="utf-8")
    code, problems, claims = turned_away(capsys, report(tmp_path, "now.txt", BODY_2024), option, other)
    assert (code, claims) == (0, [])
    assert len(problems) == 1 and "khac.txt" in problems[0] and said in problems[0]


@pytest.mark.parametrize("option", ["--previous", "--with"])
def test_the_report_itself_is_not_compared_with_itself(option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = report(tmp_path, "now.txt", BODY_2024)
    text = Path(now).read_text("utf-8").replace("BÁO CÁO", "Số: 31/BC-UBND\nBÁO CÁO")
    Path(now).write_text(text, encoding="utf-8")
    again = tmp_path / "ban-sao.md"
    again.write_text(text + "\n\n", encoding="utf-8")  # other bytes, the same number, date and title
    for other in (now, str(again)):
        code, problems, claims = turned_away(capsys, now, option, other)
        assert (code, claims, len(problems)) == (0, [], 1) and "chính là báo cáo" in problems[0]


@pytest.mark.parametrize(
    ("ward", "text"),
    [
        ("XÃ HÒA", BODY_2024),  # cut short
        ("PHƯỜNG HOÀ AN", BODY_2024),  # the level changed, the mark set otherwise
        ("XÃ CAM SƠN", BODY_2024 + " Từ ngày 01/01/2024, xã được thành lập trên cơ sở sáp nhập xã Cam Sơn."),
    ],
)
def test_what_may_be_the_same_ward_is_compared(ward: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = report(tmp_path, "before.txt", "Đang giải quyết 46 hồ sơ.", ward=ward, **SECOND_HALF)  # type: ignore[arg-type]
    _, problems, claims = turned_away(capsys, report(tmp_path, "now.txt", text), "--previous", before)
    assert problems == [] and claims


def test_an_annex_may_name_no_ward_and_its_report_by_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    annex = tmp_path / "phu-luc.txt"
    annex.write_text("PHỤ LỤC\n(Kèm theo Báo cáo số 31/BC-UBND ngày 20 tháng 6 năm 2024)\n| Nội dung | Số lượng |\n|---|---|\n| Biên chế được giao | 24 |\n", encoding="utf-8")
    now = report(tmp_path, "now.txt", "Biên chế được giao: 24.")
    Path(now).write_text(Path(now).read_text("utf-8").replace("BÁO CÁO", "Số: 31/BC-UBND\nBÁO CÁO"), encoding="utf-8")
    _, problems, claims = turned_away(capsys, now, "--with", str(annex))
    assert problems == [] and [c["verdict"] for c in claims] == ["holds"]
