package config

import (
	"encoding/base64"
	"errors"
	"math"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/invopop/jsonschema"
	"go.yaml.in/yaml/v4"

	"jobsieve/job"
)

// Kind says how postings are read from a source.
type Kind string

// The kinds of source.
const (
	KindHTML    Kind = "html"    // list pages, with a selector per field
	KindJSONLD  Kind = "jsonld"  // list pages that lead to pages with JobPosting JSON-LD
	KindFeed    Kind = "feed"    // RSS, Atom or JSON Feed
	KindSitemap Kind = "sitemap" // a sitemap that leads to pages of postings
	KindFile    Kind = "file"    // a file of rows: JSON lines, a JSON list, or CSV
	KindJSON    Kind = "json"    // JSON, or the state that a page's script reads, by paths
	KindATS     Kind = "ats"     // an employer's board, through the API of its platform
)

// Kinds lists every kind.
var Kinds = []Kind{KindHTML, KindJSONLD, KindFeed, KindSitemap, KindFile, KindJSON, KindATS}

// Source is one place that postings come from.
type Source struct {
	Name     string `yaml:"name" json:"name" jsonschema:"description=A short name of its own: lower-case letters\\, digits and hyphens. Postings carry it.,pattern=^[a-z0-9][a-z0-9-]*$"`
	Kind     Kind   `yaml:"kind" json:"kind" jsonschema:"enum=html,enum=jsonld,enum=feed,enum=sitemap,enum=file,enum=json,enum=ats,description=How postings are read."`
	Schedule string `yaml:"schedule,omitempty" json:"schedule,omitempty" jsonschema:"description=When serve and run --due crawl it: five fields as in cron (Sunday is 0 or 7)\\, or @every 6h. Without one only run does."`
	// Jitter moves each due time later, by up to as much.
	Jitter   Duration `yaml:"jitter,omitempty" json:"jitter,omitempty" jsonschema:"description=Each crawl by schedule begins up to so much later\\, so that sources with one schedule do not begin at once; at most the time between two crawls."`
	Disabled bool     `yaml:"disabled,omitempty" json:"disabled,omitempty" jsonschema:"description=Leave the source out."`
	// Authoritative says that what a complete crawl does not find is closed at once.
	Authoritative bool `yaml:"authoritative,omitempty" json:"authoritative,omitempty" jsonschema:"description=Its list has every open posting whenever it is read to its end: a posting that one complete crawl misses is closed. Otherwise three must miss it\\, except for a platform's board that says how many it has."`

	// URL is the first list page, the feed or the sitemap.
	URL string `yaml:"url,omitempty" json:"url,omitempty" jsonschema:"description=The first list page\\, the feed or the sitemap. A name and password in it are sent to its host alone\\, and never shown."`
	// Company is the employer of postings that state none.
	Company string `yaml:"company,omitempty" json:"company,omitempty" jsonschema:"description=The employer\\, for postings that state none\\, such as those of an employer's own board."`
	// Pages is the most list pages that are read; of a sitemap, the most pages of postings
	// that one crawl asks for.
	Pages int `yaml:"pages,omitempty" json:"pages,omitempty" jsonschema:"description=The most list pages that are read; for a sitemap\\, the most pages of postings that one crawl asks for (100000 where it is not set); the next crawl goes on with the others.,default=50,minimum=1"`
	// List says how list pages are read.
	List List `yaml:"list,omitempty" json:"list,omitzero" jsonschema:"description=How list pages are read."`
	// Detail says how the pages of single postings are read.
	Detail Detail `yaml:"detail,omitempty" json:"detail,omitzero" jsonschema:"description=How the pages of single postings are read."`
	// Match keeps the URLs of a sitemap that it matches.
	Match string `yaml:"match,omitempty" json:"match,omitempty" jsonschema:"description=A regular expression that the URLs of a sitemap's postings match.,format=regex"`

	// Platform and what follows name a board of kind ats.
	Platform   string `yaml:"platform,omitempty" json:"platform,omitempty" jsonschema:"description=The platform\\, such as greenhouse."`
	Account    string `yaml:"account,omitempty" json:"account,omitempty" jsonschema:"description=The employer's name on the platform."`
	Site       string `yaml:"site,omitempty" json:"site,omitempty" jsonschema:"description=The board's name where an account has several (workday\\, oracle\\, zoho)\\, or which interface it has (eightfold)."`
	Query      string `yaml:"query,omitempty" json:"query,omitempty" jsonschema:"description=What to search for\\, where the platform searches."`
	APIID      Secret `yaml:"api_id,omitempty" json:"api_id,omitzero" jsonschema:"description=The id that an API wants (adzuna)."`
	APIKey     Secret `yaml:"api_key,omitempty" json:"api_key,omitzero" jsonschema:"description=The key that an API wants; better in a file."`
	APIKeyFile string `yaml:"api_key_file,omitempty" json:"api_key_file,omitempty" jsonschema:"description=A file that holds the key."`

	// Method and Body say, for kind json, how to ask for it.
	Method string `yaml:"method,omitempty" json:"method,omitempty" jsonschema:"enum=GET,enum=POST,default=GET,description=How to ask for it."`
	Body   string `yaml:"body,omitempty" json:"body,omitempty" jsonschema:"description=What is sent with method POST\\, JSON or a form; {page} in it is the number of the page\\, as in url."`
	// State and Items say, for kind json, where the list of postings is, Total
	// where the answer says how many there are.
	State string `yaml:"state,omitempty" json:"state,omitempty" jsonschema:"description=The id of the script that holds the JSON\\, such as __NEXT_DATA__\\, or the name that a script assigns it to\\, such as window.pageData; leave it out where the address answers JSON."`
	Items string `yaml:"items,omitempty" json:"items,omitempty" jsonschema:"description=The path of the list of postings\\, such as props.pageProps.jobs; a list on the way to it is walked."`
	Total string `yaml:"total,omitempty" json:"total,omitempty" jsonschema:"description=The path of the number of all postings\\, such as meta.total: the list ends when that many were read\\, and is not complete before."`

	// Path is the file of kind file; Columns maps its columns to fields.
	Path    string  `yaml:"path,omitempty" json:"path,omitempty" jsonschema:"description=The file: JSON lines\\, a JSON list or CSV\\, plain or as .gz."`
	Columns Columns `yaml:"columns,omitempty" json:"columns,omitempty" jsonschema:"description=For a file\\, the column that holds a field\\, where it does not have its usual name; for JSON\\, the path of each field\\, or a list of paths whose texts are joined; for pay in numbers\\, those of salary_min\\, salary_max\\, salary_currency and salary_period."`

	// KeepContacts leaves people's e-mail addresses and telephone numbers in the
	// texts.
	KeepContacts bool `yaml:"keep_contacts,omitempty" json:"keep_contacts,omitempty" jsonschema:"description=Leave e-mail addresses and telephone numbers in the texts; otherwise each of their bytes is stored as x."`

	Keep  Keep  `yaml:"keep,omitempty" json:"keep,omitzero" jsonschema:"description=Which postings are wanted; the others are counted as rejected."`
	Pay   Pay   `yaml:"pay,omitempty" json:"pay,omitzero" jsonschema:"description=What applies to pay where a posting does not say."`
	Fetch Fetch `yaml:"fetch,omitempty" json:"fetch,omitzero" jsonschema:"description=How its pages are fetched\\, over the general settings."`

	login Secret // the Authorization made from the URL's name and password
}

