package extract

import (
	"fmt"
	"strings"
	"testing"
)

// TestMarkedUp reads one posting in the ways in which pages mark it up.
func TestMarkedUp(t *testing.T) {
	const scope = `itemscope itemtype="https://schema.org/JobPosting"`
	for name, body := range map[string]string{
		"links are texts": `<div ` + scope + `><a itemprop="title" href="/jobs/7">Clerk</a><a itemprop="hiringOrganization" href="/acme">Acme</a>
			<a itemprop="jobLocation" href="/in/surat">Surat</a><a itemprop="url" href="/jobs/7">more</a></div>`,
		"addresses that are texts": `<div ` + scope + `><b itemprop=title>Clerk</b><b itemprop=hiringOrganization>Acme</b><b itemprop=jobLocation>Surat</b>
			<span itemprop=url>https://jobs.example.org/jobs/7</span></div>`,
		"two types": `<div itemscope itemtype="http://schema.org/JobPosting http://schema.org/Thing"><meta itemprop=title content=Clerk>
			<p itemprop="hiringOrganization" itemscope><b itemprop="name legalName">Acme</b></p><p itemprop=jobLocation>Surat</p><link itemprop=url href="/jobs/7"></div>`,
		"itemref": `<div ` + scope + ` itemref="o l none"><h1 itemprop=title>Clerk</h1><a itemprop=url href="/jobs/7"></a></div>
			<div id=o itemprop=hiringOrganization itemscope itemref=n></div><p id=n><b itemprop=name>Acme</b></p><ul id=l><li itemprop=jobLocation>Surat</ul>`,
		"itemref that goes in a circle": `<div id=j ` + scope + ` itemref="x j"><h1 itemprop=title>Clerk</h1><a itemprop=url href="/jobs/7"></a></div>
			<div id=x><b itemprop=hiringOrganization itemscope itemref="x j"><i itemprop=name>Acme</i></b><b itemprop=jobLocation>Surat</b></div>`,
		"names as addresses, another case": `<div itemscope itemtype="HTTP://SCHEMA.ORG/JOBPOSTING"><b itemprop="http://schema.org/title">Clerk</b>
			<b itemprop="HiringOrganization">Acme</b><data itemprop=joblocation value="Surat">here</data><a itemprop="URL" href="/jobs/7"></a></div>`,
		"an image for the employer": `<div ` + scope + `><b itemprop=title>Clerk</b><img itemprop=hiringOrganization alt=Acme src=/a.png><b itemprop=jobLocation>Surat</b>
			<a itemprop=url href="/jobs/7"></a></div>`,
		"a list of them": `<ul itemscope itemtype="https://schema.org/ItemList"><li itemprop=itemListElement ` + scope + `><b itemprop=title>Clerk</b>
			<b itemprop=hiringOrganization>Acme</b><b itemprop=jobLocation>Surat</b><a itemprop=url href=/jobs/7></a></ul>`,
		"an item between them": `<div ` + scope + `><b itemprop=title>Clerk</b><p itemscope itemtype=x><b itemprop=title>Other</b></p><b itemprop=hiringOrganization>Acme</b>
			<b itemprop=jobLocation>Surat</b><a itemprop=url href=/jobs/7></a></div>`,
		"RDFa": `<div vocab="https://schema.org/" typeof="JobPosting"><h1 property=title>Clerk</h1><p property=hiringOrganization typeof=Organization><b property=name>Acme</b></p>
			<p property=jobLocation typeof=Place><b property=address typeof=PostalAddress><i property=addressLocality>Surat</i></b></p><a property=url href=/jobs/7>x</a></div>`,
		"RDFa with a prefix": `<body prefix="s: http://schema.org/"><div typeof="s:JobPosting s:Thing"><h1 property="s:title">Clerk</h1>
			<a property="s:hiringOrganization" href=/acme>Acme</a><p property="s:jobLocation" content="Surat">here</p><a rel="s:url nofollow" href=/jobs/7>x</a></div>`,
	} {
		p := one(t, body)
		if p.Title != "Clerk" || p.Company != "Acme" || p.Location != "Surat" || p.URL != "https://jobs.example.org/jobs/7" {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// TestMarkupIsBounded reads items that share elements, properties in properties, and
// references to references.
func TestMarkupIsBounded(t *testing.T) {
	const scope = `itemscope itemtype="https://schema.org/JobPosting"`
	long := strings.Repeat("work ", 200_000)
	var refs strings.Builder
	for i := range 60 {
		fmt.Fprintf(&refs, `<p id=r%d><i itemprop=x itemscope itemref="r%d r%d"></i><i itemprop=y itemscope itemref="r%[2]d r%[3]d"></i></p>`, i, i+1, i+2)
	}
	for name, body := range map[string]string{
		"a text in 400 properties": `<div ` + scope + `><b itemprop=title>Clerk</b>` + strings.Repeat("<div itemprop=description>", 400) + long,
		"400 items of one text":    strings.Repeat(`<div `+scope+` itemref=t><b itemprop=title>Clerk</b></div>`, 400) + `<p id=t itemprop=description>` + long,
		"references":               `<div ` + scope + ` itemref=r0><b itemprop=title>Clerk</b></div>` + refs.String(),
	} {
		got, err := page(t, body).JobPostings()
		if err != nil || len(got) == 0 || got[0].Title != "Clerk" || len(got[0].Description) > maxField {
			t.Errorf("%s: %d postings, %v", name, len(got), err)
		}
	}
}
