//go:build unix

package browser

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

var pictures = flag.String("pictures", "", "the folder to draw pictures of the page into")

// mostPicture is the most bytes of a picture.
const mostPicture = 150_000

// TestPictures draws the pictures of README.md, made from the sample board.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("pictures are drawn by make pictures")
	}
	s := serve(t, nil)
	b := s.tab(s.chrome(t), t, 1040)
	for _, p := range []struct{ name, view, from string }{
		{"page", "/?text=night+shift+bpo", ""},
		{"page-posting", "/posting/naukri-chowk/naukri-chowk:nc-001", ""},
		{"page-pay", "/pay", "#head-pay-by-group"},
	} {
		b.open(p.view)
		if p.from != "" {
			b.do("scroll", chromedp.Evaluate[chromedp.Void](`document.querySelector("`+p.from+`").scrollIntoView()`))
		}
		b.draw(filepath.Join(*pictures, p.name+".png"))
	}
}

// draw writes what the tab shows to a file.
func (b *tab) draw(path string) {
	b.Helper()
	shown, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.Fatal(err)
	}
	whole, err := png.Decode(bytes.NewReader(shown))
	if err != nil {
		b.Fatal(err)
	}
	few := image.NewPaletted(whole.Bounds(), palette(whole))
	draw.Draw(few, few.Bounds(), whole, whole.Bounds().Min, draw.Src)
	var small bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&small, few); err != nil {
		b.Fatal(err)
	}
	if small.Len() > mostPicture {
		b.Errorf("%s has %d bytes, more than %d", path, small.Len(), mostPicture)
	}
	if err := os.WriteFile(path, small.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
	b.Logf("%s: %d bytes", path, small.Len())
}

// palette gives the colours that a picture has most.
func palette(picture image.Image) color.Palette {
	counts := map[color.Color]int{}
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			counts[picture.At(x, y)]++
		}
	}
	const most = 256
	byCount := func(a, b color.Color) int { return counts[b] - counts[a] }
	all := slices.SortedFunc(maps.Keys(counts), byCount)
	return all[:min(most, len(all))]
}
