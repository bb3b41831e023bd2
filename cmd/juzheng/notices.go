package main

import "juzheng/cmd/internal/desk"

// tell says what a job tells on the way.
func (e *env) tell(n desk.Notice) {
	switch n := n.(type) {
	case desk.Begun:
		e.bar = newProgress(e, workWords[n.Work])
	case desk.Progress:
		e.bar.step(n.Done, n.Total)
	case desk.Ended:
		e.bar.end()
	}
}

// workWords say what takes long.
var workWords = map[desk.Work]text{
	desk.Adding: {"正在加入", "adding"},
}
