package ats

import "testing"

func TestRecogniseUnread(t *testing.T) {
	for address, want := range map[string]string{
		"https://acme.taleo.net/careersection/2/jobsearch.ftl?lang=en":                       "Oracle Taleo",
		"http://ACME.csod.com./ux/ats/careersite/1/home?c=acme":                              "Cornerstone",
		"https://sjobs.brassring.com/TGnewUI/Search/Home/Home":                               "BrassRing",
		"https://acme.avature.net/careers":                                                   "Avature",
		"https://jobs.jobvite.com/acme/jobs":                                                 "Jobvite",
		"https://acme.freshteam.com/jobs":                                                    "Freshteam",
		"https://app79.workline.hr/Candidate/GeneralOpening.aspx":                            "Workline",
		"https://public.zwayam.com/jobs/search":                                              "Zwayam",
		"https://acme.mynexthire.com/employer/jobs/careers":                                  "MyNextHire",
		"https://acme.turbohire.co/careerpage/1":                                             "TurboHire",
		"https://phe.tbe.taleo.net/phe01/ats/careers/v2/searchResults":                       "Oracle Taleo Business Edition",
		"https://workforcenow.adp.com/mascsr/default/mdf/recruitment/recruitment.html?cid=1": "ADP",
		"https://acme.breezy.hr":                                                             "Breezy",
		"https://recruiting2.ultipro.com/ACM1/JobBoard/1/":                                   "UKG",
		"https://recruiting.paylocity.com/Recruiting/Jobs/All/1":                             "Paylocity",
		"https://hr-1.in/829c17":                                                             "HROne",
		"https://careers.acme.example/CPortal/GeneralOpening.aspx":                           "Workline",
		"https://careers.acme.example/acme/jobslist":                                         "Zwayam",
		"https://careers.acme.example/acme/jobview/clerk-pune-202605110929141":               "Zwayam",
		"https://careers.acme.example/acme/jobview/clerk":                                    "",
		"https://career10.successfactors.com/career?company=acme":                            "SAP SuccessFactors",
		"https://rmkcdn.successfactors.com/x.css":                                            "",
		"https://acme.ripplehire.com/candidate/careers":                                      "RippleHire",
		"https://acme.ripplehire.com/candidate/?token=abc":                                   "",
		"https://acme.wd5.myworkdayjobs.com/":                                                "Workday",
		"https://acme.wd5.myworkdayjobs.com/Careers":                                         "",
		"https://taleo.net.example/":                                                         "",
		"https://www.example.org/?to=https://acme.taleo.net/":                                "",
		"https://nottaleo.net/":                                                              "",
		"mailto:jobs@acme.taleo.net":                                                         "",
		"https://boards.greenhouse.io/acme":                                                  "",
		"://":                                                                                "",
	} {
		got := ""
		if u := RecogniseUnread(address); u != nil {
			got = u.Name
		}
		if got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
