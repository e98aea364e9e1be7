"""Loads rule files: YAML under `rules/data`, each rule with an id, examples and counter-examples."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
import yaml

from trucewatch.errors import RuleError

T = TypeVar("T")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(name: str, kind: type[T]) -> T:
    """The content of `rules/data/<name>.yaml` as `kind`; unknown keys and wrong types are a RuleError."""
    place = f"rules/data/{name}.yaml"
    try:
        plain: Any = yaml.load((files("trucewatch.rules") / "data" / f"{name}.yaml").read_text("utf-8"), _Loader)
        return msgspec.convert(plain, kind)
    except yaml.YAMLError as problem:
        raise RuleError("rule_syntax", str(problem), place=place, mend="mend the YAML") from problem
    except msgspec.ValidationError as problem:
        raise RuleError("rule_shape", str(problem), place=place, mend="see the rule types in rules/") from problem


@cache
def rules_version() -> str:
    """A short hash over all rule files: two readings with the same version used the same rules."""
    import hashlib

    digest = hashlib.sha256()
    root = files("trucewatch.rules") / "data"
    pending = [root]
    while pending:
        for item in sorted(pending.pop().iterdir(), key=lambda i: i.name):
            if item.is_dir():
                pending.append(item)
            elif item.name.endswith((".yaml", ".csv")):
                digest.update(item.name.encode() + b"\0" + item.read_bytes())
    return digest.hexdigest()[:12]
