"""Synthetic wards: reports in our own sentences, seeded, with every figure known and every slip planted on purpose.

The same seed and number give the same report on any machine. Lengths follow real reports: median about
20,000 characters, a tail to 65,000. No name is a real unit's or a real person's.

    python -m benchmarks.synthetic FOLDER --wards 500      # a workspace: wards.csv, reports/, truth.json
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path

MOST = 10_599
_SHORTEST, _MEDIAN, _LONGEST = 6_000, 20_000, 65_000
_CLEAN = 0.6  # share of the reports without any slip

_FIRST = ["An", "Bình", "Cẩm", "Diên", "Đông", "Gia", "Hòa", "Hưng", "Khánh", "Lạc", "Long", "Lộc", "Mỹ", "Nghĩa", "Phú", "Phước", "Quang", "Sơn", "Tân", "Thanh", "Thạnh", "Vĩnh", "Xuân", "Yên"]
_SECOND = ["Châu", "Điền", "Đức", "Giang", "Hà", "Hải", "Hội", "Khê", "Lâm", "Lĩnh", "Lương", "Minh", "Ninh", "Phong", "Quý", "Sa", "Thịnh", "Thủy", "Tiến", "Trạch", "Trung", "Tường", "Viên", "Xá"]
_PERIODS = ("quý I", "quý II", "quý III", "quý IV")
_FIELDS = (
    "chứng thực", "hộ tịch", "đất đai", "bảo trợ xã hội", "người có công", "xây dựng", "môi trường", "giáo dục",
    "văn hóa", "tôn giáo", "thi đua, khen thưởng", "nông nghiệp", "lao động", "đăng ký kinh doanh hộ",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A ward of the made-up country."""

    code: str
    name: str
    kind: str
    district: str
    province: str
    population: int


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure written wrong on purpose: the sentence as printed, what it is about, what it should say."""

    kind: str
    quote: str
    written: str
    right: str


@dataclass(slots=True)
class Report:
    """A finished report and what is true of it."""

    unit: Unit
    quarter: int
    year: int
    text: str = ""
    relations: int = 0  # stated relations that hold or were made to fail
    slips: list[Slip] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.unit.code}-quy-{self.quarter}-{self.year}.txt"


def unit(index: int, seed: int = 2024) -> Unit:
    """The ward number `index` (0-based). Names recur in other districts, as they do in life."""
    rng = random.Random(f"unit/{seed}/{index}")
    group = index // 16
    kind = "phường" if group % 3 == 0 else "xã"
    district = _place(random.Random(f"district/{seed}/{group}"))
    level = "quận" if group % 3 == 0 else "huyện"
    province = _place(random.Random(f"province/{seed}/{index // 176}"), thrice=True)
    name = _distinct_name(seed, index)
    return Unit(f"{index + 1:05d}", name, kind, f"{level} {district}", f"tỉnh {province}", rng.randint(3_200, 31_000))


def _place(rng: random.Random, *, thrice: bool = False) -> str:
    first, second = rng.choice(_FIRST), rng.choice(_SECOND)
    return f"{first} {second} {rng.choice(_FIRST)}" if thrice else f"{first} {second}"


def _distinct_name(seed: int, index: int) -> str:
    """Unlike every other ward of its district of sixteen."""
    pairs = [f"{a} {b}" for a in _FIRST for b in _SECOND]
    random.Random(f"names/{seed}/{index // 16}").shuffle(pairs)
    return pairs[index % 16]


def report(index: int, seed: int = 2024, *, quarter: int = 1, year: int = 2024, length: int | None = None) -> Report:
    """The report of ward `index` for a quarter. Its opening stock is the closing stock of the quarter before."""
    writer = _Writer(random.Random(f"report/{seed}/{index}/{year}/{quarter}"), unit(index, seed), quarter, year)
    rng = random.Random(f"length/{seed}/{index}/{year}/{quarter}")
    target = length or min(_LONGEST, max(_SHORTEST, int(_MEDIAN * math.exp(rng.gauss(0, 0.5)))))
    slips = 0 if rng.random() < _CLEAN else rng.choice((1, 1, 1, 2, 2, 3))
    return writer.write(target, slips, opening=_closing(seed, index, year, quarter - 1), closing=_closing(seed, index, year, quarter))


def reports(count: int, seed: int = 2024, *, quarter: int = 1, year: int = 2024) -> Iterator[Report]:
    """The first `count` wards' reports, one at a time."""
    for index in range(count):
        yield report(index, seed, quarter=quarter, year=year)


