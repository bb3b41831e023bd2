package main

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers are the packages from the bottom up. A package imports only from
// layers below its own: what the flow of the program is, ls shows.
var layers = [][]string{
	{"juzheng/evidence/disk", "juzheng/evidence/lazyregexp", "juzheng/evidence/pngrows", "juzheng/evidence/scale",
		"juzheng/evidence/spelling"},
	{"juzheng/evidence/xlsx"},
	{
		"juzheng/evidence/bag/commit", "juzheng/evidence/bag/sm3x8", "juzheng/evidence/bag/sshsig",
		"juzheng/evidence/bag/timestamp", "juzheng/evidence/bag/timestamp/tsatest",
	},
	{"juzheng/evidence/bag/browsertest"},
	{"juzheng/fonts", "juzheng/templates/typeset/sfnt/sfnttest", "juzheng/evidence/bag", "juzheng/evidence/encrypt"},
	{"juzheng/evidence"},
	{"juzheng/evidence/road"},
	{"juzheng/templates", "juzheng/evidence/folder", "juzheng/evidence/phrase"},
	{"juzheng/evidence/device"},
	{"juzheng/evidence/doubt"},
	{
		"juzheng/evidence/intake/archive", "juzheng/evidence/intake/logs", "juzheng/evidence/intake/media",
		"juzheng/evidence/intake/names",
		"juzheng/evidence/intake/ocr", "juzheng/evidence/intake/pdf", "juzheng/evidence/intake/transcript",
	},
	{"juzheng/evidence/intake", "juzheng/evidence/rule", "juzheng/evidence/track"},
	{"juzheng/evidence/ask"},
	{"juzheng/templates/document", "juzheng/templates/casepage", "juzheng/templates/typeset/sfnt",
		"juzheng/templates/emoji"},
	{"juzheng/templates/typeset/picture", "juzheng/templates/scan"},
	{"juzheng/templates/typeset/picture/picturetest"},
	{"juzheng/templates/mask"},
	{"juzheng/templates/letter"},
	{"juzheng/templates/typeset", "juzheng/templates/filing", "juzheng/templates/workbook"},
	{"juzheng/templates/packet"},
	{"juzheng/cmd/juzheng/demo"},
	{"juzheng/cmd/internal/desk"},
	{"juzheng/cmd/internal/say"},
	{"juzheng/cmd/internal/web", "juzheng/cmd/internal/batch"},
	{"juzheng/cmd/juzheng"},
}

// owners are modules that one package alone may import: to replace one is
// then the work of one package.
var owners = map[string][]string{
	"github.com/jung-kurt/gofpdf":         {"juzheng/templates/typeset"},
	"github.com/klauspost/compress/flate": {"juzheng/templates/typeset/picture"},
	"github.com/klauspost/compress/zlib": {
		"juzheng/evidence/pngrows", "juzheng/templates/typeset", "juzheng/templates/typeset/picture",
	},
	"github.com/ulikunitz/xz/lzma": {"juzheng/evidence/intake/archive"},
	"github.com/xuri/excelize/v2":  {"juzheng/templates/workbook"},
	"github.com/emmansun/gmsm/sm3": {
		"juzheng/evidence/bag", "juzheng/evidence/bag/commit", "juzheng/evidence/bag/timestamp",
	},
	"github.com/makiuchi-d/gozxing":        {"juzheng/templates/scan"},
	"github.com/makiuchi-d/gozxing/qrcode": {"juzheng/templates/scan"},
	"github.com/spf13/pflag":               {"juzheng/cmd/juzheng"},
	"github.com/klippa-app/go-pdfium":      {"juzheng/evidence/intake/pdf"},
	"github.com/tetratelabs/wazero":        {"juzheng/evidence/intake/pdf"},
	"github.com/google/uuid":               {"juzheng/cmd/internal/desk", "juzheng/evidence/bag"},
	"filippo.io/age":                       {"juzheng/evidence/encrypt"},
	"github.com/nats-io/nats.go":           {"juzheng/cmd/internal/batch"},
	"github.com/nats-io/nats.go/jetstream": {"juzheng/cmd/internal/batch"},
	// timestamp --tsa; the page, which listens on this computer alone; the driver of browsers in tests
	"net/http": {
		"juzheng/evidence/bag/timestamp", "juzheng/cmd/juzheng", "juzheng/cmd/internal/web",
		"juzheng/evidence/bag/browsertest",
	},
	"os/exec": {
		"juzheng/cmd/internal/desk", "juzheng/evidence/bag/browsertest",
		"juzheng/evidence/intake/media", "juzheng/evidence/intake/ocr", "juzheng/evidence/intake/pdf",
		"juzheng/evidence/intake/transcript",
	},
}

// pure are the packages in the middle: they get values and give values, and
// know neither files nor clocks nor chance.
var pure = []string{
	"juzheng/evidence", "juzheng/evidence/bag/commit", "juzheng/evidence/device", "juzheng/evidence/doubt",
	"juzheng/evidence/phrase",
	"juzheng/evidence/road",
	"juzheng/evidence/rule", "juzheng/evidence/track", "juzheng/templates", "juzheng/templates/document",
	"juzheng/templates/letter",
	"juzheng/templates/mask",
}

// impure are what such a package has no use for.
var impure = []string{
	"os", "os/exec", "net", "net/http", "crypto/rand", "math/rand", "math/rand/v2", "juzheng/evidence/disk",
	"juzheng/evidence/folder",
}

func TestImportsPointDown(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "juzheng/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	level := map[string]int{}
	for i, layer := range layers {
		for _, p := range layer {
			level[p] = i
		}
	}
	seen := map[string]bool{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		own, known := level[p.ImportPath]
		if !known {
			t.Errorf("package %s has no layer: give it a room in the table, or move it", p.ImportPath)
			continue
		}
		seen[p.ImportPath] = true
		for _, imp := range p.Imports {
			if below, ours := level[imp]; ours && below >= own {
				t.Errorf("%s imports %s, which is not below it", p.ImportPath, imp)
			}
			if slices.Contains(pure, p.ImportPath) && slices.Contains(impure, imp) {
				t.Errorf("%s imports %s, and is to be pure", p.ImportPath, imp)
			}
			if who, owned := owners[imp]; owned && !slices.Contains(who, p.ImportPath) {
				t.Errorf("%s imports %s, which belongs to %s", p.ImportPath, imp, strings.Join(who, ", "))
			}
		}
	}
	for p := range level {
		if !seen[p] {
			t.Errorf("the table names %s, which is not there", p)
		}
	}
}
