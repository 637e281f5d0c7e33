// Package million makes postings by the million, by varying others: their sentences,
// employers, places, pay, experience, dates and ids. What is made depends on the seed,
// on how many are made, and on the postings that are varied; on no clock, and on none
// of the program's readers, so that a change to these changes no posting.
package million

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"

	"jobsieve/job"
)

// Options say what is made.
type Options struct {
	// N is how many postings.
	N int
	// Seed begins the random numbers.
	Seed uint64
}

// repeats is the share of postings that repeat an earlier one's title, employer and
// place: 7.0 % of the real ones do.
const repeats = 0.07

// recent is how many postings are kept to be repeated.
const recent = 256

// Maker makes postings. It is for one goroutine. What it holds does not grow with what
// it makes.
type Maker struct {
	options   Options
	bases     []base
	kinds     map[string]*kind
	employers employers
	random    *rand.Rand
	met       *met
	recent    []made
}

// made is a posting with the one that it was made from.
type made struct {
	posting job.Posting
	base    *base
}

// New gives a maker of postings that vary others, at least one.
func New(from []job.Posting, o Options) *Maker {
	const stream = 1
	random := rand.New(rand.NewPCG(o.Seed, stream))
	m := &Maker{
		options: o, kinds: map[string]*kind{}, employers: employersFor(o.N, random), random: random, met: new(met),
	}
	for i := range from {
		m.bases = append(m.bases, baseOf(&from[i]))
	}
	for i := range m.bases {
		m.enter(&m.bases[i])
	}
	return m
}

// All gives the postings, one after the other. Each is the reader's to keep.
func (m *Maker) All() iter.Seq[job.Posting] {
	return func(yield func(job.Posting) bool) {
		for i := range m.options.N {
			p := m.next()
			m.number(&p, i)
			if !yield(p) {
				return
			}
		}
	}
}

// next makes a posting that says what none before it said.
func (m *Maker) next() job.Posting {
	if len(m.recent) > 0 && m.random.Float64() < repeats {
		if p, ok := m.repeat(); ok {
			return p
		}
	}
	for attempt := 0; ; attempt++ {
		b := &m.bases[m.random.IntN(len(m.bases))]
		p := m.vary(b, attempt)
		if m.met.either(vacancy(&p), textsOf(&p)...) {
			continue
		}
		m.remember(made{p, b})
		return p
	}
}

// repeat makes a posting of the same title, employer and place as a recent one.
func (m *Maker) repeat() (job.Posting, bool) {
	const attempts = 8
	of := &m.recent[m.random.IntN(len(m.recent))]
	for range attempts {
		p := of.posting
		money := m.rise()
		p.Salary = money.in(p.Salary, true)
		years := m.years()
		p.Experience = years.inField(p.Experience)
		p.Description = said(&p, of.base, money, years)(m.told(of.base, 0))
		m.date(&p, of.base.posting.Posted)
		if !m.met.either("", textsOf(&p)...) {
			return p, true
		}
	}
	return job.Posting{}, false
}

// vary makes a posting from another. attempt counts those before it that were no new
// ones.
func (m *Maker) vary(b *base, attempt int) job.Posting {
	p := b.posting
	p.Title = m.title(b)
	employer, place := m.employers.draw(m.random), drawPlace(m.random)
	money, years := m.rise(), m.years()
	p.Company = employer
	p.Location = place.in(p.Location, m.random)
	p.Salary, p.Experience = money.in(p.Salary, true), years.inField(p.Experience)
	say := said(&p, b, money, years)
	p.Title, p.Description = say(p.Title), say(m.told(b, attempt))
	p.Skills = m.shuffled(p.Skills)
	m.date(&p, b.posting.Posted)
	return p
}

// said gives what makes the texts of a base those of a posting: by its employer, city,
// pay and experience.
func said(p *job.Posting, b *base, money rise, more years) func(string) string {
	names := strings.NewReplacer(b.names(p.Company, firstCity(p.Location))...)
	return func(s string) string { return more.in(money.in(names.Replace(s), false)) }
}

// remember keeps a posting for those that will repeat it.
func (m *Maker) remember(p made) {
	if len(m.recent) < recent {
		m.recent = append(m.recent, p)
		return
	}
	m.recent[m.random.IntN(recent)] = p
}

// number gives a posting its id and address; those of different i differ.
func (m *Maker) number(p *job.Posting, i int) {
	const odd, bits, shown = 0x9E3779B97F4A7C15, 40, 12
	n := (uint64(i)*odd + m.options.Seed) & (1<<bits - 1)
	p.ID = fmt.Sprintf("%s-%010x", p.Source, n)
	if p.URL != "" {
		p.URL = strings.TrimRight(p.URL, "0123456789") + fmt.Sprintf("%0*d", shown, n)
	}
}

// vacancy is what repeated postings have in common.
func vacancy(p *job.Posting) string {
	return strings.Join([]string{p.Title, p.Company, p.Location}, "\x00")
}

// textsOf are the texts that no two postings share: all of a posting's, and its
// description on its own.
func textsOf(p *job.Posting) []string {
	var all strings.Builder
	for _, f := range job.Fields {
		all.WriteString(p.Text(f) + "\x00")
	}
	if p.Description == "" {
		return []string{all.String()}
	}
	return []string{all.String(), p.Description}
}
