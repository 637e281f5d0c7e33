package page

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"jobsieve/desk"
)

// views are addresses of every kind of page.
var views = []string{
	"/", "/?text=night+shift+pune", "/?text=voice+process&city=Pune&sort=date", "/?label=BPO&label=KPO&not.city=Pune&pay_min=15000",
	"/?text=astronaut", "/?city=Pnue", "/?offset=20", "/?pay_min=much&shift=noon", "/pay", "/pay?by=function&period=year", "/pay?text=astronaut",
	"/posting/naukri-chowk/naukri-chowk:nc-005", "/posting/naukri-chowk/naukri-chowk:nc-001", "/posting/naukri-chowk/nothing",
	"/posting/nobody/nothing", "/criteria", "/nowhere",
	"/compare", "/compare?by=city&one=Pune&other=Mumbai&period=year", "/compare?by=city&one=Pune&other=pune", "/compare?text=astronaut",
	"/compare?by=source", "/trends", "/trends?turnover=true&label=BPO", "/trends?stays=true&by=label", "/trends?by=label",
	"/trends?turnover=true&stays=true", "/?as_of=2026-09-30&city=Pune", "/?as_of=soon", "/pay?as_of=2026-09-30&text=voice", "/sources", "/saved", "/saved?text=pune&label=BPO", "/saved?colour=red",
}

