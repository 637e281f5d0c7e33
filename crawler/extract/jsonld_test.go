package extract

import (
	"fmt"
	"strings"
	"testing"

	"jobsieve/job"
)

// one reads the only posting of a page's markup.
func one(t *testing.T, body string) job.Posting {
	t.Helper()
	got, err := page(t, body).JobPostings()
	if err != nil || len(got) != 1 {
		t.Fatalf("%d postings, %v: %s", len(got), err, body)
	}
	return got[0]
}

// TestLocationsOfJobPostings reads places in the shapes that pages give them.
func TestLocationsOfJobPostings(t *testing.T) {
	for in, want := range map[string]string{
		`"jobLocation":"Surat, Gujarat"`:                                                                                        "Surat, Gujarat",
		`"jobLocation":["Surat","Indore"]`:                                                                                      "Surat | Indore",
		`"jobLocation":{"@type":"Place","name":"Surat"}`:                                                                        "Surat",
		`"jobLocation":[{"@type":"Place","name":"Surat"},{"address":"Indore"}]`:                                                 "Surat | Indore",
		`"jobLocation":{"name":"Surat","address":{"addressCountry":"IN"}}`:                                                      "Surat, India",
		`"jobLocation":{"name":"HQ","address":{"addressLocality":"Kochi"}}`:                                                     "Kochi",
		`"jobLocation":{"name":"Kochi","address":""}`:                                                                           "Kochi",
		`"jobLocation":{"name":"Kochi","address":{}}`:                                                                           "Kochi",
		`"jobLocation":{"address":[{"addressLocality":"Kochi"},{"addressLocality":"Surat"}]}`:                                   "Kochi | Surat",
		`"jobLocation":{"address":["Kochi","Surat"]}`:                                                                           "Kochi | Surat",
		`"jobLocation":{"address":{"addressLocality":["Kochi","Surat"]}}`:                                                       "Kochi, Surat",
		`"jobLocation":{"address":{"@type":"PostalAddress","streetAddress":"MG Road, Kochi"}}`:                                  "MG Road, Kochi",
		`"jobLocation":{"@type":"PostalAddress","addressLocality":"Kochi","addressRegion":"Kerala"}`:                            "Kochi, Kerala",
		`"jobLocation":{"address":{"addressLocality":"Kochi","addressCountry":{"@type":"Country","name":"India"}}}`:             "Kochi, India",
		`"jobLocation":{"address":{"addressLocality":"Kochi","addressRegion":"-","addressCountry":"-"}}`:                        "Kochi",
		`"jobLocation":{"containedInPlace":{"name":"Kochi"}}`:                                                                   "Kochi",
		`"jobLocation":{"@id":"#here"},"x":{"@id":"#here","address":{"addressLocality":"Kochi"}}`:                               "Kochi",
		`"jobLocation":{"address":{"addressLocality":"Kochi &amp;amp; Aluva"}}`:                                                 "Kochi & Aluva",
		`"jobLocationType":"TELECOMMUTE"`:                                                                                       "Remote",
		`"jobLocationType":["telecommute"],"jobLocation":{"name":"Surat"}`:                                                      "Remote | Surat",
		`"jobLocationType":"https://schema.org/TELECOMMUTE","applicantLocationRequirements":{"@type":"Country","name":"India"}`: "Remote | India",
		`"jobLocationType":"TELECOMMUTE","applicantLocationRequirements":[{"@type":"State","name":"Kerala"},{"name":"Goa"}]`:    "Remote | Kerala | Goa",
		`"jobLocationType":"TELECOMMUTE","jobLocation":{"@type":"Place"},"applicantLocationRequirements":"India"`:               "Remote | India",
		`"jobLocationType":"TELECOMMUTE","jobLocation":{"name":"Surat"},"applicantLocationRequirements":{"name":"India"}`:       "Remote | Surat | India",
		`"applicantLocationRequirements":{"@type":"Country","address":{"addressCountry":"IN"}}`:                                 "India",
		`"jobLocation":"Surat","applicantLocationRequirements":"India"`:                                                         "Surat",
		`"jobLocationType":"TELECOMMUTE","applicantLocationRequirements":[{"@type":"Country","name":"US"},"GBR"]`:               "Remote | United States | United Kingdom",
		`"jobLocation":{"address":{"addressLocality":"Pune","addressRegion":"MH","addressCountry":"IN"}}`:                       "Pune, MH, IN",
		`"jobLocation":{"address":{"addressLocality":"Lahore","addressCountry":"PK"}}`:                                          "Lahore, Pakistan",
		`"jobLocation":{"address":{"addressLocality":"Lahore","addressCountry":"XX"}}`:                                          "Lahore, XX",
		`"JobLocation":{"Name":"Surat"}`:                                                                                        "Surat",
		`"jobLocation":[null,{},"",7]`:                                                                                          "7",
	} {
		if got := one(t, ld(`{"@type":"JobPosting","title":"Clerk",`+in+`}`)).Location; got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// TestNamesOfJobPostings reads properties and types however they are written.
func TestNamesOfJobPostings(t *testing.T) {
	for name, in := range map[string]string{
		"another case":              `{"@type":"jobposting","Title":"Clerk","HIRINGORGANIZATION":{"Name":"Acme"},"Identifier":{"Value":7}}`,
		"null in the right case":    `{"@type":"JobPosting","title":null,"Title":"Clerk","hiringOrganization":"","HiringOrganization":"Acme","identifier":7}`,
		"a prefix":                  `{"@type":"schema:JobPosting","schema:title":"Clerk","schema:hiringOrganization":{"schema:name":"Acme"},"schema:identifier":"7"}`,
		"a prefix of its own":       `{"@type":"s:JobPosting","s:title":"Clerk","s:hiringOrganization":"Acme","s:identifier":"7"}`,
		"full addresses":            `{"@type":["http://schema.org/JobPosting","Thing"],"https://schema.org/title":"Clerk","http://schema.org/hiringOrganization":"Acme","https://schema.org/identifier":7}`,
		"a type without @":          `{"type":"JobPosting","title":"Clerk","hiringOrganization":["Acme"],"identifier":[{"name":"Acme"},{"value":7.0}]}`,
		"values in objects":         `{"@type":"JobPosting","title":{"@value":"Clerk","@language":"en"},"hiringOrganization":{"legalName":"Acme"},"identifier":{"@value":"7"}}`,
		"an employer by its id":     `{"@graph":[{"@id":"#o","@type":"Organization","name":"Acme"},{"@type":"JobPosting","title":"Clerk","hiringOrganization":{"@id":"#o"},"identifier":"7"}]}`,
		"deep in another thing":     `{"@type":"WebPage","about":{"hasPart":[[{"@type":"JobPosting","title":"Clerk","hiringOrganization":"Acme","identifier":"7"}]]}}`,
		"beside one that names it":  `[{"@type":"WebPage","mainEntity":{"@type":"JobPosting","@id":"#j"}},{"@type":"JobPosting","@id":"#j","title":"Clerk","hiringOrganization":"Acme","identifier":"7"}]`,
		"escaped texts":             `{"@type":"JobPosting","title":"&lt;b&gt;Clerk&lt;/b&gt;","hiringOrganization":"&lt;i&gt;Acme&lt;/i&gt;","identifier":"7"}`,
		"names that go in a circle": `{"@id":"#a","@type":"JobPosting","title":"Clerk","identifier":"7","hiringOrganization":{"name":"Acme","parent":{"@id":"#a"}}}`,
	} {
		if got := one(t, ld(in)); got.Title != "Clerk" || got.Company != "Acme" || got.ID != "7" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestNumbersOfJobPostings wants every digit of an id, and pay as it stands.
func TestNumbersOfJobPostings(t *testing.T) {
	for in, want := range map[string]string{
		"900719925474099301": "900719925474099301", "12345678901234567890123": "12345678901234567890123", "7.0": "7", "-3": "-3", "1e3": "1000", "2.5": "2.5",
	} {
		p := one(t, ld(`{"@type":"JobPosting","title":"Clerk","identifier":{"value":`+in+`},"totalJobOpenings":`+in+`,"validThrough":`+in+`}`))
		if p.ID != want || p.Openings != want || string(p.Extra[0].Value) != in {
			t.Errorf("%s: %+v", in, p)
		}
	}
	for in, want := range map[string]string{
		`"baseSalary":"&amp;#8377;15,000 &amp;ndash; 18,000"`:                          "₹15,000 – 18,000",
		`"baseSalary":{"value":"&lt;b&gt;15,000&lt;/b&gt;"},"salaryCurrency":"INR"`:    `{"currency":"INR","value":"15,000"}`,
		`"baseSalary":15000,"salaryCurrency":"INR"`:                                    `{"@type":"MonetaryAmount","currency":"INR","value":15000}`,
		`"baseSalary":null,"estimatedSalary":[{"value":15000}]`:                        `[{"@type":"MonetaryAmountDistribution","value":15000}]`,
		`"BaseSalary":{"Currency":"INR","Value":{"MinValue":9000,"unittext":"MONTH"}}`: `{"currency":"INR","value":{"minValue":9000,"unitText":"MONTH"}}`,
	} {
		if got := one(t, ld(`{"@type":"JobPosting","title":"Clerk",`+in+`}`)).Salary; got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// TestListsOfTexts keeps all that a property lists.
func TestListsOfTexts(t *testing.T) {
	p := one(t, ld(`{"@type":"JobPosting","title":["","Clerk"],"description":["<p>One</p>","Two &amp;amp; three"],
		"experienceRequirements":[{"monthsOfExperience":12},"Typing"]}`))
	if p.Title != "Clerk" || p.Description != "One\nTwo & three" || p.Experience != "12 months, Typing" {
		t.Errorf("%+v", p)
	}
}

// TestEveryJobPosting wants all postings of a page.
func TestEveryJobPosting(t *testing.T) {
	var all []string
	for i := range 30 {
		all = append(all, fmt.Sprintf(`{"@type":"JobPosting","title":"Clerk %d","hiringOrganization":{"@id":"#o"}}`, i))
	}
	got, err := page(t, ld(`{"o":{"@id":"#o","name":"Acme"},"itemListElement":[`+strings.Join(all, ",")+`]}`)).JobPostings()
	if err != nil || len(got) != len(all) || got[29].Title != "Clerk 29" || got[29].Company != "Acme" {
		t.Errorf("%d postings, %v", len(got), err)
	}
}

// TestSharedObjectsAreBounded reads objects that name others twice, thirty times over.
func TestSharedObjectsAreBounded(t *testing.T) {
	var all []string
	for i := range 30 {
		all = append(all, fmt.Sprintf(`{"@id":"#%d","a":{"@id":"#%d"},"b":{"@id":"#%[2]d"}}`, i, i+1))
	}
	block := `[` + strings.Join(all, ",") + `,{"@type":"JobPosting","title":"Clerk","zzz":{"@id":"#0"}}]`
	if got := one(t, ld(block)); got.Title != "Clerk" {
		t.Errorf("%+v", got)
	}
}

// TestBlocksOfOnePage finds what a block names in another; its own goes first.
func TestBlocksOfOnePage(t *testing.T) {
	got := one(t, ld(`{"@id":"#org","@type":"Organization","name":"Acme"}`)+ld(`{"@graph":[{"@id":"#at","name":"Goa"}]}`)+
		ld(`[{"@type":"JobPosting","title":"Clerk","hiringOrganization":{"@id":"#org"},"jobLocation":{"@id":"#at"}},{"@id":"#at","name":"Surat"}]`))
	if got.Company != "Acme" || got.Location != "Surat" {
		t.Errorf("%+v", got)
	}
}
