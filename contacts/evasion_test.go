package contacts

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMaskEvasions holds what people write so that programs overlook it, with
// the contacts in «», and what only looks like it.
func TestMaskEvasions(t *testing.T) {
	for name, texts := range map[string][]string{
		"tags": {
			"<b>«x»</b>«@y.in»", "«x»<!-- > -->«@y.in»", "«hr»<span class=\"a\">«@»</span>«acme.com»",
			"«hr@acme»<wbr>«.com»", "<p>«x»</p>«\n  »<p>«@y.in»</p>", "&lt;b&gt;«x»&lt;/b&gt;«@y.in»",
			"<b>«x&nbsp;»</b>«&#64;y.in»", "«x@»<b>«y.in»", "«x&nbsp;@&nbsp;y.in»", "«x&nbsp»<i></i>«@y.in»",
			"«98765»<b>«43210»</b>", "<i>«98765»</i>«&nbsp;»<i>«43210»</i>", "«98765&nbsp43210»", "«98765»<br/>«43210»",
			"«9»<b>«8»</b>«7»<i>«6»</i>«5»<u>«4»</u>«3»<b>«2»</b>«1»<s>«0»</s>", "«98765»<!---->«43210»",
			"«nine eight seven »<b>«six five»</b>« four three»", "<b>«98765»</b>&shy;«43210»", "«hr&#x00000040;acme.com»",
			"<a href=\"mailto:«hr@acme.com»\">«hr@acme.com»</a>",
			"<td>62450</td><td>78900</td>", "<li>98765</li><li>43210</li>", "<b>5</b> years, <b>10</b> posts",
			"«98765»</div><div>«43210»", "«98765&ThickSpace;43210»",
			"<p>9 am</p><p>8765432 views</p>", "<b>60,000</b> - <b>90,000</b>", "a < 9876 > b", "<3 <- 5", "<", "<b", "<!--",
			"<h1>2026</h1>11-23<br>10:30", "<b>Walk-in</b> @ <i>10.30</i>", "<b>Shift</b>9<br>6",
		},
		"signs for at": {
			"«x #at# y.com»", "«x|at|y.com»", "«x(a)y.com»", "«x [a] y.com»", "«x|a|y.com»", "«x@@y.com»", "«x @ @ y.com»",
			"«x@\ty.com»", "«x\n@y.com»", "«x@\r\n  y.com»", "«priya\nat gmail.com»", "«x+at+y.com»", "«x*at*y.com»",
			"«x ~at~ y.com»", "«x=at=y.com»", "«x ((at)) y.com»", "«x 'at' y.com»", "«x/at/y.com»", "«x-(at)-y.com»",
			"«x【at】y.com»", "«x “at” y.com»", `«x\at\y.com»`,
			"«x \"@\" y.com»", "«x #@# y.com»", "«x ऐट y डॉट com»", "«x ऐट जीमेल डॉट कॉम»", "«x एट द रेट y.com»",
			"«x at the rate y.com»", "«x (ऐट) y.com»", "«x＠y.com»", "«x ﹫ y.com»", "«xⓐy.com»", "«x⒜y.com»",
			"«x #at# y #dot# com»", "«x@y\n.com»", "«hr+@acme.com»", "«hr_ @ acme.com»",
			"5 #at# 3.5", "section 4(a) of 10.5", "A+a+b", "C# at home", "work|at|office", "(a) Naukri (b) Indeed",
			"grade (a) 10.30", "acme.com/jobs/at/booking.com", "paid at the rate of 10.50", "shift @@ 9.30",
			"walk-in\n@ 10.30", "look\nat acme.com", "salary at the rate of Rs. 500", "read/write at 5",
		},
		"payment addresses": {
			"«name@okicici»", "«9876543210@paytm»", "pay «priya.s@ybl».", "«name@oksbi», now", "«name (at) okhdfcbank»",
			"«name@upi»", "follow @paytm", "jobs @ paytm", "work at HDFCBank", "pay at UPI", "manager @ ICICI", "a@work",
		},
		"numbers side by side": {
			"«98765432109876543211»", "«+919876543210919876543211»", "«987654321098765432119876543212»",
			"«0987654321009876543211»", "call «98765432109876543211» now",
			"id 98765432109876543211", "12345678901234567890", "11111111112222222222", "jobs/98765432109876543211x",
			"https://acme.com/98765432109876543211", "0.98765432109876543211", "20261123100000202611231000",
		},
		"words and numbers side by side": {
			"call«9876543210»now", "ring«9876543210»ok", "now«9876543210»pls", "Priya«9876543210»",
			"«9876543210»or«8765432109»", "no«9876543210»ji", "Apply«919876543210»today", "contactme«9876543210»",
			"jobid9876543210", "Ref9876543210", "JR9876543210", "AB_9876543210", "9876543210AB", "ab-cd9876543210",
			"9f3abc9876543210d", "9876543210ab4", "REQ9876543210", "posting_no_9876543210", "9876543210_a",
		},
		"other digits": {
			"«❾❽❼❻❺❹❸❷❶⓿»", "«➒➑➐➏➎➍➌➋➊🄌»", "«➈➇➆➅➄➃➂➁➀🄋»", "«⓽⓼⓻⓺⓹⓸⓷⓶⓵0»", "«⑨⑧⑦⑥⑤④③②①⓪»", "«𝟿𝟾𝟽𝟼𝟻𝟺𝟹𝟸𝟷𝟶»", "«𝟡𝟠𝟟𝟞𝟝𝟜𝟛𝟚𝟙𝟘»",
			"«⑼⑻⑺⑹⑸⑷⑶⑵⑴0»", "«⒐⒏⒎⒍⒌⒋⒊⒉⒈0»", "«九八七六五四三二一〇»", "«፱፰፯፮፭፬፫፪፩0»", "«⁹⁸⁷⁶⁵⁴³²¹⁰»", "«₉₈₇₆₅₄₃₂₁₀»",
			"❶ Apply ❷ Join ❸ Earn 15000", "① 10 ② 20", "❶ 60000 ❷ 70000",
		},
		"fillers": {
			"«98765ㅤ43210»", "«9ㅤ8ㅤ7ㅤ6ㅤ5ㅤ4ㅤ3ㅤ2ㅤ1ㅤ0»", "«98765\u115f43210»", "«98765\uffa043210»", "«98765⠀43210»",
			"«98765\U000e010143210»", "«98765\x0043210»", "«98765\x1f43210»", "«98765\u206443210»", "«98765\u034f43210»",
			"«98765&#12644;43210»", "«hr@ac\x00me.com»", "«98⃝7⃝6543210»", "«hrㅤ@acme.com»", "«priyaㅤatㅤgmail.com»",
			"60000ㅤto 70000", "2026\x00-11-23",
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, in := range texts {
				want, plain := marked(in)
				if diff := cmp.Diff(want, Mask(plain)); diff != "" {
					t.Errorf("%q (-want +got):\n%s", plain, diff)
				}
			}
		})
	}
}