// TestPages asks for pages, and looks for what they must say.
func TestPages(t *testing.T) {
	for url, tt := range map[string]struct {
		status     int
		says, mute []string
	}{
		"/":                              {http.StatusOK, []string{"96 postings", "pay not stated", "voice support", "score 0.", "First seen 21 Sep 2026"}, []string{"Read as", "Previous"}},
		"/?lang=hi":                      {http.StatusOK, []string{"96 विज्ञापन", "वेतन नहीं बताया", "ग्राहक सेवा, फ़ोन", "प्रति माह"}, []string{"pay not stated", "Filters"}},
		"/?offset=80":                    {http.StatusOK, []string{"Previous", "81–96"}, []string{"Next"}},
		"/?text=bpo":                     {http.StatusOK, []string{"bpo = label: BPO"}, nil},
		"/?sort=date":                    {http.StatusOK, []string{"CSV Parquet, ordered by id JSON"}, nil},
		"/?text=***":                     {http.StatusOK, []string{"96 postings", "Nothing of this is a word, and it is left out: “***”."}, []string{"Save this search"}},
		"/?text=jobs+chahiye&label=BPO":  {http.StatusOK, []string{"39 postings", "are left out: “jobs chahiye”.", "label: BPO"}, []string{"In no posting"}},
		"/pay?text=jobs&lang=hi":         {http.StatusOK, []string{"छोड़े गए: “jobs”।", "कुल 96 विज्ञापन"}, nil},
		"/?text=%22jobs+chahiye%22":      {http.StatusOK, []string{"No posting matches."}, []string{"left out"}},
		"/?text=jobs+chahiye&exact=true": {http.StatusOK, []string{"No posting matches."}, []string{"left out"}},
		"/?text=telecaller+graduate+15k+se+upar+kpo+hindi&lang=hi": {http.StatusOK, []string{"telecaller = भूमिका: टेलीकॉलर", "शिक्षा: स्नातक तक", "= वेतन: ₹15,000 से प्रति माह", "लेबल: KPO", "माँगी गई भाषाएँ: हिन्दी"}, nil},
		"/?text=customer+care+banking":                             {http.StatusOK, []string{"customer care = role: customer care", "banking = field:"}, []string{"customer-care"}},
		"/?criterion=D3-front-office&lang=hi":                      {http.StatusOK, []string{"कसौटी: D3-front-office · BPO is front-office outsourcing"}, nil},
		"/?text=pune":                                              {http.StatusOK, []string{"pune = city: Pune"}, nil},
		"/?text=astronaut":                                         {http.StatusOK, []string{"0 postings", "No posting matches.", "In no posting: astronaut"}, []string{"Download"}},
		"/?city=Pnue":                                              {http.StatusOK, []string{"No posting has city Pnue.", "Did you mean Pune?"}, nil},
		"/?text=teller&city=Leh":                                   {http.StatusOK, []string{"No posting has city Leh"}, nil},
		"/?pay_min=much":                                           {http.StatusBadRequest, []string{"This can't be searched", "pay from, rupees : expected a number of rupees"}, []string{"96 postings"}},
		"/?sort=size":                                              {http.StatusBadRequest, []string{"expected relevance, date, pay"}, nil},
		"/?offset=-1":                                              {http.StatusBadRequest, []string{"expected a number from 0"}, nil},
		"/?colour=red":                                             {http.StatusBadRequest, []string{`unknown filter "colour"`}, nil},
		`/?text=%22open`:                                           {http.StatusBadRequest, []string{"words"}, nil},
		"/?where=city+in":                                          {http.StatusBadRequest, []string{"condition"}, nil},
		"/pay":                                                     {http.StatusOK, []string{"of 96 postings state pay", "entry band of ₹9,000 to ₹15,000 a month", "BPO against KPO", "Distribution of pay"}, nil},
		"/pay?label=KPO":                                           {http.StatusOK, []string{"Pay by group"}, []string{"BPO against KPO", "entry band"}},
		"/pay?by=colour":                                           {http.StatusBadRequest, []string{"expected a grouping"}, nil},
		"/pay?text=astronaut":                                      {http.StatusOK, []string{"Too few postings state pay for a chart."}, nil},
		"/posting/naukri-chowk/naukri-chowk:nc-005":                {http.StatusOK, []string{"Senior Java Developer", "Why it has no label", "Spoke for BPO", "D3-front-office", "Matched, and taken back", "First seen"}, nil},
		"/posting/naukri-chowk/naukri-chowk:nc-001":                {http.StatusOK, []string{"languages asked for English English", "language of the posting English What"}, nil},
		"/posting/naukri-chowk/nothing":                            {http.StatusNotFound, []string{"There is no such page"}, nil},
		"/posting/nobody/nothing":                                  {http.StatusNotFound, []string{"There is no such page"}, []string{"nobody"}},
		"/criteria":                                                {http.StatusOK, []string{"Criteria for BPO", "D3-front-office", "who-customer-support-voice", "Work of other kinds"}, nil},
		"/compare":                                                 {http.StatusOK, []string{"BPO (39)", "39 postings, of which", "95 % interval: ₹", "Median of the second less that of the first", "Pay by group", "Kinds of work data entry/processing 15 %"}, nil},
		"/compare?label=BPO":                                       {http.StatusOK, []string{"0 postings, of which 0 state pay", "No posting has label KPO.", "Too few offers to compare"}, nil},
		"/compare?text=astronaut":                                  {http.StatusOK, []string{"Fewer than two groups are found."}, []string{"Download"}},
		"/compare?by=city":                                         {http.StatusOK, []string{"Mumbai (", "not known (", "a month"}, nil},
		"/compare?by=city&one=Pune&other=PUNE":                     {http.StatusBadRequest, []string{"Pune"}, []string{"Download"}},
		"/compare?by=city&one=Leh&other=Pune":                      {http.StatusBadRequest, []string{"there is no group \"Leh\"; expected one such as"}, []string{"Leh (0)"}},
		"/compare?by=employer&one=A,B&other=C,D":                   {http.StatusBadRequest, []string{`there is no group "A,B"`}, []string{"Fewer than two"}},
		"/compare?by=city&one=Pune&other=Mumbay&lang=hi":           {http.StatusBadRequest, []string{`"Mumbay" नाम का कोई समूह नहीं है; क्या आपका मतलब "Mumbai" था?`}, nil},
		"/compare?by=city&one=pune&other=Mumbai&city=Pune":         {http.StatusOK, []string{"Mumbai (0)", "No posting has city Mumbai."}, []string{"pune"}},
		"/trends":                                                  {http.StatusOK, []string{"By month", "Oct 2026", "median"}, []string{"own scale"}},
		"/trends?by=label&period=year":                             {http.StatusOK, []string{"BPO: By month", "unclassified: By month", "own scale"}, nil},
		"/trends?turnover=true":                                    {http.StatusOK, []string{"What came and went each month", "open at its end", "Sep 2026"}, []string{"Amounts", "not.posting_state"}},
		"/trends?stays=true&by=label":                              {http.StatusOK, []string{"No posting that a crawl saw matches."}, nil},
		"/trends?stays=true&turnover=true":                         {http.StatusBadRequest, []string{"two tables"}, nil},
		"/trends?stays=maybe":                                      {http.StatusBadRequest, []string{"expected true or false"}, nil},
		"/trends?text=astronaut&lang=hi":                           {http.StatusOK, []string{"कोई विज्ञापन मेल नहीं खाता।", "रुझान"}, []string{"Download"}},
		"/?as_of=2026-09-30":                                       {http.StatusOK, []string{"96 postings", "as of 30 Sep 2026", "As of 30 Sep 2026: the postings first seen by then", "First seen 21 Sep 2026"}, []string{"Save this search"}},
		"/?as_of=2026-01-31":                                       {http.StatusOK, []string{"0 postings", "as of 31 Jan 2026"}, []string{"Download"}},
		"/?as_of=2026-09-30&text=pune&lang=hi":                     {http.StatusOK, []string{"के दिन", "pune = "}, nil},
		"/?as_of=2026-09-30&text=astronaut":                        {http.StatusOK, []string{"0 postings", "In no posting: astronaut"}, nil},
		"/?as_of=soon":                                             {http.StatusBadRequest, []string{"as they were on : expected a date such as 2026-01-31"}, []string{"as of soon"}},
		"/pay?as_of=2026-09-30&text=voice":                         {http.StatusOK, []string{"As of 30 Sep 2026: the postings first seen by then", "state pay"}, nil},
		"/pay?as_of=2026-01-31":                                    {http.StatusOK, []string{"Too few postings state pay for a chart."}, nil},
		"/compare?as_of=2026-09-30":                                {http.StatusOK, []string{"BPO (39)", "As of 30 Sep 2026"}, nil},
		"/trends?as_of=2026-09-30":                                 {http.StatusOK, []string{"By month", "As of 30 Sep 2026"}, nil},
		"/trends?as_of=2026-09-30&turnover=true":                   {http.StatusBadRequest, []string{"expected it without turnover and stays, which go through all days"}, nil},
		"/saved?as_of=2026-09-30&text=pune":                        {http.StatusBadRequest, []string{"expected no day, for a saved search finds what is stored from now on"}, nil},
		"/sources":                                                 {http.StatusOK, []string{"No source is configured."}, nil},
		"/nowhere":                                                 {http.StatusNotFound, []string{"There is no such page"}, nil},
	} {
		answer := get(t, sample(t), url)
		said := textOf(elements(tree(t, answer), "main")[0])
		if answer.Code != tt.status {
			t.Errorf("%s: %d, want %d", url, answer.Code, tt.status)
		}
		for _, want := range tt.says {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %q: %s", url, want, said[:min(len(said), 600)])
			}
		}
		for _, not := range tt.mute {
			if strings.Contains(said, not) {
				t.Errorf("%s says %q", url, not)
			}
		}
	}
}

