package fetch

import (
	"strings"
	"testing"
	"time"
)

// TestRobotsAsTheyAre reads files with what real ones have. "+" before a path
// says that it may be fetched, "-" that it may not.
func TestRobotsAsTheyAre(t *testing.T) {
	for _, tt := range []struct{ name, robots, paths string }{
		// groups
		{"a delay between agents", "User-agent: *\nCrawl-delay: 2\n\nUser-agent: other\nDisallow: /\n", "-/ -/a"},
		{
			"delays between three agents",
			"User-agent: a\nCrawl-delay: 5\nUser-agent: jobsieve\nCrawl-delay: 7\nUser-agent: b\nDisallow: /x\n", "-/x/1 +/y",
		},
		{
			"a sitemap between agents",
			"User-agent: jobsieve\nSitemap: https://h/s.xml\nUser-agent: other\nDisallow: /x", "-/x",
		},
		{
			"an unknown line between agents",
			"User-agent: *\nHost: h\nRequest-rate: 1/5\nUser-agent: other\nDisallow: /x", "-/x",
		},
		{
			"blank lines and comments between agents",
			"User-agent: *\n\n# others\n\nUser-agent: other\n\nDisallow: /x", "-/x",
		},
		{"a rule ends the agents", "User-agent: *\nDisallow: /x\nUser-agent: other\nDisallow: /y", "-/x +/y"},
		{"an empty rule ends the agents", "User-agent: *\nDisallow:\nUser-agent: other\nDisallow: /", "+/"},
		{"an empty allow ends the agents", "User-agent: *\nAllow:\nUser-agent: other\nDisallow: /", "+/"},
		{"a delay behind rules ends nothing", "User-agent: *\nDisallow: /x\nCrawl-delay: 2\nDisallow: /y", "-/x -/y"},
		{
			"several * groups are one",
			"User-agent: *\nDisallow: /x\nUser-agent: other\nDisallow: /\nUser-agent: *\nDisallow: /y", "-/x -/y +/z",
		},
		{
			"own groups are one, in any case",
			"user-agent: JOBSIEVE\nDisallow: /x\nUser-agent: *\nDisallow: /\nUSER-AGENT: jobsieve\nDISALLOW: /y", "-/x -/y +/z",
		},
		{"own group without rules", "User-agent: *\nDisallow: /\nUser-agent: jobsieve\nCrawl-delay: 1", "+/"},
		{"own agent and * in one group", "User-agent: jobsieve\nUser-agent: *\nDisallow: /x", "-/x"},
		{"a group without agents", "Disallow: /x\nCrawl-delay: 4", "+/x"},
		{"two agents on a line", "User-agent: other, jobsieve\nDisallow: /x", "+/x"},

		// agents
		{"* and text", "User-agent: *WordPress*\nDisallow: /", "+/"},
		{"* and a version", "User-agent: */2.0\nDisallow: /", "+/"},
		{"* and a name", "User-agent: *bot\nDisallow: /", "+/"},
		{"two *", "User-agent: **\nDisallow: /", "+/"},
		{"* and a comment", "User-agent: * # all\nDisallow: /", "-/"},
		{"* and more behind a space", "User-agent: * all\nDisallow: /", "-/"},
		{"own name and a version", "User-agent: jobsieve/2.1 (+https://h)\nDisallow: /", "-/"},
		{"own name and a word", "User-agent: jobsieve crawler\nDisallow: /", "-/"},
		{"a longer name", "User-agent: jobsieve-images\nDisallow: /\nUser-agent: jobsieve_x\nDisallow: /", "+/"},
		{"a shorter name", "User-agent: job\nDisallow: /\nUser-agent: jobsiev\nDisallow: /", "+/"},
		{"a name that ends like it", "User-agent: myjobsieve\nDisallow: /", "+/"},
		{"no name", "User-agent:\nDisallow: /", "+/"},

		// lines
		{"no colon", "User-agent *\nDisallow /x", "-/x +/y"},
		{"spaces and tabs", "\tUser-agent\t:\t*\n  Disallow :\t/x  \n", "-/x"},
		{"other spellings", "useragent: *\nDissallow: /a\nDisalow: /b\nDisallaw: /c", "-/a -/b -/c"},
		{"carriage returns alone", "User-agent: *\rDisallow: /x\r\rDisallow: /y", "-/x -/y"},
		{"a mark", "\uFEFFUser-agent: *\nDisallow: /x", "-/x"},
		{"no line end", "User-agent: *\nDisallow: /x", "-/x"},
		{
			"a web page",
			"<!DOCTYPE html><html><head><title>Not found</title></head><body>Disallow: everything</body></html>", "+/ +/x",
		},
		{"binary", "\x00\x01\xff\nUser-agent: *\nDisallow: /x", "-/x"},
		{"no text", "", "+/"},
		{"a comment in a path", "User-agent: *\nDisallow: /x#y", "-/x"},
		{"a colon in a path", "User-agent: *\nDisallow: /a:b", "-/a:b +/a"},

		// the longest rule
		{"root forbidden but one", "User-agent: *\nAllow: /jobs\nDisallow: /", "+/jobs/1 -/ -/x"},
		{"the home page alone", "User-agent: *\nAllow: /$\nDisallow: /", "+/ -/x -/?a"},
		{"a longer pattern with *", "User-agent: *\nAllow: /p\nDisallow: /*.html", "-/page.html +/page"},
		{"equal lengths, allow behind", "User-agent: *\nDisallow: /folder\nAllow: /folder", "+/folder/a"},
		{"equal lengths, allow before", "User-agent: *\nAllow: /folder\nDisallow: /folder", "+/folder/a"},
		{"the order does not matter", "User-agent: *\nAllow: /a/b\nDisallow: /a", "+/a/b/c -/a/c"},

		// patterns
		{"a beginning", "User-agent: *\nDisallow: /fish", "-/fish -/fish.html -/fishheads/1 -/fish?x +/Fish +/a/fish"},
		{"a folder", "User-agent: *\nDisallow: /fish/", "-/fish/ -/fish/1 +/fish +/fish.html"},
		{"* at the end says nothing", "User-agent: *\nDisallow: /fish*", "-/fish -/fish/1 +/f"},
		{"an ending somewhere", "User-agent: *\nDisallow: /*.php", "-/a.php -/a.php?b -/x/a.php5 +/a.PHP +/"},
		{"an ending at the end", "User-agent: *\nDisallow: /*.php$", "-/a.php +/a.php?b +/a.php/ -/a.php.php"},
		{"between two", "User-agent: *\nDisallow: /fish*.php", "-/fish.php -/fishx/a.php?b +/Fish.php +/fish"},
		{"a query", "User-agent: *\nDisallow: /*?", "-/a?b -/? +/a"},
		{"a $ in the middle is a $", "User-agent: *\nDisallow: /a$b", "-/a$b -/a%24b +/a"},
		{"only $", "User-agent: *\nDisallow: /*$", "-/ -/a"},
		{"a run of *", "User-agent: *\nDisallow: /a***b", "-/ab -/axxb +/a"},
		{"a pattern from nowhere", "User-agent: *\nDisallow: jobs", "+/jobs"},
		{"a pattern from *", "User-agent: *\nDisallow: *jobs", "-/jobs -/x/jobs"},

		// octets
		{
			"letters of another script",
			"User-agent: *\nDisallow: /नौकरी", "-/%E0%A4%A8%E0%A5%8C%E0%A4%95%E0%A4%B0%E0%A5%80/1 " +
				"-/%e0%a4%a8%e0%a5%8c%e0%a4%95%e0%a4%b0%e0%a5%80 -/नौकरी",
		},
		{"encoded letters", "User-agent: *\nDisallow: /%6A%6fbs", "-/jobs -/%6Aobs"},
		{"an encoded slash is none", "User-agent: *\nDisallow: /a/b", "+/a%2Fb -/a/b"},
		{"encoded in either case", "User-agent: *\nDisallow: /a%2fb", "-/a%2Fb -/a%2fb"},
		{"a space", "User-agent: *\nDisallow: /a b", "-/a%20b"},
		{"a % alone", "User-agent: *\nDisallow: /100%", "-/100% -/100%25"},
	} {
		r := ParseRobots([]byte(tt.robots), Agent)
		for path := range strings.FieldsSeq(tt.paths) {
			if got := r.Allowed(path[1:]); got != (path[0] == '+') {
				t.Errorf("%s: %s allowed %v", tt.name, path[1:], got)
			}
		}
	}
}

