package ats

import "regexp"

// Unread is a platform that is known and that no connector reads, or addresses on one that
// lack what a board is known by.
type Unread struct {
	// Name is the platform's; Advice says how its postings may be read all the same, or why
	// they can't be.
	Name, Advice string

	addresses *regexp.Regexp
}

// unread are the platforms that employers of the Indian market use and that are not read.
// Addresses are given to them as to the expressions of boards.
var unread = []Unread{
	{
		"ADP", "a source of kind json may read what its page asks " +
			"…/public/events/staffing/v1/job-requisitions for",
		onHosts(`(?:workforcenow|recruiting)\.adp\.com`),
	},
	{
		"Avature", "its lists are web pages: probe the one that its search shows, such as …/careers/SearchJobs",
		onHosts(`avature\.net`),
	},
	{"BrassRing", byToken, onHosts(`brassring\.com`)},
	{"Breezy", "probe ACCOUNT.breezy.hr/json, which lists its postings", onHosts(`breezy\.hr`)},
	{"Cornerstone", byToken, onHosts(`csod\.com`)},
	{"Dayforce", byScript, onHosts(`dayforcehcm\.com`)},
	{"Freshteam", "its lists are web pages: probe ACCOUNT.freshteam.com/jobs", onHosts(`freshteam\.com`)},
	{"Gem", byScript, onHosts(`jobs\.gem\.com`)},
	{"greytHR", "probe ACCOUNT.greythr.com/hire/api/career/published_jobs/", onHosts(`greythr\.com`)},
	{"HROne", byScript, onHosts(`hrone\.cloud|hr-1\.in`)},
	{"JazzHR", "its lists are web pages: probe ACCOUNT.applytojob.com/apply/jobs", onHosts(`applytojob\.com`)},
	{"Jobvite", "its lists are web pages: probe jobs.jobvite.com/ACCOUNT/jobs", onHosts(`jobvite\.com`)},
	{
		"MyNextHire", "a source of kind json, with method POST, may read what its page asks " +
			"/employer/careers/reqlist/get for",
		onHosts(`mynexthire\.com`),
	},
	{
		"Oracle Taleo Business Edition", "its lists are web pages: " +
			"probe …/ats/careers/v2/searchResults?org=ACCOUNT&cws=SITE",
		onHosts(`tbe\.taleo\.net`),
	},
	{"Oracle Taleo", byScript, onHosts(`taleo\.net`)},
	{"PageUp", "its lists are web pages: probe careers.pageuppeople.com/ACCOUNT/cw/en/listing/", onHosts(`pageuppeople\.com`)},
	{"Paycom", byToken, onHosts(`paycomonline\.net`)},
	{
		"Paylocity", "its lists are web pages that carry their data: " +
			"probe recruiting.paylocity.com/recruiting/jobs/All/ACCOUNT",
		onHosts(`paylocity\.com`),
	},
	{
		"Recruiterbox", "probe jsapi.recruiterbox.com/v1/openings?client_name=ACCOUNT",
		onHosts(`recruiterbox\.com|hire\.trakstar\.com`),
	},
	{
		"RippleHire", "an address of a board there has its token, as in /candidate/?token=TOKEN: " +
			"probe the employer's careers page, which links to it",
		onHosts(`ripplehire\.com`),
	},
	{
		"SAP SuccessFactors", "robots.txt forbids it: probe the career site at the employer's own host, " +
			"such as careers.acme.com, if there is one",
		onHosts(`career\d*\.(?:successfactors\.(?:com|eu)|sapsf\.(?:com|eu))`),
	},
	{"Softgarden", "probe ACCOUNT.career.softgarden.de/jobs.feed.json", onHosts(`softgarden\.(?:de|io)`)},
	{
		"TurboHire", "its robots.txt is said to refuse programs: ask the employer for a feed, or leave it out",
		onHosts(`turbohire\.co`),
	},
	{
		"UKG", "a source of kind json, with method POST, may read what its page asks " +
			"…/JobBoardView/LoadSearchResults for",
		onHosts(`recruiting\d*\.ultipro\.(?:com|ca)`),
	},
	{
		"Workday", "an address of a board there has its name, as in https://ACCOUNT.wd3.myworkdayjobs.com/SITE: " +
			"probe the employer's careers page, which links to it",
		onHosts(`myworkdayjobs\.com|myworkdaysite\.com`),
	},
	{
		"Workline", "its list is a web page: probe /Candidate/GeneralOpening.aspx on its host",
		regexp.MustCompile(`^https://(?:(?:[\w-]+\.)*workline\.hr/|` +
			`[\w.-]+/(?i:(?:cportal|candidate)/generalopening\.aspx))`),
	},
	{
		"Zwayam", "a source of kind json, with method POST, may read what its page asks " +
			"public.zwayam.com/jobs/search for",
		regexp.MustCompile(`^https://(?:(?:[\w-]+\.)*zwayam\.com/|` +
			`careers?\.[\w.-]+/[\w-]+/(?:jobslist(?:[/?#]|$)|jobview/[\w-]+-\d{12,}))`),
	},
}

const (
	byScript = "its lists are drawn by a script, from a session: look for a feed or a sitemap of the employer's own"
	byToken  = "its lists want a token that its page hands out: look for a feed or a sitemap of the employer's own"
)

// onHosts matches the addresses on the hosts of domains.
func onHosts(domains string) *regexp.Regexp {
	return regexp.MustCompile(`^https://(?:[\w-]+\.)*(?:` + domains + `)[:/]`)
}

// RecogniseUnread says which platform that is known, but not read, an address leads to; nil
// for none, and for one of a board that is read.
func RecogniseUnread(address string) *Unread {
	plain, ok := plainAddress(address)
	if _, read := Recognise(address); read || !ok {
		return nil
	}
	return unreadAt(plain)
}

// unreadAt is the platform, not read, of a plain address; nil for none.
func unreadAt(plain string) *Unread {
	for i := range unread {
		if unread[i].addresses.MatchString(plain) {
			return &unread[i]
		}
	}
	return nil
}
