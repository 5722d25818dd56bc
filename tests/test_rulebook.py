"""Rulebook files: every problem at its line, merging over the defaults, the compiled form, the pages."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from cchc_audit.cli import main
from cchc_audit.errors import ConfigError
from cchc_audit.rules import kinds, load, page, rulebook, source

ROOT = Path(__file__).parents[1]
DEFAULTS = resources.files("cchc_audit").joinpath("defaults")


def problems(tmp_path: Path, text: str | bytes) -> list[str]:
    path = tmp_path / "own.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as error:
        load(path)
    return [p.removeprefix(f"{path}:") for p in error.value.problems]


# ---------------------------------------------------------------- the defaults


def test_the_compiled_form_says_what_the_yaml_says() -> None:
    assert DEFAULTS.joinpath(rulebook.COMPILED).read_text("utf-8") == rulebook.write_compiled(), (
        "run `python -m cchc_audit.rules` after editing defaults/*.yaml"
    )
    plain, compiled = source.read_defaults(), load()
    assert [e.value for e in plain.rules.values()] == list(compiled.rules)
    assert [e.value for e in plain.indicators.values()] == list(compiled.lexicon.indicators.values())
    assert [e.value for e in plain.norms.values()] == list(compiled.norms.values())


def test_the_page_says_what_the_yaml_says() -> None:
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == page.markdown(source.read_defaults()), (
        "run `python -m cchc_audit.rules` after editing defaults/*.yaml"
    )


def test_an_edited_default_is_never_ignored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "defaults"
    package.mkdir()
    for name in (*rulebook.DEFAULTS, rulebook.COMPILED):
        package.joinpath(name).write_bytes(DEFAULTS.joinpath(name).read_bytes())
    norms = package / "norms.yaml"
    norms.write_text(norms.read_text("utf-8").replace('value: "7000"', 'value: "7001"'), encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    rulebook._default.cache_clear()
    try:
        assert {n.value for n in load().norms.values() if n.id == "standard-population"} == {"15000", "7001", "5000", "21000"}
    finally:
        rulebook._default.cache_clear()


def test_a_run_on_the_defaults_reads_no_yaml() -> None:
    code = (
        "import sys; from cchc_audit.rules import load; load();"
        "print([m for m in ('pydantic', 'ruamel', 'ruamel.yaml', 'jinja2', 'pandas') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_rule_names_its_authority_only_when_it_may_be_cited() -> None:
    for rule in load().rules:
        assert rule.authority
        assert bool(rule.cited) is (rule.certainty in {"S", "D"})


# ---------------------------------------------------------------- problems, with their lines

WRONG = {
    "not yaml": ("rules: [\n", ["2: chưa đúng cú pháp YAML"]),
    "no kind": ("rules:\n- id: abc\n  vi: a\n", ["2: abc: thiếu khóa kind / missing key kind; các loại / kinds: at_most"]),
    "not a mapping": ("- a\n- b\n", ["1: cần các mục"]),
    "an unknown top key": ("rulez: []\n", ["1: khóa lạ / unknown key 'rulez'"]),
    "an unknown kind": ("rules:\n- id: abc\n  vi: a\n  en: b\n  kind: equals\n  authority: c\n", ["5: abc: không có loại / no such kind 'equals'"]),
    "an unknown key": (
        "rules:\n- id: abc\n  vi: a\n  en: b\n  kind: equal\n  figures: [households, population]\n  authority: c\n  colour: red\n  holds: ['x']\n",
        ["8: abc: khóa lạ / unknown key 'colour'"],
    ),
    "a missing key": ("rules:\n- id: abc\n  vi: a\n  en: b\n  kind: equal\n  authority: c\n  holds: ['x']\n", ["2: abc: figures: thiếu khóa"]),
    "a wrong value": (
        "indicators:\n- id: abc\n  vi: a\n  en: b\n  type: stok\n  units: [tổ]\n  definition: d\n  cues: [x]\n  reads: ['«1» x']\n",
        ["5: abc: type: "],
    ),
    "no example": ("rules:\n- id: abc\n  vi: a\n  en: b\n  kind: equal\n  figures: [households]\n  authority: c\n", ["2: abc: cần ít nhất 1 ví dụ holds"]),
    "an unmarked example": (
        "indicators:\n- id: abc\n  vi: a\n  en: b\n  type: stock\n  units: [tổ]\n  definition: d\n  cues: [x]\n  reads: ['1 x']\n",
        ["2: abc: cần ít nhất 1 ví dụ reads", "9: abc: reads: đánh dấu đúng một số"],
    ),
    "an unknown figure": (
        "rules:\n- id: abc\n  vi: a\n  en: b\n  kind: equal\n  figures: [housholds, population]\n  authority: c\n  holds: ['x']\n",
        ["6: abc: không có chỉ tiêu / no such indicator 'housholds'; có phải / did you mean 'households'?"],
    ),
    "an unknown norm": (
        "rules:\n- id: abc\n  vi: a\n  en: b\n  kind: bound\n  figure: households\n  op: '<='\n  norm: nope\n  authority: c\n  holds: ['x']\n",
        ["8: abc: không có định mức / no such norm 'nope'"],
    ),
    "an unknown figure beside other errors": (
        "indicators:\n- id: abd\n  vi: a\n  en: b\n  type: stok\n  units: [tổ]\n  definition: d\n  cues: [x]\n  bases: [nope]\n  reads: ['«1» x']\n"
        "rules:\n- id: abc\n  vi: a\n  kind: equal\n  figures: [abd, housholds]\n  authority: c\n  holds: ['x']\n",
        ["5: abd: type: 'stok'; dùng / use 'flow'", "9: abd: không có chỉ tiêu / no such indicator 'nope'", "12: abc: en: thiếu khóa",
         "15: abc: không có chỉ tiêu / no such indicator 'housholds'"],
    ),
    "a unit nobody reads": (
        "indicators:\n- id: abc\n  vi: a\n  en: b\n  type: stock\n  units: [tỗ, '']\n  definition: d\n  cues: [nhóm]\n  reads: ['«1» nhóm']\n",
        ["6: abc: đơn vị không đọc được và không có trong cues / a unit that is not read and stands in no cue: 'tỗ'"],
    ),
    "an example of the other sort": (
        "rules:\n- id: abc\n  vi: a\n  en: b\n  kind: equal\n  figures: [households]\n  authority: c\n  reads: ['x']\n",
        ["2: abc: cần ít nhất 1 ví dụ holds", "8: abc: khóa lạ / unknown key 'reads'"],
    ),
    "a figure that is no list": (
        "rules:\n- id: abc\n  vi: a\n  en: b\n  kind: equal\n  figures: households\n  authority: c\n  holds: ['x']\n",
        ["6: abc: figures: cần một danh sách"],
    ),
    "the same id twice": (
        "norms:\n" + 2 * "- {id: abc, vi: a, en: b, value: 1, unit: người, applies_to: x, citation: y, certainty: S}\n",
        ["3: abc: id đã có ở dòng 2"],
    ),
    "norms in force at once": (
        "norms:\n- {id: abc, vi: a, en: b, value: 1, unit: x, applies_to: x, citation: y, certainty: S}\n"
        "- {id: abc, vi: a, en: b, value: 2, unit: x, applies_to: x, citation: y, certainty: S, valid_from: 2024-01-01}\n",
        ["3: abc: hiệu lực trùng với dòng 2"],
    ),
    "a norm that is no number": (
        "norms:\n- {id: abc, vi: a, en: b, value: nhiều, unit: x, applies_to: x, citation: y, certainty: S}\n",
        ["2: abc: value 'nhiều' không phải số"],
    ),
    "a name no one can type": ("rules:\n- id: 'Đ 1'\n  vi: a\n  en: b\n  kind: equal\n  figures: [households]\n  authority: c\n  holds: ['x']\n", ["2: 'Đ 1': id gồm chữ thường"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_problem_is_shown_at_its_line(case: str, tmp_path: Path) -> None:
    text, expected = WRONG[case]
    found = problems(tmp_path, text)
    assert len(found) == len(expected), found
    for line, start in zip(found, expected, strict=True):
        assert line.startswith(start), line


def test_all_problems_are_listed_at_once(tmp_path: Path) -> None:
    text = "\n".join(WRONG[c][0].split("\n", 1)[1] for c in ("an unknown kind", "a missing key", "no example"))
    assert len(problems(tmp_path, "rules:\n" + text)) >= 3


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", "rules: é".encode("latin-1"), b"\x00\x01", b"rules: !!python/object:os.system x"])
def test_bytes_that_are_no_rulebook(tmp_path: Path, data: bytes) -> None:
    assert all(p.split(":")[0].isdigit() for p in problems(tmp_path, data))


def test_examples_are_tried_beside_the_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN.replace("niêm yết 126", "niêm yết 125") + "colour: red\n", encoding="utf-8")
    assert main(["rules", "--check", str(own)]) == 2
    told = capsys.readouterr().err
    assert "9: procedures-everywhere: phải khớp" in told and "khóa lạ / unknown key 'colour'" in told


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("thành viên", "Ban Chỉ đạo cải cách hành chính gồm «11» thành viên."),
        ("Đồng chí", "Ban Chỉ đạo cải cách hành chính gồm «11» thành viên."),
        ("triệu đồng", "Ban Chỉ đạo cải cách hành chính: «11» triệu đồng."),
    ],
)
def test_a_unit_may_be_written_as_the_report_does(unit: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        f"indicators:\n- {{id: abc, vi: a, en: b, type: stock, units: [{unit}], definition: d,"
        f" cues: [ban chỉ đạo cải cách hành chính], reads: ['{text}']}}\n",
        encoding="utf-8",
    )
    assert main(["rules", "--check", str(own)]) == 0, capsys.readouterr().err


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.yaml: không có tệp này"):
        load(tmp_path / "nowhere.yaml")


# ---------------------------------------------------------------- merging

OWN = """
rules:
- id: procedures-everywhere
  vi: Của đoàn
  en: Ours
  kind: equal
  figures: [procedures_total, procedures_posted]
  authority: Kế hoạch kiểm tra
  holds: ["Công khai, niêm yết 126 thủ tục.\\nTổng số TTHC cấp phường là 126 TTHC."]
