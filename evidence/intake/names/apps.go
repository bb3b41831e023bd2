package names

import (
	"crypto/md5"
	"encoding/hex"
)

// apps are the packages whose MD5 stands at the end of OPPO, OnePlus and
// realme screenshot names, with what people call them.
var apps = []struct{ pkg, label string }{
	{"com.tencent.mm", "微信"},
	{"com.tencent.mobileqq", "QQ"},
	{"com.android.mms", "短信"},
	{"com.android.contacts", "电话"},
	{"com.android.incallui", "通话界面"},
	{"com.android.dialer", "电话"},
	{"com.alibaba.android.rimet", "钉钉"},
	{"com.eg.android.AlipayGphone", "支付宝"},
	{"com.google.android.dialer", "电话"},
	{"com.samsung.android.dialer", "电话"},
	{"com.samsung.android.incallui", "通话界面"},
	{"com.huawei.contacts", "电话"},
	{"com.hihonor.contacts", "电话"},
	{"com.samsung.android.messaging", "短信"},
	{"com.hihonor.mms", "短信"},
	{"com.tencent.wework", "企业微信"},
	{"com.ss.android.article.news", "今日头条"},
	{"com.coloros.gallery3d", "相册"},
	{"com.ss.android.ugc.aweme", "抖音"},
	{"com.google.android.apps.messaging", "短信"},
	{"lockscreen", "锁屏"},
}

func appOfSum(sum string) string {
	for _, a := range apps {
		if s := md5.Sum([]byte(a.pkg)); hex.EncodeToString(s[:]) == sum {
			return a.pkg
		}
	}
	return ""
}

// AppLabel is what people call the app of a package name; the package name
// itself if it is not known.
func AppLabel(pkg string) string {
	for _, a := range apps {
		if a.pkg == pkg {
			return a.label
		}
	}
	return pkg
}
