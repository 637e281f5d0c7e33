package text

import "testing"

func TestDecode(t *testing.T) {
	for in, want := range map[string]string{
		"&#8377;15,000 &ndash; &#x20B9;18,000": "₹15,000 – ₹18,000",
		"R&amp;D &amp;#8377;5":                 "R&D ₹5",
		"â‚¹15,000 â€“ â‚¹18,000":              "₹15,000 – ₹18,000",
		"à¤µà¥‡à¤¤à¤¨":                         "वेतन",
		"CafÃ© in MÃ¼nchen":                    "Café in München",
		"Café à la carte":                      "Café à la carte",
		"１８，０００":                               "18,000",
		"12\u00A0000":                          "12 000",
		"a &lt;b&gt; tag &notice AT&T":         "a &lt;b&gt; tag &notice AT&T",
		"वेतन ₹15,000":                         "वेतन ₹15,000",
		"£5 © ±":                               "£5 © ±",
		"a&#27;[31m &amp;#27; &#x202E;b&Tab;c": "a&#27;[31m &#27; &#x202E;b\tc",
		"\u00c2\u203a[31m":                     "\u00c2\u203a[31m", // C2 9B, a command to terminals
	} {
		if got := Decode(in); got != want {
			t.Errorf("Decode(%q) = %q, want %q", in, got, want)
		}
	}
}
