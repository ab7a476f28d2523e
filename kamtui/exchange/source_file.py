"""The file that an import reads: opened more than once, whole or from a pipe, with its encoding known."""

import codecs
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from kamtui.domain.errors import BadFile, BadInput, why_not
from kamtui.language import gettext as _

STDIN = "-"
_BLOCK = 1 << 20
_SAMPLE = 1 << 18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class SourceFile:
    """A file in hand, rewound before each reading. `label` is what sentences call it, `size` its bytes."""

    def __init__(self, label: str, handle: IO[bytes], encoding: str | None) -> None:
        self.label = label
        self.handle = handle
        self.size = handle.seek(0, 2)
        self.encoding = self._known(encoding) if encoding else self._found()

    @contextmanager
    def text(self) -> Iterator[TextIOWrapper]:
        """The file as text from its start, line ends as they are. Raises `BadFile` where the encoding is another."""
        self.handle.seek(0)
        wrapper = TextIOWrapper(self.handle, encoding=self.encoding, newline="")
        try:
            yield wrapper
        except UnicodeError:
            raise BadFile(
                _("{file}: the text is not {encoding}. Nothing was imported; give another --encoding.").format(
                    file=self.label, encoding=self.encoding
                )
            ) from None
        finally:
            wrapper.detach()

    def place(self) -> int:
        """How many bytes have been read."""
        return self.handle.tell()

    def _known(self, encoding: str) -> str:
        try:
            "".encode(encoding)
            return codecs.lookup(encoding).name
        except (LookupError, ValueError):
            raise BadInput(
                _("--encoding: there is no encoding {name}. Write utf-8, gb18030, windows-1252, utf-16 …").format(
                    name=encoding
                ),
                field="encoding",
            ) from None

    def _found(self) -> str:
        self.handle.seek(0)
        start = self.handle.read(_SAMPLE)
        if not start:
            raise BadFile(_("{file}: the file is empty. Nothing was imported.").format(file=self.label))
        for mark, encoding in _MARKS:
            if start.startswith(mark):
                return encoding
        if start.count(0) > len(start) // 4:
            raise BadFile(self._not_text(start))
        decoder = codecs.getincrementaldecoder("utf-8")()
        block, at = start, 0
        try:
            while block:
                decoder.decode(block)
                at += len(block)
                block = self.handle.read(_BLOCK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            self.handle.seek(max(0, at + error.start - _SAMPLE // 2))
            raise BadFile(self._unsure(start + self.handle.read(_SAMPLE))) from None
        return "utf-8"

    def _not_text(self, start: bytes) -> str:
        if len(start) > 3 and start[1::2].count(0) > len(start) // 3:
            return self._propose("utf-16-le")
        if len(start) > 3 and start[0::2].count(0) > len(start) // 3:
            return self._propose("utf-16-be")
        return _("{file}: this is not a text file. Nothing was imported; save the table as CSV.").format(
            file=self.label
        )

    def _unsure(self, sample: bytes) -> str:
        from charset_normalizer import from_bytes

        if sample.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"%PDF")):
            return self._not_text(b"")
        guess = from_bytes(sample[:_SAMPLE]).best()
        if guess is None:
            return _(
                "{file}: the text is not UTF-8, and what it is cannot be told. Nothing was imported; give --encoding."
            ).format(file=self.label)
        name = guess.encoding
        # Windows writes gb18030 under older names; the newest reads them all.
        return self._propose("gb18030" if name in {"gb2312", "gbk", "cp936", "hz"} else name.replace("_", "-"))

    def _propose(self, encoding: str) -> str:
        return _(
            "{file}: the text is not UTF-8, it looks like {guess}. Nothing was imported; if that is right, give "
            "--encoding {guess}."
        ).format(file=self.label, guess=encoding)


@contextmanager
def open_source(name: str, *, encoding: str | None = None) -> Iterator[SourceFile]:
    """Opens the file to import; `-` is stdin. What cannot be rewound is kept in a nameless file meanwhile.

    Raises `BadFile`, and `BadInput` for an encoding that there is not.
    """
    label = "stdin" if name == STDIN else name
    if not name:
        raise BadFile(_missing(name))
    with ExitStack() as stack:
        try:
            if name == STDIN:
                handle: IO[bytes] = sys.stdin.buffer
            elif Path(name).is_dir():
                raise BadFile(
                    _("{file}: this is a folder. Nothing was imported; name the file in it.").format(file=label)
                )
            else:
                handle = stack.enter_context(Path(name).open("rb"))
            if name == STDIN or not stat.S_ISREG(os.fstat(handle.fileno()).st_mode):
                spool = stack.enter_context(tempfile.TemporaryFile(prefix="kamtui-"))
                shutil.copyfileobj(handle, spool)
                handle = spool
            source = SourceFile(label, handle, encoding)
        except FileNotFoundError:
            raise BadFile(_missing(label)) from None
        except (OSError, ValueError) as error:
            raise BadFile(_unreadable(label, error)) from None
        yield source


def _missing(name: str) -> str:
    return _("There is no file “{file}”. Nothing was imported.").format(file=name)


def _unreadable(label: str, error: Exception) -> str:
    return _("{file}: the file cannot be read ({why}). Nothing was imported.").format(file=label, why=why_not(error))
