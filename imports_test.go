package jobsieve

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport says which packages of this program each package may import, and
// homes says which one alone may import a library. The arrows go one way: see
// docs/design.md.
var mayImport = map[string][]string{
	"job":                            {},
	"text":                           {},
	"lexicon":                        {"internal/strictyaml", "lexicon/phrase"},
	"lexicon/phrase":                 {"text"},
	"config":                         {"job", "internal/strictyaml"},
	"crawler":                        {"job", "config", "crawler/fetch", "crawler/extract", "crawler/ats", "crawler/rows"},
	"crawler/ats":                    {"job", "config", "crawler/extract"},
	"crawler/fetch":                  {"job"},
	"crawler/extract":                {"job", "config"},
	"crawler/rows":                   {"job", "crawler/extract"},
	"pay":                            {"job", "text", "lexicon", "lexicon/phrase"},
	"facts":                          {"job", "text", "lexicon", "lexicon/phrase"},
	"contacts":                       {"text"},
	"trust":                          {"contacts", "job", "lexicon", "lexicon/phrase", "text"},
	"classifier/likeness":            {"lexicon/phrase", "text"},
	"classifier":                     {"classifier/likeness", "job", "text", "lexicon", "lexicon/phrase", "internal/strictyaml"},
	"vacancy":                        {"job", "text"},
	"ledger":                         {"job", "internal/private", "text", "vacancy"},
	"ledger/conformance":             {"job", "ledger"},
	"work":                           {"ledger"},
	"filter":                         {"facts", "indexer", "internal/sentence", "internal/strictyaml", "job", "pay"},
	"concept":                        {"lexicon", "lexicon/phrase", "text"},
	"question":                       {"concept", "facts", "indexer", "job", "lexicon", "lexicon/phrase", "pay", "text"},
	"indexer":                        {"concept", "facts", "internal/sentence", "job", "lexicon", "text", "vacancy"},
	"indexer/embedded":               {"indexer", "indexer/stem", "internal/private", "job"},
	"indexer/conformance":            {"indexer", "job", "report"},
	"indexer/elastic":                {"indexer", "indexer/stem", "job"},
	"indexer/stem":                   {},
	"indexer/elastic/testserver":     {},
	"indexer/elastic/testserver/run": {"indexer/elastic/testserver"},
	"report":                         {"indexer", "job", "internal/sentence", "internal/strictyaml", "internal/terminal"},
	"report/chart":                   {"internal/sentence", "internal/terminal", "job", "report"},
	"indexer/chosen":                 {"config", "facts", "indexer", "indexer/elastic", "indexer/embedded", "internal/lately", "internal/serving", "job", "ledger"},
	"report/files":                   {"internal/columnar", "internal/sentence", "job", "report", "report/chart"},
	"internal/columnar":              {},
	"pipeline":                       {"classifier", "config", "contacts", "crawler", "crawler/rows", "facts", "internal/strictyaml", "job", "ledger", "pay", "text"},
	"desk":                           {"classifier", "concept", "config", "crawler/rows", "facts", "filter", "indexer", "indexer/chosen", "internal/columnar", "internal/lately", "internal/private", "internal/sentence", "internal/strictyaml", "job", "ledger", "lexicon", "pay", "pipeline", "question", "report", "report/files", "trust", "vacancy", "work"},
	"show":                           {"classifier", "config", "crawler", "desk", "indexer", "indexer/chosen", "internal/terminal", "job", "ledger", "pipeline", "question", "trust"},
	"web":                            {"desk", "internal/serving", "job", "web/guard"},
	"web/client":                     {"config"},
	"web/guard":                      {"config", "internal/private"},
	"web/api":                        {"classifier", "config", "desk", "filter", "indexer", "indexer/chosen", "internal/serving", "internal/strictyaml", "internal/terminal", "job", "ledger", "lexicon", "pipeline", "report", "report/chart", "report/files", "web/guard"},
	"web/page":                       {"classifier", "config", "desk", "filter", "indexer", "indexer/chosen", "internal/sentence", "internal/serving", "internal/strictyaml", "job", "ledger", "lexicon", "question", "report", "report/chart", "trust"},
	"daemon":                         {"config", "desk", "indexer/chosen", "internal/serving", "internal/strictyaml", "job", "ledger", "pipeline", "web", "web/api", "web/guard", "web/page", "work"},
	"internal/analysts":              {},
	"internal/browser":               {},
	"sampleboard":                    {"config", "job"},
	"internal/private":               {}, "internal/strictyaml": {}, "internal/terminal": {"job"}, "internal/sharedtest": {},
	"internal/eval":           {"classifier/likeness", "job", "text"},
	"internal/commandline":    {},
	"internal/completion":     {},
	"internal/faultproxy":     {},
	"internal/realtest":       {"crawler/rows", "internal/sharedtest", "job"},
	"internal/references":     nil, // all
	"internal/serving":        {},
	"internal/corpus":         {"job", "sampleboard"},
	"internal/lately":         {},
	"internal/sentence":       {"job"},
	"internal/load":           {},
	"internal/machines":       {},
	"internal/million":        {"crawler/rows", "job", "sampleboard"},
	"internal/million/run":    {"internal/million", "internal/sharedtest"},
	"internal/million/tables": {"indexer/elastic/testserver"},
	"internal/shape":          {},
	"internal/shape/run":      {"internal/shape"},
	"internal/steps":          {"contacts", "job", "lexicon", "pay", "pipeline", "trust", "vacancy"},
	"internal/estest":         {"indexer/elastic/testserver", "internal/sharedtest"},
	"internal/pgtest":         {"internal/sharedtest"},
	"cmd/jobsieve":            nil, // all
}

