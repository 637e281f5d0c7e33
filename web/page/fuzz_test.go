package page

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/filter"
	"jobsieve/job"
)

// FuzzSegments wants the segments of a text to be the text, and each valid mark to end once.
func FuzzSegments(f *testing.F) {
	f.Add("night shift रात", 0, 5, 3, 9)
	f.Add("", -1, 0, 0, 1)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		marks := []mark{
			{N: 1, Field: job.FieldTitle, Start: a, End: b, Kind: "for"}, {N: 2, Field: job.FieldTitle, Start: c, End: d, Kind: "pay"},
		}
		var whole strings.Builder
		ended := map[int]int{}
		for _, s := range segments(text, marks) {
			whole.WriteString(s.Text)
			for _, n := range s.Ends {
				ended[n]++
			}
		}
		if whole.String() != text {
			t.Errorf("%q became %q", text, whole.String())
		}
		for i := range marks {
			want := 0
			if marks[i].valid(text) {
				want = 1
			}
			if ended[marks[i].N] != want {
				t.Errorf("mark %d ends %d times", marks[i].N, ended[marks[i].N])
			}
		}
	})
}

// FuzzAsk wants what a URL asks for, where it has no faults, to be asked again by the
// links of its page.
func FuzzAsk(f *testing.F) {
	f.Add("text=night+shift&label=BPO&not.city=Pune&pay_min=15000&sort=date&lang=hi")
	f.Add("where=city+in+(Pune)&where=pay+>%3D+3+LPA&exact=true&all=true&by=none&period=year")
	f.Add("text=%22a&offset=-1")
	f.Add("as_of=2026-01-31&text=a&turnover=true")
	w, err := readWords("hi")
	if err != nil {
		f.Fatal(err)
	}
	d, err := deskOf(f.Context(), f.TempDir(), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, query string) {
		a := askOf(&url.URL{Path: "/", RawQuery: query}, w, filter.Book{})
		a.inputs()
		a.hidden()
		a.asked(d)
		if len(a.faults) > 0 {
			return
		}
		u, err := url.Parse(a.link(nil))
		if err != nil {
			t.Fatal(err)
		}
		again := askOf(u, w, filter.Book{})
		if len(again.faults) > 0 || again.blank {
			t.Errorf("%s: the link %s has faults: %v", query, u, again.faults)
		}
		if diff := cmp.Diff(a.values(), again.values()); diff != "" {
			t.Errorf("%s: the link asks for something else (-want +got):\n%s", query, diff)
		}
	})
}
