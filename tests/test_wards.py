"""wards.csv: what is accepted, what is refused and where, which ward a report comes from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cchc_audit import wards
from cchc_audit.errors import ConfigError

HEADER = "code,name,kind,district,province,population,valid_from,valid_to"
GOOD = """\
06685,Suối Hoa,phường,thị xã Lạc Giang,tỉnh Hải Vân,9874,2015-03-01,2025-06-30
06700,Suối Hoa,xã,huyện Phú Đồng,tỉnh Hải Vân,5.107,01/01/2010,30/06/2025
06701,Tân Lập,phường,quận Đông,thành phố Nam Thạch,,,
06702,Tân Lập,phường,quận Tây,thành phố Nam Thạch,,,
06703,Tấn Lập,phường,quận Tây,thành phố Nam Thạch,,,
06685,Lạc Giang,phường,,tỉnh Hải Vân,28755,2025-07-01,
"""


def register(tmp_path: Path, rows: str, header: str = HEADER, encoding: str = "utf-8") -> wards.Register:
    path = tmp_path / "wards.csv"
    path.write_bytes(f"{header}\n{rows}".encode(encoding))
    return wards.load(path)


def test_what_a_row_says(tmp_path: Path) -> None:
    first, second, *_, last = register(tmp_path, GOOD).wards
    assert (first.code, first.full_name, first.population, first.line) == ("06685", "phường Suối Hoa", 9874, 2)
    assert (second.population, second.valid_from) == (5107, date(2010, 1, 1))
    assert (last.code, last.district, last.valid_to) == ("06685", "", None)


@pytest.mark.parametrize("change", [
    lambda text: text.replace(",", ";"),  # as a spreadsheet with a Vietnamese locale saves it
    lambda text: "\ufeff" + text,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text + "\n ,,,,,,,\n",
])  # fmt: skip
def test_forms_a_spreadsheet_program_saves(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "wards.csv"
    path.write_bytes(change(f"{HEADER}\n{GOOD}").encode())
    assert len(wards.load(path).wards) == 6


@pytest.mark.parametrize(("name", "day", "more", "code"), [
    ("phường Suối Hoa", date(2024, 3, 31), {}, "06685"),
    ("Phường  SUỐI HOA", date(2024, 3, 31), {}, "06685"),
    ("xã Suối Hoa", date(2024, 3, 31), {}, "06700"),
    ("phuong suoi hoa", date(2024, 3, 31), {}, "06685"),
    ("phường Suối Hoa", date(2025, 9, 30), {}, None),  # no longer a unit
    ("phường Lạc Giang", date(2025, 9, 30), {}, "06685"),  # the code used again
    ("phường Lạc Giang", date(2024, 9, 30), {}, None),
    ("phường Tân Lập", None, {}, None),  # two, and nothing to tell them apart
    ("phường Tân Lập", None, {"head": "UBND QUẬN TÂY\nUBND PHƯỜNG TÂN LẬP"}, "06702"),
    ("phường Tấn Lập", None, {}, "06703"),  # marks matter where they can decide
    ("", date(2025, 1, 1), {"code": "06701"}, "06701"),
    ("phường Khác Tên", date(2024, 1, 1), {"code": "06685"}, "06685"),  # the code decides, by its time
    ("phường Khác Tên", date(2025, 8, 1), {"code": "06685"}, "06685"),
    ("", None, {"code": "06685"}, None),  # a code used twice, at an unknown time
])  # fmt: skip
def test_which_ward_is_meant(tmp_path: Path, name: str, day: date | None, more: dict[str, str], code: str | None) -> None:
    found = register(tmp_path, GOOD).find(name, day, **more)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(("path", "code"), [
    ("06685-quy-1.docx", "06685"), ("2024/06701/bc.docx", "06701"), ("bc-066851.docx", ""), ("06685-06701.docx", ""),
])  # fmt: skip
def test_a_code_in_a_path(tmp_path: Path, path: str, code: str) -> None:
    assert register(tmp_path, GOOD).code_in(path) == code


@pytest.mark.parametrize(("rows", "line", "says"), [
    ("06685,A,phường,,P,12x,,", 2, "12x"),
    ("06685,A,phường,,P,,2025-13-01,", 2, "2025-13-01"),
    ("06685,A,phường,,P,,31/02/2025,", 2, "31/02/2025"),
    ("06685,A,phường,,P,,2025-01-02,2025-01-01", 2, "valid_to"),
    ("6685.0,A,phường,,P,,,", 2, "6685.0"),
    ("6.7E+03,A,phường,,P,,,", 2, "6.7E+03"),
    ("06685,A,thôn,,P,,,", 2, "thôn"),
    (",A,xã,,P,,,", 2, "code"),
    ("06685,A,xã,,,,,", 2, "province"),
    ("06685,A,xã", 2, "3"),
    ("1,A,xã,,P,,,\n2,B,xã,,P,,,\n\n1,C,xã,,P,,2020-01-01,", 5, "1"),
    ('06685,"A,xã,,P,,,', 2, "8"),
])  # fmt: skip
def test_a_wrong_row_is_named_by_its_line(tmp_path: Path, rows: str, line: int, says: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        register(tmp_path, rows)
    assert len(wrong.value.problems) == 1
    assert wrong.value.problems[0].startswith(f"{tmp_path / 'wards.csv'}:{line}: ")
    assert says in wrong.value.problems[0]


def test_every_problem_is_listed_in_order(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as wrong:
        register(tmp_path, "1,A,x,,P,y,,\n1,A,xã,,P,,,\n1,B,xã,,P,,,")
    assert [int(p.split(":")[1]) for p in wrong.value.problems] == [2, 2, 4]


@pytest.mark.parametrize(("header", "says"), [
    ("code,name", "'kind'"), (HEADER + ",note", "'note'"), (HEADER + ",code", "'code'"),
])  # fmt: skip
def test_a_wrong_header(tmp_path: Path, header: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        register(tmp_path, GOOD, header)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="UTF-8"):
        register(tmp_path, GOOD, encoding="utf-16")


def test_the_sample_register_is_right() -> None:
    sample = wards.load(Path(__file__).parents[1] / "data" / "wards.csv")
    assert len(sample.wards) >= 10
