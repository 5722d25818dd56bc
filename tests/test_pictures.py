"""The memo shows the page itself beside a finding, and stays small."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cchc_audit import audit, memo
from cchc_audit.memo import pictures
from cchc_audit.memo.cells import new_run
from cchc_audit.memo.view import View

PDF = Path(__file__).parent / "formats" / "files" / "libreoffice.pdf"
PICTURE = 'src="data:image/png;base64,'


def view_of(path: Path) -> View:
    result = audit.audit_report(path)
    return memo.arrange(result, new_run(result, ""))


def test_every_finding_of_a_pdf_is_shown_on_its_page() -> None:
    view = view_of(PDF)
    page = memo.page(view)
    assert page.count(PICTURE) == len(view.to_answer) > 2
    assert 'alt="Ảnh trang báo cáo' in page
    assert len(page) < 300_000
    assert PICTURE not in memo.page(view, names=["unchecked"])
    assert PICTURE not in memo.fragment("findings", view)


def test_pictures_left_out_for_size_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of(PDF)
    monkeypatch.setattr(pictures, "_MOST_BYTES", 12_000)
    page = memo.page(view, "en")
    left = len(view.to_answer) - page.count(PICTURE)
    assert left > 0
    assert f"Findings whose pages are not pictured: {left}," in page


def test_a_report_that_is_gone_has_no_pictures(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.pdf"
    shutil.copy(PDF, path)
    view = view_of(path)
    path.unlink()
    page = memo.page(view)
    assert PICTURE not in page
    assert "Không in kèm được ảnh trang" in page


def test_a_report_without_pages_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of(PDF.with_suffix(".docx"))
    monkeypatch.setattr("cchc_audit.readers.excerpt.ask", None)
    assert pictures.pictures_of(view) is pictures.NONE
