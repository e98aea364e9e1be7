"""Truce files: loading, and every problem of a file with its line and its mend.

A file is composed to YAML nodes first, so that each problem knows the line it stands on, and held against
the types of `trucewatch.model.truce`: shape, codes, and what hangs together. Dates stay as they were written.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import inspect as shapes

from trucewatch.errors import TruceError, UsageError
from trucewatch.model import PLOVER_TYPES, Act, Amendment, Area, Body, Party, Term, Truce
from trucewatch.rules.loader import load as load_rules
from trucewatch.truces.acts import tag_names
from trucewatch.truces.areas import polygons

LARGEST = 200_000  # characters; no deal comes near it

# Modes of PLOVER 2.0 (openeventdata/PLOVER, manual of 2024-02-04). Types that are not named have none.
MODES: dict[str, tuple[str, ...]] = {
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize",
        "restrict",
        "censor",
        "curfew",
        "martial-law",
        "arrest",
        "deport",
        "withhold",
        "misinformation",
        "cyber",
    ),
    "ASSAULT": (
        "abduct",
        "beat",
        "torture",
        "sexual",
        "targeted",
        "destroy",
        "primitive",
        "firearms",
        "explosives",
        "suicide-attack",
        "aerial",
        "drone",
        "heavy-weapons",
        "crowd-control",
        "unconventional",
    ),
}
DEFENCES = ("self_defence", "excluded_target")
PROTECTED = ("parties", "civilians")


class Problem(msgspec.Struct, frozen=True, order=True):
    """One thing wrong in a truce file: the line (from 1), where in the file, what, and what to do."""

    line: int
    path: str
    message: str
    mend: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.path}: {self.message} ({self.mend})"


class _Loader(yaml.SafeLoader):
    """Safe YAML without anchors; dates and yes/no words stay text."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not used here", problem_mark=mark)
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


# ------------------------------------------------------------------------------------------- the verbs


def load(source: str | Path, folder: Path | None = None) -> Truce:
    """The truce of a file, given by its path, or by its text (anything with a line end). A text may name files of
    a `folder` only where one is given.

    Raises TruceError with the file, the line, what is wrong and how to mend it.
    """
    name, text = _text_of(source)
    problems, plain = _examine(text)
    if problems:
        first, rest = problems[0], len(problems) - 1
        more = f"; {rest} more problem{'s' * (rest > 1)} in this file" if rest else ""
        raise TruceError(
            "truce_invalid",
            f"{first.path}: {first.message}{more}",
            place=f"{name}:{first.line}",
            mend=first.mend,
        )
    return _with_shapes(msgspec.convert(plain, Truce), _folder(source, name, folder))


