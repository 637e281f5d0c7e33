package extract

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"unicode"

	"jobsieve/job"
)

// The names under which feeds have the fields of postings, likely ones first; in lower
// case and without prefixes.
var (
	idNames = []string{
		"guid", "id", "referencenumber", "reference",
		"jobid", "job_id", "requisitionid", "jobkey",
	}
	urlNames         = []string{"url", "joburl", "job_url", "applyurl", "apply_url"}
	titleNames       = []string{"title", "jobtitle", "job_title", "position", "designation", "name"}
	descriptionNames = []string{
		"description", "content", "encoded", "summary",
		"body", "jobdescription", "job_description",
	}
	postedNames = []string{
		"pubdate", "published", "issued", "date", "dateposted",
		"date_posted", "posted", "created", "updated", "modified",
	}
	companyNames = []string{
		"company", "company_name", "companyname", "employer",
		"hiringorganization", "organization", "organisation",
	}
	locationNames   = []string{"location", "joblocation", "job_location", "locations"}
	cityNames       = []string{"city", "town", "addresslocality"}
	stateNames      = []string{"state", "region", "province", "addressregion"}
	countryNames    = []string{"country", "addresscountry"}
	modeNames       = []string{"remotetype", "remote", "workplacetype"}
	experienceNames = []string{"experience", "experiencerequirements"}
	salaryNames     = []string{"salary", "basesalary", "pay", "compensation", "salary_range"}
	skillsNames     = []string{"skills", "keyskills", "category", "tags"}
	openingsNames   = []string{"openings", "vacancies", "numberofopenings"}
	lowestNames     = []string{"minimumsalary", "salary_min", "salarymin", "min_salary", "minsalary"}
	highestNames    = []string{"maximumsalary", "salary_max", "salarymax", "max_salary", "maxsalary"}
	// Within an element of pay, shorter names will do.
	lowerNames    = append([]string{"min", "minimum", "minvalue", "from", "low"}, lowestNames...)
	upperNames    = append([]string{"max", "maximum", "maxvalue", "to", "high"}, highestNames...)
	currencyNames = []string{"salarycurrency", "salary_currency", "currency"}
	periodNames   = []string{
		"salaryinterval", "salary_interval", "salaryperiod", "salary_period",
		"interval", "period", "unittext", "unit",
	}
	validNames = []string{
		"expirationdate", "expiration_date", "validthrough", "expires", "expirydate", "expiry_date",
		"closingdate", "closing_date", "valid_through", "expiry", "expireson", "closedate",
		"applicationdeadline", "application_deadline", "deadline", "lastdate", "last_date",
	}
	typeNames = []string{"jobtype", "job_type", "employmenttype", "employment_type"}
)

// fromItem makes a posting of an item of XML.
func (p *Page) fromItem(e *element) job.Posting {
	out := job.Posting{
		ID: e.raw(idNames...), URL: p.itemLink(e), Title: e.first(titleNames...), Posted: e.raw(postedNames...),
		Company: cmp.Or(e.first(companyNames...), e.author()), Location: e.location(),
		Salary: e.salary(), Skills: e.skills(),
		Experience: e.first(experienceNames...), Openings: e.first(openingsNames...),
	}
	for _, name := range descriptionNames {
		if s := e.first(name); len(s) > len(out.Description) {
			out.Description = s
		}
	}
	for _, extra := range []struct{ name, text string }{
		{"employmentType", e.first(typeNames...)},
		{"validThrough", e.raw(validNames...)},
	} {
		if extra.text == "" {
			continue
		}
		if body, err := json.Marshal(extra.text); err == nil {
			out.Extra = append(out.Extra, job.Member{Key: extra.name, Value: body})
		}
	}
	return out
}

// itemLink gives the address of an item: its link, or the guid that is one.
func (p *Page) itemLink(e *element) string {
	for _, link := range e.all("link") {
		if rel := strings.ToLower(link.attrs["rel"]); rel != "" && rel != "alternate" {
			continue
		}
		for _, s := range []string{link.attrs["href"], strings.TrimSpace(link.text.String())} {
			if address := p.absolute(s); address != "" {
				return address
			}
		}
	}
	if address := p.absolute(e.raw(urlNames...)); address != "" {
		return address
	}
	for _, guid := range e.all("guid") {
		s := strings.TrimSpace(guid.text.String())
		if !strings.EqualFold(guid.attrs["ispermalink"], "false") && isAddress(s) {
			return p.absolute(s)
		}
	}
	return p.absolute(e.attrs["rdf:about"])
}

// author gives who wrote an item, as a name: feeds of job boards have the employer
// there. Of "hr@acme.example (Acme)" that is Acme.
func (e *element) author() string {
	s := e.first("author", "creator")
	if strings.Contains(s, "@") {
		_, s, _ = strings.Cut(s, "(")
		s, _, _ = strings.Cut(s, ")")
	}
	return strings.TrimSpace(s)
}

