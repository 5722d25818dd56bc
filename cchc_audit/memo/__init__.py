"""The memo: one self-contained page an inspector can read, print and sign.

`page` gives the whole HTML file; `fragment` gives one section for a notebook cell.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from pathlib import PurePath
from typing import Any

from jinja2 import Template
from markupsafe import Markup

from ..messages import say
from .evidence import environment, source, tight, visible
from .pictures import NONE, Pictures, pictures_of
from .sections import SECTIONS, MemoSection, tally
from .view import View, arrange
from .wording import capital, moment, period_text

__all__ = ["SECTIONS", "View", "arrange", "fragment", "page", "style"]

_NAME = 48  # characters of a name at the foot of a page
_SMALL = 'font: 8.5pt "Times New Roman", "Liberation Serif", serif; color: #4d5a68; white-space: nowrap;'
MANDATORY = ("unchecked",)  # a memo without this section says less than is known


@cache
def _text(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text("utf-8").strip()


def style() -> str:
    """The memo's own style sheet."""
    return _text("memo.css")


def running(view: View, language: str = "vi") -> str:
    """The rules for head and foot of every printed page: draft, report, hash of the input, page n of all."""
    name = PurePath(view.document.path).name
    name = name if len(name) <= _NAME else f"{name[:_NAME]}…"
    where = " · ".join(x for x in (capital(view.audit.header.ward)[:_NAME], name) if x)
    foot = f"{where} · SHA-256 {view.document.sha256[:16]}…"
    count = say("memo.page_of", n="\0", all="\1").in_language(language)
    first, _, rest = count.partition("\0")
    between, _, last = rest.partition("\1")
    pages = f"{_css(first)} counter(page) {_css(between)} counter(pages) {_css(last)}"
    draft = _css(say("memo.draft").in_language(language))
    return (
        f"@page {{ @top-left {{ content: {draft}; {_SMALL} }} @bottom-left {{ content: {_css(foot)}; {_SMALL} }} "
        f"@bottom-right {{ content: {pages}; {_SMALL} }} }}"
    )


def _css(text: str) -> str:
    """Text as a CSS string in which every character but plain letters, digits and blanks is escaped."""
    return '"' + re.sub(r"[^A-Za-z0-9 ]", lambda c: f"\\{ord(c.group()):x} ", visible(text)) + '"'


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=2 * len(SECTIONS))  # a notebook shows what the memo made from it shows again
def _body(section: MemoSection, view: View, language: str, pictures: Pictures) -> Markup:
    env = environment(language)
    macros: Any = env.get_template("macros.html.j2").module
    values = section.values(view)
    return Markup(  # the template escapes every value; see evidence.environment
        env.get_template(f"{section.name}.html.j2").render(
            values,
            run=view.run,
            ran_at=moment(view.run.ran_at),
            items=view.items,
            pictures=pictures,
            chart=macros.chart,
            quote=macros.quote,
            verdict=macros.verdict,
        )
    )


@cache
def _headed(language: str) -> Template:
    return environment(language).from_string("<h2>{{ title }}</h2>\n{{ body }}")


def fragment(name: str, view: View, language: str = "vi") -> str:
    """One section with its heading, as escaped HTML without script or style. KeyError for an unknown name."""
    section = {s.name: s for s in SECTIONS}[name]
    return _headed(language).render(
        title=say(f"memo_section.{name}").in_language(language), body=_body(section, view, language, NONE)
    )


def page(view: View, language: str = "vi", names: Sequence[str] | None = None) -> str:
    """The whole memo as one HTML file. `names` picks and orders sections (default: all); what could not be
    checked is always among them."""
    chosen = [s.name for s in SECTIONS] if names is None else list(dict.fromkeys(names))
    chosen += [name for name in MANDATORY if name not in chosen]
    known = {s.name: s for s in SECTIONS}
    env = environment(language)
    header = view.audit.header
    ward = capital(header.ward)
    subject = " · ".join(x for x in (ward, header.number, period_text(header.period)) if x)
    shared = [(p, view.document.quote(p.span)) for p in view.shelf if len(p.findings) > 1]
    macros: Any = env.get_template("macros.html.j2").module
    body = env.get_template("source.html.j2").render(
        source=source(view.document, view.shelf, {s.span.start: s.span.end for s in view.audit.sections}),
        items=view.items,
        figures=macros.figures,
        label=say("memo.table").in_language(language),
    )
    styled = style() + running(view, language)
    return env.get_template("page.html.j2").render(
        title=" – ".join(x for x in (say("memo.title").in_language(language), ward) if x),
        subject=tight(subject),
        sections=_numbered([known[name] for name in chosen], view, language, pictures_of(view)),
        source_body=Markup(body),  # escaped by its template
        shared=shared,
        items=view.items,
        run=view.run,
        ran_at=moment(view.run.ran_at),
        tally=tally(view),
        document=view.document,
        style=Markup(styled),  # our own file, and words as CSS escapes
        script=Markup(_text("memo.js")),  # our own file
        style_hash=_hash(styled),
        script_hash=_hash(_text("memo.js")),
    )


def _numbered(
    sections: Sequence[MemoSection], view: View, language: str, pictures: Pictures
) -> list[dict[str, Any]]:
    out, number = [], 0
    for section in sections:
        number += section.numbered
        out.append(
            {
                "name": section.name,
                "number": number if section.numbered else None,
                "title": say(f"memo_section.{section.name}").in_language(language),
                "body": _body(section, view, language, pictures),
            }
        )
    return out
