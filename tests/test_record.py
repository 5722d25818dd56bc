"""`audit.json`: exact both ways, and as its published schema says."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import fabricate
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_audit import record
from cchc_audit.model import Audit

RUN = record.Run("0.1.0", "2024-07-10T00:00:00+00:00", "rules.yaml", "ab" * 32, power=record.Power(200, 171, 7))
PUBLISHED = Path(__file__).parents[1] / "docs" / "audit.schema.json"
AUDITS = {"full": fabricate.audit, "hostile": fabricate.hostile, "empty": fabricate.empty}


@pytest.mark.parametrize("name", AUDITS)
def test_an_audit_comes_back_as_it_went(name: str) -> None:
    audit: Audit = AUDITS[name]()
    assert record.from_json(json.loads(record.dumps(audit, RUN))) == (audit, RUN)


@pytest.mark.parametrize("name", AUDITS)
def test_the_published_schema_describes_it(name: str) -> None:
    schema = json.loads(PUBLISHED.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(record.dumps(AUDITS[name](), RUN)))


def test_the_published_schema_is_the_one_of_this_code() -> None:
    assert json.loads(PUBLISHED.read_text("utf-8")) == record.schema()


def test_the_schema_refuses_a_float_and_an_unknown_key() -> None:
    validator = jsonschema.Draft202012Validator(record.schema())
    data = json.loads(record.dumps(fabricate.audit(), RUN))
    data["audit"]["findings"][0]["claim"]["terms"][0]["written"]["value"] = 1874.0
    assert list(validator.iter_errors(data))
    data = json.loads(record.dumps(fabricate.audit(), RUN))
    data["audit"]["extra"] = 1
    assert list(validator.iter_errors(data))


@given(st.fractions())
def test_digits_are_exact(value: Fraction) -> None:
    assert Fraction(record.digits(value)) == value


def test_half_a_surrogate_pair_in_a_file_name_is_still_json() -> None:
    from dataclasses import replace

    audit = fabricate.audit()
    audit = replace(audit, document=replace(audit.document, path="b\udcffo.txt"))
    text = record.dumps(audit, RUN)
    assert record.from_json(json.loads(text.encode("utf-8")))[0] == audit


def test_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="not a record"):
        record.from_json({"schema": "cchc-audit/check/1"})
