package ocr_test

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"

	"juzheng/evidence/intake/ocr"
)

func Example() {
	ctx := context.Background()
	page := image.NewGray(image.Rect(0, 0, 400, 300))
	draw.Draw(page, page.Bounds(), image.White, image.Point{}, draw.Src)

	var text string
	var places []image.Rectangle
	program, err := ocr.FindTesseract(ctx)
	switch {
	case errors.Is(err, ocr.ErrNoTesseract), errors.Is(err, ocr.ErrNoChinese): // nothing is read, all else works
	case err != nil:
		fmt.Println(err)
	default:
		if text, _, _, err = program.Read(ctx, page); err != nil {
			fmt.Println(err)
		}
		seen, err := program.See(ctx, page) // kept, for more words
		if err != nil {
			fmt.Println(err)
		}
		places = seen.Places("上门")
	}
	fmt.Printf("a blank page: %q, %d places\n", text, len(places))
	// Output: a blank page: "", 0 places
}
