package ats

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jobsieve/job"
)

// TestAbout wants each connector to say what a source gives, and to state and to search
// just what it does: the fields of its postings are those in testdata/answers.
func TestAbout(t *testing.T) {
	for _, platform := range Platforms() {
		c, _ := Find(platform)
		if c.Needs == nil || c.Address == "" || !strings.HasPrefix(c.Documented, "https://") {
			t.Errorf("%s: it needs %q, its boards are at %q, it is documented at %q: none may be missing",
				platform, c.Needs, c.Address, c.Documented)
		}
		for _, text := range []string{c.Address, c.Limits, c.Documented} {
			if strings.ContainsAny(text, "|\n") || strings.HasSuffix(text, ".") {
				t.Errorf("%s: %q does not fit a table: no bars, no line ends, no stop at the end", platform, text)
			}
		}
		if got := stated(answered(t, platform)); got != c.States {
			t.Errorf("%s: says that it states %q, and states %q", platform, c.States, got)
		}
		if got := searches(c); got != c.Searches {
			t.Errorf("%s: says of a query that it narrows the board: %v, and it does: %v", platform, c.Searches, got)
		}
	}
}

// searches reports that a query changes what is asked for.
func searches(c *Connector) bool {
	b := Board{Account: "acme.com", Site: eightfoldOlder, Base: "https://careers.acme.example"}
	all := c.First(&b)
	b.Query = "clerk"
	some := c.First(&b)
	return all.URL != some.URL || string(all.Body) != string(some.Body)
}

// answered gives the postings in a platform's golden files.
func answered(t *testing.T, platform string) (all []job.Posting) {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", "answers", platform+".golden"))
	if err != nil {
		t.Fatal(err)
	}
	var r read
	if err := json.Unmarshal(body, &r); err != nil {
		t.Fatal(err)
	}
	if r.Whole != nil {
		r.Postings = append(r.Postings, *r.Whole)
	}
	return r.Postings
}

// stated lists what at least one of the postings has, as Connector.States does.
func stated(postings []job.Posting) string {
	has := map[string]bool{}
	for i := range postings {
		p := &postings[i]
		_, m := apart(p.Location)
		for name, have := range map[string]bool{
			"company": p.Company != "", "posted": p.Posted != "", "last day": p.Until() != "",
			"ranges": strings.HasPrefix(p.Salary, "{"), "text": p.Salary != "" && !strings.HasPrefix(p.Salary, "{"),
			"mode": m != "", "experience": p.Experience != "", "skills": p.Skills != "", "openings": p.Openings != "",
		} {
			has[name] = has[name] || have
		}
	}
	var pay []string
	for _, form := range []string{"ranges", "text"} {
		if has[form] {
			pay = append(pay, form)
		}
	}
	payName := "pay as " + strings.Join(pay, " or ")
	has[payName] = len(pay) > 0
	var out []string
	for _, name := range []string{"company", "posted", "last day", payName, "mode", "experience", "skills", "openings"} {
		if has[name] {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}
