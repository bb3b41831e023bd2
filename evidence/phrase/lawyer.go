package phrase

import "juzheng/evidence/lazyregexp"

var (
	lawFirm   = lazyregexp.New(`律师事务所|律所|律师函|律师[：:，,]|[\p{Han}]律师(?:[，,。；;！\s]|$)`)
	byMandate = lazyregexp.New(`受[^，。；！]{0,24}委托|委托人|执业证|(?:致|特|郑重)?函告|致函|代理人`)
)

// LawyersNotice reports a message that comes in the name of a lawyer, on somebody's
// behalf. Lawyers may write so; whether there is such a lawyer no words tell.
func LawyersNotice(text string) bool { return lawFirm.MatchString(text) && byMandate.MatchString(text) }
