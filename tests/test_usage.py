"""What the command line says of a command it cannot carry out."""

from __future__ import annotations

import pytest

from cchc_audit.cli import main

SAID = {
    "check": "cchc-audit check: còn thiếu REPORT; xem cchc-audit check --help / missing: REPORT; see cchc-audit check --help",
    "": "cchc-audit: còn thiếu COMMAND; ",
    "kiemtra": "cchc-audit: COMMAND: không có 'kiemtra'; chọn một trong: ",
    "check a --limits 0": "cchc-audit check: --limits cần một số nguyên từ 1 trở lên, không phải '0'; ",
    "check a --limits -2": "cchc-audit check: --limits cần một số nguyên từ 1 trở lên, không phải '-2'; ",
    "check a --limits x": "cchc-audit check: --limits cần một số nguyên từ 1 trở lên, không phải 'x'; ",
    "batch a --jobs 0": "cchc-audit batch: --jobs cần một số nguyên từ 1 trở lên, không phải '0'; ",
    "memo a --language fr": "cchc-audit memo: --language: không có 'fr'; chọn một trong: ",
    "check a --rules": "cchc-audit check: --rules cần một giá trị đi kèm; ",
    "check a --nhanh": "cchc-audit: không hiểu --nhanh; ",
    "check a --json=1": "cchc-audit check: --json không có giá trị đi kèm, bỏ '1'; ",
    "memo a --p x": "cchc-audit memo: tùy chọn --p có thể là --previous, --pdf, --power; ",
}


@pytest.mark.parametrize("command", SAID)
def test_wrong_usage_is_one_line_in_vietnamese_first(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(command.split())
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert told.startswith(SAID[command])
    assert told.count("\n") == 1
    assert " / " in told