// location gives the places of an item, and whether it is remote.
func (e *element) location() string {
	var places []string
	for _, name := range locationNames {
		for _, kid := range e.all(name) {
			places = append(places, kid.place())
		}
	}
	places = distinct(places)
	rest := slices.DeleteFunc(e.townAndCountry(), func(s string) bool { return mentions(strings.Join(places, " "), s) })
	if len(places) == 1 {
		rest = append(places, rest...)
		places = nil
	}
	all := append([]string{e.mode()}, places...)
	all = append(all, strings.Join(rest, ", "))
	return bounded(strings.Join(distinct(all), " | "))
}

func (e *element) townAndCountry() []string {
	town := distinct([]string{e.first(cityNames...), e.first(stateNames...)})
	return distinct(append(town, countryBeside(e.first(countryNames...), len(town) > 0)))
}

// place gives the places that an element states: as a text, in parts, or several.
func (e *element) place() string {
	var within []string
	for _, name := range append([]string{"address"}, locationNames...) {
		for _, kid := range e.all(name) {
			within = append(within, kid.place())
		}
	}
	if parts := e.townAndCountry(); len(parts) > 0 {
		return strings.Join(parts, ", ")
	}
	if within = distinct(within); len(within) > 0 {
		return strings.Join(within, " | ")
	}
	return e.named()
}

// mode says "Remote" or the like, where an item has an element for it.
func (e *element) mode() string {
	s := e.first(modeNames...)
	switch lower := strings.ToLower(s); {
	case lower == "true", lower == "yes", lower == "1":
		return "Remote"
	case strings.Contains(lower, "remote"), strings.Contains(lower, "hybrid"):
		return s
	}
	return ""
}

// mentions reports a text in which a name occurs, word by word.
func mentions(text, name string) bool {
	words := func(s string) string {
		split := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) }
		return " " + strings.Join(strings.FieldsFunc(strings.ToLower(s), split), " ") + " "
	}
	return strings.Contains(words(text), words(name))
}

// salary gives the pay of an item: a text, or an object made of its parts.
func (e *element) salary() string {
	for _, name := range salaryNames {
		for _, kid := range e.all(name) {
			if s := cmp.Or(kid.payParts(lowerNames, upperNames), kid.named()); s != "" {
				return s
			}
		}
	}
	return e.payParts(lowestNames, highestNames)
}

// payParts makes pay of the elements that hold its parts.
func (e *element) payParts(lower, upper []string) string {
	lowest, highest := amountOf(e.raw(lower...)), amountOf(e.raw(upper...))
	return bounded(PayObject(lowest, highest, e.first(currencyNames...), e.first(periodNames...)))
}

func (e *element) skills() string {
	var parts []string
	for _, name := range skillsNames {
		for _, kid := range e.all(name) {
			parts = append(parts, cmp.Or(kid.named(), HTMLText(kid.attrs["label"]), HTMLText(kid.attrs["term"])))
		}
	}
	return bounded(strings.Join(distinct(parts), ", "))
}

var errNotFeed = errors.New("it is JSON, but not a JSON Feed")

// jsonFeed gives the items of a JSON Feed, nil where it isn't one, and the address of
// its next page. Where it breaks off, they are those before that, with the error.
func jsonFeed(text []byte) (items []any, next string, fault error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	isFeed := false
	if _, err := dec.Token(); err != nil {
		return nil, "", err
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return feedItems(items, isFeed), next, err
		}
		if key != "items" {
			var v any
			if err := dec.Decode(&v); err != nil {
				return feedItems(items, isFeed), next, err
			}
			s, _ := v.(string)
			isFeed = isFeed || key == "version" && strings.Contains(s, "jsonfeed")
			if key == "next_url" {
				next = s
			}
			continue
		}
		if items, err = jsonItems(dec); err != nil {
			return feedItems(items, isFeed), next, err
		}
	}
	if _, err := dec.Token(); err != nil {
		return feedItems(items, isFeed), next, err
	}
	if !isFeed || items == nil {
		return nil, "", errNotFeed
	}
	return items, next, nil
}

func feedItems(items []any, isFeed bool) []any {
	if !isFeed {
		return nil
	}
	return items
}

// jsonItems reads a list item by item.
func jsonItems(dec *json.Decoder) ([]any, error) {
	items := []any{}
	if open, err := dec.Token(); err != nil || open != json.Delim('[') {
		return nil, errNotFeed
	}
	for dec.More() {
		var v any
		if err := dec.Decode(&v); err != nil {
			return items, err
		}
		items = append(items, v)
	}
	_, err := dec.Token()
	return items, err
}

// fromJSONItem makes a posting of an item of a JSON Feed.
func (p *Page) fromJSONItem(v any) job.Posting {
	text := func(field string, paths ...string) string {
		for _, path := range paths {
			if s := textAt(At(v, path), field); s != "" {
				return bounded(s)
			}
		}
		return ""
	}
	return job.Posting{
		ID: text("id", "id"), URL: p.absolute(text("url", "url", "external_url")), Title: text("title", "title"),
		Company: text("company", "authors.0.name", "author.name"), Skills: text("skills", "tags"),
		Description: text("description", "content_html", "content_text", "summary"),
		Posted:      text("posted", "date_published", "date_modified"),
	}
}
