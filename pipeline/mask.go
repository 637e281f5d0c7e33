package pipeline

import (
	"jobsieve/contacts"
	"jobsieve/job"
	"jobsieve/text"
)

// Decode undoes what a way in did to the texts of a posting, before anything
// reads them; see text.Decode.
func Decode(p *job.Posting) {
	for _, f := range job.Fields {
		p.SetText(f, text.Decode(p.Text(f)))
	}
	p.Posted, p.Openings = text.Decode(p.Posted), text.Decode(p.Openings)
}

// maskContacts masks the e-mail addresses and telephone numbers in all that a
// posting says, before anything is stored. The spans of all else stay the same.
//
// Its id and source are never masked: they are the keys by which the row is
// found again, so an id that is an e-mail address or a telephone number is
// stored as it is.
func maskContacts(p *job.Posting) {
	for _, f := range job.Fields {
		p.SetText(f, contacts.Mask(p.Text(f)))
	}
	p.URL = contacts.MaskURL(p.URL)
	p.Posted = contacts.Mask(p.Posted)
	p.Openings = contacts.Mask(p.Openings)
	for i := range p.Extra {
		m := &p.Extra[i]
		m.Value = contacts.MaskJSON(m.Key, m.Value)
		m.Key = contacts.Mask(m.Key)
	}
}
