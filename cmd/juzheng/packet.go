package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
	"juzheng/templates/packet"
	"juzheng/templates/typeset"
)

// input is what letters and book are composed of, for one recipient: with
// nothing in it that they are not to see.
func (d *dossier) input(a addressee, root bag.Root) letter.Input {
	in, _ := packet.Covered(d.order(a, root))
	return in
}

// order is what one recipient is to get, before anything is covered.
func (d *dossier) order(a addressee, root bag.Root) packet.Order {
	return packet.Order{
		Input: letter.Input{
			Matter: mask.Matter{Case: d.kase, Findings: d.report.Findings, Exhibits: d.exhibits,
				Incidents: d.incidents, Passages: d.passages},
			Recipient: a.recipient, Role: a.role, Date: d.now,
			Seal: letter.Seal{Root: root.SHA256, SM3: root.SM3, Files: root.Files, Bytes: root.Bytes,
				Head: root.CustodyHead, Count: root.CustodyEntries, Stamp: d.stamp()},
			Emergency: d.report.Emergency, Elsewhere: d.report.Elsewhere, Waves: d.waves, Readings: d.readings,
			Open: func(x evidence.Exhibit) (io.ReadCloser, error) { return d.folder.OpenExhibit(x) },
		},
		Redactions: d.redactions, Folder: a.folder, Volume: d.volume, Upload: d.uploadLimit, Supplement: d.supplement,
	}
}

// stamp is what the time-stamp beside the root says, for the papers.
func (d *dossier) stamp() *letter.Stamp {
	r, ok := d.folder.Stamp(d.now)
	if !ok {
		return nil
	}
	return &letter.Stamp{Time: r.Time, Authority: visible(r.Authority)}
}

// writePacket sets all papers beside their place and renames them in one go:
// the packet of the run before stays until the new one is whole.
func (d *dossier) writePacket(ctx context.Context, to []addressee, root bag.Root) ([]typeset.Unset, error) {
	partial, err := os.MkdirTemp(d.folder.Dir(), ".packet-*.partial")
	if err != nil {
		return nil, fmt.Errorf("write the packet: %w", err)
	}
	defer os.RemoveAll(partial) // does nothing after the rename
	orders := make([]packet.Order, len(to))
	for n, a := range to {
		orders[n] = d.order(a, root)
	}
	made, err := packet.BuildAll(ctx, partial, orders)
	if err != nil {
		return nil, err
	}
	var out []typeset.Unset
	for _, m := range made {
		out = append(out, m.Unset...)
		d.heavy, d.supplemented = append(d.heavy, m.Heavy...), d.supplemented || m.Supplement
	}
	slices.Sort(d.heavy)
	d.heavy = slices.Compact(d.heavy)
	return out, disk.SwapDir(partial, d.folder.Path(folder.PacketDir))
}
