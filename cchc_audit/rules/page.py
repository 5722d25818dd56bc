"""The rulebook as pages people read: docs/rules.md, an HTML page, and lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from . import kinds
from .rulebook import KINDS
from .source import Content, Entry

TYPES = {
    "flow": "số phát sinh / flow",
    "stock": "số tại thời điểm / stock",
    "ratio": "tỷ lệ / ratio",
    "money": "tiền / money",
    "score": "điểm / score",
}
CERTAINTY = {
    "S": "đã thấy trong văn bản / seen in a source",
    "D": "suy ra bằng số học / derived",
    "G": "hiểu biết chung, chưa đối chiếu văn bản / general knowledge",
    "U": "chưa chắc / unsure",
}
_COMMON = {f.name for f in fields(kinds.Header)} | {"kind"}


def settings(entry: Entry) -> dict[str, str]:
    """The keys of a rule beyond its header, as text."""
    out: dict[str, str] = {}
    for f in fields(entry.value):
        value = getattr(entry.value, f.name)
        if f.name not in _COMMON and value not in ((), "", False):
            out[f.name] = ", ".join(value) if isinstance(value, tuple) else str(value)
    return out


def kind_lines() -> Iterator[tuple[str, str, list[str]]]:
    """Every kind with what it means and the keys it takes."""
    for name, cls in KINDS.items():
        keys = [f.name for f in fields(cls) if f.name not in _COMMON]
        yield name, " ".join((cls.__doc__ or "").split()), keys


# ---------------------------------------------------------------- Markdown


def markdown(content: Content) -> str:
    """The page `docs/rules.md`: kinds, rules, norms and indicators with their examples."""
    return "\n".join([*_intro(), *_kinds(), *_rules(content), *_norms(content), *_indicators(content)]) + "\n"


def _intro() -> list[str]:
    return [
        "# Quy tắc, định mức và chỉ tiêu / Rules, norms and indicators",
        "",
        "Trang này được lập từ `cchc_audit/defaults/*.yaml` bằng `python -m cchc_audit.rules`; đừng sửa tay.",
        "This page is made from `cchc_audit/defaults/*.yaml` by `python -m cchc_audit.rules`; do not edit it.",
        "",
        "Quy tắc, chỉ tiêu của đoàn viết trong một tệp YAML riêng, dùng bằng `--rules TỆP`; mục có id trùng sẽ thay mục"
        " mặc định. `cchc-audit rules --check TỆP` báo mọi lỗi kèm số dòng và chạy thử các ví dụ.",
        "Your own rules and indicators go into a YAML file used with `--rules FILE`; an entry with an id used here"
        " replaces it. `cchc-audit rules --check FILE` lists every problem with its line and tries the examples.",
        "",
        "```yaml",
        "indicators:",
        "- id: digital_teams",
        "  vi: Tổ công nghệ số cộng đồng",
        "  en: Community digital teams",
        "  type: stock",
        "  units: [tổ]",
        "  definition: Tổ công nghệ số cộng đồng của xã, phường.",
        "  cues: [tổ công nghệ số cộng đồng]",
        '  reads: ["Tổ công nghệ số cộng đồng: «14» tổ"]',
        "rules:",
        "- id: a-team-in-every-group",
        "  vi: Mỗi tổ dân phố có một tổ công nghệ số",
        "  en: One digital team in every resident group",
        "  kind: equal",
        "  figures: [resident_groups, digital_teams]",
        "  authority: Kế hoạch chuyển đổi số của phường",
        '  holds: ["Phường có 14 tổ dân phố.\\nTổ công nghệ số cộng đồng: 14 tổ."]',
        "```",
        "",
    ]


def _kinds() -> list[str]:
    out = ["## Loại quy tắc / Kinds of rule", "", "| kind | nghĩa / meaning | khóa / keys |", "|---|---|---|"]
    out += [f"| `{name}` | {_cell(text)} | {', '.join(f'`{k}`' for k in keys)} |" for name, text, keys in kind_lines()]
    certain = "; ".join(f"{k}: {v}" for k, v in CERTAINTY.items())
    return [*out, "", f"`certainty`: {certain}. Chỉ S và D được nêu làm căn cứ / only S and D are cited.", ""]


def _rules(content: Content) -> list[str]:
    out = ["## Quy tắc / Rules", ""]
    for entry in content.rules.values():
        rule = entry.value
        out += [f"### {rule.id}", "", f"{rule.vi} / {rule.en}", ""]
        out += [f"- kind: `{rule.kind}`, severity {rule.severity}, certainty {rule.certainty}"]
        out += [f"- {key}: `{value}`" for key, value in settings(entry).items()]
        out += [f"- căn cứ / authority: {rule.authority}"]
        for example in entry.examples:
            word = "khớp / holds" if example.good else "nêu / raises"
            earlier = f" (báo cáo trước / earlier report: «{_line(example.previous)}»)" if example.previous else ""
            out.append(f"- {word}: «{_line(example.text)}»{earlier}")
        out.append("")
    return out


def _norms(content: Content) -> list[str]:
    head = ["id", "nội dung / norm", "giá trị / value", "áp dụng / applies to", "hiệu lực / in force", "căn cứ / citation", "certainty"]
    out = ["## Định mức / Norms", "", f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for entry in content.norms.values():
        norm = entry.value
        span = f"{norm.valid_from or '…'} – {norm.valid_to or '…'}"
        cells = (f"`{norm.id}`", f"{norm.vi} / {norm.en}", f"{norm.value} {norm.unit}", norm.applies_to, span, norm.citation, norm.certainty)
        out.append(f"| {' | '.join(_cell(c) for c in cells)} |")
    return [*out, ""]


def _indicators(content: Content) -> list[str]:
    out = ["## Chỉ tiêu / Indicators", ""]
    for entry in content.indicators.values():
        it = entry.value
        out += [f"### {it.id}", "", f"{it.vi} / {it.en}", ""]
        out += [f"- {TYPES[it.type]}; đơn vị / units: {', '.join(u or '–' for u in it.units)}", f"- {it.definition}"]
        for key in ("cues", "nouns", "heads", "never"):
            if getattr(it, key):
                out.append(f"- {key}: {'; '.join(getattr(it, key))}")
        for key in ("bases", "either", "rate"):
            if getattr(it, key):
                value = getattr(it, key)
                out.append(f"- {key}: `{', '.join(value) if isinstance(value, tuple) else value}`")
        for good, word in ((True, "đọc là / read"), (False, "không đọc là / not read")):
            out += [f"- {word}: {e.text}" for e in entry.examples if e.good is good]
        out.append("")
    return out


def _line(text: str) -> str:
    return " ⏎ ".join(text.splitlines()).replace("|", "¦")


def _cell(text: Any) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")


# ---------------------------------------------------------------- terminal and HTML


def listing(content: Content) -> Iterator[str]:
    """One line a rule, then the counts."""
    for entry in content.rules.values():
        rule = entry.value
        yield f"{rule.id:<30} {rule.kind:<13} {rule.vi}"
        yield f"{'':<30} {'':<13} {rule.en}"
    yield ""
    yield (
        f"{len(content.rules)} quy tắc / rules, {len(content.indicators)} chỉ tiêu / indicators, "
        f"{len(content.norms)} định mức / norms"
    )
    yield "cchc-audit rules ID: xem một mục với ví dụ / one entry with its examples"


def one(content: Content, name: str) -> list[str]:
    """A rule, an indicator or the versions of a norm in full; [] for an unknown id."""
    kept = Content(
        {k: v for k, v in content.indicators.items() if k == name},
        {k: v for k, v in content.rules.items() if k == name},
        {k: v for k, v in content.norms.items() if v.value.id == name},
    )
    out = _rules(kept)[2:] if kept.rules else []
    out += _indicators(kept)[2:] if kept.indicators else []
    return out + (_norms(kept)[2:] if kept.norms else [])


def html(content: Content) -> str:
    """A self-contained page of the rulebook."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("cchc_audit.rules", ""), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("rules.html.j2").render(
        kinds=list(kind_lines()), content=content, types=TYPES, certainty=CERTAINTY, settings=settings
    )
