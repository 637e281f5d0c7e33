"""Checks the exports of a folder, and makes tables again from them as analysts would, to
compare them with the JSON of the program's own. usage: postings.py FOLDER REPORTS.md

Prints a JSON object for each check: table, opened, cells (how many were compared) and
fault, or null.
"""
import json
import math
import os
import sys

import duckdb
import pandas
import pyarrow
import pyarrow.parquet

from tables import DOCUMENTED, Table, blank, compare, frame

MONTHS = 12
LEAST = 5  # the fewest values that figures are given for
ENTRY = (9000 * MONTHS, 15000 * MONTHS)  # rupees a year


class Exports:
    """The exports of a folder."""

    def __init__(self, folder, document):
        self.folder, self.document = folder, document
        self.parquet = pandas.read_parquet(f"{folder}/postings.parquet")
        self.plain = lines(f"{folder}/plain.jsonl")
        self.observed = lines(f"{folder}/observed.jsonl")
        low, high = self.parquet.pay_annual_low, self.parquet.pay_annual_high
        self.parquet["countable"] = (
            (self.parquet.pay_kind == "offer") & (self.parquet.pay_currency == "INR")
            & ~self.parquet.pay_suspect & (low.notna() | high.notna())
        )

    def made(self, name, by, row):
        """Compares a table, made again, with the program's."""
        table = Table(self.folder, name)
        rows = [values + row(group) for values, group in groups(self.parquet, by)]
        total = ["total"] + [None] * (len(by) - 1) + row(self.parquet)
        return compare(table, table.columns, rows + [total], table.whole)


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def groups(postings, by):
    """The groups of postings: in each of several places a posting counts."""
    for name in by:
        postings = postings.explode(name) if name == "city" else postings
        postings = postings.fillna({name: "undated" if name == "month" else "unknown"})
    for values, group in postings.groupby(by):
        yield list(values), group


def share(part, whole):
    return math.floor(part / whole * 1e4 + 0.5) / 1e4 if whole else 0.0


def quantiles(values, divisor, *at):
    """How many values there are, and their quantiles in whole rupees."""
    values = values.dropna()
    if len(values) < LEAST:
        return [len(values)] + [None] * len(at)
    return [len(values)] + [math.floor(values.quantile(q) / divisor + 0.5) for q in at]


def pay(period):
    divisor = {"year": 1, "month": MONTHS}[period]

    def row(group):
        paid = group[group.countable]
        begins = paid.pay_annual_low.fillna(paid.pay_annual_high)
        entry = share(int(begins.between(*ENTRY).sum()), len(paid)) if len(paid) >= LEAST else None
        return [
            len(group), group.vacancy.nunique(), len(paid), share(len(paid), len(group)),
            int((group.pay_kind == "estimate").sum()), int((group.pay_kind == "unpaid").sum()), period,
            *quantiles(paid.pay_annual_low, divisor, 0, 0.25, 0.5, 0.75),
            *quantiles(paid.pay_annual_mid, divisor, 0.1, 0.25, 0.5, 0.75, 0.9),
            *quantiles(paid.pay_annual_high, divisor, 0.25, 0.5, 0.75, 1), entry,
        ]

    return row


def disclosure(group):
    kinds, stating = group.pay_kind.value_counts(), int(group.countable.sum())
    kind = lambda name: int(kinds.get(name, 0))
    return [
        len(group), stating, share(stating, len(group)), kind("offer") - stating, kind("estimate"), kind("unpaid"),
        kind("undisclosed"), kind("none"),
    ]


def types(exports):
    """The columns have the types that the fields are of."""
    lists = "list<element: string not null>"
    wanted = {
        "score": "double", "pay_min": "double", "pay_annual_low": "int64", "pay_annual_high": "int64",
        "pay_annual_mid": "double", "experience_min": "double", "openings": "int64", "pay_suspect": "bool",
        "outsourced": "bool", "title": "string", "posted": "string", "city": lists, "place": lists, "criteria": lists,
        "languages": lists,
    }
    schema = pyarrow.parquet.read_schema(f"{exports.folder}/postings.parquet")
    got = {name: str(schema.field(name).type) for name in wanted}
    assert got == wanted, f"the types are {got}, want {wanted}"
    with duckdb.connect() as connection:
        found = connection.execute(f"describe select * from '{exports.folder}/postings.parquet'").fetchall()
    named = {name: kind for name, kind, *_ in found}
    got = [named[name] for name in ("pay_annual_low", "pay_annual_mid", "pay_suspect", "city", "title")]
    assert got == ["BIGINT", "DOUBLE", "BOOLEAN", "VARCHAR[]", "VARCHAR"], f"DuckDB's types are {got}"
    return len(wanted) + len(got)