var homes = map[string][]string{
	"github.com/chromedp":                 {}, // tests of internal/browser alone
	"github.com/danielgtaylor/huma":       {"web/api"},
	"github.com/gocolly/colly":            {"crawler"},
	"github.com/PuerkitoBio/goquery":      {"crawler/extract"},
	"modernc.org/sqlite":                  {"ledger"},
	"database/sql":                        {"ledger"},
	"github.com/pressly/goose":            {"ledger"},
	"github.com/jackc/pgx":                {"ledger", "work"},
	"github.com/riverqueue/river":         {"work"},
	"github.com/blevesearch/bleve":        {"indexer/embedded", "indexer/stem"},
	"go.etcd.io/bbolt":                    {"indexer/embedded"},
	"github.com/elastic/go-elasticsearch": {"indexer/elastic"},
	"github.com/robfig/cron":              {"daemon"},
	"github.com/alecthomas/kong":          {"cmd/jobsieve", "internal/commandline", "internal/completion", "internal/references"},
	"github.com/prometheus/client_golang": {"web"},
	"github.com/xuri/excelize":            {"report/files"},
	"golang.org/x/time":                   {"web/guard"},
	"github.com/parquet-go/parquet-go":    {"internal/columnar"},
}

// mute are the packages that print nothing and know no flags: what they give is
// printed, or served, by whoever asked.
var mute = []string{"desk", "indexer/chosen", "pipeline"}

// clean are the packages that have no clock, network or environment.
var clean = []string{"job", "text", "lexicon", "lexicon/phrase", "pay", "facts", "classifier", "contacts", "trust", "vacancy"}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}}: {{join .Imports \" \"}}", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(strings.TrimSpace(string(out))) {
		path, imports, _ := strings.Cut(strings.TrimSpace(line), ":")
		pkg := strings.TrimPrefix(path, "jobsieve/")
		if path == "jobsieve" {
			continue
		}
		allowed, known := mayImport[pkg]
		if !known {
			t.Errorf("package %s is not in the list of what may import what", pkg)
		}
		for _, imp := range strings.Fields(imports) {
			checkImport(t, pkg, imp, allowed)
		}
	}
}

func checkImport(t *testing.T, pkg, imp string, allowed []string) {
	t.Helper()
	if own, ok := strings.CutPrefix(imp, "jobsieve/"); ok && allowed != nil && !slices.Contains(allowed, own) {
		t.Errorf("%s imports %s", pkg, own)
	}
	for lib, home := range homes {
		if (imp == lib || strings.HasPrefix(imp, lib+"/")) && !slices.Contains(home, pkg) {
			t.Errorf("%s imports %s, whose only home is %v", pkg, imp, home)
		}
	}
	if slices.Contains(clean, pkg) && (imp == "net" || imp == "net/http") {
		t.Errorf("%s imports %s, and must not know the network", pkg, imp)
	}
	talks := imp == "flag" || imp == "text/tabwriter" || imp == "jobsieve/internal/terminal"
	if slices.Contains(mute, pkg) && talks {
		t.Errorf("%s imports %s, and must not print", pkg, imp)
	}
	if pkg == "job" && strings.Contains(imp, ".") {
		t.Errorf("job imports %s, and may import the standard library only", imp)
	}
}
