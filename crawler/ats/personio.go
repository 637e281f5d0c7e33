package ats

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

var personio = Connector{
	Needs:      []string{"account"},
	Documented: "https://developer.personio.de/reference/get_xml",
	Address:    "ACCOUNT.jobs.personio.de; for boards at ACCOUNT.jobs.personio.com give that as `url`",
	States:     "company, posted, pay as ranges, experience",
	Limits:     "Texts are asked for in English",
	Boards: []string{
		`^https://(?P<account>[\w-]+)\.jobs\.personio\.de/`,
		`^(?P<base>https://(?P<account>[\w-]+)\.jobs\.personio\.com)/`,
	},
	First: func(b *Board) *Request {
		return get("%s/xml?language=en", b.base("https://%s.jobs.personio.de", b.account()))
	},
	Read: readPersonio,
}

type personioPosition struct {
	ID         string   `xml:"id"`
	Company    string   `xml:"subcompany"`
	Office     string   `xml:"office"`
	Others     []string `xml:"additionalOffices>office"`
	Name       string   `xml:"name"`
	Experience string   `xml:"yearsOfExperience"`
	Created    string   `xml:"createdAt"`
	Parts      []struct {
		Name  string `xml:"name"`
		Value string `xml:"value"`
	} `xml:"jobDescriptions>jobDescription"`
	Pay struct {
		Min      string `xml:"min"`
		Max      string `xml:"max"`
		Currency string `xml:"currencyCode"`
		Type     string `xml:"type"`
	} `xml:"salaryInformation"`
}

func readPersonio(b *Board, _ *Request, body []byte) (*Page, error) {
	var v struct {
		XMLName   xml.Name           `xml:"workzag-jobs"`
		Positions []personioPosition `xml:"position"`
	}
	if err := xml.Unmarshal(body, &v); err != nil {
		return nil, fmt.Errorf("the answer is not the XML that this platform gives: %w", err)
	}
	base := b.base("https://%s.jobs.personio.de", b.account())
	p := &Page{}
	for i := range v.Positions {
		p.Postings = append(p.Postings, v.Positions[i].posting(base))
	}
	return p, nil
}

func (o *personioPosition) posting(base string) job.Posting {
	var parts []string
	for _, part := range o.Parts {
		parts = append(parts, joined("\n", extract.HTMLText(part.Name), extract.HTMLText(part.Value)))
	}
	p := job.Posting{
		ID: identity(object{"id": o.ID}, "id"), Title: extract.HTMLText(o.Name), Company: extract.HTMLText(o.Company),
		Posted: strings.TrimSpace(o.Created), Location: where("", append([]string{o.Office}, o.Others...)...),
		Description: joined("\n\n", parts...), Salary: pay(band{o.Pay.Min, o.Pay.Max, o.Pay.Currency, o.Pay.Type}),
	}
	if p.ID != "" {
		p.URL = base + "/job/" + url.PathEscape(p.ID)
	}
	if years := strings.TrimSpace(o.Experience); years != "" {
		p.Experience = years + " years"
	}
	return p
}
