package pipeline

// misses are the contrast cases that do not hold yet: sentences about other
// people that read like the applicant's, wording that no list knows, halves of
// which one weighs more, and mentions, or a title beside a longer text, that
// outweigh the one condition that the sentence adds.
var misses = []string{
	"D2-hi-4",
	"D2-hi-Latn-4",
	"D3-hi-2",
	"D4-hi-3",
	"D4-hi-Latn-2",
	"D5-en-3",
	"D5-hi-Latn-2",
	"D6-en-3",
	"D6-hi-Latn-2",
	"D7-hi-3",
	"D8-en-2",
	"D8-hi-1",
	"D9-hi-3",
	"D9-hi-Latn-3",
	"D9-hi-Latn-4",
	"D9-hi-Latn-5",
	"D10-en-5",
	"D10-hi-Latn-3",
	"D11-hi-Latn-3",
	"D13-hi-3",
	"D14-en-2",
	"D15-en-5",
	"D15-hi-3",
	"D15-hi-Latn-3",
}
