package page

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/internal/sentence"
)

// kindForm is what the kind of a sentence looks like.
var kindForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// sayers are the functions that take a kind and English, by where the kind is.
var sayers = map[string]int{
	"Of": 0, "Wrong": 0, "say": 0, "fault": 1, "wrong": 1, "leftOut": 1, "refuse": 1,
}

// sentences are the English formats of all sentences that packages say, by kind.
func sentences(t *testing.T) map[string]map[string]bool {
	t.Helper()
	out := map[string]map[string]bool{}
	for _, folder := range []string{".", "../../report", "../../report/chart", "../../filter", "../../desk", "../../indexer"} {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(folder, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					noteSentence(out, call)
				}
				return true
			})
		}
	}
	return out
}

// noteSentence notes the sentence of a call, where it has one.
func noteSentence(to map[string]map[string]bool, call *ast.CallExpr) {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	at, ok := sayers[name]
	if name == "wrong" && len(call.Args) > 0 && literal(call.Args[0]) != "" {
		at = 0
	}
	if !ok || len(call.Args) < at+2 {
		return
	}
	kind, english := literal(call.Args[at]), literal(call.Args[at+1])
	if !kindForm.MatchString(kind) || english == "" {
		return
	}
	if to[kind] == nil {
		to[kind] = map[string]bool{}
	}
	to[kind][english] = true
}

// literal gives the text of literals, added to one another or to what is none; empty for
// anything else.
func literal(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			return constant.StringVal(constant.MakeFromLiteral(e.Value, e.Kind, 0))
		}
	case *ast.BinaryExpr:
		return literal(e.X) + literal(e.Y)
	case *ast.Ident:
		return constantOf(e)
	}
	return ""
}

// constantOf gives the text of a constant of the same function.
func constantOf(e *ast.Ident) string {
	if e.Obj == nil {
		return ""
	}
	spec, ok := e.Obj.Decl.(*ast.ValueSpec)
	if !ok || len(spec.Values) == 0 || e.Obj.Kind != ast.Con {
		return ""
	}
	return literal(spec.Values[0])
}

// verbs are what a format takes, by the number of the argument.
func verbs(format string) map[int]bool {
	out, next := map[int]bool{}, 1
	for _, m := range verbForm.FindAllStringSubmatch(format, -1) {
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		if m[0] != "%%" {
			out[next] = true
			next++
		}
	}
	return out
}

var verbForm = regexp.MustCompile(`%(?:\[([0-9]+)\])?[a-z%]`)

// TestSentences wants each sentence in Hindi, with all that is put in it, and no others.
func TestSentences(t *testing.T) {
	said := sentences(t)
	for _, lang := range languages[1:] {
		w := catalogue(t, lang)
		for kind, formats := range said {
			text, ok := w.texts[saidKey+kind]
			if !ok {
				t.Errorf("%s lacks %s", lang, kind)
			}
			for english := range formats {
				if diff := cmp.Diff(verbs(english), verbs(text)); diff != "" {
					t.Errorf("%s: %q does not take what %q takes", kind, text, english)
				}
			}
		}
		for key := range w.texts {
			if kind, ok := strings.CutPrefix(key, saidKey); ok && said[kind] == nil {
				t.Errorf("nobody says %s", kind)
			}
		}
	}
}

// TestSaying wants what is put in a sentence to be named as the page names it.
func TestSaying(t *testing.T) {
	en, hi := catalogue(t, "en"), catalogue(t, "hi")
	function := sentence.Value{Field: "function", Value: "back-office"}
	for _, tt := range []struct {
		of                           sentence.Sentence
		inEnglish, inHindi, language string
	}{
		{sentence.Of("one_function", "%s of the %s postings are %s.", sentence.Share(0.4), sentence.Value{Field: "label", Value: "BPO"}, function),
			"40 % of the BPO postings are back office.", "वेतन बताने वाले BPO विज्ञापनों में से 40 % इस काम के हैं: बैक ऑफ़िस। आँकड़े उसी पर चलते हैं।", ""},
		{sentence.Of("about_count", "%s of %s to %s.", sentence.Grouped{N: 1, Of: "posting"}, sentence.Day("2026-01-31"), sentence.Day("2026-02-01")),
			"1 posting of 31 Jan 2026 to 1 Feb 2026.", "1 विज्ञापन, 31 जन॰ 2026 से 1 फ़र॰ 2026 तक के।", ""},
		{sentence.Of("rupees", "rupees a %s", sentence.Value{Field: "pay_period", Value: "year"}), "rupees a year", "रुपये प्रति वर्ष", ""},
		{sentence.Of("groups_cut", "%s more left out: the %s shown are the first by %s.", sentence.Count{N: 1234, Of: "group"}, "5", sentence.Name("postings")),
			"1,234 groups more left out: the 5 shown are the first by postings.", "1,234 समूह और छोड़े गए: दिखाए गए 5, विज्ञापन के क्रम में पहले हैं।", ""},
		{sentence.Of("", "only %s", "English"), "only English", "only English", "en"},
	} {
		if got := en.tell(tt.of); got.Text != tt.inEnglish || got.Lang != "" {
			t.Errorf("%+v, want %q", got, tt.inEnglish)
		}
		if got := hi.tell(tt.of); got.Text != tt.inHindi || got.Lang != tt.language {
			t.Errorf("%+v, want %q", got, tt.inHindi)
		}
	}
}

