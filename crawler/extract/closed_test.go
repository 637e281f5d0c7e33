package extract

import (
	"net/url"
	"strings"
	"testing"

	"jobsieve/config"
	"jobsieve/job"
)

const longText = `<article>We look for people who answer calls. Our team has filled many posts. We are no longer accepting paper applications.
	The position is closed to agencies. Applications close on 5 December. This job is filled with variety.</article>`

// TestClosed looks at pages that say that their posting is closed, and at ones
// that only use such words.
func TestClosed(t *testing.T) {
	for page, want := range map[string]bool{
		// English
		"<h1>Clerk</h1><p>We are no longer accepting applications.</p>" + longText:                            true,
		"<h1>Clerk</h1><div class='alert alert-warning'>Sorry, this job has expired.</div>" + longText:        true,
		"<h1>Clerk - Position Closed</h1>" + longText:                                                         true,
		"<h1>[CLOSED] Clerk</h1>" + longText:                                                                  true,
		"<h1>Clerk (Expired)</h1>" + longText:                                                                 true,
		"<title>This job is no longer available | Acme</title><h1>Clerk</h1>" + longText:                      true,
		"<h1>Clerk</h1><h3>This position has been filled!</h3>" + longText:                                    true,
		"<h1>Clerk</h1><span class='badge'>Closed</span>" + longText:                                          true,
		"<h1>Clerk</h1><p>Status: <b>Closed</b></p>" + longText:                                               true,
		"<h1>Clerk</h1><div>The vacancy you are looking for no longer exists.<p>Look around</div>" + longText: true,
		"<h1>Clerk</h1><p>Applications are now closed</p>":                                                    true,
		"<h1>Job not found</h1>": true,
		"<h1>Clerk</h1><p>The application deadline has passed.</p>" + longText:                                      true,
		"<h1>Clerk</h1><article><div role=alert>This job posting is no longer active.</div>Answer calls.</article>": true,
		"<h1>Expired</h1>" + longText:                                     true,
		"<h1>Clerk</h1><article>This job has expired.</article>":          true,
		"<h1>Clerk</h1><p>Applications for this role are now closed.</p>": true,
		"<h1>Clerk</h1><p>All positions have been filled</p>":             true,
		"<h1>Clerk</h1><p>This vacancy has now closed.</p>":               true,
		"<h1>Clerk</h1><p>We are no longer hiring for this role</p>":      true,
		"<h1>Clerk</h1><p>Expired on: 31 Jan 2024</p>":                    true,
		"<h1>Clerk</h1><p>Sorry! This job is no longer advertised</p>":    true,
		// Hindi
		"<h1>क्लर्क</h1><p>यह पद भर दिया गया है</p>":                          true,
		"<h1>क्लर्क</h1><p>यह विज्ञापन समाप्त हो गया है</p>":                  true,
		"<h1>क्लर्क</h1><p>अब इस नौकरी के लिए आवेदन नहीं कर सकते</p>":         true,
		"<h1>क्लर्क</h1><p>भर्ती पूरी तरह से मुफ्त है</p>":                    false,
		"<h1>Clerk</h1><p>Ab apply nahi kar sakte</p>":                        true,
		"<h1>Clerk</h1><p>Seats full ho gayi hain</p>":                        true,
		"<h1>Clerk</h1><p>यह नौकरी अब उपलब्ध नहीं है।</p>" + longText:         true,
		"<h1>क्लर्क</h1><p>आवेदन बंद</p>" + longText:                          true,
		"<h1>क्लर्क</h1><p>भर्ती बंद हो चुकी है</p>" + longText:               true,
		"<h1>क्लर्क</h1><p>इस पद के लिए आवेदन प्रक्रिया समाप्त हो गई है।</p>": true,
		"<h1>क्लर्क</h1><p>आवेदन की अंतिम तिथि निकल चुकी है।</p>":             true,
		// Hinglish
		"<h1>Clerk</h1><p>Yeh bharti band ho chuki hai</p>" + longText:         true,
		"<h1>Clerk</h1><p>Ye job ab available nahi hai</p>" + longText:         true,
		"<h1>Clerk</h1><div class=msg>Vacancy full ho gayi hai.</div>":         true,
		"<h1>Clerk</h1><p>Is naukri ke liye aavedan band ho gaye hain.</p>":    true,
		"<h1>Clerk</h1><p>The deadline for applications has passed</p>":        true,
		"<h1>Clerk</h1><p>This job isn't accepting applications</p>":           true,
		"<h1>Clerk</h1><p>This job isn’t available any more</p>":               true,
		"<h1>Clerk</h1><p>Job no longer exist</p>":                             true,
		"<h1>Clerk</h1><p>The job has already been closed by the employer</p>": true,
		"<h1>Clerk</h1><p>This listing was removed by the recruiter</p>":       true,
		"<h1>Clerk</h1><p>The recruiter has closed this job</p>":               true,
		"<h1>Clerk</h1><p>This role has been closed to new applicants</p>":     true,
		"<h1>Clerk</h1><p>You can no longer apply for this job</p>":            true,
		"<h1>Clerk</h1><p>Application period ended</p>":                        true,
		"<h1>Clerk</h1><p>Hiring for this position has been stopped</p>":       true,
		"<h1>Clerk</h1><p>Recruitment for this post has been completed</p>":    true,
		"<h1>Clerk</h1><p>Offer expired</p>":                                   true,
		"<h1>Clerk</h1><p>Hiring closed for this role</p>":                     true,
		"<h1>Clerk</h1><p>इस पद के लिए आवेदन स्वीकार नहीं किए जा रहे</p>":      true,
		"<h1>Clerk</h1><p>इस नौकरी के लिए आवेदन की तिथि समाप्त</p>":            true,
		// what is not said of the posting, or not now
		"<h1>Clerk</h1><p>Positions are filled on a rolling basis</p>":                                                    false,
		"<h1>Clerk</h1><p>Hiring closed for freshers, experienced only</p>":                                               false,
		"<h1>Clerk</h1><p>Hiring completed for Pune; Mumbai open</p>":                                                     false,
		"<h1>Clerk</h1><p>Hiring is closed for freshers</p>":                                                              false,
		"<h1>Clerk</h1><p>The recruiter has closed many jobs</p>":                                                         false,
		"<h1>Clerk</h1><p>You can apply no longer than a month</p>":                                                       false,
		"<h1>Clerk</h1>" + longText:                                                                                       false,
		"<h1>Clerk</h1><p>Applications close on 5 Dec</p>":                                                                false,
		"<h1>Clerk</h1><p>Applications will be closed on 5 Dec</p>":                                                       false,
		"<h1>Clerk</h1><p>No longer accepting paper applications</p>":                                                     false,
		"<h1>Clerk</h1><p>We are not accepting applications from agencies</p>":                                            false,
		"<h1>Clerk</h1><p>Open until the position is filled</p>":                                                          false,
		"<h1>Clerk</h1><p>If this job has expired, look at the others</p>":                                                false,
		"<h1>Clerk</h1><p>This job is filled with variety</p>":                                                            false,
		"<h1>Closed Loop Control Engineer</h1><p>Job: full time</p>":                                                      false,
		"<h1>Expired Claims Analyst</h1>" + longText:                                                                      false,
		"<h1>Clerk</h1><div class='msg' hidden>This job has expired</div>" + longText:                                     false,
		"<h1>Clerk</h1><div style='display: none'><p>This job has expired</p></div>":                                      false,
		"<h1>Clerk</h1><div class='modal'><p>This job has expired</p></div>":                                              false,
		"<h1>Clerk</h1><script>var s = 'This job has expired'</script>":                                                   false,
		"<h1>Clerk</h1><ul><li>Typist <span class=badge>Closed</span></ul>":                                               false,
		"<h1>Clerk</h1><div class=similar-jobs><div>Typist<span class=badge>Closed</span></div></div>":                    false,
		"<h1>Clerk</h1><article><p>Applications are closed.</p><p>" + strings.Repeat("Answer calls. ", 20) + "</article>": false,
		"<h1>Clerk</h1><div class=job-description><p>This position is closed.</p></div>":                                  false,
		"<h1>Clerk</h1><p>Sunday: closed</p>":                                                                             false,
		"<h1>Clerk</h1><p>भर्ती बंद होने से पहले आवेदन करें</p>":                                                          false,
		"<h1>Clerk</h1><p>Bharti band hone se pehle apply karein</p>":                                                     false,
		"<h1>Clerk</h1><p>Application fill kar ke bheje</p>":                                                              false,
	} {
		at, _ := url.Parse("https://e.example/1")
		doc, err := NewPage(at, []byte("<body>"+page))
		if err != nil {
			t.Fatal(err)
		}
		fields := map[string]config.Field{"description": {Select: "article"}}
		posting := job.Posting{Title: "Clerk"}
		doc.fill(&posting, doc.doc.Selection, fields)
		words, ok := doc.Closed(&posting, fields)
		if ok != want {
			t.Errorf("%q: %v (%q), want %v", page, ok, words, want)
		}
	}
	doc, err := NewPage(&url.URL{}, []byte("<h1>Clerk</h1><p>This position is closed."))
	if err != nil {
		t.Fatal(err)
	}
	if words, ok := doc.Closed(&job.Posting{Description: strings.Repeat("Answer calls. ", 9) + "This position is closed."}, nil); ok {
		t.Errorf("a line of the description is taken for a notice: %q", words)
	}
}

func TestNoticesAreRefused(t *testing.T) {
	if _, err := parseNotices("en job ()"); err == nil {
		t.Error("a group without words passes")
	}
}

// TestSaysClosed wants a posting of a list closed where its title or its short text
// says so.
func TestSaysClosed(t *testing.T) {
	for p, want := range map[[2]string]bool{
		{"[CLOSED] Telecaller", ""}:                                               true,
		{"Telecaller (Closed)", "Answer calls."}:                                  true,
		{"Telecaller", "This job has expired."}:                                   true,
		{"Telecaller", "Closed."}:                                                 false,
		{"Telecaller", longText}:                                                  false,
		{"Closed Loop Engineer", "Open until the position is filled."}:            false,
		{"Telecaller", "Answer calls. Be kind. Sell. This position is closed."}:   false,
		{"Telecaller", strings.Repeat("Answer calls ", 20) + ". This job closed"}: false,
	} {
		if words, ok := SaysClosed(&job.Posting{Title: p[0], Description: p[1]}); ok != want {
			t.Errorf("%q: %v (%q), want %v", p, ok, words, want)
		}
	}
}
