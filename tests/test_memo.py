"""The memo as a file: sections, marks, links, validity, escaping. What a browser does with it: `tests/browser`."""

from __future__ import annotations

import html.parser
import io
import json
import re
import sys
import time
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import fabricate
import html5lib
import pytest
from claims import Report, fallen
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape
from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D

from cchc_audit import memo, titles
from cchc_audit.audit import audit_document, audit_report
from cchc_audit.check import judge
from cchc_audit.memo import charts, evidence, fields, sections, wording
from cchc_audit.memo.bytecode import BesideTemplates
from cchc_audit.memo.cells import MIMETYPE, WorkingPaper, open_report, read_back
from cchc_audit.memo.drawing import Picture
from cchc_audit.messages import catalogue
from cchc_audit.model import Document, Kind, Message, Span, Verdict
from cchc_audit.outline import find_sections
from cchc_audit.readers.limits import Limits
from cchc_audit.readers.text import read_text
from cchc_audit.record import Power, Run, to_json

SAMPLES = Path(__file__).parents[1] / "data/reports"
RUN = Run("0.1.0", "2024-07-10T08:30:00+00:00")
AUDITS = {"full": fabricate.audit, "hostile": fabricate.hostile, "empty": fabricate.empty}


@cache
def page(name: str = "full", language: str = "vi") -> str:
    return memo.page(memo.arrange(AUDITS[name](), RUN), language)


