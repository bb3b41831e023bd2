package evidence

// A MessageRole says what a message is for. Rules of hours and numbers look
// at what collects and at nothing else.
type MessageRole string

// The roles of messages.
const (
	RoleUnknown    MessageRole = ""
	RoleCollecting MessageRole = "collecting" // 催收
	RoleService    MessageRole = "service"    // 服务: a code, a receipt, the answer to one's own request
	RoleAdmission  MessageRole = "admission"  // 承认: the other side owns that its collectors did wrong
	RoleMarketing  MessageRole = "marketing"  // 营销
	RoleOther      MessageRole = "other"      // 其他: from somebody who has nothing to do with the debt
)
