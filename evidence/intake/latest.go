package intake

import (
	"container/heap"
	"fmt"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/intake/logs"
)

// mostRows is how many rows of logs the timeline of a case takes. All of them are held at
// once by whoever looks at it: 30,000 take some 200 MB while they are added. One log takes
// at most half of what is left, so that there is always room for another.
const mostRows = 60_000

// NoteEarlier tells that of a log with very many rows the latest alone were read. Its
// About is where they begin, as [latest] has it.
const NoteEarlier = "earlier-unread"

// latest tells which rows of a log are read where it has more than are taken: all
// after a moment, and the first few of that moment.
type latest struct {
	since int64 // in nanoseconds since 1970
	ties  int   // how many of that moment
}

// take reports whether a row is read. It counts those of the moment itself.
func (l *latest) take(at time.Time) bool {
	switch t := moment(at); {
	case t != l.since:
		return t > l.since
	case l.ties == 0:
		return false
	}
	l.ties--
	return true
}

// moment is a time for comparing; of what has none, the earliest.
func moment(at time.Time) int64 {
	if at.IsZero() {
		return -1 << 63
	}
	return at.UnixNano()
}

// note says that read of all rows of a log were read.
func (l latest) note(read, all int) evidence.Note {
	since := ""
	if l.since != moment(time.Time{}) {
		since = "（" + time.Unix(0, l.since).In(evidence.Beijing).Format("2006-01-02 15:04") + "以后的）"
	}
	return evidence.Note{Code: NoteEarlier, About: fmt.Sprintf("%d %d", l.since, l.ties), Detail: fmt.Sprintf(
		"里面有 %d 行，时间线放不下：只读入了时间最近的 %d 行%s，更早的没有读入；文件原样保存。要用更早的某一条，请在时间线里自己加一行",
		all, read, since)}
}

// latestOf are the rows of an exhibit that are read by its notes; zero: all are.
func latestOf(x evidence.Exhibit) (l latest) {
	for _, n := range x.Notes {
		since, ties, _ := strings.Cut(n.About, " ")
		at, err := strconv.ParseInt(since, 10, 64)
		k, wrong := strconv.Atoi(ties)
		if n.Code == NoteEarlier && err == nil && wrong == nil {
			l = latest{at, k}
		}
	}
	return l
}

// findLatest finds which rows of a log are its latest, as many as there is room for, and
// how many it has. Only so many times are held.
func findLatest(read func(func(logs.Row) error) ([]logs.Skipped, error), room int) (l latest, all int) {
	var newest times
	_, _ = read(func(r logs.Row) error { // where it breaks off was told
		all++
		switch t := moment(r.Incident.Time.At); {
		case len(newest) < room:
			heap.Push(&newest, t)
		case t > newest[0]:
			newest[0] = t
			heap.Fix(&newest, 0)
		}
		return nil
	})
	if len(newest) > 0 {
		l.since = newest[0]
	}
	for _, t := range newest {
		if t == l.since {
			l.ties++
		}
	}
	return l, all
}

// times are a heap, the earliest first.
type times []int64

func (t times) Len() int           { return len(t) }
func (t times) Less(i, j int) bool { return t[i] < t[j] }
func (t times) Swap(i, j int)      { t[i], t[j] = t[j], t[i] }
func (t *times) Push(x any)        { *t = append(*t, x.(int64)) }
func (t *times) Pop() any {
	last := (*t)[len(*t)-1]
	*t = (*t)[:len(*t)-1]
	return last
}
