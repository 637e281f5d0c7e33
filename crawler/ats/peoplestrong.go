package ats

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"jobsieve/job"
)

const peopleStrongPage = 99 // the most that it gives at once

// peopleStrongParts are the parts of a posting that its page asks for, as the API
// spells them.
const peopleStrongParts = "basic,organisational,descriprion,workflow,skill,qualification,certification,language,applied"

var peopleStrong = Connector{
	Needs:      []string{"account"},
	Documented: "https://careers.peoplestrong.com (a careers page asks this API)",
	Address:    "ACCOUNT.peoplestrong.com/job/joblist, the portal for applicants, as in acmecareers",
	States:     "company, posted, last day, experience, skills, openings",
	Limits: "Company is the unit above all others, where its name is a company's. The budgets in its " +
		"answers are not read: they have no unit, and nearly no employer's page shows them",
	Boards: []string{
		`^https://(?P<account>[\w-]+)\.peoplestrong\.com/(?:job/|home(?:[/?#]|$)|api/cp/)`,
		`^https://(?P<account>[\w-]*(?:career|recruit|jobs)[\w-]*)\.peoplestrong\.com/(?:[?#]|$)`,
	},
	First: func(b *Board) *Request { return peopleStrongRequest(b, 0) },
	Read: func(b *Board, req *Request, body []byte) (*Page, error) {
		v, items, err := decodeList(body, "response")
		if err != nil {
			return nil, err
		}
		p := &Page{Total: number(v, "totalRecords")}
		if p.Total == nil && items == nil {
			return nil, errors.New(`the answer has neither "totalRecords" nor postings: the host has no such board`)
		}
		p.read(items, func(o object) (job.Posting, bool) { return readPeopleStrong(b, o), true })
		p.details(func(id string) *Request {
			const format = "%s/job/%s/v2?part=%s&isReqId=false"
			return get(format, peopleStrongAPI(b), peopleStrongCode(id), peopleStrongParts)
		})
		p.counted(req, peopleStrongPage, func(offset int) *Request { return peopleStrongRequest(b, offset) })
		return p, nil
	},
	Detail: func(p *job.Posting, body []byte) error {
		o, err := decodeObject(body, "response")
		if err != nil {
			return err
		}
		if html(o, "jobTitle") == "" {
			return fmt.Errorf("the answer names no posting: %s may be closed", p.ID)
		}
		p.Description = html(o, "jobDescription")
		var qualifications []string
		for _, item := range list(o, "qualifications") {
			qualifications = append(qualifications, label(item))
		}
		if s := joined(", ", qualifications...); s != "" {
			p.Description = joined("\n\n", p.Description, "Qualification: "+s)
		}
		return nil
	},
}

func peopleStrongHost(b *Board) string { return b.base("https://%s.peoplestrong.com", b.account()) }

func peopleStrongAPI(b *Board) string { return peopleStrongHost(b) + "/api/cp/rest/altone/cp" }

// peopleStrongCode writes a posting's code as addresses have it.
func peopleStrongCode(id string) string { return url.PathEscape(strings.ReplaceAll(id, "/", "_")) }

func peopleStrongRequest(b *Board, offset int) *Request {
	r := get("%s/jobs/v1?offset=%d&limit=%d", peopleStrongAPI(b), offset, peopleStrongPage)
	r.Method, r.Body, r.Offset = http.MethodPost, []byte("{}"), offset
	return r
}

func readPeopleStrong(b *Board, o object) job.Posting {
	skills := append(texts(list(o, "skills", "mustTohave")), texts(list(o, "skills", "goodtohave"))...)
	p := job.Posting{
		ID: identity(o, "jobCode"), Title: html(o, "jobTitle"), Company: peopleStrongCompany(o),
		Posted: str(o, "jobPostedDate"), Experience: str(o, "expRange"), Openings: str(o, "openings"),
		Skills: joined(", ", skills...), Location: where("", peopleStrongPlace(o)),
	}
	p.Set(job.ValidThrough, str(o, "jobClosureDate"))
	if p.ID != "" {
		p.URL = peopleStrongHost(b) + "/job/detail/" + peopleStrongCode(p.ID)
	}
	return p
}

// peopleStrongPlace writes a place that is stated from the country down to the
// building: India>Maharashtra>Pune>Tower 2.
func peopleStrongPlace(o object) string {
	path := html(o, "locationHierarchyComplete")
	if path == "" {
		return html(o, "locationHierarchy")
	}
	parts := strings.Split(path, ">")
	slices.Reverse(parts)
	return joined(", ", parts...)
}

// companyForm is how the names of companies end, which the units of one do not.
var companyForm = regexp.MustCompile(`(?i)\b(?:ltd|limited|pvt|llp|inc|corporation|company|group|bank)\.?$`)

// peopleStrongCompany gives the unit to which all others of a posting belong, if that is
// a company.
func peopleStrongCompany(o object) string {
	root, _, _ := strings.Cut(html(o, "organizationUnitComplete"), ">")
	if root = strings.TrimSpace(root); companyForm.MatchString(root) {
		return root
	}
	return ""
}