// TestMaskPieces masks all that stands under the name of a contact.
func TestMaskPieces(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"x", `{"email_user":"hr","email_domain":"y.in"}`, `{"email_user":"xx","email_domain":"xxxx"}`},
		{"फ़ोन", `["98765"]`, `["xxxxx"]`},
		{"x", `{"email":{"user":"x","domain":"y.in"}}`, `{"email":{"user":"x","domain":"xxxx"}}`},
		{"email", `["x","@","y.in"]`, `["x","x","xxxx"]`},
		{"emailId", `{"a":["hr",{"id":"acme"}]}`, `{"a":["xx",{"id":"xxxx"}]}`},
		{"E-Mail", `"ask us"`, `"xxxxxx"`},
		{"ईमेल", `"hr, acme"`, `"xxxxxxxx"`},
		{"phone", `["98765","43210"]`, `["xxxxx","xxxxx"]`},
		{"mobile_numbers", `[98765, 43210, 9, -5, 1.5]`, `["xxxxx", "xxxxx", "x", "xx", "xxx"]`},
		{"recruiterMobile", `{"std":"080","98765":true}`, `{"std":"xxx","xxxxx":true}`},
		{"WhatsApp_no", `"98765"`, `"xxxxx"`},
		{"contact", `["98765",43210]`, `["xxxxx","xxxxx"]`},
		{"contact", `{"number":["987","65432"]}`, `{"number":["xxx","xxxxx"]}`},
		{"contact_no", `{"a":"98765","b":"43210"}`, `{"a":"xxxxx","b":"xxxxx"}`},
		{"upi_id", `"priya-upi"`, `"xxxxxxxxx"`},
		{"phone", `98765432109876543211`, `"xxxxxxxxxxxxxxxxxxxx"`},
		// neither
		{"contact", `{"name":"Priya","floor":"3","days":["Mon","Fri"]}`,
			`{"name":"Priya","floor":"3","days":["Mon","Fri"]}`},
		{"phone_verified", `true`, `true`},
		{"phone", `[true, null, "", "yes", "required", 0, 1]`,
			`[true, null, "", "yes", "required", 0, 1]`},
		{"email_verified_at", `"2026-11-23"`, `"2026-11-23"`},
		{"phone_interview", `"two rounds"`, `"two rounds"`},
		{"smart_phone", `"needed"`, `"needed"`},
		{"mobile_allowance", `{"min":1500}`, `{"min":1500}`},
		{"mobile_app", `"Android"`, `"Android"`},
		{"phoneId", `98765`, `98765`},
		{"contact_id", `["98765"]`, `["98765"]`},
		{"call_count", `[98765, 43210]`, `[98765, 43210]`},
		{"salary", `[62450, 78900]`, `[62450, 78900]`},
		{"shifts", `["9","6"]`, `["9","6"]`},
	} {
		if diff := cmp.Diff(tt.want, string(MaskJSON(tt.name, json.RawMessage(tt.in)))); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", tt.name, tt.in, diff)
		}
	}
}
