// Package analysts tests that what jobsieve writes opens, with equal values, in the
// programs that analysts use: pandas, DuckDB, openpyxl and LibreOffice.
package analysts