def build(folder: Path, count: int, seed: int = 2024, *, quarters: tuple[int, ...] = (1,)) -> int:
    """Write a workspace with `count` wards; returns the number of characters of all reports."""
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    lines, truth, characters = ["code,name,kind,district,province,population,valid_from,valid_to"], {}, 0
    for index in range(count):
        who = unit(index, seed)
        lines.append(f"{who.code},{who.name},{who.kind},{who.district},{who.province},{who.population},2010-01-01,2025-06-30")
        for quarter in quarters:
            made = report(index, seed, quarter=quarter)
            (folder / "reports" / made.name).write_text(made.text, encoding="utf-8")
            truth[made.name] = {"relations": made.relations, "slips": [asdict(slip) for slip in made.slips]}
            characters += len(made.text)
    (folder / "wards.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    return characters


def _closing(seed: int, index: int, year: int, quarter: int) -> int:
    return random.Random(f"stock/{seed}/{index}/{year}/{quarter}").randint(4, 60)


# ---------------------------------------------------------------- figures as wards write them


def _count(n: int) -> str:
    if n < 10:
        return f"{n:02d}"
    return f"{n:,}".replace(",", ".")


def _percent(n: int, m: int, decimals: int) -> str:
    units = (2 * n * 100 * 10**decimals + m) // (2 * m)
    whole, rest = divmod(units, 10**decimals)
    return f"{whole},{rest:0{decimals}d}%" if decimals else f"{whole}%"


def _split(rng: random.Random, total: int, parts: int) -> list[int]:
    """Whole parts of `total`, none zero where that is possible."""
    if total < parts:
        return [1] * total + [0] * (parts - total)
    cuts = sorted(rng.sample(range(1, total), parts - 1)) if parts > 1 else []
    return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]


def _off(rng: random.Random, n: int) -> int:
    """A slip of the hand: two digits swapped, or a few too many."""
    digits = list(str(n))
    places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and not (i == 0 and digits[1] == "0")]
    if places and rng.random() < 0.6:
        i = rng.choice(places)
        digits[i], digits[i + 1] = digits[i + 1], digits[i]
        return int("".join(digits))
    return n + rng.randint(2, 9)


# ---------------------------------------------------------------- sentences


