// Package demo is a complete invented case: what a phone held, and what the
// person then wrote into the case. Nobody in it exists, no number is in use,
// and the voices are synthetic; README.md tells how it was made.
package demo

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag/commit"
)

//go:embed all:phone
var phone embed.FS

// Taken is when the phone was copied to the computer.
var Taken = time.Date(2026, 9, 30, 12, 0, 0, 0, evidence.Beijing)

// Write puts the phone's files into a new folder dir, all with one
// modification time, as after a copy.
func Write(dir string) error {
	return fs.WalkDir(phone, "phone", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(path, "phone")))
		if d.IsDir() {
			return os.MkdirAll(to, 0o755)
		}
		data, err := phone.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.WriteFile(to, data, 0o644); err != nil {
			return err
		}
		return os.Chtimes(to, Taken, Taken)
	})
}

// Key is the case key of the invented case. It is published, and so hides
// nothing: two demos of one day are the same, byte for byte.
func Key() (k commit.Key) {
	copy(k[:], "juzheng demo: a published key...")
	return k
}

// Case is what the person knows: parties, loan, whose number is whose.
func Case() evidence.Case {
	return evidence.Case{
		ID: "00000000-0000-7000-8000-00000000de30",
		Complainant: evidence.Complainant{
			Kind: evidence.Borrower, Name: "林晓安", IDNumber: "000000199911050027", Phone: "19900000001",
			Address: "浙江省杭州市虚构区样例路1号", Region: "330100",
		},
		Platform: evidence.Party{Name: "示例极融信息技术有限公司（虚构）", Brand: "极融", Phone: "0571-00000100"},
		Lender:   evidence.Party{Name: "示例消费金融有限公司（虚构）", Licence: evidence.ConsumerFinance, Region: "330000"},
		Loan: evidence.Loan{Contract: "JR-2026-000123", Date: "2026-06-01", Principal: "8000", Due: "2026-09-01",
			Overdue: "2716"},
		Numbers: []evidence.Number{
			{Number: "0571-00000101", Side: evidence.CollectorSide, Name: "自称极融客服"},
			{Number: "19900000311", Side: evidence.CollectorSide, Name: "自称派出所民警"},
			{Number: "106900000088", Side: evidence.CollectorSide, Name: "极融短信"},
			{Number: "19900000777", Side: evidence.OtherSide, Name: "母亲"},
			{Number: "19900000778", Side: evidence.OtherSide, Name: "同事周宁"},
			{Number: "19900000779", Side: evidence.OtherSide, Name: "12348 值班律师"},
		},
		Filings: []evidence.Filing{{To: "platform", Date: "2026-09-14", Receipt: "客服工单 0914-0001（虚构）"}},
		Consent: evidence.Consent{Forward: evidence.Yes, Night: evidence.No},
	}
}

// ContractPage is the photo of the contract, which its name does not tell.
const ContractPage = "IMG_20260901_201500.png"

