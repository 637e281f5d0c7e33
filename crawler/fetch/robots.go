package fetch

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
)

// Robots is what a robots.txt says to one crawler, by RFC 9309.
type Robots struct {
	rules []robotsRule
	// Delay is the Crawl-delay that the file asks for, 0 for none.
	Delay time.Duration
	// Fault is why the file could not be fetched, which forbids everything; empty
	// where it was fetched.
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
// be fetched.
var (
	allowAll    = &Robots{Version: "none"}
	disallowAll = &Robots{rules: []robotsRule{{"/", false}}}
)

// maxRobots is how much of a robots.txt is read: 500 KiB, as §2.5 asks.
const maxRobots = 500 << 10

// ParseRobots reads the groups that are meant for the product token agent,
// else those for "*". Lines that aren't rules are left out.
func ParseRobots(body []byte, agent string) *Robots {
	if len(body) > maxRobots {
		body = body[:maxRobots]
		if i := bytes.LastIndexByte(body, '\n'); i >= 0 {
			body = body[:i]
		}
	}
	body = bytes.TrimPrefix(body, mark)
	p := robotsParser{agent: strings.ToLower(agent)}
	for line := range strings.SplitSeq(strings.ReplaceAll(string(body), "\r", "\n"), "\n") {
		p.line(line)
	}
	p.endGroup()
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

	group       Robots // the one that is read
	begun       bool   // it has an agent
	mine, other bool   // it is for the agent, for "*"
	inRules     bool   // a rule of it was read: the next user-agent begins another
}

// robotsKeys are what comes before the colon, as files have it.
var robotsKeys = map[string]string{
	"user-agent": "user-agent", "useragent": "user-agent", "user agent": "user-agent",
	"allow": "allow", "disallow": "disallow", "dissallow": "disallow", "dissalow": "disallow",
	"disalow": "disallow", "diasllow": "disallow", "disallaw": "disallow",
	"crawl-delay": "crawl-delay", "crawldelay": "crawl-delay", "crawl delay": "crawl-delay",
	"sitemap": "sitemap", "site-map": "sitemap",
}

// maxSitemaps is how many sitemaps of a file are noted.
const maxSitemaps = 100

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func (p *robotsParser) line(line string) {
	if i := strings.IndexByte(line, '#'); i >= 0 {
		line = line[:i]
	}
	key, value, ok := strings.Cut(line, ":")
	if words := strings.Fields(line); !ok && len(words) == 2 { // the colon is missing
		key, value = words[0], words[1]
	} else if !ok {
		return
	}
	value = strings.TrimSpace(value)
	switch key := robotsKeys[strings.ToLower(strings.TrimSpace(key))]; key {
	case "user-agent":
		p.userAgent(value)
	case "allow", "disallow":
		p.inRules = true
		if value != "" && (p.mine || p.other) {
			p.group.rules = append(p.group.rules, robotsRule{encodePath(value, true), key == "allow"})
		}
	case "crawl-delay":
		if delay, ok := seconds(value); ok && p.begun {
			p.group.Delay = max(p.group.Delay, delay)
		}
	case "sitemap":
		if len(p.sitemaps) < maxSitemaps {
			p.sitemaps = append(p.sitemaps, value)
		}
	}
}

// userAgent adds an agent to the group; after rules it begins another. Lines
// of other kinds between agents are part of it and end nothing.
func (p *robotsParser) userAgent(value string) {
	if p.inRules {
		p.endGroup()
	}
	p.begun = true
	switch token := productToken(value); {
	case value == "*", strings.HasPrefix(value, "* "), strings.HasPrefix(value, "*\t"):
		p.other = true
	case token != "" && strings.ToLower(token) == p.agent:
		p.mine, p.named = true, true
	}
}

// endGroup gives the group to those it is for.
func (p *robotsParser) endGroup() {
	for to, meant := range map[*Robots]bool{&p.own: p.mine, &p.others: p.other} {
		if meant {
			to.rules = append(to.rules, p.group.rules...)
			to.Delay = max(to.Delay, p.group.Delay)
		}
	}
	p.group, p.begun, p.mine, p.other, p.inRules = Robots{}, false, false, false, false
}

// productToken gives the part of a user-agent line that names a crawler:
// letters, hyphens and underscores.
func productToken(s string) string {
	for i := range len(s) {
		c := s[i]
		if c != '-' && c != '_' && !isLetter(c) {
			return s[:i]
		}
	}
	return s
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
		if v, ok := encodedByte(s[i:]); ok {
			i += 2
			if isUnreserved(v) {
				b.WriteByte(v)
			} else {
				writeEncoded(&b, v)
			}
			continue
		}
		wild := c == '*' && !pattern || c == '$' && (!pattern || i != len(s)-1)
		if wild || isUnsafe(c) {
			writeEncoded(&b, c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// encodedByte gives the byte that the percent-encoding at the beginning of s stands
// for.
func encodedByte(s string) (v byte, ok bool) {
	if len(s) < 3 || s[0] != '%' || !isHex(s[1]) || !isHex(s[2]) {
		return 0, false
	}
	return unhex(s[1])<<4 | unhex(s[2]), true
}

// isUnsafe reports a byte that is encoded in any path.
func isUnsafe(c byte) bool {
	return c <= ' ' || c >= 0x7f || strings.IndexByte(`%"<>\^{|}`+"`", c) >= 0
}

func writeEncoded(b *strings.Builder, c byte) {
	b.WriteByte('%')
	b.WriteByte(upperHex[c>>4])
	b.WriteByte(upperHex[c&15])
}

func isHex(c byte) bool {
	return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0
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
	return isLetter(c) || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// unreachable forbids everything because the file could not be fetched.
func unreachable(fault string) *Robots {
	r := *disallowAll
	r.Fault, r.Version = fault, "not fetched: "+fault
	return &r
}
