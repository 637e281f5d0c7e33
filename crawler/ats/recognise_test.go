package ats

import (
	"net/url"
	"strings"
	"testing"
)

// TestRecognise wants of each address the platform, account, site and base of its
// board; "host" is the base that is the address's own host, "-" stands for nothing.
func TestRecognise(t *testing.T) {
	for _, row := range strings.Split(strings.TrimSpace(recognised), "\n") {
		address, want, _ := strings.Cut(row, " → ")
		got, ok := Recognise(address)
		if u, err := url.Parse(address); err == nil && got.Base == "https://"+u.Host {
			got.Base = "host"
		}
		fields := []string{got.Platform, got.Account, got.Site, got.Base}
		for i := range fields {
			if fields[i] == "" {
				fields[i] = "-"
			}
		}
		said := strings.Join(fields, ", ")
		if !ok {
			said = "none"
		}
		if said != want {
			t.Errorf("%s: %s, want %s", address, said, want)
		}
	}
}

// TestRecogniseOwn wants addresses that others than boards have, too, not to be certain.
func TestRecogniseOwn(t *testing.T) {
	for address, own := range map[string]bool{
		"https://www.acme.example/jobs/Careers":                                             true,
		"https://www.acme.example/careers/job/20261127001":                                  true,
		"https://acme.zohorecruit.in/jobs/Careers":                                          false,
		"https://acme.eightfold.ai/careers/job/549795501880":                                false,
		"https://careers.acme.example/recruit/v2/public/Job_Openings?pagename=Careers":      false,
		"https://careers.acme.example/careers/job/549795501880-clerk?domain=acme.com&hl=en": false,
		"https://careers.acme.example/jobs/search?ss=1&in_iframe=1":                         false,
	} {
		if b, ok := Recognise(address); !ok || b.Own != own {
			t.Errorf("%s: %+v, want own %v", address, b, own)
		}
	}
}

// TestRecogniseLoaded wants a page to be known by the scripts and styles of its platform.
func TestRecogniseLoaded(t *testing.T) {
	page, _ := url.Parse("http://careers.acme.example:8080/us/en")
	for loaded, want := range map[string]string{
		"https://cdn.phenompeople.com/CareerConnectResources/x.js":         "phenom",
		"HTTPS://RMKCDN.successfactors.com/e70b4886/x.css":                 "successfactors",
		"http://careers.acme.example:8080/platform/js/j2w/min/core.js?h=1": "successfactors",
		"https://static.vscdn.net/fonts/css/eightfold-font-base.css":       "eightfold",
		"https://assets-aws.teamtailor-cdn.com/assets/careersite.js":       "teamtailor",
		"https://scripts.teamtailor-cdn.com/widgets/eu-pink/jobs.js":       "",
		"https://cdn.phenompeople.com.evil.example/x.js":                   "",
		"https://example.org/platform/js/main.js":                          "",
		"data:text/css,": "",
	} {
		got, ok := RecogniseLoaded(page, []string{"https://example.org/a.js", loaded})
		if got.Platform != want || ok != (want != "") {
			t.Errorf("%s: %+v, want %q", loaded, got, want)
		}
		if ok && (got.Base != "http://careers.acme.example:8080" || !got.Own) {
			t.Errorf("%s: %+v: expected the page's own host", loaded, got)
		}
	}
}

