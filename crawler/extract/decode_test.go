package extract

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestTextsAreDecodedOnce reads texts that were escaped never, once and more often.
func TestTextsAreDecodedOnce(t *testing.T) {
	for in, want := range map[string]string{
		// Escaped once, twice, three times.
		"&lt;p&gt;File papers&lt;/p&gt;":                                    "File papers",
		"&amp;lt;p&amp;gt;One&amp;lt;/p&amp;gt;":                            "One",
		"&amp;amp;lt;p&amp;amp;gt;x&amp;amp;lt;/p&amp;amp;gt;":              "x",
		"Parts &amp;amp; labour":                                            "Parts & labour",
		"Parts &amp; labour":                                                "Parts & labour",
		"&amp;#8377; 9,000":                                                 "₹ 9,000",
		"One&lt;br&gt;Two":                                                  "One\nTwo",
		"&lt;ul&gt;&lt;li&gt;A&lt;/li&gt;&lt;li&gt;B&lt;/li&gt;&lt;/ul&gt;": "- A\n- B",
		// Escaped markup in real markup, with its lines.
		"<div>&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;</div>": "a\nb",
		"<p>x</p><p>y &lt;b&gt;z&lt;/b&gt;</p><p>w</p>":       "x\ny z\nw",
		// What is no markup stays.
		"a < b":                             "a < b",
		"a &lt; b &amp;&amp; c &gt; d":      "a < b && c > d",
		"C++ <T>":                           "C++ <T>",
		"C++ &lt;T&gt;":                     "C++ <T>",
		"R&D, P&L":                          "R&D, P&L",
		"R&notice, Q&copyright":             "R&notice, Q&copyright",
		"<b>Q&copyright</b>":                "Q&copyright",
		"You know &lt;div&gt; and <span>":   "You know <div> and <span>",
		"<p>You know &lt;div&gt; tags.</p>": "You know <div> tags.",
		"1 <2 and 3> 2":                     "1 <2 and 3> 2",
		"Map<String, List<Integer>>":        "Map<String, List<Integer>>",
		// Lines of plain text stay, with a reference among them too.
		"One &amp; two\nthree": "One & two\nthree",
		"One & two\nthree":     "One & two\nthree",
		// Cut off, and wrong.
		"<div>We look for":                    "We look for",
		"<p>We<p>look<br>so":                  "We\nlook\nso",
		"a&nbsp;b&nbspc":                      "a b c",
		"a&#0;b&#7;c":                         "a\uFFFDbc",
		"a\x00b\x1b[31mc":                     "ab[31mc",
		"<o:p>x</o:p>":                        "x",
		"<!-- no -->x":                        "x",
		strings.Repeat("<div>", 600) + "deep": "deep",
	} {
		if got := HTMLText(in); got != want {
			t.Errorf("%.80q: %q, want %q", in, got, want)
		}
	}
}

func FuzzHTMLText(f *testing.F) {
	for _, s := range []string{"<p>a &amp;lt;b&gt;</p>", "&lt;p&gt;x&lt;/p&gt;", "C++ <T> & co\n<", "<!--<b>&#x1F;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		out := HTMLText(s)
		if !utf8.ValidString(out) || len(out) > maxField {
			t.Fatalf("%q: %d bytes, valid: %v", s, len(out), utf8.ValidString(out))
		}
	})
}
