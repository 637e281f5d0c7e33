package fetch

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Robots is what a robots.txt says to one crawler, by RFC 9309.
type Robots struct {
	rules []robotsRule
	// Delay is the Crawl-delay that the file asks for, 0 for none.
	Delay time.Duration
	// Fault is why the file could not be had, which forbids everything; empty
	// where it was.
	Fault string
	// Version tells files apart: the beginning of the SHA-256 of what was read,
	// or why there is none.
	Version string
	// Sitemaps are the addresses that the file names.
	Sitemaps []string
}

type robotsRule struct {
	pattern string // percent-encoding in one form
	allow   bool
}

// allowAll and disallowAll are the answers where a file says nothing, or can't
// be had.
var (
	allowAll    = &Robots{Version: "none"}
	disallowAll = &Robots{rules: []robotsRule{{"/", false}}}
)

// maxRobots is how much of a robots.txt is read: 500 KiB, as §2.5 asks.
const maxRobots = 500 << 10

// ParseRobots reads the groups that are meant for the product token agent,
// else those for "*". Lines that are no rules are left out.
func ParseRobots(body []byte, agent string) *Robots {
	if len(body) > maxRobots {
		body = body[:maxRobots]
		if i := bytes.LastIndexByte(body, '\n'); i >= 0 {
			body = body[:i]
		}
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	p := robotsParser{agent: strings.ToLower(agent)}
	for line := range strings.SplitSeq(strings.ReplaceAll(string(body), "\r", "\n"), "\n") {
		p.line(line)
	}
	r := &p.others
	if p.named {
		r = &p.own
	}
	r.Sitemaps = p.sitemaps
	r.Version = fmt.Sprintf("%x", sha256.Sum256(body))[:12]
	return r
}

type robotsParser struct {
	agent       string
	own, others Robots
	named       bool // a group names the agent
	sitemaps    []string

	inAgents    bool // the last line was a user-agent line
	mine, other bool // the group now read is for the agent, for "*"
}

func (p *robotsParser) line(line string) {
	if i := strings.IndexByte(line, '#'); i >= 0 {
		line = line[:i]
	}
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		return
	}
	key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
	switch key {
	case "user-agent", "useragent", "user agent":
		p.userAgent(value)
	case "allow", "disallow":
		p.inAgents = false
		if value != "" {
			p.add(func(r *Robots) {
				r.rules = append(r.rules, robotsRule{encodePath(value, true), key == "allow"})
			})
		}
	case "crawl-delay":
		p.inAgents = false
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 && s < 1e6 {
			p.add(func(r *Robots) { r.Delay = max(r.Delay, time.Duration(s*float64(time.Second))) })
		}
	case "sitemap":
		p.sitemaps = append(p.sitemaps, value)
	}
}

func (p *robotsParser) userAgent(value string) {
	if !p.inAgents {
		p.mine, p.other = false, false
	}
	p.inAgents = true
	token := strings.ToLower(productToken(value))
	switch {
	case value == "*" || strings.HasPrefix(value, "*") && token == "":
		p.other = true
	case token != "" && token == p.agent:
		p.mine, p.named = true, true
	}
}

// productToken gives the part of a user-agent line that names a crawler:
// letters, hyphens and underscores.
func productToken(s string) string {
	for i := range len(s) {
		c := s[i]
		if c != '-' && c != '_' && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return s[:i]
		}
	}
	return s
}

func (p *robotsParser) add(to func(*Robots)) {
	if p.mine {
		to(&p.own)
	}
	if p.other {
		to(&p.others)
	}
}

// Allowed reports whether a path with its query may be fetched: the longest
// rule that matches decides, allow where two are equally long.
func (r *Robots) Allowed(path string) bool {
	path = encodePath(path, false)
	if path == robotsPath {
		return true
	}
	longest, allowed := -1, true
	for _, rule := range r.rules {
		if len(rule.pattern) < longest || !matchPattern(rule.pattern, path) {
			continue
		}
		if len(rule.pattern) > longest {
			longest, allowed = len(rule.pattern), rule.allow
		} else if rule.allow {
			allowed = true
		}
	}
	return allowed
}

// matchPattern matches a path from its start; "*" is any text, "$" at the end
// is the path's end.
func matchPattern(pattern, path string) bool {
	anchored := strings.HasSuffix(pattern, "$")
	if anchored {
		pattern = pattern[:len(pattern)-1]
	}
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	for i, part := range parts[1:] {
		last := i == len(parts)-2
		if last && anchored {
			return strings.HasSuffix(path, part)
		}
		at := strings.Index(path, part)
		if at < 0 {
			return false
		}
		path = path[at+len(part):]
	}
	return !anchored || path == ""
}

const upperHex = "0123456789ABCDEF"

// encodePath brings a path to one form of percent-encoding: what needs no
// encoding is plain, all else is encoded in capitals. In a pattern, "*" and
// "$" keep their meaning; in a path they are encoded.
func encodePath(s string, pattern bool) string {
	if s == "" {
		return "/"
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			v := unhex(s[i+1])<<4 | unhex(s[i+2])
			i += 2
			if isUnreserved(v) {
				b.WriteByte(v)
			} else {
				writeEncoded(&b, v)
			}
			continue
		}
		switch {
		case c == '*' && !pattern, c == '$' && (!pattern || i != len(s)-1), c <= ' ', c >= 0x7f, c == '%', c == '"', c == '<', c == '>', c == '\\', c == '^', c == '`', c == '{', c == '|', c == '}':
			writeEncoded(&b, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func writeEncoded(b *strings.Builder, c byte) {
	b.WriteByte('%')
	b.WriteByte(upperHex[c>>4])
	b.WriteByte(upperHex[c&15])
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}

func isUnreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

// unreachable forbids everything because the file could not be had.
func unreachable(fault string) *Robots {
	r := *disallowAll
	r.Fault, r.Version = fault, "not had: "+fault
	return &r
}
