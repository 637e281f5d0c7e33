package classifier

import (
	"slices"
	"strings"
)

// ListUse is a list of words of somebody's own files, with the rules that it feeds.
type ListUse struct {
	Name string `json:"name"`
	// Words is how many entries the file gives.
	Words int `json:"words"`
	// Rules are the ids of the rules that refer to it, by themselves or through
	// another list.
	Rules []string `json:"rules"`
}

// OwnLists gives the lists of the files laid over the embedded ones, in their
// order.
func (c *Classifier) OwnLists() []ListUse { return c.own }

// ownLists finds what the lists of own files feed.
func (s *spec) ownLists() (out []ListUse) {
	for _, f := range s.lists {
		if !f.own {
			continue
		}
		for i := range f.lists {
			l := &f.lists[i]
			out = append(out, ListUse{Name: l.Name, Words: len(l.Entries()), Rules: s.fed(l.Name)})
		}
	}
	return out
}

// fed gives the ids of the rules that a list feeds.
func (s *spec) fed(list string) []string {
	names := s.through(list)
	out := []string{}
	for _, r := range s.rules {
		if slices.ContainsFunc(names, r.refersTo) {
			out = append(out, r.ID)
		}
	}
	return out
}

// through gives a list and those that refer to it.
func (s *spec) through(list string) []string {
	names := []string{list}
	all := s.lexicon.Lists()
	for i := 0; i < len(names); i++ {
		for j := range all {
			has := func(entry string) bool { return strings.Contains(entry, "<"+names[i]+">") }
			if !slices.Contains(names, all[j].Name) && slices.ContainsFunc(all[j].Entries(), has) {
				names = append(names, all[j].Name)
			}
		}
	}
	return names
}

// refersTo reports that a rule names a list.
func (r *ruleSpec) refersTo(list string) bool {
	part := func(p string) bool {
		return slices.ContainsFunc(strings.Split(p, "|"), func(n string) bool { return strings.TrimSpace(n) == list })
	}
	phrase := func(p string) bool { return strings.Contains(p, "<"+list+">") }
	return slices.ContainsFunc(r.All, part) || slices.ContainsFunc(r.But, part) ||
		slices.ContainsFunc(r.Any, phrase) || slices.ContainsFunc(r.Unless, phrase)
}
