package extract

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// StateGuess is a guess at where a list of postings is in JSON.
type StateGuess struct {
	// State is the script that holds the JSON, empty where it is the whole body.
	State   string
	Items   string
	Columns map[string]string
	// Pay is where pay is given in numbers without a period, which are not used:
	// they may be out by a factor of twelve.
	Pay []string

	score int
}

// assignment is how scripts carry state.
var assignment = regexp.MustCompile(`([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*|\['\w+'\])*)\s*=\s*[{\[]`)

// mostNames is how many names of state are tried.
const mostNames = 100

// GuessState finds the list of postings in the state that the page's scripts
// carry; ok is false where there is none.
func (p *Page) GuessState() (best StateGuess, ok bool) {
	left := mostNames
	try := func(name string) {
		if left--; left < 0 {
			return
		}
		if v, found := p.State(name); found {
			if g, fits := GuessJSON(v); fits && g.score > best.score {
				best, ok = g, true
				best.State = name
			}
		}
	}
	for _, s := range p.doc.Find("script").EachIter() {
		if id := s.AttrOr("id", ""); id != "" {
			try(id)
			continue
		}
		if s.AttrOr("src", "") != "" || strings.Contains(s.AttrOr("type", ""), "ld+json") {
			continue
		}
		for _, m := range assignment.FindAllStringSubmatch(s.Text(), 50) {
			try(m[1])
		}
	}
	return best, ok
}

// jsonNames are the names under which JSON has the fields of postings, likely
// ones first.
var jsonNames = map[string][]string{
	"id":    {"id", "jobid", "job_id", "reqid", "requisitionid", "postingid", "slug"},
	"title": {"title", "jobtitle", "job_title", "designation", "positiontitle", "name", "jjt"},
	"company": {
		"company", "companyname", "company_name", "employer", "organization", "organisation",
		"organization.name", "company.name", "employer.name", "jcname",
	},
	"location": {
		"location", "locations", "joblocation", "locationname", "location_name", "city", "place",
		"location.name", "locations_text", "jloc",
	},
	"experience":  {"experience", "experiencerequired", "experience_text", "experience_in_years", "jexp"},
	"salary":      {"salary", "pay", "ctc", "salary_text", "compensation", "package"},
	"skills":      {"skills", "keyskills", "key_skills", "jkwd"},
	"description": {"description", "jobdescription", "job_description", "summary", "content", "descriptionteaser"},
	"url":         {"url", "link", "joburl", "job_url", "absolute_url", "public_url", "applyurl", "detail_url"},
	"valid_through": {
		"validthrough", "valid_through", "expirydate", "expiry_date", "expirationdate", "expiration_date",
		"closingdate", "closing_date", "applicationdeadline", "application_deadline",
	},
	"posted": {
		"posted", "dateposted", "posteddate", "posted_date", "publisheddate", "published_date",
		"published_at", "created_at", "createdat", "posted_on", "created_on", "jpdate",
	},
}

// jsonMoreNames are names that occur in other lists too.
var jsonMoreNames = map[string][]string{
	"openings": {"openings", "numberofopenings", "no_of_openings", "numberofpositions", "vacancies"},
}

// jsonPayNames are those of pay in numbers, for where no text states it.
var jsonPayNames = map[string][]string{
	"salary_min": {
		"min_salary", "minsalary", "salary_min", "salarymin", "minimumsalary", "salary_from", "salaryfrom",
	},
	"salary_max": {
		"max_salary", "maxsalary", "salary_max", "salarymax", "maximumsalary", "salary_to", "salaryto",
	},
	"salary_currency": {"salary_currency", "salarycurrency", "currency", "currencycode", "currency_code"},
	"salary_period": {
		"salary_period", "salaryperiod", "salary_unit", "salaryunit", "salaryinterval", "salary_interval",
	},
}

// GuessJSON finds the list in JSON that is most likely one of postings.
func GuessJSON(v any) (best StateGuess, ok bool) {
	var visit func(v any, path []string)
	visit = func(v any, path []string) {
		switch v := v.(type) {
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				if !strings.Contains(name, ".") && len(path) < 12 {
					visit(v[name], append(slices.Clone(path), name))
				}
			}
		case []any:
			g, fits := guessItems(v)
			if fits && g.score > best.score {
				best, ok = g, true
				best.Items = strings.Join(path, ".")
			}
			if first, ok := first(v).(map[string]any); ok && !fits { // its items may have lists
				visit(first, path)
			}
		}
	}
	visit(v, nil)
	return best, ok
}

func first(items []any) any {
	if len(items) == 0 {
		return nil
	}
	return items[0]
}

// guessItems judges a list: postings have a title, and at least two more fields.
func guessItems(items []any) (g StateGuess, ok bool) {
	g.Columns = map[string]string{}
	item, isObject := first(items).(map[string]any)
	if !isObject {
		return g, false
	}
	lower := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(item)) {
		lower[strings.ToLower(name)] = name
	}
	guess := func(fields map[string][]string) {
		for field, names := range fields {
			if path := guessPath(items, names, lower); path != "" {
				g.Columns[field] = path
			}
		}
	}
	guess(jsonNames)
	_, object := g.Columns["title"]
	g.score = len(g.Columns)*10 + min(len(items), 9)
	ok = object && len(g.Columns) >= 3 && (g.Columns["company"] != "" || g.Columns["location"] != "")
	guess(jsonMoreNames)
	if g.Columns["salary"] == "" {
		guess(jsonPayNames)
		g.dropVaguePay()
	}
	return g, ok
}

// guessPath gives the path of a field that goes by one of names: that of the
// first for which most items have something; empty for none. lower has the names
// that items use, by their form in lower case.
func guessPath(items []any, names []string, lower map[string]string) string {
	for _, name := range names {
		head, tail, nested := strings.Cut(name, ".")
		path, has := lower[head]
		if !has {
			continue
		}
		if nested {
			path += "." + tail
		}
		if filled(items, path) {
			return path
		}
	}
	return ""
}

// dropVaguePay takes the columns of pay in numbers back where no number was found,
// or no period: Pay then says where the numbers are.
func (g *StateGuess) dropVaguePay() {
	low, high := g.Columns["salary_min"], g.Columns["salary_max"]
	if g.Columns["salary_period"] != "" && low+high != "" {
		return
	}
	for _, path := range []string{low, high} {
		if path != "" {
			g.Pay = append(g.Pay, path)
		}
	}
	for field := range jsonPayNames {
		delete(g.Columns, field)
	}
}

// filled reports a path at which most items have a text, a number or a list of
// them.
func filled(items []any, path string) bool {
	n := 0
	for _, item := range items {
		switch v := At(item, path).(type) {
		case string, json.Number:
			n++
		case []any:
			if len(v) > 0 {
				n++
			}
		}
	}
	return n*2 >= len(items)
}
