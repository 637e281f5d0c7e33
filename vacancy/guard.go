package vacancy

import (
	"maps"
	"math"
	"slices"
	"strings"

	"jobsieve/job"
)

// Guard is something that postings of one vacancy may not differ in, where both state it.
type Guard string

// The guards.
const (
	GuardCity       Guard = "city"
	GuardShift      Guard = "shift"
	GuardMode       Guard = "mode"
	GuardProcess    Guard = "process" // the line of work: domestic collections, US healthcare
	GuardGrade      Guard = "grade"   // senior, trainee, II
	GuardPay        Guard = "pay"
	GuardExperience Guard = "experience"
)

// Guards are what the guards compare; what is empty was not stated.
type Guards struct {
	// Text says that there is a text to decide by. Between texts, lists of cities may differ
	// a little; and the most years of experience, which nothing requires, are not compared.
	Text bool `json:"text,omitempty"`
	// Source is where the posting came from: boards write the most years differently.
	Source  string      `json:"source"`
	Cities  []string    `json:"cities,omitempty"` // or states, where no city is stated; in order
	Shift   []job.Shift `json:"shift,omitempty"`
	Mode    job.Mode    `json:"mode,omitempty"`
	Process []string    `json:"process,omitempty"` // as axis=value, in order
	Grade   []string    `json:"grade,omitempty"`   // words of the title, in order; none is stated too
	// PayMin and PayMax are the offer in rupees a year; zero where that side is not stated.
	PayMin int64 `json:"pay_min,omitempty"`
	PayMax int64 `json:"pay_max,omitempty"`
	// Experience has the least and the most years that are asked for.
	ExperienceMin *float64 `json:"experience_min,omitempty"`
	ExperienceMax *float64 `json:"experience_max,omitempty"`
}

func guardsOf(p *job.Posting, f *job.Facts, pay *job.Pay, title, body []string) Guards {
	g := Guards{
		Source: p.Source, Cities: citiesOf(p.Location, f.Places), Shift: f.Shift, Mode: job.Mode(f.Mode),
		Process: processOf(title, body), Grade: gradeOf(title),
		ExperienceMin: f.Experience.Min, ExperienceMax: f.Experience.Max,
	}
	if pay.Countable() {
		g.PayMin, g.PayMax = value(pay.AnnualMin), value(pay.AnnualMax)
	}
	return g
}

func value(v *int64) int64 {
	if v == nil {
		return 0
	}
	return *v
}