class Tags(html.parser.HTMLParser):
    """Every element with its attributes, in order, and the text between."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def shape(self) -> list[tuple[str, list[str]]]:
        return [(tag, sorted(attributes)) for tag, attributes in self.tags]

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", AUDITS)
def test_every_section_stands_in_order_with_its_title(name: str, language: str) -> None:
    found = re.findall(r'<section id="([a-z]+)"', page(name, language))
    assert found == [s.name for s in memo.SECTIONS]
    for section in memo.SECTIONS:
        assert str(escape(catalogue()[f"memo_section.{section.name}"].in_language(language))) in page(
            name, language
        )


@pytest.mark.parametrize(
    "section", ["findings", "fields", "figures", "citations", "questions", "replies", "strengths", "summary"]
)
def test_an_empty_section_says_so_in_its_own_words(section: str) -> None:
    assert catalogue()[f"memo_section.{section}_empty"].vi in page("empty")
    assert catalogue()[f"memo_section.{section}_empty"].en in page("empty", "en")


def test_what_could_not_be_checked_is_never_left_out_or_empty() -> None:
    view = memo.arrange(fabricate.empty(), RUN)
    assert catalogue()["memo_text.scope_facts"].vi in memo.page(view, names=["identity"])
    assert 'id="unchecked"' in memo.page(view, names=[])


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", AUDITS)
def test_the_page_is_valid_html(name: str, language: str) -> None:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page(name, language))
    assert [(code, value) for _, code, value in parser.errors] == []
    tags = Tags(page(name, language))
    ids = Counter(a["id"] for _, a in tags.tags if "id" in a)
    assert [i for i, n in ids.items() if n > 1] == []
    targets = {a["href"] for a in tags.of("a")}
    assert {t for t in targets if t and t.startswith("#") and t[1:] not in ids} == set()
    assert all((t or "").startswith("#") for t in targets), "no link leaves the file"


@pytest.mark.parametrize("name", AUDITS)
def test_the_page_asks_for_nothing_from_outside(name: str) -> None:
    tags = Tags(page(name))
    for wanting in ("link", "img", "iframe", "object", "embed", "audio", "video", "base", "form"):
        assert all(wanting == "form" and "action" not in a for a in tags.of(wanting))
    assert [a for a in tags.of("script") if a] == []
    assert not re.search(r"@import|url\(", memo.style())
    policy = next(a["content"] for a in tags.of("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not [a for _, a in tags.tags if "style" in a], "inline style would need a weaker policy"


def test_each_verdict_is_told_by_sign_and_word_beside_colour() -> None:
    for item in memo.arrange(fabricate.audit(), RUN).items:
        assert f"{item.sign}</span> {item.word.vi}</span>" in page()


def test_every_finding_links_to_its_place_and_back() -> None:
    tags = Tags(page())
    by_id = {a["id"]: (tag, a) for tag, a in tags.tags if "id" in a}
    view = memo.arrange(fabricate.audit(), RUN)
    assert len(view.to_answer) == 6
    for item in view.items:
        assert item.anchor in by_id
        assert item.place in by_id
        figure = by_id[item.place][1]
        assert str(item.index) in (figure["data-f"] or "").split()
        back = (figure["href"] or "")[1:]
        assert back == item.anchor or back.startswith("N-")


def test_anchors_do_not_depend_on_the_order_of_findings() -> None:
    audit = fabricate.audit()
    turned = replace(audit, findings=audit.findings[::-1])
    anchors = {i.finding.id: i.anchor for i in memo.arrange(audit, RUN).items}
    assert {i.finding.id: i.anchor for i in memo.arrange(turned, RUN).items} == anchors


def test_two_findings_with_one_id_have_two_anchors() -> None:
    audit = fabricate.audit()
    twice = memo.arrange(replace(audit, findings=audit.findings[:1] * 2), RUN)
    assert len({i.anchor for i in twice.items}) == 2


def test_the_whole_report_stands_in_the_source_view() -> None:
    source = page().split('id="report-text"', 1)[1].split('<div class="index">', 1)[0]
    words = Tags(re.sub(r"<sup>[\d,]+</sup>", "", source)).text.replace(" ", "")
    for line in fabricate.TEXT.splitlines():
        assert line.replace("|", "").replace(" ", "") in words


def test_figures_carry_the_state_of_their_gravest_check() -> None:
    states = dict(re.findall(r'<(?:a|span) class="fig (\w+)" id="(n-\d+)"', page()))
    found = {i: s for s, i in re.findall(r'<(?:a|span) class="fig (\w+)" id="(n-\d+)"', page())}
    text = fabricate.TEXT
    assert states
    assert found[f"n-{text.index('24 thủ tục')}"] == "bad"
    assert found[f"n-{text.index('3.092')}"] == "ask"
    assert found[f"n-{text.index('1.874')}"] == "ok"
    assert found[f"n-{text.index('12 nghìn')}"] == "unread"


def test_numbers_are_kept_from_breaking_before_the_percent_sign() -> None:
    assert "98,98\u00a0%" in page()
    assert not re.search(
        r"\d %", re.sub(r"<blockquote>.*?</blockquote>", "", page(), flags=re.S).split('id="report-text"')[0]
    )


def test_the_tool_never_accuses() -> None:
    banned = (
        "sai phạm",
        "gian lận",
        "gian dối",
        "bịa đặt",
        "làm khống",
        "vi phạm",
        "fraud",
        "violation",
        "kết luận thanh tra",
    )
    for key, message in catalogue().items():
        for text in (message.vi.lower(), message.en.lower()):
            assert not [word for word in banned if word in text], key


def test_no_state_emblem_or_motto_is_imitated() -> None:
    text = page("empty").lower()
    assert "cộng hòa xã hội chủ nghĩa" not in text
    assert "độc lập - tự do" not in text


def test_the_power_of_each_check_is_printed_on_request() -> None:
    view = memo.arrange(fabricate.audit(), replace(RUN, power=Power(200, 171, 7)))
    with_power = memo.page(view)
    assert "200" in with_power
    assert "171" in with_power
    assert catalogue()["memo.power"].vi in with_power
    assert f'<th scope="col">{catalogue()["memo.power"].vi}</th>' not in page()


# ---------------------------------------------------------------- hostile text


def _hostile_page(attack: str) -> str:
    return memo.page(memo.arrange(fabricate.hostile(attack), RUN))


@pytest.mark.parametrize("payload", [*fabricate.PAYLOADS, fabricate.ATTACK])
def test_hostile_text_adds_no_element_and_no_attribute(payload: str) -> None:
    assert Tags(_hostile_page(payload)).shape == Tags(_hostile_page("lành")).shape


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.characters(exclude_characters="|\n\r\u2028\u2029\x0b\x0c\x1c\x1d\x1e\x85")).map(
        lambda t: t.strip() or "x"
    )
)
def test_no_text_whatever_adds_an_element(text: str) -> None:
    """Words of the report choose fields and documents to ask for, so the page may grow, but only by what it has."""
    assert _signatures(_hostile_page(text)) <= _signatures(_hostile_page("lành")) | _signatures(page("full"))


def _signatures(html_text: str) -> set[tuple[str, tuple[str, ...]]]:
    return {(tag, tuple(names)) for tag, names in Tags(html_text).shape}


def test_hostile_text_is_shown_as_text() -> None:
    words = Tags(page("hostile")).text
    for payload in fabricate.PAYLOADS:
        assert " ".join(evidence.visible(payload).split()) in words
    assert "\u202e" not in page("hostile")


def test_template_syntax_is_not_run() -> None:
    assert "{{ 7*7 }}" in page("hostile")
    assert " 49" not in Tags(page("hostile")).text.split("{{", 1)[1][:40]


@pytest.mark.parametrize("name", [s.name for s in memo.SECTIONS])
def test_a_cell_shows_its_section_as_escaped_html_and_json(name: str) -> None:
    paper = WorkingPaper(memo.arrange(fabricate.hostile(), RUN))
    bundle = paper.section(name)._repr_mimebundle_()
    assert set(bundle) == {MIMETYPE, "text/html", "text/plain"}
    assert bundle[MIMETYPE] == {"section": name}
    assert not Tags(bundle["text/html"]).of("script")
    assert not [a for _, a in Tags(bundle["text/html"]).tags if any(k.startswith("on") for k in a)]


# ---------------------------------------------------------------- in and out of notebooks


def test_a_memo_is_made_from_the_record_alone() -> None:
    record = {"record": to_json(fabricate.audit(), RUN), "language": "en"}
    outputs = [
        {MIMETYPE: record, "text/html": "<script>alert(1)</script>"},
        {"text/html": "<h1>injected</h1>", "text/markdown": "# injected"},
        {MIMETYPE: {"section": "findings"}},
        {MIMETYPE: {"section": "no such section"}},
    ]
    shown = read_back(outputs)
    assert (shown.language, shown.sections) == ("en", ("findings",))
    made = memo.page(shown.view, shown.language, shown.sections)
    assert "injected" not in made
    assert "alert" not in made
    assert re.findall(r'<section id="([a-z]+)"', made) == ["findings", "unchecked"]


@pytest.mark.parametrize(
    "broken",
    [
        [],
        [{}],
        [{MIMETYPE: {"record": {}}}],
        [{MIMETYPE: {"record": 3}}],
        [{MIMETYPE: [1]}],
        [{MIMETYPE: {"record": {"schema": "cchc-audit/audit/1"}}}],
    ],
)
def test_a_notebook_without_an_audit_is_refused_with_one_line(broken: list[dict[str, object]]) -> None:
    from cchc_audit.errors import AuditError

    with pytest.raises(AuditError) as caught:
        read_back(broken)
    assert "\n" not in str(caught.value)


# ---------------------------------------------------------------- charts


@pytest.mark.parametrize("draw", charts.CHARTS)
@pytest.mark.parametrize("name", AUDITS)
def test_a_chart_has_its_numbers_in_a_table_or_says_why_not(name: str, draw: object) -> None:
    chart = draw(memo.arrange(AUDITS[name](), RUN))  # type: ignore[operator]
    assert chart.rows or chart.empty.vi
    assert all(len(row) == len(chart.columns) for row in chart.rows)
    assert all(0 <= box.x0 <= box.x1 <= 1.000001 for box in chart.boxes)
    assert all(0 <= text.y <= chart.height for text in chart.texts)
    if name == "empty":
        assert not chart.rows


def test_the_flow_of_a_sound_period_is_equal_on_both_sides() -> None:
    rows = {
        row[0].vi: [cell.vi for cell in row[1:]]
        for row in charts.flow(memo.arrange(fabricate.audit(), RUN)).rows
    }
    assert rows["Cộng vào"] == rows["Cộng ra"] == ["1.874", "667"]


@pytest.mark.parametrize("name", ["dong-me-6-thang-2024.txt", "hon-ngoc-2023-2024.txt"])
def test_the_parts_of_the_coverage_add_up_to_the_report(name: str) -> None:
    rows = charts.coverage(memo.arrange(audit_report(SAMPLES / name), RUN)).rows
    counts = [[int(cell.vi.replace(".", "")) for cell in row[1:]] for row in rows]
    assert rows[1][0] == Message("Phần mở đầu", "Opening part")
    assert [sum(column) for column in zip(*counts[1:], strict=True)] == counts[0]


def test_the_captions_of_the_flow_fit_a_phone() -> None:
    chart = charts.flow(memo.arrange(audit_report(SAMPLES / "dong-me-6-thang-2024.txt"), RUN))
    said = [text.text for text in chart.texts if text.tone == "muted"]
    assert max(len(words) for text in said for words in (text.vi, text.en)) <= 52
    assert "trước hạn 531 + đúng hạn 173 + quá hạn 11 + đang giải quyết 27" in " ".join(text.vi for text in said)


def test_a_share_off_its_recomputation_is_drawn_outside_the_band() -> None:
    chart = charts.shares(memo.arrange(fabricate.audit(), RUN))
    off = next(t for t in chart.texts if "99,4" in t.text.vi)
    band = next(b for b in chart.boxes if b.tone == "band" and b.y > off.y)
    dot = next(d for d in chart.dots if d.y > off.y)
    assert dot.x > band.x1


def test_a_share_of_two_counts_added_is_drawn_and_listed_on_their_sum() -> None:
    found = judge([Report().claim(Kind.SHARE, n=["1003", "226"], m="1240", p="99,11%")])
    chart = charts.shares(memo.arrange(replace(fabricate.empty(), findings=tuple(found)), RUN))
    assert [cell.vi for cell in chart.rows[0]] == ["≈ (1003 + 226) / 1240 = 99,11%", "99,11 %", "0,00 điểm %", "±0,005 điểm %"]
    assert "0 tỷ lệ nằm ngoài" in chart.alt.vi


def artists(chart: charts.Chart, language: str) -> Figure:
    """The chart as matplotlib's own figure and artists draw it."""
    height = max(chart.height, 24)
    figure = Figure(figsize=(6.4, height / 72), dpi=110)
    place = Affine2D().scale(0.98, -1 / height).translate(0.01, 1) + figure.transFigure
    for b in chart.boxes:
        box = Rectangle((b.x0, b.y), b.x1 - b.x0, b.height, facecolor=charts.COLOURS[b.tone], edgecolor="none")
        box.set_transform(place)
        figure.add_artist(box)
    for d in chart.dots:
        colour = charts.COLOURS[d.tone]
        figure.add_artist(Line2D([d.x], [d.y], marker="o", markersize=5, color=colour, transform=place))
    for t in chart.texts or (charts.Text(0, 16, chart.empty, tone="muted"),):
        figure.text(
            t.x, t.y, t.text.in_language(language), transform=place, color=charts.COLOURS[t.tone], fontsize=8.5,
            ha={"start": "left", "end": "right"}.get(t.anchor, "center"), va="baseline", parse_math=False,
            fontweight="bold" if t.tone == "strong" else "normal",
        )  # fmt: skip
    return figure


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("draw", charts.CHARTS)
@pytest.mark.parametrize("name", [*AUDITS, "mathematics"])
def test_a_notebook_shows_what_matplotlibs_own_figure_would(name: str, draw: Any, language: str) -> None:
    audit = fabricate.hostile(r"$\frac{1}{0}$") if name == "mathematics" else AUDITS[name]()
    chart = draw(memo.arrange(audit, RUN))
    out, figure = io.StringIO(), artists(chart, language)
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "cchc-audit"}):
        figure.savefig(out, format="svg", metadata={"Date": None})
    picture = Picture(chart, language)
    assert picture._repr_svg_() == out.getvalue()
    assert repr(picture) == repr(figure).replace("Figure", "Picture", 1)


