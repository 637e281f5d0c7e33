"""Makes a pay table of a Parquet file with DuckDB: paytable.py FILE GROUPING,GROUPING."""

import csv
import math
import sys

import duckdb

file, by = sys.argv[1], sys.argv[2].split(",")

# A posting in several cities counts in each, one in none in the group unknown.
GROUPS = {
    "label": "coalesce(label, 'unknown')",
    "function": "coalesce(function, 'unknown')",
    "company": "coalesce(company, 'unknown')",
    "month": "coalesce(month, 'undated')",
    "city": "unnest(CASE WHEN len(city) > 0 THEN list_distinct(city) ELSE ['unknown'] END)",
}
SIDES = ("low", "mid", "high")
QUANTILES = {"p25": 0.25, "median": 0.5, "p75": 0.75}
FEWEST = 5  # figures of fewer offers stay blank

counts = "pay_kind = 'offer' AND pay_currency = 'INR' AND NOT pay_suspect " \
    "AND (pay_annual_low IS NOT NULL OR pay_annual_high IS NOT NULL)"
offers = ", ".join(f"CASE WHEN {counts} THEN pay_annual_{s} END AS {s}" for s in SIDES)
figures = ", ".join(
    f"count({s}), quantile_cont({s}, {list(QUANTILES.values())})" for s in SIDES)


def rows(names):
    """Gives the groups with their counts and quantiles; all postings for no names."""
    groups = "".join(f"{GROUPS[name]} AS g{i}, " for i, name in enumerate(names))
    shown = "".join(f"g{i}, " for i in range(len(names)))
    return duckdb.execute(f"""
        WITH p AS (SELECT {groups} vacancy, {counts} AS states, {offers} FROM read_parquet(?))
        SELECT {shown} count(*), count(DISTINCT vacancy), count(*) FILTER (states), {figures}
        FROM p {'GROUP BY ALL ORDER BY ALL' if names else ''}""", [file]).fetchall()


def write(out, groups, values):
    """Writes a row as jobsieve writes it."""
    cells = list(values[:3])
    for n, quantiles in zip(values[3::2], values[4::2]):
        cells.append(n)
        cells += ["" if n < FEWEST else math.floor(q + 0.5) for q in quantiles or QUANTILES]
    out.writerow(list(groups) + cells)


duckdb.execute("SET enable_progress_bar = false")  # it would be drawn into the table
columns = [f"{s}_{c}" for s in SIDES for c in ("n", *QUANTILES)]
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(by + ["postings", "vacancies", "stating_pay"] + columns)
for row in rows(by):
    write(out, row[:len(by)], row[len(by):])
write(out, ["total"] + [""] * (len(by) - 1), rows([])[0])
