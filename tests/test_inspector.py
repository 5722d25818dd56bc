"""What an inspector adds in YAML, and what the rules rest on, from the command line to the memo."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from cchc_audit import audit, rules
from cchc_audit.cli import main
from cchc_audit.rules.authority import authorities

REPORT = """UBND THÀNH PHỐ AN PHÚ
UBND PHƯỜNG HÒA AN
Hòa An, ngày 10 tháng 7 năm 2024
BÁO CÁO
Kết quả cải cách hành chính 6 tháng đầu năm 2024
I. Tình hình
Phường loại II, có 29 tổ dân phố, diện tích 2,1 km², dân số 15.626 người.
II. Kết quả
Hiện có 24 cán bộ, công chức.
Tổ công nghệ số cộng đồng: 28 tổ. Điểm phát wifi miễn phí: 14 điểm.
"""
OWN = """
indicators:
- id: digital_teams
  vi: Tổ công nghệ số cộng đồng
  en: Community digital teams
  type: stock
  units: [tổ]
  definition: Tổ công nghệ số cộng đồng của xã, phường.
  cues: [tổ công nghệ số cộng đồng]
  reads: ["Tổ công nghệ số cộng đồng: «14» tổ"]
rules:
- id: a-team-in-every-group
  vi: Mỗi tổ dân phố có một tổ công nghệ số
  en: One digital team in every resident group
  kind: equal
  figures: [resident_groups, digital_teams]
  authority: Kế hoạch chuyển đổi số của phường
  holds: ["Phường có 14 tổ dân phố.\\nTổ công nghệ số cộng đồng: 14 tổ."]
- id: residents-per-team
  vi: Số dân trên một tổ công nghệ số
  en: Residents per digital team
  kind: per_unit
  figure: population
  per: digital_teams
  authority: So sánh giữa các phường
- id: a-team-for-so-many
  vi: Số tổ công nghệ số so với mức của thành phố
  en: Digital teams against the city's mark
  kind: bound
  figure: digital_teams
  op: ">="
  norm: city-teams
  authority: Kế hoạch của thành phố
  holds: ["BÁO CÁO\\nKết quả năm 2024\\nTổ công nghệ số cộng đồng: 31 tổ."]
