package pipeline

// misses are the contrast cases that do not hold yet: one sentence that the words
// of all others outweigh, a word of a title that is taken for its work, and
// sentences about other people that read like the applicant's.
var misses = []string{
	"D2-en-1",
	"D3-en-2",
	"D3-hi-2",
	"D4-en-3",
	"D4-hi-3",
	"D4-hi-Latn-2",
	"D5-hi-Latn-2",
	"D7-hi-3",
	"D8-en-2",
	"D8-hi-1",
	"D9-hi-Latn-3",
	"D5-hi-Latn-1",
	"D13-hi-1",
	"D5-hi-Latn-5",
	"D17-en-3",
	"D1-hi-5",
}
