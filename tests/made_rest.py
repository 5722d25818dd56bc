"""More texts made of parts (`made`): comparisons, services, fields, votes, visits, gradings, reviews, training, money and households, with figures
drawn at random that all agree."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from made import share, whole

BEFORE = ("cùng kỳ năm trước", "cùng kỳ năm 2023", "quý trước", "năm 2023", "cùng kỳ")


def tenth(amount: int) -> str:
    return f"{amount // 10},{amount % 10}"


def comparison(draw: Random) -> str:
    did, unit = draw.choice([("Tiếp nhận", "hồ sơ"), ("Giải quyết", "hồ sơ"), ("Tiếp", "lượt công dân"), ("Ban hành", "văn bản"), ("Chứng thực", "bản"), ("Tổ chức", "buổi tuyên truyền"), ("Xử phạt", "trường hợp")])
    then = draw.randint(40, 3000)
    by, up, places, before = draw.randint(2, then // 3), draw.random() < 0.6, draw.choice([1, 2]), draw.choice(BEFORE)
    now, moved, rate = (then + by, "tăng", share(by, then, places)) if up else (then - by, "giảm", share(by, then, places))
    return draw.choice([
        f"{did} {whole(now)} {unit}, {moved} {whole(by)} {unit} ({rate}%) so với {before} ({whole(then)} {unit}).",
        f"{did} {whole(now)} {unit}, {moved} {whole(by)} {unit} so với {before} ({whole(then)} {unit}), tương ứng {moved} {rate}%.",
        f"{did} {whole(now)} {unit}, {moved} {rate}% so với {before} ({whole(then)} {unit}).",
        f"{did} được {whole(now)} {unit} ({before}: {whole(then)}), {moved} {whole(by)} {unit}, tỷ lệ {rate}%.",
        f"So với {before} ({whole(then)} {unit}), số {unit} {moved} {whole(by)}, tương đương {rate}%; cụ thể: kỳ này {did.lower()} {whole(now)} {unit}.",
        f"{did} {whole(now)} {unit}; {before} là {whole(then)} {unit}, {moved} {whole(by)} {unit} ({moved} {rate}%).",
        f"{did} {whole(now)} {unit}, bằng {share(now, then, places)}% so với {before} ({whole(then)} {unit}).",
        f"Nếu như {before} {did.lower()} {whole(then)} {unit} thì kỳ này là {whole(now)} {unit}, {moved} {whole(by)} {unit}.",
        f"{did} {whole(now)}/{whole(then)} {unit} so với {before}, {moved} {whole(by)} {unit}.",
    ])  # fmt: skip


def points(draw: Random) -> str:
    then = draw.randint(800, 950)
    now = then + draw.choice([-1, 1]) * draw.randint(3, 48)
    moved, by, before = "tăng" if now > then else "giảm", tenth(abs(now - then)), draw.choice(BEFORE)
    what = draw.choice(["Tỷ lệ hồ sơ trực tuyến", "Mức độ hài lòng", "Tỷ lệ số hóa hồ sơ", "Tỷ lệ giải quyết đúng hạn"])
    return draw.choice([
        f"{what} đạt {tenth(now)}%, {moved} {by} điểm phần trăm so với {before} ({tenth(then)}%).",
        f"{what} đạt {tenth(now)}% ({before} {tenth(then)}%), {moved} {by} điểm %.",
        f"{what} từ {tenth(then)}% {'lên' if now > then else 'xuống'} {tenth(now)}%, {moved} {by} điểm phần trăm.",
        f"{before.capitalize()} {what.lower()} đạt {tenth(then)}%, năm nay đạt {tenth(now)}%, {moved} {by} điểm phần trăm.",
    ])  # fmt: skip


def services(draw: Random) -> str:
    procedures, places, unit = draw.randint(120, 260), draw.choice([1, 2]), draw.choice([" hồ sơ", " HS", ""])
    fully = draw.randint(30, procedures // 2)
    partly = draw.randint(20, procedures - fully - 5)
    received = draw.randint(400, 4000)
    online = draw.randint(received // 3, received - 10)
    all_online = draw.randint(10, online - 10)
    first = draw.choice([
        f"Tổng số TTHC thuộc thẩm quyền là {procedures}, trong đó dịch vụ công trực tuyến toàn trình {fully} ({share(fully, procedures, places)}%), một phần {partly} ({share(partly, procedures, places)}%), còn lại {procedures - fully - partly} TTHC cung cấp thông tin",
        f"Có {procedures} thủ tục hành chính: {fully} thủ tục toàn trình, {partly} thủ tục một phần và {procedures - fully - partly} thủ tục chưa cung cấp trực tuyến",
        f"{fully + partly}/{procedures} thủ tục được cung cấp trực tuyến ({share(fully + partly, procedures, places)}%), gồm {fully} toàn trình và {partly} một phần",
    ])  # fmt: skip
    second = draw.choice([
        f"Tiếp nhận trực tuyến {whole(online)}/{whole(received)} hồ sơ, đạt {share(online, received, places)}%; trong đó toàn trình {whole(all_online)}{unit} ({share(all_online, online, places)}%), một phần {whole(online - all_online)}{unit} ({share(online - all_online, online, places)}%)",
        f"Trong {whole(received)} hồ sơ tiếp nhận có {whole(online)} hồ sơ trực tuyến (chiếm {share(online, received, places)}%), số còn lại {whole(received - online)} hồ sơ nộp trực tiếp",
        f"Hồ sơ nộp trực tuyến: {whole(online)}{unit} (toàn trình {whole(all_online)}, một phần {whole(online - all_online)}), đạt {share(online, received, places)}% tổng số {whole(received)} hồ sơ tiếp nhận",
        f"Số hồ sơ tiếp nhận {whole(received)}, trực tuyến {whole(online)}, trực tiếp {whole(received - online)}. Tỷ lệ hồ sơ trực tuyến đạt {share(online, received, places)}%; tỷ lệ hồ sơ toàn trình trên tổng hồ sơ trực tuyến đạt {share(all_online, online, places)}% ({whole(all_online)} hồ sơ)",
    ])  # fmt: skip
    return f"{first}. {second}."


def fields(draw: Random) -> str:
    names = draw.sample(["hộ tịch", "chứng thực", "đất đai", "bảo trợ xã hội", "xây dựng", "người có công", "kinh doanh", "giáo dục"], k=draw.randint(3, 5))
    counts, others, places, unit = [draw.randint(12, 900) for _ in names], draw.randint(5, 60), draw.choice([1, 2]), draw.choice([" hồ sơ", "", " HS"])
    received, mark = sum(counts) + others, draw.choice("-+")
    listed = draw.choice(["; ", ", "]).join(f"{name} {whole(count)}" for name, count in zip(names, counts, strict=True))
    shares = ", ".join(f"{name} {whole(count)}{unit} ({share(count, received, places)}%)" for name, count in zip(names, counts, strict=True))
    lines = "\n".join(f"{mark} {name.capitalize()}: {whole(count)}{unit}" for name, count in zip(names, counts, strict=True))
    told = draw.choice([
        f"Trong kỳ tiếp nhận {whole(received)} hồ sơ, gồm: {listed}, lĩnh vực khác {others}.",
        f"Tiếp nhận {whole(received)} hồ sơ; trong đó {shares}, còn lại {others}{unit} ({share(others, received, places)}%) thuộc lĩnh vực khác.",
        f"Tổng số hồ sơ tiếp nhận là {whole(received)} hồ sơ, chia theo lĩnh vực:\n{lines}\n{mark} Lĩnh vực khác: {others}{unit}\n",
        f"Hồ sơ tiếp nhận theo lĩnh vực: {listed}, các lĩnh vực khác {others}; tổng cộng {whole(received)} hồ sơ.",
        f"Tiếp nhận {whole(received)} hồ sơ, nhiều nhất là {names[counts.index(max(counts))]} với {whole(max(counts))} hồ sơ, chiếm {share(max(counts), received, places)}%.",
    ])  # fmt: skip
    late = [(name, draw.randint(1, 4)) for name in names[:2]]
    some = sum(count for _, count in late)
    return f"{told} " + draw.choice([
        f"Có {some:02d} hồ sơ trễ hạn (" + ", ".join(f"{name} {count:02d}" for name, count in late) + ").",
        f"Số hồ sơ trễ hạn: {some} hồ sơ, gồm " + ", ".join(f"{count} hồ sơ {name}" for name, count in late) + ".",
        f"Trễ hạn {some} hồ sơ, nguyên nhân: do hệ thống {late[0][1]}, do thiếu thành phần {late[1][1]}.",
    ])  # fmt: skip


def votes(draw: Random) -> str:
    members, places, voters, households = draw.randint(22, 35), draw.choice([1, 2]), draw.randint(1500, 9000), draw.randint(200, 2500)
    present = members - draw.randint(0, 3)
    agreed, cast = present - draw.randint(0, 3), voters - draw.randint(5, 200)
    void, content = draw.randint(0, 60), households - draw.randint(3, households // 8)
    valid, against = cast - void, draw.randint(0, households - content)
    won = draw.randint(valid // 2, valid)
    return draw.choice([
        f"Kỳ họp có {present}/{members} đại biểu tham dự ({share(present, members, places)}%); nghị quyết được {agreed}/{present} đại biểu tán thành, đạt {share(agreed, present, places)}%, không tán thành {present - agreed}.",
        f"Tổng số đại biểu {members}, có mặt {present}, vắng {members - present}. Kết quả biểu quyết: tán thành {agreed}, không tán thành {present - agreed}, tỷ lệ tán thành đạt {share(agreed, present, places)}% số đại biểu có mặt.",
        f"Tổng số cử tri {whole(voters)}, đã đi bầu {whole(cast)}, đạt {share(cast, voters, places)}%; số phiếu hợp lệ {whole(valid)} ({share(valid, cast, places)}%), không hợp lệ {void} phiếu.",
        f"Số phiếu phát ra {whole(cast)}, thu về {whole(cast)}, hợp lệ {whole(valid)}, không hợp lệ {void}. Người trúng cử được {whole(won)}/{whole(valid)} phiếu, đạt {share(won, valid, places)}%.",
        f"Lấy ý kiến {whole(households)} hộ về phương án sắp xếp: đồng ý {whole(content)} hộ, đạt {share(content, households, places)}%; không đồng ý {against} hộ ({share(against, households, places)}%); ý kiến khác {households - content - against} hộ ({share(households - content - against, households, places)}%).",
    ])  # fmt: skip


def to_date(draw: Random) -> str:
    month, before, places = draw.randint(60, 500), draw.randint(300, 4000), draw.choice([1, 2])
    since = month + before
    done, plan = since - draw.randint(5, 80), draw.randint(since, 2 * since)
    return draw.choice([
        f"Trong tháng tiếp nhận {whole(month)} hồ sơ, lũy kế từ đầu năm {whole(since)} hồ sơ; đã giải quyết {whole(month - 4)} hồ sơ, lũy kế {whole(done)} hồ sơ, đạt {share(done, since, places)}%.",
        f"Lũy kế từ đầu năm tiếp nhận {whole(since)} hồ sơ (riêng tháng này {whole(month)} hồ sơ), đã giải quyết {whole(done)}/{whole(since)}, đạt {share(done, since, places)}%, còn {whole(since - done)} hồ sơ đang giải quyết trong hạn.",
        f"Tháng này thu {whole(month)} triệu đồng, lũy kế {whole(since)} triệu đồng, đạt {share(since, plan, places)}% kế hoạch năm ({whole(plan)} triệu đồng).",
    ])  # fmt: skip


def petitions(draw: Random) -> str:
    scheduled, regular, complaints, denunciations, wishes, places = draw.randint(5, 40), draw.randint(5, 60), draw.randint(1, 9), draw.randint(1, 5), draw.randint(10, 80), draw.choice([1, 2])
    turns, letters = scheduled + regular, complaints + denunciations + wishes
    people, own = turns + draw.randint(0, 20), draw.randint(letters // 2, letters)
    done = draw.randint(own // 2, own)
    visits = draw.choice([
        f"Tiếp {turns} lượt công dân với {people} người (thường xuyên {regular} lượt, định kỳ {scheduled} lượt)",
        f"Tiếp công dân: {turns} lượt/{people} người, trong đó tiếp định kỳ của Chủ tịch {scheduled} lượt, tiếp thường xuyên {regular} lượt",
        f"Tổng số lượt tiếp công dân là {turns} lượt; lãnh đạo tiếp {scheduled} lượt, công chức tiếp {regular} lượt",
    ])  # fmt: skip
    received = draw.choice([
        f"Tiếp nhận {letters} đơn (khiếu nại {complaints}, tố cáo {denunciations}, kiến nghị, phản ánh {wishes}); thuộc thẩm quyền {own} đơn, đã giải quyết {done} đơn ({share(done, own, places)}%), đang giải quyết {own - done} đơn",
        f"Nhận {letters} đơn, gồm {complaints:02d} đơn khiếu nại, {denunciations:02d} đơn tố cáo và {wishes} đơn kiến nghị, phản ánh. Đơn thuộc thẩm quyền {own}/{letters} đơn, đã giải quyết {done}/{own} đơn, đạt {share(done, own, places)}%; còn {own - done} đơn đang trong thời hạn giải quyết",
        f"Tổng số đơn tiếp nhận: {letters} đơn\n- Khiếu nại: {complaints} đơn\n- Tố cáo: {denunciations} đơn\n- Kiến nghị, phản ánh: {wishes} đơn\nĐã giải quyết {done}/{own} đơn thuộc thẩm quyền, đạt {share(done, own, places)}%",
    ])  # fmt: skip
    return f"{visits}. {received}."


def grading(draw: Random) -> str:
    best, good, fair, failed, places, unit = draw.randint(1, 6), draw.randint(8, 30), draw.randint(1, 6), draw.choice([0, 0, 1]), draw.choice([1, 2]), draw.choice(["người", "đồng chí"])
    staff = best + good + fair + failed
    none = f"; không hoàn thành nhiệm vụ {failed} {unit} ({share(failed, staff, places)}%)" if failed or draw.random() < 0.5 else ""
    return draw.choice([
        f"Đánh giá, xếp loại {staff} cán bộ, công chức: hoàn thành xuất sắc nhiệm vụ {best} {unit} ({share(best, staff, places)}%); hoàn thành tốt nhiệm vụ {good} {unit} ({share(good, staff, places)}%); hoàn thành nhiệm vụ {fair} {unit} ({share(fair, staff, places)}%){none}.",
        f"Kết quả xếp loại năm: {best}/{staff} {unit} hoàn thành xuất sắc, đạt {share(best, staff, places)}%; {good}/{staff} {unit} hoàn thành tốt, đạt {share(good, staff, places)}%; {fair}/{staff} {unit} hoàn thành nhiệm vụ, đạt {share(fair, staff, places)}%.",
        f"Tổng số {staff} {unit} được đánh giá, xuất sắc {best}, tốt {good}, hoàn thành {fair}{f', không hoàn thành {failed}' if failed else ''}. Tỷ lệ hoàn thành tốt nhiệm vụ trở lên đạt {share(best + good, staff, places)}%.",
    ])  # fmt: skip


def review(draw: Random) -> str:
    procedures, places, reviewed, linked = draw.randint(110, 320), draw.choice([1, 2]), draw.randint(10, 40), draw.randint(5, 40)
    shown, taken, simplified = procedures - draw.randint(0, 6), procedures - draw.randint(1, 9), draw.randint(2, reviewed)
    return draw.choice([
        f"Niêm yết công khai {shown}/{procedures} thủ tục hành chính, đạt {share(shown, procedures, places)}%. Tiếp nhận tại bộ phận một cửa {taken}/{procedures} thủ tục ({share(taken, procedures, places)}%), trong đó liên thông {linked} thủ tục.",
        f"Tổng số TTHC thực hiện tại phường là {procedures}, trong đó cấp xã {procedures - linked}, liên thông {linked}. Rà soát {reviewed} thủ tục, kiến nghị đơn giản hóa {simplified} thủ tục ({share(simplified, reviewed, places)}%).",
        f"Rà soát {reviewed}/{procedures} thủ tục, đạt {share(reviewed, procedures, places)}%; đề xuất cắt giảm thời gian {simplified} thủ tục, giữ nguyên {reviewed - simplified} thủ tục.",
    ])  # fmt: skip


def training(draw: Random) -> str:
    courses = [draw.randint(20, 120) for _ in range(draw.randint(2, 4))]
    inspected = draw.randint(5, 30)
    good = draw.randint(2, inspected - 1)
    return draw.choice([
        f"Tổ chức {len(courses):02d} lớp tập huấn với {sum(courses)} lượt người tham gia (" + "; ".join(f"lớp {number}: {people} người" for number, people in enumerate(courses, 1)) + "); phát 3.250 tờ rơi, treo 24 băng rôn, phát thanh 86 lượt.",
        f"Kiểm tra {inspected} bộ phận, {good} bộ phận thực hiện tốt, {inspected - good} bộ phận còn thiếu sót. Tuyên truyền 45 buổi, 1.240 lượt người nghe.",
        f"Phát thanh {draw.randint(40, 90)} lượt với tổng thời lượng {draw.randint(300, 900)} phút, viết {draw.randint(10, 40)} tin bài, tổ chức {len(courses)} hội nghị có {sum(courses)} người dự.",
        f"Cử {sum(courses[:2])} lượt cán bộ, công chức đi bồi dưỡng (lý luận chính trị {courses[0]}, chuyên môn {courses[1]}).",
    ])  # fmt: skip


def money(draw: Random) -> str:
    plan, places = draw.randint(4000, 20000), draw.choice([1, 2])
    done, spent = draw.randint(plan // 2, plan + 500), draw.randint(plan // 2, plan)
    built = draw.randint(500, done // 2)
    return draw.choice([
        f"Tổng thu ngân sách {whole(done)}/{whole(plan)} triệu đồng, đạt {share(done, plan, places)}% dự toán; tổng chi {whole(spent)} triệu đồng, bằng {share(spent, plan, places)}% dự toán.",
        f"Tổng chi {whole(done)} triệu đồng, gồm chi thường xuyên {whole(done - built)} triệu đồng ({share(done - built, done, places)}%) và chi đầu tư {whole(built)} triệu đồng ({share(built, done, places)}%). Tiết kiệm {draw.randint(50, 300)} triệu đồng.",
        f"Kinh phí khoán được giao {whole(plan)} triệu đồng, đã sử dụng {whole(spent)} triệu đồng ({share(spent, plan, places)}%), còn lại {whole(plan - spent)} triệu đồng.",
        f"Dự toán giao {whole(plan)} triệu đồng; thực hiện {whole(spent)} triệu đồng, đạt {share(spent, plan, places)}%.",
    ])  # fmt: skip


def households(draw: Random) -> str:
    homes, then, new, near = draw.randint(900, 4000), draw.randint(30, 150), draw.randint(0, 6), draw.randint(20, 120)
    out = draw.randint(new + 1, then - 10)
    poor = then - out + new
    return draw.choice([
        f"Đầu năm có {then} hộ nghèo, trong năm thoát nghèo {out} hộ, phát sinh mới {new} hộ, cuối năm còn {poor} hộ nghèo, chiếm {share(poor, homes, 2)}% tổng số {whole(homes)} hộ.",
        f"Toàn xã có {whole(homes)} hộ; hộ nghèo {poor} hộ ({share(poor, homes, 2)}%), hộ cận nghèo {near} hộ ({share(near, homes, 2)}%).",
        f"Hộ nghèo giảm từ {then} hộ xuống còn {poor} hộ, giảm {then - poor} hộ; tỷ lệ hộ nghèo còn {share(poor, homes, 2)}% ({poor}/{whole(homes)} hộ).",
    ])  # fmt: skip


SENTENCES: tuple[Callable[[Random], str], ...] = (comparison, points, services, fields, votes, to_date, petitions, grading, review, training, money, households)
