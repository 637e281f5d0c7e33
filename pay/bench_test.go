package pay

import (
	"testing"

	"jobsieve/internal/sharedtest"
	"jobsieve/job"
	"jobsieve/text"
)

// BenchmarkDescriptions reads the pay of real descriptions, parsed before.
func BenchmarkDescriptions(b *testing.B) {
	var docs []*text.Doc
	bytes := 0
	for _, p := range sharedtest.Lines[struct{ Description string }](b, "data/postings_other_origins.jsonl") {
		docs = append(docs, text.Parse(text.Cut(p.Description)))
		bytes += len(p.Description)
	}
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	stated := 0
	for b.Loop() {
		stated = 0
		for _, d := range docs {
			if p := Standard().ReadDoc(job.FieldDescription, d, Defaults{}); p.Stated() {
				stated++
			}
		}
	}
	b.ReportMetric(float64(stated), "stated")
	if stated == 0 {
		b.Error("no pay was read")
	}
}
