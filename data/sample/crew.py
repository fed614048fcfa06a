"""The sample's sixty agents: fictitious people with teams, skills, contracts and availability."""

from __future__ import annotations

import numpy as np

from ..messages import text
from ..people import Agent
from .shifts import FLEX, FULL, LATE, PART

Availability = tuple[tuple[int, int] | tuple[()] | None, ...]

# (hanzi, pinyin)
_SURNAMES = (
    ("王", "Wang"), ("李", "Li"), ("张", "Zhang"), ("刘", "Liu"), ("陈", "Chen"), ("杨", "Yang"),
    ("黄", "Huang"), ("赵", "Zhao"), ("吴", "Wu"), ("周", "Zhou"), ("徐", "Xu"), ("孙", "Sun"),
    ("马", "Ma"), ("朱", "Zhu"), ("胡", "Hu"), ("郭", "Guo"), ("何", "He"), ("林", "Lin"),
    ("高", "Gao"), ("罗", "Luo"), ("郑", "Zheng"), ("梁", "Liang"), ("谢", "Xie"), ("宋", "Song"),
    ("唐", "Tang"), ("许", "Xu"), ("韩", "Han"), ("冯", "Feng"), ("邓", "Deng"), ("曹", "Cao"),
)  # fmt: skip
_GIVEN_NAMES = (
    ("静", "Jing"), ("敏", "Min"), ("磊", "Lei"), ("洋", "Yang"), ("婷", "Ting"), ("雪", "Xue"),
    ("浩然", "Haoran"), ("子涵", "Zihan"), ("欣怡", "Xinyi"), ("宇轩", "Yuxuan"),
    ("梦琪", "Mengqi"), ("思远", "Siyuan"), ("佳慧", "Jiahui"), ("俊杰", "Junjie"),
    ("晓彤", "Xiaotong"), ("志强", "Zhiqiang"), ("雨桐", "Yutong"), ("文博", "Wenbo"),
    ("丽华", "Lihua"), ("建国", "Jianguo"), ("诗涵", "Shihan"), ("嘉豪", "Jiahao"),
    ("慧敏", "Huimin"), ("天宇", "Tianyu"), ("若曦", "Ruoxi"), ("海涛", "Haitao"),
    ("春燕", "Chunyan"), ("一鸣", "Yiming"), ("可欣", "Kexin"), ("明哲", "Mingzhe"),
)  # fmt: skip

_PHONE, _CHAT, _EMAIL = frozenset({"phone"}), frozenset({"chat"}), frozenset({"email"})

# (team, skills, contract, agents): four teams of fifteen.
_TEAMS = (
    ("plum", _PHONE, FULL, 8),
    ("plum", _PHONE, FLEX, 3),
    ("plum", _PHONE, PART, 4),
    ("orchid", _PHONE, FULL, 4),
    ("orchid", _PHONE, FLEX, 1),
    ("orchid", _PHONE, PART, 2),
    ("orchid", _PHONE | _CHAT, FULL, 4),
    ("orchid", _PHONE | _CHAT, FLEX, 3),
    ("orchid", _PHONE | _CHAT, PART, 1),
    ("bamboo", _CHAT, FULL, 6),
    ("bamboo", _CHAT, FLEX, 1),
    ("bamboo", _CHAT, LATE, 4),
    ("bamboo", _CHAT, PART, 4),
    ("aster", _EMAIL | _CHAT, FULL, 4),
    ("aster", _EMAIL | _CHAT, FLEX, 1),
    ("aster", _EMAIL | _CHAT, PART, 1),
    ("aster", _EMAIL, FULL, 2),
    ("aster", _EMAIL, FLEX, 1),
    ("aster", _EMAIL, PART, 1),
    ("aster", _PHONE | _CHAT, FULL, 2),
    ("aster", _PHONE | _CHAT, FLEX, 1),
    ("aster", _PHONE | _CHAT, PART, 1),
    ("aster", _CHAT, FLEX, 1),
)
TEAM_LEADER_COST = 54.0

_ANY_TIME: Availability = (None,) * 7
_STUDENT: Availability = (*((17 * 60, 24 * 60),) * 5, None, None)
_PARENT: Availability = (*((8 * 60 + 30, 15 * 60 + 30),) * 5, (), (9 * 60, 15 * 60))
_HOME_BY_EIGHT: Availability = ((8 * 60, 20 * 60),) * 7
_NOT_ON_WEDNESDAY: Availability = (None, None, (), None, None, None, None)


def draw_crew(language: str, rng: np.random.Generator) -> tuple[Agent, ...]:
    """Sixty agents, A001 to A060, the first of each team its leader.

    Names are in Chinese characters in Chinese, else in pinyin; e-mail addresses use the reserved
    domain example.com."""
    pinyin = not language.startswith("zh")
    names = _draw_names(sum(count for *_, count in _TEAMS), rng)
    agents: list[Agent] = []
    seen: dict[str, int] = {}
    leaders: set[str] = set()
    for team, skills, contract, count in _TEAMS:
        for _ in range(count):
            (surname, surname_pinyin), (given, given_pinyin) = names[len(agents)]
            turn = seen.get(contract, 0)
            seen[contract] = turn + 1
            agents.append(
                Agent(
                    id=f"A{len(agents) + 1:03d}",
                    name=f"{surname_pinyin} {given_pinyin}" if pinyin else surname + given,
                    contract=contract,
                    skills=skills,
                    team=text(f"sample.team.{team}", language),
                    availability=_availability(contract, turn),
                    hourly_cost=None if team in leaders else TEAM_LEADER_COST,
                    email=f"{given_pinyin}.{surname_pinyin}@example.com".lower(),
                )
            )
            leaders.add(team)
    return tuple(agents)


def _draw_names(
    count: int, rng: np.random.Generator
) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Every surname and given name equally often; whole names differ in pinyin too, so that the
    addresses do."""
    found: dict[tuple[str, str], tuple[tuple[str, str], tuple[str, str]]] = {}
    while len(found) < count:
        surnames = rng.permutation(len(_SURNAMES)).tolist()
        given_names = rng.permutation(len(_GIVEN_NAMES)).tolist()
        for i, j in zip(surnames, given_names, strict=True):
            surname, given = _SURNAMES[i], _GIVEN_NAMES[j]
            found.setdefault((surname[1], given[1]), (surname, given))
    return list(found.values())[:count]


def _availability(contract: str, turn: int) -> Availability:
    """Part-timers study or have children; a few full-timers are bound too."""
    if contract == PART:
        return (_PARENT, _STUDENT, _ANY_TIME)[turn % 3]
    if contract == FULL and turn % 8 == 3:
        return _HOME_BY_EIGHT
    if contract == FLEX and turn % 5 == 2:
        return _NOT_ON_WEDNESDAY
    return _ANY_TIME
