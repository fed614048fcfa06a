from pathlib import Path

from benchmarks.required_agents import measure


def test_agents_are_compared_with_the_reference(tmp_path: Path) -> None:
    # 0.85 erlang on two agents: a quarter wait (P = 0.2535), of whom 93 % longer than 20 s, so that
    # 76.5 % are answered in time: three are needed. 850 erlangs at most 85 % busy take 1,000; the
    # last reference is wrong on purpose.
    cases = tmp_path / "cases.csv"
    cases.write_text("load_erl,required_agents\n0.85,3\n850,1000\n850,999\n")
    said = measure(cases, runs=2)
    assert (said["loads"], said["mismatches"]) == (3, 1)
    assert 0 < said["erlang_c_seconds_least"] <= said["erlang_c_seconds_most"]
