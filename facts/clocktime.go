package facts

import (
	"slices"
	"strconv"
	"strings"

	"jobsieve/text"
)

// half is the part of the day that a time is said to be in.
type half uint8

const (
	halfUnsaid   half = iota
	halfMorning       // before noon
	halfEvening       // after noon
	halfNight         // "8 at night", "3 at night"
	halfNoon          // twelve
	halfMidnight      // twelve at night
	halfWhole         // the hour is one of twenty-four: "18:30", "0930"
)

// clockTime is one time of day in a text.
type clockTime struct {
	hour, minute int
	half         half
	inWords      bool // "nine"
	marked       bool // "6:30", "6 PM", "सुबह 9", "9 बजे": certainly a time
	compact      bool // "1830": it could be a year, too
	first, end   int
}

// minutes gives the times after midnight that a time may mean.
func (t clockTime) minutes() []int {
	at := func(h int) int { return (h*hour + t.minute) % day }
	h := t.hour % 12
	switch {
	case t.half == halfWhole || t.hour > 12 || t.hour == 0:
		return []int{at(t.hour)}
	case t.half == halfMorning, t.half == halfMidnight:
		return []int{at(h)}
	case t.half == halfEvening, t.half == halfNoon:
		return []int{at(h + 12)}
	case t.half == halfNight && t.hour >= 6 && t.hour < 12:
		return []int{at(h + 12)}
	case t.half == halfNight:
		return []int{at(h)}
	}
	return []int{at(h), at(h + 12)}
}

// timeAt reads a time of day at token i.
func (r *clockReader) timeAt(i int) (t clockTime, ok bool) {
	t.first = i
	if h, ok := r.dayparts.At(r.d, i); ok {
		t.half, t.marked = h, true
		for i++; r.ofDaypart[next(r.d, i)]; i++ {
		}
	}
	past, i, part := r.readPart(&t, i)
	n, ok := r.numberOfHour(i)
	if !ok {
		if t.half == halfNoon || t.half == halfMidnight {
			t.hour, t.end = 12, i
			return t, true
		}
		return t, false
	}
	written := r.d.Tokens[i].Kind == text.Number
	if written && !t.readNumber(r.d.Tokens[i].Norm) {
		return t, false
	}
	if !written {
		t.hour, t.inWords = n, true
		t.minute = r.halfHour(i)
	}
	i++
	i = r.readMinutes(&t, i)
	t.end = r.readHalf(&t, i)
	if part {
		t.hour, t.minute = t.hour+(past+hour)/hour-1, (past+hour)%hour
	}
	return t, t.minute < hour
}

// readPart reads "half past" and साढ़े before an hour and gives the token after that, and how
// many minutes past the hour that makes.
func (r *clockReader) readPart(t *clockTime, i int) (past, after int, ok bool) {
	past, ok = r.hourParts.At(r.d, i)
	if !ok {
		return 0, i, false
	}
	if r.d.Is(i+1, "past") {
		t.marked = true
		return past, i + 2, true
	}
	return past, i + 1, true
}

// readMinutes reads ":30", ":30:00" and "thirty" after an hour and gives the token after that.
func (r *clockReader) readMinutes(t *clockTime, i int) int {
	if t.inWords {
		if n, ok := r.numbers.At(r.d, i); ok && t.minute == 0 && (n == hour/4 || n == hour/2 || n == 3*hour/4) {
			t.minute = int(n)
			i++
		}
		return i
	}
	sign := (r.d.Is(i, ":") || r.d.Is(i, ".")) && r.d.Tokens[i].Glued
	if !sign || t.minute > 0 || !r.minutesAt(i+1) {
		return i
	}
	t.minute, _ = strconv.Atoi(r.d.Tokens[i+1].Norm)
	t.marked = true
	i += 2
	if r.d.Is(i, ":") && r.minutesAt(i+1) { // seconds
		i += 2
	}
	return i
}