// Hide takes the source's secrets out of a text that people will read or that
// is stored.
func (s *Source) Hide(text string) string {
	for _, secret := range s.secrets() {
		text = strings.ReplaceAll(strings.ReplaceAll(text, url.QueryEscape(secret), hidden), secret, hidden)
	}
	return text
}

// leastSecret is the shortest value in a URL that is taken for a key.
const leastSecret = 4

// secrets are the keys of an API, and those that the source's URL carries.
func (s *Source) secrets() (out []string) {
	for _, secret := range []Secret{s.APIKey, s.APIID} {
		if !secret.IsZero() {
			out = append(out, secret.Reveal())
		}
	}
	u, err := url.Parse(s.URL)
	if err != nil {
		return out
	}
	for name, values := range u.Query() {
		for _, v := range values {
			if keyNames.MatchString(name) && len(v) >= leastSecret {
				out = append(out, v)
			}
		}
	}
	return out
}

// takeLogin takes the name and password out of the source's URL.
func (s *Source) takeLogin() {
	u, err := parseURL(s.URL)
	if err != nil || u.User == nil {
		return
	}
	password, _ := u.User.Password()
	s.login = NewSecret("Basic " + base64.StdEncoding.EncodeToString([]byte(u.User.Username()+":"+password)))
	u.User = nil
	s.URL = u.String()
}

