package extract

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Stated is what a JSON answer itself says about the list in it. The zero value is
// that of one that says nothing.
type Stated struct {
	// Total is how many postings there are, Path where it says so.
	Total int
	Path  string
	// Next is where it says that more pages follow.
	Next string
}

// Names in lower case, without signs, of what JSON says of its lists.
var (
	totalNames = nameSet(`total totalcount count numfound totalhits totalresults totalrecords totalitems totaljobs
		totalpostings totalelements totalnumber totalfound nbhits hits found resultcount resultscount jobcount jobscount
		recordstotal recordcount`)
	nextNames  = nameSet(`next nextpage nextpageurl nexturl nextlink nexthref nextcursor nextpagetoken nexttoken nextoffset`)
	moreNames  = nameSet(`hasmore hasnext hasnextpage hasmorepages`)
	pagesNames = nameSet(`totalpages pagecount numpages nbpages lastpage pagestotal`)
	// aboutList are names of objects that describe a list.
	aboutList = nameSet(`meta metadata page pagination paging pageinfo paginator links hits searchinfo`)
)

func nameSet(names string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		set[name] = true
	}
	return set
}

// StatedOf gives what an answer says about its list of so many items, at a path: in
// the objects that the path leads through, and in what describes lists in these. A
// number below that of the items isn't a total; of several the greatest counts.
func StatedOf(v any, path string, items int) (s Stated) {
	names, at := strings.Split(path, "."), ""
	for _, name := range names {
		o, ok := v.(map[string]any)
		if !ok {
			break
		}
		s.read(o, at, items)
		for _, about := range slices.Sorted(maps.Keys(o)) {
			if inner, ok := o[about].(map[string]any); ok && about != name && aboutList[plainKey(about)] {
				s.read(inner, at+about+".", items)
			}
		}
		v, at = o[name], at+name+"."
	}
	return s
}

// read takes in what an object says; at is the path to it, with a point at its
// end.
func (s *Stated) read(o map[string]any, at string, items int) {
	for _, name := range slices.Sorted(maps.Keys(o)) {
		key, v := plainKey(name), o[name]
		switch n, isNumber := Whole(v); {
		case totalNames[key] && isNumber && n >= items && n > s.Total:
			s.Total, s.Path = n, at+name
		case nextNames[key] && isSet(v), moreNames[key] && v == true, pagesNames[key] && isNumber && n > 1:
			if s.Next == "" {
				s.Next = at + name
			}
		}
	}
}

// Whole reads a number from 0 on, also one in a text, or that of an object's value.
func Whole(v any) (n int, ok bool) {
	var text string
	switch v := v.(type) {
	case json.Number:
		text = strings.TrimSuffix(v.String(), ".0")
	case string:
		text = strings.TrimSpace(v)
	case map[string]any:
		if inner, nested := v["value"]; nested {
			if _, deeper := inner.(map[string]any); !deeper {
				return Whole(inner)
			}
		}
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0
}

// isSet reports a value that leads somewhere.
func isSet(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v) != ""
	case json.Number:
		return strings.Trim(v.String(), "0.-") != ""
	case bool:
		return v
	case map[string]any:
		return isSet(v["href"]) || isSet(v["url"]) || isSet(v["page"])
	}
	return false
}

// plainKey is a name in lower case, without signs.
func plainKey(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == '@' || r == '$' {
			return -1
		}
		return r
	}, strings.ToLower(name))
}
