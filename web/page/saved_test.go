package page

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/job"
	"jobsieve/web/guard"
)

// voiceIn is a telecaller's posting.
func voiceIn(id, city string) job.Posting {
	return job.Posting{
		Source: "acme", ID: "acme:" + id, Title: "Telecaller, voice process " + id, Company: "<b>Acme</b>", Location: city,
		URL: "https://acme.example/" + id, Description: "Answer inbound calls of customers.",
	}
}

// sendForm sends a form.
func sendForm(t *testing.T, h http.Handler, to string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, to, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)
	return answer
}

// formOf gives the form of a page that begins with an address: where it goes, and what it
// sends.
func formOf(t *testing.T, answer *httptest.ResponseRecorder, begins string) (to string, sent url.Values) {
	t.Helper()
	for _, f := range elements(tree(t, answer), "form") {
		if to = attribute(f, "action"); attribute(f, "method") != "post" || !strings.HasPrefix(to, begins) {
			continue
		}
		sent = url.Values{}
		for _, in := range elements(f, "input") {
			sent.Add(attribute(in, "name"), attribute(in, "value"))
		}
		return to, sent
	}
	t.Fatalf("there is no form to %s: %s", begins, answer.Body)
	return "", nil
}

// saysIn is the text of a page.
func saysIn(t *testing.T, answer *httptest.ResponseRecorder) string {
	t.Helper()
	return textOf(elements(tree(t, answer), "main")[0])
}

// TestSaving saves the question of a search by the form that its page leads to, sees what is
// new to it, and forgets it.
func TestSaving(t *testing.T) {
	dir := t.TempDir()
	d, err := deskOf(t.Context(), dir, []job.Posting{voiceIn("1", "Pune"), voiceIn("2", "Mumbai")})
	if err != nil {
		t.Fatal(err)
	}
	h := New(func() *desk.Desk { return d })
	link := ""
	for _, a := range elements(tree(t, get(t, h, "/?text=telecaller&city=Pune&sort=date&lang=hi")), "a") {
		if strings.HasPrefix(attribute(a, "href"), savedPath+"?") {
			link = attribute(a, "href")
		}
	}
	if link != "/saved?city=Pune&lang=hi&text=telecaller" {
		t.Fatalf("the link is %q", link)
	}
	to, sent := formOf(t, get(t, h, link), savedPath)
	sent.Set("name", "pune-voice")
	answer := sendForm(t, h, to, sent)
	if got := answer.Header().Get("Location"); answer.Code != http.StatusSeeOther || got != "/saved?lang=hi#saved-pune-voice" {
		t.Fatalf("%d to %q: %s", answer.Code, got, answer.Body)
	}
	if _, err := deskOf(t.Context(), dir, []job.Posting{voiceIn("3", "Pune"), voiceIn("4", "Mumbai"), voiceIn("5", "Pune")}); err != nil {
		t.Fatal(err)
	}
	answer = get(t, h, "/saved")
	said := saysIn(t, answer)
	for _, want := range []string{
		"pune-voice 2 new telecaller · city: Pune", "Telecaller, voice process 5 <b>Acme</b> · Pune", "voice process 3", "Never looked at.",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
	if strings.Contains(said, "voice process 4") || strings.Contains(answer.Body.String(), "<b>") {
		t.Error(said)
	}
	hrefs := map[string]bool{}
	for _, a := range elements(tree(t, answer), "a") {
		hrefs[attribute(a, "href")] = true
	}
	for _, want := range []string{"/saved/pune-voice.rss", "/?city=Pune&text=telecaller", "/posting/acme/acme:5"} {
		if !hrefs[want] {
			t.Errorf("there is no link to %s", want)
		}
	}
	for n := range tree(t, answer).Descendants() {
		if n.Type == html.ElementNode {
			checkElement(t, "/saved", n)
		}
	}
	checkNames(t, "/saved", tree(t, answer))
	to, sent = formOf(t, answer, "/saved/")
	if to != "/saved/pune-voice/forget" || len(sent) > 0 {
		t.Errorf("it is forgotten by %s with %v", to, sent)
	}
	if answer = sendForm(t, h, to, sent); answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != savedPath {
		t.Errorf("%d to %s", answer.Code, answer.Header().Get("Location"))
	}
	if said := saysIn(t, get(t, h, "/saved")); !strings.Contains(said, "No search is saved.") {
		t.Error(said)
	}
	if answer = sendForm(t, h, to, nil); answer.Code != http.StatusNotFound {
		t.Errorf("forgotten twice: %d", answer.Code)
	}
}

// TestSavingRefused sends forms that can't be taken: what was typed is kept, and nothing is
// saved.
func TestSavingRefused(t *testing.T) {
	d, err := deskOf(t.Context(), t.TempDir(), []job.Posting{voiceIn("1", "Pune")})
	if err != nil {
		t.Fatal(err)
	}
	h := New(func() *desk.Desk { return d })
	if answer := sendForm(t, h, savedPath, url.Values{"name": {"taken"}, "city": {"Pune"}}); answer.Code != http.StatusSeeOther {
		t.Fatal(answer.Code, answer.Body)
	}
	for name, tt := range map[string]struct {
		form url.Values
		says string
	}{
		"name":     {url.Values{"name": {`<i>"X`}, "text": {"voice"}}, "Expected a name of small letters"},
		"no name":  {url.Values{"text": {"voice"}}, "Expected a name of small letters"},
		"twice":    {url.Values{"name": {"taken"}, "text": {"voice"}}, "There is a saved search taken already"},
		"nothing":  {url.Values{"name": {"all"}, "text": {" "}}, "There is no question to save."},
		"question": {url.Values{"name": {"red"}, "colour": {"red"}}, `unknown filter "colour"`},
	} {
		answer := sendForm(t, h, "/saved?lang=en", tt.form)
		if said := saysIn(t, answer); answer.Code != http.StatusBadRequest || !strings.Contains(said, tt.says) {
			t.Errorf("%s: %d, and not %q: %s", name, answer.Code, tt.says, said)
		}
		if name == "question" {
			continue
		}
		if _, again := formOf(t, answer, savedPath); again.Get("name") != tt.form.Get("name") {
			t.Errorf("%s: the name %q became %q", name, tt.form.Get("name"), again.Get("name"))
		}
	}
	all, err := d.Saved(t.Context())
	if err != nil || len(all) != 1 {
		t.Errorf("%v: %v", all, err)
	}
	for _, method := range []string{http.MethodPut, http.MethodDelete} {
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, httptest.NewRequest(method, "/saved/taken/forget", http.NoBody))
		if answer.Code == http.StatusSeeOther {
			t.Errorf("%s forgets", method)
		}
	}
	if answer := get(t, h, "/saved/taken/forget"); answer.Code != http.StatusNotFound {
		t.Errorf("a link leads to where it is forgotten: %d", answer.Code)
	}
}

