package ask

import (
	"fmt"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// owned asks whether a message in which the other side owns that its collectors did wrong
// means these calls and messages: it is the strongest proof whose they are, and the file
// alone does not say of which it speaks.
func (l *lister) owned() {
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if _, _, dont := l.unsure(Role, "", i.ID); dont || i.Role != evidence.RoleUnknown || i.Use == evidence.No ||
			i.ToldBy != "" || !i.Made() || !l.Case.Concerns(i) || !phrase.Owns(i) {
			continue
		}
		rows = append(rows, i)
	}
	for _, i := range rows {
		words := quoted(i)
		l.add(Question{Kind: Role, About: About{Incidents: []string{i.ID}, Exhibits: i.Exhibits, Quote: i.Shown,
			Column: "admission"},
			Text: evidence.Text{
				ZH: fmt.Sprintf("%s，读起来是对方承认催收的人做得不对。说的是这里的这些来电和消息吗？", words.ZH),
				EN: fmt.Sprintf("%s reads as if the other side owns that its collectors did wrong. Does it mean these calls "+
					"and messages?", words.EN)},
			Why: evidence.Text{ZH: "对方自己写的，最能说明打电话的人是他们的；说的是哪一件事，只有您知道",
				EN: "what they wrote themselves shows best whose the callers are; which matter it means only you know"},
			Effect: evidence.Text{ZH: "是的，信里原样引用这条消息，写明证据编号；不是的，不写",
				EN: "if so, letters quote it with its exhibit; if not, they leave it out"},
			Choices: yesNo("是，说的就是这些", "yes, it means these", "不是，说的是别的事", "no, it is about something else")},
			func(value string) ([]Edit, error) {
				role := evidence.RoleAdmission
				if value == no {
					role = evidence.RoleService
				}
				return []Edit{{Row: i.ID, Column: "role", Value: string(role)}}, nil
			})
	}
}
