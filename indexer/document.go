package indexer

import (
	"cmp"
	"strings"

	"jobsieve/job"
)

// SchemaVersion counts the changes to the fields of a document that its
// readers would notice.
const SchemaVersion = 6

// Document is a posting as an index holds it. Fields that a posting lacks are
// left out.
type Document struct {
	// Revision is the document's external version; Gone says that the posting no
	// longer exists and the document must go.
	Revision int64 `json:"-"`
	Gone     bool  `json:"-"`

	// Key is the document's id in the index.
	Key         string `json:"key"`
	ID          string `json:"id"`
	Source      string `json:"source"`
	URL         string `json:"url,omitempty"`
	Title       string `json:"title"`
	Company     string `json:"company,omitempty"`
	Location    string `json:"location,omitempty"`
	Experience  string `json:"experience,omitempty"`
	Salary      string `json:"salary,omitempty"`
	Skills      string `json:"skills,omitempty"`
	Description string `json:"description,omitempty"`

	// Label and Function are those that hold, as LabelledBy gave them; RulesLabel
	// and RulesFunction are the rules', as is everything about evidence.
	Label        string   `json:"label"`
	Function     string   `json:"function"`
	Score        float64  `json:"score"`
	Margin       float64  `json:"margin"`
	Reason       string   `json:"reason,omitempty"`
	Criteria     []string `json:"criteria,omitempty"`
	Outsourced   bool     `json:"outsourced"`
	RulesVersion string   `json:"rules_version"`

	City           []string `json:"city,omitempty"`
	State          []string `json:"state,omitempty"`
	Country        []string `json:"country,omitempty"`
	ExperienceMin  *float64 `json:"experience_min,omitempty"`
	ExperienceMax  *float64 `json:"experience_max,omitempty"`
	ExperienceBand string   `json:"experience_band,omitempty"`
	Education      string   `json:"education,omitempty"`
	Shift          []string `json:"shift,omitempty"`
	Mode           string   `json:"mode,omitempty"`
	Openings       *int     `json:"openings,omitempty"`
	OpeningsBand   string   `json:"openings_band,omitempty"`
	Languages      []string `json:"languages,omitempty"`
	Language       string   `json:"language"`
	Skill          []string `json:"skill,omitempty"`
	Posted         string   `json:"posted,omitempty"`
	PostedMonth    string   `json:"posted_month,omitempty"`
	FirstSeen      string   `json:"first_seen"`
	// LastSeen changes with every crawl, and delivers nothing: an index has the one that
	// was known when it took the document.
	LastSeen string `json:"last_seen,omitempty"`
	// PostingState is a job.State, empty where an earlier version made the document;
	// Closed is since which day it is closed, empty unless it is.
	PostingState string `json:"posting_state,omitempty"`
	Closed       string `json:"closed,omitempty"`
	// PostedHow is how the date is known. Where that is bounded, PostedLatest is the
	// day on or before which it was posted, and there is no Posted.
	PostedHow    string `json:"posted_how,omitempty"`
	PostedLatest string `json:"posted_latest,omitempty"`

	PayKind        string   `json:"pay_kind"`
	PayCurrency    string   `json:"pay_currency,omitempty"`
	PayPeriod      string   `json:"pay_period,omitempty"`
	PayBasis       string   `json:"pay_basis,omitempty"`
	PaySuspect     bool     `json:"pay_suspect"`
	PayText        string   `json:"pay_text,omitempty"`
	PayMin         *float64 `json:"pay_min,omitempty"`
	PayMax         *float64 `json:"pay_max,omitempty"`
	PayAnnualLow   *int64   `json:"pay_annual_low,omitempty"`
	PayAnnualHigh  *int64   `json:"pay_annual_high,omitempty"`
	PayAnnualMid   *float64 `json:"pay_annual_mid,omitempty"`
	PayMonthlyLow  *float64 `json:"pay_monthly_low,omitempty"`
	PayMonthlyHigh *float64 `json:"pay_monthly_high,omitempty"`
	PayBand        string   `json:"pay_band,omitempty"`

	// Vacancy is the same for postings of the same vacancy, VacancyRole a job.VacancyRole;
	// that is empty where an earlier version made the document.
	Vacancy         string `json:"vacancy"`
	VacancyRole     string `json:"vacancy_role,omitempty"`
	LabelledBy      string `json:"labelled_by,omitempty"`
	LabelledBecause string `json:"labelled_because,omitempty"`
	RulesLabel      string `json:"rules_label,omitempty"`
	RulesFunction   string `json:"rules_function,omitempty"`
	SchemaVersion   int    `json:"schema_version"`

	// Detail is kept and not searched.
	Detail Detail `json:"detail"`
}

