"""Scales, frameworks and tools as plain data, for keeping, sending and hashing."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from audit_app.frameworks.framework import Area, Framework, LimitingRule
from audit_app.frameworks.scale import Level, Scale
from audit_app.frameworks.tool import Agency, Criterion, QualityView, Question, Reason, Section, Tool


def scale_as_data(scale: Scale) -> dict[str, Any]:
    """A scale as plain data that JSON can hold."""
    return _entries(scale)


def framework_as_data(framework: Framework) -> dict[str, Any]:
    """A framework as plain data that JSON can hold."""
    return _entries(framework)


def tool_as_data(tool: Tool) -> dict[str, Any]:
    """A tool as plain data that JSON can hold."""
    return _entries(tool)


def content_hash(content: Mapping[str, Any]) -> str:
    """The SHA-256 of plain data written one way only: keys sorted, no spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()


def scale_from_data(content: Mapping[str, Any]) -> Scale:
    """The scale that was kept as plain data."""
    return Scale(content["key"], content["name"], tuple(Level(**level) for level in content["levels"]))


def framework_from_data(content: Mapping[str, Any]) -> Framework:
    """The framework that was kept as plain data."""
    until = content["effective_to"]
    return Framework(
        **{
            **content,
            "effective_from": date.fromisoformat(content["effective_from"]),
            "effective_to": None if until is None else date.fromisoformat(until),
            "scale": scale_from_data(content["scale"]),
            "areas": tuple(Area(**area) for area in content["areas"]),
            "limiting": _limiting(content["limiting"]),
        }
    )


def tool_from_data(content: Mapping[str, Any]) -> Tool:
    """The tool that was kept as plain data."""
    quality = content["quality"]
    return Tool(
        **{
            **content,
            "scale": scale_from_data(content["scale"]),
            "sections": tuple(_section(section) for section in content["sections"]),
            "limiting": _limiting(content["limiting"]),
            "agencies": tuple(Agency(**agency) for agency in content.get("agencies", ())),
            "reasons": tuple(Reason(**reason) for reason in content["reasons"]),
            "quality": QualityView(
                scale_from_data(quality["scale"]), tuple(Criterion(**criterion) for criterion in quality["criteria"])
            ),
        }
    )


def _section(content: Mapping[str, Any]) -> Section:
    """The section that was kept as plain data."""
    return Section(
        **{
            **content,
            "applies_to": tuple(content["applies_to"]),
            "questions": tuple(Question(**question) for question in content["questions"]),
        }
    )


def _limiting(content: list[dict[str, Any]]) -> tuple[LimitingRule, ...]:
    """The limiting rules that were kept as plain data."""
    return tuple(LimitingRule(**{**rule, "sections": tuple(rule["sections"])}) for rule in content)


def _entries(thing: Any) -> dict[str, Any]:
    """What a value says, entry by entry; entries that came later are left out where they say nothing."""
    said = {field: getattr(thing, field.name) for field in fields(thing)}
    return {f.name: _plain(value) for f, value in said.items() if value or not f.metadata.get("written_if_said")}


def _plain(value: Any) -> Any:
    """One value, and whatever it holds, as plain data."""
    if is_dataclass(value):
        return _entries(value)
    if isinstance(value, Mapping):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, tuple):
        return [_plain(held) for held in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
