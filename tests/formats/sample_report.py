"""One small report, in our own words and with two slips, as parts that every format can write."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Items:
    """A numbered list: the numbers are printed by the format, not typed."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells as shown; `merged` are (row, first column, last column) of cells merged across."""

    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int], ...] = ()


RUNNING_HEAD = "Báo cáo cải cách hành chính năm 2024 - lưu hành nội bộ"

REPORT: tuple[Paragraph | Heading | Items | Table, ...] = (
    Paragraph("ỦY BAN NHÂN DÂN PHƯỜNG AN BÌNH"),
    Paragraph("Số: 45/BC-UBND"),
    Paragraph("An Bình, ngày 12 tháng 12 năm 2024"),
    Heading("BÁO CÁO Kết quả công tác cải cách hành chính năm 2024"),
    Paragraph(
        "Thực hiện Kế hoạch số 31/KH-UBND ngày 15/01/2024 của Ủy ban nhân dân phường về cải cách hành chính năm 2024, "
        "Ủy ban nhân dân phường An Bình báo cáo kết quả như sau. Phường có 4.215 hộ với 15.870 nhân khẩu, sinh sống tại "
        "12 tổ dân phố; diện tích tự nhiên 3,42 km²."
    ),
    Heading("I. Kết quả giải quyết thủ tục hành chính"),
    Paragraph(
        "Trong năm 2024, bộ phận một cửa tiếp nhận 2.436 hồ sơ, gồm: tiếp nhận trực tuyến 1.958 hồ sơ, tiếp nhận trực "
        "tiếp 478 hồ sơ. Đã giải quyết 2.401/2.436 hồ sơ, đạt 98,56%, tăng so với cùng kỳ năm trước; số còn lại đang "
        "trong thời hạn giải quyết theo quy định và được theo dõi hằng ngày trên hệ thống thông tin của thành phố."
    ),
    Paragraph("Kết quả giải quyết cụ thể như sau:"),
    Items(
        (
            "Giải quyết trước hạn 1.604 hồ sơ;",
            "Giải quyết đúng hạn 795 hồ sơ;",
            "Giải quyết quá hạn 2 hồ sơ.",
        )
    ),
    Paragraph(
        "Phường đã phát 320 phiếu khảo sát, thu về 312 phiếu; có 298/312 phiếu hài lòng, đạt 96,5%. Không có phiếu nào "
        "đánh giá không hài lòng về thái độ phục vụ của công chức bộ phận một cửa."
    ),
    Heading("II. Số liệu theo lĩnh vực"),
    Table(
        (
            ("STT", "Lĩnh vực", "Tiếp nhận", "", "Tổng số", "Tỷ lệ (%)"),
            ("", "", "Trực tuyến", "Trực tiếp", "", ""),
            ("1", "Hộ tịch", "845", "112", "957", "39,29"),
            ("2", "Chứng thực", "702", "251", "953", "39,12"),
            ("3", "Đất đai", "411", "115", "526", "21,59"),
            ("", "Tổng cộng", "1.958", "478", "2.436", "100,00"),
        ),
        merged=((0, 2, 3),),
    ),
    Heading("III. Tổ chức bộ máy và công chức"),
    Paragraph(
        "Hiện phường có 23 cán bộ, công chức, trong đó 14 nữ, chiếm 60,87%. Trình độ chuyên môn: 6 thạc sĩ, 15 đại học "
        "và 3 trung cấp. Trong năm có 5 lượt công chức được cử đi bồi dưỡng nghiệp vụ; 100% công chức đạt chuẩn theo "
        "quy định, không có công chức bị xử lý kỷ luật."
    ),
    Paragraph(
        "Trong năm, phường tiếp 186 lượt công dân, nhận 41 đơn, đã giải quyết 38 đơn, đạt 92,68%; 3 đơn đang được xem "
        "xét theo trình tự, thủ tục của pháp luật về tiếp công dân và giải quyết khiếu nại, tố cáo."
    ),
    Heading("IV. Phương hướng năm 2025"),
    Paragraph(
        "Phấn đấu trên 85% hồ sơ được nộp trực tuyến, tối thiểu 99% hồ sơ được giải quyết đúng hạn và trước hạn; rà "
        "soát, kiến nghị đơn giản hóa ít nhất 4 thủ tục thuộc thẩm quyền tiếp nhận của phường."
    ),
)


def plain_text() -> str:
    """The report as plain text: one line a paragraph, list numbers typed, tables as rows "| a | b |"."""
    lines: list[str] = []
    for part in REPORT:
        if isinstance(part, Items):
            lines += [f"{number}. {text}" for number, text in enumerate(part.texts, 1)]
        elif isinstance(part, Table):
            lines += ["", *("| " + " | ".join(row) + " |" for row in part.rows), ""]
        else:
            lines.append(part.text)
    return "\n".join(lines) + "\n"
