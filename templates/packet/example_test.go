package packet_test

import (
	"context"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/templates"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
	"juzheng/templates/packet"
)

func Example() {
	call := evidence.Incident{ID: "T001", Kind: evidence.Call, Direction: evidence.In, Number: "01058880000",
		Seconds: 80,
		Reached: evidence.ReachedSelf, Answered: evidence.Yes, Shown: "再不还就去你单位拉横幅", Exhibits: []string{"E001"},
		Time: evidence.Time{At: time.Date(2026, 3, 2, 14, 5, 0, 0, evidence.Beijing), Precision: evidence.ToSecond}}
	order := packet.Order{
		Folder: "1-平台客服",
		Input: letter.Input{
			Role: evidence.ToPlatform, Date: time.Date(2026, 3, 28, 9, 0, 0, 0, evidence.Beijing),
			Recipient: templates.Recipient{Slug: "platform", Kind: "platform", Name: "示例借平台客户服务部门"},
			Matter: mask.Matter{
				Case: evidence.Case{ID: "0192a3b4-c5d6-7e8f-9012-3456789abcde", Platform: evidence.Party{Brand: "示例借"},
					Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "王小雨", Phone: "13800138000"}},
				Exhibits: []evidence.Exhibit{{Number: "E001", Kind: evidence.Recording, File: "E001.m4a",
					OriginalName: "录音.m4a", MediaType: "audio/mp4"}},
				Findings: []evidence.Finding{{Rule: "V06", Title: evidence.Text{ZH: "威胁、辱骂、恐吓"},
					Strength:  evidence.Shown,
					Incidents: []evidence.Incident{call}, Exhibits: []string{"E001"}, Bodies: []string{"P"},
					Citations: []evidence.Citation{{ID: "CC-991", Name: "中华人民共和国民法典", Article: "第九百九十一条",
						Rank: evidence.Law, Tier: evidence.TierA,
						Substance: evidence.Text{ZH: "人格权受保护，不得侵害。"}, From: "2021-01-01", Checked: "VT",
						CheckedOn: "2026-11-23"}}}},
			},
		},
	}
	dir, err := os.MkdirTemp("", "packet-*")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	made, err := packet.BuildAll(context.Background(), dir, []packet.Order{order})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("pictures not shown:", len(made[0].Unset))
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			fmt.Println(filepath.ToSlash(strings.TrimPrefix(path, dir)[1:]))
		}
		return err
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output:
	// pictures not shown: 0
	// 1-平台客服/投诉书.pdf
	// 1-平台客服/提交说明（自己留存）.pdf
	// 1-平台客服/期限提醒.ics
	// 1-平台客服/正文.txt
	// 1-平台客服/正文（可修改，不是签名稿）.docx
	// 1-平台客服/证据册.pdf
	// 1-平台客服/证据目录.pdf
	// 1-平台客服/邮件草稿（没有发出）.eml
	// 先看这里.pdf
}