// numberOfHour gives the number of an hour at token i, in digits or in words.
func (r *clockReader) numberOfHour(i int) (int, bool) {
	if r.d.IsKind(i, text.Number) {
		// "10:30" begins at its hour; "12.30.45" and "24/7" are no times.
		within := i > 0 && r.d.Tokens[i].Glued && slices.Contains([]string{":", ".", "/", "₹"}, next(r.d, i-1)) &&
			!(r.d.Is(i-1, ":") && r.d.IsKind(i-2, text.Word)) // but "Timing:10.00"
		return 0, !within
	}
	if n, ok := r.numbers.At(r.d, i); ok && r.halfHour(i) > 0 {
		return int(n), true
	}
	return r.hourNames.At(r.d, i)
}

// halfHour gives the minutes past the hour that डेढ़ and ढाई have.
func (r *clockReader) halfHour(i int) int {
	if n, _ := r.numbers.At(r.d, i); n == 1.5 || n == 2.5 {
		return hour / 2
	}
	return 0
}

// minutesAt reports two digits right after a sign.
func (r *clockReader) minutesAt(i int) bool {
	return r.d.IsKind(i, text.Number) && r.d.Tokens[i].Glued && len(r.d.Tokens[i].Norm) == 2
}

// readNumber reads "6", "6.30" and "1830".
func (t *clockTime) readNumber(norm string) bool {
	whole, part, decimal := strings.Cut(norm, ".")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return false
	}
	switch {
	case decimal && len(whole) <= 2:
		t.minute, err = strconv.Atoi(part)
		t.marked = err == nil && t.minute%15 == 0
		if !t.marked || len(part) > 2 {
			return false
		}
		if len(part) == 1 { // "9.3" is half past nine
			t.minute *= 10
		}
	case len(whole) == 4 && !decimal:
		n, t.minute = n/100, n%100
		t.compact, t.half = true, halfWhole
		if t.minute%5 != 0 {
			return false
		}
		t.marked = whole[0] == '0'
	case len(whole) > 2:
		return false
	}
	t.hour = n
	if whole == "00" && t.half == halfUnsaid {
		t.half = halfWhole
	}
	return n <= 24
}

// readHalf reads AM, PM, बजे, "in the morning" after a time and gives the token
// after that.
func (r *clockReader) readHalf(t *clockTime, i int) int {
	i = r.readNoon(t, i)
	if r.d.Is(i, "o") && r.d.Is(i+1, "clock") {
		t.marked = true
		i += 2
	} else if r.clockMarks[next(r.d, i)] {
		t.marked = true
		i++
	}
	j := i
	for r.d.Is(j, "in") || r.d.Is(j, "the") || r.d.Is(j, "at") || r.ofDaypart[next(r.d, j)] {
		j++
	}
	if j >= len(r.d.Tokens) {
		return i
	}
	h, ok := r.dayparts.At(r.d, j)
	bare := !t.marked && j == i && !r.clockUntil[next(r.d, j+1)] // but "8 subah se"
	if !ok || t.half != halfUnsaid || bare || r.d.IsKind(j+1, text.Number) {
		return i
	}
	t.half, t.marked = h, true
	return j + 1
}

// readNoon reads AM or PM, also "a.m." and "a m", and gives the token after that.
func (r *clockReader) readNoon(t *clockTime, i int) int {
	said := map[string]half{"am": halfMorning, "pm": halfEvening, "a": halfMorning, "p": halfEvening}
	if h, ok := said[next(r.d, i)]; ok {
		switch {
		case len(r.d.Tokens[i].Norm) == 2:
			i++
		case r.d.Is(i+1, ".") && r.d.Is(i+2, "m"):
			if i += 3; r.d.Is(i, ".") && r.d.Tokens[i].Glued {
				i++
			}
		case r.d.Is(i+1, "m"):
			i += 2
		default:
			return i
		}
		t.marked = true
		if t.half == halfUnsaid || t.half == halfWhole {
			t.half = h
		}
	}
	return i
}
