package classifier

import (
	"fmt"
	"slices"
	"strings"

	"jobsieve/internal/strictyaml"
	"jobsieve/job"
)

// Criterion is one thing that a document says about a label.
type Criterion struct {
	ID string `yaml:"id"`
	// Says is the criterion in our words.
	Says string `yaml:"says"`
	// Label is what it points to.
	Label job.Label `yaml:"label"`
	// Condition is true for criteria about how the work is done or who may do
	// it: they settle what is mixed, and make no label on their own.
	Condition bool `yaml:"condition"`
	// Outsourced is true for criteria about whose work it is. Their rules may
	// name a function of another label, and say that the work is outsourced.
	Outsourced bool `yaml:"outsourced"`
}

// labelSpec is a label as its file has it.
type labelSpec struct {
	Label     job.Label      `yaml:"label"`
	Functions []job.Function `yaml:"functions"`
}

// names are what a rule book calls things: its labels with their functions, and
// its criteria.
type names struct {
	labels   job.Labels // without Unclassified until they are checked
	criteria []Criterion
	from     []named
}

// named is where a label or criterion is defined.
type named struct {
	id   string
	file *strictyaml.File
	at   []any
}

// add lays a file's labels and criteria over those before: one that exists is
// replaced.
func (ns *names) add(f *strictyaml.File, b *bookFile) {
	for i, l := range b.Labels {
		ns.note(f, string(l.Label), "labels", i, "label")
		ns.labels = lay(ns.labels, job.LabelFunctions(l), func(o job.LabelFunctions) bool { return o.Label == l.Label })
	}
	for i, c := range b.Criteria {
		ns.note(f, c.ID, "criteria", i, "id")
		ns.criteria = lay(ns.criteria, c, func(o Criterion) bool { return o.ID == c.ID })
	}
}

// note notes where a label or criterion is defined, and that a file has it
// twice.
func (ns *names) note(f *strictyaml.File, id string, at ...any) {
	if slices.ContainsFunc(ns.from, func(n named) bool { return n.file == f && n.id == id }) {
		f.Fault(fmt.Sprintf("%q stands twice; keep one", id), at...)
	}
	ns.from = append(ns.from, named{id, f, at})
}

// lay puts v in the place of the one that is the same, else at the end.
func lay[T any](list []T, v T, same func(T) bool) []T {
	if i := slices.IndexFunc(list, same); i >= 0 {
		list[i] = v
		return list
	}
	return append(list, v)
}

// check finds the faults of labels and criteria, and completes the labels.
func (ns *names) check() (faults strictyaml.Faults) {
	fault := func(id, message string) {
		i := len(ns.from) - 1
		for i > 0 && ns.from[i].id != id {
			i--
		}
		f := ns.from[i].file
		f.Fault(message, ns.from[i].at...)
		faults = append(faults, f.Faults[len(f.Faults)-1])
	}
	owner := map[job.Function]job.Label{}
	for _, l := range ns.labels {
		if message := labelFault(l); message != "" {
			fault(string(l.Label), message)
		}
		for _, f := range l.Functions {
			if o, twice := owner[f]; twice {
				fault(string(l.Label), fmt.Sprintf("the function %s is one of %s already", f, o))
			}
			owner[f] = l.Label
		}
	}
	for _, c := range ns.criteria {
		if !slices.ContainsFunc(ns.labels, func(l job.LabelFunctions) bool { return l.Label == c.Label }) {
			fault(c.ID, fmt.Sprintf("unknown label %q; %s", c.Label, strictyaml.Expected(string(c.Label), ns.labelNames())))
		}
		if c.Says == "" {
			fault(c.ID, "says nothing; say in a sentence what points to the label, under says")
		}
	}
	ns.labels = append(ns.labels, job.LabelFunctions{Label: job.Unclassified, Functions: []job.Function{job.FunctionNone}})
	return faults
}

// labelFault says what is wrong with a label, empty for nothing.
func labelFault(l job.LabelFunctions) string {
	switch {
	case l.Label == "" || string(l.Label) != strings.ToUpper(string(l.Label)):
		return fmt.Sprintf("expected a name in capitals, such as BPO, got %q", l.Label)
	case l.Label == job.Unclassified:
		return "UNCLASSIFIED is what has no label of the rule book; give this one another name"
	case len(l.Functions) == 0:
		return "no functions; name at least one kind of work under functions"
	case slices.Contains(l.Functions, job.FunctionNone), slices.Contains(l.Functions, ""):
		return "none is no kind of work; give the function another name"
	}
	return ""
}

func (ns *names) labelNames() []string {
	out := make([]string, len(ns.labels))
	for i, l := range ns.labels {
		out[i] = string(l.Label)
	}
	return out
}

// kinds are the functions that rules may name.
func (ns *names) kinds() []string {
	return slices.DeleteFunc(texts(ns.labels.Functions()), func(f string) bool { return f == string(job.FunctionNone) })
}

func (ns *names) criterion(id string) (Criterion, bool) {
	for _, c := range ns.criteria {
		if c.ID == id {
			return c, true
		}
	}
	return Criterion{}, false
}

func (ns *names) criterionIDs() []string {
	ids := make([]string, len(ns.criteria))
	for i, c := range ns.criteria {
		ids[i] = c.ID
	}
	return ids
}

// Labels gives the labels of the rule book with their functions.
func (c *Classifier) Labels() job.Labels { return slices.Clone(c.names.labels) }

// Criteria gives the criteria of the rule book, in its order.
func (c *Classifier) Criteria() []Criterion { return slices.Clone(c.names.criteria) }

// Criterion finds a criterion by its id.
func (c *Classifier) Criterion(id string) (Criterion, bool) { return c.names.criterion(id) }
