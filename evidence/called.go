package evidence

// Called is an act in a few words, as who has no table calls it: what it is and when. Of is
// the kind of the one file that shows it, empty where there is none or several: of what
// nobody has named yet it says more.
func (i Incident) Called(of ExhibitKind) Text {
	what, when := i.Kind.Title(), i.Time.ToMinute()
	if i.Kind == Call {
		switch {
		case i.Direction == Out:
			what = Text{ZH: "打出的电话", EN: "call to them"}
		case i.Direction == In && i.Answered == No:
			what = Text{ZH: "未接来电", EN: "missed call"}
		case i.Direction == In:
			what = Text{ZH: "来电", EN: "call"}
		}
	}
	if i.Kind == Other { // nobody has said yet what it is: 其他 says nothing
		what = Text{ZH: "一件事", EN: "something"}
		if of != "" {
			what = of.Title()
			return Text{ZH: what.ZH + "，" + when.ZH, EN: what.EN + ", " + when.EN}
		}
	}
	return Text{ZH: when.ZH + "的" + what.ZH, EN: what.EN + ", " + when.EN}
}

// ToMinute is a time as a person says it.
func (t Time) ToMinute() Text {
	if t.IsZero() {
		return Text{ZH: "时间不详", EN: "time unknown"}
	}
	at := t.At.In(Beijing)
	return Text{ZH: at.Format("2006年1月2日15:04"), EN: at.Format("2 Jan 2006, 15:04")}
}