// TestNothingStored wants to be told what to do where there is no ledger.
func TestNothingStored(t *testing.T) {
	d, err := deskOf(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	h := New(func() *desk.Desk { return d })
	for _, url := range []string{"/", "/pay", "/posting/a/b", "/compare", "/trends", "/sources", "/saved"} {
		answer := get(t, h, url, "HX-Request", "true")
		if to := answer.Header().Get("HX-Redirect"); to != url {
			t.Errorf("htmx is to put %s in place, or goes to %q", url, to)
		}
		if answer.Code != http.StatusServiceUnavailable || !strings.Contains(answer.Body.String(), "jobsieve import") {
			t.Errorf("%s: %d %s", url, answer.Code, answer.Body)
		}
	}
}

// TestMarkup looks at every kind of page, in each language: nothing inline, nothing from
// elsewhere, and names and labels for whoever does not see it. htmx gets the same.
func TestMarkup(t *testing.T) {
	for _, view := range views {
		for _, lang := range languages {
			url := view + map[bool]string{true: "&", false: "?"}[strings.Contains(view, "?")] + "lang=" + lang
			answer := get(t, sample(t), url)
			root := tree(t, answer)
			for n := range root.Descendants() {
				if n.Type == html.ElementNode {
					checkElement(t, url, n)
				}
			}
			checkNames(t, url, root)
			if got := attribute(elements(root, "html")[0], "lang"); got != lang {
				t.Errorf("%s is in %s", url, got)
			}
			if n := len(elements(root, "h1")); n != 1 {
				t.Errorf("%s has %d main headings", url, n)
			}
			again := get(t, sample(t), url, "HX-Request", "true")
			if again.Code != answer.Code || !bytes.Equal(again.Body.Bytes(), answer.Body.Bytes()) {
				t.Errorf("%s is another page for htmx", url)
			}
		}
	}
}

func checkElement(t *testing.T, page string, n *html.Node) {
	t.Helper()
	outside := n.Data == "a" && strings.Contains(attribute(n, "rel"), "noreferrer")
	switch n.Data {
	case "th":
		if textOf(n) == "" {
			t.Errorf("%s has a head of a table that says nothing", page)
		}
	case "style", "iframe", "object", "embed", "base":
		t.Errorf("%s has <%s>", page, n.Data)
	case "script":
		if n.FirstChild != nil || attribute(n, "src") == "" {
			t.Errorf("%s has a script inline", page)
		}
	}
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") {
			t.Errorf("%s: <%s %s>", page, n.Data, a.Key)
		}
		to, err := url.Parse(a.Val)
		if slices.Contains(leading, a.Key) && !outside && (err != nil || to.Scheme != "" || to.Host != "") {
			t.Errorf("%s: <%s %s=%q> leads elsewhere", page, n.Data, a.Key, a.Val)
		}
	}
}

