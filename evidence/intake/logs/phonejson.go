package logs

import (
	"encoding/json"
	"strconv"
	"strings"

	"juzheng/evidence"
)

// Programs on Android keep messages and calls as JSON, an entry with the columns
// of the phone's own table: Fossify and Simple Messages a list, QKSMS a list
// under messages, SMS Import/Export one entry a line. What they read and how
// they spell it differs, what it means does not: an entry becomes the attributes
// of [readBackup].

// phoneWords are the spellings of one column.
var phoneWords = map[string]string{
	"dateSent": "date_sent", "subscriptionId": "sub_id", "subId": "sub_id", "subscription_id": "sub_id",
	"display_name": "contact_name", "__display_name": "contact_name", "cached_name": "contact_name",
	"name": "contact_name", "contactName": "contact_name", "messageBox": "msg_box", "message_box": "msg_box",
	"phoneNumber": "number",
}

// phoneEntry is an entry as attributes, with the parts and addresses of a
// message of several parts.
func phoneEntry(raw json.RawMessage) (a map[string]string, more map[string][]map[string]string) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return nil, nil
	}
	a, more = map[string]string{}, map[string][]map[string]string{}
	for name, value := range fields {
		word := name
		if known := phoneWords[name]; known != "" {
			word = known
		}
		if s, ok := scalar(value); ok {
			if _, have := a[word]; !have || word == name {
				a[word] = s
			}
			continue
		}
		switch strings.TrimLeft(name, "_") {
		case "parts", "addresses", "sender_address", "recipient_addresses":
			more[strings.TrimLeft(name, "_")] = records(value)
		}
	}
	// Messages of several parts have seconds.
	for _, name := range []string{"date", "date_sent"} {
		if n, err := strconv.ParseInt(a[name], 10, 64); err == nil && n > 0 && n < 100_000_000_000 {
			a[name] = strconv.FormatInt(n*1000, 10)
		}
	}
	if a["sub_id"] != "" {
		a["subscription_id"] = a["sub_id"]
	}
	return a, more
}

// scalar is a value as it would stand in a table; not ok if it has parts.
func scalar(raw json.RawMessage) (s string, ok bool) {
	switch {
	case string(raw) == "null":
		return "", true
	case len(raw) > 0 && raw[0] == '"':
		err := json.Unmarshal(raw, &s)
		return s, err == nil
	case len(raw) > 0 && (raw[0] == '{' || raw[0] == '['):
		return "", false
	}
	return string(raw), true
}

// records are objects of scalars, one or a list of them.
func records(raw json.RawMessage) []map[string]string {
	var list []map[string]json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		var one map[string]json.RawMessage
		if json.Unmarshal(raw, &one) != nil {
			return nil
		}
		list = []map[string]json.RawMessage{one}
	}
	var out []map[string]string
	for _, fields := range list {
		r := map[string]string{}
		for name, value := range fields {
			if s, ok := scalar(value); ok {
				r[name] = s
			}
		}
		out = append(out, r)
	}
	return out
}

// What a phone's entry is told by.
func isPhoneCall(a map[string]string) bool {
	return a["number"] != "" && a["date"] != "" && a["duration"] != "" && a["type"] != ""
}

func isPhoneMessage(a map[string]string, more map[string][]map[string]string) bool {
	_, body := a["body"]
	return a["date"] != "" && (a["address"] != "" && body && a["type"] != "" || isPhoneMMS(a, more))
}

func isPhoneMMS(a map[string]string, more map[string][]map[string]string) bool {
	return a["msg_box"] != "" && len(more["parts"]) > 0
}

// phoneList is the key under which a file has its entries, and whether it is
// such a file at all.
func phoneList(f *file) (key string, first json.RawMessage) {
	begin, is := f.opens()
	if !is || !strings.Contains(f.text, `"date"`) {
		return "", nil
	}
	if begin == '{' && strings.Contains(f.text, `"messageCount"`) {
		in := entryReader{f: f, key: "messages", bad: func(int, evidence.Text) {}}
		in.each = func(_ int, raw json.RawMessage) error { first = raw; return errEnough }
		_ = in.read() // the first entry is all that is asked for
		return "messages", first
	}
	return "", f.first()
}

func isPhoneMessages(f *file) bool {
	_, first := phoneList(f)
	a, more := phoneEntry(first)
	return first != nil && isPhoneMessage(a, more)
}

func isPhoneCalls(f *file) bool {
	_, first := phoneList(f)
	a, _ := phoneEntry(first)
	return first != nil && isPhoneCall(a)
}

// readPhoneJSON reads the messages or calls of such a file. Row.Line counts its
// entries: several may stand on a line.
func readPhoneJSON(f *file, give func(Row) error) ([]Skipped, error) {
	var skipped []Skipped
	leave := func(n int, why evidence.Text) { skipped = append(skipped, skip(0, n, why)) }
	key, _ := phoneList(f)
	in := entryReader{f: f, key: key, bad: leave}
	in.each = func(n int, raw json.RawMessage) error {
		row, why := phoneRow(raw)
		if why != nil {
			leave(n, *why)
			return nil
		}
		row.Line, row.entry = n, raw
		return give(row)
	}
	err := in.read()
	return skipped, err
}

func phoneRow(raw json.RawMessage) (Row, *evidence.Text) {
	a, more := phoneEntry(raw)
	var row Row
	ok := false
	switch {
	case isPhoneCall(a):
		row.Incident, ok = backupCall(a)
	case isPhoneMMS(a, more):
		row, ok = phoneMMS(a, more)
	case isPhoneMessage(a, more):
		row.Incident, ok = backupSMS(a)
		row.early = datedEarly(a)
	default:
		if a["date"] == "" {
			return row, &evidence.Text{ZH: "不是短信，也不是通话", EN: "neither a message nor a call"}
		}
	}
	if !ok {
		why := whyNoRow(a)
		return row, &why
	}
	return row, nil
}

// phoneMMS is a message of several parts.
func phoneMMS(a map[string]string, more map[string][]map[string]string) (Row, bool) {
	m := mmsMessage{attr: a}
	for _, p := range more["parts"] {
		if p["ct"] == "" {
			p["ct"] = p["contentType"]
		}
		m.part(p)
	}
	var to []string
	for _, list := range []string{"addresses", "sender_address", "recipient_addresses"} {
		for _, x := range more[list] {
			switch {
			case x["type"] == "137" || list == "sender_address":
				x["type"] = "137"
				m.addr(x)
			case x["address"] != "" && x["address"] != "insert-address-token":
				to = append(to, x["address"])
			}
		}
	}
	if m.attr["address"] == "" {
		m.attr["address"] = strings.Join(to, "~")
	}
	return m.row()
}