# ---------------------------------------------------------------- small parts


def test_no_character_that_is_made_visible_counts_as_printable() -> None:
    assert not [c for c in map(chr, range(sys.maxunicode + 1)) if c.isprintable() and evidence.visible(f"\n{c}") != f"\n{c}"]


@pytest.mark.parametrize(
    ("text", "span", "marks", "expected"),
    [
        ("có 24 thủ tục", (0, 13), [(3, 5)], ["có ", "[24]", " thủ tục"]),
        ("24", (0, 2), [(0, 2)], ["[24]"]),
        ("a1b2c", (1, 4), [(1, 2), (3, 4)], ["[1]", "b", "[2]"]),
        ("a1b2c", (2, 5), [(1, 2), (3, 4)], ["b", "[2]", "c"]),
    ],
)
def test_text_is_cut_at_its_marks(
    text: str, span: tuple[int, int], marks: list[tuple[int, int]], expected: list[str]
) -> None:
    places = [evidence.Marked(Span(*m), "ok") for m in marks]
    found = [f"[{p.text}]" if p.place else p.text for p in evidence.pieces(text, Span(*span), places)]
    assert found == expected


def test_a_table_row_is_quoted_under_the_head_of_its_table() -> None:
    document = fabricate.audit().document
    at = fabricate.TEXT.index("402")
    lines = evidence.quote(evidence.Blocks(document), [Span(at, at + 3)], "bad", Span(at, at + 3))
    assert [["".join(p.text for p in cell) for cell in line.cells] for line in lines] == [
        ["Lĩnh vực", "Tiếp nhận", "Trực tuyến"],
        ["Chứng thực", "416", "402"],
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\u202eb", "a⟨U+202E⟩b"), ("a\tb\nc", "a\tb\nc"), ("\udcff", "⟨U+DCFF⟩"), ("ệ", "ệ")],
)
def test_controls_are_made_visible(text: str, shown: str) -> None:
    assert evidence.visible(text) == shown


