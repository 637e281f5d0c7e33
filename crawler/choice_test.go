package crawler

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestLastMod(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	at := func(s string) time.Time {
		v, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, tt := range []struct {
		text, modified, asked string // what it was when the page was asked for, and when that was
		want                  Said
	}{
		{"", "", "2026-03-09 12:00", SaidNothing},
		{"soon", "", "2026-03-09 12:00", SaidNothing},
		{"0001-01-01", "", "2026-03-09 12:00", SaidNothing},
		{"2026-03-11T12:00:00Z", "", "2026-03-09 12:00", SaidNothing}, // in the future
		{"2026-03-10T09:00:00Z", "2026-03-08 09:00", "2026-03-09 12:00", SaidChanged},
		{"2026-03-10T09:00:00Z", "", "2026-03-09 12:00", SaidChanged},
		{"2026-03-10T14:30:00.5+05:30", "", "2026-03-09 12:00", SaidChanged},
		{" 2026-03-10 ", "2026-03-08 00:00", "2026-03-09 12:00", SaidChanged},
		{"2026-03-09T11:30:00Z", "2026-03-08 09:00", "2026-03-09 12:00", SaidChanged}, // as clocks go
		{"2026-03-09T10:30:00Z", "2026-03-08 09:00", "2026-03-09 12:00", SaidUnchanged},
		{"2026-03-09T10:30:00", "2026-03-08 09:00", "2026-03-09 12:00", SaidChanged}, // of an unknown zone
		{"2026-03-09T11:30:00Z", "2026-03-09 11:30", "2026-03-09 12:00", SaidUnchanged},
		{"2026-03-09T11:30:00.0001234Z", "2026-03-09 11:30", "2026-03-09 12:00", SaidUnchanged}, // as it was kept
		{"2026-03-09", "2026-03-09 00:00", "2026-03-09 12:00", SaidUnchanged},                   // the day is not over everywhere
		{"2026-03-08", "2026-03-08 00:00", "2026-03-08 12:00", SaidNothing},                     // it may have changed in the evening
		{"2026-03-08", "2026-03-08 00:00", "2026-03-09 18:00", SaidUnchanged},
		{"2026-03-01", "", "2026-03-09 18:00", SaidUnchanged},
	} {
		k := Known{Asked: at(tt.asked)}
		if tt.modified != "" {
			k.Modified = at(tt.modified)
		}
		m := lastModOf(tt.text, now)
		if got := m.says(&k, now); got != tt.want {
			t.Errorf("%+v: %d, want %d", tt, got, tt.want)
		}
	}
}

// TestBestIsBounded adds many addresses: the first of them are held, and no more.
func TestBestIsBounded(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	b := best{most: 5}
	out := 0
	for _, i := range random.Perm(10_000) {
		if b.add(&address{Link: fmt.Sprint(i), Order: i}) != nil {
			out++
		}
		if cap(b.all) > 2*b.most {
			t.Fatalf("%d are held", cap(b.all))
		}
	}
	var got []string
	for _, a := range b.sorted() {
		got = append(got, a.Link)
	}
	if s := strings.Join(got, " "); s != "0 1 2 3 4" || out != 9995 {
		t.Errorf("%s; %d let go", s, out)
	}
}

// TestShares shares out the pages that a crawl may ask for.
func TestShares(t *testing.T) {
	many := func(n int) best { return best{all: make([]*address, n)} }
	for _, tt := range []struct {
		most, resumed, fresh, known, sample, unchanged int
		want                                           string // new, known, of the sample
	}{
		{100, 0, 500, 0, 0, 0, "100 0 0"},
		{100, 0, 500, 500, 0, 0, "90 10 0"},
		{100, 0, 500, 500, 10, 1000, "80 10 10"},
		{100, 0, 500, 500, 10, 100, "88 10 2"},
		{100, 0, 20, 500, 10, 1000, "20 70 10"},
		{100, 0, 20, 5, 10, 1000, "20 5 10"},
		{100, 60, 500, 500, 10, 1000, "20 10 10"},
		{100, 100, 500, 500, 10, 1000, "0 0 0"},
		{100, 120, 500, 500, 10, 1000, "0 0 0"},
		{2, 0, 1, 1, 1, 1000, "1 1 0"},
		{2, 0, 1, 0, 1, 1000, "1 0 1"},
		{1, 0, 5, 5, 1, 10, "1 0 0"},
	} {
		c := choice{
			crawl: &crawl{}, most: tt.most, resumed: many(tt.resumed), fresh: many(tt.fresh), known: many(tt.known),
			sample: many(tt.sample), unchanged: tt.unchanged,
		}
		fresh, known, sampled := c.shares()
		if got := fmt.Sprint(fresh, known, sampled); got != tt.want {
			t.Errorf("%+v: %s", tt, got)
		}
	}
}
