// Package eval scores labels against labelled postings: precision, recall and
// F1 by label and function, by confidence and by description, the confusion
// table, and the coverage–accuracy curve.
package eval

import (
	"fmt"
	"slices"
	"strings"

	"jobsieve/job"
)

// Item is a labelled posting with the verdict that it got.
type Item struct {
	ID      string
	Posting job.Posting
	Label   job.Label
	// Functions are those that the readers gave; either is right.
	Functions []job.Function
	// Confidence is that of the readers: 1, 2 or 3.
	Confidence int
	Verdict    job.Verdict
}

// Right reports whether the label is the readers'.
func (it *Item) Right() bool { return it.Label == it.Verdict.Label }

// Figures are the figures of one label or function.
type Figures struct {
	N, Found, Right int // labelled so, found so, both
}

// Precision is the share of those found that are right; 1 where none was.
func (f Figures) Precision() float64 { return share(f.Right, f.Found) }

// Recall is the share of those labelled so that were found.
func (f Figures) Recall() float64 { return share(f.Right, f.N) }

// F1 is the harmonic mean of precision and recall.
func (f Figures) F1() float64 {
	if f.N+f.Found == 0 {
		return 1
	}
	return 2 * float64(f.Right) / float64(f.N+f.Found)
}

func share(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// ByLabel gives the figures of each label.
func ByLabel(items []Item) map[job.Label]Figures {
	out := map[job.Label]Figures{}
	for i := range items {
		it := &items[i]
		count(out, it.Label, it.Verdict.Label)
	}
	return out
}

func count[K comparable](out map[K]Figures, want, got K) {
	w := out[want]
	w.N++
	out[want] = w
	g := out[got]
	g.Found++
	if want == got {
		g.Right++
	}
	out[got] = g
}

// MacroF1 is the mean F1 of the labels of a rule book.
func MacroF1(book job.Labels, items []Item) float64 {
	figures := ByLabel(items)
	sum := 0.0
	for i := range book {
		sum += figures[book[i].Label].F1()
	}
	return sum / float64(len(book))
}

// ByFunction gives the figures of each function. Where the readers differed,
// the function that was found counts if it is one of theirs.
func ByFunction(items []Item) map[job.Function]Figures {
	out := map[job.Function]Figures{}
	for i := range items {
		it := &items[i]
		want := it.Functions[0]
		if slices.Contains(it.Functions, it.Verdict.Function) {
			want = it.Verdict.Function
		}
		count(out, want, it.Verdict.Function)
	}
	return out
}

// Half says which half of the development set an item belongs to, by the
// beginning of its title: items that repeat one another share a half.
func Half(p *job.Posting) int {
	sum := uint32(2166136261)
	title := strings.ToLower(p.Title)
	for _, r := range title[:min(40, len(title))] {
		sum = (sum ^ uint32(r)) * 16777619
	}
	return int(sum>>16) % 2
}

// Report writes a set's scores as Markdown, for the labels of a rule book in its
// order.
func Report(name string, book job.Labels, items []Item) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n%d postings; macro-F1 **%.3f**\n\n", name, len(items), MacroF1(book, items))
	b.WriteString("| part | n | macro-F1 | accuracy |\n|---|---|---|---|\n")
	parts := []struct {
		name string
		in   func(*Item) bool
	}{
		{"half a", func(it *Item) bool { return Half(&it.Posting) == 0 }},
		{"half b", func(it *Item) bool { return Half(&it.Posting) == 1 }},
		{"confidence 1", func(it *Item) bool { return it.Confidence == 1 }},
		{"confidence 2 and 3", func(it *Item) bool { return it.Confidence >= 2 }},
		{"with description", func(it *Item) bool { return it.Posting.Description != "" }},
		{"without description", func(it *Item) bool { return it.Posting.Description == "" }},
	}
	for _, p := range parts {
		if in := filter(items, p.in); len(in) > 0 {
			fmt.Fprintf(&b, "| %s | %d | %.3f | %.3f |\n", p.name, len(in), MacroF1(book, in), accuracy(in))
		}
	}
	labels(&b, book, items)
	functions(&b, book, items)
	curve(&b, items)
	return b.String()
}