// leading are the attributes that have addresses.
var leading = []string{"action", "background", "cite", "data", "formaction", "href", "hx-get", "poster", "src", "srcset"}

// referring are attributes that name elements by their ids.
var referring = []string{"aria-labelledby", "aria-describedby", "for"}

// checkNames wants ids once, what refers to them to find them, and a label at each input.
func checkNames(t *testing.T, url string, root *html.Node) {
	t.Helper()
	ids, labelled := map[string]bool{}, map[string]bool{}
	for n := range root.Descendants() {
		if id := attribute(n, "id"); id != "" && ids[id] {
			t.Errorf("%s has the id %s twice", url, id)
		} else if id != "" {
			ids[id] = true
		}
		labelled[attribute(n, "for")] = true
	}
	for n := range root.Descendants() {
		for _, name := range referring {
			for id := range strings.FieldsSeq(attribute(n, name)) {
				if !ids[id] {
					t.Errorf("%s: <%s %s=%s> refers to nothing", url, n.Data, name, id)
				}
			}
		}
		if to, ok := strings.CutPrefix(attribute(n, "href"), "#"); ok && n.Data == "a" && !ids[to] {
			t.Errorf("%s: a link leads to %q, which is not there", url, to)
		}
		isInput := n.Data == "input" && attribute(n, "type") != "hidden" || n.Data == "select"
		if isInput && n.Parent.Data != "label" && !labelled[attribute(n, "id")] {
			t.Errorf("%s: the input %s has no label", url, attribute(n, "name"))
		}
	}
}

