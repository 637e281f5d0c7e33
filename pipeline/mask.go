package pipeline

import (
	"encoding/json"

	"jobsieve/contacts"
	"jobsieve/job"
)

// maskContacts masks the e-mail addresses and telephone numbers in all texts of
// a posting, before anything is stored. The spans of all else stay the same.
func maskContacts(p *job.Posting) {
	for _, s := range []*string{&p.Title, &p.Company, &p.Location, &p.Experience, &p.Salary, &p.Skills, &p.Description} {
		*s = contacts.Mask(*s)
	}
	for i := range p.Extra {
		p.Extra[i].Value = maskJSON(p.Extra[i].Value)
	}
}

// maskJSON masks the texts in a JSON value. A value without contacts stays as
// it is written.
func maskJSON(raw json.RawMessage) json.RawMessage {
	if len(contacts.Find(string(raw))) == 0 {
		return raw
	}
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return raw
	}
	masked, err := json.Marshal(maskValue(v))
	if err != nil {
		return raw
	}
	return masked
}

func maskValue(v any) any {
	switch v := v.(type) {
	case string:
		return contacts.Mask(v)
	case []any:
		for i := range v {
			v[i] = maskValue(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = maskValue(v[k])
		}
	}
	return v
}