// Tell writes into the rows what only the person can say, as they would in a
// spreadsheet: whom a message reached, the words in a recording.
func Tell(rows []evidence.Incident, exhibits []evidence.Exhibit) []evidence.Incident {
	rows = slices.Clone(rows)
	number := func(name string) string {
		for _, x := range exhibits {
			// Of two copies the walk meets "… (1).png" first.
			if x.OriginalName == name || strings.HasPrefix(x.OriginalName, strings.TrimSuffix(name, ".png")+" (1)") {
				return x.Number
			}
		}
		return ""
	}
	of := func(exhibit string, edit func(*evidence.Incident)) {
		for i := range rows {
			if exhibit != "" && slices.Contains(rows[i].Exhibits, exhibit) && rows[i].Kind != evidence.SMS {
				edit(&rows[i])
				return
			}
		}
	}
	of(number("Screenshot_20260903_190112_com.tencent.mm.png"), func(i *evidence.Incident) {
		i.Direction, i.Reached, i.Name, i.Disclosed, i.Use = evidence.In, evidence.ReachedWorkplace, "周宁", evidence.Yes,
			evidence.Yes
		i.Reachable = evidence.Yes
		// The picture shows when the message came; its file name only when
		// the picture was taken.
		i.Time = shownTime(18, 57)
		i.Shown = "林晓安在极融借款8000元，已经逾期不还，电话也不接。请你转告她马上还款，不然我们会继续联系你们单位的人。"
		i.Words = "截图由同事周宁在其本人手机上截取后转来"
		i.Asserted = []evidence.Breach{"V01"}
	})
	of(number("Screenshot_2026-09-03-19-07-16-918_com.tencent.mm.png"), func(i *evidence.Incident) {
		i.Direction, i.Use = evidence.In, evidence.No
		i.Words = "周宁当晚把情况告诉本人；与上一份截图是同一件事，不重复主张"
	})
	of(number("057100000101(057100000101)_20260908101227.mp3"), func(i *evidence.Incident) {
		i.Asserted = []evidence.Breach{"V06a", "V06b"}
		i.Shown = "你再不还钱，我就让你在单位待不下去，小心你女儿上学的路上。你就是个老赖，不要脸。"
	})
	of(number("19900000311(19900000311)_20260910140512.mp3"), func(i *evidence.Incident) {
		i.Asserted = []evidence.Breach{"V07"}
		i.Shown = "我是派出所的民警，你涉嫌诈骗，已经立案，今天不还钱我们就上门抓你。"
	})
	of(number("057100000101(057100000101)_20260905224718.mp3"), func(i *evidence.Incident) {
		i.Shown = "林晓安，现在都快十一点了，你今天必须还钱，不还我整晚给你打。"
	})
	for i := range rows {
		if rows[i].Kind == evidence.SMS && strings.Contains(rows[i].Shown, "让你全单位都知道") {
			rows[i].Asserted = []evidence.Breach{"V06"}
		}
	}
	last := 0
	for _, r := range rows {
		if n, err := strconv.Atoi(strings.TrimPrefix(r.ID, "T")); err == nil {
			last = max(last, n)
		}
	}
	next := func() string { last++; return fmt.Sprintf("T%03d", last) }
	rows = append(rows, evidence.Incident{
		ID: next(), Time: shownTime(18, 59), Kind: evidence.Message, Direction: evidence.In,
		Reached: evidence.ReachedWorkplace, Name: "周宁",
		Seconds: -1, Refused: evidence.Yes, Reachable: evidence.Yes,
		Shown:    "周宁：我不认识你，这和我没有关系，请不要再联系我。对方：你是她留的联系人，她不还就找你。",
		Words:    "同一截图：周宁拒绝之后对方又发消息",
		Exhibits: []string{number("Screenshot_20260903_190112_com.tencent.mm.png")}, Asserted: []evidence.Breach{"V03"},
		Use: evidence.Yes, Source: "person",
	})
	// What no file shows stays the person's own word.
	return append(rows, evidence.Incident{
		ID: next(), Time: evidence.Time{At: time.Date(2026, 9, 9, 0, 0, 0, 0, evidence.Beijing),
			Precision: evidence.ToDay, Device: true, Source: "person"},
		Kind: evidence.Call, Direction: evidence.In, Reached: evidence.ReachedWorkplace, Name: "部门前台", Seconds: -1,
		Disclosed: evidence.Yes,
		Words:     "单位前台说当天有人来电自称极融催收，问本人是否在职，并说本人欠钱不还；前台没有录音", Asserted: []evidence.Breach{"V01"},
		Use: evidence.Yes, Source: "person",
	})
}

// shownTime is a time of 3 September as a screenshot shows it: to the minute.
func shownTime(hour, minute int) evidence.Time {
	return evidence.Time{At: time.Date(2026, 9, 3, hour, minute, 0, 0, evidence.Beijing), Precision: evidence.ToMinute,
		Device: true, Source: "person"}
}
