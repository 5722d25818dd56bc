"""Reports read with their annexes, forms and earlier reports: exactly what disagrees is raised."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from papers import cases, names

from cchc_audit.audit import audit_report
from cchc_audit.messages import number
from cchc_audit.model import Verdict

CASES: list[dict[str, Any]] = cases("dossiers.yaml")
MARK = re.compile(r"«([^|»]*)\|([^»]*)»")
RAISED = {Verdict.CONTRADICTED, Verdict.IMPOSSIBLE}


def raised(case: dict[str, Any], folder: Path, side: int) -> set[str]:
    """The contradictions as "kind: figure figure", the digits of a figure as people write them."""

    def put(name: str, text: str) -> Path:
        path = folder / name
        path.write_text(MARK.sub(lambda m: m.group(side), text), encoding="utf-8")
        return path

    beside = [put(n, t) for n, t in case.get("with", {}).items()]
    before = [put(n, t) for n, t in case.get("previous", {}).items()]
    found = audit_report(put("bao-cao.txt", case["report"]), previous=before, with_files=beside)
    return {
        f"{f.claim.kind.value}: " + " ".join(t.text or number(t.written.value) for t in f.claim.terms if t.written)
        for f in found.findings
        if f.verdict in RAISED
    }


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_exactly_what_disagrees_is_raised(case: dict[str, Any], tmp_path: Path) -> None:
    assert raised(case, tmp_path, 1) == set()
    assert raised(case, tmp_path, 2) == set(case["raised"])
