package text

import "testing"

func TestDetectLanguage(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", "en"},
		{"Customer support executive for a voice process in Pune.", "en"},
		{"टेलीकॉलर चाहिए, MS Excel आता हो।", "hi"},
		{"Ghar baithe kaam karna hai, data entry ka, roz 4 ghante.", "hi-Latn"},
		{"Telecaller chahiye", "hi-Latn"},
		{"Cook ki naukri", "hi-Latn"},
		{"Last Mile Executive", "en"},
		{"Software Development Engineer, UTR, Last Mile", "en"},
		{"Hiring AS & A Level Teachers - Mysore, KA", "en"},
		{"We need a telecaller for our office in Noida. ऑफिस नोएडा में है, तुरंत आकर मिलें और बायोडाटा लाएं।", "mixed"},
		{"12345 ₹", "en"},
	}
	for _, tt := range tests {
		if got := DetectLanguage(Parse(tt.in)); got != tt.want {
			t.Errorf("DetectLanguage(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
