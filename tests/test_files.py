"""Files: whole or not at all, through links, never in place of what is no file."""

from __future__ import annotations

import os
import threading

import pytest

from ptce_graph.files import write_whole

posix = pytest.mark.skipif(os.name == "nt", reason="links and pipes of Unix")


def test_a_file_is_written_with_its_folders(tmp_path):
    write_whole(tmp_path / "a" / "b.txt", "é\n")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"\xc3\xa9\n"
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["b.txt"]


@posix
@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_a_link(tmp_path, there):
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    if there:
        target.write_text("old", "utf-8")
    link.symlink_to(target)
    write_whole(link, "new")
    assert link.is_symlink()
    assert target.read_text("utf-8") == "new"


@posix
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")))
    reader.start()
    write_whole(pipe, "through")
    reader.join(10)
    assert read == ["through"]
    assert pipe.is_fifo()


@posix
def test_the_mode_of_a_file_is_kept(tmp_path):
    path = tmp_path / "private"
    path.write_text("old", "utf-8")
    path.chmod(0o600)
    write_whole(path, "new")
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_error_names_the_path_that_was_given(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    wrong = tmp_path / "file" / "x.txt"
    with pytest.raises(OSError) as raised:
        write_whole(wrong, "text")
    assert raised.value.filename == str(wrong)
    with pytest.raises(IsADirectoryError if os.name != "nt" else OSError) as raised:
        write_whole(tmp_path, "text")
    assert raised.value.filename == str(tmp_path)
    long = tmp_path / ("n" * 300)
    with pytest.raises(OSError) as raised:
        write_whole(long, "text")
    assert raised.value.filename == str(long)


def test_a_name_of_the_greatest_length_can_be_written(tmp_path):
    path = tmp_path / ("n" * 250 + ".txt")
    write_whole(path, "text")
    assert path.read_text("utf-8") == "text"


@posix
def test_links_that_lead_to_each_other_are_an_os_error(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OSError) as raised:
        write_whole(tmp_path / "a", "text")
    assert raised.value.filename == str(tmp_path / "a")


def test_a_write_that_fails_leaves_the_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "x.txt"
    path.write_text("old", "utf-8")

    def stop(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(type(path), "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, "new")
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
