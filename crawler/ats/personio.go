package ats

import (
	"encoding/xml"
	"fmt"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

var personio = Connector{
	Needs:      []string{"account"},
	Documented: "https://developer.personio.de/reference/get_xml",
	Boards:     []string{`^https://(?P<account>[\w-]+)\.jobs\.personio\.(?:de|com)`},
	First: func(b *Board) *Request {
		return get("%s/xml?language=en", b.base("https://%s.jobs.personio.de", b.account()))
	},
	Read: readPersonio,
}

func readPersonio(b *Board, _ *Request, body []byte) (*Page, error) {
	var v struct {
		Positions []struct {
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
		} `xml:"position"`
	}
	if err := xml.Unmarshal(body, &v); err != nil {
		return nil, fmt.Errorf("the answer is not the XML that this platform gives: %w", err)
	}
	p := &Page{}
	for i := range v.Positions {
		o := &v.Positions[i]
		var parts []string
		for _, part := range o.Parts {
			parts = append(parts, joined("\n", part.Name, extract.HTMLText(part.Value)))
		}
		posting := job.Posting{
			ID: o.ID, Title: o.Name, Company: o.Company, Posted: o.Created, URL: b.base("https://%s.jobs.personio.de", b.account()) + "/job/" + o.ID,
			Location: joined(" | ", append([]string{o.Office}, o.Others...)...), Description: joined("\n\n", parts...),
		}
		if o.Experience != "" {
			posting.Experience = o.Experience + " years"
		}
		p.Postings = append(p.Postings, posting)
	}
	return p, nil
}
