package phrase

import "juzheng/evidence/lazyregexp"

// refusing are words that tell somebody not to write or call again.
var refusing = lazyregexp.New(
	`(?:不要|别|请勿|不许|停止)(?:再)?(?:给我|跟我|对我|向我)?[^，。！？；]{0,4}(?:打电话|发短信|发消息|联系|骚扰|打来|打给)|` +
		`(?:不要|别)再(?:发|打|找|来)`)

// Refuses reports words that may tell a caller not to make contact again.
func Refuses(text string) bool { return refusing.MatchString(text) }
