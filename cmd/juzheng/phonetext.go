package main

// phoneText is how files get off a phone, as "juzheng help phone" prints it. The
// folders of recordings were seen on phones or in their makers' code; the names of
// menus differ by version and are from users' reports: nobody here checked them.
var phoneText = text{
	ZH: `把手机里的材料拿到电脑上。原来的文件不要改名、不要剪辑，也先不要从手机里删。
（菜单的叫法随系统版本不同，是从各家用户的说法里整理的，没有逐台核对。）

一、通话录音：用数据线接电脑，手机上选“传输文件”，把整个文件夹拷下来
  小米、红米      MIUI/sound_recorder/call_rec
  华为、鸿蒙      Sounds/CallRecord（老机型 Sounds/Callrecord、record）
  荣耀            Sounds/CallRecord 或 PhoneRecord
  OPPO、一加、realme  Music/Recordings/Call Recordings
  vivo、iQOO      Record/Call 或 Recordings/Record/Call
  三星            Recordings/Call（老机型 Call）
  苹果            备忘录 → 通话录音 → 分享 → 存到“文件”，再拷到电脑
  找不到：打开手机的“录音机”，在通话录音里长按一段，点“分享”，存到文件

二、截图：拷下 DCIM/Screenshots 或 Pictures/Screenshots 整个文件夹
  苹果：照片 → 截屏，用数据线导出。不要用微信转发，转发会压缩，还会丢掉时间

三、短信：不要只截图，整份导出更有用，也更难说是假的
  安卓：装 SMS Backup & Restore（或 SMS Import / Export），备份短信和通话记录，
        把得到的 .xml 或 .json 文件拷过来
  苹果：用电脑上的 iMazing 等软件导出信息为 CSV

四、通话记录：手机自己的记录用上面的备份软件一起导出；删过的、没接的，只有手机
  里有；打通了的，运营商的详单更有分量，两样都要

五、运营商详单：通常只能查最近六个月，越早导出越好
  中国移动、中国联通、中国电信、中国广电：在各自的手机营业厅里找“详单查询”，
  选“语音详单”，按月查，导出或发到邮箱（Excel 比 PDF 好），短信详单另查
  没有导出的地方：带身份证去营业厅，要一份写明主叫、被叫、时间、时长的电子详单

六、微信、QQ、WhatsApp、Telegram：用软件自己的“导出聊天记录”
  导不出来的就逐屏截图，每张带上对方名称和时间

七、放进同一个文件夹，一部手机一个（例如 本人手机、妈妈手机），然后：
  juzheng add 案件夹 文件夹
  别人的手机另加 --phone-of，例如 --phone-of 亲友。压缩包不用解开，直接加`,
	EN: `How to get the files off a phone. Do not rename or cut the originals, and do not
delete them from the phone yet. (Names of menus differ by version; they are from
users' reports and were not checked phone by phone.)

1. Call recordings: connect the phone by cable, choose "file transfer" on it, and
   copy the whole folder
  Xiaomi, Redmi          MIUI/sound_recorder/call_rec
  Huawei, HarmonyOS      Sounds/CallRecord (older: Sounds/Callrecord, record)
  Honor                  Sounds/CallRecord or PhoneRecord
  OPPO, OnePlus, realme  Music/Recordings/Call Recordings
  vivo, iQOO             Record/Call or Recordings/Record/Call
  Samsung                Recordings/Call (older: Call)
  iPhone                 Notes, Call Recordings, share, save to Files, then copy
  Not found: open the phone's recorder, hold a call recording, share, save it

2. Screenshots: copy DCIM/Screenshots or Pictures/Screenshots as a whole. iPhone:
   Photos, Screenshots, by cable. Do not forward them in a chat: that loses the time

3. Messages: a whole export is worth more than pictures
  Android: SMS Backup & Restore (or SMS Import / Export): back up messages and call
           log, and copy the .xml or .json file
  iPhone:  export messages as CSV with a program such as iMazing

4. Call log: with the same backup. Calls that were missed stand on the phone alone;
   for those that were answered the carrier's list weighs more. Get both

5. The carrier's list: mostly the last six months only, so get it early. In the
   carrier's app look for the detailed bill (详单查询), voice, month by month, and
   export it or have it mailed (Excel is better than PDF). Where there is no export,
   ask at a shop for one that names caller, called, time and length

6. WeChat, QQ, WhatsApp, Telegram: the program's own export; else screenshots, each
   with the other side's name and the time

7. Put all into one folder a phone (own phone, mother's phone), and then:
  juzheng add CASE FOLDER
  For somebody else's phone add --phone-of, such as --phone-of family. Archives need
  not be unpacked`,
}