// Detail is the rest of what was read from a posting.
type Detail struct {
	Evidence []job.Evidence `json:"evidence"`
	Facts    job.Facts      `json:"facts"`
	Pay      job.Pay        `json:"pay"`
	// Hand is nil where only the rules gave a label.
	Hand *job.HandLabel `json:"hand,omitempty"`
}

// Verdict gives the verdict that the document was made from: the rules', whatever
// a person says.
func (d *Document) Verdict() job.Verdict {
	return job.Verdict{
		// An earlier version made documents without rules_label; there is no label by
		// hand in them.
		Label:    job.Label(cmp.Or(d.RulesLabel, d.Label)),
		Function: job.Function(cmp.Or(d.RulesFunction, d.Function)),
		Score:    d.Score, Margin: d.Margin, Reason: job.Opt(d.Reason),
		Criteria: append([]string{}, d.Criteria...), Outsourced: d.Outsourced, RulesVersion: d.RulesVersion,
		Evidence: d.Detail.Evidence,
	}
}

// Labeller is who gave the label.
func (d *Document) Labeller() job.Labeller { return cmp.Or(job.Labeller(d.LabelledBy), job.ByRules) }

// Posting gives the posting that the document was made from, as far as the
// document holds it.
func (d *Document) Posting() job.Posting {
	return job.Posting{
		ID: d.ID, Source: d.Source, URL: d.URL, Title: d.Title, Company: d.Company, Location: d.Location,
		Experience: d.Experience,
		Salary:     d.Salary, Skills: d.Skills, Description: d.Description,
	}
}

// SetPosting fills in what the posting says.
func (d *Document) SetPosting(p *job.Posting) {
	d.ID, d.Source, d.URL = p.ID, p.Source, p.URL
	d.Title, d.Company, d.Location, d.Experience = p.Title, validText(p.Company), p.Location, p.Experience
	d.Salary, d.Skills, d.Description = p.Salary, p.Skills, p.Description
	d.SchemaVersion = SchemaVersion
}

