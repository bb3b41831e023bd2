package evidence

// Title is what to call a form of act.
func (k IncidentKind) Title() Text {
	switch k {
	case Call:
		return Text{"通话", "call"}
	case SMS:
		return Text{"短信", "SMS"}
	case Message:
		return Text{"消息", "message"}
	case Post:
		return Text{"发布", "post"}
	case Visit:
		return Text{"上门", "visit"}
	case Mail:
		return Text{"信函", "mail"}
	}
	return Text{"其他", "other"}
}

// Title is what to call a form of exhibit.
func (k ExhibitKind) Title() Text {
	switch k {
	case Recording:
		return Text{"录音", "recording"}
	case Screenshot:
		return Text{"截图", "screenshot"}
	case Photo:
		return Text{"照片", "photo"}
	case Video:
		return Text{"视频", "video"}
	case SMSLog:
		return Text{"短信记录", "SMS log"}
	case CallLog:
		return Text{"通话记录", "call log"}
	case ChatLog:
		return Text{"聊天记录", "chat log"}
	case Document:
		return Text{"文件", "document"}
	case Transcript:
		return Text{"文字稿", "transcript"}
	case Extract:
		return Text{"摘录", "extract"}
	}
	return Text{"其他", "other"}
}

// Title is what to call somebody who was reached.
func (r Reached) Title() Text {
	switch r {
	case ReachedSelf:
		return Text{"本人", string(r)}
	case ReachedEmergency:
		return Text{"紧急联系人", string(r)}
	case ReachedGuarantor:
		return Text{"担保人", string(r)}
	case ReachedWorkplace:
		return Text{"单位", string(r)}
	case ReachedFamily:
		return Text{"亲友", string(r)}
	case ReachedStranger:
		return Text{"陌生人", string(r)}
	}
	return Text{"没有写明", "not said"}
}
