package device

import (
	"cmp"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// An OfferKind is what is offered.
type OfferKind string

// The kinds.
const (
	OfferCaller OfferKind = "caller" // whose a number or an account of a chat is
	OfferSame   OfferKind = "same"   // two rows may be one call
)

// An Offer is what a file suggests and only the person can say. It is shown
// and never taken unasked.
type Offer struct {
	Kind    OfferKind     `json:"kind"`
	Number  string        `json:"number,omitempty"`  // of a caller
	Account string        `json:"account,omitempty"` // of a caller in a chat
	Value   evidence.Side `json:"value,omitempty"`   // whose it seems to be; empty: the file does not say
	Name    string        `json:"name,omitempty"`    // what the files call them
	// that the answer is about; of two rows that may be one call, both
	Incidents []string `json:"incidents"`
	Source    string   `json:"source"` // where it was read: a place (E003:2) or an exhibit
	Quote     string   `json:"quote"`  // what stands there
}

// A Listed is a line of a table in which the person wrote down whose numbers
// are whose.
type Listed struct {
	Number, Account string
	Name            string // firm or person
	Note            string
	Table           string // the file's name
	Place           string // E004:2
}

// Callers offers what files say of numbers and accounts that the case does not
// name: the contact's name in the phone, the person's own table, a message
// that names a collector. Numbers come in the order of their rows; one offer
// each, the person's own table first.
func Callers(c evidence.Case, incidents []evidence.Incident, listed []Listed) []Offer {
	var out []Offer
	at := map[string]int{} // by number or account
	put := func(o Offer) {
		key := cmp.Or(o.Number, o.Account)
		n, known := at[key]
		if !known {
			at[key] = len(out)
			out = append(out, o)
			return
		}
		for _, id := range o.Incidents {
			if !slices.Contains(out[n].Incidents, id) {
				out[n].Incidents = append(out[n].Incidents, id)
			}
		}
		if out[n].Value == "" && o.Value != "" {
			o.Incidents, o.Name = out[n].Incidents, cmp.Or(out[n].Name, o.Name)
			out[n] = o
		}
	}
	for _, l := range listed {
		i := evidence.Incident{Kind: evidence.Message, Number: l.Number, Name: l.Account}
		if l.Number != "" {
			i.Kind = evidence.Call
		}
		if c.SideOfWriter(i) == "" && !strings.Contains(l.Number, "*") {
			put(Offer{Kind: OfferCaller, Number: l.Number, Account: i.Account(),
				Value: sideBy(c, l.Name, l.Note, l.Table),
				Name:  l.Name, Source: l.Place, Quote: strings.TrimSpace(l.Name + " " + l.Note)})
		}
	}
	for _, i := range incidents {
		if i.Use == evidence.No || i.Direction == evidence.Out || strings.Contains(i.Number, "*") ||
			i.Number == "" && i.Account() == "" || c.SideOfWriter(i) != "" {
			continue
		}
		o := Offer{Kind: OfferCaller, Number: i.Number, Account: i.Account(), Value: evidence.CollectorSide,
			Name:      i.Name,
			Incidents: []string{i.ID}, Source: placeOf(i)}
		_, known := at[cmp.Or(o.Number, o.Account)]
		switch quote := namesCollector(i.Shown); {
		case collecting.MatchString(i.Name) && !private.MatchString(i.Name):
			o.Quote = i.Name
		case quote != "" && (i.Kind == evidence.SMS || i.Kind == evidence.Message):
			o.Quote = quote
		case signedBy(c, i):
			o.Quote = "【" + i.Signature() + "】"
		case !known:
			continue
		default:
			o.Value = "" // one more row of an offer
		}
		put(o)
	}
	return out
}

func placeOf(i evidence.Incident) string {
	if places := strings.Fields(i.Source); i.Made() && len(places) > 0 {
		return places[0]
	}
	return i.ID
}

// collecting are words by which a phone's owner calls a collector.
var collecting = lazyregexp.New(`催收|催款|催债|讨债|要债|逼债|贷后|清收|外访员|法务部?$|网贷|资产管理`)

// private are callers who have to do with the matter and collect nothing: the
// complainant's own lawyer, an office that takes complaints.
var private = lazyregexp.New(`投诉|举报|反催收|我的律师|法律援助`)

// agency is a collector who says who they are.
var agency = lazyregexp.New(`(?:受|由)[^，。；\s]{2,30}(?:委托|授权)[^，。；]{0,20}(?:催收|清收|追偿|处置|管理)|` +
	`我(?:们)?(?:是|方是|司是|公司)[^，。；]{0,30}(?:催收|清收|贷后|外包|资产管理|法务)[^，。；]{0,12}|` +
	`[^，。；【】\s]{2,24}(?:催收|清收|贷后管理|资产管理|信用管理)[^，。；【】\s]{0,4}(?:公司|中心|部|团队|专员|组)`)

// namesCollector is the part of a message in which its writer says that they
// collect; empty if none does.
func namesCollector(text string) string {
	if private.MatchString(text) || strings.Contains(text, "防骗") || strings.Contains(text, "反诈") {
		return ""
	}
	return agency.FindString(text)
}

// signedBy reports a message signed by the platform or the lender of the case.
func signedBy(c evidence.Case, i evidence.Incident) bool {
	s := i.Signature()
	return s != "" && slices.Contains([]string{c.Platform.Brand, c.Platform.Name, c.Lender.Brand, c.Lender.Name,
		c.Agency.Brand, c.Agency.Name}, s)
}

// sideBy is whose a number is by what the person wrote beside it, or by what
// they called the table.
func sideBy(c evidence.Case, name, note, table string) evidence.Side {
	said := name + " " + note
	for _, p := range []evidence.Party{c.Platform, c.Lender, c.Agency} {
		if p.Name != "" && strings.Contains(said, p.Name) || p.Brand != "" && strings.Contains(said, p.Brand) {
			return evidence.CollectorSide
		}
	}
	switch {
	case notThem.MatchString(said):
		return evidence.OtherSide
	case collecting.MatchString(said), collecting.MatchString(table), agencyWord.MatchString(said):
		return evidence.CollectorSide
	}
	return ""
}

var (
	notThem    = lazyregexp.New(`快递|外卖|家人|妈妈|爸爸|同事|朋友|亲戚|医院|学校|物业|无关|不是催收`)
	agencyWord = lazyregexp.New(`外包|律所|律师事务所|第三方`)
)