def postings(exports):
    """Parquet has the postings of the JSON lines, with the same values."""
    cells = 0
    assert len(exports.parquet) == len(exports.plain), f"{len(exports.parquet)} rows, want {len(exports.plain)}"
    for row, posting in zip(exports.parquet.to_dict("records"), exports.plain):
        pay, facts, verdict = posting["pay"], posting["facts"], posting["verdict"]
        wanted = {name: posting[name] for name in (
            "id", "source", "url", "title", "company", "location", "experience", "salary", "skills", "description",
            "label", "function", "labelled_by",
        )} | {
            "score": verdict["score"], "criteria": verdict["criteria"], "outsourced": verdict["outsourced"],
            "reason": verdict["reason"], "pay_kind": pay["kind"], "pay_min": pay["min"], "pay_max": pay["max"],
            "pay_currency": pay["currency"], "pay_annual_low": pay["annual_min"], "pay_suspect": pay["suspect"],
            "pay_annual_high": pay["annual_max"], "city": distinct(facts, "city"), "state": distinct(facts, "state"),
            "experience_min": facts["experience"]["min"], "openings": facts["openings"], "shift": facts["shift"],
            "languages": facts["languages"], "posted_stated": facts["posted"], "language": facts["language"],
        }
        cells += same(posting["id"], row, wanted)
    return cells


def distinct(facts, name):
    return list(dict.fromkeys(place[name] for place in facts["places"] if place[name]))


def same(of, row, wanted):
    """Compares values of a row of Parquet with those that are wanted, an empty text with null."""
    for name, want in wanted.items():
        got = list(row[name]) if isinstance(want, list) else None if blank(row[name]) else row[name]
        want = None if want == "" else want
        assert got == want, f"{of}: {name} is {got!r}, want {want!r}"
    return len(wanted)


def observed_lines(exports):
    """JSON lines with what is observed are the others, and what Parquet has of it."""
    cells = 0
    for row, posting, plain in zip(exports.parquet.to_dict("records"), exports.observed, exports.plain, strict=True):
        cells += same(posting["id"], row, posting.pop("observed"))
        assert posting == plain, f"{posting['id']} differs from the plain export"
    return cells


def observed_csv(exports):
    data = pandas.read_csv(f"{exports.folder}/observed.csv", low_memory=False, **DOCUMENTED)
    assert list(data.id) == list(exports.parquet.id), "the ids differ"
    seen = [name.removeprefix("observed_") for name in data.columns if name.startswith("observed_")]
    for row, posting in zip(exports.parquet.to_dict("records"), data.to_dict("records")):
        same(posting["id"], row, {name: none(posting["observed_" + name]) for name in seen})
    return len(data) * len(seen)


def none(cell):
    return None if blank(cell) else cell


def documented(exports):
    """The lines of the manual give what the program's own tables say."""
    with open(exports.document, encoding="utf-8") as file:
        body = file.read().split("```python\n")[1].split("```")[0]
    names, before = {}, os.getcwd()
    os.chdir(exports.folder)
    try:
        exec(body, names)
    finally:
        os.chdir(before)
    label = Table(exports.folder, "pay")
    cells = frame(label, names["pay"], label.rows, str)
    at = label.columns.index("mid_median")
    got = {name: math.floor(median + 0.5) for name, median in names["medians"].items()}
    assert got == {row[0]: row[at] for row in label.rows}, f"the medians are {got}"
    city = Table(exports.folder, "pay-city")
    at = city.columns.index("vacancies")
    got = dict(names["vacancies"])
    assert got == {row[0]: row[at] for row in city.rows}, f"the vacancies are {got}"
    months = [row[:3] for row in Table(exports.folder, "count-month").rows]
    got = names["months"].values.tolist()
    assert got == months, f"the months are {got}"
    return cells + len(label.rows) + len(city.rows) + 3 * len(months)


CHECKS = {
    "types": types, "postings": postings, "observed JSON lines": observed_lines, "observed CSV": observed_csv,
    "pay": lambda e: e.made("pay", ["label"], pay("year")),
    "control": lambda e: e.made("control", ["label"], pay("year")),
    "pay-city": lambda e: e.made("pay-city", ["city"], pay("year")),
    "pay-function": lambda e: e.made("pay-function", ["label", "function"], pay("month")),
    "disclosure": lambda e: e.made("disclosure", ["label"], disclosure),
    "count-month": lambda e: e.made(
        "count-month", ["month"],
        lambda group: [len(group), group.vacancy.nunique(), share(len(group), len(e.parquet))],
    ),
    "docs/reports.md": documented,
}


def main(folder, document):
    exports = Exports(folder, document)
    for name, check in CHECKS.items():
        cells, fault = 0, None
        try:
            cells = check(exports)
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
        print(json.dumps({"table": name, "opened": "pandas, made again", "cells": cells, "fault": fault}))


if __name__ == "__main__":
    main(*sys.argv[1:])
