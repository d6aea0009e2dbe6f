"""Ways to spoil a copy of the tiny project, and how its problems are compared."""

from __future__ import annotations


def replaced(relative, old, new):
    """``old``, which must stand once in the file, becomes ``new``."""

    def spoil(folder):
        path = folder / relative
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} must stand once in {relative}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return spoil


def added(relative, text):
    """``text`` comes after the last line of the file."""

    def spoil(folder):
        path = folder / relative
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return spoil


def written(relative, data):
    """The file holds ``data`` and nothing else; its folder is made where there is none."""

    def spoil(folder):
        path = folder / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)

    return spoil


def told(problem):
    """File, row, column, value and nearest valid value."""
    return (problem.file, problem.row, problem.column, problem.value, problem.nearest)
