package likeness

import (
	"bytes"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/text"
)

var postings = []struct {
	label              job.Label
	title, description string
}{
	{job.BPO, "Telecaller", "Call customers of a bank"},
	{job.BPO, "टेलीकॉलर", "ग्राहकों को कॉल करें"},
	{job.KPO, "Equity analyst", "Write research on shares"},
	{job.KPO, "शोध विश्लेषक", "बाज़ार पर शोध करें"},
	{job.Unclassified, "Driver", "Drive a van for a bank"},
	{job.Unclassified, "ड्राइवर", "गाड़ी चलाना ग्राहकों को सामान देना"},
}

func toy() *Model {
	var docs [][]string
	var want []string
	for _, p := range postings {
		var doc []string
		each(p.title, p.description, func(d *text.Doc, i int, title bool) {
			word, stem := Terms(d.Tokens[i].Norm, title)
			doc = append(doc, word, stem)
		})
		docs, want = append(docs, doc), append(want, string(p.label))
	}
	return Train(docs, 1, want)
}

func each(title, description string, add func(*text.Doc, int, bool)) {
	for i, s := range []string{title, description} {
		d := text.Parse(s)
		for k := range d.Tokens {
			add(d, k, i == 0)
		}
	}
}

func counts(x *Index, title, description string) *Counts {
	c := x.Begin()
	each(title, description, c.Add)
	return c
}

// TestFile writes a model and reads it again.
func TestFile(t *testing.T) {
	var first, second bytes.Buffer
	if err := toy().Write(&first); err != nil {
		t.Fatal(err)
	}
	m, err := Read(first.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Write(&second); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first.String(), second.String()); diff != "" {
		t.Error(diff)
	}
	if m.From() != toy().From() || m.From() == "" {
		t.Errorf("from %q, want %q", m.From(), toy().From())
	}
}

// TestFaults reads files that say what is wrong with them.
func TestFaults(t *testing.T) {
	for file, want := range map[string]string{
		"call\t1\t2":                                              `line 1: expected the classes, got "call\t1\t2"`,
		"# head\nclasses\tmany\tabc\tBPO":                         `line 2: strconv.Atoi: parsing "many": invalid syntax`,
		"classes\t3\tabc\tBPO\tKPO\ncall\t1\t2":                   `line 2: expected a term and 3 numbers, got 2`,
		"classes\t3\tabc\tBPO\tKPO\ncall\t1\t2\tmuch":             `line 2: strconv.ParseInt: parsing "much": invalid syntax`,
		"classes\t3\tabc\tBPO\tKPO\ncall\t1\t2\t40000":            `line 2: strconv.ParseInt: parsing "40000": value out of range`,
		"classes\t3\tabc\tBPO\tKPO\ncall\t1\t2\t3\ncall\t1\t2\t3": `line 3: "call" stands twice`,
		"classes\t3\tabc\tBPO\tKPO\ncall\t1\t2\t3":                `expected the classes, and a line of constant weights`,
		"# nothing": `expected the classes, and a line of constant weights`,
	} {
		if _, err := Read([]byte(file)); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", file, err, want)
		}
	}
}

// TestIndex finds in parsed texts what the model finds in terms: the same label,
// each time, and words that it never met by their first letters.
func TestIndex(t *testing.T) {
	x := toy().Index()
	for _, tt := range []struct {
		title, description string
		want               job.Label
	}{
		{"TELECALLER", "", job.BPO},
		{"Telecallers", "", job.BPO},
		{"", "researching", job.KPO},
		{"", "शोध", job.KPO},
		{"Truck driver", "ग्राहकों को", job.Unclassified},
		{"TELECALLER", "", job.BPO},
	} {
		c := counts(x, tt.title, tt.description)
		shares := c.Shares(Labels)
		if two := c.Among(Labels, []int{2, 0}); math.Abs(two[0]*shares[0]-two[1]*shares[2]) > 1e-9 || math.Abs(two[0]+two[1]-1) > 1e-9 {
			t.Errorf("%v among two, %v among all", two, shares)
		}
		c.End()
		best, sum := 0, 0.0
		for l, v := range shares {
			if sum += v; v > shares[best] {
				best = l
			}
		}
		if x.Classes(Labels)[best] != string(tt.want) || math.Abs(sum-1) > 1e-9 {
			t.Errorf("%q %q: %v of %v, want %s", tt.title, tt.description, shares, x.Classes(Labels), tt.want)
		}
	}
	if shares := counts(x, "कुछ", "xyz").Shares(Labels); shares != nil {
		t.Errorf("words that nobody knows: %v", shares)
	}
}

// TestTelling gives the words that speak most for a label.
func TestTelling(t *testing.T) {
	x := toy().Index()
	c := counts(x, "Analyst", "write research for a bank")
	for l, want := range [][]string{{"bank", "a"}, {"research", "analyst"}, {"for", "a"}} {
		if diff := cmp.Diff(want, c.Telling(l, 2)); diff != "" {
			t.Errorf("%s: %s", x.Classes(Labels)[l], diff)
		}
	}
	c.End()
}

// TestDefault reads the words that come with the program.
func TestDefault(t *testing.T) {
	x := Default()
	if diff := cmp.Diff([]string{"BPO", "KPO", "UNCLASSIFIED"}, x.Classes(Labels)); diff != "" {
		t.Error(diff)
	}
	if n := len(x.terms); n < 1000 {
		t.Errorf("%d words", n)
	}
}
