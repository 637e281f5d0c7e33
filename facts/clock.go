package facts

import (
	"strconv"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// clock is a span of working hours: minutes after midnight, and the tokens that
// it was read from.
type clock struct {
	from, to   int
	first, end int
}

// shift says what working these hours is.
func (c clock) shift() job.Shift {
	const hour = 60
	to := c.to
	if to <= c.from {
		to += 24 * hour
	}
	switch {
	case to > 24*hour || c.from < 5*hour:
		return job.ShiftNight
	case to > 20*hour:
		return job.ShiftEvening
	}
	return job.ShiftDay
}

// clockTime is one time of day in a text; half is "am", "pm" or empty.
type clockTime struct {
	hour, minute int
	half         string
	marked       bool // "6:30", "6 PM", "सुबह 9", "9 बजे": certainly a time
	first, end   int
}

// clockSpans finds "6:30 PM – 3:30 AM", "9 to 6", "सुबह 9 से शाम 5".
func (w *words) clockSpans(d *text.Doc) []clock {
	var out []clock
	timings, walkIns := w.workingHours.Hits(d), w.interviewHours.Hits(d)
	for i := 0; i < len(d.Tokens); i++ {
		a, ok := w.timeAt(d, i)
		if !ok {
			continue
		}
		j := a.end
		for _, skip := range []string{"ist", "est", "hrs", "hours", "बजे", "baje", "(", ")", "."} {
			if d.Is(j, skip) {
				j++
			}
		}
		k := rangeWord(d, j)
		if d.Is(k, "till") || d.Is(k, "until") || d.Is(k, "upto") {
			k++
		}
		if k == j {
			continue
		}
		b, ok := w.timeAt(d, k)
		if !ok || !w.spanOfWork(d, timings, &a, &b) {
			continue
		}
		c := clock{a.minutes(), b.minutes(), a.first, b.end}
		if !walkIn(d, walkIns, a.first) && length(c) >= 3*60 {
			out = append(out, c)
		}
		i = b.end - 1
	}
	return out
}

func length(c clock) int { return ((c.to-c.from)%1440 + 1440) % 1440 }

func (t clockTime) minutes() int {
	h := t.hour % 12
	switch {
	case t.hour > 12 || t.hour == 0:
		h = t.hour
	case t.half == "pm", t.half == "night" && t.hour >= 6 && t.hour < 12:
		h += 12
	}
	return (h*60 + t.minute) % 1440
}

// timeAt reads a time of day at token i.
func (w *words) timeAt(d *text.Doc, i int) (t clockTime, ok bool) {
	t.first = i
	if i < len(d.Tokens) {
		if half, ok := w.dayparts.At(d, i); ok {
			t.half, t.marked = half, true
			i++
			if d.Is(i, "के") || d.Is(i, "ke") {
				i++
			}
		}
	}
	if !d.IsKind(i, text.Number) || i > 0 && d.Tokens[i].Glued && (d.Is(i-1, ":") || d.Is(i-1, ".")) && !t.marked {
		return t, false
	}
	if !t.readNumber(d.Tokens[i].Norm) {
		return t, false
	}
	i++
	if (d.Is(i, ":") || d.Is(i, ".")) && d.Tokens[i].Glued && d.IsKind(i+1, text.Number) && d.Tokens[i+1].Glued && len(d.Tokens[i+1].Norm) == 2 {
		t.minute, _ = strconv.Atoi(d.Tokens[i+1].Norm)
		t.marked = true
		i += 2
	}
	t.end = t.readHalf(d, i)
	return t, t.minute < 60
}

// readNumber reads "6" and "6.30".
func (t *clockTime) readNumber(norm string) bool {
	v, err := strconv.ParseFloat(norm, 64)
	if err != nil || v < 0 || v > 24 || len(norm) > 5 {
		return false
	}
	t.hour = int(v)
	if v != float64(t.hour) {
		t.minute = int((v-float64(t.hour))*100 + 0.5)
		t.marked = t.minute == 30 || t.minute == 0 || t.minute == 15 || t.minute == 45
		return t.marked
	}
	return true
}

// readHalf reads AM, PM, बजे after a time and gives the token after that.
func (t *clockTime) readHalf(d *text.Doc, i int) int {
	switch {
	case d.Is(i, "am") || d.Is(i, "pm"):
		t.half, t.marked = d.Tokens[i].Norm, true
		return i + 1
	case (d.Is(i, "a") || d.Is(i, "p")) && d.Is(i+1, ".") && d.Is(i+2, "m"):
		t.half, t.marked = d.Tokens[i].Norm+"m", true
		if d.Is(i+3, ".") && d.Tokens[i+3].Glued {
			return i + 4
		}
		return i + 3
	case d.Is(i, "बजे") || d.Is(i, "baje") || d.Is(i, "oclock"):
		t.marked = true
		return i + 1
	case d.Is(i, "noon"):
		t.half, t.marked = "pm", true
		return i + 1
	}
	return i
}

// spanOfWork reports that two times are working hours, and settles which half
// of the day each is in.
func (w *words) spanOfWork(d *text.Doc, timings []phrase.Hit[string], a, b *clockTime) bool {
	if !a.marked && !b.marked && !timed(d, timings, a.first) {
		return false
	}
	if after := next(d, b.end); w.unitYears[after] > 0 || w.noTime[after] || d.Is(b.end, "%") {
		return false
	}
	if a.half == "" && b.half == "pm" && a.hour <= 12 { // "9 - 6 PM"
		a.half = "am"
		if a.hour < b.hour && a.hour != 12 && b.hour != 12 && b.hour-a.hour < 6 {
			a.half = "pm"
		}
	}
	if a.half == "" && b.half == "am" {
		a.half = "pm"
	}
	if b.half == "" && a.half != "" && b.hour <= 12 {
		b.half = map[string]string{"am": "pm", "pm": "am", "night": "am"}[a.half]
		if a.half == "am" && b.hour > a.hour && b.hour-a.hour >= 3 && b.hour < 12 && a.hour < 8 {
			b.half = "am"
		}
		if a.half == "pm" && b.hour > a.hour && b.hour != 12 && a.hour != 12 {
			b.half = "pm"
		}
	}
	if a.half == "" && b.half == "night" {
		a.half = "am"
	}
	if a.half == "" && b.half == "" && a.hour <= 12 && b.hour <= 12 { // "10 to 7"
		a.half, b.half = "am", "pm"
		if a.hour < 6 || a.hour == 12 {
			a.half = "pm"
		}
	}
	return true
}

func next(d *text.Doc, i int) string {
	if i < len(d.Tokens) {
		return d.Tokens[i].Norm
	}
	return ""
}

// timed reports a word for working hours shortly before token i.
func timed(d *text.Doc, timings []phrase.Hit[string], i int) bool {
	const before = 3
	for _, h := range phrase.Near(timings, i-before-1, i) {
		if h.End <= i && d.Unbroken(h.End, i) {
			return true
		}
	}
	return false
}

func walkIn(d *text.Doc, walkIns []phrase.Hit[string], i int) bool {
	const before, after = 8, 9
	for _, h := range phrase.Near(walkIns, i-before-1, i+after+1) {
		if h.End <= i && d.Unbroken(h.End, i) || h.First > i && d.Unbroken(i, h.First) {
			return true
		}
	}
	return false
}
