"""Which part of a name is the family's: other systems ask for given and family name apart."""

from __future__ import annotations

import re

FAMILY_FIRST = frozenset({"CN", "HK", "HU", "JP", "KP", "KR", "MO", "TW", "VN"})
"""Countries in which the family name is written first."""

COMPOUND = re.compile(
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|夏侯|诸葛|尉迟|赫连|澹台|皇甫|宗政|濮阳|申屠|公孙|慕容|"
    "钟离|长孙|宇文|司徒|鲜于|司空|令狐|"
    "歐陽|司馬|東方|獨孤|南宮|諸葛|尉遲|赫連|澹臺|濮陽|公孫|鍾離|長孫|鮮于"
)
"""Chinese family names of two characters; all others have one."""

HAN = re.compile(r"[\u3400-\u9fff]{2,4}")


def split_name(name: str, family: str = "", *, family_first: bool = False) -> tuple[str, str]:
    """(given, family) parts of a person's name.

    `family` is what is known of it. Without that it is the first word or the last, as
    `family_first` says; of Chinese characters written together the first, or a compound name. Any
    other name of one word is all given.
    """
    name = " ".join(name.split())
    if family and is_at_an_end(name, family):
        size = len(family)
        first = name[:size].casefold() == family.casefold()
        own, rest = (name[:size], name[size:]) if first else (name[-size:], name[:-size])
        return rest.strip(" ,"), own
    if " " in name:
        one, other = name.split(" ", 1) if family_first else name.rsplit(" ", 1)
        return (other, one) if family_first else (one, other)
    if HAN.fullmatch(name):
        size = 2 if COMPOUND.match(name) and len(name) > 2 else 1
        return name[size:], name[:size]
    return name, ""


def is_at_an_end(name: str, family: str) -> bool:
    """Whether a name begins or ends with a family name, and has more than that."""
    whole, part = name.casefold(), family.casefold()
    return len(whole) > len(part) and (whole.startswith(part) or whole.endswith(part))
