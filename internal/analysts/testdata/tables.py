"""Opens the tables of a folder as analysts would, and compares each cell with the JSON of
the same table. usage: tables.py FOLDER

FOLDER/tables.json names the tables. Prints a JSON object for each table and each way in
which it was opened: table, opened, cells (how many were compared) and fault, or null.
"""
import json
import math
import re
import sys

import duckdb
import openpyxl
import pandas
import pyarrow.parquet

DOCUMENTED = {"keep_default_na": False, "na_values": [""]}  # as docs/reports.md has it


class Table:
    """The truth: the JSON of a table."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        with open(f"{folder}/{name}.json", encoding="utf-8") as file:
            body = json.load(file)
        self.columns = [column["name"] for column in body["columns"]]
        self.kinds = [column["kind"] for column in body["columns"]]
        self.groups = len(body["groups"])
        self.rows = [[row[name] for name in self.columns] for row in body["rows"]]
        self.whole = self.rows + self.total(body["total"])

    def total(self, total):
        if total is None:
            return []
        row = [total.get(name) for name in self.columns]
        if self.groups > 0:
            row[0] = "total"
        return [row]

    def path(self, ending, folder=""):
        return f"{self.folder}/{folder}{self.name}.{ending}"


def blank(cell):
    return cell is None or isinstance(cell, float) and math.isnan(cell) or cell is pandas.NA


def plain(cell):
    """A cell as Python's own text, number or None."""
    if blank(cell):
        return None
    return cell.item() if hasattr(cell, "item") else cell


def safe(text):
    """A text as CSV has it: one that begins like a formula after an apostrophe."""
    return "'" + text if text[:1] in tuple("=+-@\t\r\n＝＋－＠") else text