def check(source: str | Path, folder: Path | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with a truce file, in order of the lines; empty when it loads (see `load`)."""
    name, text = _text_of(source)
    problems, plain = _examine(text)
    if not problems:
        try:
            _with_shapes(msgspec.convert(plain, Truce), _folder(source, name, folder))
        except TruceError as problem:
            return (Problem(1, "truce.area.geojson", problem.message, problem.mend),)
    return problems


def _folder(source: str | Path, name: str, folder: Path | None) -> Path | None:
    return folder if isinstance(source, str) and "\n" in source else Path(name).parent


def _with_shapes(truce: Truce, folder: Path | None) -> Truce:
    """The truce with each `geojson` file name replaced by the text of that file."""

    def filled(area: Area) -> Area:
        return msgspec.structs.replace(area, geojson=_shape(folder, area.geojson)) if area.geojson else area

    parties = tuple(
        msgspec.structs.replace(party, area=filled(party.area)) if party.area else party
        for party in truce.parties
    )
    return msgspec.structs.replace(truce, area=filled(truce.area), parties=parties)


def _shape(folder: Path | None, name: str) -> str:
    """The text of a file beside the truce file: one elsewhere is none of a truce's business."""
    try:
        if folder is None or not (folder / name).resolve().is_relative_to(folder.resolve()):
            raise ValueError("it does not lie beside the truce file")
        text = (folder / name).read_text("utf-8")
        polygons(text)
    except (OSError, ValueError) as problem:
        raise TruceError(
            "truce_geojson",
            f"{name}: {problem}",
            place=name,
            mend="name a GeoJSON file with polygons, beside the truce file",
        ) from problem
    return text


@cache
def registered() -> tuple[str, ...]:
    """The ids of the deals that the package ships, sorted."""
    return tuple(
        sorted(
            item.name.removesuffix(".yaml") for item in _register().iterdir() if item.name.endswith(".yaml")
        )
    )


def text_of(truce_id: str) -> str:
    """The file of a deal of the register, as it was written; UsageError as in `get`."""
    get(truce_id)
    text: str = (_register() / f"{truce_id}.yaml").read_text("utf-8")
    return text


@cache
def get(truce_id: str) -> Truce:
    """A deal of the register by its id; UsageError names the ones there are."""
    if truce_id not in registered():
        near = difflib.get_close_matches(truce_id, registered(), 1)
        raise UsageError(
            "unknown_truce",
            f"no truce {truce_id!r} in the register",
            mend=f"did you mean {near[0]}?" if near else f"one of: {', '.join(registered())}",
        )
    return load((_register() / f"{truce_id}.yaml").read_text("utf-8"))


def _register() -> Any:
    return files("trucewatch.truces") / "register"


def _text_of(source: str | Path) -> tuple[str, str]:
    if isinstance(source, str) and "\n" in source:
        return "truce", source[: LARGEST + 1]
    path = Path(source)
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as problem:
        raise TruceError(
            "truce_unreadable",
            problem.strerror or str(problem),
            place=str(path),
            mend="give the path of a readable truce file",
        ) from problem
    try:
        return str(path), raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise TruceError(
            "truce_encoding",
            f"not UTF-8 at byte {problem.start}",
            place=str(path),
            mend="save the file as UTF-8",
        ) from problem


def _examine(text: str) -> tuple[tuple[Problem, ...], Any]:
    if len(text) > LARGEST:
        return (
            Problem(1, "file", f"longer than {LARGEST} characters", "a truce file is a page or two"),
        ), None
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is None:
            return (Problem(1, "file", "empty", "see the truce format in the documentation"),), None
        problems = tuple(sorted(set(_walk(root, shapes.type_info(Truce), "truce"))))
        return problems, None if problems else loader.construct_document(root)
    except (yaml.YAMLError, RecursionError, ValueError) as problem:
        mark = getattr(problem, "problem_mark", None)
        message = getattr(problem, "problem", None) or str(problem).splitlines()[0]
        return (Problem(mark.line + 1 if mark else 1, "file", f"not YAML: {message}", "mend the YAML"),), None


# ---------------------------------------------------------------------------------------------- shape


def _walk(node: yaml.Node, shape: shapes.Type, path: str) -> Iterator[Problem]:
    """Problems of a node that should have this shape."""
    if isinstance(shape, shapes.UnionType):
        yield from _walk(node, _branch(node, shape), path)
    elif isinstance(shape, shapes.StructType):
        yield from _walk_mapping(node, shape, path)
    elif isinstance(shape, shapes.VarTupleType):
        if not isinstance(node, yaml.SequenceNode):
            yield _problem(node, path, "should be a list", "write it as [a, b] or as lines that start with -")
            return
        for number, item in enumerate(node.value):
            yield from _walk(item, shape.item_type, f"{path}[{number}]")
    elif isinstance(shape, shapes.LiteralType):
        if _scalar(node) not in shape.values:
            known = ", ".join(str(v) for v in shape.values)
            yield _problem(node, path, f"{_shown(node)} is not known here", f"one of: {known}")
    elif isinstance(shape, shapes.NoneType):
        if not _is_null(node):
            yield _problem(node, path, "should be empty", "leave it out")
    elif not isinstance(node, yaml.ScalarNode) or _is_null(node) or not node.value.strip():
        yield _problem(node, path, "should be text", "write a word or a quoted text")


def _branch(node: yaml.Node, shape: shapes.UnionType) -> shapes.Type:
    """The alternative of a union that a node can only have been meant for."""

    def fits(option: shapes.Type) -> bool:
        if isinstance(option, shapes.NoneType):
            return _is_null(node)
        if isinstance(option, shapes.VarTupleType):
            return isinstance(node, yaml.SequenceNode)
        if isinstance(option, shapes.StructType):
            return isinstance(node, yaml.MappingNode)
        return isinstance(node, yaml.ScalarNode) and not _is_null(node)

    others = [option for option in shape.types if not isinstance(option, shapes.NoneType)]
    return next((option for option in shape.types if fits(option)), others[0])


def _walk_mapping(node: yaml.Node, shape: shapes.StructType, path: str) -> Iterator[Problem]:
    if not isinstance(node, yaml.MappingNode):
        yield _problem(node, path, "should be a mapping", "write it as key: value")
        return
    fields = {field.encode_name: field for field in shape.fields}
    given: dict[str, yaml.Node] = {}
    for key_node, value in node.value:
        key = _scalar(key_node) or ""
        where = f"{path}.{key}"
        if key in given:
            yield _problem(key_node, where, "stands twice", "keep one of the two")
        elif key not in fields:
            near = difflib.get_close_matches(key, fields, 1)
            yield _problem(
                key_node,
                where,
                f"unknown key {key!r}",
                f"did you mean {near[0]}?" if near else f"one of: {', '.join(fields)}",
            )
        else:
            found = list(_walk(value, fields[key].type, where))
            yield from found
            if not found and (shape.cls, key) in _FIELD_CHECKS and not _is_null(value):
                yield from _FIELD_CHECKS[shape.cls, key](value, where)
        given.setdefault(key, value)
    for key, field in fields.items():
        if field.required and key not in given:
            yield _problem(node, path, f"{key} is missing", f"add {key}: …")
    if shape.cls in _WHOLE_CHECKS:
        yield from _WHOLE_CHECKS[shape.cls](node, given, path)


def _problem(node: yaml.Node, path: str, message: str, mend: str) -> Problem:
    return Problem(node.start_mark.line + 1, path, message, mend)


def _scalar(node: yaml.Node | None) -> str | None:
    return node.value if isinstance(node, yaml.ScalarNode) else None


def _is_null(node: yaml.Node) -> bool:
    return node.tag == "tag:yaml.org,2002:null"


def _shown(node: yaml.Node) -> str:
    return repr(node.value) if isinstance(node, yaml.ScalarNode) else "this"


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _entries(node: yaml.Node | None) -> dict[str, yaml.Node]:
    return {_scalar(k) or "": v for k, v in node.value} if isinstance(node, yaml.MappingNode) else {}


# ----------------------------------------------------------------------- codes, and what hangs together


def _one_of(known: tuple[str, ...], what: str) -> Callable[[yaml.Node, str], Iterator[Problem]]:
    def examine(node: yaml.Node, path: str) -> Iterator[Problem]:
        for item in _items(node) or [node]:
            value = _scalar(item) or ""
            if value not in known:
                near = difflib.get_close_matches(value, known, 1)
                hint = f"did you mean {near[0]}? " if near else ""
                yield _problem(item, path, f"unknown {what} {value!r}", f"{hint}one of: {', '.join(known)}")

    return examine


def _country(node: yaml.Node, path: str) -> Iterator[Problem]:
    for item in _items(node) or [node]:
        if _scalar(item) not in country_codes():
            yield _problem(
                item, path, f"unknown country {_shown(item)}", "an ISO 3166-1 alpha-3 code such as SYR"
            )


def _broker(node: yaml.Node, path: str) -> Iterator[Problem]:
    for item in _items(node):
        value = _scalar(item) or ""
        if (
            re.fullmatch("[A-Z]{3}", value)
            and value not in country_codes()
            and value not in ("LAS", "GCC", "ISM")
        ):
            yield _problem(
                item,
                path,
                f"unknown country {value!r}",
                "an ISO 3166-1 alpha-3 code, or the name of an organisation",
            )


def _date(node: yaml.Node, path: str) -> Iterator[Problem]:
    try:
        dt.date.fromisoformat(_scalar(node) or "")
    except ValueError:
        yield _problem(node, path, f"{_shown(node)} is no date", "write it as 2016-02-27")


def _moment(node: yaml.Node, path: str) -> Iterator[Problem]:
    try:
        moment(_scalar(node) or "")
    except ValueError:
        yield _problem(
            node,
            path,
            f"{_shown(node)} is no date-time with an offset",
            "write it as 2016-02-27T00:00:00+02:00, local time with its offset from UTC",
        )


def moment(text: str) -> dt.datetime:
    """A date-time with an offset; ValueError when it is none."""
    value = dt.datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(text)
    return value


def _slug(node: yaml.Node, path: str) -> Iterator[Problem]:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", _scalar(node) or ""):
        yield _problem(node, path, f"{_shown(node)} cannot be an id", "letters, digits, - _ and . only")


def _act(node: yaml.Node, given: dict[str, yaml.Node], path: str) -> Iterator[Problem]:
    kind, mode = _scalar(given.get("type")), _scalar(given.get("mode"))
    if ("type" in given) == ("tag" in given):
        yield _problem(
            node, path, "an act is either a type or a tag", "write {type: ASSAULT} or {tag: seize_territory}"
        )
    if mode and kind in PLOVER_TYPES and mode not in MODES.get(kind, ()):
        modes = MODES.get(kind, ())
        near = difflib.get_close_matches(mode, modes, 1)
        yield _problem(
            given["mode"],
            f"{path}.mode",
            f"{kind} has no mode {mode!r}",
            (f"did you mean {near[0]}? " if near else "")
            + (f"one of: {', '.join(modes)}" if modes else "leave the mode out"),
        )
    if mode and not kind:
        yield _problem(
            given["mode"], f"{path}.mode", "a mode needs a type", "add type: …, or take the mode away"
        )


def _truce(_node: yaml.Node, given: dict[str, yaml.Node], path: str) -> Iterator[Problem]:
    parties = [_entries(p) for p in _items(given.get("parties"))]
    ids = [_scalar(p.get("id")) or "" for p in parties]
    for key in ("parties", "terms"):
        seen: set[str] = set()
        if key in given and isinstance(given[key], yaml.SequenceNode) and not given[key].value:
            yield _problem(given[key], f"{path}.{key}", "is empty", "a truce binds somebody to something")
        for number, item in enumerate(_items(given.get(key))):
            name = _scalar(_entries(item).get("id")) or ""
            if name in seen:
                yield _problem(
                    item, f"{path}.{key}[{number}].id", f"{name!r} stands twice", "give each its own id"
                )
            seen.add(name)
    yield from _parties_of_terms(_items(given.get("terms")), ids, f"{path}.terms")
    known = {_scalar(_entries(t).get("id")) for t in _items(given.get("terms"))}
    for number, item in enumerate(_items(given.get("amendments"))):
        where, entries = f"{path}.amendments[{number}]", _entries(item)
        yield from _parties_of_terms(_items(entries.get("terms")), ids, f"{where}.terms")
        for lapsed in _items(entries.get("lapsed")):
            if _scalar(lapsed) not in known:
                terms = ", ".join(sorted(filter(None, known)))
                yield _problem(lapsed, f"{where}.lapsed", f"unknown term {_shown(lapsed)}", f"one of: {terms}")
        known |= {_scalar(_entries(t).get("id")) for t in _items(entries.get("terms"))}
    start, end = _when(given.get("effective")), _when(given.get("ends"))
    if start and end and end <= start:
        yield _problem(given["ends"], f"{path}.ends", "lies before the start", "mend `effective` or `ends`")


def _parties_of_terms(terms: list[yaml.Node], ids: list[str], path: str) -> Iterator[Problem]:
    """Problems of `by` and `against` that name no party of the truce."""
    for number, term in enumerate(terms):
        entries = _entries(term)
        for key in ("by", "against"):
            for item in _items(entries.get(key)):
                if _scalar(item) not in ids:
                    mend = f"one of: {', '.join(ids)}"
                    yield _problem(item, f"{path}[{number}].{key}", f"unknown party {_shown(item)}", mend)


def _term(node: yaml.Node, given: dict[str, yaml.Node], path: str) -> Iterator[Problem]:
    if isinstance(given.get("acts"), yaml.SequenceNode) and not _items(given.get("acts")):
        yield _problem(node, f"{path}.acts", "is empty", "name at least one act")
    if _scalar(given.get("kind")) == "prohibits" and _items(given.get("breached_by")):
        yield _problem(
            given["breached_by"],
            f"{path}.breached_by",
            "a prohibition is breached by its acts",
            "put them under acts",
        )


def _when(node: yaml.Node | None) -> dt.datetime | None:
    try:
        return moment(_scalar(node) or "")
    except ValueError:
        return None


@cache
def country_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-3 codes."""
    return frozenset(load_rules("countries", dict[str, Any]))


_FIELD_CHECKS: dict[tuple[type, str], Callable[[yaml.Node, str], Iterator[Problem]]] = {
    (Truce, "id"): _slug,
    (Party, "id"): _slug,
    (Term, "id"): _slug,
    (Truce, "signed"): _date,
    (Party, "joined"): _date,
    (Truce, "effective"): _moment,
    (Truce, "ends"): _moment,
    (Party, "effective"): _moment,
    (Amendment, "date"): _date,
    (Amendment, "ends"): _moment,
    (Truce, "brokers"): _broker,
    (Area, "countries"): _country,
    (Body, "country"): _country,
    (Truce, "protected"): _one_of(PROTECTED, "protected group"),
    (Term, "defences"): _one_of(DEFENCES, "defence"),
    (Act, "type"): _one_of(PLOVER_TYPES, "PLOVER type"),
    (Act, "tag"): _one_of(tag_names(), "act tag"),
}
_WHOLE_CHECKS: dict[type, Callable[[yaml.Node, dict[str, yaml.Node], str], Iterator[Problem]]] = {
    Act: _act,
    Term: _term,
    Truce: _truce,
}
