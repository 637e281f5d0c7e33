package classifier

import "jobsieve/job"

// Criterion is one thing that the document says about BPO or KPO.
type Criterion struct {
	ID string
	// Says is the criterion in our words.
	Says string
	// Label is what it points to.
	Label job.Label
	// Condition is true for criteria about how the work is done or who may do
	// it: they settle what is mixed, and make no label on their own.
	Condition bool
}

// Criteria are the document's criteria, in its order.
var Criteria = []Criterion{
	{"D1-outsourced-process", "BPO is a company handing a function, segment or process to a third-party provider by contract.", job.BPO, false},
	{"D2-back-office", "BPO is back-office outsourcing: content writing, accounting, finance, HR.", job.BPO, false},
	{"D3-front-office", "BPO is front-office outsourcing: customer-facing services such as contact and call centres.", job.BPO, false},
	{"D4-domain-expert", "KPO is a service given as an expert in some field.", job.KPO, false},
	{"D5-research-development", "KPO is research and development.", job.KPO, false},
	{"D6-market-research", "KPO is business and market research, and analytics.", job.KPO, false},
	{"D7-network-management", "KPO is network management.", job.KPO, false},
	{"D8-medical-services", "KPO is medical services.", job.KPO, false},
	{"D9-basic-education", "BPO asks for no high qualification or experience: straight from school or college, basic education is enough.", job.BPO, true},
	{"D10-specialised-study", "KPO needs specialised study.", job.KPO, true},
	{"D11-shift-work", "BPO work is done in shifts.", job.BPO, true},
	{"D12-communication", "Good communication skills lead into BPO customer servicing.", job.BPO, true},
	{"D13-technical-support", "People with an IT qualification or technical skill can enter BPO as technical support.", job.BPO, false},
	{"D14-data-entry", "Typical BPO services are data entry, data and transaction processing, technical support.", job.BPO, false},
	{"D15-entry-pay", "A BPO job starts at 9,000 to 15,000 rupees a month; pay rises with time and experience.", job.BPO, true},
	{"D16-work-abroad", "BPO work can lead to work abroad.", job.BPO, true},
	{"D17-quick-learner", "BPO's challenge is quick learning and a professional manner.", job.BPO, true},
}

// CriterionByID finds a criterion.
func CriterionByID(id string) (Criterion, bool) {
	for _, c := range Criteria {
		if c.ID == id {
			return c, true
		}
	}
	return Criterion{}, false
}

func criterionIDs() []string {
	ids := make([]string, len(Criteria))
	for i, c := range Criteria {
		ids[i] = c.ID
	}
	return ids
}
