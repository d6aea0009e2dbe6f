"""How far long work has come: the one shape of function that is told."""

from __future__ import annotations

from collections.abc import Callable

#: Told what is done, how far, and of how much; it is done where both are equal.
Progress = Callable[[str, int, int], None]