// citiesOf gives the cities of a posting. A board that says "+3" for three cities more
// makes it another set than without them.
func citiesOf(location string, places []job.Place) []string {
	var out []string
	for i := range places {
		p := &places[i]
		switch {
		case p.City != "":
			out = append(out, string(p.City))
		case p.State != "":
			out = append(out, string(p.State))
		}
	}
	if _, more, ok := strings.Cut(location, "+"); ok && len(out) > 0 {
		out = append(out, "+"+strings.TrimSpace(more))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (g *Guards) place() string { return strings.Join(g.Cities, "|") }

// Against gives the guards that keep two postings apart.
func (g *Guards) Against(o *Guards) (out []Guard) {
	for _, c := range []struct {
		guard Guard
		apart bool
	}{
		{GuardCity, g.elsewhere(o) || o.elsewhere(g) || otherCities(g, o)},
		{GuardShift, len(g.Shift) > 0 && len(o.Shift) > 0 && !overlap(g.Shift, o.Shift)},
		{GuardMode, g.Mode != "" && o.Mode != "" && g.Mode != o.Mode},
		{GuardProcess, otherProcess(g.Process, o.Process)},
		{GuardGrade, !slices.Equal(g.Grade, o.Grade)},
		{GuardPay, otherPay(g.PayMin, o.PayMin) || otherPay(g.PayMax, o.PayMax)},
		{GuardExperience, otherExperience(g, o)},
	} {
		if c.apart {
			out = append(out, c.guard)
		}
	}
	return out
}

// agreed gives the guards of which both say the same; against are those that differ.
func (g *Guards) agreed(o *Guards, against []Guard) (out []string) {
	for _, c := range []struct {
		guard  Guard
		stated bool
	}{
		{GuardCity, len(g.Cities) > 0 && len(o.Cities) > 0},
		{GuardShift, len(g.Shift) > 0 && len(o.Shift) > 0},
		{GuardMode, g.Mode != "" && o.Mode != ""},
		{GuardProcess, len(g.Process) > 0 && len(o.Process) > 0},
		{GuardPay, g.PayMin != 0 && o.PayMin != 0 || g.PayMax != 0 && o.PayMax != 0},
		{GuardExperience, g.ExperienceMin != nil && o.ExperienceMin != nil},
		{GuardExperience, g.ExperienceMin == nil && g.ExperienceMax != nil && o.ExperienceMax != nil},
	} {
		if c.stated && !slices.Contains(against, c.guard) {
			out = append(out, string(c.guard))
		}
	}
	return out
}

// elsewhere reports work from home where the other is in a city.
func (g *Guards) elsewhere(o *Guards) bool {
	return g.Mode == job.ModeRemote && len(g.Cities) == 0 && len(o.Cities) > 0 && o.Mode != job.ModeRemote
}

// mostCities is how many of the cities that either names both must name, where texts decide.
const mostCities = 0.5

func otherCities(g, o *Guards) bool {
	if len(g.Cities) == 0 || len(o.Cities) == 0 {
		return false
	}
	if g.Text && o.Text {
		return wordsAlike(g.Cities, o.Cities) < mostCities
	}
	return !slices.Equal(g.Cities, o.Cities)
}

func otherExperience(g, o *Guards) bool {
	if otherYears(g.ExperienceMin, o.ExperienceMin) {
		return true
	}
	loose := g.Text && o.Text || g.Source != o.Source
	bothLeast := g.ExperienceMin != nil && o.ExperienceMin != nil
	return (!loose || !bothLeast) && otherYears(g.ExperienceMax, o.ExperienceMax)
}

func overlap[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(v T) bool { return slices.Contains(b, v) })
}

// payRounding is by how much, as a part of it, one offer differs between boards that
// write it by the month and by the year, or in lakhs.
const payRounding = 0.05

func otherPay(a, b int64) bool {
	return a != 0 && b != 0 && math.Abs(float64(a-b)) > payRounding*float64(max(a, b))
}

func otherYears(a, b *float64) bool { return a != nil && b != nil && *a != *b }

// grades are words of titles that say how high a post is, and what they mean.
var grades = map[string]string{
	"senior": "senior", "sr": "senior", "junior": "junior", "jr": "junior", "trainee": "trainee",
	"intern": "intern", "internship": "intern", "apprentice": "trainee", "lead": "lead", "leader": "lead",
	"head": "head", "manager": "manager", "mgr": "manager", "assistant": "assistant", "asst": "assistant",
	"deputy": "deputy", "chief": "chief", "principal": "principal", "director": "director",
	"supervisor": "supervisor", "vp": "vp", "avp": "avp",
	"i": "1", "ii": "2", "iii": "3", "iv": "4", "1": "1", "2": "2", "3": "3", "4": "4",
}

// posts are words of titles that say hardly more than that there is a post.
var posts = words("executive executives associate officer specialist staff consultant professional member")

// isGrade reports what a grade becomes in a title.
func isGrade(w string) bool { return slices.Contains(slices.Collect(maps.Values(grades)), w) }

func gradeOf(title []string) []string {
	var out []string
	for _, w := range title {
		if g := grades[w]; g != "" {
			out = append(out, g)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// processes are the words that name a line of work, by axis: of two postings that both
// name values of an axis, none in common, the lines differ. What the title says of an
// axis counts, else what the text says.
var processes = map[string]map[string]string{
	"market": {
		"domestic": "domestic", "international": "international", "us": "us", "usa": "us", "uk": "uk",
		"australian": "au", "australia": "au", "canadian": "ca", "canada": "ca",
	},
	"direction": {"inbound": "in", "incoming": "in", "outbound": "out", "outgoing": "out"},
	"channel": {
		"chat": "chat", "email": "email", "voice": "voice", "calling": "voice", "telecalling": "voice",
		"backend": "backend", "backoffice": "backend",
	},
	"line": {
		"collection": "collections", "collections": "collections", "recovery": "collections",
		"healthcare": "healthcare", "medical": "healthcare", "banking": "banking", "insurance": "insurance",
		"telecom": "telecom", "travel": "travel", "mortgage": "mortgage", "payroll": "payroll", "sales": "sales",
		"support": "support", "technical": "technical",
	},
	"language": {
		"hindi": "hi", "tamil": "ta", "telugu": "te", "kannada": "kn", "malayalam": "ml", "marathi": "mr",
		"gujarati": "gu", "bengali": "bn", "punjabi": "pa", "spanish": "es", "french": "fr", "german": "de",
		"japanese": "ja", "arabic": "ar",
		"odia": "or", "oriya": "or", "assamese": "as", "urdu": "ur", "nepali": "ne", "english": "en", "mandarin": "zh",
		"chinese": "zh", "italian": "it", "portuguese": "pt", "korean": "ko", "dutch": "nl", "russian": "ru",
	},
}

// ofText are the axes that a text tells, when the title doesn't.
var ofText = map[string]bool{"market": true, "direction": true}

// minProcessText is how often a text names a value before it counts.
const minProcessText = 2

func processOf(title, body []string) []string {
	var out []string
	for axis, values := range processes {
		found := valuesIn(title, values, 1)
		if len(found) == 0 && ofText[axis] {
			found = valuesIn(body, values, minProcessText)
		}
		for _, v := range found {
			out = append(out, axis+"="+v)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// valuesIn gives the values that words name least times or more.
func valuesIn(words []string, values map[string]string, least int) (out []string) {
	times := map[string]int{}
	for _, w := range words {
		if v := values[w]; v != "" {
			if times[v]++; times[v] == least {
				out = append(out, v)
			}
		}
	}
	return out
}

// otherProcess reports an axis of which both name values, and none in common.
func otherProcess(a, b []string) bool {
	for axis := range processes {
		of := func(list []string) []string {
			return slices.DeleteFunc(slices.Clone(list), func(v string) bool { return !strings.HasPrefix(v, axis+"=") })
		}
		x, y := of(a), of(b)
		if len(x) > 0 && len(y) > 0 && !overlap(x, y) {
			return true
		}
	}
	return false
}
