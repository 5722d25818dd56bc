"""Plain text: encodings, offsets, lines and rows, and what is refused."""

from __future__ import annotations

import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_audit import readers
from cchc_audit.errors import ReadError
from cchc_audit.model import BlockKind, Document, Span
from cchc_audit.readers.builder import composed
from cchc_audit.readers.detect import sniff
from cchc_audit.readers.legacy import is_syllable, legacy_encoding
from cchc_audit.readers.limits import Limits

SENTENCE = "Năm 2024, phường đã tiếp nhận 1.874 hồ sơ, giải quyết đúng hạn 99,4 %."
# The same words as the old fonts hold them.
TCVN3 = "N¨m 2024, ph­êng ®· tiÕp nhËn 1.874 hå s¬, gi¶i quyÕt ®óng h¹n 99,4 %."
VNI = "Naêm 2024, phöôøng ñaõ tieáp nhaän 1.874 hoà sô, giaûi quyeát ñuùng haïn 99,4 %."
VISCII = "N\xe5m 2024, ph\xdf\xb6ng \xf0\xe3 ti\xaap nh\xa7n 1.874 h\xb0 s\xbd, gi\xe4i quy\xaat \xf0\xfang h\xd5n 99,4 %."


def read(tmp_path: Path, data: bytes, name: str = "report.txt") -> Document:
    path = tmp_path / name
    path.write_bytes(data)
    return readers.read(path)


def refusal(tmp_path: Path, data: bytes, name: str = "report.txt") -> ReadError:
    with pytest.raises(ReadError) as refused:
        read(tmp_path, data, name)
    return refused.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_give_the_same_text(encoding: str, tmp_path: Path) -> None:
    document = read(tmp_path, f"{SENTENCE}\r\n\r\ndòng hai\r\n".encode(encoding))
    assert document.text == f"{SENTENCE}\n\ndòng hai\n"
    assert (document.source, document.offsets) == (None, None)
    assert [(document.quote(b.span), b.place.line) for b in document.blocks] == [
        (SENTENCE, 1),
        ("dòng hai", 3),
    ]


def test_decomposed_text_is_composed_and_mapped_back(tmp_path: Path) -> None:
    source = unicodedata.normalize("NFD", SENTENCE + "\n" + SENTENCE)
    document = read(tmp_path, source.encode())
    assert document.text == SENTENCE + "\n" + SENTENCE
    assert document.source == source
    start = document.text.rindex("1.874 hồ sơ")
    end = start + len("1.874 hồ sơ")
    written = source[document.to_source(start) : document.to_source(end)]
    assert unicodedata.normalize("NFC", written) == "1.874 hồ sơ"
    assert document.to_source(len(document.text)) == len(source)


@given(
    st.text(
        st.one_of(
            st.characters(exclude_categories=["Cs"]),
            st.sampled_from(
                "aeoươđ\u0300\u0301\u0302\u0309\u0323\u031b\u1100\u1161\u11a8\u0958\u212b\u09c7\u09be"
            ),
        )
    )
)
def test_composing_keeps_every_place(source: str) -> None:
    text, offsets = composed(source)
    assert text == unicodedata.normalize("NFC", source)
    if offsets is not None:
        assert len(offsets) == len(text)
        assert list(offsets) == sorted(offsets)
        assert all(0 <= offset < len(source) for offset in offsets)
        for at, character in enumerate(text):
            if character.isascii():
                assert source[offsets[at]] == character


@pytest.mark.parametrize(
    ("old", "name"), [(TCVN3, "TCVN3"), (VNI, "VNI"), (VISCII, "VISCII")], ids=["tcvn3", "vni", "viscii"]
)
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_old_encodings_are_named_and_refused(old: str, name: str, encoding: str, tmp_path: Path) -> None:
    error = refusal(tmp_path, (old + "\n").encode(encoding) * 5)
    assert error.kind == "encoding"
    assert name in error.vi
    assert "UniKey" in error.vi
    assert name in error.en


@pytest.mark.parametrize(
    "text", [SENTENCE, "Plain words, 5 files", "Café à la crème, déjà vu", "", "TRƢỜNG ĐẠI HỌC"]
)
def test_modern_text_is_not_taken_for_old(text: str) -> None:
    assert legacy_encoding(text) is None


