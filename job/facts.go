package job

// Language says what a posting is written in.
type Language string

// The languages of postings.
const (
	English  Language = "en"
	Hindi    Language = "hi"      // Hindi in Devanagari
	Hinglish Language = "hi-Latn" // Hindi in Latin letters
	Mixed    Language = "mixed"
)

// Languages lists every language of postings.
var Languages = []Language{English, Hindi, Hinglish, Mixed}

// Shift is a kind of working hours that a posting names.
type Shift string

// The shifts, in the order in which facts list them. A span of clock hours is
// night where it touches 00:00–05:00, else evening where it ends after 20:00,
// else day. US, UK and AU are hours that follow those countries.
const (
	ShiftDay        Shift = "day"
	ShiftEvening    Shift = "evening"
	ShiftNight      Shift = "night"
	ShiftRotational Shift = "rotational"
	ShiftUS         Shift = "us"
	ShiftUK         Shift = "uk"
	ShiftAU         Shift = "au"
)

// Shifts lists every shift, in order.
var Shifts = []Shift{ShiftDay, ShiftEvening, ShiftNight, ShiftRotational, ShiftUS, ShiftUK, ShiftAU}

// Education is the lowest schooling that is enough for a posting.
type Education string

// The levels of education, from none to the highest.
const (
	EducationNone         Education = "none" // it says that none is needed
	Education8th          Education = "8th"
	Education10th         Education = "10th"
	Education12th         Education = "12th"
	EducationDiploma      Education = "diploma"      // ITI, polytechnic, DCA …
	EducationGraduate     Education = "graduate"     // any bachelor's degree
	EducationDegree       Education = "degree"       // a named bachelor's degree
	EducationPostgraduate Education = "postgraduate" // a master's degree
	EducationProfessional Education = "professional" // CA, LLB, MBBS, GNM, B.Pharm …
	EducationDoctorate    Education = "doctorate"
)

// EducationLevels lists every level, lowest first.
var EducationLevels = []Education{
	EducationNone, Education8th, Education10th, Education12th, EducationDiploma, EducationGraduate,
	EducationDegree, EducationPostgraduate, EducationProfessional, EducationDoctorate,
}

// Mode says where the work is done.
type Mode string

// The modes of work.
const (
	ModeOnsite Mode = "onsite"
	ModeHybrid Mode = "hybrid"
	ModeRemote Mode = "remote"
)

// Modes lists every mode.
var Modes = []Mode{ModeOnsite, ModeHybrid, ModeRemote}

// Place is one place of work.
type Place struct {
	City    Opt `json:"city"`
	State   Opt `json:"state"`
	Country Opt `json:"country"` // ISO 3166-1 alpha-2
	// Raw is the text that was read as this place.
	Raw string `json:"raw"`
}

// Experience is the range of years that is asked for; nil where that side is
// not stated.
type Experience struct {
	Min *float64 `json:"min"`
	Max *float64 `json:"max"`
	Raw Opt      `json:"raw"`
}

// FactSpan is where a fact was read: the text from byte Start to byte End of
// Field.
type FactSpan struct {
	Fact  string `json:"fact"`
	Value string `json:"value"`
	Field Field  `json:"field"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Facts are what was read from a posting besides its pay. What is absent is
// null, or an empty list.
type Facts struct {
	Places     []Place    `json:"places"`
	Experience Experience `json:"experience"`
	Education  Opt        `json:"education"`
	Shift      []Shift    `json:"shift"`
	Mode       Opt        `json:"mode"`
	Openings   *int       `json:"openings"`
	// Languages are those asked for, as BCP 47 codes, first named first.
	Languages []string `json:"languages"`
	// Skills are those that it names, in the order of their bytes: the ends of the
	// names of the lexicon's lists, such as sql of skill.sql. They have no readings.
	Skills []string `json:"skills"`
	// Posted is the date of the posting, YYYY-MM-DD. A relative date counts
	// from the row's own crawl time and is null where the row has none.
	Posted   Opt        `json:"posted"`
	Language Language   `json:"language"`
	Readings []FactSpan `json:"readings"`
}

// ExperienceBands are the bands of the least experience that is asked for, in
// years: a posting that asks for 0-5 years is in 0-1.
var ExperienceBands = []string{"0-1", "1-3", "3-6", "6+"}

// Band is the experience band, empty where nothing is asked for. Where only a
// maximum is stated, the minimum is zero.
func (e *Experience) Band() string {
	least := 0.0
	switch {
	case e.Min != nil:
		least = *e.Min
	case e.Max == nil:
		return ""
	}
	switch {
	case least < 1:
		return ExperienceBands[0]
	case least < 3:
		return ExperienceBands[1]
	case least < 6:
		return ExperienceBands[2]
	}
	return ExperienceBands[3]
}
