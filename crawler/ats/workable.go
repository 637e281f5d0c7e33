package ats

import "jobsieve/job"

var workable = Connector{
	Needs:      []string{"account"},
	Documented: "https://help.workable.com/hc/en-us/articles/115012771647",
	Boards:     []string{`^https://apply\.workable\.com/(?:api/v\d/(?:widget/)?accounts/)?(?P<account>[\w-]+)`},
	First: func(b *Board) *Request {
		return get("%s/api/v1/widget/accounts/%s?details=true", b.base("https://apply.workable.com"), b.account())
	},
	Read: func(_ *Board, _ *Request, body []byte) (*Page, error) {
		var v object
		if err := decode(body, &v); err != nil {
			return nil, err
		}
		return plain(body, []string{"jobs"}, func(o any) (job.Posting, bool) {
			return job.Posting{
				ID: str(o, "shortcode"), Title: str(o, "title"), Company: str(v, "name"), URL: str(o, "url"), Posted: str(o, "published_on"),
				Location:   joined(" | ", remote(yes(o, "telecommuting")), joined(", ", str(o, "city"), str(o, "state"), str(o, "country"))),
				Experience: str(o, "experience"), Description: html(o, "description"),
			}, true
		})
	},
}