// TestSize wants the first page, with all that it needs, below 60 kB as it is sent.
func TestSize(t *testing.T) {
	h := sample(t)
	answer := get(t, h, "/", "Accept-Encoding", "gzip")
	total := answer.Body.Len()
	root := tree(t, get(t, h, "/"))
	for _, n := range append(elements(root, "script"), elements(root, "link")...) {
		address := attribute(n, "src") + attribute(n, "href")
		part := get(t, h, address, "Accept-Encoding", "gzip")
		if part.Code != http.StatusOK || part.Header().Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: %d, %s", address, part.Code, part.Header())
		}
		total += part.Body.Len()
	}
	const most = 60_000
	if total > most {
		t.Errorf("the first page takes %d bytes, more than %d", total, most)
	}
	if answer := get(t, h, "/assets/../page.go"); answer.Code == http.StatusOK {
		t.Error("another file is served")
	}
	if answer := get(t, h, "/assets/page.css"); answer.Code != http.StatusNotFound {
		t.Errorf("an asset of no version: %d", answer.Code)
	}
}

// TestLinksFind follows each link of a search that stays on the page, and wants an answer.
func TestLinksFind(t *testing.T) {
	h := sample(t)
	met := map[string]bool{}
	for _, view := range []string{"/?text=night+shift+pune&label=BPO&lang=hi&pay_min=5000&sort=date", "/pay?city=Pune", "/?text=astronaut+pune&city=Leh", "/compare?by=city&lang=hi", "/trends?turnover=true&city=Pune"} {
		for _, a := range elements(tree(t, get(t, h, view)), "a") {
			to, _, _ := strings.Cut(attribute(a, "href"), "#")
			if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, apiPath) || met[to] {
				continue
			}
			met[to] = true
			if answer := get(t, h, to); answer.Code != http.StatusOK {
				t.Errorf("%s leads to %s: %d", view, to, answer.Code)
			}
			u, err := url.Parse(to)
			if err != nil {
				t.Fatal(err)
			}
			isSwitch := attribute(a, "hreflang") != ""
			if strings.Contains(view, "lang=hi") && !isSwitch && u.Query().Get(langName) != "hi" {
				t.Errorf("%s: the language is lost by %s", view, to)
			}
		}
	}
}

// TestChips takes each part of a question back.
func TestChips(t *testing.T) {
	root := tree(t, get(t, sample(t), "/?text=night+shift+pune&label=BPO&not.shift=day&pay_max=50000&pay_period=month&all=true"))
	got := map[string]string{}
	for _, a := range elements(root, "a") {
		if attribute(a, "class") == "chip" {
			got[textOf(a)] = attribute(a, "href")
		}
	}
	const rest = "all=true&label=BPO&not.shift=day&pay_max=50000&pay_period=month&text="
	for chip, want := range map[string]string{
		"Remove night shift = shift: night":         "/?" + rest + "pune",
		"Remove pune = city: Pune":                  "/?" + rest + "night+shift",
		"Remove label: BPO":                         "/?all=true&not.shift=day&pay_max=50000&pay_period=month&text=night+shift+pune",
		"Remove not shift: day":                     "/?all=true&label=BPO&pay_max=50000&pay_period=month&text=night+shift+pune",
		"Remove pay up to, rupees: ₹50,000 a month": "/?all=true&label=BPO&not.shift=day&text=night+shift+pune",
		"Remove closed postings too":                "/?label=BPO&not.shift=day&pay_max=50000&pay_period=month&text=night+shift+pune",
	} {
		if want += "#found"; got[chip] != want {
			t.Errorf("%s leads to %s, want %s", chip, got[chip], want)
		}
		delete(got, chip)
	}
	if len(got) > 0 {
		t.Errorf("other chips: %v", got)
	}
}

// TestFacets chooses one value, and wants the counts of the others as they would be.
func TestFacets(t *testing.T) {
	root := tree(t, get(t, sample(t), "/?label=BPO"))
	counts := map[string]string{}
	for _, l := range elements(root, "label") {
		if in := elements(l, "input"); len(in) == 1 && attribute(in[0], "name") == "label" {
			counts[attribute(in[0], "value")] = textOf(l)
		}
	}
	for value, want := range map[string]string{"BPO": "BPO 39", "KPO": "KPO 29", "UNCLASSIFIED": "unclassified 28"} {
		if counts[value] != want {
			t.Errorf("%s: %q, want %q", value, counts[value], want)
		}
	}
}

