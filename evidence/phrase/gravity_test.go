package phrase

import "testing"

func TestGravityOfWords(t *testing.T) {
	for want, all := range map[Gravity][]string{
		Life: {"你们全家死光", "今晚弄死你", "再不还就等着收尸", "让你全家陪葬", "你活不过今晚，带人去你家",
			"睡你妈，等着收花圈吧", "给你家准备后事吧", "叫人抬你的骨灰"},
		Body: {"再拖一天就打断你的腿", "看好你的孩子", "下班路上小心点车，出了事别怪我们"},
		Home: {"今晚不还就带人去你家门口坐着，让你全家出不了门", "叫几个兄弟守在你家楼下，看你敢不敢出门", "往你家门上泼红油漆",
			"给你三天，10月7日带人去桂花路8号", "你老婆陈静怡，你爸郭大山，都在我手上"},
		Name:    {"我去你单位找你领导", "把你的照片发到朋友圈", "让你工作都丢掉"},
		Peace:   {"再不接电话就一直打到你关机为止", "不要脸的东西，你全家都是骗子"},
		Nothing: {"请于今日还款", ""},
	} {
		for _, s := range all {
			if got := GravityOf(s); got != want {
				t.Errorf("%s: %d, want %d", s, got, want)
			}
		}
	}
}
