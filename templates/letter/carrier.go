package letter

import (
	"fmt"
	"slices"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// A phone's log can be written by whoever has the phone. So the book says of each
// call whether a carrier's list has it, and a letter says so only of those.

// carrierWords are for a narrow column.
var carrierWords = map[evidence.CarrierSays]string{
	evidence.CarrierHas: "可核", evidence.CarrierUnclear: "对不准", evidence.CarrierHasNot: "当天无此通",
	evidence.CarrierNotThatDay: "不含当天",
}

// carrierSays is what a list says that goes with the papers, or of none that the
// day is in none: of a list that stays at home nothing is said.
func (in Input) carrierSays(i evidence.Incident) evidence.CarrierSays {
	if i.Carrier.Says == evidence.CarrierNotThatDay || in.listOf(i) != "" {
		return i.Carrier.Says
	}
	return ""
}

// listOf is the exhibit that is the list, or the rows taken from it.
func (in Input) listOf(i evidence.Incident) string {
	if i.Carrier.List == "" {
		return ""
	}
	for _, x := range in.Exhibits {
		if x.Number == i.Carrier.List || x.Extract != nil && x.Extract.Of == i.Carrier.List {
			return x.Number
		}
	}
	return ""
}

// carrierCell is the cell of a call; empty where nothing is said of it.
func (in Input) carrierCell(i evidence.Incident) document.Cell {
	return plain(carrierWords[in.carrierSays(i)])
}

// carrierKey explains the column, where it stands.
func (in Input) carrierKey(events []evidence.Incident) string {
	if !slices.ContainsFunc(events, func(i evidence.Incident) bool { return in.carrierSays(i) != "" }) {
		return ""
	}
	return "“运营商清单”一栏：“可核”是运营商的通话清单里有号码和时间相符的一通；“当天无此通”是清单包含那一天，里面没有；" +
		"“对不准”是清单里那个时间有一通，号码被遮盖或者已经对应另一次；“不含当天”是没有清单包含那一天。没有接通的电话，清单不记。"
}

// carrierField is the same of the calls one file shows, for its page: of the one
// call of a recording in words, of several by number. The list says nothing of
// itself.
func (in Input) carrierField(x evidence.Exhibit) string {
	var calls []evidence.Incident
	for _, i := range in.showing(x.Number) {
		if in.carrierSays(i) != "" && in.listOf(i) != x.Number {
			calls = append(calls, i)
		}
	}
	if len(calls) == 0 || x.Kind == evidence.CallLog || x.Kind == evidence.Extract {
		return ""
	}
	if len(calls) > 1 {
		return in.carrierTally(calls)
	}
	switch i := calls[0]; in.carrierSays(i) {
	case evidence.CarrierHas:
		return "可核：" + label(in.listOf(i)) + in.rowIn(i, i.Carrier.List) + "有号码和时间相符的一通"
	case evidence.CarrierHasNot:
		return label(in.listOf(i)) + "包含那一天，里面没有这一通"
	case evidence.CarrierUnclear:
		return label(in.listOf(i)) + "里那个时间有一通，号码被遮盖或者已经对应另一次，说不准是不是这一通"
	}
	return "没有清单包含那一天"
}

func (in Input) carrierTally(calls []evidence.Incident) string {
	s := ""
	for _, says := range []evidence.CarrierSays{evidence.CarrierHas, evidence.CarrierHasNot, evidence.CarrierUnclear,
		evidence.CarrierNotThatDay} {
		n := 0
		for _, i := range calls {
			if in.carrierSays(i) == says {
				n++
			}
		}
		if n > 0 {
			s += with("，", fmt.Sprintf("%s%d通", carrierWords[says], n))
		}
	}
	return s[len("，"):]
}

// confirmed says of acts that a letter lists how many of the calls stand in a
// carrier's list, which the reader can have checked with the carrier. Where a list has the
// day of one and not the call, nobody knows whether it was answered, and none is called so.
func (in Input) confirmed(acts []evidence.Incident) string {
	calls, sure, not := 0, 0, 0
	for _, i := range acts {
		if i.Kind != evidence.Call || i.Answered == evidence.No { // they stand in no list
			continue
		}
		switch calls++; in.carrierSays(i) {
		case evidence.CarrierHas:
			sure++
		case evidence.CarrierHasNot:
			not++
		}
	}
	switch {
	case sure == 0:
		return ""
	case calls == 1:
		return "接通的这通电话，运营商清单可核。"
	case not > 0:
		return fmt.Sprintf("以上电话中，%d通运营商清单可核。", sure)
	case sure == calls:
		return fmt.Sprintf("以上接通的%d通电话，运营商清单均可核。", sure)
	}
	return fmt.Sprintf("以上接通的%d通电话中，%d通运营商清单可核。", calls, sure)
}
