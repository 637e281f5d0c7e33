package text

// Words gives the words and numbers of a text in normal form.
func Words(s string) []string {
	d := Parse(s)
	var out []string
	for i := range d.Tokens {
		if k := d.Tokens[i].Kind; k == Word || k == Number {
			out = append(out, d.Tokens[i].Norm)
		}
	}
	return out
}