func filter(items []Item, in func(*Item) bool) []Item {
	var out []Item
	for i := range items {
		if in(&items[i]) {
			out = append(out, items[i])
		}
	}
	return out
}

func accuracy(items []Item) float64 {
	right := 0
	for i := range items {
		if items[i].Right() {
			right++
		}
	}
	return share(right, len(items))
}

func labels(b *strings.Builder, book job.Labels, items []Item) {
	head, rule := "\n| label | n | precision | recall | F1 |", "|---|---|---|---|---|"
	for i := range book {
		head += fmt.Sprintf(" found %s |", book[i].Label)
		rule += "---|"
	}
	b.WriteString(head + "\n" + rule + "\n")
	figures := ByLabel(items)
	for i := range book {
		l := book[i].Label
		f := figures[l]
		fmt.Fprintf(b, "| %s | %d | %.3f | %.3f | %.3f |", l, f.N, f.Precision(), f.Recall(), f.F1())
		for j := range book {
			got := book[j].Label
			fmt.Fprintf(b, " %d |", len(filter(items, func(it *Item) bool {
				return it.Label == l &&
					it.Verdict.Label == got
			})))
		}
		b.WriteString("\n")
	}
}

func functions(b *strings.Builder, book job.Labels, items []Item) {
	b.WriteString("\n| function | n | precision | recall | F1 |\n|---|---|---|---|---|\n")
	figures := ByFunction(items)
	for _, fn := range book.Functions() {
		if f := figures[fn]; fn != job.FunctionNone && f.N+f.Found > 0 {
			fmt.Fprintf(b, "| %s | %d | %.3f | %.3f | %.3f |\n", fn, f.N, f.Precision(), f.Recall(), f.F1())
		}
	}
}

// curve shows what accuracy the surest verdicts have: those with the greatest
// margin first.
func curve(b *strings.Builder, items []Item) {
	sorted := slices.Clone(items)
	slices.SortStableFunc(sorted, func(x, y Item) int {
		switch {
		case x.Verdict.Margin > y.Verdict.Margin:
			return -1
		case x.Verdict.Margin < y.Verdict.Margin:
			return 1
		}
		return strings.Compare(x.ID, y.ID)
	})
	b.WriteString("\nThe surest verdicts, by margin: ")
	for _, percent := range []int{25, 50, 75, 90, 100} {
		n := len(sorted) * percent / 100
		if n == 0 {
			continue
		}
		if percent > 25 {
			b.WriteString(", ")
		}
		fmt.Fprintf(b, "%d %% of them are %.3f right (margin ≥ %.2f)", percent, accuracy(sorted[:n]),
			sorted[n-1].Verdict.Margin)
	}
	b.WriteString(".\n")
}

// Disagreements lists the items whose label is not the readers', with the
// evidence.
func Disagreements(items []Item) string {
	var b strings.Builder
	for i := range items {
		it := &items[i]
		if it.Right() {
			continue
		}
		v := &it.Verdict
		fmt.Fprintf(&b,
			"%s (half %d, confidence %d): want %s %v, got %s %s, score %.2f, margin %.2f %s\n  title %q skills "+
				"%q\n  %q\n", it.ID, Half(&it.Posting), it.Confidence,
			it.Label, it.Functions, v.Label, v.Function, v.Score, v.Margin, v.Reason,
			it.Posting.Title, it.Posting.Skills, cut(it.Posting.Description))
		for _, e := range v.Evidence {
			fmt.Fprintf(&b, "  %s %s %s %.1f %q\n", e.Rule, e.Criterion, e.Field, e.Weight, e.Text)
		}
	}
	return b.String()
}

func cut(s string) string {
	if r := []rune(s); len(r) > 400 {
		return string(r[:400]) + "…"
	}
	return s
}
