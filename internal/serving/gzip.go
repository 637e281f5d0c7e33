package serving

import (
	"net/http"
	"strconv"
	"strings"
)

// TakesGzip reports a client that takes packed bodies.
func TakesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, params, _ := strings.Cut(part, ";")
		if name = strings.TrimSpace(name); !strings.EqualFold(name, "gzip") && name != "*" {
			continue
		}
		value, given := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		quality, err := strconv.ParseFloat(value, 64)
		return !given || err != nil || quality > 0
	}
	return false
}
