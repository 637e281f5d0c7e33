package job

import "encoding/json"

// Opt is a text that may be absent: the empty Opt is null in JSON.
type Opt string

// MarshalJSON writes the text, or null where it is empty.
func (o Opt) MarshalJSON() ([]byte, error) {
	if o == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(o))
}
