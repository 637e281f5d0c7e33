package api

import (
	"path/filepath"
	"regexp"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"jobsieve/classifier"
	"jobsieve/desk"
	"jobsieve/job"
	"jobsieve/lexicon"
)

// healths is how sources are doing.
type healths struct {
	Sources []desk.Health `json:"sources" doc:"In the order of the configuration."`
}

// sources says how sources are doing.
func (s *server) sources() operation {
	return operation{
		path: "/sources", id: "sources", summary: "How each source is doing, by its last receipts",
		answers: map[string]*huma.Schema{jsonType: schemaOf[healths](s)},
		answer: func(q *question) (*answer, error) {
			if err := q.faults.err(); err != nil {
				return nil, err
			}
			all, err := q.desk.Health(q.Context())
			if err != nil {
				return nil, err
			}
			return jsonAnswer(healths{append([]desk.Health{}, all...)})
		},
	}
}

// machines says who works on the ledger.
func (s *server) machines() operation {
	return operation{
		path: "/machines", id: "machines",
		summary: "The machines that share the ledger, what each holds, and what is to be done",
		about:   "Of a ledger in a file none is noted; what its processes hold is given all the same.",
		answers: map[string]*huma.Schema{jsonType: schemaOf[desk.Machines](s)},
		answer: func(q *question) (*answer, error) {
			if err := q.faults.err(); err != nil {
				return nil, err
			}
			m, err := q.desk.Machines(q.Context())
			if err != nil {
				return nil, err
			}
			hideFolders(m.Others)
			for i := range m.Machines {
				hideFolders(m.Machines[i].Holds)
			}
			for i := range m.Tasks.Failing {
				f := &m.Tasks.Failing[i]
				f.Fault = folders.ReplaceAllString(f.Fault, "$1")
			}
			return jsonAnswer(m)
		},
	}
}

// hideFolders takes the folders out of the command lines of those who hold crawls.
func hideFolders(all []desk.Held) {
	for i := range all {
		all[i].By = folders.ReplaceAllString(all[i].By, "$1")
	}
}

// receipts are the receipts of runs.
type receipts struct {
	Runs []job.Receipt `json:"runs" doc:"The newest first."`
}

// The most receipts that are given, and how many where nothing else is asked.
const (
	mostRuns  = 1000
	usualRuns = 20
)

// folders are those of files of this machine, which are nobody's business elsewhere.
var folders = regexp.MustCompile(`(^|[\s"'(])/(?:[^\s/:]+/)+`)

// runs gives receipts.
func (s *server) runs() operation {
	return operation{
		path: "/runs", id: "runs", summary: "The receipts of crawls and imports",
		params: []*huma.Param{
			textParam("source", "Only those of this source."),
			numberParam("limit", "The most receipts.", usualRuns, mostRuns),
		},
		answers: map[string]*huma.Schema{jsonType: schemaOf[receipts](s)},
		answer: func(q *question) (*answer, error) {
			source, limit := q.text("source"), q.number("limit", usualRuns, mostRuns)
			if err := q.desk.CheckSource(q.Context(), source); isUnknownSource(err) {
				q.faults.add("source", source, "%v", err)
			}
			if err := q.faults.err(); err != nil {
				return nil, err
			}
			all, err := q.desk.Runs(q.Context(), source, limit)
			if err != nil {
				return nil, err
			}
			for i := range all {
				for j, problem := range all[i].Problems {
					all[i].Problems[j] = folders.ReplaceAllString(problem, "$1")
				}
			}
			return jsonAnswer(receipts{append([]job.Receipt{}, all...)})
		},
	}
}

// words are lists of words by meaning.
type words struct {
	Lists []wordList `json:"lists"`
}

// wordList is the words of one meaning.
type wordList struct {
	Name     string       `json:"name"`
	Kind     lexicon.Kind `json:"kind"`
	Means    string       `json:"means"`
	English  []string     `json:"en"`
	Hindi    []string     `json:"hi"`
	Hinglish []string     `json:"hi-Latn"`
}

