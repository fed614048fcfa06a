"""The table in a Parquet file, as text like every other table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from ..errors import Problems
from .raw_table import RawTable, TableSource, raw_table, tidy_headings


def open_parquet(path: Path, problems: Problems) -> TableSource | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        schema = pq.read_schema(path)
    except (pa.ArrowInvalid, OSError):
        problems.add("input.damaged", file=path.name)
        return None
    headings = tidy_headings(list(schema.names))

    def body(problems: Problems) -> RawTable | None:
        try:
            table = pq.read_table(path)
            columns = {i: _texts(table.column(i)) for i in range(len(headings))}
        except (pa.ArrowException, OSError):
            problems.add("input.damaged", file=path.name)
            return None
        rows = np.arange(table.num_rows, dtype=np.int64) + 2
        return raw_table(path.name, headings, pd.DataFrame(columns), rows)

    return TableSource(path.name, headings, body)


def _texts(column: object) -> pd.Series[str]:
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pc.fill_null(pc.cast(column, pa.large_string()), "")
    return pd.Series(texts.to_pandas(), dtype=str)