def test_every_value_of_a_template_is_escaped_with_its_controls_shown() -> None:
    environment = evidence.environment("vi")
    source = "{{ x }}|{{ '<b>' }}|{% set y %}{{ x }}{% endset %}{{ y }}|{% macro m(a) %}<i>{{ a }}</i>{% endmacro %}{{ m(x) }}|{{ x ~ '<' }}|{{ x|upper }}|{{ n }}|{{ made }}"
    hostile, shown = "<a>\u202e&'\"", "&lt;a&gt;⟨U+202E⟩&amp;&#39;&#34;"
    written = environment.from_string(source).render(x=hostile, n=5, made=Markup("<br>")).split("|")
    assert written == [shown, "&lt;b&gt;", shown, f"<i>{shown}</i>", f"{shown}&lt;", shown.replace("a", "A", 1), "5", "<br>"]
    assert "escape(" not in str(environment.compile(source, raw=True)).replace("escape, identity", "")


def test_the_period_is_written_as_in_state_documents() -> None:
    assert wording.period_text(fabricate.audit().header.period) == "01/01/2024 – 30/6/2024"


def test_a_subtracted_part_is_shown_as_a_subtraction() -> None:
    claim = Report().claim(Kind.BREAKDOWN, total="113", part=["120", "8", "-15"])
    assert wording.stated(judge([claim])[0]).vi == "113 = 120 + 8 − 15"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Khối mầm non có 118/120 cháu, khối tiểu học 402/416 cháu, tỷ lệ chung 96,6%.", "(118 + 402) / (120 + 416) = 96,6%"),
        ("Thu phí, lệ phí 97.500.000 đồng, đạt 75% kế hoạch (150 triệu đồng).", "97.500.000 / 150 triệu = 75%"),
        ("Tổng kinh phí 1,25 tỷ đồng, trong đó ngân sách xã 850 triệu đồng, xã hội hóa 450 triệu đồng.", "1,25 tỷ ≥ 850 triệu + 450 triệu"),
        ("Trao 125 suất quà, mỗi suất trị giá 500.000 đồng, tổng kinh phí 6,25 triệu đồng.", "125 × 500.000 = 6,25 triệu"),
        ("Điểm ba nhóm: người dân 8,6; doanh nghiệp 8,2; cán bộ 9,0. Trung bình cộng là 9,6 điểm.", "(8,6 + 8,2 + 9,0) : 3 = 9,6"),
    ],
)
def test_what_the_report_says_of_several_figures_is_one_line(sentence: str, expected: str) -> None:
    found = [f for f in audit_document(Document("t", "text", "", sentence, ())).findings if f.alarms]
    assert [wording.stated(f).vi for f in found] == [expected]