// latin are words of letters that Hindi has not.
var latin = regexp.MustCompile(`[A-Za-z]{3,}`)

// TestHindi looks for English in what tables and charts say on a page in Hindi.
func TestHindi(t *testing.T) {
	names := map[string]bool{"BPO": true, "KPO": true, "CSV": true, "Excel": true, "Parquet": true, "JSON": true, "naukri": true, "chowk": true}
	for _, url := range []string{
		"/pay", "/pay?period=year&by=function", "/pay?text=astronaut", "/pay?function=legal-ip", "/pay?by=none", "/compare", "/compare?label=BPO",
		"/compare?by=function", "/trends", "/trends?by=label", "/trends?turnover=true&by=label", "/trends?turnover=true", "/trends?stays=true&by=label",
	} {
		to := url + map[bool]string{true: "&", false: "?"}[strings.Contains(url, "?")] + "lang=hi"
		found := false
		for _, n := range elements(tree(t, get(t, sample(t), to)), "div") {
			if attribute(n, "class") != "pay" {
				continue
			}
			found = true
			for _, word := range latin.FindAllString(textOf(n), -1) {
				if !names[word] {
					t.Errorf("%s says %q", to, word)
				}
			}
		}
		if !found {
			t.Errorf("%s has no tables", to)
		}
	}
}

// TestFaultsInHindi wants faults said in Hindi, and the condition beside what is wrong in it.
func TestFaultsInHindi(t *testing.T) {
	for url, want := range map[string]string{
		"/?pay_min=much":                       `15000 जैसी रुपयों की संख्या चाहिए, मिला: "much"`,
		"/?experience=5-2":                     "5, 2 से बड़ा है; छोटी संख्या पहले चाहिए",
		"/?openings=some":                      `यहाँ चाहिए: पदों की संख्या, जैसे 5, 2-5 या 10+; मिला: "some"`,
		"/?shift=nigth":                        `"nigth" इस नाम से ज्ञात नहीं (शिफ़्ट)। इनमें से एक चाहिए: au, day, evening, night, rotational, uk, us; क्या आपका मतलब "night" था?`,
		"/?text=%22open":                       `सवाल "\"open": वाक्यांश उद्धरण चिह्न से शुरू होता है, पर उससे समाप्त नहीं होता`,
		"/?where=city+in+Pune":                 "मान कोष्ठक में चाहिए, जैसे city in (a, b); मिला: \"Pune\" city in Pune",
		"/?where=pay+%3E%3D":                   "यहाँ चाहिए: रकम, जैसे 15000/month, 3 LPA या 300000/year; मिला: कुछ नहीं pay >=",
		"/?since=2026-02-01&until=2026-01-01":  "2026-02-01, until (2026-01-01) के बाद है; यहाँ पहले की तारीख चाहिए",
		"/trends?turnover=true&stays=true":     "turnover और stays में से एक चाहिए",
		"/compare?by=city&one=Pune&other=PUNE": "Pune से अलग समूह चाहिए",
		"/?not.label=ABC":                      "लेबल नहीं",
	} {
		answer, told := get(t, sample(t), url+"&lang=hi"), false
		for _, n := range elements(tree(t, answer), "div") {
			if attribute(n, "class") != "wrong" {
				continue
			}
			told = true
			if said := strings.ReplaceAll(textOf(n), " ; ", "; "); !strings.Contains(said, want) || strings.Contains(answer.Body.String(), `<span lang="en">`) {
				t.Errorf("%s does not say %q: %s", url, want, said)
			}
		}
		if answer.Code != http.StatusBadRequest || !told {
			t.Errorf("%s: %d, faults are told: %t", url, answer.Code, told)
		}
	}
}
