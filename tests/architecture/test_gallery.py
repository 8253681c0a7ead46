"""The gallery for reviewers shows every picture that was taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from gallery import sort_pictures, write_gallery


def test_every_picture_is_shown_once_in_the_order_of_looks(tmp_path: Path) -> None:
    names = ("today-phone-light", "today-desktop-dark", "two-with-a-card-phone-dark",
             "lab_?pair=x&y-phone-light", "today-phone-forced-dark",
             "today.de-phone-light")  # fmt: skip
    for name in names:
        (tmp_path / f"{name}.png").touch()
    pages = sort_pictures(tmp_path)
    assert set(pages) == {"today", "two-with-a-card", "lab_?pair=x&y"}
    assert set(pages["today"]) == {
        "phone-light",
        "desktop-dark",
        "phone-forced-dark",
        "phone-light de",
    }
    page = write_gallery(tmp_path).read_text(encoding="utf-8")
    assert page.count("<img ") == len(names)
    assert 'src="lab_%3Fpair%3Dx%26y-phone-light.png"' in page
    assert "pictures: en, de</h1>" in page
    assert page.index("today, phone-light") < page.index("today, desktop-dark")


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="make shots"):
        write_gallery(tmp_path)
