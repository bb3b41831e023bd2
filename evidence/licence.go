package evidence

// A Licence is the kind of permission a lender works under. It decides who
// supervises it and which rules bind it.
type Licence string

// The licence kinds. LicenceUnknown means the person has not said; NoLicence
// means they say there is none.
const (
	LicenceUnknown  Licence = ""
	Bank            Licence = "bank"
	ConsumerFinance Licence = "consumer-finance"
	AutoFinance     Licence = "auto-finance"
	Trust           Licence = "trust"
	SmallLoan       Licence = "small-loan"
	Guarantee       Licence = "guarantee"
	NoLicence       Licence = "none"
)

// The two supervisors of lenders, by their codes in [Finding.Bodies] and the
// directory.
const (
	NationalOffice = "NFRA-L" // the national regulator's local office
	LocalBureau    = "LFB"    // the local bureau of the place of registration
)

// licences has a row for each kind a person can choose, in the order they are
// shown.
var licences = []struct {
	licence    Licence
	title      Text
	supervisor string
}{
	{Bank, Text{"银行", "bank"}, NationalOffice},
	{ConsumerFinance, Text{"消费金融公司", "consumer-finance company"}, NationalOffice},
	{AutoFinance, Text{"汽车金融公司", "auto-finance company"}, NationalOffice},
	{Trust, Text{"信托公司", "trust company"}, NationalOffice},
	{SmallLoan, Text{"小额贷款公司", "small-loan company"}, LocalBureau},
	{Guarantee, Text{"融资担保公司", "financing-guarantee company"}, LocalBureau},
	{NoLicence, Text{"没有放贷牌照", "no lending licence"}, LocalBureau},
}

// Licences lists the kinds a person can choose, in the order they are shown.
var Licences = func() []Licence {
	var out []Licence
	for _, l := range licences {
		out = append(out, l.licence)
	}
	return out
}()

// Title is what to call a kind of lender.
func (l Licence) Title() Text {
	for _, row := range licences {
		if row.licence == l {
			return row.title
		}
	}
	return Text{"不清楚", "not known"}
}

// ParseLicence reads a kind of lender: its word, its Chinese name, or how people
// shorten that.
func ParseLicence(s string) (Licence, bool) {
	for _, l := range Licences {
		name := l.Title().ZH
		if s == string(l) || s == name || s+"公司" == name || l == SmallLoan && (s == "小贷" || s == "小贷公司") {
			return l, true
		}
	}
	return LicenceUnknown, false
}

// Supervisor is the code of the body that supervises lenders of this kind;
// empty if the kind is not known, for then nobody is guessed.
func (l Licence) Supervisor() string {
	for _, row := range licences {
		if row.licence == l {
			return row.supervisor
		}
	}
	return ""
}
