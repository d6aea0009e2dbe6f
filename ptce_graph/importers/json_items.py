"""The items of a JSON file, one after the other, without the whole of it in memory.

An array, an object that holds one (a page of an API), or JSON lines; a file of
JSON lines may hold pages. Nothing in an item is looked at here.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _

if TYPE_CHECKING:
    from ptce_graph.progress import Progress

_CHUNK = 1 << 20
#: No thing that a register describes is longer; what is, is no list of them.
_LONGEST = 1 << 26
_BLANKS = " \t\r\n\ufeff"


class NotReadError(ValueError):
    """An item that is no JSON: ``str`` says why."""


def json_items(
    path: Path, names: tuple[str, ...], progress: Progress | None = None
) -> Iterator[Any]:
    """Each item of the file, in order; a line that is no JSON comes as a ``NotReadError``.

    ``names`` are the keys under which an object may hold the list. ``progress``
    is told how many bytes are read. Raises
    ``CallError`` where the file is no JSON, or breaks off inside a list.
    """
    try:
        with path.open("rb") as file:
            text = _Text(file, _teller(path, progress))
            yield from _items(text, names)
    except OSError as error:
        raise CallError(
            _("{file} cannot be read: {reason}.").format(file=path.name, reason=error.strerror)
        ) from error
    except (_BrokenError, RecursionError, UnicodeDecodeError) as error:
        raise CallError(
            _("{file} is no JSON after character {position}: {reason}").format(
                file=path.name, position=text.position, reason=getattr(error, "msg", "") or error
            ),
            _("Fetch the file again: it may have broken off."),
        ) from error


def _teller(path: Path, progress: Progress | None) -> Callable[[int], None]:
    """What is told how many bytes of the file are read."""
    if progress is None:
        return lambda _done: None
    size, words = path.stat().st_size, _("reading {file}").format(file=path.name)
    return lambda done: progress(words, done, size)


class _BrokenError(ValueError):
    """The text of the file is no JSON, or ends inside an item."""


class _Text:
    """A file as text that grows as it is asked for and is forgotten as it is read."""

    def __init__(self, file: IO[bytes], tell: Callable[[int], None]) -> None:
        self._file, self._tell = file, tell
        start = file.read(4)
        file.seek(0)
        name = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        self._decode = codecs.getincrementaldecoder(name)().decode
        self._decoder = json.JSONDecoder()
        self.text = ""
        self.at = 0
        self._before = 0
        self._ended = False

    @property
    def position(self) -> int:
        return self._before + self.at

    def grow(self) -> bool:
        """Read on, twice as much as there is; whether anything came."""
        if self._ended:
            return False
        size = max(_CHUNK, len(self.text) - self.at)
        if size > _LONGEST:
            raise _BrokenError(_("an item is longer than {n} characters").format(n=_LONGEST))
        data = self._file.read(size)
        self._ended = not data
        self._tell(self._file.tell())
        self.text = self.text[self.at :] + self._decode(data, not data)
        self._before += self.at
        self.at = 0
        return bool(data)

    def peek(self) -> str:
        """The next character that is no blank, or nothing at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in _BLANKS:
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.grow():
                return ""

    def value(self) -> Any:
        """The JSON value that stands next."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self.text, self.at)
                # A number may go on after the end of what was read.
                if end < len(self.text) or not self.grow():
                    self.at = end
                    return value
            except json.JSONDecodeError as error:
                if error.pos < len(self.text) - 16 and self.text[error.pos] not in '"':
                    raise _BrokenError(error.msg) from error
                if not self.grow():
                    raise _BrokenError(error.msg) from error
            except ValueError as error:
                # A number of more digits than Python reads.
                raise _BrokenError(str(error)) from error

    def line(self) -> str:
        """What is left of the line."""
        while "\n" not in self.text[self.at :] and self.grow():
            pass
        end = self.text.find("\n", self.at)
        end = len(self.text) if end < 0 else end
        line, self.at = self.text[self.at : end], end
        return line


def _items(text: _Text, names: tuple[str, ...]) -> Iterator[Any]:
    first = text.peek()
    if first == "[":
        yield from _array(text)
        if text.peek():
            raise _BrokenError(_("something follows the list"))
        return
    if first != "{":
        raise _BrokenError(_("it starts neither with [ nor with {brace}").format(brace="{"))
    held = re.compile(rf'"(?:{"|".join(map(re.escape, names))})"\s*:\s*(?=\[)')
    while text.peek():
        before = held.search(text.text, text.at)
        if before and text.text.count("{", text.at, before.start()) == 1:
            text.at = before.end()
            yield from _array(text)
            _rest_of_page(text)
        else:
            yield from _line(text, names)


def _rest_of_page(text: _Text) -> None:
    """What an object tells after its list: the number of pages and the like."""
    while text.peek() == ",":
        text.at += 1
        text.value()
        if text.peek() != ":":
            raise _BrokenError(_("a colon is missing after a key"))
        text.at += 1
        text.value()
    if text.peek() != "}":
        raise _BrokenError(_("an object is not closed"))
    text.at += 1


def _array(text: _Text) -> Iterator[Any]:
    text.at += 1
    if text.peek() == "]":
        text.at += 1
        return
    while True:
        yield text.value()
        following = text.peek()
        if following == "]":
            text.at += 1
            return
        if following != ",":
            raise _BrokenError(_("a comma or ] is missing after an item"))
        text.at += 1


def _line(text: _Text, names: tuple[str, ...]) -> Iterator[Any]:
    """The value of a line; an object may go over several. A wrong line does not hide the next."""
    start = text.position
    try:
        value = text.value()
    except _BrokenError as error:
        if text.position == start and not text.line():
            return
        yield NotReadError(str(error))
        return
    page = value if isinstance(value, dict) else {}
    held = next((page[name] for name in names if isinstance(page.get(name), list)), None)
    yield from [value] if held is None else held