class _Writer:
    """Writes one report: sentences with figures that agree, some made to disagree, and prose between."""

    def __init__(self, rng: random.Random, who: Unit, quarter: int, year: int) -> None:
        self.rng, self.unit = rng, who
        self.report = Report(who, quarter, year)
        self.label = f"{_PERIODS[quarter - 1]} năm {year}"
        self.decimals = rng.choice((1, 2, 2, 2))
        self._to_spoil: set[int] = set()
        self._told = 0

    def write(self, target: int, slips: int, *, opening: int, closing: int) -> Report:
        """Compose twice: once to count the sentences that can be spoiled, once with the chosen ones spoiled."""
        state = self.rng.getstate()
        self._compose(target, opening, closing)
        candidates, self.rng = self._told, random.Random()
        self._to_spoil = set(random.Random(f"spoil/{self.unit.code}/{target}").sample(range(candidates), min(slips, candidates)))
        self.rng.setstate(state)
        self.report.slips, self.report.relations, self._told = [], 0, 0
        self.report.text = self._compose(target, opening, closing)
        return self.report

    def _compose(self, target: int, opening: int, closing: int) -> str:
        rng, who = self.rng, self.unit
        parts = [self._head(), "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", self._prose(4), self._documents(), self._plan()]
        parts += ["II. KẾT QUẢ THỰC HIỆN", "1. Cải cách thể chế", self._prose(3), "2. Cải cách thủ tục hành chính"]
        parts += [*self._dossiers(opening, closing), self._prose(3), "3. Cải cách tổ chức bộ máy và chế độ công vụ"]
        parts += [self._staff(), self._prose(3), "4. Chính quyền điện tử, chính quyền số", *self._digital()]
        parts += [self._prose(2), "5. Mức độ hài lòng của người dân", self._survey(), self._prose(2)]
        parts += ["6. Tiếp công dân, giải quyết đơn thư", self._petitions(), "7. Các nội dung khác"]
        tail = ["III. ĐÁNH GIÁ CHUNG, PHƯƠNG HƯỚNG", self._prose(4), "Trên đây là báo cáo của UBND " + who.kind + " " + who.name + "./."]
        size = sum(map(len, parts)) + sum(map(len, tail))
        hamlet = 0
        while size < target:
            hamlet += 1
            more = self._hamlet(hamlet) if rng.random() < 0.4 else self._prose(rng.randint(3, 6))
            parts.append(more)
            size += len(more) + 1
        return "\n".join([*parts, *tail]) + "\n"

    def _head(self) -> str:
        who, report = self.unit, self.report
        ends = date(report.year, 3 * report.quarter, 14) + timedelta(days=self.rng.randint(0, 9))
        return "\n".join([
            f"ỦY BAN NHÂN DÂN {who.kind.upper()} {who.name.upper()}, {who.district.upper()}, {who.province.upper()}",
            f"Số: {self.rng.randint(20, 380)}/BC-UBND                    {who.name}, ngày {ends.day:02d} tháng {ends.month:02d} năm {ends.year}",
            "BÁO CÁO",
            f"Kết quả công tác cải cách hành chính {self.label}",
            "",
        ])  # fmt: skip

    # -- one relation each; `_tell` spoils the chosen ones

    def _tell(self, kind: str, right: str, pattern: Callable[[str], str], wrong: Callable[[], str]) -> str:
        """A sentence with a relation in it: `pattern(figure)` with the right figure, or the wrong one if chosen."""
        mine, self._told = self._told, self._told + 1
        self.report.relations += 1
        if mine not in self._to_spoil:
            return pattern(right)
        written = wrong()
        if written == right:
            return pattern(right)
        self.report.slips.append(Slip(kind, pattern(written), written, right))
        return pattern(written)

    def _share(self, n: int, m: int, pattern: str) -> str:
        """`pattern` holds {n}, {m} and {p}; the percentage is what may be spoiled."""
        spoil = random.Random(f"{n}/{m}/{self._told}")
        away = max(2, m // 60)
        other = n - away if n >= away and (n + away > m or spoil.random() < 0.5) else min(m, n + away)
        return self._tell(
            "share",
            _percent(n, m, self.decimals),
            lambda p: pattern.format(n=_count(n), m=_count(m), p=p),
            lambda: _percent(other, m, self.decimals),
        )

    def _total(self, total: int, pattern: str, **parts: int) -> str:
        """`pattern` holds {total} and the parts; the total is what may be spoiled."""
        spoil = random.Random(f"{total}/{self._told}")
        shown = {name: _count(n) for name, n in parts.items()}
        return self._tell(
            "breakdown",
            _count(total),
            lambda text: pattern.format(total=text, **shown),
            lambda: _count(_off(spoil, total)),
        )

    # -- sections

    def _documents(self) -> str:
        a, b, c = self.rng.randint(4, 12), self.rng.randint(3, 15), self.rng.randint(6, 30)
        return self._total(
            a + b + c,
            f"Trong kỳ, UBND {self.unit.kind} ban hành {{total}} văn bản chỉ đạo về cải cách hành chính, gồm {{a}} quyết định,"
            " {b} kế hoạch và {c} công văn.",
            a=a, b=b, c=c,
        )  # fmt: skip

    def _plan(self) -> str:
        total = self.rng.randint(22, 48)
        done = self.rng.randint(6, total - 2)
        return self._share(done, total, "Kế hoạch năm có {m} nhiệm vụ; đến nay đã hoàn thành {n}/{m} nhiệm vụ, đạt {p}.")

    def _dossiers(self, opening: int, closing: int) -> list[str]:
        rng = self.rng
        received = rng.randint(420, 4_900)
        total, resolved = opening + received, opening + received - closing
        late = rng.choice((0, 0, 0, rng.randint(1, 9)))
        early = rng.randint(resolved // 2, resolved - late - 3)
        online, direct, post = _split(rng, received, 3)
        areas = _split(rng, resolved, rng.randint(5, 8))
        listed = "; ".join(f"{name} {_count(n)} hồ sơ" for name, n in zip(rng.sample(_FIELDS, len(areas)), areas, strict=True))
        told = [
            self._total(total, f"Tổng số hồ sơ phải giải quyết trong {self.label} là {{total}} hồ sơ, gồm kỳ trước chuyển qua"
                        " {opening} hồ sơ và tiếp nhận mới {received} hồ sơ.", opening=opening, received=received),
            self._total(received, "Hồ sơ tiếp nhận mới là {total} hồ sơ, gồm {a} hồ sơ trực tuyến, {b} hồ sơ trực tiếp và {c} hồ sơ"
                        " qua bưu chính công ích.", a=online, b=direct, c=post),
            self._share(online, received, "Số nộp trực tuyến là {n}/{m} hồ sơ, đạt {p}."),
            self._share(early, resolved, f"Đã giải quyết {_count(resolved)} hồ sơ, trong đó trước hạn {{n}}/{{m}} hồ sơ, chiếm {{p}}."),
            self._total(resolved, "Kết quả giải quyết {total} hồ sơ, gồm trước hạn {a} hồ sơ, đúng hạn {b} hồ sơ và quá hạn {c} hồ sơ.",
                        a=early, b=resolved - early - late, c=late),
            f"Số hồ sơ đang giải quyết là {_count(closing)} hồ sơ, đều trong hạn.",
            self._total(resolved, f"Chia theo lĩnh vực, số đã giải quyết {{total}} hồ sơ, gồm: {listed}."),
        ]  # fmt: skip
        self.report.relations += 1  # resolved and pending make the total
        return told

    def _staff(self) -> str:
        total = self.rng.randint(17, 25)
        degree = self.rng.randint(total // 2, total)
        return (
            f"{self.unit.kind.capitalize()} hiện có {total} cán bộ, công chức. "
            + self._share(degree, total, "Trình độ đại học trở lên là {n}/{m} người, chiếm {p}.")
        )  # fmt: skip

    def _digital(self) -> list[str]:
        fee = self.rng.randint(180, 2_400)
        paid = self.rng.randint(fee // 2, fee)
        files = self.rng.randint(200, 3_000)
        scanned = self.rng.randint(files // 2, files)
        return [
            self._share(paid, fee, "Hồ sơ thanh toán trực tuyến đạt {n}/{m} hồ sơ có phát sinh phí, lệ phí, tỷ lệ {p}."),
            self._share(scanned, files, "Số hóa kết quả giải quyết được {n}/{m} hồ sơ, đạt {p}."),
        ]

    def _survey(self) -> str:
        back = self.rng.randint(80, 420)
        very, well, so = _split(self.rng, back, 3)
        return (
            self._total(back, "Thu về {total} phiếu khảo sát, gồm {a} phiếu rất hài lòng, {b} phiếu hài lòng và {c} phiếu bình thường.",
                        a=very, b=well, c=so)
            + " "
            + self._share(very + well, back, "Số phiếu hài lòng và rất hài lòng là {n}/{m} phiếu, đạt {p}.")
        )  # fmt: skip

    def _petitions(self) -> str:
        a, b, c = self.rng.randint(1, 9), self.rng.randint(1, 6), self.rng.randint(2, 30)
        return self._total(
            a + b + c,
            "Trong kỳ tiếp nhận {total} đơn, gồm {a} đơn khiếu nại, {b} đơn tố cáo và {c} đơn kiến nghị, phản ánh.",
            a=a, b=b, c=c,
        )  # fmt: skip

    def _hamlet(self, number: int) -> str:
        rng = self.rng
        homes = rng.randint(90, 640)
        cultural = rng.randint(homes // 2, homes)
        accounts = rng.randint(homes // 4, homes)
        name = ("Khu phố" if self.unit.kind == "phường" else "Thôn") + f" {number}"
        return (
            f"{name}: "
            + self._share(cultural, homes, "số hộ đạt danh hiệu gia đình văn hóa là {n}/{m} hộ, đạt {p}.")
            + f" Tại {name.lower()}, "
            + self._share(accounts, homes, "số hộ có tài khoản dịch vụ công là {n}/{m} hộ, đạt {p}.")
            + " " + self._sentence()
        )  # fmt: skip

    def _prose(self, sentences: int) -> str:
        return " ".join(self._sentence() for _ in range(sentences))

    def _sentence(self) -> str:
        """Prose without figures, put together from parts."""
        rng = self.rng
        opening, subject, act = rng.choice(_OPENINGS), rng.choice(_SUBJECTS), rng.choice(_ACTS)
        subject = subject.format(kind=self.unit.kind)
        lead = f"{opening}, {subject}" if opening else subject[0].upper() + subject[1:]
        return f"{lead} {act}{rng.choice(_MANNERS)}{rng.choice(_OUTCOMES)}."


_OPENINGS = (
    "", "", "Trong kỳ báo cáo", "Bám sát chỉ đạo của cấp trên", "Để nâng cao chất lượng phục vụ", "Từ đầu kỳ đến nay",
    "Cùng với việc giữ vững nền nếp", "Qua thực tế tại quầy tiếp nhận", "Trước yêu cầu chuyển đổi số", "Theo phân công của Chủ tịch UBND",
)  # fmt: skip
_SUBJECTS = (
    "UBND {kind}", "bộ phận tiếp nhận và trả kết quả", "công chức tư pháp - hộ tịch", "công chức văn phòng - thống kê",
    "công chức địa chính", "lãnh đạo UBND {kind}", "đoàn thanh niên {kind}", "tổ công nghệ số cộng đồng",
    "đài truyền thanh {kind}", "các ban, ngành, đoàn thể", "công chức văn hóa - xã hội", "ban chỉ đạo cải cách hành chính",
)  # fmt: skip
_ACTS = (
    "đã rà soát quy trình nội bộ của từng thủ tục", "hướng dẫn người dân tạo tài khoản và nộp hồ sơ qua mạng",
    "niêm yết công khai thành phần hồ sơ, phí và thời hạn", "phân công người trực thay khi có công chức đi vắng",
    "đối chiếu sổ theo dõi với phần mềm một cửa", "tuyên truyền lợi ích của dịch vụ công trực tuyến trên loa truyền thanh",
    "kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính", "tiếp thu ý kiến góp ý qua hòm thư và đường dây nóng",
    "sắp xếp lại chỗ ngồi chờ, bổ sung bàn viết và máy quét", "tập huấn kỹ năng ký số cho công chức mới",
    "phối hợp với bưu điện trả kết quả tận nhà cho người cao tuổi", "lập hồ sơ công việc trên môi trường mạng",
    "cập nhật mã định danh vào giấy tờ hộ tịch", "giải thích rõ lý do khi phải yêu cầu bổ sung giấy tờ",
)  # fmt: skip
_MANNERS = (
    "", " theo đúng kế hoạch đã đề ra", " với tinh thần cầu thị", " ngay tại nơi tiếp dân", " vào các buổi chiều trong tuần",
    " trên cơ sở phân rõ người, rõ việc", " kết hợp với sinh hoạt khu dân cư", " thay cho cách làm thủ công trước đây",
)  # fmt: skip
_OUTCOMES = (
    "", ", được người dân đồng tình", ", nhờ đó giảm việc đi lại nhiều lần", ", tuy vẫn còn lúng túng ở khâu đầu",
    ", bước đầu tạo chuyển biến trong nếp làm việc", ", song đường truyền có lúc chưa ổn định", ", góp phần rút ngắn thời gian chờ",
    ", và sẽ tiếp tục duy trì trong thời gian tới",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wards", type=int, default=100, help=f"how many, at most {MOST}")
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--quarters", type=int, nargs="+", default=[1], choices=(1, 2, 3, 4))
    given = parser.parse_args()
    characters = build(given.folder, min(given.wards, MOST), given.seed, quarters=tuple(given.quarters))
    print(f"{given.folder}: {min(given.wards, MOST) * len(given.quarters)} reports, {characters:,} characters")


if __name__ == "__main__":
    main()
