package vacancy

import "testing"

func TestEmployerKey(t *testing.T) {
	for want, names := range map[string][]string{
		"":              {"", " ", "\t"},
		"eclerx":        {"eClerx", "EClerx", " ECLERX ", "ｅClerx"},
		"tech mahindra": {"Tech Mahindra Ltd.", "Tech Mahindra Limited", "TECH MAHINDRA", "Tech  Mahindra, Ltd", "Tech-Mahindra"},
		"genpact india": {
			"Genpact India Pvt. Ltd.", "Genpact India Private Limited", "GENPACT INDIA (P) LTD", "Genpact India Pvt.Ltd.",
			"Genpact (India)", "Genpact India (OPC) Private Limited",
		},
		"genpact":       {"Genpact", "Genpact LLP", "Genpact L.L.P.", "Genpact, Inc.", "Genpact LLC", "Genpact PLC"},
		"एक्मे":         {"एक्मे", "एक्मे प्राइवेट लिमिटेड", "एक्मे प्रा. लि."},
		"sharma co":     {"Sharma & Co.", "Sharma and Company", "SHARMA & CO. LLP"},
		"sharma":        {"Sharma"},
		"ernst young":   {"Ernst & Young LLP", "Ernst and Young"},
		"and academy":   {"And Academy"},
		"limited":       {"Limited", "(Limited)", "Limited Ltd."},
		"private":       {"Private Limited"},
		"limited india": {"Limited India"},
		"💼":             {"💼", " 💼 "},
		"---":           {"---"},
	} {
		for _, name := range names {
			if got := EmployerKey(name); got != want {
				t.Errorf("%q: %q, want %q", name, got, want)
			}
		}
	}
}
