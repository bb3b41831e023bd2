package picture_test

import (
	"fmt"
	"image"
	"log"
	"os"

	"juzheng/templates/document"
	"juzheng/templates/typeset/picture"
	"juzheng/templates/typeset/picture/picturetest"
)

func Example() {
	shot := image.NewRGBA(image.Rect(0, 0, 1080, 2400))
	picturetest.Quarters(shot.Set, 1080, 2400)
	exhibit := &document.Image{Open: picturetest.Opener(picturetest.PNG(shot)),
		Hide: []image.Rectangle{image.Rect(40, 80, 400, 160)}}

	err := picture.PrepareAll([]*document.Image{exhibit}, func(_ *document.Image, x *picture.Prepared,
		err error) error {
		fmt.Printf("%d by %d, %s, %s\n", x.Width, x.Height, x.Space, x.Change.Words())
		return err
	})
	if err != nil {
		log.Fatal(err)
	}
	small := picture.Shrink([]*document.Image{exhibit}, []picture.Target{{Side: 540, Quality: 60}})[0]
	fmt.Printf("%d by %d, JPEG of quality %d\n", small.Width, small.Height, small.Quality)

	damaged := &document.Image{Open: picturetest.Opener([]byte("\x89PNG\r\n\x1a\n"))}
	if err := picture.Preview(os.Stdout, damaged, false); err != nil {
		fmt.Println(picture.ReasonOf(err).EN)
	}
	// Output:
	// 1080 by 2400, /DeviceRGB, （遮盖副本：黑框内的像素已替换；原件未动）
	// 540 by 1200, JPEG of quality 60
	// the picture is incomplete or damaged
}