norms:
- {id: city-teams, vi: Mức của thành phố, en: The city's mark, value: 30, unit: tổ, applies_to: mỗi phường, citation: Kế hoạch 12/KH-UBND của thành phố, certainty: S, valid_from: 2024-01-01}
"""


@pytest.fixture(scope="module")
def memo(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The memo of the report under an inspector's own file: section -> its text."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "bao-cao.txt").write_text(REPORT, encoding="utf-8")
    (folder / "own.yaml").write_text(OWN, encoding="utf-8")
    options = ["memo", str(folder / "bao-cao.txt"), "--rules", str(folder / "own.yaml"), "--outputs", str(folder / "out")]
    assert main(options) == 0
    page = next((folder / "out").rglob("memo.html")).read_text("utf-8")
    parts = re.split(r'<section id="([a-z]+)"', page)
    return {
        name: " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
        for name, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_an_inspectors_own_rule_raises_its_finding(memo: dict[str, str]) -> None:
    assert "Mỗi tổ dân phố có một tổ công nghệ số" in memo["findings"]
    assert "29" in memo["findings"] and "28" in memo["findings"]


def test_an_inspectors_own_rule_is_checked_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, own = tmp_path / "bao-cao.txt", tmp_path / "own.yaml"
    report.write_text(REPORT, encoding="utf-8")
    own.write_text(OWN, encoding="utf-8")

    def contradicted(*options: str) -> list[list[str]]:
        main(["check", "--json", str(report), *options])
        claims = json.loads(capsys.readouterr().out)["claims"]
        return [[t["text"] for t in c["terms"]] for c in claims if c["verdict"] == "contradicted"]

    assert contradicted() == []
    assert contradicted("--rules", str(own)) == [["29", "28"]]


def test_an_inspectors_own_indicator_is_listed(memo: dict[str, str]) -> None:
    assert "Tổ công nghệ số cộng đồng 28" in memo["figures"]


def test_an_inspectors_own_ratio_is_shown_and_not_judged(memo: dict[str, str]) -> None:
    assert "Số dân trên một tổ công nghệ số 558,07" in memo["figures"]
    assert "không đánh giá" in memo["figures"]
    assert "Số dân trên một tổ công nghệ số" not in memo["findings"]


def test_an_inspectors_own_norm_is_asked_about_and_cited(memo: dict[str, str]) -> None:
    assert "28 so với 30" in memo["findings"]
    assert "Kế hoạch 12/KH-UBND của thành phố (hiệu lực / in force: 01/01/2024 – …) · a-team-for-so-many" in memo["method"]


def test_the_method_names_norms_with_their_validity_and_every_file_of_the_rulebook(memo: dict[str, str]) -> None:
    staff = "Nghị định 33/2023/NĐ-CP (hiệu lực / in force: 01/8/2023 – 30/6/2025) · staff-within-norm"
    assert staff in memo["method"]
    assert "1211/2016/UBTVQH13, sửa đổi bởi 27/2022/UBTVQH15 (hiệu lực / in force: … – 31/12/2025)" in memo["method"]
    for name in ("lexicon.yaml", "rules.yaml", "norms.yaml", "own.yaml"):
        assert re.search(rf"{name} SHA-256: [0-9a-f]{{64}}", memo["method"]), name


def test_the_method_gives_the_outcome_of_every_rule(memo: dict[str, str]) -> None:
    applied, _, idle = memo["method"].partition("Quy tắc không cho thêm phép đối chiếu nào")
    assert re.search(r"Cán bộ, công chức so với số theo loại đơn vị hành chính \(\d+\)", applied)
    for rule in rules.load().rules:
        assert (rule.title.vi in applied) != (rule.title.vi in idle), rule.id


def test_the_ratios_have_an_empty_state_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("BÁO CÁO\nTrễ hạn 06 hồ sơ.\n", encoding="utf-8")
    assert main(["memo", str(tmp_path / "r.txt"), "--outputs", str(tmp_path / "out")]) == 0
    assert "Báo cáo chưa nêu đủ số liệu" in next((tmp_path / "out").rglob("memo.html")).read_text("utf-8")


def test_nothing_rests_on_an_authority_that_could_not_be_applied(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(REPORT.replace("Phường loại II, c", "C"), encoding="utf-8")
    found = authorities(audit.audit_report(tmp_path / "r.txt").findings, rules.load())
    assert not any("staff-within-norm" in line for line in found)


# ---------------------------------------------------------------- rules --check: every problem at its place

RULE = "rules:\n- id: abc\n  vi: a\n  en: b\n  authority: c\n  kind: "
BROKEN = {
    "a tab": "rules:\n\t- id: abc\n",
    "an unclosed quote": 'rules:\n- id: "abc\n',
    "a list for a mapping": "- rules\n",
    "a text for a list": "rules: tất cả\n",
    "an entry without id": "rules:\n- vi: a\n",
    "a kind no one knows": f"{RULE}equals\n",
    "a key no one knows": f"{RULE}equal\n  figures: [households]\n  colour: red\n  holds: ['x']\n",
    "a key left out": f"{RULE}identity\n  total: households\n  holds: ['x']\n",
    "a figure no one knows": f"{RULE}equal\n  figures: [housholds]\n  holds: ['x']\n",
    "a norm no one knows": f"{RULE}bound\n  figure: households\n  op: '<='\n  norm: nope\n  holds: ['x']\n",
    "a sign no one knows": f"{RULE}bound\n  figure: households\n  op: '=>'\n  other: population\n  holds: ['x']\n",
    "a severity out of range": f"{RULE}equal\n  figures: [households]\n  severity: 5\n  holds: ['x']\n",
    "an example that does not hold": f"{RULE}equal\n  figures: [households, population]\n  holds: ['Phường có 10 hộ, 20 nhân khẩu.']\n",
    "an indicator read as nothing": "indicators:\n- {id: abc, vi: a, en: b, type: stock, units: [tổ], definition: d, cues: [xyz], reads: ['«1» hồ sơ']}\n",
    "an unmarked reading": "indicators:\n- {id: abc, vi: a, en: b, type: stock, units: [tổ], definition: d, cues: [xyz], reads: ['1 tổ']}\n",
    "a ratio without %": "indicators:\n- {id: abc, vi: a, en: b, type: ratio, units: [tổ], definition: d, cues: [xyz], reads: ['xyz «1» tổ']}\n",
    "a date no calendar has": "norms:\n- {id: abc, vi: a, en: b, value: 1, unit: x, applies_to: x, citation: y, certainty: S, valid_from: 2024-13-01}\n",
    "a norm that ends before it begins": "norms:\n- {id: abc, vi: a, en: b, value: 1, unit: x, applies_to: x, citation: y, certainty: S, valid_from: 2024-02-01, valid_to: 2024-01-01}\n",
    "a certainty no one knows": "norms:\n- {id: abc, vi: a, en: b, value: 1, unit: x, applies_to: x, citation: y, certainty: Z}\n",
    "the same id twice": "norms:\n" + 2 * "- {id: abc, vi: a, en: b, value: 1, unit: x, applies_to: x, citation: y, certainty: S}\n",
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_told_as_file_and_line(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(BROKEN[case], encoding="utf-8")
    assert main(["rules", "--check", str(path)]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    lines = len(BROKEN[case].splitlines())
    places = [re.search(rf"{re.escape(str(path))}:(\d+): \S", line) for line in told]
    assert any(places), told
    assert all(1 <= int(place[1]) <= lines + 1 for place in places if place)
    assert "Traceback" not in "".join(told)