// validText gives a text as every index can hold it: one that is compared as a whole must
// be the same everywhere.
func validText(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// SetPosted fills in the date of posting, YYYY-MM-DD, and how it is known.
func (d *Document) SetPosted(date string, how job.DateKnown) {
	d.PostedHow = string(how)
	if how == job.DateBounded {
		d.PostedLatest = date
		return
	}
	d.Posted, d.PostedMonth = date, monthIn(date)
}

// SetLabel fills in the rules' verdict, and the label that holds: the one by hand,
// or the rules' where hand is nil.
func (d *Document) SetLabel(v *job.Verdict, hand *job.HandLabel) {
	d.setVerdict(v)
	if d.Detail.Hand = hand; hand != nil {
		d.Label, d.Function = string(hand.Label), string(hand.Function)
		d.LabelledBy, d.LabelledBecause = string(job.ByHand), hand.Because
	}
}

func (d *Document) setVerdict(v *job.Verdict) {
	d.RulesLabel, d.RulesFunction = string(v.Label), string(v.Function)
	d.Label, d.Function, d.LabelledBy = d.RulesLabel, d.RulesFunction, string(job.ByRules)
	d.Score, d.Margin = v.Score, v.Margin
	d.Reason, d.Criteria, d.Outsourced = string(v.Reason), v.Criteria, v.Outsourced
	d.RulesVersion, d.Detail.Evidence = v.RulesVersion, v.Evidence
}

// SetFacts fills in the facts.
func (d *Document) SetFacts(f *job.Facts) {
	for _, p := range f.Places {
		d.City = appendNew(d.City, string(p.City))
		d.State = appendNew(d.State, string(p.State))
		d.Country = appendNew(d.Country, string(p.Country))
	}
	d.ExperienceMin, d.ExperienceMax = f.Experience.Min, f.Experience.Max
	d.ExperienceBand = f.Experience.Band()
	d.Education, d.Mode, d.Openings = string(f.Education), string(f.Mode), f.Openings
	for _, s := range f.Shift {
		d.Shift = append(d.Shift, string(s))
	}
	d.OpeningsBand = job.OpeningsBand(f.Openings)
	d.Languages, d.Language = f.Languages, string(f.Language)
	d.Skill = f.Skills
	d.Detail.Facts = *f
}

// SetPay fills in the pay.
func (d *Document) SetPay(p *job.Pay) {
	d.PayKind, d.PayCurrency = string(p.Kind), string(p.Currency)
	d.PayPeriod, d.PayBasis = string(p.Period), string(p.Basis)
	d.PaySuspect, d.PayMin, d.PayMax = p.Suspect, p.Min, p.Max
	d.PayAnnualLow, d.PayAnnualHigh = p.AnnualMin, p.AnnualMax
	d.PayMonthlyLow, d.PayMonthlyHigh = monthly(p.AnnualMin), monthly(p.AnnualMax)
	if p.Raw != nil {
		d.PayText = *p.Raw
	}
	if p.AnnualMin != nil && p.AnnualMax != nil {
		mid := (float64(*p.AnnualMin) + float64(*p.AnnualMax)) / 2
		d.PayAnnualMid = &mid
	}
	d.Detail.Pay = *p
	if p.Countable() {
		d.PayBand = payBand(p)
	}
}

// Offer gives what is offered, in rupees a year. What states only one side is
// taken for both; ok is false for what isn't an offer or can't be believed.
func (d *Document) Offer() (low, high int64, ok bool) {
	l, h := d.PayAnnualLow, d.PayAnnualHigh
	if l == nil {
		l = h
	}
	if h == nil {
		h = l
	}
	if l == nil || d.PayKind != string(job.PayOffer) || d.PaySuspect {
		return 0, 0, false
	}
	return *l, *h, true
}

// mostYears stands for an open side of the experience.
const mostYears = 1e6

// Years gives the span of experience that is asked for, as an index compares
// it. A side that is open is 0 or very much; ok is false where none is stated.
func (d *Document) Years() (low, high float64, ok bool) {
	low, high = 0, mostYears
	s := Span{d.ExperienceMin, d.ExperienceMax}.Rounded()
	if s.Least != nil {
		low = *s.Least
	}
	if s.Most != nil {
		high = *s.Most
	}
	return low, high, !s.IsZero()
}

// payBand gives the band that an offer begins in; of "up to", the one that it
// ends in.
func payBand(p *job.Pay) string {
	least := p.AnnualMin
	if least == nil {
		least = p.AnnualMax
	}
	return job.India.Band(*least)
}

func monthly(annual *int64) *float64 {
	if annual == nil {
		return nil
	}
	m := float64(*annual) / 12
	return &m
}

func appendNew(list []string, s string) []string {
	if s == "" {
		return list
	}
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

// Hit makes the hit of a document, without its highlights.
func (d *Document) Hit(score float64) Hit {
	return Hit{
		ID: d.ID, Source: d.Source, Title: d.Title, Company: d.Company, Label: d.Label, Function: d.Function,
		LabelledBy: d.Labeller(), LabelledBecause: d.LabelledBecause,
		Place: d.place(), Pay: d.pay(), Posted: d.Posted, State: d.PostingState, Closed: d.Closed,
		URL: d.URL, Score: score, FirstSeen: d.FirstSeen, Vacancy: d.Vacancy, Role: d.VacancyRole, Stated: d.stated(),
	}
}

func (d *Document) place() string {
	switch {
	case len(d.City) > 0:
		return strings.Join(d.City, ", ")
	case len(d.State) > 0:
		return strings.Join(d.State, ", ")
	}
	return strings.Join(d.Country, ", ")
}

func (d *Document) pay() string {
	p := job.Pay{Min: d.PayMin, Max: d.PayMax, Currency: job.Opt(d.PayCurrency), Period: job.Opt(d.PayPeriod)}
	return p.Brief()
}
