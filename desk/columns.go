package desk

import (
	"strconv"
	"strings"

	"jobsieve/report"
)

// Columns name the cells of a row.
var Columns = []string{
	"id", "source", "url", "title", "company", "location", "label", "function", "score", "margin", "reason", "criteria",
	"outsourced", "rules_version",
	"pay_kind", "pay_min", "pay_max", "pay_currency", "pay_period", "pay_period_inferred", "pay_basis",
	"pay_annual_min", "pay_annual_max", "pay_suspect",
	"places", "experience_min", "experience_max", "education", "shift", "mode", "openings", "languages", "posted",
	"language",
}

// Row gives an exported posting as a row of cells that no spreadsheet takes for a
// formula.
func (e *Exported) Row() []string {
	v, m, f := &e.Verdict, &e.Pay, &e.Facts
	var places, shifts []string
	for _, place := range f.Places {
		places = append(places, strings.Trim(strings.Join([]string{string(place.City), string(place.State),
			string(place.Country)}, "/"), "/"))
	}
	for _, s := range f.Shift {
		shifts = append(shifts, string(s))
	}
	row := []string{
		e.ID, e.Source, string(e.URL), e.Title, string(e.Company), string(e.Location), string(v.Label),
		string(v.Function), number(&v.Score), number(&v.Margin), string(v.Reason),
		strings.Join(v.Criteria, " "), strconv.FormatBool(v.Outsourced), v.RulesVersion,
		string(m.Kind), number(m.Min), number(m.Max), string(m.Currency), string(m.Period),
		strconv.FormatBool(m.PeriodInferred), string(m.Basis),
		whole(m.AnnualMin), whole(m.AnnualMax), strconv.FormatBool(m.Suspect),
		strings.Join(places, "; "), number(f.Experience.Min), number(f.Experience.Max), string(f.Education),
		strings.Join(shifts, " "), string(f.Mode),
		"", strings.Join(f.Languages, " "), string(f.Posted), string(f.Language),
	}
	if f.Openings != nil {
		row[30] = strconv.Itoa(*f.Openings)
	}
	for i := range row {
		row[i] = report.SafeCell(row[i])
	}
	return row
}

func number(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

func whole(v *int64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatInt(*v, 10)
}
