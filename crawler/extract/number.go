package extract

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
)

var errMoreJSON = errors.New("something follows the JSON")

// DecodeJSON reads one JSON value. A number in it is a json.Number, which keeps
// every digit: ids are often beyond what a float64 holds.
func DecodeJSON(body []byte) (v any, err error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errMoreJSON
	}
	return v, nil
}

// mostExact is the largest amount up to which a float64 holds every whole number.
const mostExact = 1 << 53

// numberText writes a number: a whole one by its digits, as it is written,
// another without what it doesn't need, so that 7, 7.0 and 7e0 are the same.
func numberText(n json.Number) string {
	s := n.String()
	if !strings.ContainsAny(s, ".eE") {
		return s
	}
	f, err := n.Float64()
	if err != nil || math.Abs(f) > mostExact {
		return s
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// amountOf reads an amount of money: a number, or a text with one, which the pay
// reader reads too; nil where there is none. 0 says that none is given.
func amountOf(v any) any {
	s := plain(v)
	f, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil && strings.ContainsAny(s, "123456789"):
		return HTMLText(s)
	case err == nil && f > 0 && !math.IsInf(f, 0):
		return f
	}
	return nil
}
