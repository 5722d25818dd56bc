"""Who issued a cited document: named after it ("… của UBND tỉnh Quảng Ninh"), or known from the sentence
("UBND phường đã ban hành Kế hoạch số …").

An issuer that the text does not make clear stays empty: series of different issuers must never be mixed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .language import fold

_LEVEL = r"(?:thành phố|thị xã|thị trấn|đặc khu|phường|tỉnh|huyện|quận|xã|tp\.?|tx\.?)"
_COMMITTEE = r"(?:(?:chủ tịch\s)?(?:ủy ban nhân dân|ubnd)|(?:thường trực\s)?(?:hội đồng nhân dân|hđnd))"
_FIXED = (
    r"thủ tướng chính phủ|thủ tướng|văn phòng chính phủ|chính phủ|ủy ban thường vụ quốc hội|quốc hội|bộ chính trị|ban bí thư"
    r"|ban chấp hành trung ương|chủ tịch nước"
)
_PARTY = rf"(?:ban (?:thường vụ|chấp hành)(?: đảng bộ)?\s?)?(?:tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy(?:\s(?:phường|xã|thị trấn))?|(?<=đảng bộ )(?:tỉnh|thành phố|huyện|{_LEVEL}))"
_OPEN = r"(?:bộ trưởng )?bộ|giám đốc sở|sở|phòng|ban chỉ đạo|ban tổ chức|ban quản lý|ủy ban mttq|mttq|ủy ban mặt trận tổ quốc|công an|thanh tra"
_ISSUER = re.compile(
    rf"(?P<fixed>{_FIXED})(?!\w)|(?P<committee>{_COMMITTEE})(?!\w)|(?P<party>{_PARTY})(?!\w)|(?P<open>{_OPEN})(?=\s)"
)
_NAMED_AFTER = re.compile(r"\s{0,4},?\s{0,3}(?:\(\s?)?(?:(?:được|do|của|đã|vừa)\s{1,3}){0,2}")
_LEVEL_AFTER = re.compile(rf"\s{{1,4}}(?P<level>{_LEVEL})(?!\w)")
_WARD_AFTER = re.compile(r"\s{1,3}(?P<level>phường|xã|thị trấn|đặc khu)\s(?=\S)")
_OF_LEVEL = re.compile(rf"\s{{0,4}},?\s{{0,3}}(?:của|do)\s{{1,3}}(?P<level>{_LEVEL})(?!\w)")
_NAME = re.compile(r"\s{1,3}(?=[^\W\d_])[\w'’-]+")

# small words in the names of ministries and departments (Nội vụ, Khoa học và Công nghệ)
_NAME_TAILS = frozenset(
    ("và", "vụ", "chính", "pháp", "tế", "dựng", "thương", "hóa", "trường", "tư", "tạo", "nghiệp", "thông", "học", "dục", "hội", "tin", "hoạch", "nghệ", "nguyên")
)  # fmt: skip
_VERBS = ("ban hành", "xây dựng", "tham mưu", "phê duyệt")
_VERB = re.compile(rf"(?:{'|'.join(_VERBS)})(?:\s\d{{1,3}})?(?:\s[^.;:()\d]{{0,45}})?:?\s{{0,4}}(?:[-+*•(]\s{{0,3}})?(?:số\s{{1,3}})?$")
_NESTED = re.compile(
    r"(?:thực hiện|theo|căn cứ|tại|triển khai|sửa đổi|thay thế|bãi bỏ|cụ thể hóa|bổ sung|hướng dẫn|quy định|của|như|với)(?:\s(?:các|những))?[\s:]*$"
)
_CARRIED_OUT_TOO = re.compile(rf"(?:{'|'.join(_VERBS)})(?:,| và) (?:tổ chức )?(?:triển khai|thực hiện)(?: thực hiện)?(?: tốt)?(?:\s(?:các|những))?[\s:]*$")
_SUBJECT = re.compile(
    rf"(?<!\w)(?P<subject>(?:(?:hđnd|ubnd|ủy ban nhân dân|hội đồng nhân dân)(?:\s{_LEVEL})?|đảng ủy|chính phủ|thủ tướng|tỉnh ủy|thành ủy|{_LEVEL}))(?!\w)"
)
_OBJECT_BEFORE = re.compile(r"(?:của|các|từ|gửi|cho|với|trình|cấp|toàn|trên địa bàn|thuộc|tại)\s{1,3}$")
_WARD_LEVELS = frozenset(("phường", "xã", "thị trấn", "đặc khu", ""))


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuing body: the words of the text, and what tells it from others (`organ`, `level`, `name`)."""

    text: str
    organ: str
    level: str = ""
    name: str = ""

    @property
    def of_ward(self) -> bool:
        """A people's committee or council of the lowest level, or one named without its level."""
        return self.organ in {"ubnd", "hđnd"} and self.level in _WARD_LEVELS


