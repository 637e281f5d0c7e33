package pipeline

// misses are the contrast cases that do not hold yet: sentences about other
// people that read like the applicant's, and mixed work that one half outweighs.
var misses = []string{
	"D1-en-2",
	"D1-hi-Latn-2",
	"D10-hi-Latn-3",
	"D11-hi-Latn-3",
	"D12-en-1",
	"D12-en-4",
	"D12-hi-1",
	"D14-en-2",
	"D14-hi-Latn-2",
	"D14-hi-Latn-3",
	"D15-hi-3",
	"D15-hi-Latn-3",
	"D16-hi-3",
	"D17-hi-Latn-1",
	"D17-hi-Latn-3",
	"D4-hi-3",
	"D4-hi-Latn-2",
	"D5-en-2",
	"D5-hi-2",
	"D5-hi-Latn-2",
	"D6-en-2",
	"D6-hi-Latn-3",
	"D8-en-2",
	"D9-hi-3",
	"D9-hi-Latn-1",
	"D9-hi-Latn-3",
}
