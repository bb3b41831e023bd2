package evidence

import (
	"cmp"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence/lazyregexp"
)

var (
	plainMobile  = lazyregexp.New(`^1[3-9]\d{9}$`)
	noTrunkZero  = lazyregexp.New(`^(?:10|2\d)\d{8}$|^[3-9]\d{2}\d{7,8}$`)
	mobileWith0  = lazyregexp.New(`^0(1[3-9]\d{9})$`)  // dialled from a landline of another city
	mobileWith86 = lazyregexp.New(`^86(1[3-9]\d{9})$`) // some lists leave out the +
	mobileWithIP = lazyregexp.New(`^(?:17951|17911|12593|17909|10193)(1[3-9]\d{9})$`)
)

// NormalNumber brings the spellings of one telephone number to one form:
// full-width digits, blanks, dashes, brackets and invisible characters go, so
// do +86 or 0086 and the IP-dial prefixes; the leading zero of a landline
// comes back where +86 stood for it. Numbers abroad keep + and their country
// code. A hidden number is the empty string.
func NormalNumber(s string) string {
	if plain(s) {
		return s
	}
	switch strings.TrimSpace(s) {
	case "-1", "-2", "-3": // Android: withheld, unknown, payphone
		return ""
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("-()‐‑–—", r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
	if strings.Trim(s, "0123456789+*#") != "" {
		return "" // 未知号码, Private …
	}
	for _, prefix := range []string{"+86", "0086"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok {
			if !plainMobile.MatchString(rest) && noTrunkZero.MatchString(rest) && !IsService(rest) {
				return "0" + rest
			}
			return rest
		}
	}
	if rest, ok := strings.CutPrefix(s, "00"); ok && len(rest) >= 8 {
		return "+" + rest
	}
	for _, form := range []*lazyregexp.Regexp{mobileWithIP, mobileWith86, mobileWith0} {
		if m := form.FindStringSubmatch(s); m != nil {
			return m[1]
		}
	}
	return s
}

// plain reports the form of most numbers of a log: digits, and no prefix of those that
// NormalNumber takes away. A case asks for the form of each of its numbers very often.
func plain(s string) bool {
	for n := range len(s) {
		if s[n] < '0' || s[n] > '9' {
			return false
		}
	}
	prefixed := len(s) == len("013800138000") || len(s) == len("8613800138000") || len(s) == len("1795113800138000")
	return s != "" && !prefixed && !strings.HasPrefix(s, "00")
}

// IsService tells numbers that have no area code: 400 and 800 lines, 95xxx
// and the 106 message ports.
func IsService(s string) bool {
	for _, p := range []string{"400", "800", "95", "106", "12"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// SideOf says whose number it is by the case's own list; empty if the list
// does not say. The platform and the lender are of the collector's side:
// [Case.SaidOf] tells them apart.
func (c Case) SideOf(number string) Side {
	n := NormalNumber(number)
	if n == "" || strings.Contains(n, "*") { // of a masked number it can be many
		return ""
	}
	for _, x := range c.Numbers {
		if NormalNumber(x.Number) == n {
			return x.acting()
		}
	}
	if NormalNumber(c.Complainant.Phone) == n {
		return SelfSide
	}
	for _, p := range []Party{c.Platform, c.Lender, c.Agency} {
		if p.Phone != "" && NormalNumber(p.Phone) == n {
			return CollectorSide
		}
	}
	return ""
}

// SaidOf is whose the person said that the number or the account of an act is;
// empty: they did not.
func (c Case) SaidOf(i Incident) Side {
	number, account := NormalNumber(i.Number), i.Account()
	for _, x := range c.Numbers {
		if number != "" && NormalNumber(x.Number) == number || account != "" && accountName(x.Account) == account {
			return x.Side
		}
	}
	return ""
}

// ForOther reports an act of who collects for another lender than the case's, by the
// person's own word.
func (c Case) ForOther(i Incident) bool {
	return c.SaidOf(i).Collecting() && c.SideOfWriter(i) == OtherSide
}

// SideOfWriter says whose side an act is from: by its number, or, of a message
// in a chat that shows none, by the account.
func (c Case) SideOfWriter(i Incident) Side {
	if i.Number != "" {
		return c.SideOf(i.Number)
	}
	account := i.Account()
	if account == "" {
		return ""
	}
	for _, x := range c.Numbers {
		if accountName(x.Account) == account {
			return x.acting()
		}
	}
	return ""
}

// Account is the name of the account that a message of a chat came from, or
// went to, in the form accounts are compared in; empty for everything else.
func (i Incident) Account() string {
	if i.Kind != Message && i.Kind != Post || i.Number != "" {
		return ""
	}
	return accountName(i.Name)
}

// Writer is the number or account in the form they are compared in.
func (n Number) Writer() string { return cmp.Or(NormalNumber(n.Number), accountName(n.Account)) }

func accountName(s string) string {
	return strings.Join(strings.Fields(norm.NFKC.String(s)), " ")
}

// MaskNumber keeps the first three and the last four digits of a telephone
// number; a number of seven digits or less is a service line and kept whole.
func MaskNumber(s string) string {
	r := []rune(s)
	if len(r) <= 7 {
		return s
	}
	return string(r[:3]) + strings.Repeat("*", len(r)-7) + string(r[len(r)-4:])
}

// MaskID keeps the last four characters of an identity number.
func MaskID(s string) string {
	r := []rune(s)
	if len(r) <= 4 {
		return s
	}
	return strings.Repeat("*", len(r)-4) + string(r[len(r)-4:])
}

// ValidID reports whether s is an identity number by GB 11643: its check
// character fits, and it holds a birth date that exists. Whether its place
// code was ever given out is not looked at, for codes come and go.
func ValidID(s string) bool {
	if len(s) != 18 {
		return false
	}
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		sum += int(s[i]-'0') * w
	}
	if born, err := time.Parse("20060102", s[6:14]); err != nil || born.Year() < 1850 {
		return false
	}
	last := s[17]
	if last == 'x' {
		last = 'X'
	}
	return last == "10X98765432"[sum%11]
}

// ValidCreditCode reports whether s is a 统一社会信用代码 by the check character
// of GB 32100.
func ValidCreditCode(s string) bool {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	if len(s) != 18 {
		return false
	}
	sum, weight := 0, 1
	for i := range 17 {
		v := strings.IndexByte(alphabet, s[i])
		if v < 0 {
			return false
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	return s[17] == alphabet[(31-sum%31)%31]
}