@pytest.mark.parametrize(
    ("sentence", "title", "difference"),
    [
        ("Thu nhập bình quân tăng từ 14,5 lên 63,8 triệu đồng, tăng 46,3 triệu đồng.", "Mức tăng, giảm: thu nhập bình quân", "−3 triệu"),
        ("Trâu 312 con, bò 1.045 con, dê 268 con; như vậy tổng đàn gia súc là 1.652 con.", "Tổng và thành phần", "+27"),
        ("Dư nợ 8.640 triệu đồng với 144 hộ, bình quân mỗi hộ 64 triệu đồng.", "Bình quân, đơn giá: hộ", "+4 triệu"),
    ],
)
def test_a_finding_is_named_and_measured_as_its_figures_are_written(sentence: str, title: str, difference: str) -> None:
    audit = audit_document(Document("t", "text", "", sentence, ()))
    (item,) = (i for i in memo.arrange(audit, RUN).items if i.finding.alarms)
    assert item.difference is not None
    assert (item.title.vi, item.difference.vi) == (title, difference)


def test_the_same_audit_gives_the_same_page() -> None:
    view = memo.arrange(fabricate.audit(), RUN)
    assert memo.page(view) == memo.page(memo.arrange(fabricate.audit(), RUN))


def test_a_memo_is_made_fast_once_warm() -> None:
    audit = fabricate.audit()
    memo.page(memo.arrange(audit, RUN))
    start = time.process_time()
    memo.page(memo.arrange(audit, RUN))
    assert time.process_time() - start < 0.15


def test_the_json_of_a_cell_is_json() -> None:
    bundle = WorkingPaper(memo.arrange(fabricate.hostile(), RUN))._repr_mimebundle_()
    assert json.loads(json.dumps(bundle[MIMETYPE]))["language"] == "vi"


