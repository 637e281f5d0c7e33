package vacancy

import (
	"cmp"
	"maps"
	"math"
	"regexp"
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
	Text bool
	// Source is where the posting came from: boards write the most years differently.
	Source string
	Cities []string // or states, where no city is stated; in order
	// Country says that a country is stated, and no city or state.
	Country bool
	// Named are those of Cities that the title names.
	Named   []string
	Shift   []job.Shift
	Mode    job.Mode
	Process []string // as axis=value, in order
	Grade   []string // words of the title, in order; none is stated too
	// PayMin and PayMax are the offer in rupees a year; zero where that side is not stated.
	PayMin int64
	PayMax int64
	// Experience has the least and the most years that are asked for.
	ExperienceMin *float64
	ExperienceMax *float64
	// Told are the years that the text tells, in order.
	Told []int
}

func guardsOf(p *job.Posting, f *job.Facts, pay *job.Pay, title, body []string) Guards {
	g := Guards{
		Source: p.Source, Cities: citiesOf(p.Location, f.Places), Named: namedOf(title, f.Places),
		Shift: f.Shift, Mode: job.Mode(f.Mode),
		Process: processOf(title, body), Grade: gradeOf(title),
		ExperienceMin: f.Experience.Min, ExperienceMax: f.Experience.Max,
	}
	if len(p.Description) >= MinText {
		g.Told = yearsIn(body)
	}
	g.Country = len(g.Cities) == 0 && len(f.Places) > 0
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

// moreCities is how a board ends a list of cities that it cuts. "Pune (Baner +3)" has areas.
var moreCities = regexp.MustCompile(`\+\d+$`)

// rural ends the name of the district around a city, which isn't the city.
const rural = " rural"

// citiesOf gives the cities of a posting. A board that says "+3" for three cities more
// makes it another set than without them.
func citiesOf(location string, places []job.Place) []string {
	var out []string
	places = withoutStates(places)
	for i := range places {
		p := &places[i]
		switch {
		case p.City != "" && p.Raw == location && strings.HasSuffix(strings.ToLower(location), rural):
			out = append(out, string(p.City)+rural)
		case p.City != "":
			out = append(out, string(p.City))
		case p.State != "":
			out = append(out, string(p.State))
		}
	}
	if more := moreCities.FindString(location); more != "" && len(out) > 0 {
		out = append(out, more)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// withoutStates leaves out states of which a city is stated: "Pune, Maharashtra" is Pune.
func withoutStates(places []job.Place) []job.Place {
	if len(places) <= 1 {
		return places
	}
	cityOf := map[job.Opt]bool{}
	for i := range places {
		cityOf[places[i].State] = cityOf[places[i].State] || places[i].City != ""
	}
	return slices.DeleteFunc(slices.Clone(places), func(p job.Place) bool { return p.City == "" && cityOf[p.State] })
}

// namedOf gives the cities of a posting that its title names, when there are more.
func namedOf(title []string, places []job.Place) (out []string) {
	if len(places) <= 1 {
		return nil
	}
	text := " " + strings.Join(title[:min(len(title), mostTitle)], " ") + " "
	for i := range places {
		p := &places[i]
		in := func(name string) bool { return strings.Contains(text, " "+strings.ToLower(name)+" ") }
		if p.City != "" && (in(p.Raw) || in(string(p.City))) {
			out = append(out, string(p.City))
		}
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
		{GuardGrade, otherGrade(g, o)},
		{GuardPay, otherPay(g, o)},
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

// elsewhere reports work from home where the other is in a city, and a country that a board
// states for one posting, where it states a city for the other: it hides another city.
func (g *Guards) elsewhere(o *Guards) bool {
	if len(o.Cities) == 0 {
		return false
	}
	return g.remote() && o.Mode != job.ModeRemote || g.Country && g.Source == o.Source
}

// remote reports work from home, and no city.
func (g *Guards) remote() bool { return g.Mode == job.ModeRemote && len(g.Cities) == 0 }

// mostCities is how many of the cities that either names both must name, where texts decide.
const mostCities = 0.5

func otherCities(g, o *Guards) bool {
	if len(g.Cities) == 0 || len(o.Cities) == 0 {
		return false
	}
	if len(g.Named) > 0 && len(o.Named) > 0 && !overlap(g.Named, o.Named) {
		return true
	}
	switch {
	case !g.Text || !o.Text:
		return !slices.Equal(g.Cities, o.Cities)
	case len(g.Named) > 0 || len(o.Named) > 0:
		return g.otherList(o)
	}
	return wordsAlike(g.Cities, o.Cities) < mostCities
}

// meant gives the cities that a title names, or all where it names none: boards put more of them
// below it.
func (g *Guards) meant() []string {
	if len(g.Named) > 0 {
		return g.Named
	}
	return g.Cities
}

// otherList reports that both state cities, and mean others by them.
func (g *Guards) otherList(o *Guards) bool {
	return len(g.Cities) > 0 && len(o.Cities) > 0 && !slices.Equal(g.meant(), o.meant())
}

// otherGrade reports grades that differ. Where texts decide, a title without one may be short
// for one with it, when both ask for the same experience.
func otherGrade(g, o *Guards) bool {
	if slices.Equal(g.Grade, o.Grade) {
		return false
	}
	short := len(g.Grade) == 0 || len(o.Grade) == 0
	return !short || !g.Text || !o.Text || !g.sameCities(o) || !g.sameRange(o)
}

// sameCities reports that both state cities, and the same.
func (g *Guards) sameCities(o *Guards) bool {
	return len(g.Cities) > 0 && slices.Equal(g.Cities, o.Cities)
}

func overlap[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(v T) bool { return slices.Contains(b, v) })
}

// payRounding is by how much, as a part of it, one offer differs between boards that
// write it by the month and by the year, or in lakhs.
const payRounding = 0.05

// otherPay reports offers that differ. In the same cities a range within the other one may be
// the same post's: both can be true.
func otherPay(g, o *Guards) bool {
	least, most := payBeyond(g.PayMin, o.PayMin), payBeyond(g.PayMax, o.PayMax)
	if least == 0 && most == 0 {
		return false
	}
	within := least*most <= 0 && g.payRange() && o.payRange()
	return !within || !slices.Equal(g.Cities, o.Cities)
}

// payRange reports an offer with a least and a most.
func (g *Guards) payRange() bool { return g.PayMin != 0 && g.PayMax != 0 }

// payBeyond is 1 where a is more than b, -1 where it is less, and 0 where they are equal or
// one isn't stated.
func payBeyond(a, b int64) int {
	if a == 0 || b == 0 || math.Abs(float64(a-b)) <= payRounding*float64(max(a, b)) {
		return 0
	}
	return cmp.Compare(a, b)
}

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
var posts = words("executive executives associate officer specialist staff consultant professional member other others")

// trades are words of titles that say no more than a trade.
var trades = words("engineer engineering developer development programmer software")

// sameOffer reports offers in rupees that both postings state, and that are the same.
func (g *Guards) sameOffer(o *Guards) bool {
	return g.PayMin == o.PayMin && g.PayMax == o.PayMax && (g.PayMin != 0 || g.PayMax != 0)
}

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
	"platform": {"android": "android", "ios": "ios"},
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