fields: [hải quan]
abbreviations:
  khu phố: [kp]
"""


def test_an_own_file_is_merged_over_the_defaults(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    mine, default = load(own), load()
    assert len(mine.rules) == len(default.rules)
    changed = mine.rule("procedures-everywhere")
    assert isinstance(changed, kinds.Equal)
    assert (changed.vi, changed.figures) == ("Của đoàn", ("procedures_total", "procedures_posted"))
    assert "hải quan" in mine.lexicon.fields
    assert mine.lexicon.abbreviations["hồ sơ"] == default.lexicon.abbreviations["hồ sơ"]
    assert mine.lexicon.abbreviations["khu phố"] == ("kp",)


def test_the_digest_tells_rulebooks_apart(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    first = load(own)
    assert first.digest == load(own).digest != load().digest
    assert first.sources[-1][0] == str(own)
    own.write_text(OWN + "# changed\n", encoding="utf-8")
    assert load(own).digest != first.digest


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("# nothing yet\n", encoding="utf-8")
    assert load(own).rules == load().rules


# ---------------------------------------------------------------- the command


def test_the_command_lists_shows_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    listed = capsys.readouterr().out
    assert all(r.id in listed for r in load().rules)
    assert main(["rules", "all-on-time"]) == 0
    shown = capsys.readouterr().out
    assert "Biểu II.06a" in shown and "15 hồ sơ" in shown
    assert main(["rules", "staff_quota"]) == 0
    assert "«24»" in capsys.readouterr().out
    assert main(["rules", "nope"]) == 2
    assert main(["rules", "--html", str(tmp_path / "rules.html")]) == 0
    written = (tmp_path / "rules.html").read_text("utf-8")
    assert "<script" not in written and "http" not in written.replace("http-equiv", "")
    assert all(r.vi in written for r in load().rules)


def test_html_is_escaped(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN.replace("Của đoàn", "<b>Của</b> & đoàn"), encoding="utf-8")
    assert main(["rules", "--rules", str(own), "--html", str(tmp_path / "rules.html")]) == 0
    written = (tmp_path / "rules.html").read_text("utf-8")
    assert "&lt;b&gt;Của&lt;/b&gt; &amp; đoàn" in written and "<b>Của" not in written


def test_checking_an_own_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    assert main(["rules", "--check", str(own)]) == 0
    assert "1 ví dụ đạt" in capsys.readouterr().out
    own.write_text(OWN.replace("niêm yết 126", "niêm yết 125"), encoding="utf-8")
    assert main(["rules", "--check", str(own)]) == 2
    assert "phải khớp / must hold: contradicted" in capsys.readouterr().err


def test_every_key_of_a_kind_is_documented() -> None:
    written = (ROOT / "docs" / "rules.md").read_text("utf-8")
    for name, _, keys in page.kind_lines():
        assert f"`{name}`" in written
        assert all(f"`{key}`" in written for key in keys)


def test_compiled_json_is_small_and_plain() -> None:
    data = json.loads(DEFAULTS.joinpath(rulebook.COMPILED).read_text("utf-8"))
    assert set(data) == {"sources", "indicators", "words", "rules", "norms"}
