package ats

import (
	"net/url"
	"regexp"
	"strings"
)

// Unread is a platform that is known and that no connector reads.
type Unread struct {
	// Name is the platform's; Advice says how its postings may be read all the same, or why
	// they can't be.
	Name, Advice string

	hosts *regexp.Regexp
}

// unread are the platforms that employers of the Indian market use and that are not read.
var unread = []Unread{
	{"Oracle Taleo", byScript, onHosts(`taleo\.net`)},
	{"Cornerstone", byToken, onHosts(`csod\.com`)},
	{"BrassRing", byToken, onHosts(`brassring\.com`)},
	{
		"Avature", "its lists are web pages: probe the one that its search shows, such as …/careers/SearchJobs",
		onHosts(`avature\.net`),
	},
	{
		"Jobvite", "its lists are web pages: probe jobs.jobvite.com/ACCOUNT/jobs",
		onHosts(`jobvite\.com`),
	},
	{
		"Freshteam", "its lists are web pages: probe ACCOUNT.freshteam.com/jobs",
		onHosts(`freshteam\.com`),
	},
	{
		"Workline", "its list is a web page: probe ACCOUNT.workline.hr/Candidate/GeneralOpening.aspx",
		onHosts(`workline\.hr`),
	},
	{
		"Zwayam", "a source of kind json, with method POST, may read what its page asks " +
			"public.zwayam.com/jobs/search for",
		onHosts(`zwayam\.com`),
	},
	{
		"MyNextHire", "a source of kind json, with method POST, may read what its page asks " +
			"/employer/careers/reqlist/get for",
		onHosts(`mynexthire\.com`),
	},
	{
		"TurboHire", "its robots.txt is said to refuse programs: ask the employer for a feed, or leave it out",
		onHosts(`turbohire\.co`),
	},
}

const (
	byScript = "its lists are drawn by a script, from a session: look for a feed or a sitemap of the employer's own"
	byToken  = "its lists want a token that its page hands out: look for a feed or a sitemap of the employer's own"
)

// onHosts matches the hosts of a domain.
func onHosts(domain string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:[\w-]+\.)*` + domain + `$`)
}

// RecogniseUnread says which platform that is known, but not read, an address leads to; nil
// for none.
func RecogniseUnread(address string) *Unread {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	for i := range unread {
		if unread[i].hosts.MatchString(host) {
			return &unread[i]
		}
	}
	return nil
}