const recognised = `
https://boards.greenhouse.io/acme → greenhouse, acme, -, -
https://job-boards.greenhouse.io/acme/jobs/123 → greenhouse, acme, -, -
https://boards.greenhouse.io/embed/job_board/js?for=acme → greenhouse, acme, -, -
https://boards.greenhouse.io/embed/job_board?b=x&for=acme → greenhouse, acme, -, -
https://jobs.lever.co/acme/1-2-3 → lever, acme, -, -
https://jobs.eu.lever.co/acme → lever, acme, -, https://api.eu.lever.co
https://api.eu.lever.co/v0/postings/acme?mode=json → lever, acme, -, host
https://jobs.ashbyhq.com/Acme%20Corp → ashby, Acme Corp, -, -
https://careers.smartrecruiters.com/AcmeCorp → smartrecruiters, AcmeCorp, -, -
https://apply.workable.com/acme/j/ABC/ → workable, acme, -, -
https://acme.recruitee.com/o/clerk → recruitee, acme, -, -
https://acme.jobs.personio.de/ → personio, acme, -, -
https://acme.teamtailor.com/jobs → teamtailor, acme, -, -
https://acme.wd3.myworkdayjobs.com/en-US/External_Careers → workday, acme, External_Careers, host
https://acme.wd108.myworkdayjobs.com/Careers/job/Pune/Clerk_R1 → workday, acme, Careers, host
https://ejov.fa.ca2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/jobs?x=1 → oracle, -, CX_1, host
https://acme.bamboohr.com/careers → bamboohr, acme, -, -
https://www.bamboohr.com/careers/ → none
https://ats.rippling.com/en-GB/acme/jobs → rippling, acme, -, -
https://acme.pinpointhq.com/ → pinpoint, acme, -, -
https://acme.eightfold.ai/careers?pid=1&domain=acme.com → eightfold, acme.com, -, host
https://apna.co/jobs?page=2 → apna, -, -, -
https://careers.example.org/jobs → none
https://evil.example/https://boards.greenhouse.io/acme → none
https://boards.greenhouse.io.evil.example/acme → none
https://evil.example/?u=https://jobs.lever.co/acme → none
https://acme.recruitee.com → recruitee, acme, -, -
https://acme.recruitee.com.evil.example/ → none
https://acme.teamtailor.com.evil.example/jobs → none
https://acme.jobs.personio.de:8443/ → none
https://apna.co/jobs-in-pune → none
ftp://boards.greenhouse.io/acme → none
javascript:https://boards.greenhouse.io/acme → none
 HTTP://Boards.Greenhouse.IO:443/acme → greenhouse, acme, -, -
https://job-boards.eu.greenhouse.io/acme → greenhouse, acme, -, -
https://boards.eu.greenhouse.io/acme/jobs/1 → greenhouse, acme, -, -
https://boards.eu.greenhouse.io/embed/job_app?for=acme&token=1 → greenhouse, acme, -, -
https://acme.wd1.myworkdayjobs.com/jobs → workday, acme, jobs, host
https://acme.wd1.myworkdayjobs.com/careers → workday, acme, careers, host
https://acme.wd1.myworkdayjobs.com/en-US/jobs?q=x → workday, acme, jobs, host
https://acme.wd1.myworkdayjobs.com/wday/cxs/acme/jobs/jobs → workday, acme, jobs, host
https://acme.wd1.myworkdayjobs.com/en-US → none
https://acme.wd1.myworkdayjobs.com/ → none
https://wd3.myworkdaysite.com/recruiting/acme/Openings → workday, acme, Openings, host
https://wd5.myworkdaysite.com/fr-CA/recruiting/acme/jobs/job/Pune/Clerk_R1 → workday, acme, jobs, host
https://wd5.myworkdaysite.com/wday/cxs/acme/Openings/jobs → workday, acme, Openings, host
https://abcd.fa.ocs.oraclecloud.eu/hcmUI/CandidateExperience/en/sites/CX_1 → oracle, -, CX_1, host
https://abcd.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en-GB/sites/jobs/job/1 → oracle, -, jobs, host
https://careers.acme.example/hcmUI/CandidateExperience/en/sites/AcmeCareers/job/7 → oracle, -, AcmeCareers, host
https://careers.acme.example/hcmUI/CandidateExperience/en/help → none
https://acme.eightfold.ai/careers → eightfold, -, -, host
https://acme.eightfold.ai/careers/job/123 → eightfold, -, -, host
https://app.eightfold.ai/careers → none
https://app.eightfold.ai/careers?domain=acme.com → eightfold, acme.com, -, host
https://acme.eightfold.ai/api/pcsx/search?domain=acme.com&start=0 → eightfold, acme.com, -, host
https://careers.acme.example/careers?pid=446&domain=acme.com&sort_by=relevance → eightfold, acme.com, -, host
https://careers.acme.example/careers/job/549795501880-clerk?domain=acme.com → eightfold, acme.com, -, host
https://careers.acme.example/careers/job/549795501880 → eightfold, -, -, host
https://careers.acme.example/api/pcsx/position_details?position_id=1&domain=acme.com → eightfold, acme.com, -, host
https://careers.acme.example/api/pcsx/search → eightfold, -, -, host
https://careers.acme.example/api/pcsx → none
https://careers.acme.example/careers → none
https://careers.acme.example/careers?domain=it → none
https://careers.acme.example/careers/job/12345 → none
https://jobs.smartrecruiters.com/AcmeCorp/743999-clerk → smartrecruiters, AcmeCorp, -, -
https://jobs.smartrecruiters.com/oneclick-ui/company/AcmeCorp/publication/1 → smartrecruiters, AcmeCorp, -, -
https://apply.workable.com/j/ABC → none
https://apply.workable.com/api/v3/accounts/acme/jobs → workable, acme, -, -
https://acme.workable.com/jobs/1 → workable, acme, -, -
https://jobs.workable.com/view/1 → none
https://acme.jobs.personio.com/job/1 → personio, acme, -, host
https://acme.na.teamtailor.com/jobs → teamtailor, acme, -, host
https://acme.bamboohr.com/hiring/jobs/12 → bamboohr, acme, -, -
https://acme.bamboohr.com/jobs/embed2.php → bamboohr, acme, -, -
https://ats.us1.rippling.com/acme/jobs → rippling, acme, -, -
https://ats.rippling.com/api/v2/board/acme/jobs → rippling, acme, -, -
https://api.ashbyhq.com/posting-api/job-board/acme → ashby, acme, -, -
https://www.apna.co/jobs → apna, -, -, -
https://acme.darwinbox.in/ms/candidate/careers → darwinbox, acme, -, -
https://acme.darwinbox.in/ms/candidatev2/main/careers/allJobs → darwinbox, acme, -, -
https://acme.darwinbox.in/ms/candidatev2/main/careers/jobDetails/a6a3a53d1e7f39?from=all → darwinbox, acme, -, -
https://acme.darwinbox.com/ms/candidatev2/main/careers/home#top → darwinbox, acme, -, host
https://acme.darwinbox.in/ms/candidate/a6150564417204/careers → darwinbox, acme, a6150564417204, -
https://acme.darwinbox.com/ms/candidatev2/a61cb038c35a54/careers/allJobs → darwinbox, acme, a61cb038c35a54, host
https://acme.darwinbox.in/ms/candidateapi/job/alljobs?companyId=main → darwinbox, acme, -, -
https://acme.darwinbox.in/jobs → darwinbox, acme, -, -
https://acme.darwinbox.com/jobs/ → darwinbox, acme, -, host
https://acme.darwinbox.in/ms/candidatev2/main → darwinbox, acme, -, -
https://acme.darwinbox.in/ms/candidatev2/main/jobs/a6a3a53d1e7f39 → darwinbox, acme, -, -
https://acme.darwinbox.in/JobsApiv3/Joblist → none
https://acme.darwinbox.in/user/login → none
https://www.darwinbox.com/ms/candidate/careers → none
https://acme.darwinbox.in/ → none
https://acme.darwinbox.in.evil.example/ms/candidate/careers → none
https://careers.acme.com/job/Pune-Clerk-MH-411001/1367059400/ → successfactors, -, -, host
https://jobs.acme.com/Acme/job/Pune-Clerk-MH/1367059400/?utm=x → successfactors, -, -, host
https://careers.acme.co.in/job/Clerk-&amp;-typist/31099-en_US/ → successfactors, -, -, host
https://www.acme.com/job/Clerk/31099-en_GB → successfactors, -, -, host
https://jobs.acme.com/go/View-All-Openings/8023300/ → successfactors, -, -, host
https://work.acme.example/sitemal.xml → successfactors, -, -, host
https://acme.jobs2web.com/search → successfactors, -, -, host
https://www.jobs2web.com/ → none
https://acme.jobs.hr.cloud.sap/job/Pune-Clerk/1415909200/ → successfactors, -, -, host
https://careers.acme.com/search/ → successfactors, -, -, host
https://jobs.acme.com/search/?createNewAlert=false&q=&locationsearch=india → successfactors, -, -, host
https://careers.acme.com/Acme/search/?q= → successfactors, -, -, host
https://jobs.acme.com/viewalljobs/?locale=it_IT → successfactors, -, -, host
https://jobs.acme.com/?locale=en_GB → successfactors, -, -, host
https://jobs.acme.com/?locale=en-GB → none
https://careers.acme.com/search?q=clerk → none
https://jobs.jobvite.com/search/ → none
https://www.acme.com/search/?q=clerk → none
https://careers.acme.com/job/R123/Clerk → none
https://careers.acme.com/job/pune/clerk/123/45678901234 → none
https://careers.acme.com/job/12345678/ → none
https://www.acme.com/go/offer/123456/ → none
https://www.acme.com/job/Clerk/1367059400/ → none
https://career10.successfactors.com/career?company=acme → none
https://acme.ripplehire.com/candidate/?token=nP1GISU2A024qt3otg3V&lang=en&source=CAREERSITE#list → ripplehire, acme, nP1GISU2A024qt3otg3V, -
https://acme.ripplehire.com/candidate/?source=CAREERSITE&token=IoV5vvUSMKLwmaa1Suou#detail/job/695777 → ripplehire, acme, IoV5vvUSMKLwmaa1Suou, -
https://acme.ripplehire.com/candidate/candidatejobdetail?token=abc&jobSeq=1 → ripplehire, acme, abc, -
https://acme.ripplehire.com/candidate/careers → none
https://acme.ripplehire.com/candidate/#?token=abc → none
https://www.ripplehire.com/candidate/?token=abc → none
https://acme.keka.com/careers → keka, acme, -, -
https://acme.keka.com/careers/?department=2 → keka, acme, -, -
https://acme.keka.com/careers/jobdetails/82924 → keka, acme, -, -
https://acme.keka.com/careers/applyjob/82924 → keka, acme, -, -
https://acme.keka.com/careers/jobs → keka, acme, -, -
https://acme.keka.com/careers/api/jobs/default/active → keka, acme, -, -
https://acme.keka.com/careers/api/embedjobs/js/7e2f830e-7500-440f-992f-5013e438f8b4 → keka, acme, -, -
https://acme.keka.com/careers/api/embedjobs/north/active/7e2f830e-7500-440f-992f-5013e438f8b4 → keka, acme, north, -
https://acme.keka.com/careers/api/embedjobs/departments/7e2f830e-7500-440f-992f-5013e438f8b4 → keka, acme, -, -
https://acme.keka.com/careers/north/jobdetails/7 → keka, acme, north, -
https://acme.keka.com/careers/north/ → keka, acme, north, -
https://acme.keka.com/careers/Content/TenantNotFound.html → none
https://acme.kekahire.com → keka, acme, -, -
https://acme.kekahire.com/jobdetails/132790 → keka, acme, -, -
https://acme.kekahire.com/api/embedjobs/71b6b7a2-333a-47bc-81ca-11d00c4be18f → keka, acme, -, -
https://www.kekahire.com/ → none
https://acme.kekahire.com/login → none
https://www.keka.com/careers → none
https://acme.keka.com/login → none
https://acme.keka.com.evil.example/careers → none
https://acmecareers.peoplestrong.com/ → peoplestrong, acmecareers, -, -
https://AcmeCareers.PeopleStrong.com → peoplestrong, acmecareers, -, -
https://acme.peoplestrong.com/job/joblist → peoplestrong, acme, -, -
https://acmecareers.peoplestrong.com/job/detail/ACM_PA_1806731 → peoplestrong, acmecareers, -, -
https://recruit-acme.peoplestrong.com/home → peoplestrong, recruit-acme, -, -
https://acmecareers.peoplestrong.com/api/cp/rest/altone/cp/jobs/v1?offset=0 → peoplestrong, acmecareers, -, -
https://acme.peoplestrong.com/altLogin.jsf → none
https://acme.peoplestrong.com/ → none
https://www.peoplestrong.com/job/ → none
https://acmecareers.peoplestrong.com.evil.example/job/joblist → none
https://careers.acme.com/global/en/search-results?keywords=x → phenom, -, -, host
https://www.careers.acme.co.in/in/en/search-results → phenom, -, -, host
https://workwithus.acme.com/us/en/search-results/ → phenom, -, -, host
https://careers.acme.com/widgets → phenom, -, -, host
https://jobs.acme.com/global/en/job/ACMEGLOBALR1EXTERNALENGLOBAL/Process-Associate → phenom, -, -, host
https://shop.acme.com/us/en/search-results?q=chairs → none
https://careers.acme.com/global/en/blog → none
https://network.acme.com/widgets → none
https://careers-acme.icims.com/jobs/search?ss=1 → icims, careers-acme, -, host
https://careers-acme.icims.com/jobs/8214/clerk/job?in_iframe=1 → icims, careers-acme, -, host
https://india-acme.icims.com → icims, india-acme, -, host
https://www.icims.com/jobs → none
https://careers-acme.icims.com/connect → none
https://jobs.acme.example/jobs/search?ss=1&in_iframe=1 → icims, -, -, host
https://jobs.acme.example/jobs/8214/clerk/job?in_iframe=1&hashed=2 → icims, -, -, host
https://jobs.acme.example/jobs/search?ss=1 → none
https://acme.zohorecruit.in/jobs/Careers → zoho, acme, Careers, host
https://acme.zohorecruit.in/jobs/Careers/596430000028680174/Clerk?source=CareerSite → zoho, acme, Careers, host
https://acme.zohorecruit.com.au/jobs/US%20Careers/ → zoho, acme, US Careers, host
https://acme.zohorecruit.eu/ → zoho, acme, -, host
https://acme.zohorecruit.com/recruit/Login → none
https://acme.zohorecruit.in/recruit/v2/public/Job_Openings?source=CareerSite&pagename=Openings → zoho, acme, Openings, host
https://careers.acme.example/recruit/v2/public/Job_Openings?pagename=Careers&source=CareerSite → zoho, -, Careers, host
https://careers.acme.example/jobs/Careers → zoho, -, Careers, host
https://careers.acme.example/jobs/Careers/596430000028680174/Clerk → zoho, -, Careers, host
https://careers.acme.example/jobs/careers → none
https://careers.acme.example/jobs/Careers/7 → none
https://acme.zohorecruit.in.evil.example/ → none
`
