package pipeline

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// hostile are texts that are repeated without end. Each tempts a reader to look
// at the same words again and again.
var hostile = []string{
	// words, signs and nothing else
	"a", "क", "9", "९", "ﷺ", "e\u0301", "\u200b", "\xff", "😀 ", " ", "\n", "\r\n", ", ", "- ", "-", ". ", ".",
	"/", "'", "\"", "* ", "• ",
	"(", "[", "{", "<", "@", "+", "%", "&", "&amp;", "\\", "₹", "$ ", "# ", "_", ": ",
	"aaaa ", "one two ", "endless words without a stop at all\n", "A sentence. ",
	"This line goes on after where it was wrapped\nby hand, ",
	// figures
	"9 8-", "10-", "1,", "1, 50, ", "50, ", "1,50,000 ", "12,12,", "1.1", "1.1.1 ", "20 - 30 ", "9.8 ", "(9) ", "2026 ",
	"12/", "98765 43210 ", "9876543210", "+91-", "0 ",
	"1 2 3 4 5 6 7 8 9 0 ", "nine eight ", "नौ आठ ", "double 9 seven ", "९ ८ ",
	// years, clock times, dates, openings
	"2 to 3 years ", "5 years ", "minimum 2 years ", "years experience ", "2 years 3 experience ",
	"9 am to 6 pm ", "9 to 6 ", "timing 9 - 6 ", "9:30-", "सुबह 9 से शाम 6 ",
	"12 Nov 2026 ", "3 weeks ago ", "5 openings ", "need 5 posts ", "10 लोग ",
	// pay
	"₹ 5 lakh ", "Rs. ", "INR rs .", "15k per month ", "salary ", "salary 15000 to ", "upto ", "per ",
	"per month ", "CTC ", "lakh ", "to ", "and ", "between 5 and ",
	"incentives variable ", "12 हजार ", "[{\"min\":1},", "{\"value\":",
	// words of signals
	"registration fee ", "no registration fee, ", "training fee Rs 500 ", "pay Rs 500 to confirm ", "security 500 jama ",
	"WhatsApp xxxxxxxxxx ", "xxxxxxxxxx ", "send your cv on WhatsApp ", "customers on WhatsApp ", "www.", "https://a.com ",
	// words that facts and rules know
	"no ", "not ", "नहीं ", "no data entry not data ", "not a call centre, ", "call centre ", "data entry",
	"answer calls ..", "customer , , , , care ", "voice process non voice ",
	"should have experience of ", "we are a company ", "About us ", "Responsibilities: ", "location Pune ",
	"location ", "Pune, Mumbai, Delhi ", "Maharashtra India ", "UP MP ",
	"B.Tech ", "ca cs ma ", "graduate preferred ", "12th pass ", "night shift ", "no night shift ", "english ",
	"english hindi speak ", "english and hindi good ", "remote ", "not remote ", "hindi, tamil preferred ",
	"shift: night / us, ", "night and ", "work in shifts ", "us process ", "office home ", "3 days office ", "no hybrid ",
	// headings, footers, how to apply
	"About us | Careers | ", "Careers ", "apply now ", "apply now 5 ", "share your cv ",
	"equal opportunity employer ", "How to apply\n",
	// contacts
	"a@a.", "a@", "a @ ", "at ", "a at ", "a at b dot ", "[at] ", "hr@acme.com ", "a.a.", "https://a.com/",
	"wa.me/9876543210/", "call 23456789 ", "id 9876543210 ", "%39", "&#57;",
	"<b>", "<!--", "<b", "<b>9</b>", "a#at#b.com ", "@@", "a\n@", "(a)", "98765432109876543210x", "9876543210or", "❾", "\u3164",
	"\\u0039", "callto", "process", "telecallercallcenter",
}

// measured are the packages whose steps are counted.
const measured = "jobsieve/text,jobsieve/lexicon/phrase,jobsieve/facts,jobsieve/pay,jobsieve/classifier,jobsieve/contacts," +
	"jobsieve/pipeline,jobsieve/job,jobsieve/trust,jobsieve/vacancy,jobsieve/internal/steps"

// The sizes of the texts that are compared, in bytes, and how much more of
// anything the longer one may cost: a little over four times, for what is
// looked up in sorted lists, and a constant for what every text costs.
const (
	shortText  = 2_000
	longText   = 4 * shortText
	mostTimes  = 5
	mostMemory = 8
	mostSteps  = 2_500
	mostBytes  = 16 << 20
)

// TestReadersAreLinear counts how often each block of the readers' code runs
// over a text and over one four times as long, and how many bytes are allocated,
// which shows what the standard library does besides.
func TestReadersAreLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("needs time, for it builds a program: leave out -short")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "steps")
	build := exec.Command("go", "build", "-cover", "-covermode=atomic", "-coverpkg="+measured, "-o", program,
		"jobsieve/internal/steps")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var tasks bytes.Buffer
	enc := json.NewEncoder(&tasks)
	for i, unit := range hostile {
		for _, size := range []int{shortText, longText} {
			task := struct{ Dir, Text string }{stepsDir(dir, i, size), strings.Repeat(unit, size/len(unit))}
			if err := enc.Encode(task); err != nil {
				t.Fatal(err)
			}
		}
	}
	cmd := exec.Command(program)
	cmd.Stdin, cmd.Stderr = &tasks, os.Stderr
	cmd.Env = append(os.Environ(), "GOCOVERDIR="+dir)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	allocated := strings.Fields(string(out))
	covdata, err := exec.Command("go", "tool", "-n", "covdata").Output()
	if err != nil {
		t.Fatal(err)
	}
	tool := strings.TrimSpace(string(covdata))
	for i, unit := range hostile {
		short, long := steps(t, tool, stepsDir(dir, i, shortText)), steps(t, tool, stepsDir(dir, i, longText))
		for block, n := range long {
			if n > mostTimes*short[block]+mostSteps {
				t.Errorf("%q: %s runs %d times over %d bytes, and %d times over %d",
					unit, block, short[block], shortText, n, longText)
			}
		}
		few, many := atoi(t, allocated[2*i]), atoi(t, allocated[2*i+1])
		if many > mostMemory*few+mostBytes {
			t.Errorf("%q: %d bytes are allocated over %d bytes, and %d over %d", unit, few, shortText, many, longText)
		}
	}
}

func stepsDir(dir string, i, size int) string {
	return filepath.Join(dir, fmt.Sprintf("%d-%d", i, size))
}

// steps reads how often each block of code ran.
func steps(t *testing.T, tool, dir string) map[string]int {
	t.Helper()
	profile := filepath.Join(dir, "profile")
	out, err := exec.Command(tool, "textfmt", "-i="+dir, "-o="+profile).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	body, err := os.ReadFile(profile)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	sc := bufio.NewScanner(bytes.NewReader(body))
	for sc.Scan() {
		if f := strings.Fields(sc.Text()); len(f) == 3 {
			counts[f[0]] += atoi(t, f[2])
		}
	}
	if len(counts) < 1000 {
		t.Fatalf("only %d blocks of code were counted", len(counts))
	}
	return counts
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
