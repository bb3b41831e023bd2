package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// put writes a file.
func (w *world) put(name string, data []byte) {
	if w.taken[name] {
		w.t.Fatalf("%s is made twice", name)
	}
	w.taken[name] = true
	full := filepath.Join(w.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(full, data, 0o644); err != nil {
		w.t.Fatal(err)
	}
	w.Files++
}

func (w *world) see(a *act, file string, line int, raw time.Time) {
	a.Seen = append(a.Seen, sighting{file, line, raw.Format(time.DateTime)})
}

// local is what a phone's clock shows.
func (p *handset) local(at time.Time) time.Time { return at.Add(p.Fast + p.Zone) }

func (w *world) write() {
	slices.SortStableFunc(w.Acts, func(a, b *act) int { return a.At.Compare(b.At) })
	renamed := map[int]int{}
	for n, a := range w.Acts {
		renamed[a.ID] = n + 1
	}
	for _, a := range w.Acts {
		a.ID, a.Tells = renamed[a.ID], renamed[a.Tells]
	}
	for n := range w.Violations {
		ids := slices.Clone(w.Violations[n].Acts)
		for k, id := range ids {
			ids[k] = renamed[id]
		}
		w.Violations[n].Acts = ids
	}
	for _, key := range []string{"mi", "old", "mum", "desk"} {
		w.writeLog(w.Phones[key])
	}
	w.writeSMS("mi")
	w.writeSMS("old")
	w.writeExported()
	w.writeCarrier()
	w.writeRecordings()
	w.writeChats()
	w.writePictures()
	w.writePapers()
}

// named is what a phone book calls a number.
func named(number string) string {
	return map[string]string{mother: "妈妈", colleague: "刘姐", friend: "赵磊", contacted: "催收李经理"}[number]
}

func (w *world) spelled(n string) string {
	switch {
	case len(n) == 11 && n[0] == '1':
		return w.pick(n, n, "+86"+n, spaced(n))
	case n[0] == '0':
		return w.pick(n, n[:4]+"-"+n[4:])
	}
	return n
}

func (w *world) writeLog(p *handset) {
	var rows []string
	file := p.Folder + "/SMSBackupRestore/calls-20261120120000.xml"
	for n, a := range w.Acts {
		deleted := n%17 == 5 && a.Talk > 0 // the carrier lists them
		if a.Kind != "call" || a.Phone != p.Key || deleted {
			continue
		}
		kind, raw := 1, a.At.Add(p.Fast)
		switch {
		case a.Out:
			kind = 2
		case a.Talk == 0:
			kind = 3
		}
		name := "(Unknown)"
		if p.Whose == "self" && named(a.Number) != "" {
			name = named(a.Number)
		}
		rows = append(rows, fmt.Sprintf(
			`<call number="%s" duration="%d" date="%d" type="%d" presentation="1" subscription_id="%d" contact_name="%s" />`,
			w.spelled(a.Number), a.Talk, raw.UnixMilli()+int64(n%900), kind, a.SIM, xmlText(name)))
		w.see(a, file, len(rows)+2, raw)
	}
	w.put(file, backupOf("calls", rows))
}

func (w *world) writeSMS(phone string) {
	p := w.Phones[phone]
	file := p.Folder + "/SMSBackupRestore/sms-20261120120000.xml"
	var rows []string
	for _, a := range w.Acts {
		if a.Kind != "sms" || a.Phone != phone {
			continue
		}
		raw := a.At.Add(time.Duration(a.Ring)*time.Second + p.Fast + 2*time.Second)
		name := "(Unknown)"
		if named(a.Number) != "" {
			name = named(a.Number)
		}
		rows = append(rows, fmt.Sprintf(
			`<sms protocol="0" address="%s" date="%d" date_sent="%d" type="1" subject="null" body="%s" `+
				`read="1" status="-1" sub_id="1" contact_name="%s" />`,
			a.Number, raw.UnixMilli(), a.At.UnixMilli(), xmlText(a.Words), xmlText(name)))
		w.see(a, file, len(rows)+2, raw)
	}
	w.put(file, backupOf("smses", rows))
}

// writeExported is the friend's phone, exported on a computer an hour west.
func (w *world) writeExported() {
	p := w.Phones["friend"]
	file := p.Folder + "/Call History.csv"
	out, line := "Call type,Date,Duration,Number,Contact,Location,Service\n", 1
	for _, a := range w.Acts {
		if a.Kind != "call" || a.Phone != "friend" {
			continue
		}
		raw := p.local(a.At.In(china))
		kind := map[bool]string{true: "Outgoing", false: "Incoming"}[a.Out]
		if a.Talk == 0 && !a.Out {
			kind = "Missed"
		}
		line++
		out += fmt.Sprintf("%s,%s,00:%02d:%02d,%s,,China,Phone\n", kind, raw.Format(time.DateTime), a.Talk/60,
			a.Talk%60, a.Number)
		w.see(a, file, line, raw)
	}
	w.put(file, []byte(out))
}

// writeCarrier is the truth of times: what the network saw of the borrower's
// number, answered calls only. A few numbers are masked.
func (w *world) writeCarrier() {
	rows := []string{"中国移动通话详单", "机主：陈*宁", "起始时间,通信地点,通信方式,对方号码,通信时长,通信类型,实收通信费(元)"}
	for n, a := range w.Acts {
		if a.Kind != "call" || a.Reached != "self" || a.Talk == 0 {
			continue
		}
		begun := a.At.Add(time.Duration(a.Ring) * time.Second).In(china)
		number := a.Number
		if n%23 == 7 && len(number) == 11 {
			number = number[:3] + "****" + number[7:]
		}
		rows = append(rows, fmt.Sprintf("%s,杭州,%s,%s,%d秒,国内通话,0.00", begun.Format(time.DateTime),
			map[bool]string{true: "主叫", false: "被叫"}[a.Out], number, a.Talk))
		w.see(a, "运营商/通话详单.csv", len(rows), begun)
	}
	rows = append(rows, "合计,,,,,,0.00")
	data, err := simplifiedchinese.GB18030.NewEncoder().String(strings.Join(rows, "\r\n") + "\r\n")
	if err != nil {
		w.t.Fatal(err)
	}
	w.put("运营商/通话详单.csv", []byte(data))
}

// writeRecordings: each phone's recorder names its files in its own way.
func (w *world) writeRecordings() {
	for n, a := range w.Acts {
		if a.Kind != "call" || a.Talk == 0 || a.Phone == "" || a.Phone == "friend" || a.Private && n%4 == 0 ||
			a.Says == "" && n%7 == 3 {
			continue
		}
		p := w.Phones[a.Phone]
		begun := a.At.Add(time.Duration(a.Ring+1) * time.Second).In(china)
		raw := begun.Add(p.Fast)
		length := a.Talk - 1
		var file string
		var data []byte
		switch a.Phone {
		case "mi":
			contact := named(a.Number)
			if contact == "" {
				contact = "通话录音@" + spaced(a.Number)
			}
			file = "MIUI/sound_recorder/call_rec/" + contact + "(" + a.Number + ")_" + raw.Format("20060102150405") +
				".mp3"
			data = mp3Of(length, a.ID)
		case "old":
			header := raw.UTC()
			if p.HeaderLocal {
				header = header.Add(8 * time.Hour)
			}
			file = "Sounds/CallRecord/" + a.Number + "_" + raw.Format("20060102150405") + ".m4a"
			data = m4aOf(length, header, a.ID)
		case "mum":
			file, data = "Record/Call/"+a.Number+raw.Format(" 2006-01-02 15-04-05")+".m4a",
				m4aOf(length, raw.UTC(), a.ID)
		case "desk":
			file = "Music/Recordings/Call Recordings/" + a.Number + raw.Format("-0601021504") + ".mp3"
			data = mp3Of(length, a.ID)
		}
		file = p.Folder + "/" + file
		if w.taken[file] {
			continue
		}
		w.put(file, data)
		w.see(a, file, 0, raw)
		if a.Says != "" {
			w.put(strings.TrimSuffix(file, path.Ext(file))+".srt",
				[]byte(fmt.Sprintf("1\n00:00:01,000 --> 00:00:03,000\n喂，你好\n\n2\n00:00:03,500 --> 00:00:09,000\n%s\n",
					a.Words)))
		}
	}
}

// writeChats: what a program exported from the current phone, by account.
func (w *world) writeChats() {
	for _, account := range []string{chatName, "刘姐", "赵磊"} {
		file := "微信导出/" + account + "/" + account + ".csv"
		out, line := "\ufeff消息ID,类型,发送人,时间,内容,备注,昵称,更多信息\n", 1
		for _, a := range w.Acts {
			if a.Kind != "message" || a.Account != account {
				continue
			}
			line++
			sender := account
			if a.Out {
				sender = "我"
			}
			at := a.At.In(china)
			out += fmt.Sprintf("%d,文本,%s,%s,%s,,%s,\n", line, sender, at.Format(time.DateTime), a.Words, sender)
			w.see(a, file, line, at)
		}
		w.put(file, []byte(out))
	}
}

// writePictures: screenshots show something of another day, whatever hour they
// were taken at; family pictures are nobody's business.
func (w *world) writePictures() {
	p := w.Phones["mi"]
	at := time.Date(2026, 10, 7, 12, 31, 9, 0, china)
	for n := range 44 {
		raw := p.local(at)
		app, caller, role, account := "com.tencent.mm", "collector", "collecting", chatName
		switch n % 4 {
		case 1:
			app, account = "com.android.mms", ""
		case 2:
			app, account = "com.android.contacts", ""
		case 3:
			caller, role, account = "workplace", "other", "刘姐"
		}
		file := p.Folder + "/DCIM/Screenshots/Screenshot_" + raw.Format("2006-01-02-15-04-05-") +
			fmt.Sprintf("%03d_%s.png", 100+n, app)
		a := w.add(act{At: at, Kind: "shot", Account: account, Caller: caller, Role: role, Phone: "mi",
			Reached: "self"})
		if n%4 == 3 {
			for _, told := range w.Acts {
				if told.Tells > 0 && (a.Tells == 0 || w.r.IntN(2) == 0) {
					a.Tells = told.Tells
				}
			}
		}
		w.put(file, screenOf(w.r, n))
		w.see(a, file, 0, raw)
		at = at.Add(20*time.Hour + w.seconds(14*time.Hour))
	}
	for n := range 24 {
		at := time.Date(2026, 9, 5+n*3, 11, 20, 0, 0, china)
		a := w.add(act{At: at, Kind: "photo", Caller: "family", Role: "other", Phone: holder(at), Reached: "self",
			Private: true})
		file := w.Phones[a.Phone].Folder + "/DCIM/Camera/" + at.Format("IMG_20060102_150405") + ".png"
		w.put(file, screenOf(w.r, 100+n))
		w.see(a, file, 0, at)
	}
}

func (w *world) writePapers() {
	w.put("合同/借款合同.txt", []byte(fmt.Sprintf("借款合同\n合同编号：%s\n贷款人：%s\n借款人：%s\n平台：%s（%s）\n签订日期：2026年3月1日\n借款本金：8000元\n",
		w.Facts["contract"], w.Facts["lender"], w.Facts["name"], w.Facts["platform"], w.Facts["brand"])))
	w.put("备忘.txt", []byte("给平台客服打过电话，让发书面材料\n"))
	for name, data := range map[string]string{"手机/.nomedia": "", "运营商/.DS_Store": "x"} {
		w.put(name, []byte(data))
	}
}

// mp3Of is silence: MPEG-2 layer III, 8 kbit/s at 24 kHz, 24 bytes a frame of
// 24 ms. The mark makes it unlike any other.
func mp3Of(seconds, mark int) []byte {
	var out []byte
	for n := range seconds * 1000 / 24 {
		frame := make([]byte, 24)
		copy(frame, []byte{0xff, 0xf3, 0x14, 0xc0})
		if n == 1 {
			binary.BigEndian.PutUint32(frame[16:], uint32(mark))
		}
		out = append(out, frame...)
	}
	return out
}

// m4aOf has a header that tells when and how long, and a little sound.
func m4aOf(seconds int, created time.Time, mark int) []byte {
	box := func(name string, parts ...[]byte) []byte {
		body := bytes.Join(parts, nil)
		return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(body))), name...), body...)
	}
	words := func(list ...uint32) []byte {
		var out []byte
		for _, v := range list {
			out = binary.BigEndian.AppendUint32(out, v)
		}
		return out
	}
	at := uint32(created.Unix() + 2082844800)
	length := uint32(seconds * 1000)
	mvhd := box("mvhd", words(0, at, at, 1000, length, 0x10000, 0x1000000, 0, 0, 0x10000, 0, 0, 0, 0x10000, 0, 0, 0,
		0x40000000, 0, 0, 0, 0, 0, 0, 2))
	tkhd := box("tkhd", words(7, at, at, 1, 0, length, 0, 0, 0, 0x1000000, 0x10000, 0, 0, 0, 0x10000, 0, 0, 0,
		0x40000000, 0, 0))
	mdhd := box("mdhd", words(0, at, at, 8000, uint32(seconds*8000), 0x55c40000))
	hdlr := box("hdlr", words(0, 0), []byte("soun"), words(0, 0, 0), []byte{0})
	stsd := box("stsd", words(0, 1), box("mp4a", words(0, 1, 0, 0, 0x10010, 0, 8000<<16)))
	stbl := box("stbl", stsd, box("stts", words(0, 1, uint32(max(1, seconds*8)), 1000)), box("stsc", words(0, 0)),
		box("stsz", words(0, 0, 0)), box("stco", words(0, 0)))
	minf := box("minf", box("smhd", words(0, 0)), box("dinf", box("dref", words(0, 1), box("url ", words(1)))), stbl)
	trak := box("trak", tkhd, box("mdia", mdhd, hdlr, minf))
	sound := make([]byte, 600)
	binary.BigEndian.PutUint32(sound, uint32(mark))
	return bytes.Join([][]byte{box("ftyp", []byte("M4A "), words(0), []byte("M4A mp42isom")), box("moov", mvhd, trak),
		box("mdat", sound)}, nil)
}

// screenOf is a small picture of grey bars, no two alike.
func screenOf(r *rand.Rand, n int) []byte {
	m := image.NewGray(image.Rect(0, 0, 90, 160))
	var bar color.Gray
	end := 0
	for y := range 160 {
		if y%9 == 0 {
			bar, end = color.Gray{Y: uint8(r.IntN(150))}, r.IntN(90)
		}
		for x := range 90 {
			c := color.Gray{Y: uint8(240 - n%8)}
			if y%9 < 5 && x > 6 && x < end {
				c = bar
			}
			m.SetGray(x, y, c)
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		panic(err)
	}
	return out.Bytes()
}
