package main

import (
	"fmt"
	"regexp"
	"strconv"

	"juzheng/evidence"
)

var numberForm = regexp.MustCompile(`^(?:[Ee]|证据)?0*([1-9][0-9]{0,5})$`)

// supplementFrom finds the exhibit a supplement begins with: E012, 12 or
// 证据12. It has to exist, and another before it.
func supplementFrom(s string, exhibits []evidence.Exhibit) (string, error) {
	m := numberForm.FindStringSubmatch(s)
	if m == nil {
		return "", usage(text{"--supplement 要写证据编号，例如 E012；写的是 %s", "--supplement wants the number of an exhibit such as E012; found %s"}, s)
	}
	n, _ := strconv.Atoi(m[1])
	number := fmt.Sprintf("E%03d", n)
	for i, x := range exhibits {
		if x.Number == number && i > 0 {
			return number, nil
		}
	}
	if len(exhibits) > 0 && exhibits[0].Number == number {
		return "", usage(text{"%s 是第一份证据，它之前没有提交过的，不用做补充材料", "%s is the first exhibit; there is nothing before it to supplement"}, number)
	}
	return "", usage(text{"--supplement：没有证据 %s", "--supplement: there is no exhibit %s"}, number)
}