def named_after(text: str, folded: str, place: int) -> Issuer | None:
    """The issuer that follows a citation which ends at `place`."""
    lead = _NAMED_AFTER.match(folded, place)
    start = lead.end() if lead else place
    match = _ISSUER.match(folded, start)
    if not match:
        ward = _WARD_AFTER.match(folded, place)  # "… ngày 01/6/2022 phường Trần Hưng Đạo về việc"
        name = _proper_name(text, ward.end() - 1) if ward else ""
        if ward and name:
            return Issuer(f"{ward['level']} {name}", "ubnd", ward["level"], name)
        of = _OF_LEVEL.match(folded, place)  # "… ngày 16/01/2024 của phường về việc"
        name = _proper_name(text, of.end()) if of else ""
        return Issuer(_clean(f"UBND {of['level']} {name}"), "ubnd", _level(of["level"]), name) if of else None
    kind, organ, end = str(match.lastgroup), match[0], match.end()
    if kind == "committee":
        organ = "hđnd" if match[0].endswith(("hđnd", "hội đồng nhân dân")) else "ubnd"
        level = _LEVEL_AFTER.match(folded, end)
        if not level:
            above = "cấp trên" if folded.startswith("cấp", end + 1) else ""
            return Issuer(_clean(f"{text[start:end]} {above}"), organ, above)
        name = _proper_name(text, level.end())
        stop = level.end() + len(name) + 1 if name else level.end()
        return Issuer(_clean(text[start:stop]), organ, _level(level["level"]), name)
    if kind == "open":
        name = _proper_name(text, end, joined=True)
        return Issuer(_clean(f"{text[start:end]} {name}"), organ, "", name) if name else None
    if kind == "party":
        level = _LEVEL_AFTER.match(folded, end)
        end = level.end() if level else end
        name = _proper_name(text, end)
        return Issuer(
            _clean(f"{text[start:end]} {name}"), organ, _level(level["level"]) if level else "", name
        )
    return Issuer(_clean(text[start:end]), organ)


def _level(written: str) -> str:
    return {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã"}.get(written, written)


def _clean(text: str) -> str:
    return " ".join(text.split())


def _proper_name(text: str, place: int, *, joined: bool = False) -> str:
    """The capitalised words from here on; with `joined`, also the small words of the names of departments."""
    words: list[str] = []
    while len(words) < 8:
        match = _NAME.match(text, place)
        if not match:
            break
        word = match[0].strip()
        if not word[0].isupper() and not (joined and words and word in _NAME_TAILS):
            break
        words.append(word)
        place = match.end()
    while words and words[-1] == "và":
        words.pop()
    return " ".join(words)


def issuing_subject(text: str, folded: str, sentence: int, kind_start: int) -> str:
    """The body that issues, when the words right before a citation say that someone does; else "".

    `sentence` is where the sentence starts, `kind_start` where the citation (its type) starts. A sentence
    that names nobody ("Trong quý đã ban hành …") speaks of the ward itself: "UBND".
    """
    window = folded[max(sentence, kind_start - 80) : kind_start]
    verb = _VERB.search(window) if any(word in window for word in _VERBS) else None
    if not verb or (_NESTED.search(window) and not _CARRIED_OUT_TOO.search(window)):
        return ""
    limit = kind_start - len(window) + verb.start()
    subject = "UBND"
    for match in _SUBJECT.finditer(folded, max(sentence, limit - 400), limit):
        if not _OBJECT_BEFORE.search(folded[max(0, match.start() - 16) : match.start()]):
            words = _clean(text[match.start() : match.end()])
            subject = words if issuer_of(words) else f"UBND {words.lower()}"
    return subject


@lru_cache(maxsize=1024)
def issuer_of(words: str) -> Issuer | None:
    """The issuer a citation names, told apart into organ, level and name; None for words that name none."""
    return named_after(words, fold(words), 0) if words else None


def is_nested(folded: str, kind_start: int) -> bool:
    """Is the citation what another document carries out or rests on ("thực hiện Kế hoạch số …")?"""
    window = folded[max(0, kind_start - 60) : kind_start]
    return _NESTED.search(window) is not None and not _CARRIED_OUT_TOO.search(window)


def from_ward(issuer: Issuer, ward: str) -> bool:
    """Is the issuer the reporting ward's own committee or council? A ward of another name is not."""
    if not issuer.of_ward:
        return False
    level, _, name = fold(ward).partition(" ")
    if ward.lower().startswith(("thị trấn", "đặc khu")):
        level, name = fold(ward)[:8].strip(), fold(ward)[8:].strip()
    if issuer.level and level and issuer.level != level:
        return False
    return (
        not issuer.name
        or not name
        or fold(issuer.name).startswith(name)
        or name.startswith(fold(issuer.name))
    )
