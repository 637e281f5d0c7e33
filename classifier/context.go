package classifier

import (
	"jobsieve/internal/strictyaml"
)

// contextWords are the words that change what a match beside them means.
type contextWords struct {
	// Employer marks sentences in which the employer describes itself.
	Employer []string `yaml:"employer"`
	// AboutHeading begins a part that is about the employer, WorkHeading one
	// that is about the work, OfferHeading one about neither.
	AboutHeading []string `yaml:"about_heading"`
	WorkHeading  []string `yaml:"work_heading"`
	// NeedsHeading begins a part about what the applicant should bring.
	NeedsHeading []string `yaml:"needs_heading"`
	// Requirement marks sentences about what the applicant should bring.
	Requirement []string `yaml:"requirement"`
	// Background marks what an applicant may have done before.
	Background []string `yaml:"background"`
	// NotBefore denies what follows it, NotAfter what comes before it.
	NotBefore []string `yaml:"not_before"`
	NotAfter  []string `yaml:"not_after"`
	// Whether holds words that deny nothing, though one of them denies elsewhere.
	Whether []string `yaml:"whether"`
	// Others marks work that somebody else does.
	Others []string `yaml:"others"`
	// Wanted marks sentences that say who is wanted.
	Wanted []string `yaml:"wanted"`
	// Seldom marks work that is done now and then.
	Seldom []string `yaml:"seldom"`
	// Applying marks sentences about how to apply.
	Applying []string `yaml:"applying"`
	// Aside marks words that name neither the work nor who does it: nothing within
	// them counts.
	Aside []string `yaml:"aside"`
	// Halves says that the work has two parts of the same weight.
	Halves []string `yaml:"halves"`
}

// lists gives each list with its key and its role in the common trie.
func (w *contextWords) lists() []contextList {
	return []contextList{
		{"employer", roleEmployer, w.Employer}, {"about_heading", roleAbout, w.AboutHeading},
		{"work_heading", roleWork, w.WorkHeading}, {"requirement", roleRequirement, w.Requirement},
		{"background", roleBackground, w.Background}, {"not_before", roleNotBefore, w.NotBefore},
		{"not_after", roleNotAfter, w.NotAfter}, {"others", roleOthers, w.Others}, {"wanted", roleWanted, w.Wanted}, {"seldom", roleSeldom, w.Seldom}, {"applying", roleApply, w.Applying}, {"halves", roleHalves, w.Halves}, {"needs_heading", roleNeeds, w.NeedsHeading}, {"whether", roleWhether, w.Whether},
		{"aside", roleAside, w.Aside},
	}
}

type contextList struct {
	key     string
	role    int
	phrases []string
}

// noteContext notes which lists of the context a file gives.
func (s *spec) noteContext(f *strictyaml.File) {
	for _, l := range s.context.lists() {
		if f.Tag("context", l.key) != "" {
			s.contextFile[l.key] = f
		}
	}
}

// compileContext adds the words of the context to the common trie.
func (s *spec) compileContext(c *Classifier) {
	for _, l := range s.context.lists() {
		for i, p := range l.phrases {
			if err := s.addPhrase(c, p, l.role); err != nil {
				f := s.contextFile[l.key]
				n := len(f.Faults)
				f.Fault(err.Error(), "context", l.key, i)
				s.faults = append(s.faults, f.Faults[n:]...)
			}
		}
	}
}
