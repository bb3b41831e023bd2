package letter

import (
	"fmt"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// volumes is how many volumes the book has.
func (in paper) volumes() int {
	n := 1
	for _, v := range in.at.Volumes {
		n = max(n, v)
	}
	return n
}

// VolumesOf tells the volume of each exhibit, from the exhibits of each.
func VolumesOf(parts [][]string) map[string]int {
	out := map[string]int{}
	for n, part := range parts {
		for _, x := range part {
			out[x] = n + 1
		}
	}
	return out
}

// BookExhibits are the exhibits the book holds, in order: what
// [ComposeVolumes] divides.
func BookExhibits(in Input) []evidence.Exhibit { return in.used() }

// ComposeVolumes writes the exhibit book in volumes, given the exhibits of
// each. The first holds the index of all, the chronology and the charts; each
// has its own cover and index; the last ends with the hash list. They cite
// one another by volume and page. One part makes a book without volumes.
func ComposeVolumes(in Input, at Counted, parts [][]string) []document.Book {
	if len(parts) < 2 {
		return []document.Book{ComposeBook(in, at)}
	}
	in = in.withRows()
	at.Volumes = VolumesOf(parts)
	p := paper{in, at}
	var out []document.Book
	for n, part := range parts {
		title := fmt.Sprintf("%s（第%s册）", in.bookTitle(), evidence.Numeral(n+1))
		var own []evidence.Exhibit
		for _, x := range in.used() {
			if p.at.Volumes[x.Number] == n+1 {
				own = append(own, x)
			}
		}
		what := fmt.Sprintf("本册为第%s册，共%s册", evidence.Numeral(n+1), evidence.Numeral(len(parts)))
		if len(part) > 0 {
			what += fmt.Sprintf("；收%s至%s", label(part[0]), label(part[len(part)-1]))
		}
		b := document.Book{Document: in.document(title)}
		b.Volume = fmt.Sprintf("第%s册", evidence.Numeral(n+1))
		b.Blocks = in.cover(title, append(in.coverFields(), field("分册", what)))
		if n == 0 {
			b.Blocks = append(b.Blocks, p.front()...)
		} else {
			b.Blocks = append(b.Blocks, document.NewPage{}, document.Heading{Level: 1, Text: "本册目录"}, p.index(own),
				document.Paragraph{Spans: plain("全部证据的目录、时间线和图表在第一册，校验值在最后一册。"), Small: true})
		}
		for _, x := range own {
			b.Exhibits = append(b.Exhibits, p.exhibit(x))
		}
		if n == len(parts)-1 {
			b.Tail = in.tail()
		}
		out = append(out, b)
	}
	return out
}
