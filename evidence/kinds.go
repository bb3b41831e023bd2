package evidence

// Kinds are the violations this program knows, in the order of the table.
var Kinds = []Kind{
	{
		ID:    "V01",
		Title: Text{"向第三人透露欠款", "the debt was disclosed to a third person"},
		Words: []string{"爆通讯录", "披露债务", "透露欠款", "disclosure"},
		Parts: []Part{
			{
				ID:    "V01a",
				Title: Text{"透露银行账户等账户信息", "account data was disclosed"},
				Words: []string{"泄露账户信息", "account-data"}, Fact: "account",
			},
		},
		Bodies: []string{"P", "NFRA-L", "NIFA", "CAC", "PS"},
		Advice: Advise("请被联系的人保留原始消息或录音，并写明其身份、收到的时间和内容；最有力的是对方手机上的原件",
			"the third person's own message or recording, who they are, and when it came"),
		Computed: true, Third: true, Collecting: true, Apology: true,
	},
	{
		ID:       "V02",
		Title:    Text{"向与债务无关的第三人催收", "an unrelated third person was contacted"},
		Words:    []string{"联系无关第三人", "third-person"},
		Bodies:   []string{"P", "NFRA-L", "NIFA", "CAC", "PS:repeated"},
		Advice:   Advise("请被联系的人提供其通话记录或消息截图", "the third person's own call log or screenshot"),
		Contact:  contactAdvice,
		Computed: true, Third: true, Collecting: true,
	},
	{
		ID:    "V03",
		Title: Text{"被联系人明确拒绝后仍继续联系", "a contact was reached again after refusing"},
		Words: []string{"拒绝后继续联系", "after-refusal"},
		Parts: []Part{
			{
				ID:    "V03a",
				Title: Text{"被联系人表示拒绝的那一次", "the contact's refusal itself"},
				Words: []string{"表示拒绝", "拒绝的那次", "refusal"},
			},
		},
		Bodies: []string{"P", "NFRA-L", "NIFA", "PS:repeated"},
		Advice: Advise("请提供对方表示拒绝的那次通话或消息，以及之后的联系",
			"the call or message in which they refused, and the contact after it"),
		Contact:  contactAdvice,
		Computed: true, Third: true, Collecting: true,
	},
	{
		ID:       "V04",
		Title:    Text{"一日内催收来电过多", "too many collection calls in a day"},
		Words:    []string{"每日过多", "频繁来电", "too-many"},
		Bodies:   []string{"P", "NFRA-L", "NIFA", "12321"},
		Advice:   Advise("运营商通话详单可以与手机记录互相印证", "the carrier's call list, to support the phone's own log"),
		Computed: true, Collecting: true, DebtorOnly: true,
	},
	{
		ID:     "V05",
		Title:  Text{"22:00至次日8:00之间催收", "collection between 22:00 and 08:00"},
		Words:  []string{"夜间", "夜间催收", "night"},
		Bodies: []string{"P", "NFRA-L", "NIFA"},
		Advice: Advise("运营商通话详单的时间不受手机时钟影响，可以印证",
			"the carrier's call list, whose time does not depend on the phone's clock"),
		Computed: true, Collecting: true,
	},
	{
		ID:    "V06",
		Title: Text{"威胁、辱骂、恐吓", "threats, insults, intimidation"},
		Words: []string{"威胁辱骂", "威胁", "恐吓", "threat"},
		Parts: []Part{
			{
				ID:    "V06a",
				Title: Text{"威胁人身安全", "a threat to somebody's safety"},
				Words: []string{"威胁人身", "威胁生命", "死亡威胁", "safety-threat"}, Fact: "safety", Danger: true,
			},
			{
				ID:    "V06b",
				Title: Text{"辱骂、侮辱", "insults"},
				Words: []string{"辱骂", "侮辱", "insult"}, Fact: "insult",
			},
		},
		Bodies:     []string{"PS:safety", "P", "NFRA-L", "NIFA", "PS"},
		Advice:     Advise("请把录音整理成文字稿，逐字照录，标明时间点", "a transcript of the recording, word for word, with time codes"),
		Collecting: true, Spoken: true, Apology: true,
	},
	{
		ID: "V07",
		Title: Text{
			"冒充公安、法院等国家机关工作人员",
			"impersonation of police, court or another state organ",
		},
		Words:  []string{"冒充公检法", "冒充警察", "冒充法院", "冒充政府", "impersonation"},
		Bodies: []string{"PS", "P", "NFRA-L", "NIFA"},
		Advice: Advise("请把对方自称身份的原话和录音时间点记下来；拨打该单位对外公布的电话核实有没有这个人、这件事{，把结果填进“核实后是否不属实”一栏，哪天、怎样核实的写进“本人陈述”|}",
			"the words in which they gave their identity, with the time code; ask the organ itself on its published "+
				"number{, write the result under checked and untrue, and when and how you asked under my own words|}"),
		Collecting: true, Spoken: true, Checkable: true, Doubtable: true, Apology: true,
	},
	{
		ID:    "V08",
		Title: Text{"冒充律师或者放款机构", "impersonation of a lawyer or of the lender"},
		Words: []string{"冒用名义", "false-name"},
		Parts: []Part{
			{
				ID:    "V08a",
				Title: Text{"冒充律师", "impersonation of a lawyer"},
				Words: []string{"假律师", "冒充律所", "lawyer"}, Fact: "lawyer",
			},
			{
				ID:    "V08b",
				Title: Text{"冒充放款机构人员", "impersonation of the lender's staff"},
				Words: []string{"冒充银行", "冒充放款机构", "冒充平台", "lender-name"}, Fact: "creditor",
			},
		},
		Bodies: []string{"JUD:lawyer", "PS", "P", "NFRA-L"},
		Advice: Advise("请附上核实的结果：律师公开名录的查询截图，或者放款机构客服的答复",
			"what the check gave: a screenshot of the lawyers' register, or the lender's answer"),
		Collecting: true, Spoken: true, Checkable: true, Doubtable: true, Apology: true,
	},
	{
		ID:     "V09",
		Title:  Text{"使用伪造的法律文书、印章", "forged legal documents or seals"},
		Words:  []string{"伪造文书", "假传票", "假公文", "假公章", "forged"},
		Bodies: []string{"PS", "P", "NFRA-L"},
		Advice: Advise("请拨打12368或者到文书所写的法院核实案号{，在“核实后是否不属实”一栏填写结果，哪天、怎样核实的写进“本人陈述”|}；原件、信封、快递单都要保留",
			"ask the court (12368) whether the case number exists{, write the result under checked and untrue and "+
				"when and how you asked under my own words|}; keep the original and its envelope"),
		Collecting: true, OnPaper: true, Checkable: true, Doubtable: true,
	},
	{
		ID:    "V10",
		Title: Text{"短信、电话轰炸或者群发", "bombing by SMS and calls, or mass posting"},
		Words: []string{"轰炸", "呼死你", "群发", "短信轰炸", "bombing"},
		Parts: []Part{
			{
				ID:    "V10a",
				Title: Text{"在公共场所张贴催收公告、律师函", "notices or lawyer letters posted in public places"},
				Words: []string{"张贴", "张贴公告", "张贴催收公告", "posted-notice"}, Fact: "posted",
			},
		},
		Bodies: []string{"12321:!public !posted", "PS", "CAC:public", "P", "NFRA-L"},
		Advice: Advise("请导出当天全部短信、通话记录，群聊要截到群名和发布人",
			"the whole log of that day; of a group, its name and who posted"),
		Collecting: true, Doubtable: true, OnPaper: true, Apology: true,
	},
	{
		ID:    "V11",
		Title: Text{"上门催收越界", "a visit that went too far"},
		Words: []string{"上门骚扰", "visit"},
		Parts: []Part{
			{
				ID:    "V11a",
				Title: Text{"未经同意进入住宅，或者在住宅内拍摄", "entering or filming a home without consent"},
				Words: []string{"闯入住宅", "进入住宅", "entry"}, Fact: "entry", Danger: true,
			},
			{
				ID:    "V11b",
				Title: Text{"未经同意进入办公等场所催收", "collecting inside a workplace without consent"},
				Words: []string{"进入单位", "进入办公场所", "workplace-entry"}, Fact: "inside",
			},
			{
				ID:    "V11c",
				Title: Text{"只有一人上门", "a visit by one person alone"},
				Words: []string{"单人上门", "lone-visit"}, Fact: "alone",
			},
		},
		Bodies: []string{"PS:entry", "P", "NFRA-L"},
		Advice: Advise("门口监控、手机录像、物业或邻居的说明可以印证上门的时间、人数和经过",
			"a door camera, a video, or what the caretaker or a neighbour says of time, number and course"),
		Collecting: true, Apology: true,
	},
	{
		ID:    "V12",
		Title: Text{"多收利息、费用", "more was demanded than is owed"},
		Words: []string{"多收息费", "overcharge"},
		Parts: []Part{
			{
				ID:    "V12a",
				Title: Text{"预先扣除利息", "interest deducted in advance"},
				Words: []string{"砍头息", "预扣利息", "pre-deducted"}, Fact: "deducted",
			},
			{
				ID:    "V12b",
				Title: Text{"多算欠款金额", "the sum owed was inflated"},
				Words: []string{"多算金额", "夸大债务", "inflated"}, Fact: "inflated",
			},
		},
		Bodies: []string{"P", "NFRA-L"},
		Advice: Advise("借款合同、放款到账记录和每期还款记录可以算出实际息费",
			"the contract, the record of the sum received and of each payment"),
		OnPaper: true, DebtorOnly: true, Disputes: true,
	},
	{
		ID:    "V13",
		Title: Text{"不表明身份、不说明委托关系", "refusing to say who they are or for whom they act"},
		Words: []string{"不表明身份", "no-identity"},
		Parts: []Part{
			{
				ID:    "V13a",
				Title: Text{"债权转让没有通知", "an assignment was not notified"},
				Words: []string{"转让未通知", "债权转让未通知", "assignment"}, Fact: "assignment", Unseen: true,
			},
			{
				ID:    "V13b",
				Title: Text{"不提供欠款明细", "no statement of what is owed"},
				Words: []string{"不给账单", "不提供账单", "no-statement"}, Fact: "statement",
			},
		},
		Bodies: []string{"P", "NFRA-L"},
		Advice: Advise("先书面向平台索要放款机构名称、委托或者转让材料和欠款明细，保留对方的答复",
			"first ask the platform in writing for the lender's name, the mandate or assignment and the account, "+
				"and keep the answer"),
		Collecting: true,
	},
	{
		ID:    "V14",
		Title: Text{"过度收集通讯录等个人信息", "address book, call log or photos collected beyond need"},
		Words: []string{"过度收集信息", "读取通讯录", "over-collection"},
		Parts: []Part{
			{
				ID:    "V14a",
				Title: Text{"不授权就不能借款、不能使用", "service refused unless consent was given"},
				Words: []string{"强制授权", "forced-consent"}, Fact: "refused",
			},
		},
		Bodies: []string{"CAC", "P", "NFRA-L", "PS"},
		Advice: Advise("请保留权限申请页面、当时的隐私政策版本和日期，以及不授权就无法使用的录屏",
			"the permission screen, the privacy policy with its date, and a screen recording of the refusal"),
		OnPaper: true,
	},
	{
		ID:    "V15",
		Title: Text{"把个人信息交给外包催收", "personal data given to an outside collector"},
		Words: []string{"泄露给外包", "交给外包", "outsourced"},
		Parts: []Part{
			{
				ID:    "V15a",
				Title: Text{"泄露、买卖个人信息", "personal data leaked or sold"},
				Words: []string{"泄露个人信息", "买卖个人信息", "leak"}, Fact: "leak",
			},
			{
				ID: "V15b",
				Title: Text{
					"未经同意把个人信息提供给其他机构",
					"personal data given to another institution without consent",
				},
				Words: []string{"擅自提供信息", "unconsented-sharing"}, Fact: "sharing", Unseen: true,
			},
			{
				ID:    "V15c",
				Title: Text{"信用信息挪作他用", "credit data used beyond what was agreed"},
				Words: []string{"信用信息挪用", "credit-data"}, Fact: "credit",
			},
		},
		Bodies: []string{"P", "NFRA-L", "CAC", "PBC:credit", "PS:leak"},
		Advice: Advise("请保留能看出谁拿到了哪些信息的消息、录音，并向平台书面查询提供给了哪些机构",
			"what shows who got which data; ask the platform in writing to whom it gave them"),
		Collecting: true, OnPaper: true,
	},
	{
		ID:    "V16",
		Title: Text{"征信报送不当", "credit reporting that is wrong"},
		Words: []string{"征信误报", "征信有误", "credit-report"},
		Parts: []Part{
			{
				ID: "V16a",
				Title: Text{
					"没有事先告知就向征信机构报送不良信息",
					"bad data was reported without telling beforehand",
				},
				Words: []string{"征信未告知", "no-notice"}, Fact: "notice", Unseen: true,
			},
			{
				ID:    "V16b",
				Title: Text{"未经同意采集、报送信用信息", "credit data collected or reported without consent"},
				Words: []string{"征信未授权", "unconsented-report"}, Fact: "consent", Unseen: true,
			},
			{
				ID:    "V16c",
				Title: Text{"征信不良信息超过五年没有删除", "bad data kept beyond five years"},
				Words: []string{"征信超期", "five-years"}, Fact: "five-years",
			},
			{
				ID:    "V16d",
				Title: Text{"提出征信异议后没有处理", "an objection was not dealt with"},
				Words: []string{"征信异议不理", "objection-ignored"}, Fact: "objection", Unseen: true,
			},
		},
		Bodies: []string{"PBC", "P"},
		Advice: Advise("请附上信用报告中有关的一页和提出异议的回执；异议可向征信机构或者放款机构提出",
			"the page of the credit report and the receipt of the objection, which goes to the bureau or the lender"),
		OnPaper: true, Checkable: true, DebtorOnly: true, Disputes: true,
	},
	{
		ID:         "V17",
		Title:      Text{"诱导、逼迫借新还旧", "inducing or forcing new borrowing"},
		Words:      []string{"诱导借新还旧", "逼借", "借新还旧", "new-loan"},
		Bodies:     []string{"P", "NFRA-L", "NIFA"},
		Advice:     Advise("请逐字记录对方要您从哪里借、怎么借的原话", "their words on where and how to borrow"),
		Collecting: true, Spoken: true, DebtorOnly: true,
	},
	{
		ID:    "V18",
		Title: Text{"不提供录音、记录", "recordings or records withheld"},
		Words: []string{"不提供录音", "no-record"},
		Parts: []Part{
			{
				ID: "V18a",
				Title: Text{
					"未经同意用私人手机、社交账号联系",
					"contact by private phone or social account without consent",
				},
				Words: []string{"私人号码", "私人手机", "私人微信", "private-phone"}, Fact: "private-phone", Unseen: true,
			},
			{
				ID:    "V18b",
				Title: Text{"催收没有录音或者记录不全", "no recording was kept, or records are incomplete"},
				Words: []string{"没有录音", "记录不全", "incomplete-record"}, Fact: "records",
			},
		},
		Bodies: []string{"P", "NFRA-L"},
		Advice: Advise("请保留对方账号、号码的资料页，以及没有同意过的说明",
			"the profile of the account or number, and that you did not agree"),
		Collecting: true, OnPaper: true,
	},
	{
		ID:     "V19",
		Title:  Text{"编造或夸大不还款的法律后果", "false statements of consequence"},
		Words:  []string{"虚假后果", "夸大后果", "false-consequence"},
		Bodies: []string{"P", "NFRA-L", "NIFA"},
		Advice: Advise("请逐字记录对方的说法；能核实的去核实{，把结果填进“核实后是否不属实”一栏，哪天、怎样核实的写进“本人陈述”|}",
			"their statement, word for word, and what a check of it gave, with when and how you asked"),
		Collecting: true, Spoken: true, Checkable: true, Doubtable: true,
	},
	{
		ID:    "V20",
		Title: Text{"催收的对象或者债务有误", "the wrong person, or a debt that is settled"},
		Words: []string{"催收有误", "wrong-debt"},
		Parts: []Part{
			{
				ID:    "V20a",
				Title: Text{"被催收的人不是债务人", "the person dunned does not owe it"},
				Words: []string{"非债务人", "wrong-person"}, Fact: "wrong-person",
			},
			{
				ID:    "V20b",
				Title: Text{"债务结清后仍然催收", "collecting a debt that is settled"},
				Words: []string{"已结清", "settled"}, Fact: "settled",
			},
			{
				ID:    "V20c",
				Title: Text{"冒用本人身份办理的借款", "a loan taken in the person's name by somebody else"},
				Words: []string{"冒名贷款", "被冒名", "身份被冒用", "不是我借的", "stolen-identity"}, Fact: "stolen",
			},
		},
		Bodies: []string{"P", "NFRA-L", "PS:stolen", "CAC:stolen"},
		Advice: Advise("已结清的，附结清证明或者还款记录；不是债务人的，附能说明身份的材料；被冒名的，附报案的受案回执、信用报告有关页、没有收到款项的流水",
			"proof of settlement, or of who you are; of a loan taken in your name, the police receipt, the page of "+
				"the credit report and the account statement without the money"),
		Collecting: true, OnPaper: true, Disputes: true, Denies: true,
	},
	{
		ID:    "V21",
		Title: Text{"暴力催收", "violence"},
		Words: []string{"暴力", "violence"},
		Parts: []Part{
			{
				ID:    "V21a",
				Title: Text{"限制人身自由", "detention"},
				Words: []string{"非法拘禁", "不让离开", "detention"}, Fact: "detention",
			},
			{
				ID:    "V21b",
				Title: Text{"殴打、伤害", "beating or injury"},
				Words: []string{"殴打", "打人", "beating"}, Fact: "beating",
			},
			{
				ID:    "V21c",
				Title: Text{"强占、拿走财物", "seizing property"},
				Words: []string{"抢走财物", "拿走财物", "seizure"}, Fact: "seizure",
			},
		},
		Bodies: []string{"PS", "P", "NFRA-L"},
		Advice: Advise("请保留报警回执、伤情照片、就诊记录、监控录像",
			"the police receipt, photographs of injuries, medical records, camera footage"),
		Collecting: true, Apology: true, Danger: true,
	},
	{
		ID:    "V22",
		Title: Text{"收款账户、收费不当", "an improper account or fee"},
		Words: []string{"私人账户收款", "private-account"},
		Parts: []Part{
			{
				ID:    "V22b",
				Title: Text{"以催收名义另行收费", "a fee charged in the name of collection"},
				Words: []string{"催收费", "额外收费", "collection-fee"}, Fact: "fee",
			},
		},
		Bodies:     []string{"P", "PS:!fee", "NFRA-L"}, // a private account may be a fraud
		Advice:     Advise("请保留要求付款的原话、收款账户的页面和转账记录", "their words, the page of the account, and the transfer"),
		Collecting: true, Spoken: true, OnPaper: true, DebtorOnly: true, Disputes: true,
	},
	{
		ID:    "V23",
		Title: Text{"投诉没有得到处理", "a complaint was ignored"},
		Words: []string{"投诉不理", "ignored"},
		Parts: []Part{
			{
				ID:    "V23a",
				Title: Text{"处理投诉时重复索要已有的材料", "material was asked for that they already hold"},
				Words: []string{"重复索要材料", "material-again"}, Fact: "again",
			},
			{
				ID:    "V23b",
				Title: Text{"不答复个人信息方面的请求", "a request about personal data was not answered"},
				Words: []string{"个人信息请求不理", "data-request-ignored"}, Fact: "request", Unseen: true,
			},
		},
		Bodies: []string{"P", "NFRA-L"},
		Advice: Advise("请保留提交投诉的回执、工单号，{写进 case.toml 的 [[filings]] 并填上证据编号|在“交出去”那一步记下}",
			"the receipt of the complaint, written {into [[filings]] with its exhibit|down at “Hand in”}"),
		OnPaper: true, DebtorOnly: true,
	},
	{
		ID:     "V24",
		Title:  Text{"冒用调解、仲裁等组织名义", "use of the name of a mediation body or the like"},
		Words:  []string{"冒用调解组织名义", "冒充调解", "假调解", "冒用调解委员会", "冒充仲裁", "冒充公证", "mediation"},
		Bodies: []string{"P", "NFRA-L", "NIFA", "JUD", "PS"},
		Advice: Advise("请向所称的调解、仲裁、公证机构或者当地司法局核实有没有这件事、这个人{，把结果填进“核实后是否不属实”一栏，哪天、怎样核实的写进“本人陈述”|}；调解可以不同意",
			"ask the body named, or the local justice bureau, whether there is such a matter{, write the "+
				"result under checked and untrue, and when and how you asked under my own words|}; nobody has to agree to "+
				"mediation"),
		Collecting: true, Spoken: true, Checkable: true, Doubtable: true, Apology: true,
	},
}
