"""Tables that lie are refused with their place, as diaries are."""

import pytest

from counterpoint.cli import main
from unit.cohort.malformed import MALFORMED

READ_ALIKE = {"--couple", "--member", "--day", "--members", "--range"}
"""Options that both commands know; a diary made bad through another one is not ours."""

OURS = [
    bad
    for bad in MALFORMED
    if {option.partition("=")[0] for option in bad.options if option.startswith("--")} <= READ_ALIKE
]


@pytest.mark.parametrize("bad", OURS, ids=lambda bad: bad.name)
def test_says_where_and_why(bad, tmp_path, capsys):
    path = tmp_path / f"table{bad.suffix}"
    bad.make(path)
    scale = () if "--range" in bad.options else ("--range", "0,100")
    with pytest.raises(SystemExit) as stopped:
        main(["apim", str(path), "--outcome", "near", "--predictor", "steady", "--day", "day",
              *scale, *bad.options])  # fmt: skip
    printed = capsys.readouterr()
    assert stopped.value.code == 2
    assert printed.out == ""
    assert printed.err.startswith(f"counterpoint: {path}")
    assert printed.err.count("\n") == 1
    assert bad.reason in printed.err
    if bad.line is not None:
        assert f", line {bad.line}" in printed.err
    if bad.column is not None:
        assert f", column {bad.column}: " in printed.err


def test_there_are_enough_of_them():
    assert len(OURS) >= 30