@pytest.mark.parametrize("word", ["phường", "nghiệp", "quyết", "ỦY", "Uỷ", "giải", "đã", "khoẻ", "thuở"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["phöôøng", "®ã", "strength", "ấấ", "Đak"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_damaged_utf8_is_read_and_said(tmp_path: Path) -> None:
    data = (SENTENCE * 20).encode()
    document = read(tmp_path, data[:-1].replace("hồ".encode(), b"h\xe1\x93", 1) + b"\n")
    assert [p.kind for p in document.problems] == ["damaged"]
    assert "�" in document.text
    assert "1.874" in document.text


def test_pipe_rows_become_rows_with_cells(tmp_path: Path) -> None:
    document = read(
        tmp_path, "Bảng\n| Tên | Số |\n|---|---:|\n| Hộ tịch |  5,40 |\n\n| a | |\n| lẻ\n".encode(), "r.md"
    )
    rows = [b for b in document.blocks if b.kind is BlockKind.ROW]
    assert [[document.quote(c) for c in b.cells] for b in rows] == [
        ["Tên", "Số"],
        ["Hộ tịch", "5,40"],
        ["a", ""],
    ]
    assert [(b.place.table, b.place.row, b.place.line) for b in rows] == [(1, 1, 2), (1, 2, 4), (2, 1, 6)]
    assert rows[1].cell_places[1].column == 2
    assert [document.quote(b.span) for b in document.blocks if b.kind is not BlockKind.ROW] == [
        "Bảng",
        "| lẻ",
    ]


@pytest.mark.parametrize(
    ("data", "name", "kind", "words"),
    [
        (b"", "a.txt", "unreadable", "rỗng"),
        (b"\x7fELF\2\1\1\0\0\0", "a.txt", "unreadable", "không phải văn bản"),
        (b"abc", "a.exe", "unsupported", ".exe"),
        (b"plain words", "a.docx", "damaged", ".docx"),
        (b"\xff\xfe\x00\xd8\x00\x00a", "a.txt", "encoding", "bảng mã"),
        ("ďůž ěšč řžý úůá ".encode("cp1250") * 30, "a.txt", "encoding", "bảng mã"),
    ],
)
def test_refused_with_one_line(data: bytes, name: str, kind: str, words: str, tmp_path: Path) -> None:
    error = refusal(tmp_path, data, name)
    assert error.kind == kind
    assert words in error.vi
    assert str(error) == f"{tmp_path / name}: {error.vi} / {error.en}"


def test_missing_folder_and_long_files(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none.txt", "không có tệp"), (tmp_path, "thư mục")):
        with pytest.raises(ReadError, match=words):
            readers.read(path)
    with pytest.raises(ReadError, match="không có tệp"):
        readers.read("a\0b.txt")
    (tmp_path / "long.txt").write_text("5 hồ sơ\n" * 100, "utf-8")
    with pytest.raises(ReadError) as refused:
        readers.read(tmp_path / "long.txt", limits=Limits(size=100))
    assert refused.value.kind == "too_large"
    assert readers.read(tmp_path / "long.txt", limits=Limits(size=100).raised(100)).text


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from([".txt", ".md", "", ".xyz"]))
def test_any_bytes_give_a_document_or_a_read_error(data: bytes, suffix: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report{suffix}"
        path.write_bytes(data)
        if sniff(data, suffix) not in {"text", ""}:
            return  # read in a process of its own; see the hostile files
        try:
            document = readers.read(path)
        except ReadError as error:
            assert "\n" not in error.vi + error.en
            return
    for block in document.blocks:
        assert document.quote(block.span).strip()
        assert all(Span(*cell).inside(block.span) for cell in block.cells)


def test_reading_text_is_quick_and_light(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(f"{SENTENCE} " * 3 + "\n", "utf-8")
    code = f"import sys; from cchc_audit import readers; readers.read({str(path)!r}); print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {
        "lxml",
        "openpyxl",
        "pypdfium2",
        "pdfplumber",
        "PIL",
        "numpy",
        "pandas",
        "subprocess",
        "charset_normalizer",
    }
    assert not heavy & set(loaded)
    path.write_text(((f"{SENTENCE} " * 4).strip() + "\n\n") * 230, "utf-8")
    times = []
    for _ in range(5):
        start = time.perf_counter()
        assert len(readers.read(path).text) > 65_000
        times.append(time.perf_counter() - start)
    assert min(times) < 0.03
