package million

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// The parts of employers' names. All are invented.
var (
	firstNames = strings.Fields(`Aarohi Abhinav Adarsh Advaita Agrani Akshara Alokik Amrut Ananta Anmol Apratim Aravali
		Ardhana Arpan Ashwini Astha Avani Bhavya Bodhi Chaitra Chandrika Chetak Chitra Dakshin Darpan Deepshikha Dhara
		Dhruva Disha Divyam Ekam Gagan Garuda Gati Gomati Harita Himadri Hriday Indus Ishaan Jagriti Jyoti Kaveri
		Kalpa Kamal Kaustubh Kiran Kosi Kriti Kshitij Lakshya Lotus Madhav Mahima Malhar Manthan Maruti Meghna Mihir
		Mitra Nakshatra Narmada Navya Neelam Netra Nidhi Nirman Nitya Ojas Omkar Padma Parivar Pragati Prakriti
		Pranav Prithvi Purva Raga Rohini Rudra Sagar Sahyadri Samarth Sampada Sankalp Saptarishi Saral Satpura
		Setu Shakti Shikhar Shloka Siddhi Sparsh Srijan Surya Swara Tapti Tejas Triveni Udaan Ujjwal Unnati Utsav
		Vaibhav Vardhan Vasudha Vayu Vidya Vikas Vindhya Vistaar Yamuna Yash Yukti Zenith`)
	middleNames = strings.Fields(`- Alpha Apex Blue Bright Capital Care Cloud Core Crest Data Delta Digital Dynamic Edge
		Elite First Global Gold Green Horizon Infra Inter Link Max Mega Meta Micro Neo Net New Next Nova One Orbit Peak
		Pearl Prime Pro Quick Rapid Smart Solar Star Summit Swift Tele True Ultra Union United Vertex Vision West
		Wise World Zen`)
	lastNames = strings.Fields(`Solutions Services Technologies Infotech Consultancy Software Systems Outsourcing BPO
		Finserv Healthcare Education Academy Media Logistics Retail Enterprises Industries Consulting Staffing Motors
		Pharma Foods Hotels Realty Insurance Bank Labs Analytics Engineering`)
	// legalForms are each in two spellings.
	legalForms = [][2]string{
		{"", ""}, {" Pvt. Ltd.", " Private Limited"}, {" Private Limited", " (P) Ltd"}, {" Ltd.", " Limited"},
		{" LLP", " L.L.P."}, {" India Pvt Ltd", " India Private Limited"},
	}
)

// perEmployer is how many postings an employer has on average.
const perEmployer = 100

// employers draws employers; few have many postings, as in Zipf's law.
type employers struct{ zipf *rand.Zipf }

func employersFor(postings int, random *rand.Rand) employers {
	const exponent, flatter = 1.01, 3
	n := uint64(max(1, postings/perEmployer))
	return employers{rand.NewZipf(random, exponent, flatter, n-1)}
}

// draw gives an employer's name as one posting spells it.
func (e employers) draw(random *rand.Rand) string {
	const other = 0.33
	spelling := 0
	if random.Float64() < other {
		spelling = 1
	}
	return employerName(e.zipf.Uint64(), spelling)
}

// employerName gives the name of the i-th employer in a spelling, 0 or 1. One in five
// has two.
func employerName(i uint64, spelling int) string {
	const spread, twice = 7919, 5 // a prime, so that neighbours differ
	all := uint64(len(firstNames) * len(middleNames) * len(lastNames))
	at := i * spread % all // each of the first all employers has its own
	part := func(names []string) string {
		n := uint64(len(names))
		s := names[at%n]
		at /= n
		return s
	}
	name := strings.ReplaceAll(part(firstNames)+" "+part(middleNames)+" "+part(lastNames), " - ", " ")
	if round := i / all; round > 0 {
		name += " " + strconv.FormatUint(round+1, 10)
	}
	form := legalForms[i%uint64(len(legalForms))]
	if i%twice != 0 || spelling == 0 {
		return name + form[0]
	}
	if form[0] == form[1] {
		return strings.ToUpper(name)
	}
	return name + form[1]
}