// TestBlanks wants a form's empty parameters to leave the address.
func TestBlanks(t *testing.T) {
	answer := get(t, sample(t), "/?text=pune&pay_min=&since=&lang=hi&city=&city=Pune")
	if to := answer.Header().Get("Location"); answer.Code != http.StatusSeeOther || to != "/?city=Pune&lang=hi&text=pune" {
		t.Errorf("%d %s", answer.Code, to)
	}
}

// TestDownloads wants exactly the postings that are shown.
func TestDownloads(t *testing.T) {
	for view, want := range map[string][]string{
		"/?city=Pune&since=2026-10-01&sort=date": {
			"/api/v1/export?city=Pune&format=csv&not.posting_state=closed&since=2026-10-01&sort=date",
			"/api/v1/export?city=Pune&format=parquet&not.posting_state=closed&since=2026-10-01",
			"/api/v1/export?city=Pune&format=jsonl&not.posting_state=closed&since=2026-10-01&sort=date",
		},
		"/pay?all=true&since=2026-10-01": {
			"/api/v1/reports/pay?all=true&by=label&format=csv&period=month&where=posted+%3E%3D+2026-10-01",
			"/api/v1/reports/pay?all=true&by=label&format=xlsx&period=month&where=posted+%3E%3D+2026-10-01",
			"/api/v1/reports/pay?all=true&by=label&format=parquet&period=month&where=posted+%3E%3D+2026-10-01",
			"/api/v1/reports/pay?all=true&by=label&format=json&period=month&where=posted+%3E%3D+2026-10-01",
		},
		"/compare?all=true&by=city&one=Pune&other=Mumbai&period=year": {
			"/api/v1/reports/pay?all=true&compare=city%3DPune%2CMumbai&format=csv&period=year",
			"/api/v1/reports/pay?all=true&compare=city%3DPune%2CMumbai&format=xlsx&period=year",
			"/api/v1/reports/pay?all=true&compare=city%3DPune%2CMumbai&format=parquet&period=year",
			"/api/v1/reports/pay?all=true&compare=city%3DPune%2CMumbai&format=json&period=year",
		},
		"/trends?all=true&by=label&turnover=true": {
			"/api/v1/reports/trend?all=true&by=label&format=csv&turnover=true",
			"/api/v1/reports/trend?all=true&by=label&format=xlsx&turnover=true",
			"/api/v1/reports/trend?all=true&by=label&format=parquet&turnover=true",
			"/api/v1/reports/trend?all=true&by=label&format=json&turnover=true",
		},
	} {
		var got []string
		for _, a := range elements(tree(t, get(t, sample(t), view)), "a") {
			if to := attribute(a, "href"); strings.HasPrefix(to, apiPath) {
				got = append(got, to)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", view, got, want)
		}
	}
}

// bare is a text between tags, or in an attribute that is read out.
var (
	action = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	tag    = regexp.MustCompile(`(?s)<[^>]*>`)
	named  = regexp.MustCompile(`(?:aria-label|title|alt|placeholder)="[^"]*\p{L}`)
	letter = regexp.MustCompile(`\p{L}+`)
	key    = regexp.MustCompile(`(?:\{\{|\(| )t "([a-z_.]+)"|\.T\("([a-z_.]+)"|(?:count|Count\()\s?"([a-z_.]+)"`)
)

// TestTemplatesHaveNoText wants every text of the interface to come from the catalogues.
func TestTemplatesHaveNoText(t *testing.T) {
	files, err := templateFiles.ReadDir("templates")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, f := range files {
		body, err := templateFiles.ReadFile("templates/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		plain := action.ReplaceAllString(string(body), "")
		if found := named.FindAllString(plain, -1); len(found) > 0 {
			t.Errorf("%s: %q", f.Name(), found)
		}
		if found := letter.FindAllString(tag.ReplaceAllString(plain, ""), -1); len(found) > 0 {
			t.Errorf("%s has texts of its own: %q", f.Name(), found)
		}
	}
}
