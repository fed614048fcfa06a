"""Given and family name: known, told from the order, or from Chinese characters."""

from __future__ import annotations

import pytest
from shiftcast.data.person_names import split_name


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Zheng Jianguo", "Jianguo", "Zheng"),
        ("Nguyễn Văn An", "Văn An", "Nguyễn"),
        ("Ouyang  Na", "Na", "Ouyang"),
        ("郑建国", "建国", "郑"),
        ("李娜", "娜", "李"),
        ("欧阳娜娜", "娜娜", "欧阳"),
        ("司马", "马", "司"),
        ("买买提·艾力", "买买提·艾力", ""),
        ("Jianguo", "Jianguo", ""),
    ],
)
def test_family_first(name: str, first: str, last: str) -> None:
    assert split_name(name, family_first=True) == (first, last)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Ada Lovelace", "Ada", "Lovelace"),
        ("Mary Ann Evans", "Mary Ann", "Evans"),
        ("郑建国", "建国", "郑"),
        ("Ada", "Ada", ""),
    ],
)
def test_given_first(name: str, first: str, last: str) -> None:
    assert split_name(name) == (first, last)


@pytest.mark.parametrize(
    ("name", "family", "first", "last"),
    [
        ("Vincent van Gogh", "van Gogh", "Vincent", "van Gogh"),
        ("VAN GOGH, Vincent", "van Gogh", "Vincent", "VAN GOGH"),
        ("Jianguo Zheng", "Zheng", "Jianguo", "Zheng"),
        ("尉迟恭", "尉", "迟恭", "尉"),
        ("田中太郎", "田中", "太郎", "田中"),
    ],
)
def test_what_is_known_goes_first(name: str, family: str, first: str, last: str) -> None:
    assert split_name(name, family, family_first=True) == (first, last)
