"""Paragraphs of a ward report whose figures agree, told in the many ways wards tell them: dossiers, staff, surveys, petitions, documents.

The same seed writes the same text. What is written is drawn first and told after, so every relation is known to hold.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal


class Prose:
    """Writes paragraphs and reports; `figures` are the counts of the last dossiers told, by what they count."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.figures: dict[str, int] = {}

    def one_of(self, *ways: str) -> str:
        return self.random.choice(ways)

    def below(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    def count(self, number: int) -> str:
        """As wards print it: "07", "1.846"."""
        return f"0{number}" if number < 10 and self.random.random() < 0.4 else dotted(number)

    def percent(self, part: int, whole: int) -> str:
        """Rounded half up to one or two decimals, a last zero left out or not; never rounded to 100 % or to nothing."""
        places = self.random.choice([1, 2])
        share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        text = f"{share:f}"
        if self.random.random() < 0.7 and not text.startswith("100"):
            text = text.rstrip("0").rstrip(".")
        return text.replace(".", ",") + "%"

    def maybe(self, part: int, whole: int, shown: bool) -> str:
        return f" ({self.percent(part, whole)})" if shown else ""

    def parts(self, whole: int, count: int) -> list[int]:
        """So many parts of a whole, each at least 2."""
        cuts = sorted(self.random.sample(range(2, whole - 1, 2), count - 1))
        return [end - start for start, end in zip([0, *cuts], [*cuts, whole], strict=True)]

    def report(self) -> str:
        """Several paragraphs, each under its heading."""
        kinds = self.random.sample(list(HEADINGS), self.below(4, len(HEADINGS)))
        return "\n".join(f"{place}. {HEADINGS[kind]}\n{KINDS[kind](self)}" for place, kind in enumerate(kinds, 1))

    # ------------------------------------------------------------ what a paragraph tells

    def dossiers(self) -> str:
        old, new = self.below(3, 120), self.below(300, 6000)
        online = new * self.below(50, 95) // 100
        post = min(self.below(0, 30), new - online)
        pending = self.below(5, 90)
        done = old + new - pending
        late, on_time = self.below(1, 25), self.below(50, done // 3)
        overdue = self.below(0, 3)
        self.figures = {
            "old": old, "new": new, "all": old + new, "online": online, "by_hand": new - online - post, "done": done, "pending": pending,
            "early": done - late - on_time, "on_time": on_time, "late": late, "in_time": pending - overdue, "overdue": overdue,
        }  # fmt: skip
        unit = self.one_of(" hồ sơ", " hồ sơ", "", " HS", " hồ sơ TTHC")
        return self._taken_in(post, unit) + self.one_of(" ", "\n") + self._settled(unit)

    def _taken_in(self, post: int, unit: str) -> str:
        told, n = self.figures, {name: dotted(value) for name, value in self.figures.items()}
        ways = self.one_of(
            f"trực tuyến {n['online']}{unit}, trực tiếp {n['by_hand']}{unit}, bưu chính công ích {self.count(post)}{unit}",
            f"nộp trực tuyến: {n['online']}{unit}; trực tiếp: {n['by_hand']}{unit}; qua BCCI: {self.count(post)}{unit}",
            f"{n['online']} hồ sơ trực tuyến ({self.percent(told['online'], told['new'])}), {n['by_hand']} hồ sơ trực tiếp, {self.count(post)} hồ sơ qua bưu chính",
        )
        aside = f" ({ways})" if self.random.random() < 0.5 else ""
        new = self.one_of("tiếp nhận mới ", "tiếp nhận trong kỳ ", "nhận mới trong kỳ: ", "số mới tiếp nhận ", "tiếp nhận ") + n["new"] + unit
        old = self.one_of(
            f"kỳ trước chuyển sang {self.count(told['old'])}{unit}", f"từ kỳ trước chuyển qua {n['old']}{unit}", f"tồn kỳ trước {n['old']}{unit}",
            f"số kỳ trước chuyển sang: {n['old']}{unit}", f"{n['old']} hồ sơ tồn từ kỳ trước", f"hồ sơ cũ chuyển sang {n['old']}{unit}",
        )  # fmt: skip
        whole = self.one_of(f"Tổng số hồ sơ phải giải quyết là {n['all']}{unit}", f"Tổng số hồ sơ phải giải quyết: {n['all']}{unit}", f"Có {n['all']} hồ sơ phải giải quyết")
        return self.one_of(
            f"{whole} ({old}, {new}{', trong đó ' + ways if aside else ''}).",
            f"{whole}, trong đó: {old}; {new}{aside}.",
            f"{opened(new)}{aside}; {old}.",
            f"{opened(old)}, {new}{aside}.",
            f"Tổng số hồ sơ tiếp nhận trong kỳ: {n['new']}{unit}{aside}; {old}.",
            f"- Tổng số hồ sơ tiếp nhận trong kỳ: {n['new']}{unit}{aside}.\n- {opened(old)}.",
            f"Trong kỳ, UBND phường {new}{aside}, cùng với {n['old']} hồ sơ kỳ trước chuyển sang, tổng số phải giải quyết là {n['all']} hồ sơ.",
            f"- {whole}.\n  + {opened(old)}.\n  + {opened(new)}{aside}.",
            f"Số hồ sơ tiếp nhận là {n['new']}{unit}{aside}. Ngoài ra, còn {n['old']} hồ sơ của kỳ trước chuyển qua.",
            f"Tổng số hồ sơ tiếp nhận {n['all']}{unit}, gồm {new} và {old}{'; trong số hồ sơ mới: ' + ways if aside else ''}.",
        )

    def _settled(self, unit: str) -> str:
        told, shown = self.figures, self.random.random() < 0.5
        done, timely = told["done"], told["early"] + told["on_time"]

        def told_as(words: str, number: int) -> str:
            return f"{words} {self.count(number)}{unit}{self.maybe(number, done, shown and number < done)}"

        classes = self.one_of(
            f"{told_as('trước hạn', told['early'])}, {told_as('đúng hạn', told['on_time'])}, {told_as('quá hạn', told['late'])}",
            f"{told_as('giải quyết trước hạn:', told['early'])}; {told_as('đúng hạn:', told['on_time'])}; {told_as('quá hạn:', told['late'])}",
            f"{dotted(timely)} hồ sơ giải quyết trước hạn, đúng hạn, {self.count(told['late'])} hồ sơ trễ hạn",
        )
        opening = self.one_of(f"Đã giải quyết {dotted(done)}{unit}", f"Số hồ sơ đã giải quyết: {dotted(done)}{unit}", f"Đã giải quyết xong {dotted(done)} hồ sơ", f"Kết quả: đã giải quyết {dotted(done)}{unit}")
        rate = self.one_of("", f", đạt {self.percent(done, told['all'])}", f" (đạt {self.percent(done, told['all'])} số phải giải quyết)")
        link = self.one_of(", trong đó: {}", ": {}", ", trong đó {}") if rate else self.one_of(" ({})", ", trong đó: {}", ": {}", " (trong đó {})")
        left = self.one_of(f"Đang giải quyết {self.count(told['pending'])}{unit}", f"Số hồ sơ đang giải quyết: {dotted(told['pending'])}{unit}", f"Còn {dotted(told['pending'])} hồ sơ đang giải quyết", f"Chuyển kỳ sau {dotted(told['pending'])}{unit}")
        classed = self.one_of("", f" (trong hạn {self.count(told['in_time'])}, quá hạn {self.count(told['overdue'])})", f", trong đó trong hạn {dotted(told['in_time'])}{unit}, quá hạn {dotted(told['overdue'])}{unit}")
        apart = self.one_of("; ", ". ", ".\n")
        return f"{opening}{rate}{link.format(classes)}{apart}{left if apart != '; ' else left[0].lower() + left[1:]}{classed}."

    def staff(self) -> str:
        quota, vacant = self.below(30, 70), self.below(1, 6)
        present = quota - vacant
        cadres, masters, theory = self.below(8, present - 8), self.parts(present, 3), self.parts(present, 3)
        party, women = present - self.below(1, 6), self.below(5, present - 5)
        best, good, fair, poor = self.parts(present, 4)
        shown = self.random.random() < 0.5
        degrees = [f"{self.count(n)} {name}{self.maybe(n, present, shown)}" for n, name in zip(masters, ("thạc sĩ", "đại học", "cao đẳng"), strict=True)]
        told = [
            self.one_of(
                f"Tổng biên chế được giao {quota} người, hiện có {present} người (cán bộ {cadres}, công chức {present - cadres}), còn thiếu {self.count(vacant)} người.",
                f"Số biên chế được giao là {quota}, có mặt {present}, gồm {cadres} cán bộ và {present - cadres} công chức; khuyết {self.count(vacant)}.",
            ),
            "Về trình độ: " + "; ".join(degrees) + ".",
            f"Trình độ lý luận chính trị: {self.count(theory[0])} cao cấp, {theory[1]} trung cấp, còn lại {self.count(theory[2])} sơ cấp.",
            f"Đảng viên {party}/{present} người, đạt {self.percent(party, present)}; nữ {women} người, chiếm {self.percent(women, present)}.",
            f"Kết quả xếp loại: hoàn thành xuất sắc {self.count(best)}; hoàn thành tốt {self.count(good)}; hoàn thành {self.count(fair)}; không hoàn thành {self.count(poor)}.",
        ]
        self.random.shuffle(told)
        return self.one_of(" ", "\n").join(told)

    def survey(self) -> str:
        sent = self.random.choice([100, 150, 200, 250, 300, 400])
        back = sent - self.below(1, sent // 10)
        classes = self.parts(back, 4)
        names = ("rất hài lòng", "hài lòng", "bình thường", "không hài lòng")
        lines = [f"{name} {n} phiếu ({self.percent(n, back)})" for name, n in zip(names, classes, strict=True)]
        opening = self.one_of(f"Phát ra {sent} phiếu, thu về {back} phiếu ({self.percent(back, sent)})", f"Số phiếu phát ra {sent}, thu về {back} phiếu, đạt {self.percent(back, sent)}")
        listed = self.one_of(". Kết quả: " + ", ".join(lines), "; kết quả:\n- " + ";\n- ".join(map(opened, lines)))
        return f"{opening}{listed}. Tỷ lệ hài lòng trở lên đạt {self.percent(classes[0] + classes[1], back)}."

    def petitions(self) -> str:
        usual, set_days, petitions = self.below(10, 90), self.below(4, 30), self.below(20, 80)
        kinds, fit = self.parts(petitions, 3), self.below(petitions // 2, petitions - 1)
        own = self.below(3, fit - 1)
        done = self.below(2, own - 1)
        return self.one_of(
            f"Tiếp công dân thường xuyên {usual} lượt; tiếp định kỳ {set_days} lượt; tổng cộng {usual + set_days} lượt. Tiếp nhận {petitions} đơn, gồm {kinds[0]} đơn khiếu nại, {kinds[1]} đơn tố cáo, {kinds[2]} đơn kiến nghị, phản ánh; đủ điều kiện xử lý {fit} đơn, không đủ điều kiện {petitions - fit} đơn.",
            f"Trong kỳ đã tiếp {usual + set_days} lượt công dân, trong đó tiếp thường xuyên {usual} lượt, tiếp định kỳ {set_days} lượt. Tổng số đơn tiếp nhận {petitions} đơn (khiếu nại {kinds[0]}, tố cáo {kinds[1]}, kiến nghị, phản ánh {kinds[2]}). Qua phân loại có {fit} đơn đủ điều kiện xử lý, {petitions - fit} đơn trùng lặp lưu theo quy định.",
        ) + " " + self.one_of(
            f"Thuộc thẩm quyền {own} đơn, đã giải quyết {done} đơn, đạt {self.percent(done, own)}; đang giải quyết {own - done} đơn. Không thuộc thẩm quyền {fit - own} đơn.",
            f"Trong {fit} đơn đủ điều kiện có {own} đơn thuộc thẩm quyền và {fit - own} đơn không thuộc thẩm quyền; đã giải quyết {done}/{own} đơn thuộc thẩm quyền ({self.percent(done, own)}), còn {own - done} đơn đang xem xét.",
        )  # fmt: skip

    def documents(self) -> str:
        counts = [self.below(3, 300) for _ in range(4)]
        listed = [f"{self.count(n)} {name}" for n, name in zip(counts, ("quyết định", "kế hoạch", "báo cáo", "công văn"), strict=True)]
        came, sent = self.below(800, 5000), self.below(300, 2000)
        signed = sent - self.below(1, 40)
        return self.one_of(
            f"UBND phường đã ban hành {dotted(sum(counts))} văn bản, gồm {', '.join(listed[:-1])} và {listed[-1]}.",
            f"Đã ban hành {', '.join(listed)}; tổng cộng {dotted(sum(counts))} văn bản.",
        ) + f" Tổng số văn bản đi, đến là {dotted(came + sent)} văn bản (đến {dotted(came)}, đi {dotted(sent)}). Văn bản đi được ký số: {dotted(signed)} văn bản ({self.percent(signed, sent)})."  # fmt: skip

    def tasks(self) -> str:
        tasks = self.below(15, 60)
        done = self.below(tasks // 2 + 1, tasks - 3)
        underway = self.below(1, tasks - done - 1)
        return self.one_of(
            f"Kế hoạch năm có {tasks} nhiệm vụ, đã hoàn thành {done} nhiệm vụ ({self.percent(done, tasks)}), đang thực hiện {underway} nhiệm vụ, chưa thực hiện {tasks - done - underway} nhiệm vụ.",
            f"Tổng số nhiệm vụ được giao: {tasks}; hoàn thành: {done}; đang thực hiện: {underway}; chưa thực hiện: {tasks - done - underway}. Tỷ lệ hoàn thành {self.percent(done, tasks)}.",
        )

    def meeting(self) -> str:
        called, absent, against = self.below(20, 60), self.below(1, 4), self.below(1, 3)
        present = called - absent
        return self.one_of(
            f"Tổng số đại biểu {called}, có mặt {present}, vắng {self.count(absent)}. Biểu quyết: tán thành {present - against}/{present} ({self.percent(present - against, present)}), không tán thành {self.count(against)}.",
            f"Hội nghị có {present}/{called} đại biểu dự; {present - against} đại biểu biểu quyết đồng ý, đạt {self.percent(present - against, present)}; {against} đại biểu không đồng ý.",
        )

    def budget(self) -> str:
        plan = self.below(3000, 40000)
        made = plan * self.below(60, 130) // 100
        taxes = self.below(made // 2, made - 300)
        return f"Thu ngân sách trên địa bàn {dotted(made)} triệu đồng, đạt {self.percent(made, plan)} dự toán ({dotted(plan)} triệu đồng), trong đó thu thuế {dotted(taxes)} triệu đồng, thu phí, lệ phí {dotted(made - taxes)} triệu đồng."


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def opened(words: str) -> str:
    return words[0].upper() + words[1:]


KINDS: dict[str, Callable[[Prose], str]] = {
    "dossiers": Prose.dossiers, "staff": Prose.staff, "survey": Prose.survey, "petitions": Prose.petitions,
    "documents": Prose.documents, "tasks": Prose.tasks, "meeting": Prose.meeting, "budget": Prose.budget,
}  # fmt: skip
HEADINGS = {
    "dossiers": "Giải quyết thủ tục hành chính", "staff": "Về tổ chức bộ máy, biên chế", "survey": "Khảo sát mức độ hài lòng",
    "petitions": "Tiếp công dân, giải quyết đơn thư", "documents": "Công tác ban hành văn bản", "tasks": "Thực hiện nhiệm vụ được giao",
    "meeting": "Hoạt động của HĐND", "budget": "Thu, chi ngân sách",
}  # fmt: skip
