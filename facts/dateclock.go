package facts

import (
	"time"

	"jobsieve/text"
)

// readClock reads the time of a day, and the zone that it is in.
func (r *dateReader) readClock() {
	from := r.i
	r.signs()
	if r.d.Is(r.i, "t") || r.d.Is(r.i, "at") {
		r.i++
	}
	hour, ok := r.whole(1, 2)
	if !ok || !r.d.Is(r.i, ":") {
		r.i = from
		return
	}
	r.i++
	minute, _ := r.whole(1, 2)
	second := 0.
	if r.d.Is(r.i, ":") && r.d.IsKind(r.i+1, text.Number) {
		second, _ = numberAt(r.d, r.i+1)
		r.i += 2
	}
	switch half := next(r.d, r.i); half {
	case "am", "pm":
		hour %= 12
		if half == "pm" {
			hour += 12
		}
		r.i++
	}
	seconds := float64(hour*60+minute)*60 + second
	r.clock = time.Duration(seconds * float64(time.Second))
	r.readZone()
}

// zoneHours gives how far zones are from UTC, in hours.
var zoneHours = map[string]float64{
	"z": 0, "utc": 0, "gmt": 0, "ist": 5.5, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
	"mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "bst": 1, "cet": 1, "cest": 2, "gst": 4, "sgt": 8,
	"aest": 10, "aedt": 11,
}

// readZone reads "Z", "IST", "+05:30", "GMT+0530".
func (r *dateReader) readZone() {
	hours, named := zoneHours[next(r.d, r.i)]
	if named {
		r.i++
	}
	sign := map[string]float64{"+": 1, "-": -1}[next(r.d, r.i)]
	if sign != 0 && r.d.IsKind(r.i+1, text.Number) && r.d.Tokens[r.i+1].Glued {
		r.i++
		h, ok := r.whole(2, 2)
		m := 0
		switch {
		case !ok:
			h, _ = r.whole(4, 4)
			h, m = h/100, h%100
		case r.d.Is(r.i, ":"):
			r.i++
			m, _ = r.whole(2, 2)
		}
		hours, named = sign*(float64(h)+float64(m)/60), true
	}
	if named {
		r.zone = time.FixedZone("", int(hours*60*60))
	}
}
