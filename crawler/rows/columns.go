package rows

import (
	"strings"
	"unicode"
)

// usualNames are the names under which rows have what we know, by field, the
// best first. They are compared by their letters and digits alone, so that
// datePosted, Date Posted and date_posted are one. They are those of python-jobspy,
// of schema.org's JobPosting, of the APIs of boards, and of tables that people
// write by hand.
var usualNames = map[string]string{
	"id": "id, job id, posting id, identifier, requisition id, req id, reference, reference number, " +
		"ref no, vacancy id, guid",
	"source": "source, site, job board, board, portal",
	"title": "title, job title, posting title, position, position title, designation, job, job name, " +
		"job role, role, vacancy title",
	"company": "company, company name, employer, employer name, hiring organization, hiring organisation, " +
		"organization, organisation, organization name, organisation name, firm, hiring company",
	"location": "location, job location, locations, job locations, place, work location, " +
		"candidate required location",
	"city":    "city, town, job city, location city, address locality",
	"state":   "state, region, province, job state, location state, address region",
	"country": "country, job country, location country, address country",
	"remote": "remote, is remote, job is remote, job location type, work from home, work from home type, " +
		"wfh, work mode, workplace type, remote work",
	"experience": "experience, experience range, work experience, years of experience, experience required, " +
		"required experience, experience requirements, exp, job experience, yoe",
	"salary": "salary, compensation, ctc, base salary, salary range, salary text, package, remuneration, " +
		"wage, wages, stipend, job salary, pay range, salary offered",
	"salary_min": "salary min, min salary, salary from, minimum salary, min amount, job min salary, pay min, " +
		"min pay, salary low, compensation min, minimum pay",
	"salary_max": "salary max, max salary, salary to, maximum salary, max amount, job max salary, pay max, " +
		"max pay, salary high, compensation max, maximum pay",
	"salary_currency": "salary currency, currency, pay currency, currency code, job salary currency, " +
		"compensation currency",
	"salary_period": "salary period, interval, pay period, salary interval, salary frequency, pay frequency, " +
		"pay interval, salary unit, job salary period, compensation interval, salary type",
	"skills": "skills, key skills, skill, required skills, skills required, job skills, key skill, " +
		"tags and skills",
	"description": "description, job description, job desc, desc, jd, job details, details, full description, " +
		"description text",
	"url": "url, job url, link, job link, posting url, job posting url, permalink, href, detail url, " +
		"apply url, apply link, job url direct, application url, job apply link",
	"posted": "posted, date posted, posted on, posted date, posted at, posting date, post date, " +
		"published, published at, published on, publication date, pub date, job posted at, " +
		"listed at, created at, created, date",
	"valid_through": "valid through, valid until, expires, expires on, expires at, expiry date, expiration date, " +
		"closing date, last date, last date to apply, apply by, application deadline, deadline",
	"openings": "openings, vacancies, number of openings, no of openings, number of vacancies, " +
		"no of vacancies, total job openings, vacancy count, open positions, num openings",
	"crawled_at": "crawled at, scraped at, fetched at, collected at, scraped on, date scraped, scrape date, " +
		"scraped date, crawl date, crawled on, retrieved at, extracted at",
}

// role is what a column holds: a field, and how well its name says so, 0 best.
type role struct {
	field string
	rank  int
}

// roles are the usual names, as plainName writes them.
var roles = func() map[string]role {
	m := map[string]role{}
	for field, names := range usualNames {
		for rank, name := range strings.Split(names, ",") {
			m[plainName(name)] = role{field, rank}
		}
	}
	return m
}()

// plainName gives the letters and digits of a name, in lower case.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// missingValues are what programs write where there is nothing, as
// pandas.read_csv knows them, and its NaT.
var missingValues = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Split("#N/A,#N/A N/A,#NA,-1.#IND,-1.#QNAN,-NaN,-nan,1.#IND,1.#QNAN,<NA>,N/A,NA,NULL,NaN,"+
		"NaT,None,n/a,nan,null", ",") {
		m[s] = true
	}
	return m
}()

// isMissing reports a text that says nothing.
func isMissing(s string) bool {
	s = strings.TrimSpace(s)
	return s == "" || missingValues[s]
}