// TestSavingFromElsewhere wants forms to be taken from pages of this server alone, where the
// guard stands before it.
func TestSavingFromElsewhere(t *testing.T) {
	d, err := deskOf(t.Context(), t.TempDir(), []job.Posting{voiceIn("1", "Pune")})
	if err != nil {
		t.Fatal(err)
	}
	limits := config.Web{Requests: 100, Cost: 100}
	door, err := guard.New(&config.Config{Listen: config.DefaultListen, Web: limits}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	h := door.Around(New(func() *desk.Desk { return d }))
	for _, tt := range []struct {
		site, origin, to string
		status           int
	}{
		{"cross-site", "https://evil.example", savedPath, http.StatusForbidden},
		{"", "https://evil.example", savedPath, http.StatusForbidden},
		{"same-origin", "null", savedPath, http.StatusSeeOther},
		{"cross-site", "", savedPath + "/voice/forget", http.StatusForbidden},
		{"same-origin", "", savedPath + "/voice/forget", http.StatusSeeOther},
		{"same-origin", "", "/compare", http.StatusMethodNotAllowed},
	} {
		r := httptest.NewRequest(http.MethodPost, "http://localhost"+tt.to, strings.NewReader("name=voice&text=voice"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for name, value := range map[string]string{"Sec-Fetch-Site": tt.site, "Origin": tt.origin} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, r)
		if answer.Code != tt.status {
			t.Errorf("%+v: %d", tt, answer.Code)
		}
	}
}
