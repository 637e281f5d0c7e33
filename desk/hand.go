package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jobsieve/internal/strictyaml"
	"jobsieve/job"
	"jobsieve/ledger"
)

// HandLabel gives the label and the function of the rule book that a person names,
// in capitals or small letters. An empty function stays empty: Label then chooses
// it. The error names what was expected.
func (d *Desk) HandLabel(label, function string) (*job.HandLabel, error) {
	reader, err := d.Reader()
	if err != nil {
		return nil, err
	}
	book := reader.Classifier().Labels()
	labels := make([]job.Label, len(book))
	for i := range book {
		labels[i] = book[i].Label
	}
	hand := &job.HandLabel{}
	if hand.Label, err = oneOf("label", label, labels); err != nil || function == "" {
		return hand, err
	}
	functions := functionsOf(book, hand.Label)
	hand.Function, err = oneOf("function", function, functions)
	if of, known := book.Of(job.Function(strings.ToLower(function))); err != nil && known {
		const format = "the function %q belongs to %s, not to %s: expected one of %v"
		err = fmt.Errorf(format, function, of, hand.Label, functions)
	}
	return hand, err
}

// functionsOf gives the functions that a posting of a label may have.
func functionsOf(book job.Labels, label job.Label) (out []job.Function) {
	for i := range book {
		if book[i].Label == label {
			out = append(out, book[i].Functions...)
		}
	}
	if !slices.Contains(out, job.FunctionNone) {
		out = append(out, job.FunctionNone)
	}
	return out
}

// oneOf finds a name of the rule book, whatever its case.
func oneOf[T ~string](what, name string, known []T) (T, error) {
	names := make([]string, len(known))
	for i, k := range known {
		if strings.EqualFold(string(k), name) {
			return k, nil
		}
		names[i] = string(k)
	}
	return "", fmt.Errorf("unknown %s %q; %s", what, name, strictyaml.Expected(name, names))
}

// Labelled gives the one posting of a name, with its label; nil where there is none.
// Its error is a *SeveralError where the name is that of several.
func (d *Desk) Labelled(ctx context.Context, name string) (r *ledger.Record, err error) {
	err = d.read(ctx, func(l *ledger.Ledger) (err error) {
		r, err = one(ctx, l, name)
		return err
	})
	return r, err
}

// Label gives the one posting of a name a label by hand, in a ledger that is open
// for writing; where hand is nil it takes an earlier one away, and where there is
// none it changes nothing. An empty function becomes the rules', where that
// belongs to the label, else job.FunctionNone. The record is nil where there is no
// such posting; the error is a *SeveralError where there are several.
func (d *Desk) Label(
	ctx context.Context, l *ledger.Ledger, name string, hand *job.HandLabel,
) (r *ledger.Record, changed bool, err error) {
	if r, err = one(ctx, l, name); err != nil || r == nil {
		return nil, false, err
	}
	if hand == nil && r.Hand == nil {
		return r, false, nil
	}
	if hand != nil && hand.Function == "" {
		given := *hand
		if given.Function, err = d.functionFor(hand.Label, r.Verdict.Function); err != nil {
			return nil, false, err
		}
		hand = &given
	}
	if err := l.LabelByHand(ctx, r.N, hand); err != nil {
		return nil, false, err
	}
	r.Hand, r.Revision = hand, r.Revision+1
	return r, true, nil
}

// functionFor is the rules' function where a label has it.
func (d *Desk) functionFor(label job.Label, rules job.Function) (job.Function, error) {
	reader, err := d.Reader()
	if err != nil {
		return "", err
	}
	if slices.Contains(functionsOf(reader.Classifier().Labels(), label), rules) {
		return rules, nil
	}
	return job.FunctionNone, nil
}

// SeveralError says that several sources have a posting of an id.
type SeveralError struct {
	Name string
	// Names are those that mean one posting each.
	Names []string
}

func (e *SeveralError) Error() string {
	return fmt.Sprintf("several sources have a posting %q: expected one of %q", e.Name, e.Names)
}

// one gives the one posting of a name; nil where there is none.
func one(ctx context.Context, l *ledger.Ledger, name string) (*ledger.Record, error) {
	records, err := l.Get(ctx, name)
	if err != nil || len(records) == 0 {
		return nil, err
	}
	if len(records) == 1 {
		return records[0], nil
	}
	several := &SeveralError{Name: name}
	for _, r := range records {
		several.Names = append(several.Names, r.Posting.Source+"/"+r.Posting.ID)
	}
	return nil, several
}
