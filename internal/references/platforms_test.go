package references

import (
	"bytes"
	"strings"
	"testing"
)

// platformsTable is the table of platforms in a document of nothing else.
func platformsTable(t *testing.T) []byte {
	t.Helper()
	document, err := Platforms([]byte(platformsBegin + platformsEnd))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// TestPlatforms puts the table in the place of an older one, and leaves the rest alone.
func TestPlatforms(t *testing.T) {
	const before, after = "# Sources\n\n", "\nThe end.\n"
	got, err := Platforms([]byte(before + platformsBegin + "yesterday's\n" + platformsEnd + after))
	if want := before + string(platformsTable(t)) + after; err != nil || string(got) != want {
		t.Errorf("%v, got:\n%s\nwant:\n%s", err, got, want)
	}
	const row = "\n| `workday` | account, site, url | https://ACCOUNT.wd3.myworkdayjobs.com/SITE or "
	if !bytes.Contains(got, []byte(row)) || bytes.Contains(got, []byte("yesterday")) {
		t.Errorf("no row %q, or yesterday's table, in:\n%s", row, got)
	}
	for _, document := range []string{before + after, platformsBegin + after, platformsEnd + platformsBegin} {
		if _, err := Platforms([]byte(document)); err == nil || !strings.Contains(err.Error(), "expected the lines") {
			t.Errorf("%q: the error is %v", document, err)
		}
	}
}