// lexicon gives the words by meaning; those of kind concepts are what questions are read
// by.
func (s *server) lexicon() operation {
	var kinds []string
	for _, k := range lexicon.Kinds {
		kinds = append(kinds, string(k))
	}
	return operation{
		path: "/lexicon", id: "lexicon", summary: "Words by meaning, in English, Hindi and Hinglish",
		about: "Lists of kind concepts are what people ask for by any of its names.",
		params: []*huma.Param{
			listParam("kind", "Only lists of this kind.", kinds...), listParam("name", "Only the list of this name."),
		},
		answers: map[string]*huma.Schema{jsonType: schemaOf[words](s)},
		answer: func(q *question) (*answer, error) {
			asked, names := q.list("kind"), q.list("name")
			for _, kind := range asked {
				q.oneOf("kind", kind, kinds)
			}
			if err := q.faults.err(); err != nil {
				return nil, err
			}
			out := words{[]wordList{}}
			for _, l := range q.desk.Lists() {
				ofKind := len(asked) == 0 || slices.Contains(asked, string(l.Kind))
				if ofKind && (len(names) == 0 || slices.Contains(names, l.Name)) {
					out.Lists = append(out.Lists, wordList{
						l.Name, l.Kind, l.Means, append([]string{}, l.English...), append([]string{}, l.Hindi...),
						append([]string{}, l.Hinglish...),
					})
				}
			}
			return jsonAnswer(out)
		},
	}
}

// book is the rule book.
type book struct {
	RulesVersion string                `json:"rules_version"`
	Criteria     []criterion           `json:"criteria"`
	Other        []classifier.RuleInfo `json:"other_work" doc:"Rules that speak for work that no criterion names."`
}

// criterion is a criterion with its rules.
type criterion struct {
	ID         string                `json:"id"`
	Says       string                `json:"says"`
	Label      job.Label             `json:"label" doc:"What it points to."`
	Condition  bool                  `json:"condition" doc:"It settles what is mixed, and makes no label on its own."`
	Outsourced bool                  `json:"outsourced" doc:"It is about whose work it is."`
	Rules      []classifier.RuleInfo `json:"rules"`
}

// criteria gives the criteria with their rules.
func (s *server) criteria() operation {
	return operation{
		path: "/criteria", id: "criteria", summary: "The criteria, with the rules that apply each",
		answers: map[string]*huma.Schema{jsonType: schemaOf[book](s)},
		answer: func(q *question) (*answer, error) {
			if err := q.faults.err(); err != nil {
				return nil, err
			}
			all, other, version, err := q.desk.Rules()
			if err != nil {
				return nil, err
			}
			out := book{version, []criterion{}, shown(other)}
			for _, c := range all {
				out.Criteria = append(out.Criteria, criterion{
					c.ID, c.Says, c.Label, c.Condition, c.Outsourced, shown(c.Rules),
				})
			}
			return jsonAnswer(out)
		},
	}
}

// shown are rules without the folders of this machine.
func shown(rules []classifier.RuleInfo) []classifier.RuleInfo {
	out := append([]classifier.RuleInfo{}, rules...)
	for i := range out {
		out[i].File = filepath.Base(out[i].File)
	}
	return out
}

// savedSearches are searches that the ledger keeps.
type savedSearches struct {
	Saved []desk.SavedSearch `json:"saved"`
}

// saved lists the saved searches.
func (s *server) saved() operation {
	return operation{
		path: "/saved", id: "saved", summary: "The saved searches, and how many postings are new to each",
		about:   "The feed of each is at /saved/NAME.rss.",
		answers: map[string]*huma.Schema{jsonType: schemaOf[savedSearches](s)},
		answer: func(q *question) (*answer, error) {
			if err := q.faults.err(); err != nil {
				return nil, err
			}
			all, err := q.desk.Saved(q.Context())
			if err != nil && !desk.InPart(err) {
				return nil, err
			}
			return jsonAnswer(savedSearches{append([]desk.SavedSearch{}, all...)})
		},
	}
}
