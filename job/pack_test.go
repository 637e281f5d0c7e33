package job

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// randomSummary is a summary with about half of its parts.
func randomSummary(r *rand.Rand) Summary {
	word := func() string {
		return []string{"", "Pune", "हिंदी", "a\xff", "offer", "day", "graduate", "BPO", "D3"}[r.IntN(9)]
	}
	amount := func() *float64 {
		v := []float64{0, 2.5, 12000, 1e300, -3, 0.3333333333, 0.87}[r.IntN(7)]
		return [](*float64){nil, &v}[r.IntN(2)]
	}
	annual := func() *int64 {
		v := r.Int64() - r.Int64()
		return [](*int64){nil, &v}[r.IntN(2)]
	}
	n := r.IntN(100)
	s := Summary{
		Source: word(), Company: word(), Vacancy: Vacancy(r.Uint64()), Role: VacancyRole(word()), Posted: word(), FirstSeen: word(), PostedHow: DateKnown(word()),
		Facts: Facts{
			Experience: Experience{Min: amount(), Max: amount()}, Education: Opt(word()), Mode: Opt(word()),
			Openings: [](*int){nil, &n}[r.IntN(2)], Language: Language(word()),
		},
		Pay: Pay{
			Kind: PayKind(word()), Min: amount(), Max: amount(), Currency: Opt(word()), Period: Opt(word()),
			Basis: PayBasis(word()), AnnualMin: annual(), AnnualMax: annual(), Suspect: r.IntN(2) == 0,
		},
		Verdict: Verdict{
			Label: Label(word()), Function: Function(word()), Score: r.Float64(), Margin: 0.25, Reason: Opt(word()),
			Outsourced: r.IntN(2) == 0, RulesVersion: word(),
		},
	}
	for range r.IntN(3) {
		s.Facts.Places = append(s.Facts.Places, Place{City: Opt(word()), State: Opt(word()), Country: "IN"})
		s.Facts.Shift = append(s.Facts.Shift, Shift(word()))
		s.Facts.Languages = append(s.Facts.Languages, word())
		s.Facts.Skills = append(s.Facts.Skills, word())
		s.Verdict.Criteria = append(s.Verdict.Criteria, word())
	}
	s.State, s.Closed = State(word()), word()
	if r.IntN(2) == 0 {
		s.Hand = &HandLabel{Label: Label(word()), Function: Function(word())}
	}
	return s
}

// wholeLists gives a summary with nil for empty lists, as one that was made has them.
func wholeLists(s Summary) Summary {
	for _, v := range []any{&s.Facts.Places, &s.Facts.Shift, &s.Facts.Languages, &s.Facts.Skills, &s.Verdict.Criteria} {
		if list := reflect.ValueOf(v).Elem(); list.Len() == 0 {
			list.SetZero()
		}
	}
	return s
}

// One unpacker reads them all, into the same summary.
func TestPackedSummariesAreUnpacked(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var u Unpacker
	var got Summary
	for range 5000 {
		want := randomSummary(r)
		packed := want.AppendPacked(nil)
		if err := u.Unpack(packed, &got); err != nil || !reflect.DeepEqual(wholeLists(got), want) {
			t.Fatalf("%v: %+v, want %+v", err, got, want)
		}
		for cut := range packed {
			if u.Unpack(packed[:cut], &got) == nil {
				t.Fatalf("the first %d of %d bytes are taken for a summary", cut, len(packed))
			}
		}
	}
	packed := (&Summary{Source: "s"}).AppendPacked(nil)
	if n := testing.AllocsPerRun(100, func() { _ = u.Unpack(packed, &got) }); n > 0 {
		t.Errorf("%v allocations for what was met before", n)
	}
	if err := u.Unpack(append(packed, 0), &got); !errors.Is(err, errDamaged) {
		t.Errorf("a byte too many: %v", err)
	}
	for _, other := range [][]byte{nil, {0}, {statelessForm - 1, 1}, {packedForm + 1, 1}} {
		if err := u.Unpack(other, &got); !errors.Is(err, ErrOtherForm) {
			t.Errorf("%v: %v", other, err)
		}
	}
}

// TestEarlierForms reads summaries from before postings had a role, and before they had a
// state.
func TestEarlierForms(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		want := randomSummary(r)
		want.Role, want.State, want.Closed, want.Hand = "", StateUnknown, "", nil
		packed := want.AppendPacked(nil)
		role := len("4s") + len(want.Source) + len("c") + len(want.Company) + len("vacancy.") // none: two bytes
		roleless := slices.Concat(packed[:role], packed[role+2:])
		n := len(roleless) // its end: a byte of the state, one of an empty day, one of no label by hand
		stateless := slices.Concat(roleless[:n-3], roleless[n-1:])
		roleless[0], stateless[0] = rolelessForm, statelessForm
		for _, before := range [][]byte{roleless, stateless} {
			var u Unpacker
			got := Summary{Role: RoleOther, State: StateClosed, Closed: "2026-01-01"}
			if err := u.Unpack(before, &got); err != nil || !reflect.DeepEqual(wholeLists(got), want) {
				t.Fatalf("form %d: %v: %+v, want %+v", before[0], err, got, want)
			}
		}
	}
}

func FuzzUnpack(f *testing.F) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		s := randomSummary(r)
		f.Add(s.AppendPacked(nil))
	}
	f.Fuzz(func(t *testing.T, packed []byte) {
		var u Unpacker
		var s, again Summary
		if u.Unpack(packed, &s) != nil {
			return
		}
		body := s.AppendPacked(nil)
		if err := new(Unpacker).Unpack(body, &again); err != nil {
			t.Errorf("%+v: %v", s, err)
		}
	})
}