// TestCrawlDelay reads delays as files have them; what can't be shorter than
// the longest is the longest, never none.
func TestCrawlDelay(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"2": 2 * time.Second, "0.5": 500 * time.Millisecond, "5s": 5 * time.Second, "10 seconds": 10 * time.Second, "1e1": 10 * time.Second,
		"7 # x": 7 * time.Second,
		"0":     0, "-1": 0, "-inf": 0, "soon": 0, "": 0, "1 2": 0,
		"1000000": 1_000_000 * time.Second, "1e300": longest, "1e999": longest, "inf": longest, "Infinity": longest, "NaN": longest,
		"99999999999999999999": longest,
	} {
		if got := ParseRobots([]byte("User-agent: *\nCrawl-delay: "+value), Agent).Delay; got != want {
			t.Errorf("Crawl-delay %q: %s, want %s", value, got, want)
		}
	}
	for robots, want := range map[string]time.Duration{
		"User-agent: other\nCrawl-delay: 9\nDisallow: /x\nUser-agent: *\nCrawl-delay: 3": 3 * time.Second,
		"User-agent: other\nCrawl-delay: 9\nUser-agent: *\nDisallow: /x":                 9 * time.Second,
		"User-agent: *\nCrawl-delay: 9\nUser-agent: other\nCrawl-delay: 3":               9 * time.Second,
		"User-agent: *\nCrawl-delay: 9\nDisallow: /x\nUser-agent: jobsieve\nDisallow:":   0,
		"Crawl-delay: 9\nUser-agent: *\nDisallow: /x":                                    0,
	} {
		if got := ParseRobots([]byte(robots), Agent).Delay; got != want {
			t.Errorf("%q: %s, want %s", robots, got, want)
		}
	}
}
