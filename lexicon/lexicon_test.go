package lexicon

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/internal/strictyaml"
)

// TestEmbedded reads the lists that come with the program, and tries every
// entry.
func TestEmbedded(t *testing.T) {
	x, faults := readEmbedded()
	files := 0
	for name, data := range embeddedFiles() {
		files++
		var w wordFile
		f := strictyaml.Read(name, data, &w)
		x.Check(f, w.Lists)
		faults = append(faults, f.Faults...)
	}
	for _, f := range faults {
		t.Error(f)
	}
	if files == 0 || len(x.Lists()) == 0 {
		t.Errorf("%d files, %d lists", files, len(x.Lists()))
	}
}

// laid lays lists over a small lexicon, and gives what is wrong with them.
func laid(t *testing.T, text string) (*Lexicon, string) {
	t.Helper()
	read := func(x *Lexicon, name, text string) (*Lexicon, strictyaml.Faults) {
		var w wordFile
		f := strictyaml.Read(name, []byte(text), &w)
		x = x.With(f, w.Kind, w.Lists)
		x.Check(f, w.Lists)
		return x, f.Faults
	}
	x, faults := read(new(Lexicon), "base.yaml", `
kind: objects
lists:
  - {name: calls, means: Calls., en: [call~, ring], hi: [कॉल], hi-Latn: [phone]}
  - {name: matters, means: What is spoken of., en: [<calls>, bill]}
`)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	x, faults = read(x, "own.yaml", text)
	return x, faults.Error()
}

func TestResolve(t *testing.T) {
	const none = "kind: acts\n"
	for _, tt := range []struct{ lists, pattern, want, fault string }{
		{none, "answer ..2 calls", "answer ..2 calls", ""},
		{none, "answer~ <calls> now", "answer~ (call~|ring|कॉल|phone) now", ""},
		{none, "<matters>|<calls>", "((call~|ring|कॉल|phone)|bill)|(call~|ring|कॉल|phone)", ""},
		{"lists: [{name: calls, en: [chat]}]", "<matters>", "((chat)|bill)", ""},
		{"lists: [{name: calls, add: true, en: [dial], hi: [फोन]}]", "<calls>", "(call~|ring|dial|कॉल|फोन|phone)", ""},
		{"lists: [{name: own, kind: acts, means: Mine., en: [<calls>]}]", "<own>", "((call~|ring|कॉल|phone))", ""},
		{"lists: [{name: calls, en: 'dial , call up,'}]", "<calls>", "(dial|call up)", ""},
		{none, "<cals>", "", `no list of words is called "cals"; did you mean <calls>?`},
		{none, "<nothing like it>", "", `no list of words is called "nothing like it"; docs/lexicon.md`},
		{none, "answer <calls", "", "a < without its >"},
		{none, "answer calls>", "", "a > without its <"},
	} {
		x, faults := laid(t, tt.lists)
		if faults != "" {
			t.Errorf("%s: %s", tt.lists, faults)
		}
		got, err := x.Resolve(tt.pattern)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s with %s (-want +got):\n%s", tt.pattern, tt.lists, diff)
		}
		if (err == nil) != (tt.fault == "") || err != nil && !strings.Contains(err.Error(), tt.fault) {
			t.Errorf("%s: %v, want %q", tt.pattern, err, tt.fault)
		}
	}
}

// TestFaults shows that what is wrong with a list is reported with file, line
// and key.
func TestFaults(t *testing.T) {
	for text, want := range map[string]string{
		"kind: acts\nlists:\n  - {name: Sell, means: x, en: [sell]}":            `own.yaml:3: lists[1].name: expected a name of small letters`,
		"lists:\n  - {name: sell, means: x, en: [sell]}":                        "own.yaml:2: lists[1].kind: unknown kind; expected one of acts, ",
		"lists:\n  - {name: sell, kind: act, means: x, en: [sell]}":             `own.yaml:2: lists[1].kind: unknown kind; expected one of acts, benefits,`,
		"kind: acts\nlists:\n  - {name: sell, en: [sell]}":                      "own.yaml:3: lists[1].means: say in a sentence",
		"kind: acts\nlists:\n  - {name: sell, means: x}":                        "own.yaml:3: lists[1].en: no words",
		"kind: acts\nlists:\n  - {name: sell, add: true, means: x, en: [sell]}": "own.yaml:3: lists[1].add: there is no list sell to add to",
		"lists:\n  - {name: calls, en: [ring]}\n  - {name: calls, en: [dial]}":  "own.yaml:3: lists[2].name: two lists are called calls",
		"lists:\n  - name: calls\n    hi:\n      - फोन\n      - (क":             `own.yaml:5: lists[1].hi[2]: pattern "(क": a ( without its )`,
		"lists:\n  - name: calls\n    en: >-\n      call, (c":                   `own.yaml:3: lists[1].en[2]: pattern "(c": a ( without its )`,
		"lists:\n  - {name: calls, en: [<matters>]}":                            "own.yaml:2: lists[1].en[1]: the list calls refers to itself: calls → matters → calls",
		"lists:\n  - {name: calls, en: [<matter>]}":                             `own.yaml:2: lists[1].en[1]: no list of words is called "matter"; did you mean <matters>?`,
		"lists:\n  - {name: calls, en: [ring], fr: [appel]}":                    `own.yaml:2: lists[1].fr: unknown key; expected one of`,
	} {
		if _, got := laid(t, text); !strings.Contains(got, want) {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// TestWithLeavesTheOther shows that laying lists over a lexicon changes it not.
func TestWithLeavesTheOther(t *testing.T) {
	before, _ := Embedded().Entries("months")
	f := strictyaml.Read("own.yaml", nil, new(wordFile))
	y := Embedded().With(f, "", []List{{Name: "months", Add: true, Hindi: []string{"जनवरी"}}})
	after, _ := Embedded().Entries("months")
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the embedded list (-before +after):\n%s", diff)
	}
	more, _ := y.Entries("months")
	if diff := cmp.Diff(append(before, "जनवरी"), more); diff != "" {
		t.Errorf("the list with one more (-want +got):\n%s", diff)
	}
}
