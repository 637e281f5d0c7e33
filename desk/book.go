package desk

import (
	"context"

	"jobsieve/classifier"
	"jobsieve/ledger"
	"jobsieve/lexicon"
)

// Lists are the words by meaning that are in use: those that come with the program, with
// those of somebody's own rules laid over them unless these have faults.
func (d *Desk) Lists() []lexicon.List {
	if rules := d.outlined(); rules != nil {
		return rules.Lexicon.Lists()
	}
	return lexicon.Embedded().Lists()
}

// CriterionRules is a criterion with the rules that apply it.
type CriterionRules struct {
	classifier.Criterion
	Rules []classifier.RuleInfo
}

// Rules are the criteria in use, each with its rules, and the rules that speak for work
// that no criterion names. The error is a *pipeline.RulesError where the rules have faults.
func (d *Desk) Rules() (criteria []CriterionRules, other []classifier.RuleInfo, version string, err error) {
	reader, err := d.Reader()
	if err != nil {
		return nil, nil, "", err
	}
	of := map[string][]classifier.RuleInfo{}
	for _, r := range reader.Classifier().Rules() {
		of[r.Criterion] = append(of[r.Criterion], r)
	}
	for _, c := range reader.Classifier().Criteria() {
		criteria = append(criteria, CriterionRules{c, of[c.ID]})
	}
	return criteria, of[""], reader.Classifier().Version(), nil
}

// VacancyOf is Vacancy for the posting of a source and an id, whatever others are called.
func (d *Desk) VacancyOf(ctx context.Context, source, id string) (v *Vacancy, err error) {
	err = d.read(ctx, func(l *ledger.Ledger) error {
		records, err := d.named(ctx, l, id, source)
		for _, r := range records {
			if err == nil && r.Posting.ID == id {
				v, err = vacancyOf(ctx, l, r)
			}
		}
		return err
	})
	return v, err
}
