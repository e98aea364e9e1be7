"""The JSON form of values: one line, field names of the contract, nothing silently dropped."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from trucewatch.model.reading import Reading

_encoder = msgspec.json.Encoder()
_reading_decoder = msgspec.json.Decoder(Reading)

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """The value as plain dicts, lists and scalars."""
    return msgspec.to_builtins(value)


def from_json(kind: type[T], plain: Any) -> T:
    """The value of `kind` that plain JSON data stands for; raises msgspec.ValidationError."""
    return msgspec.convert(plain, kind)


def dumps(value: Any) -> str:
    """The value as one line of JSON, without a line end."""
    return _encoder.encode(value).decode("utf-8")


def loads_reading(line: str | bytes) -> Reading:
    """The reading that one line of JSON holds; raises msgspec.DecodeError or ValidationError."""
    return _reading_decoder.decode(line)
