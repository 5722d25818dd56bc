"""Texts made of parts: the sentences and tables that any report on administrative reform has, with figures drawn at random that all agree, in the
many ways people put them. What a text says is known, so that every question it raises is a false alarm."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from random import Random

Row = list[str]


def whole(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def share(part: int, of: int, places: int) -> str:
    exact = Decimal(100 * part) / Decimal(of)
    return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)).replace(".", ",")


def sentence(words: str) -> str:
    return words[0].upper() + words[1:]


# ---------------------------------------------------------------- sentences


def survey(draw: Random) -> str:
    very, content, fair, none = draw.randint(60, 160), draw.randint(30, 90), draw.randint(0, 9), draw.randint(0, 3)
    answers = very + content + fair + none
    issued, places = answers + draw.choice([0, 2, 4, 10]), draw.choice([1, 2])
    unit = draw.choice([" phiếu", "", " ý kiến"])
    classes = [(name, count) for name, count in (("Rất hài lòng", very), ("Hài lòng", content), ("Bình thường", fair), ("Không hài lòng", none)) if count or draw.random() < 0.5]
    classes = classes[::-1] if draw.random() < 0.3 else classes
    told = draw.choice(["{name} {count}{unit}", "{name}: {count}{unit}", "{count}{counted} {low}"])
    of_all = draw.choice(["", "", " ({}%)", ", đạt {}%", ", chiếm {}%", " = {}%"])

    def answer(name: str, count: int) -> str:
        said = told.format(name=name, low=name.lower(), count=whole(count), unit=unit, counted=unit or " phiếu")
        return said + of_all.format(share(count, answers, places))

    head = draw.choice([
        f"Số phiếu phát ra {whole(issued)} phiếu, thu về {whole(answers)} phiếu ({share(answers, issued, places)}%)",
        f"Phát ra {whole(issued)} phiếu, thu về {whole(answers)} phiếu hợp lệ",
        f"Khảo sát {whole(answers)} người dân đến giao dịch",
        f"Tổng số phiếu thu về: {whole(answers)}",
        f"Lấy ý kiến {whole(answers)} tổ chức, cá nhân",
    ])  # fmt: skip
    if draw.random() < 0.5:
        listed = draw.choice([". Kết quả: ", ", kết quả: ", ", trong đó: ", ". Trong đó ", ": ", ". "])
        listed += draw.choice(["; ", ", "]).join(answer(name.lower() if at else name, count) for at, (name, count) in enumerate(classes))
    else:
        listed = ":\n" + "\n".join(f"- {answer(name, count)}" for name, count in classes)
    both = very + content
    closing = draw.choice([
        "Tỷ lệ hài lòng và rất hài lòng đạt {}%",
        "Tỷ lệ rất hài lòng và hài lòng đạt {}%",
        "Tỷ lệ hài lòng trở lên đạt {}%",
        "Mức độ hài lòng chung đạt {}%",
        "Tỷ lệ hài lòng đạt {}%",
        "Tỷ lệ người dân hài lòng và rất hài lòng là {}%",
        "Tỷ lệ từ mức hài lòng trở lên chiếm {}%",
        "Chung mức độ hài lòng, rất hài lòng đạt {}%",
        "Tính chung tỷ lệ hài lòng (gồm rất hài lòng và hài lòng) đạt {}%",
        "Như vậy mức độ hài lòng của người dân, tổ chức đạt {}%",
        f"Tổng cộng hài lòng và rất hài lòng {whole(both)} phiếu, đạt {{}}%",
        f"Số phiếu hài lòng trở lên {whole(both)}/{whole(answers)} phiếu, đạt {{}}%",
    ])  # fmt: skip
    return f"{head}{listed}{draw.choice(['. ', chr(10)])}{closing.format(share(both, answers, places))}."


def dossiers(draw: Random) -> str:
    carried, new, pending, late = draw.randint(0, 60), draw.randint(300, 3000), draw.randint(5, 60), draw.choice([0, 0, 3, 7])
    received, places = carried + new, draw.choice([1, 2])
    resolved = received - pending
    early = min(draw.randint(100, new // 2), resolved - late - 10)
    on_time, in_time = resolved - early - late, resolved - late
    posted = draw.choice([0, 0, draw.randint(1, 15)])
    online = draw.randint(new // 2, new - 20)
    in_person, unit = new - online - posted, draw.choice([" hồ sơ", " hồ sơ", " HS", ""])
    by_post = f", qua bưu chính {whole(posted)}{unit} ({share(posted, new, places)}%)" if posted else ""
    parts = [
        draw.choice([
            f"Tổng số hồ sơ tiếp nhận: {whole(received)}{unit}, trong đó: kỳ trước chuyển sang {whole(carried)}{unit}, tiếp nhận mới {whole(new)}{unit}",
            f"Tiếp nhận {whole(received)} hồ sơ (kỳ trước chuyển qua {whole(carried)}; mới {whole(new)})",
            f"Trong kỳ tiếp nhận mới {whole(new)} hồ sơ, kỳ trước chuyển sang {whole(carried)} hồ sơ, tổng {whole(received)} hồ sơ",
        ]),
        draw.choice([
            f"trực tuyến {whole(online)}{unit} ({share(online, new, places)}%), trực tiếp {whole(in_person)}{unit} ({share(in_person, new, places)}%){by_post}",
            f"Tỷ lệ hồ sơ nộp trực tuyến đạt {share(online, new, places)}% ({whole(online)}/{whole(new)})",
            f"{whole(online)}/{whole(new)} hồ sơ nộp trực tuyến, đạt tỷ lệ {share(online, new, places)}%",
        ]),
        draw.choice([
            f"Đã giải quyết {whole(resolved)}{unit}, trong đó trước hạn {whole(early)}{unit}, đúng hạn {whole(on_time)}{unit}, quá hạn {whole(late)}{unit}",
            f"Số hồ sơ đã giải quyết {whole(resolved)} (trước hạn {whole(early)}, đúng hạn {whole(on_time)}, trễ hạn {whole(late)})",
            f"Kết quả giải quyết: {whole(resolved)}/{whole(received)} hồ sơ, đạt {share(resolved, received, places)}%; trước hạn {whole(early)}, đúng hạn {whole(on_time)}, quá hạn {whole(late)}",
        ]),
        draw.choice([
            f"Tỷ lệ đúng hạn đạt {share(in_time, resolved, places)}%",
            f"Tỷ lệ giải quyết trước và đúng hạn đạt {share(in_time, resolved, places)}%",
            f"tỷ lệ hồ sơ giải quyết đúng hạn, trước hạn: {share(in_time, resolved, places)}%",
            f"hồ sơ trả đúng và trước hạn {whole(in_time)}/{whole(resolved)}, đạt {share(in_time, resolved, places)}%",
        ]),
        draw.choice([
            f"Đang giải quyết {whole(pending)}{unit} (trong hạn {whole(pending)}, quá hạn 0)",
            f"Số đang giải quyết: {whole(pending)} hồ sơ, chưa đến hạn",
            f"Hồ sơ đang giải quyết {whole(pending)}, đều trong hạn",
        ]),
    ]  # fmt: skip
    return draw.choice([
        ". ".join(sentence(p) for p in parts) + ".",
        "Kết quả giải quyết TTHC:\n" + "\n".join(f"- {sentence(p)}{draw.choice([';', '.', ''])}" for p in parts),
        sentence("; ".join(parts)) + ".",
    ])  # fmt: skip


def staff(draw: Random) -> str:
    allotted = draw.randint(20, 45)
    present = allotted - draw.randint(0, 4)
    women, masters = draw.randint(5, present - 5), draw.randint(1, 5)
    graduates = draw.randint(8, present - masters)
    rest, members, places = present - masters - graduates, draw.randint(present // 2, present), draw.choice([1, 2])
    parts = [
        draw.choice([
            f"Biên chế được giao {allotted}, hiện có mặt {present} người, còn thiếu {allotted - present}",
            f"Tổng số CBCC có mặt {present}/{allotted} biên chế được giao, đạt {share(present, allotted, places)}%",
            f"Được giao {allotted} biên chế; có mặt {present}; chưa sử dụng {allotted - present}",
        ]),
        draw.choice([
            f"Trong đó nữ {women} người ({share(women, present, places)}%), đảng viên {members} người ({share(members, present, places)}%)",
            f"nữ {women}, nam {present - women}; đảng viên {members}/{present}, đạt {share(members, present, places)}%",
        ]),
        draw.choice([
            f"Về trình độ: thạc sĩ {masters}, đại học {graduates}, còn lại {rest}",
            f"Trình độ chuyên môn: sau đại học {masters} người ({share(masters, present, places)}%), đại học {graduates} người ({share(graduates, present, places)}%), cao đẳng, trung cấp {rest} người ({share(rest, present, places)}%)",
        ]),
    ]  # fmt: skip
    return ". ".join(sentence(p) for p in parts) + "."


def documents(draw: Random) -> str:
    kinds = [("nghị quyết", draw.randint(1, 9)), ("quyết định", draw.randint(5, 60)), ("kế hoạch", draw.randint(5, 60)), ("công văn", draw.randint(10, 200)), ("báo cáo", draw.randint(10, 90))]
    issued, places = sum(count for _, count in kinds), draw.choice([1, 2])
    signed = draw.randint(issued // 2, issued)
    first = draw.choice([
        f"Ban hành {whole(issued)} văn bản, gồm: " + ", ".join(f"{count:02d} {name}" for name, count in kinds),
        f"Trong năm UBND phường đã ban hành {whole(issued)} văn bản (" + "; ".join(f"{name} {count}" for name, count in kinds) + ")",
    ])  # fmt: skip
    second = draw.choice([
        f"Văn bản ký số {whole(signed)}/{whole(issued)}, đạt {share(signed, issued, places)}%",
        f"Số văn bản phát hành điện tử có ký số {whole(signed)} văn bản, đạt {share(signed, issued, places)}% tổng số văn bản; còn {whole(issued - signed)} văn bản giấy",
    ])  # fmt: skip
    return f"{first}. {second}."


def tasks(draw: Random) -> str:
    given = draw.randint(20, 120)
    done, late, places = draw.randint(given // 2, given - 4), draw.randint(0, 4), draw.choice([1, 2])
    doing = draw.randint(0, given - done)
    return draw.choice([
        f"Kế hoạch CCHC năm đề ra {given} nhiệm vụ. Đã hoàn thành {done} nhiệm vụ ({share(done, given, places)}%), đang thực hiện {doing} nhiệm vụ, chưa thực hiện {given - done - doing} nhiệm vụ.",
        f"Hoàn thành {done}/{given} nhiệm vụ, đạt {share(done, given, places)}%; đang triển khai {doing}, chưa triển khai {given - done - doing}.",
        f"Tổng số nhiệm vụ được giao: {given}; hoàn thành: {done} (trong đó đúng hạn {done - late}, quá hạn {late}); đang thực hiện: {given - done}.",
        f"Thành phố giao {given} nhiệm vụ, trong đó {done} nhiệm vụ hoàn thành (đúng hạn {done - late}, trễ hạn {late}), {given - done} nhiệm vụ đang thực hiện trong hạn.",
    ])  # fmt: skip


def feedback(draw: Random) -> str:
    received = draw.randint(12, 90)
    own = draw.randint(6, received - 2)
    handled, before, places = draw.randint(4, own), received + draw.choice([-7, -4, 5, 9]), draw.choice([1, 2])
    return draw.choice([
        f"Tiếp nhận {received} phản ánh, kiến nghị, trong đó thuộc thẩm quyền {own}, không thuộc thẩm quyền {received - own}. Đã xử lý {handled}/{own}, đạt {share(handled, own, places)}%, đang xử lý {own - handled}.",
        f"Số PAKN tiếp nhận {received}, {'tăng' if received > before else 'giảm'} {abs(received - before)} so với cùng kỳ ({before}). Đã xử lý {received - 1}, đang xử lý 1.",
    ])  # fmt: skip


def payments(draw: Random) -> str:
    due = draw.randint(100, 900)
    paid, aim, places = draw.randint(due // 2, due), draw.randint(40, 80), draw.choice([1, 2])
    first = draw.choice([
        f"Hồ sơ có phát sinh nghĩa vụ tài chính {due} hồ sơ, thanh toán trực tuyến {paid} hồ sơ, đạt {share(paid, due, places)}% (chỉ tiêu {aim}%)",
        f"Tỷ lệ thanh toán trực tuyến {paid}/{due} hồ sơ, đạt {share(paid, due, places)}%, còn {due - paid} hồ sơ nộp tiền mặt",
        f"Trong {due} hồ sơ phải nộp phí, lệ phí có {paid} hồ sơ thanh toán trực tuyến ({share(paid, due, places)}%)",
    ])  # fmt: skip
    second = draw.choice([
        f"Số hóa kết quả {whole(2 * paid)}/{whole(2 * due)}, đạt {share(paid, due, places)}%",
        f"Số hóa hồ sơ: {whole(2 * paid)} trên {whole(2 * due)} hồ sơ tiếp nhận, tỷ lệ {share(paid, due, places)}%",
    ])  # fmt: skip
    return f"{first}. {second}."


SENTENCES: tuple[Callable[[Random], str], ...] = (survey, dossiers, staff, documents, tasks, feedback, payments)

# ---------------------------------------------------------------- tables

_NAMES = (
    ("Hộ tịch", "Chứng thực", "Đất đai", "Bảo trợ xã hội", "Xây dựng", "Kinh doanh"),
    ("Thôn Đông", "Thôn Tây", "Thôn Nam", "Thôn Bắc", "Thôn Trung"),
    ("Tổ 1", "Tổ 2", "Tổ 3", "Tổ 4"),
    ("Tháng 1", "Tháng 2", "Tháng 3"),
    ("Khối phố An Bình", "Khối phố Tân Lập", "Khối phố Quang Trung", "Khối phố Hòa Hợp"),
)
_TOTALS = ("Tổng", "Tổng cộng", "Cộng", "Toàn xã", "Tổng số", "TỔNG CỘNG")
LAYOUTS = ("pipe", "bare", "tab", "semicolon", "aligned", "cells")


def by_part(draw: Random) -> list[Row]:
    head = draw.choice([["Lĩnh vực", "Tiếp nhận", "Đã giải quyết", "Đang giải quyết"], ["Đơn vị", "Tổng số hộ", "Đã đăng ký", "Chưa đăng ký"], ["Nội dung", "Tổng", "Trực tuyến", "Trực tiếp"]])
    rows = [(name, draw.randint(20, 900), draw.randint(1, 60)) for name in draw.choice(_NAMES)]
    rows.append((draw.choice(_TOTALS), sum(r[1] for r in rows), sum(r[2] for r in rows)))
    return [head, *([name, whole(done + left), whole(done), whole(left)] for name, done, left in rows)]


def by_plan(draw: Random) -> list[Row]:
    head = draw.choice([["Nội dung", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)"], ["Đơn vị", "Chỉ tiêu", "Kết quả", "Đạt %"], ["Tên thôn", "Số hộ", "Số hộ tham gia", "Tỷ lệ"]])
    sign, places = "" if "%" in head[3] and draw.random() < 0.5 else "%", draw.choice([1, 2])
    rows = [(name, of := draw.randint(40, 1500), draw.randint(of * 6 // 10, of)) for name in draw.choice(_NAMES)]
    rows.append((draw.choice(_TOTALS), sum(r[1] for r in rows), sum(r[2] for r in rows)))
    return [head, *([name, whole(of), whole(done), share(done, of, places) + sign] for name, of, done in rows)]


def by_change(draw: Random) -> list[Row]:
    head = draw.choice([["Chỉ tiêu", "Năm 2023", "Năm 2024", "Tăng/giảm"], ["Nội dung", "Cùng kỳ", "Kỳ này", "So sánh"], ["Nội dung", "Quý I", "Quý II", "Tăng, giảm"]])
    up, down = draw.choice([("+", "-"), ("tăng ", "giảm "), ("", "-")])
    rows = [(name, before := draw.randint(90, 900), before + draw.choice([-1, 1]) * draw.randint(3, 80)) for name in draw.choice(_NAMES)]
    if draw.random() < 0.5:
        rows.append((draw.choice(_TOTALS), sum(r[1] for r in rows), sum(r[2] for r in rows)))
    return [head, *([name, whole(before), whole(now), (up if now >= before else down) + whole(abs(now - before))] for name, before, now in rows)]


def by_share(draw: Random) -> list[Row]:
    head = draw.choice([["Lĩnh vực", "Số hồ sơ", "Tỷ lệ (%)"], ["Nội dung", "Số lượng", "Tỷ lệ"]])
    rows = [(name, draw.randint(20, 400)) for name in draw.choice(_NAMES)]
    of, sign = sum(count for _, count in rows), "" if "%" in head[2] else "%"
    told = [[name, whole(count), share(count, of, 2) + sign] for name, count in rows]
    return [head, *told, *([[draw.choice(_TOTALS), whole(of), "100" + sign]] if draw.random() < 0.7 else [])]


def by_column(draw: Random) -> list[Row]:
    head = draw.choice([["Đơn vị", "Số hộ", "Số khẩu", "Hộ nghèo", "Hộ cận nghèo"], ["Tổ", "Số buổi", "Số lượt người"]])
    names = draw.choice(_NAMES)
    rows = [[draw.randint(5, 500) for _ in head[1:]] for _ in names]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    return [head, *([name, *map(whole, row)] for name, row in zip([*names, draw.choice(_TOTALS)], rows, strict=True))]


TABLES: tuple[Callable[[Random], list[Row]], ...] = (by_part, by_plan, by_change, by_share, by_column)


def laid_out(rows: list[Row], layout: str, *, numbered: bool) -> str:
    """The table as text; `numbered` with a first column of running numbers, none for the total."""
    if numbered:
        marks = ["STT", *(str(at) for at in range(1, len(rows)))]
        if any(total.lower() in rows[-1][0].lower() for total in _TOTALS):
            marks[-1] = ""
        rows = [[mark, *row] for mark, row in zip(marks, rows, strict=True)]
    if layout == "cells":
        return "\n".join(cell for row in rows for cell in row)
    if layout == "aligned":
        widths = [max(len(row[c]) for row in rows) + 2 for c in range(len(rows[0]))]
        return "\n".join("".join(cell.rjust(w) if c else cell.ljust(w) for c, (cell, w) in enumerate(zip(row, widths, strict=True))) for row in rows)
    if layout == "pipe":
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return "\n".join({"bare": " | ", "tab": "\t", "semicolon": " ; "}[layout].join(row) for row in rows)


def slipped(draw: Random, figure: str) -> str | None:
    """The figure with two neighbouring digits swapped or one of them another; None where it has but one, or would begin with a nought."""
    digits = [at for at, c in enumerate(figure) if c.isdigit()]
    if len(digits) < 2:
        return None
    out = list(figure)
    if draw.random() < 0.5:
        at = draw.randrange(len(digits) - 1)
        out[digits[at]], out[digits[at + 1]] = out[digits[at + 1]], out[digits[at]]
    else:
        at = draw.choice(digits)
        out[at] = draw.choice([d for d in "0123456789" if d != figure[at]])
    return None if "".join(out) == figure or out[digits[0]] == "0" else "".join(out)
