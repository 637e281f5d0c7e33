package pay

import "jobsieve/job"

// role is what a statement's money is.
type role string

// The roles of money in a posting.
const (
	rolePay       role = "what this job pays"
	roleVariable  role = "the variable part of pay"
	roleApplicant role = "what the applicant earns"
	roleLaw       role = "a law's or a scheme's"
	roleOther     role = "a benefit"
	roleOnce      role = "a bonus"
	roleRefer     role = "a reward for bringing others"
	roleRise      role = "a rise of pay"
	roleTaken     role = "what the applicant pays"
	roleFirm      role = "the employer's or its clients' money"
	roleCount     role = "a count"
	roleNone      role = "nothing says that it is pay"
)

// moneyRoles are the roles of words for other money; of a word of several meanings
// the first counts.
var moneyRoles = []struct {
	cue  cue
	role role
}{
	{cueApplicant, roleApplicant},
	{cueTaken, roleTaken},
	{cueVariable, roleVariable},
	{cueRise, roleRise},
	{cueRefer, roleRefer},
	{cueOnce, roleOnce},
	{cueLaw, roleLaw},
	{cueOther, roleOther},
	{cueFirm, roleFirm},
}

// roleOf gives the role of a word for other money.
func roleOf(money cue) role {
	for _, m := range moneyRoles {
		if money&m.cue != 0 {
			return m.role
		}
	}
	return roleNone
}

// verdict is the role of an expression, with the reason for it. The zero value
// decides nothing.
type verdict struct {
	role   role
	why    string
	strong bool // it is certainly pay: no later figure is preferred
}

// whyPeriod is the reason that a period shows a figure to be pay; explain adds
// which.
const whyPeriod = "per"

// explain tells an expression's role.
func (e *expression) explain() string {
	switch e.why {
	case string(e.role):
		return e.why
	case whyPeriod:
		return string(e.role) + ": " + whyPeriod + " " + string(e.statedPeriod())
	}
	return string(e.role) + ": " + e.why
}

// judge says whose money an expression is, and why.
func (s *scan) judge(e *expression) {
	if why := s.noMoney(e); why != "" {
		e.verdict = verdict{role: roleCount, why: why}
		return
	}
	e.verdict = s.roleOfWords(e)
	if e.role != rolePay {
		return
	}
	if why := s.unlikely(e); why != "" {
		e.role, e.why = roleCount, why
	}
}

// roleOfWords reads the role from the words beside the figure, else from what else
// speaks for pay.
func (s *scan) roleOfWords(e *expression) verdict {
	for _, rule := range wordRules {
		if v := rule(s, e); v.role != "" {
			return v
		}
	}
	return s.roleByEvidence(e)
}

// statedPeriod is the period that the text states for an expression.
func (e *expression) statedPeriod() job.Period {
	stated := [...]job.Period{
		e.lo.tail.period, e.hi.tail.period, e.lo.period, e.inside.period, e.after.period, e.before.period,
	}
	for _, p := range stated {
		if p != "" {
			return p
		}
	}
	return ""
}
