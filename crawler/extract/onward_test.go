package extract

import (
	"net/url"
	"strings"
	"testing"

	"jobsieve/config"
)

// TestOnward wants what leads on from the first list page told, and nothing else
// taken for it.
func TestOnward(t *testing.T) {
	at, err := url.Parse("https://x.example/jobs")
	if err != nil {
		t.Fatal(err)
	}
	list := &config.List{Item: "li.job"}
	for body, want := range map[string]string{
		`<link rel="next" href="?page=2">`:                                             "https://x.example/jobs?page=2",
		`<a rel="nofollow next" href="/jobs/2">Go on</a>`:                              "https://x.example/jobs/2",
		`<a class=next href="?p=2">Next</a>`:                                           "https://x.example/jobs?p=2",
		`<a aria-label="Next page" href="?p=2">›</a>`:                                  "https://x.example/jobs?p=2",
		`<div class="Paginator"><a>1</a><a href="?p=2">2</a></div>`:                    `"2"`,
		`<ul class=pagination><li>1<li><a onclick="go(2)">2</a></ul>`:                  `"2"`,
		`<ul class=pagination><li class=active>1<li>2<li>3</ul>`:                       `"2"`,
		`<p>Page 1 <a href="/jobs?start=20">2</a>`:                                     `"2"`,
		`<nav aria-label="Pagination"><button>Next</button></nav>`:                     `"Next"`,
		`<nav aria-label="Pagination"><button aria-label="Next"><svg/></button></nav>`: `"Next"`,
		`<div class=pager><a href="?p=2">अगला »</a></div>`:                             `"अगला"`,
		`<a href="/jobs/page/2">अगला पेज</a>`:                                          `"अगला पेज"`,
		`<button>LOAD MORE</button>`:                                                   `"LOAD MORE"`,
		`<div role=button>Load more jobs…</div>`:                                       `"Load more jobs"`,
		`<a href="#" id=more>View more openings</a>`:                                   `"View more openings"`,
		`<input type=button value="Load more">`:                                        `"Load more"`,
		`<button>और नौकरियां देखें</button>`:                                           `"और नौकरियां देखें"`,
		`<a href="/all-jobs">See more jobs</a>`:                                        `"See more jobs"`,

		``: "",
		`<link rel=next href="https://other.example/jobs?page=2">`:                        "",
		`<link rel=next href="/jobs">`:                                                    "",
		`<a rel=next class=disabled href="?page=2">`:                                      "",
		`<a rel=next href="?page=0">`:                                                     "", // read before
		`<ul class=pagination><li>1</ul>`:                                                 "",
		`<ul class=pagination><li>1<li class=disabled><a href="#">Next</a></ul>`:          "",
		`<ul class=pagination><li>1<li><a>Next</a></ul>`:                                  "", // a place for a link
		`<ul class=pagination><li>1<li style="display:none">2</ul>`:                       "",
		`<button class=carousel-next>Next</button><a href="#slides">Next</a>`:             "",
		`<a href="/company/2">2</a> <a href="/jobs#2">2</a> <span>2</span>`:               "",
		`<li class=job><a href="/jobs/2">2</a> <button>Load more</button>`:                "",
		`<button>Show more</button> <a href="/about">Read more</a> <a>More results</a>`:   "",
		`<button hidden>Load more</button>`:                                               "",
		`<div class="page paged"><p>` + strings.Repeat("A text. ", 60) + `<b>2</b></div>`: "",
	} {
		p, err := NewPage(at, []byte(`<ul><li class=job><a href=/jobs/1>One</a></ul>`+body))
		if err != nil {
			t.Fatal(err)
		}
		seen, advice := p.Onward(list, config.Field{}, 2, map[string]bool{"https://x.example/jobs?page=0": true})
		if !strings.Contains(seen, want) || want == "" && seen != "" || (advice == "") != (seen == "") {
			t.Errorf("%s: %s (%s), want %s", body, seen, advice, want)
		}
	}
}
