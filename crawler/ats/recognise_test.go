package ats

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRecognise(t *testing.T) {
	for address, want := range map[string]Board{
		"https://boards.greenhouse.io/acme":                                                    {Platform: "greenhouse", Account: "acme"},
		"https://job-boards.greenhouse.io/acme/jobs/123":                                       {Platform: "greenhouse", Account: "acme"},
		"https://boards.greenhouse.io/embed/job_board/js?for=acme":                             {Platform: "greenhouse", Account: "acme"},
		"https://boards.greenhouse.io/embed/job_board?b=x&for=acme":                            {Platform: "greenhouse", Account: "acme"},
		"https://jobs.lever.co/acme/1-2-3":                                                     {Platform: "lever", Account: "acme"},
		"https://jobs.eu.lever.co/acme":                                                        {Platform: "lever", Account: "acme", Base: "https://api.eu.lever.co"},
		"https://api.eu.lever.co/v0/postings/acme?mode=json":                                   {Platform: "lever", Account: "acme", Base: "https://api.eu.lever.co"},
		"https://jobs.ashbyhq.com/Acme%20Corp":                                                 {Platform: "ashby", Account: "Acme Corp"},
		"https://careers.smartrecruiters.com/AcmeCorp":                                         {Platform: "smartrecruiters", Account: "AcmeCorp"},
		"https://apply.workable.com/acme/j/ABC/":                                               {Platform: "workable", Account: "acme"},
		"https://acme.recruitee.com/o/clerk":                                                   {Platform: "recruitee", Account: "acme"},
		"https://acme.jobs.personio.de/":                                                       {Platform: "personio", Account: "acme"},
		"https://acme.teamtailor.com/jobs":                                                     {Platform: "teamtailor", Account: "acme"},
		"https://acme.wd3.myworkdayjobs.com/en-US/External_Careers":                            {Platform: "workday", Account: "acme", Site: "External_Careers", Base: "https://acme.wd3.myworkdayjobs.com"},
		"https://acme.wd108.myworkdayjobs.com/Careers/job/Pune/Clerk_R1":                       {Platform: "workday", Account: "acme", Site: "Careers", Base: "https://acme.wd108.myworkdayjobs.com"},
		"https://ejov.fa.ca2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/jobs?x=1": {Platform: "oracle", Site: "CX_1", Base: "https://ejov.fa.ca2.oraclecloud.com"},
		"https://acme.bamboohr.com/careers":                                                    {Platform: "bamboohr", Account: "acme"},
		"https://www.bamboohr.com/careers/":                                                    {},
		"https://ats.rippling.com/en-GB/acme/jobs":                                             {Platform: "rippling", Account: "acme"},
		"https://acme.pinpointhq.com/":                                                         {Platform: "pinpoint", Account: "acme"},
		"https://acme.eightfold.ai/careers?pid=1&domain=acme.com":                              {Platform: "eightfold", Account: "acme.com", Base: "https://acme.eightfold.ai"},
		"https://apna.co/jobs?page=2":                                                          {Platform: "apna"},
		"https://careers.example.org/jobs":                                                     {},
		"https://evil.example/https://boards.greenhouse.io/acme":                               {},
	} {
		got, ok := Recognise(address)
		if diff := cmp.Diff(want, got); diff != "" || ok != (want.Platform != "") {
			t.Errorf("%s: %v\n%s", address, ok, diff)
		}
	}
}
