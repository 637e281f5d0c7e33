package desk

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"jobsieve/ledger"
)

// ParameterError says that parameters of a question are wrong. It names them as URLs do.
type ParameterError struct {
	// Of are the parameters, Value is that of one where it matters.
	Of    []string
	Value string

	format string
	args   []any
}

// parameter is a name among the arguments of a problem.
type parameter string

// wrong begins the error for parameters.
func wrong(format string, args ...any) *ParameterError {
	return &ParameterError{format: format, args: args}
}

func (e *ParameterError) of(names ...string) *ParameterError {
	e.Of = names
	return e
}

// is is of for one parameter and its value.
func (e *ParameterError) is(name, value string) *ParameterError {
	e.Of, e.Value = []string{name}, value
	return e
}

// Problem says what was expected; name says how parameters are called where it is read.
func (e *ParameterError) Problem(name func(string) string) string {
	args := slices.Clone(e.args)
	for i, arg := range args {
		if p, ok := arg.(parameter); ok {
			args[i] = name(string(p))
		}
	}
	return fmt.Errorf(e.format, args...).Error()
}

// Mentions are the other parameters that the problem names.
func (e *ParameterError) Mentions() (names []string) {
	for _, arg := range e.args {
		if p, ok := arg.(parameter); ok {
			names = append(names, string(p))
		}
	}
	return names
}

func (e *ParameterError) Error() string {
	asIs := func(name string) string { return name }
	return strings.Join(e.Of, ", ") + ": " + e.Problem(asIs)
}

// InPart reports an error that says no more than that rows of the ledger are damaged:
// what was read of the others is there.
func InPart(err error) bool {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		return !slices.ContainsFunc(joined.Unwrap(), func(e error) bool { return !InPart(e) })
	}
	var damaged *ledger.DamagedError
	return errors.As(err, &damaged)
}
