"""Alpha of many groups at once is the alpha of each."""

from __future__ import annotations

import numpy as np

from hrkit.measure import alpha, alpha_by_group


def test_each_group_has_its_own_alpha() -> None:
    rng = np.random.default_rng(5)
    values = np.clip(np.rint(rng.normal(3, 1, (60, 1)) + rng.normal(0, 0.8, (60, 4))), 1, 5)
    values[3, 1] = values[40, 2] = np.nan
    codes = np.repeat([0, 1, 2, -1], 15)
    table = alpha_by_group(values, codes, 4)
    for code in range(3):
        one = alpha(values[codes == code])
        assert np.allclose(
            table.loc[code, ["value", "low", "high"]].to_numpy(dtype=float),
            [one.value, one.low, one.high],
            atol=1e-12,
        )
        assert table.loc[code, "n"] == one.n
    assert table.loc[3].isna().sum() == 3


def test_constant_answers_have_no_alpha() -> None:
    table = alpha_by_group(np.full((6, 3), 4.0), np.zeros(6, dtype=int))
    assert table["value"].isna().all()