@pytest.mark.parametrize(
    ("noun", "unit", "shown"),
    [
        ("phường đã lấy phiếu khảo sát", "phiếu", "phiếu khảo sát"),
        ("văn bản đã ban hành văn bản", "văn bản", "văn bản đã ban hành"),
        ("v | xây dựng", "", "xây dựng"),
        ("trong đó /", "", ""),
        ("chiếm", "%", ""),
        ("cao học /", "", "cao học"),
        ("từ 01/01/2023 đến tháng 6", "", ""),
        ("hộ", "hộ", "hộ"),
        ("thì con số này", "", ""),
        ("trong hồ sơ trễ hạn có", "hồ sơ", "hồ sơ trễ hạn"),
        ("rút ngắn thời gian đối với", "", "rút ngắn thời gian"),
        ("cán bộ, công chức hiện có", "", "cán bộ, công chức hiện có"),
        ("các bộ phận đã khắc phục tồn tại", "", "các bộ phận đã khắc phục tồn tại"),
        ("người này có", "người", "người"),
        ("trong sạch, vững mạnh", "", "trong sạch, vững mạnh"),
        ("văn bản do mình ban hành từ năm 2019", "văn bản", "văn bản do mình ban hành"),
        ("văn bản do hđnd và ubnd phường ban hành", "văn bản", "văn bản do HĐND và UBND phường ban hành"),
    ],
)
def test_a_title_names_what_is_counted(noun: str, unit: str, shown: str) -> None:
    claim = next(f.claim for f in fabricate.audit().findings if f.claim.kind is Kind.BREAKDOWN)
    term = replace(claim.terms[0], noun=noun, unit=unit)
    title = titles.title_of(replace(claim, title=None, terms=(term,)), {})
    assert title.vi == "Tổng và thành phần" + (f": {shown}" if shown else "")


