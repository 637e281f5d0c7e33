package rows

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// jsonBlank may come between objects; 0x1e begins those of RFC 7464.
const jsonBlank = " \t\r\n\x1e"

// maxDepth is how deep an object may be nested.
const maxDepth = 100

// objects gives the objects of an input, be they one a line, in a list, or
// simply one after another.
type objects struct {
	w     *window
	lists int // that are open around the next object
}

var errDeep = fmt.Errorf("nested deeper than %d, which no posting is", maxDepth)

// next gives an object as it is written, or what is in its place, with an
// error. It is valid until the next call.
func (o *objects) next() (line int, object []byte, err error) {
	w := o.w
	for {
		b := w.bytes()
		i := 0
		for i < len(b) && o.passes(b[i]) {
			i++
		}
		w.advance(i)
		if b = b[i:]; len(b) > 0 {
			line = w.line
			if b[0] == '{' {
				object, err = o.object()
			} else {
				err = o.other()
			}
			return line, object, err
		}
		if !w.more() {
			if o.lists > 0 && w.cut == nil {
				w.cut = errors.New("the JSON list is not closed at the end: the file may be cut short")
			}
			return w.line, nil, io.EOF
		}
	}
}

// passes reports a byte that comes between objects.
func (o *objects) passes(c byte) bool {
	switch {
	case c == '[':
		o.lists++
	case c == ']' && o.lists > 0:
		o.lists--
	case c != ',' && strings.IndexByte(jsonBlank, c) < 0:
		return false
	}
	return true
}

// maxOther is how much of what isn't an object is looked at.
const maxOther = 200

// other takes what isn't an object: in a list up to the next element, else the
// line.
func (o *objects) other() error {
	stops := "\r\n"
	if o.lists > 0 {
		stops += ",]{"
	}
	w := o.w
	end := bytes.IndexAny(w.bytes(), stops)
	for end < 0 && len(w.bytes()) < maxOther && w.more() {
		end = bytes.IndexAny(w.bytes(), stops)
	}
	b := w.bytes()
	if end >= 0 {
		b = b[:end]
	}
	text := w.text(b[:min(len(b), maxOther)], w.line)
	_, err := parseObject(text)
	if err == nil || len(b) >= maxOther {
		err = fmt.Errorf("expected a JSON object, got %q", short(string(text), 20))
	}
	w.skipTo(stops)
	return err
}

// object takes an object. One that is cut off, or that another interrupts, is
// an error, and reading goes on in the line where the next object begins.
func (o *objects) object() ([]byte, error) {
	w, line := o.w, o.w.line
	var s scanner
	for at := 0; ; {
		b := w.bytes()
		for at < len(b) {
			at++
			switch s.step(b[at-1]) {
			case scanWhole:
				w.advance(at)
				if s.deep {
					return nil, errDeep
				}
				return w.text(b[:at], line), nil
			case scanBroken:
				return nil, o.broken(at-1, &s)
			}
		}
		switch {
		case w.more():
		case w.full() && w.end == nil && rowStart(w.bytes()) == 0:
			return nil, o.long(&s)
		default:
			return nil, o.broken(at, &s)
		}
	}
}

// long leaves out the rest of an object that the window cannot hold.
func (o *objects) long(s *scanner) error {
	w := o.w
	for w.advance(len(w.bytes())); w.more(); w.advance(len(w.bytes())) {
		for i, c := range w.bytes() {
			switch state := s.step(c); {
			case state == scanWhole:
				w.advance(i + 1)
				return errLong
			case state == scanBroken, c == '\n', c == '\r':
				w.advance(i)
				o.toNext()
				return errLong
			}
		}
	}
	return errLong
}

// broken leaves out an object that can't go on at a place of the window.
func (o *objects) broken(at int, s *scanner) error {
	w := o.w
	next := at
	if i := rowStart(w.bytes()[:min(at+1, len(w.bytes()))]); i > 0 {
		next = i
	}
	_, err := parseObject(w.text(w.bytes()[:next], w.line))
	switch {
	case s.deep:
		err = errDeep
	case err == nil:
		err = errors.New("not JSON")
	}
	w.advance(next)
	if next == at {
		o.toNext()
	}
	return err
}

// rowStart gives the place of the first line after the first that begins with an
// object; 0 where there is none.
func rowStart(b []byte) int {
	for _, start := range []string{"\n{", "\r{"} {
		if i := bytes.Index(b, []byte(start)); i >= 0 {
			return i + 1
		}
	}
	return 0
}

// toNext goes on to the next line that begins with an object, or whose first
// byte is a bracket, unless it is there already.
func (o *objects) toNext() {
	w := o.w
	for {
		b := w.bytes()
		i := bytes.IndexFunc(b, func(r rune) bool { return !strings.ContainsRune(jsonBlank, r) })
		switch {
		case i < 0 && w.more():
			continue
		case i < 0, b[i] == '{':
			return
		case (b[i] == '[' || b[i] == ']') && (i == 0 || b[i-1] == '\n' || b[i-1] == '\r'):
			return
		}
		w.advance(i)
		w.skipTo("\r\n")
	}
}

// What a byte means for an object.
type scanState int

const (
	scanGoesOn scanState = iota
	scanWhole            // it is the object's last
	scanBroken           // it can't be there
)

// scanner finds the end of an object. It looks for what shows that the object
// was cut off, and leaves all else to the parser.
type scanner struct {
	depth   int
	lists   [maxDepth + 1]bool // which of the open brackets are lists
	deep    bool
	inText  bool
	escaped bool
	last    byte // that isn't blank
}

// step takes the next byte.
func (s *scanner) step(c byte) scanState {
	switch {
	case s.inText:
		return s.stepText(c)
	case c == '\n' && s.deep:
		return scanBroken
	case strings.IndexByte(jsonBlank, c) >= 0:
		return scanGoesOn
	case c == '{' && s.depth > 0 && !s.mayBegin():
		return scanBroken
	case c == '{', c == '[':
		s.depth++
		if s.deep = s.deep || s.depth > maxDepth; !s.deep {
			s.lists[s.depth] = c == '['
		}
	case c == '}', c == ']':
		if s.depth--; s.depth == 0 {
			return scanWhole
		}
	case c == '"':
		s.inText = true
	}
	s.last = c
	return scanGoesOn
}

// mayBegin reports that an object may be here.
func (s *scanner) mayBegin() bool {
	inList := s.deep || s.lists[s.depth]
	return s.last == ':' || inList && (s.last == '[' || s.last == ',')
}

func (s *scanner) stepText(c byte) scanState {
	switch {
	case s.escaped:
		s.escaped = false
	case c == '\\':
		s.escaped = true
	case c == '"':
		s.inText = false
	case c == '\n', c == '\r':
		return scanBroken
	}
	return scanGoesOn
}
