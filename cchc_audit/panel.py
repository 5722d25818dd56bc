"""The review panel of a notebook: the report with its figures marked beside the findings to decide on.

The panel is a view of a `Desk`. Every act is in the inspector's file before the panel says so; nothing
lives in the widget alone. What is typed and not yet saved stays in the browser until then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from .decisions import Act, NotSavedError
from .desk import Desk, open_report
from .display import verdict_word
from .errors import AuditError
from .messages import say
from .model import Audit, Message, Span
from .panel_view import source_lines, view_of, words
from .plan import Source
from .review import DecisionError, in_words
from .workspace import find

_HERE = Path(__file__).parent


class Panel(anywidget.AnyWidget):
    """Shows a desk and carries out what is clicked. `language` is "vi" or "en".

    With `choices` the page lets one go from report to report: each name opens a desk.
    """

    _esm = _HERE / "panel.js"
    _css = _HERE / "panel.css"

    language = traitlets.Unicode("vi").tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    reports: traitlets.List[Any] = traitlets.List().tag(sync=True)
    report = traitlets.Unicode().tag(sync=True)
    place = traitlets.Unicode().tag(sync=True)
    source: traitlets.List[Any] = traitlets.List().tag(sync=True)
    indicators: traitlets.List[Any] = traitlets.List().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        desk: Desk,
        language: str = "vi",
        *,
        choices: Mapping[str, Callable[[], Desk]] | None = None,
        chosen: str = "",
    ) -> None:
        self.desk, self.choices = desk, choices or {}
        super().__init__(
            language=language,
            words=words(language),
            reports=list(self.choices),
            report=chosen,
            **_shown(desk, language),
        )
        self.on_msg(self._on_request)

    def _on_request(self, _widget: object, request: dict[str, Any], _buffers: object) -> None:
        self.send(self.answer(request))

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Carry out one request of the page and say how it went; the view is up to date on return."""
        answer: dict[str, Any] = {"id": request.get("id"), "ok": True, "said": ""}
        try:
            before = {f.id: verdict_word(f) for f in self.desk.audit.findings}
            said = self._carry_out(request) or _turned(before, self.desk.audit)
            answer["said"] = said.in_language(self.language) if said else ""
        except NotSavedError as error:
            answer |= {
                "ok": False,
                "kept": error.kept is not None,
                "error": error.message.in_language(self.language),
            }
        except DecisionError as error:
            answer |= {"ok": False, "error": error.message.in_language(self.language)}
        except AuditError as error:
            answer |= {"ok": False, "error": str(error)}
        except Exception as error:
            answer |= {
                "ok": False,
                "error": say("panel.broken", reason=f"{type(error).__name__}: {error}").in_language(
                    self.language
                ),
            }
        self.view = view_of(self.desk, self.language)
        return answer

    def _open(self, name: str) -> None:
        """Show another report; the page keeps the present one when that cannot be read."""
        self.desk = self.choices[name]()
        with self.hold_sync():
            self.report = name
            for trait, value in _shown(self.desk, self.language).items():
                setattr(self, trait, value)

    def _carry_out(self, request: dict[str, Any]) -> Message | None:
        if request["act"] == "open":
            self._open(str(request["report"]))
            return say("panel.opened", name=self.report)
        desk, reason = self.desk, str(request.get("reason") or "")
        value = request.get("value")
        span = Span(*map(int, request["span"])) if "span" in request else Span(0, 0)
        unit, indicator = str(request.get("unit") or ""), str(request.get("indicator") or "")
        match Act(request["act"]) if request["act"] != "refresh" else None:
            case None:
                desk.refresh()
            case Act.ACCEPT:
                desk.accept(request["finding"], reason)
            case Act.DISMISS:
                desk.dismiss(request["finding"], reason)
            case Act.ASK:
                desk.ask(request["finding"], reason)
            case Act.MISREAD:
                desk.misread(span, value, reason, indicator=indicator)
            case Act.ADD:
                desk.add(span, str(value), unit, indicator, reason)
            case Act.BIND:
                desk.bind(span, indicator, reason)
            case Act.UNDO:
                undone = desk.undo()
                return say("panel.undone", text=in_words(undone)) if undone else say("panel.nothing_to_undo")
        return None


def _shown(desk: Desk, language: str) -> dict[str, Any]:
    """The traits that belong to one report. Drafts are kept by `place`: by inspector, report and file."""
    subject = desk.subject
    place = f"{desk.folder.resolve()} {desk.who} {subject.ward} {subject.period} {subject.name}"
    labels = sorted([i.label.in_language(language), i.id] for i in desk.indicators)
    return {
        "place": sha256(place.encode()).hexdigest()[:16],
        "source": source_lines(desk.audit.document),
        "indicators": labels,
        "view": view_of(desk, language),
    }


def open_panel(
    report: str = "",
    *,
    previous: Sequence[str] = (),
    with_files: Sequence[str] = (),
    rules: str = "",
    who: str = "",
    language: str = "vi",
) -> Panel:
    """The panel for a report of the workspace around the present folder, by name or the first.

    Annexes named after a report are read with it. Unless earlier reports or annexes are given by hand, which
    belong to one report alone, the page lists the other reports too. Raises WorkspaceError outside a
    workspace, ReadError and ConfigError as `desk.open_report` does.
    """
    work = find()
    book = work.rules(rules) if rules else None
    by_hand = {
        "previous": [work.report(p) for p in previous],
        "with_files": [work.report(p) for p in with_files],
    }
    path = work.report(report)

    def opener(source: Source) -> Callable[[], Desk]:
        given = by_hand if any(by_hand.values()) else {"with_files": list(source.annexes)}
        return lambda: open_report(source.path, rules=book, decisions=work.decisions, who=who, **given)

    known = {source.name: source for source in work.sources}
    chosen = (
        next((name for name, source in known.items() if source.path.samefile(path)), "")
        if path.exists()
        else ""
    )
    desk = opener(known.get(chosen, Source(path.name, path)))()
    choices = {} if any(by_hand.values()) or not chosen else {name: opener(s) for name, s in known.items()}
    return Panel(desk, language, choices=choices, chosen=chosen)


def _turned(before: dict[str, Message], audit: Audit) -> Message | None:
    """What checking again changed, in one sentence; None when nothing did."""
    after = {f.id: verdict_word(f) for f in audit.findings}
    gone, fresh = len(before.keys() - after.keys()), len(after.keys() - before.keys())
    turned = [(before[i], after[i]) for i in before.keys() & after.keys() if before[i] != after[i]]
    if len(turned) == 1 and not gone and not fresh:
        return say("panel.turned_one", before=turned[0][0], after=turned[0][1])
    if turned or gone or fresh:
        return say("panel.turned", turned=len(turned), gone=gone, fresh=fresh)
    return None