TOLD = """UBND PHƯỜNG HẢI VÂN
Số: 12/BC-UBND
Hải Vân, ngày 09 tháng 7 năm 2024
BÁO CÁO
Kết quả cải cách hành chính 6 tháng đầu năm 2024
I. Tình hình
Phường quản lý 3.092 hộ tại 12 tổ dân phố. Thực hiện Kết luận số 80-KL/TW ngày 20/6/2020 và Nghị quyết số 15/NQ/TU ngày 09/4/2021.
II. Kết quả
Việc làm tốt trong 3.208 hộ của phường. Có 24 thủ tục liên thông, gồm liên thông 3 cấp 14 thủ tục, liên thông 2 cấp 8 thủ tục.
100% hồ sơ được giải quyết đúng hạn; hồ sơ giải quyết quá hạn 01 hồ sơ.
IV. Phương hướng
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> WorkingPaper:
    path = tmp_path_factory.mktemp("told") / "báo cáo.txt"
    path.write_text(TOLD, encoding="utf-8")
    return open_report(str(path), ward="phường Hải Vân", language="en")


def of_kind(paper: WorkingPaper, kind: Kind) -> memo.view.Item:
    return next(item for item in paper.view.items if item.finding.claim.kind is kind)


@pytest.mark.parametrize(
    ("kind", "vi", "en"),
    [
        (Kind.SAME_FIGURE, ": Số hộ dân", ": Households"),
        (Kind.BREAKDOWN, ": TTHC liên thông", ": Inter-level procedures"),
        (Kind.CLAIM_VS_COUNT, "đối chiếu với số hồ sơ quá hạn", "against the dossiers overdue"),
    ],
)
def test_a_title_names_the_indicator_as_people_do(told: WorkingPaper, kind: Kind, vi: str, en: str) -> None:
    title = of_kind(told, kind).title
    assert title.vi.endswith(vi) and title.en.endswith(en)


def test_nothing_is_printed_twice_in_a_finding(told: WorkingPaper) -> None:
    """Of two figures that differ neither is computed, and of a heading the sentence tells all."""
    same, layout = of_kind(told, Kind.SAME_FIGURE), of_kind(told, Kind.STRUCTURE)
    assert (same.result, same.suspects, same.shows_sums) == (None, (), True)
    assert (layout.result, layout.shows_sums) == (None, False)
    parts = of_kind(told, Kind.BREAKDOWN)
    assert parts.result == Message("22", "22") and {s.text for s in parts.suspects} == {"24", "14"}
    slip = next(i for i in memo.arrange(fabricate.audit(), RUN).items if i.finding.suspects)
    assert [s.suggest for s in slip.suspects] == ["22"]


def test_documents_are_cited_as_the_report_writes_them(told: WorkingPaper) -> None:
    assert [row[1] for row in sections.citations(told.view)["rows"]] == ["80-KL/TW", "15/NQ/TU"]


def test_the_subject_of_a_report_does_not_repeat_its_type(told: WorkingPaper) -> None:
    assert sections.identity(told.view)["subject"] == "Kết quả cải cách hành chính 6 tháng đầu năm 2024"


def test_the_method_gives_the_command_with_its_options(told: WorkingPaper) -> None:
    command = 'cchc-audit memo "báo cáo.txt" --ward "phường Hải Vân" --language en'
    assert told.view.run.command == command
    assert str(escape(command)) in memo.page(told.view, "en")


@pytest.mark.parametrize(
    ("computed", "vi", "en"),
    [("98,98 %", "98,98 %", "98.98%"), ("1.874", "1.874", "1,874"), ("−3,1 điểm %", "−3,1 điểm %", "−3.1 points")],
)
def test_a_result_is_written_in_the_notation_of_its_language(computed: str, vi: str, en: str) -> None:
    finding = replace(fabricate.audit().findings[0], computed=computed)
    assert wording.recomputed(finding) == Message(vi, en)


def test_english_writes_computed_figures_in_its_own_notation_and_counts_one_check_as_one() -> None:
    sentence = "Tiếp nhận 1.284 hồ sơ, tăng 12,5% so với cùng kỳ năm trước (1.120 hồ sơ). Có 19/20 hồ sơ đúng hạn, đạt 95%."
    audit = audit_document(Document("t", "text", "", sentence, ()))
    words = Tags(memo.page(memo.arrange(audit, RUN), "en")).text
    assert "12,5% would have to be 14.6% to agree." in words
    assert "1 check agrees" in words and "1 checks" not in words


@pytest.mark.parametrize(("points", "told"), [(5, False), (6, True)])
def test_the_summary_says_how_many_points_it_leaves_out(points: int, told: bool) -> None:
    claims = [Report().claim(Kind.SHARE, n="390", m="394", p="99,4%") for _ in range(points)]
    view = memo.arrange(replace(fabricate.empty(), findings=tuple(judge(claims))), RUN)
    assert ("Còn 1 điểm khác ở mục 4." in memo.page(view)) == told


def test_a_percentage_is_not_followed_by_its_unit_again() -> None:
    sentence = "UBND XÃ SUỐI LÀNH\nTỷ lệ hồ sơ giải quyết đúng hạn đạt 99,9%."
    rows = sections.figures(memo.arrange(audit_document(Document("t", "text", "", sentence, ())), RUN))["rows"]
    page = memo.fragment("figures", memo.arrange(audit_document(Document("t", "text", "", sentence, ())), RUN))
    assert [row[0].quantity.text for row in rows] == ["99,9%"]
    assert "<td>%</td>" not in page


def test_sentences_quote_with_one_kind_of_marks() -> None:
    assert not [key for key, message in catalogue().items() if set("«»") & set(message.vi + message.en)]


def test_a_rise_is_set_beside_the_one_of_its_two_figures() -> None:
    report = Report()
    claims = [report.claim(Kind.CHANGE, prev="3.221", now="3.506", delta=delta) for delta in ("294", "285")]
    finding, fitting = judge(claims)
    assert finding.verdict is Verdict.CONTRADICTED
    assert wording.difference(finding) == Message("+9", "+9")
    assert wording.difference(fitting) is None


def test_a_fall_is_set_beside_the_one_of_its_two_figures() -> None:
    (finding,) = judge([fallen(Report().claim(Kind.CHANGE, prev="23", now="21", delta="-3"))])
    assert (finding.computed, wording.difference(finding)) == ("2", Message("+1", "+1"))


def test_the_limit_of_a_norm_is_not_what_the_report_states(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Tổng số hồ sơ đã giải quyết: 715 hồ sơ.\nKhảo sát: phát ra 150 phiếu, thu về 144 phiếu.\n", "utf-8")
    advice = of_kind(open_report(str(path)), Kind.NORM)
    assert "257" in advice.finding.message.vi and advice.stated == Message("144", "144")
    assert advice.request is None


def test_a_sentence_does_not_repeat_the_title_beside_it(told: WorkingPaper) -> None:
    item = of_kind(told, Kind.CLAIM_VS_COUNT)
    title = Message("Định mức", "Norm")
    finding = replace(
        item.finding,
        claim=replace(item.finding.claim, title=title),
        message=Message("Định mức: chưa nêu loại.", "Norm: the class is not stated."),
    )
    assert replace(item, finding=finding).sentence == Message("Chưa nêu loại.", "The class is not stated.")
    assert item.sentence == item.finding.message


@pytest.mark.parametrize(
    ("headings", "names", "units", "field"),
    [
        (["Công tác chỉ đạo"], ["Hồ sơ đã giải quyết"], ["hồ sơ"], "steering"),
        (["Số liệu theo lĩnh vực"], ["Hồ sơ đã giải quyết"], [""], "procedures"),
        ([], ["Tổng số cử tri"], [], "democracy"),
        ([], ["Đơn vị trực thuộc"], [], "general"),
        ([], [], ["hồ sơ"], "procedures"),
        ([], [], [], "general"),
    ],
)
def test_the_field_is_told_by_heading_name_and_unit(
    headings: list[str], names: list[str], units: list[str], field: str
) -> None:
    assert fields.field_of(headings, names, units) == field


def test_what_holds_is_shown_by_one_check_of_each_thing() -> None:
    for _, _, held in sections.strengths(memo.arrange(fabricate.audit(), RUN))["groups"]:
        assert len({item.title for item in held}) == len(held)


def test_what_a_ward_is_asked_is_asked_once() -> None:
    view = memo.arrange(fabricate.audit(), RUN)
    for item in view.to_answer:
        asks = item.finding.message.vi.count("Đề nghị") + (item.request is not None)
        assert asks == 1, item.finding.message.vi
    assert page().count("Đề nghị: Đề nghị") == page().count("Đề nghị:</strong> Đề nghị") == 0


def test_the_rule_under_the_head_of_a_table_does_not_cut_it_in_two() -> None:
    text = "| Tháng | Nhận |\n|---|:--:|\n| 1 | 12 |\n"
    document = read_text(Path("a.md"), text.encode(), Limits.usual())
    runs = evidence.source(document, evidence.Shelf(()))
    assert [[len(line.cells) for line in run] for run in runs] == [[2, 2]]


@pytest.mark.parametrize(
    ("line", "kind", "bold"),
    [
        ("1. Chỉ đạo, điều hành. Từ đầu năm đã ban hành 46 văn bản, gồm 11 kế hoạch và 35 công văn.", "run-in", "1. Chỉ đạo, điều hành."),
        ("1. Chỉ đạo, điều hành", "heading", "1. Chỉ đạo, điều hành"),
        ("Từ đầu năm đã ban hành 46 văn bản.", "paragraph", "Từ đầu năm đã ban hành 46 văn bản."),
    ],
)  # fmt: skip
def test_of_a_paragraph_that_begins_with_its_heading_only_the_heading_is_set_as_one(line: str, kind: str, bold: str) -> None:
    document = read_text(Path("a.txt"), f"I. KẾT QUẢ\n{line}\n".encode(), Limits.usual())
    headings = {s.span.start: s.span.end for s in find_sections(document)}
    shown = evidence.source(document, evidence.Shelf(()), headings)[1][0]
    assert shown.kind == kind
    assert "".join(p.text for p in shown.cells[0]) == bold
    assert "".join(p.text for cell in shown.cells for p in cell) == line


def test_a_mark_that_reaches_over_the_end_of_a_heading_is_shown_once() -> None:
    line = "1. Chỉ đạo năm 2024. Đã ban hành 46 văn bản."
    document = read_text(Path("a.txt"), line.encode(), Limits.usual())
    mark = evidence.Marked(Span(line.index("2024"), line.index("Đã")), "ok", ())
    shown = evidence.source(document, evidence.Shelf([mark]), {0: line.index(" Đã")})[0][0]
    assert [p.text for cell in shown.cells for p in cell if p.place] == ["2024. "]


def test_every_printed_page_names_draft_report_hash_and_number() -> None:
    audit = fabricate.audit()
    evil = '");}</style><script>x</script>\\'
    view = memo.arrange(replace(audit, document=replace(audit.document, path=evil)), RUN)
    rules = memo.running(view)
    assert "counter(page)" in rules and "counter(pages)" in rules
    assert audit.document.sha256[:16] in rules
    assert not re.search(r"[<>]", rules) and "</style><script>x" not in memo.page(view)
    for string in re.findall(r'"([^"]*)"', rules.replace('"Times New Roman", "Liberation Serif"', "")):
        assert re.fullmatch(r"(?:[A-Za-z0-9 ]|\\[0-9a-f]+ )*", string), string
    assert re.sub(r"\\([0-9a-f]+) ", lambda c: chr(int(c.group(1), 16)), rules).count("Bản nháp") == 1


def test_compiled_templates_are_kept_and_a_damaged_one_is_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "a.j2").write_text("{{ 1 + 1 }} đồng", encoding="utf-8")

    def rendered() -> str:
        kept = BesideTemplates(tmp_path, settings=Path(__file__))
        return Environment(loader=FileSystemLoader(tmp_path), bytecode_cache=kept).get_template("a.j2").render()

    assert rendered() == "2 đồng"
    (kept,) = (tmp_path / "__pycache__").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2])
    assert rendered() == "2 đồng" and kept.read_bytes() == whole
    (tmp_path / "a.j2").write_text("{{ 1 + 2 }} đồng", encoding="utf-8")
    assert rendered() == "3 đồng" and kept.read_bytes() != whole


def test_templates_are_used_where_nothing_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "a.j2").write_text("{{ 1 + 1 }}", encoding="utf-8")
    (tmp_path / "__pycache__").write_text("no folder")
    kept = BesideTemplates(tmp_path, settings=Path(__file__))
    assert Environment(loader=FileSystemLoader(tmp_path), bytecode_cache=kept).get_template("a.j2").render() == "2"
