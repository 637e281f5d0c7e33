package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/invopop/jsonschema"
)

// sourceKey is a key of a source, such as list.item, and the kinds that use it.
type sourceKey struct {
	key   string
	kinds []Kind
}

// webKinds are the kinds that are fetched.
var webKinds = slices.DeleteFunc(slices.Clone(Kinds), func(k Kind) bool { return k == KindFile })

// sourceKeys lists every key of a source. Its check and the schema are made from
// it.
var sourceKeys = []sourceKey{
	{"name", Kinds},
	{"kind", Kinds},
	{"schedule", Kinds},
	{"jitter", Kinds},
	{"disabled", Kinds},
	{"authoritative", Kinds},
	{"company", Kinds},
	{"keep_contacts", Kinds},
	{"keep", Kinds},
	{"pay", Kinds},
	{"fetch", webKinds},
	{"url", webKinds},
	{"pages", []Kind{KindHTML, KindJSONLD, KindFeed, KindSitemap, KindJSON, KindATS}},
	{"list", []Kind{KindHTML, KindJSONLD}},
	{"detail", []Kind{KindHTML, KindJSONLD, KindFeed, KindSitemap}},
	{"detail.link", []Kind{KindHTML, KindJSONLD}},
	{"match", []Kind{KindSitemap}},
	{"platform", []Kind{KindATS}},
	{"account", []Kind{KindATS}},
	{"site", []Kind{KindATS}},
	{"query", []Kind{KindATS}},
	{"api_id", []Kind{KindATS}},
	{"api_key", []Kind{KindATS}},
	{"api_key_file", []Kind{KindATS}},
	{"method", []Kind{KindJSON}},
	{"body", []Kind{KindJSON}},
	{"state", []Kind{KindJSON}},
	{"items", []Kind{KindJSON}},
	{"total", []Kind{KindJSON}},
	{"path", []Kind{KindFile}},
	{"columns", []Kind{KindFile, KindJSON}},
}

// strayKeys refuses the keys that a source of its kind does not use.
func (k *checker) strayKeys(i int, s *Source, fault func(string, ...any)) {
	if !slices.Contains(Kinds, s.Kind) {
		return // that is enough of a fault
	}
	refused := ""
	for _, known := range sourceKeys {
		if slices.Contains(known.kinds, s.Kind) || refused != "" && strings.HasPrefix(known.key, refused) {
			continue
		}
		var path []any
		for part := range strings.SplitSeq(known.key, ".") {
			path = append(path, part)
		}
		if k.file.Tag(append([]any{"sources", i}, path...)...) == "" {
			continue
		}
		refused = known.key + "."
		fault(fmt.Sprintf("not used by a source of kind %s, only by %s: leave it out, or change the kind",
			s.Kind, kindNames(known.kinds)), path...)
	}
}

// describe says in the schema which kinds use a key.
func (known *sourceKey) describe(of *jsonschema.Schema) {
	switch len(known.kinds) {
	case len(Kinds):
	case len(webKinds):
		of.Description = "(all kinds but file) " + of.Description
	default:
		of.Description = "(" + kindNames(known.kinds) + ") " + of.Description
	}
}

// kindNames lists kinds as people read them.
func kindNames(kinds []Kind) string {
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = string(kind)
	}
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return strings.Join(names, "")
}
