"""What appears, appears whole."""

import pytest

from counterpoint.cohort.replacing import refuse_occupied, replaced_file, replaced_folder
from counterpoint.errors import DataError


def test_a_file_appears_at_the_end(tmp_path):
    path = tmp_path / "deep" / "file.csv"
    with replaced_file(path) as part:
        part.write_text("new")
        assert not path.exists()
    assert path.read_text() == "new"
    assert [entry.name for entry in path.parent.iterdir()] == ["file.csv"]


def test_a_file_stays_as_it_was_when_something_fails(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("old")
    with pytest.raises(TypeError), replaced_file(path) as part:
        part.write_text(b"half")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file.csv"]


def test_a_folder_appears_at_the_end_and_replaces_the_one_before(tmp_path):
    folder = tmp_path / "deep" / "out"
    for content in ("first", "second"):
        with replaced_folder(folder) as part:
            (part / content).touch()
            assert content == "second" or not folder.exists()
        assert [entry.name for entry in folder.iterdir()] == [content]
    assert [entry.name for entry in folder.parent.iterdir()] == ["out"]


def test_a_folder_stays_as_it_was_when_something_fails(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "old").touch()
    with pytest.raises(TypeError), replaced_folder(folder) as part:
        (part / "half").write_text(b"half")
    assert [entry.name for entry in folder.iterdir()] == ["old"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_folders_made_on_the_way_go_again(tmp_path):
    with pytest.raises(RuntimeError), replaced_folder(tmp_path / "a" / "b" / "out"):
        raise RuntimeError
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_said(tmp_path):
    with (
        pytest.raises(DataError, match="could not be written: No space left"),
        replaced_folder(tmp_path / "out"),
    ):
        raise OSError(28, "No space left on device")
    assert not list(tmp_path.iterdir())


def test_an_occupied_folder_is_refused(tmp_path):
    ours = ("couples.csv",)
    refuse_occupied(tmp_path / "new", force=False, ours=ours)
    refuse_occupied(tmp_path, force=False, ours=ours)
    (tmp_path / "couples.csv").touch()
    with pytest.raises(DataError, match="already holds results; --force"):
        refuse_occupied(tmp_path, force=False, ours=ours)
    refuse_occupied(tmp_path, force=True, ours=ours)
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(DataError, match=r"holds other things, such as thesis\.docx"):
        refuse_occupied(tmp_path, force=True, ours=ours)
    with pytest.raises(DataError, match="this is a file"):
        refuse_occupied(tmp_path / "thesis.docx", force=True, ours=ours)


def test_a_name_that_no_disk_takes_is_said(tmp_path):
    endless = tmp_path / ("x" * 400)
    with pytest.raises(DataError, match="File name too long"):
        refuse_occupied(endless, force=False, ours=())
    with pytest.raises(DataError, match="File name too long"), replaced_file(endless):
        pass
