package pipeline

// misses are the contrast cases that do not hold yet: one sentence that the words
// of all others outweigh, a word of a title that is taken for its work, and
// sentences about other people that read like the applicant's.
var misses = []string{
	"D4-en-3",
	"D4-hi-Latn-2",
	"D5-hi-Latn-2",
	"D9-hi-Latn-3",
}
