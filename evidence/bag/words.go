package bag

// A wording is what a code means and says. Foreign is its severity in a bag
// that is not ours, where only RFC 8493 counts; empty means the same.
type wording struct {
	severity, foreign Severity
	zh, en            string
}

// words holds every code. A code is stable: it is never given another
// meaning.
var words = map[string]wording{
	// Not a bundle, or not safe to read.
	"E-NOT-A-BAG":     {Refused, "", "不是证据包：%[1]s", "not a bag: %[1]s"},
	"E-LIMIT":         {Refused, "", "超出读取上限（%[1]s），未继续检查", "over the limit (%[1]s), not checked further"},
	"E-PATH-UNSAFE":   {Refused, Altered, "清单中有不安全的路径 %[1]s：%[2]s", "unsafe path %[1]s in the list: %[2]s"},
	"E-PATH-TWINS":    {Refused, Warning, "%[1]s 与 %[2]s 在某些系统上是同一个文件名", "%[1]s and %[2]s are one name on some systems"},
	"E-ZIP-END":       {Refused, "", "zip 的目录结构不唯一或已损坏：%[1]s", "the zip's directory is damaged or ambiguous: %[1]s"},
	"E-ZIP-GAP":       {Refused, "", "zip 中有多余、缺失或重叠的数据：%[1]s", "the zip has surplus, missing or overlapping data: %[1]s"},
	"E-ZIP-HEADERS":   {Refused, "", "zip 对同一文件的两处记载不一致：%[1]s", "the zip says two different things of one file: %[1]s"},
	"E-ZIP-METHOD":    {Refused, "", "zip 使用了不支持的压缩方式：%[1]s", "unsupported compression in the zip: %[1]s"},
	"E-ZIP-ENCRYPTED": {Refused, "", "zip 已加密，无法校验；请先解密", "the zip is encrypted; decrypt it first"},
	"E-ZIP-NAME":      {Refused, "", "zip 中的文件名不安全：%[1]s", "unsafe name in the zip: %[1]s"},
	"E-ZIP-TYPE":      {Refused, "", "zip 中有链接、设备等不是普通文件的条目：%[1]s", "the zip holds a link, device or the like: %[1]s"},
	"E-ZIP-DUPLICATE": {Refused, "", "zip 中有重名的条目：%[1]s", "names in the zip collide: %[1]s"},
	"E-ZIP-SIZE":      {Refused, "", "zip 中的大小记载有误：%[1]s", "a size in the zip is wrong: %[1]s"},
	"E-ZIP-BOMB":      {Refused, "", "zip 中的压缩比异常，疑似压缩炸弹：%[1]s", "suspicious compression ratio, perhaps a zip bomb: %[1]s"},
	"E-ZIP-TOP":       {Refused, "", "zip 中的文件不在同一个顶层文件夹内", "the zip does not hold exactly one top folder"},

	// Single files.
	"E-FILE-MODIFIED":        {Altered, "", "内容与封存时不同%[1]s", "content is not what was sealed%[1]s"},
	"E-FILE-SWAPPED":         {Altered, "", "与 %[2]s 互换了内容", "has changed places with %[2]s"},
	"E-FILE-MISSING":         {Altered, "", "清单中有，文件不在", "listed, but not there"},
	"W-FILE-WITHHELD":        {Warning, "", "本份副本未附此文件（已声明）；清单中仍有它的校验值", "withheld from this copy, as declared; its digests are still listed"},
	"E-FILE-RENAMED":         {Altered, "", "已改名为 %[2]s，内容未变", "renamed to %[2]s, content unchanged"},
	"E-FILE-CASE-RENAMED":    {Altered, "", "文件名的大小写变成了 %[2]s，内容未变", "renamed to %[2]s (letter case only), content unchanged"},
	"E-FILE-FORM-RENAMED":    {Altered, Warning, "文件名的 Unicode 形式变成了 %[2]s，内容未变", "renamed to %[2]s (Unicode normal form only), content unchanged"},
	"E-FILE-ADDED":           {Altered, "", "清单中没有这个文件，是后来加入的%[1]s", "not listed: it was added%[1]s"},
	"E-FILE-ADDED-DUPLICATE": {Altered, "", "清单中没有这个文件，内容与 %[2]s 相同", "not listed: a copy of %[2]s was added"},
	"E-FILE-TYPE":            {Altered, "", "不是普通文件%[1]s", "not a regular file%[1]s"},
	"E-FILE-UNREADABLE":      {Unchecked, "", "无法读取%[1]s", "cannot be read%[1]s"},
	"E-FILE-CHANGING":        {Unchecked, "", "读取期间文件发生了变化，没有得出结果", "changed while being read: no result"},
	"E-DIGEST-CONFLICT":      {Altered, "", "两种校验值对这个文件的结论相反：必有一份清单被改过", "the digests disagree about this file: one of the lists was altered"},
	"E-FOLDER-ADDED":         {Altered, Note, "多出一个空文件夹", "an empty folder was added"},
	"E-UNREADABLE":           {Unchecked, "", "无法查看：%[1]s", "cannot be looked at: %[1]s"},
	"W-HARD-LINK":            {Warning, "", "此文件另有一个名字（硬链接），从别处也能改动它；请复制一份后再保存", "this file has another name (hard link) through which it can be changed; keep a copy"},
	"E-DATA-MISSING":         {Altered, "", "缺少 data 文件夹", "there is no data folder"},

	// bagit.txt and bag-info.txt.
	"E-BAGIT-MISSING":  {Altered, "", "缺少 bagit.txt", "bagit.txt is missing"},
	"E-BAGIT-FORM":     {Altered, "", "bagit.txt 不是标准规定的两行", "bagit.txt is not the two lines of the standard"},
	"E-BAGIT-VERSION":  {Altered, "", "BagIt 版本 %[1]s 不存在或不支持", "BagIt version %[1]s is unknown"},
	"E-BAGIT-ENCODING": {Altered, Unchecked, "不支持的文字编码 %[1]s", "unknown character encoding %[1]s"},
	"W-BAGIT-LINES":    {Warning, "", "bagit.txt 末尾有多余的空行", "bagit.txt has further empty lines"},
	"N-BAGIT-OLD":      {Note, "", "使用旧版 BagIt %[1]s", "made for the older BagIt %[1]s"},
	"E-INFO-LINE":      {Altered, "", "此行不是“名称: 值”", "this line is not \"label: value\""},
	"E-INFO-TWICE":     {Altered, Note, "%[1]s 出现了两次", "%[1]s stands twice"},
	"E-INFO-VALUE":     {Altered, "", "%[1]s 的值无法识别", "the value of %[1]s cannot be read"},
	"E-OXUM-MISSING":   {Altered, Note, "缺少 Payload-Oxum（总字节数与文件数）", "Payload-Oxum (bytes and files) is missing"},
	"N-OXUM-MISSING":   {Note, "", "没有 Payload-Oxum", "there is no Payload-Oxum"},
	"E-OXUM-TWICE":     {Altered, "", "Payload-Oxum 出现了两次", "Payload-Oxum stands twice"},
	"E-OXUM-FORM":      {Altered, "", "Payload-Oxum 的值 %[1]s 不是“字节数.文件数”", "Payload-Oxum %[1]s is not BYTES.FILES"},
	"E-OXUM-DIFFERS":   {Altered, "", "Payload-Oxum 为 %[1]s，实际为 %[2]s", "Payload-Oxum says %[1]s, found %[2]s"},
	"E-CASE-DIFFERS":   {Altered, "", "案件编号不一致：%[1]s、%[2]s", "the case id differs: %[1]s, %[2]s"},
	"E-TIME-DIFFERS":   {Altered, "", "封存时间不一致：%[1]s、%[2]s", "the time of sealing differs: %[1]s, %[2]s"},

	// Manifests.
	"E-FORM":              {Altered, Note, "%[1]s", "%[1]s"},
	"E-LINE-BLANK":        {Altered, Warning, "清单中有空行", "empty line in the list"},
	"E-LINE-MALFORMED":    {Altered, "", "此行不是“校验值 文件名”", "this line is not \"digest path\""},
	"E-LINE-LONG":         {Altered, "", "此行过长", "this line is too long"},
	"E-LINE-DIGEST":       {Altered, "", "校验值的长度不是 %[1]s 的长度", "the digest does not have the length of %[1]s"},
	"E-LINE-SCOPE":        {Altered, "", "%[1]s 不该列在这份清单里", "%[1]s does not belong in this list"},
	"E-LINE-SELF":         {Altered, "", "清单列入了标签清单 %[1]s", "the list lists the tag manifest %[1]s"},
	"E-LINE-TWICE":        {Altered, "", "%[1]s 列了两次", "%[1]s is listed twice"},
	"E-LINE-CONFLICT":     {Altered, "", "%[1]s 列了两次，校验值不同", "%[1]s is listed twice with different digests"},
	"W-LINE-STAR":         {Altered, Warning, "文件名前有 md5sum 的 * 号", "the name has the * of md5sum"},
	"W-LINE-DOT":          {Altered, Warning, "文件名以 ./ 开头", "the name begins with ./"},
	"W-LINE-PERCENT":      {Altered, Warning, "文件名中的 % 未按标准编码", "a percent sign is not encoded as the standard asks"},
	"W-PATH-AWKWARD":      {Warning, "", "%[1]s 在某些系统上不能用作文件名：%[2]s", "%[1]s cannot be a file name on some systems: %[2]s"},
	"W-PATH-FORM":         {Warning, "", "%[1]s 与磁盘上的文件名只是 Unicode 形式不同", "%[1]s differs from the name on disk in Unicode normal form only"},
	"E-PATH-FORM":         {Altered, "", "%[1]s 不是本程序会使用的文件名", "%[1]s is no name this program uses"},
	"E-MANIFEST-NONE":     {Altered, "", "没有任何文件清单", "there is no payload manifest"},
	"E-MANIFEST-EXTRA":    {Altered, "", "多出一份清单", "a further manifest was added"},
	"E-MANIFEST-UNEVEN":   {Altered, "", "这份清单里没有 %[1]s，另一份里有", "%[1]s is in another manifest, but not in this one"},
	"E-TAGMANIFEST-LACKS": {Altered, "", "没有列入 %[1]s", "does not list %[1]s"},
	"N-TAGMANIFEST-NONE":  {Note, "", "没有标签清单，bag-info.txt 等文件不受保护", "there is no tag manifest: nothing protects bag-info.txt and the like"},
	"W-TAG-UNLISTED":      {Warning, "", "标签清单没有列入此文件", "the tag manifest does not list this file"},
	"W-ALGORITHM-UNKNOWN": {Altered, Warning, "不认识的校验算法 %[1]s，此清单未检查", "unknown digest %[1]s: this manifest was not checked"},
	"W-ALGORITHM-WEAK":    {Altered, Note, "%[1]s 已不足以防止伪造", "%[1]s no longer keeps anybody from forging"},
	"E-ALGORITHM-NONE":    {Unchecked, "", "没有一份清单的算法是已知的", "no manifest has a known digest"},
	"W-SYSTEM-FILE":       {Warning, "", "操作系统自动生成的文件", "a file the operating system left behind"},
	"W-BAG-IN-BAG":        {Note, "", "包中还有一个包", "a bag within the bag"},
	"E-FETCH":             {Altered, Note, "有 fetch.txt；本程序从不按它去下载", "there is a fetch.txt; nothing is ever fetched"},
	"E-FETCH-LINE":        {Altered, "", "fetch.txt 的此行不是“网址 长度 data/文件”", "this line of fetch.txt is not \"URL LENGTH data/PATH\""},

	// Documents of our bundles.
	"E-DOCUMENT-MISSING":  {Altered, "", "缺少证据包应有的文件", "a document every bundle has is missing"},
	"E-SM3-LACKS":         {Altered, "", "没有列入 %[1]s", "does not list %[1]s"},
	"E-SM3-SURPLUS":       {Altered, "", "多列了 %[1]s", "lists %[1]s, which the manifest does not"},
	"E-EVIDENCE-FORM":     {Altered, "", "无法按规定读取：%[1]s", "cannot be read as it should: %[1]s"},
	"E-EVIDENCE-DIFFERS":  {Altered, "", "关于 %[1]s 的记载与清单不一致", "what it says of %[1]s is not what the manifests say"},
	"E-CATALOGUE-DIFFERS": {Altered, "", "目录表与 evidence.json 不一致：%[1]s", "the catalogue differs from evidence.json: %[1]s"},
	"W-TIMES":             {Warning, "", "时间互相矛盾：%[1]s，%[2]s", "times contradict each other: %[1]s, %[2]s"},
	"W-PAGE-UNKNOWN":      {Warning, "", "index.html 不是已知版本的校验页面：不要相信它显示的结果", "index.html is not the page of a known release: do not believe what it shows"},
	"W-STEPS-UNKNOWN":     {Warning, "", "VERIFY.txt 不是已知版本的说明", "VERIFY.txt is not that of a known release"},

	// Custody.
	"E-CUSTODY-LINE":  {Altered, "", "保管记录的此行无法读取：%[1]s", "this line of the custody log cannot be read: %[1]s"},
	"E-CUSTODY-HALF":  {Altered, "", "保管记录的最后一行不完整", "the last line of the custody log is not whole"},
	"E-CUSTODY-PREV":  {Altered, "", "保管记录在此行之前被改动、插入、删除或调换了顺序", "the custody log was edited, cut or reordered before this line"},
	"E-CUSTODY-SEQ":   {Altered, "", "保管记录的序号应为 %[1]s，实为 %[2]s", "the number of this custody record is %[2]s, not %[1]s"},
	"E-CUSTODY-ROOT":  {Altered, "", "封存后的保管记录不属于这个证据包", "the custody log after the seal belongs to another bundle"},
	"W-CUSTODY-TIME":  {Warning, "", "保管记录的时间倒退：%[1]s 之后是 %[2]s", "custody times run back: %[1]s, then %[2]s"},
	"E-CUSTODY-HEAD":  {Altered, "", "保管记录的末行校验值为 %[1]s，bag-info.txt 记为 %[2]s：记录被改动或截断", "the custody log ends in %[1]s, bag-info.txt says %[2]s: it was edited or cut"},
	"E-CUSTODY-COUNT": {Altered, "", "保管记录有 %[1]s 条，bag-info.txt 记为 %[2]s 条", "the custody log has %[1]s records, bag-info.txt says %[2]s"},
	"N-AFTER-TAIL":    {Note, "", "封存之后的保管记录如被截去末尾，无法从包内看出", "if the end of the log after the seal was cut off, nothing in the bundle shows it"},

	"E-AFTER-CUT": {Altered, "", "封存后的记录里没有交接单上的那一条：末尾被截去，或不是交接的那一份", "no record after the seal has the head given: the tail was cut, or it is another copy"},

	// Root and seal.
	"E-ROOT-MISSING":               {Altered, "", "缺少总清单：无法计算总校验码", "the root document is missing: there is no root"},
	"E-ROOT-LACKS":                 {Altered, "", "总清单没有列入 %[1]s", "the root document does not list %[1]s"},
	"E-ROOT-DIFFERS":               {Altered, "", "总校验码与所给的不同（第 %[1]s 组）：不是同一个证据包，或已被改动", "the root is not the expected one (group %[1]s): another bundle, or altered"},
	"E-ROOT-TYPO":                  {Altered, "", "总校验码只有第 %[1]s 组不同：多半是抄错，请核对该组；在完全一致之前不能认定相符", "the root differs only in group %[1]s: most likely a typing error, look at it again; until all are equal it is no match"},
	"W-SEAL-UNKNOWN":               {Warning, "", "seal 文件夹里有不认识的文件，它不受总校验码保护", "an unknown file in seal/, which the root does not protect"},
	"W-SEAL-FORM":                  {Warning, "", "此行不是证据包中的文件名", "this line is no path of the bundle"},
	"N-PARTIAL":                    {Note, "", "这是部分副本：有 %[1]s 个文件按声明未附，其余与原包相同", "a partial copy: %[1]s files are withheld as declared, the rest is the original"},
	"N-WITHHELD-PRESENT":           {Note, "", "声明为未附，实际在内，已照常核对", "declared as withheld, but it is here, and was checked like any other"},
	"W-WITHHELD-UNRECORDED":        {Warning, "", "封存后的记录里没有这样一次导出：是谁、何时去掉了这些文件，无从得知", "no export in the log after the seal left these out: who withheld them, and when, is not known"},
	"E-TSA-MALFORMED":              {SealBad, "", "时间戳无效：不是时间戳答复", "the time-stamp is invalid: no time-stamp reply"},
	"E-TSA-TRAILING-BYTES":         {SealBad, "", "时间戳无效：答复后面还有多余的内容", "the time-stamp is invalid: something follows the reply"},
	"E-TSA-REJECTED":               {SealBad, "", "没有时间戳：机构拒绝了申请", "there is no time-stamp: the authority refused"},
	"E-TSA-IMPRINT-DIFFERS":        {SealBad, "", "时间戳无效：盖的是另一份文件", "the time-stamp is invalid: it stamps another document"},
	"E-TSA-WEAK-DIGEST":            {SealBad, "", "时间戳无效：用的是已不安全的摘要算法（SHA-1、MD5）", "the time-stamp is invalid: its digest (SHA-1, MD5) is too weak"},
	"E-TSA-NONCE-DIFFERS":          {SealBad, "", "时间戳无效：答的是另一个申请", "the time-stamp is invalid: it answers another request"},
	"E-TSA-NO-CERTIFICATE":         {SealBad, "", "时间戳无效：里面没有机构的证书", "the time-stamp is invalid: the authority's certificate is not in it"},
	"E-TSA-SIGNATURE-BAD":          {SealBad, "", "时间戳无效：签名不对，内容被改过", "the time-stamp is invalid: its signature is bad, it was altered"},
	"E-TSA-WRONG-PURPOSE":          {SealBad, "", "时间戳无效：证书不是专用于时间戳的", "the time-stamp is invalid: the certificate is not for time-stamps alone"},
	"E-TSA-UNTRUSTED":              {SealBad, "", "时间戳不可信：证书不是由所给的根证书签发的", "the time-stamp is not trusted: no chain to the roots given"},
	"E-TSA-EXPIRED-AT-GENTIME":     {SealBad, "", "时间戳无效：盖的时候证书不在有效期", "the time-stamp is invalid: the certificate was not in force when it stamped"},
	"E-TSA-UNSUPPORTED":            {Unchecked, "", "时间戳无法检查：用了本程序不能核对的算法（例如 SM2、SM3）：%[1]s", "the time-stamp cannot be checked: an algorithm that is not checked here (such as SM2, SM3): %[1]s"},
	"E-TSA-UNCHECKED":              {Unchecked, "", "时间戳无法检查：%[1]s", "the time-stamp cannot be checked: %[1]s"},
	"W-TSA-NO-TRUST":               {Warning, "", "有时间戳，但没有给出可信的根证书，未作认定", "there is a time-stamp, but no trust root was given: it proves nothing yet"},
	"N-TSA-EXPIRED":                {Note, "", "时间戳证书在盖戳时有效，现已过期；不影响当时的证明", "the time-stamp certificate was in force then and has expired since"},
	"E-SIGNATURE-INVALID":          {SealBad, "", "签名无效：与总清单不符，或签名被改过", "the signature is invalid: not over this root document, or altered"},
	"E-SIGNATURE-WRONG-NAMESPACE":  {SealBad, "", "签名无效：是为别的用途签的：%[1]s", "the signature is invalid: made for another purpose: %[1]s"},
	"E-SIGNATURE-KEY-NOT-IN-FORCE": {SealBad, "", "签名无效：签名人的密钥不在有效期：%[1]s", "the signature is invalid: the key is not in force: %[1]s"},
	"E-SIGNATURE-MALFORMED":        {SealBad, "", "签名无效：不是 SSH 签名", "the signature is invalid: no SSH signature"},
	"E-SIGNATURE-UNSUPPORTED":      {Unchecked, "", "签名无法检查：不是 ed25519，或摘要算法不认识：%[1]s", "the signature cannot be checked: not ed25519, or an unknown hash: %[1]s"},
	"E-SIGNATURE-UNCHECKED":        {Unchecked, "", "签名无法检查：%[1]s", "the signature cannot be checked: %[1]s"},
	"W-SIGNATURE-UNKNOWN-KEY":      {Warning, "", "由未知的密钥签名（%[1]s），不能证明是谁签的", "signed by an unknown key (%[1]s): it does not say who signed"},
	"W-MINISIGN":                   {Warning, "", "有 minisign 签名，本程序不检查它", "there is a minisign signature, which this program does not check"},
}

// faultWords say why a path is unsafe.
var faultWords = map[pathFault]Text{
	faultEmpty:     {"路径中有空的一段", "an empty part"},
	faultAbsolute:  {"绝对路径", "absolute"},
	faultParent:    {"含有 ..", "contains .."},
	faultDot:       {"含有 .", "contains ."},
	faultBackslash: {"含有反斜杠", "contains a backslash"},
	faultDrive:     {"带盘符", "names a drive"},
	faultTilde:     {"以 ~ 开头", "begins with ~"},
	faultControl:   {"含有控制字符", "contains a control character"},
	faultReserved:  {"Windows 保留的设备名", "a device name of Windows"},
	faultTrailing:  {"以点或空格结尾", "ends in a dot or space"},
	faultNotUTF8:   {"不是 UTF-8", "not UTF-8"},
	faultCharacter: {"含有不可用或不可见的字符", "contains a forbidden or invisible character"},
}

// kindWords name what stands in place of a file.
var kindWords = map[nodeKind]Text{
	directory: {"是文件夹", "a folder"},
	symlink:   {"是符号链接", "a symbolic link"},
	special:   {"是管道、设备或套接字", "a pipe, device or socket"},
}
