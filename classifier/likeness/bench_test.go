package likeness

import "testing"

// BenchmarkRead reads the words that come with the program, which every command
// that labels does once.
func BenchmarkRead(b *testing.B) {
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		m, err := Read(file)
		if err != nil || len(m.terms) < 1000 {
			b.Fatal(err)
		}
		m.Index()
	}
}
