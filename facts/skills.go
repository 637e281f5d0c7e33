package facts

import (
	"slices"
	"strings"

	"jobsieve/job"
	"jobsieve/lexicon"
	"jobsieve/lexicon/phrase"
)

// skillList begins the names of the lists of a skill, employerList those of a large
// employer.
const (
	skillList    = "skill."
	employerList = "company."
)

// skillsMeaning says what is read, for people.
const skillsMeaning = "Skills, tools and certificates that the title, the skills or the description names, wherever " +
	"it does: the lists skill.* of the [lexicon](lexicon.md#concepts). Names of employers are no skills: SAP Labs."

// skillLists are the lists that skills are told by: theirs, and the names of employers
// that hold one, such as SAP Labs.
func skillLists(x *lexicon.Lexicon) (out []string) {
	for _, l := range x.Lists() {
		if strings.HasPrefix(l.Name, skillList) || strings.HasPrefix(l.Name, employerList) {
			out = append(out, l.Name)
		}
	}
	return out
}

// skills gives the skills that the posting names, whether it asks for them or not.
func (r *reader) skills() []string {
	out := []string{}
	for _, f := range []job.Field{job.FieldTitle, job.FieldSkills, job.FieldDescription} {
		var found [8]phrase.Hit[string]
		for _, h := range phrase.Longest(found[:0], r.words.skills.All(r.docs(f))) {
			if skill, ok := strings.CutPrefix(h.Value, skillList); ok {
				out = append(out, skill)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