// Authorization is the header that a request for link carries: the login of the
// source's URL, to its own host alone; empty where there is none.
func (s *Source) Authorization(link string) string {
	if s.login.IsZero() {
		return ""
	}
	at, err := url.Parse(link)
	own, ownErr := url.Parse(s.URL)
	if err != nil || ownErr != nil || at.Scheme != own.Scheme || at.Host != own.Host {
		return ""
	}
	return s.login.Reveal()
}

// List says how list pages are read.
type List struct {
	Item   string           `yaml:"item,omitempty" json:"item,omitempty" jsonschema:"description=A CSS selector of the element of each posting."`
	Next   Field            `yaml:"next,omitempty" json:"next,omitempty" jsonschema:"description=A selector of the link to the next list page\\, such as a.next@href."`
	Fields map[string]Field `yaml:"fields,omitempty" json:"fields,omitempty" jsonschema:"description=A selector per field\\, within the item."`
}

// Detail says how the page of a posting is read.
type Detail struct {
	Link   Field            `yaml:"link,omitempty" json:"link,omitempty" jsonschema:"description=A selector of the link to the posting's page\\, within the item\\, such as h2 a@href."`
	Fields map[string]Field `yaml:"fields,omitempty" json:"fields,omitempty" jsonschema:"description=A selector per field\\, within the page. JobPosting JSON-LD on the page fills in the others."`
}

// Keep says which postings are wanted.
type Keep struct {
	Countries []string `yaml:"countries,omitempty" json:"countries,omitempty" jsonschema:"description=Codes such as IN. A posting whose country is known and not among them is rejected."`
	Titles    []string `yaml:"titles,omitempty" json:"titles,omitempty" jsonschema:"description=Regular expressions: a title must match one of them."`
	NotTitles []string `yaml:"not_titles,omitempty" json:"not_titles,omitempty" jsonschema:"description=Regular expressions: a title must match none of them."`

	titles, notTitles []*regexp.Regexp
}

// Pay is what holds for a source's pay where a posting does not say.
type Pay struct {
	Period   job.Period `yaml:"period,omitempty" json:"period,omitempty" jsonschema:"enum=hour,enum=day,enum=week,enum=month,enum=year,description=The period of figures in the salary field that are given without one."`
	Currency string     `yaml:"currency,omitempty" json:"currency,omitempty" jsonschema:"description=The currency of figures given without one: a code such as INR."`
}

// FieldNames are the fields that a source may fill; a file may fill all of
// job.RowFields, and JSON may give pay in numbers.
var FieldNames = []string{
	"id", "title", "company", "location", "experience", "salary", "skills", "description", "url", "posted", "openings",
	job.ValidThrough,
}

// Field says where a field's text is: a CSS selector, or "selector@name"
// for an attribute, or "@name" for one of the item itself. A regular
// expression may cut the text: its first group, or the whole match.
type Field struct {
	Select string `json:"select"`
	Attr   string `json:"attr,omitempty"`
	Match  string `json:"match,omitempty"`

	match *regexp.Regexp
}