def printable(text):
    """A text as XML can hold it."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", text)


def compare(table, names, rows, want, written=lambda text: text):
    """Compares all cells and returns how many there were. written gives a text of the
    table as the file has it."""
    names, expected = list(names), [written(name) for name in table.columns]
    assert len(names) == len(expected), f"{len(names)} columns, want {len(expected)}"
    for got, wanted in zip(names, expected):
        assert got == wanted, f"a column is {got!r}, want {wanted!r}"
    assert len(rows) == len(want), f"{len(rows)} rows, want {len(want)}"
    for at, (got, wanted) in enumerate(zip(rows, want)):
        assert len(got) == len(wanted), f"row {at}: {len(got)} cells, want {len(wanted)}"
        for name, cell, truth in zip(table.columns, map(plain, got), wanted):
            if isinstance(truth, str):
                same = isinstance(cell, str) and cell == written(truth)
            elif truth is None:
                same = cell is None
            else:
                same = isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell == truth
            assert same, f"row {at}, {name}: {cell!r}, want {truth!r}"
    return len(rows) * len(names)


def frame(table, data, want, written):
    return compare(table, data.columns, data.astype(object).values.tolist(), want, written)


def renamed(table, names, written, same=str):
    """The names of columns, but for those that a program tells apart by numbers of its own."""
    expected = [written(name) for name in table.columns]
    return names if len(set(map(same, expected))) == len(expected) else expected


def pandas_csv(table):
    data = pandas.read_csv(table.path("csv"), **DOCUMENTED)
    data.columns = renamed(table, list(data.columns), safe)
    return frame(table, data, table.whole, safe)


def pandas_excel(table):
    return frame(table, pandas.read_excel(table.path("xlsx"), **DOCUMENTED), table.whole, printable)


def pandas_parquet(table):
    types = {
        "count": "int64", "rupees": "int64", "share": "double", "number": "double", "group": "string", "text": "string",
    }
    got = [str(field.type) for field in pyarrow.parquet.read_schema(table.path("parquet"))]
    want = [types[kind] for kind in table.kinds]
    assert got == want, f"the types are {got}, want {want}"
    return frame(table, pandas.read_parquet(table.path("parquet")), table.rows, str)


def duck(table, read, want, written):
    """To DuckDB names that differ by the case of their letters are the same."""
    with duckdb.connect() as connection:
        rows = connection.execute(f"select * from {read}").fetchall()
        names = [column[0] for column in connection.description]
    return compare(table, renamed(table, names, written, str.lower), rows, want, written)


def duckdb_csv(table):
    return duck(table, f"read_csv('{table.path('csv')}')", table.whole, safe)


def duckdb_parquet(table):
    return duck(table, f"read_parquet('{table.path('parquet')}')", table.rows, str)


def openpyxl_excel(table):
    book = openpyxl.load_workbook(table.path("xlsx"))
    assert len(book.sheetnames) == 2 and book.sheetnames[1] == "About", f"the sheets are {book.sheetnames}"
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "A2", f"the header is frozen at {sheet.freeze_panes}"
    head, *rows = list(sheet.iter_rows())
    for row, truths in zip(rows, table.whole):
        for cell, truth in zip(row, truths):
            kind = "s" if isinstance(truth, str) else "n"
            assert cell.data_type == kind, f"{cell.coordinate} is of type {cell.data_type}, want {kind}"
    about(table, dict(row[:2] for row in book["About"].iter_rows(values_only=True)))
    return compare(
        table, [cell.value for cell in head], [[cell.value for cell in row] for row in rows], table.whole, printable
    )


def about(table, said):
    """The sheet that says what the table rests on says what the manifest does."""
    with open(table.path("xlsx.manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    for line, name in {
        "about": "about", "question": "question", "read from": "from", "first posting": "first", "last posting": "last",
        "postings counted": "postings", "postings in the ledger": "postings_in_ledger", "rules": "rules_version",
    }.items():
        got, want = said.get(line) or "", str(manifest[name])
        assert got == want, f"About says of {line}: {got!r}, want {want!r}"
    missing = {printable(name) for name in table.columns} - set(said)
    assert not missing, f"About lacks the columns {missing}"


def office(path):
    """The rows of a CSV that LibreOffice wrote, with texts in quotation marks."""
    with open(path, encoding="utf-8", newline="") as file:
        body = file.read()
    rows, row = [], []
    for cell, end in re.findall(r'("(?:[^"]|"")*"|[^,\n]*)(,|\n)', body):
        row.append(office_cell(cell))
        if end == "\n":
            rows.append(row)
            row = []
    return rows


def office_cell(cell):
    if cell.startswith('"'):
        return cell[1:-1].replace('""', '"')
    if cell in ("", "TRUE", "FALSE"):
        return {"": None, "TRUE": True, "FALSE": False}[cell]
    try:
        return round(float(cell[:-1]) / 100, 10) if cell.endswith("%") else float(cell)
    except ValueError:
        return ("neither a text nor a number", cell)


def office_excel(table):
    names, *rows = office(table.path("csv", "office/excel/"))
    return compare(table, names, rows, table.whole, printable)


def office_csv(table):
    names, *rows = office(table.path("csv", "office/csv/"))
    return compare(table, names, rows, table.whole, safe)


def office_spreadsheet(table):
    """A tab before a text is there to be dropped by whoever reads it, and shows nowhere."""
    names, *rows = office(table.path("csv", "office/spreadsheets/"))
    rows = [[untabbed(cell) for cell in row] for row in rows]
    return compare(table, map(untabbed, names), rows, table.whole, safe)


def untabbed(cell):
    return cell.removeprefix("\t") if isinstance(cell, str) else cell


WAYS = {
    "pandas CSV": pandas_csv, "pandas Excel": pandas_excel, "pandas Parquet": pandas_parquet,
    "DuckDB CSV": duckdb_csv, "DuckDB Parquet": duckdb_parquet, "openpyxl": openpyxl_excel,
    "LibreOffice Excel": office_excel, "LibreOffice CSV": office_csv,
    "LibreOffice --for-spreadsheets": office_spreadsheet,
}


def main(folder):
    with open(f"{folder}/tables.json", encoding="utf-8") as file:
        tables = json.load(file)
    for entry in tables:
        table = Table(folder, entry["name"])
        for opened, way in WAYS.items():
            if way is office_csv and entry["mistaken"]:
                continue
            cells, fault = 0, None
            try:
                cells = way(table)
            except Exception as error:  # whatever a program can't read is a fault of the file
                fault = f"{type(error).__name__}: {error}"
            print(json.dumps({"table": table.name, "opened": opened, "cells": cells, "fault": fault}))


if __name__ == "__main__":
    main(sys.argv[1])