// UnmarshalYAML reads "selector@attr", or a mapping with select and match.
func (f *Field) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		f.Select = n.Value
	} else {
		var m struct {
			Select string `yaml:"select"`
			Match  string `yaml:"match"`
		}
		if err := n.Load(&m, yaml.WithKnownFields()); err != nil {
			return err
		}
		f.Select, f.Match = m.Select, m.Match
	}
	if i := strings.LastIndexByte(f.Select, '@'); i >= 0 && !strings.ContainsAny(f.Select[i:], "]\"'") {
		f.Select, f.Attr = strings.TrimSpace(f.Select[:i]), strings.TrimSpace(f.Select[i+1:])
	}
	return nil
}

// MarshalYAML writes what UnmarshalYAML reads.
func (f Field) MarshalYAML() (any, error) {
	text := f.Select
	if f.Attr != "" {
		text += "@" + f.Attr
	}
	if f.Match != "" {
		return map[string]string{"select": text, "match": f.Match}, nil
	}
	return text, nil
}

// IsZero reports a field that is not set.
func (f Field) IsZero() bool { return f.Select == "" && f.Attr == "" }

// Cut gives the part of a text that the field's expression matches; the whole
// text where it has none, nothing where it does not match.
func (f Field) Cut(s string) string {
	if f.match == nil {
		return s
	}
	m := f.match.FindStringSubmatch(s)
	switch {
	case m == nil:
		return ""
	case len(m) > 1:
		return m[1]
	}
	return m[0]
}

// JSONSchema says that a field is a text or a mapping.
func (Field) JSONSchema() *jsonschema.Schema {
	props := jsonschema.NewProperties()
	props.Set("select", &jsonschema.Schema{Type: "string", Description: "CSS selector, or selector@attribute."})
	const match = "The part of the text to take: its first group, or all that it matches."
	props.Set("match", &jsonschema.Schema{Type: "string", Format: "regex", Description: match})
	return &jsonschema.Schema{OneOf: []*jsonschema.Schema{
		{Type: "string"},
		{Type: "object", Properties: props, Required: []string{"select"}, AdditionalProperties: jsonschema.FalseSchema},
	}}
}

// Duration is a time span, written as 90s, 15m or 2h.
type Duration time.Duration

var errDuration = errors.New("expected a time span such as 90s, 15m or 2h")

// unread is the value left by a time span that can't be read.
const unread Duration = math.MinInt64

// UnmarshalYAML reads "90s".
func (d *Duration) UnmarshalYAML(n *yaml.Node) error {
	v, err := time.ParseDuration(n.Value)
	if err != nil {
		*d = unread
		return errDuration
	}
	*d = Duration(v)
	return nil
}

// JSONSchema says that a duration is a text.
func (Duration) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Pattern: `^([0-9.]+(ns|us|ms|s|m|h))+$`, Examples: []any{"90s", "15m", "2h"}}
}

// Wants reports whether a posting with this title and these countries is
// wanted; if not, it says why.
func (k *Keep) Wants(title string, places []job.Place) (why job.Rejection, ok bool) {
	if len(k.Countries) > 0 && !anyCountry(k.Countries, places) {
		return job.RejectCountry, false
	}
	if len(k.titles) > 0 && !anyMatch(k.titles, title) || anyMatch(k.notTitles, title) {
		return job.RejectTitle, false
	}
	return "", true
}

// anyCountry reports that a place is in one of the countries, or that no
// country is known.
func anyCountry(countries []string, places []job.Place) bool {
	known := false
	for _, p := range places {
		for _, c := range countries {
			if strings.EqualFold(c, string(p.Country)) {
				return true
			}
		}
		known = known || p.Country != ""
	}
	return !known
}

func anyMatch(res []*regexp.Regexp, s string) bool {
	for _, re := range res {
		if re.MatchString(s) {
			return true
		}
	}
	return false
}
