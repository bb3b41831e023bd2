package desk

import (
	"context"
	"slices"

	"juzheng/evidence"
	"juzheng/templates/packet"
	"juzheng/templates/scan"
)

// A building is what a build goes by: a case, and what was asked for.
type building struct {
	Dossier
	o           BuildOptions
	to          []addressee
	heard       heard
	signed      *scan.Paper // the signed letter that was given
	unforwarded bool        // see [Built.NotForwarded]
}

// prepared finds what is in the way of a build, and tells what its papers will
// show. Nothing is written before it.
func prepared(ctx context.Context, d Desk, x Dossier, o BuildOptions) (building, error) {
	b := building{Dossier: x, o: o}
	var err error
	if b.to, err = addressed(d, x, o.To); err != nil {
		return b, err
	}
	b.unforwarded = notForwarded(d, x, o.To)
	if len(x.Outside) > 0 {
		d.tell(OwnRecords{x.Outside})
	}
	if err := printable(x); err != nil {
		return b, err
	}
	if o.Supplement != "" {
		if b.o.Supplement, err = supplementFrom(o.Supplement, x.Exhibits); err != nil {
			return b, err
		}
	}
	if len(o.Signed) > 0 {
		if b.signed, err = signedLetter(ctx, d, x, b.to, o.Signed); err != nil {
			return b, err
		}
	}
	if b.heard, err = listen(ctx, d, x); err != nil {
		return b, err
	}
	if err := asRead(x, b.to, b.heard, o.Read); err != nil {
		return b, err
	}
	if err := lookOver(d, x, b.heard, b.to); err != nil {
		return b, err
	}
	return b, previewPapers(ctx, d, x, b.to)
}

// orders are the packets to make, each with its place in what is told.
func (b building) orders(d Desk, r *Built) ([]packet.Order, error) {
	approvals, err := approvalsOf(b.Dossier)
	if err != nil {
		return nil, err
	}
	var out []packet.Order
	for _, a := range b.to {
		o := b.heard.into(order(b.Dossier, a, r.Root))
		o.Volume, o.Upload = b.o.Volume, b.o.Upload
		if b.o.To != nil || supplemented(b.Dossier, b.to, a) {
			o.Supplement = b.o.Supplement
			o.Filed = waits(o.Input) && b.signed == nil // a signed letter is to be handed in
		}
		if o.Input.Unreviewed, err = approvals.lack(o); err != nil {
			return nil, err
		}
		if o.Input.Unreviewed {
			r.Unreviewed = append(r.Unreviewed, a.asked())
		}
		if o.Scan = b.signed; b.signed == nil {
			o.Scan = scanOf(d, b.Dossier, a, r.Root)
		}
		r.Packets = append(r.Packets, BuiltPacket{Role: a.asked(), Name: a.recipient.Name, Folder: a.folder,
			Digest: packet.ReadDigest(o)})
		out = append(out, o)
	}
	return out, nil
}

// account tells what of the case is in no letter, what is not in the bundle,
// and what is due.
func (b building) account(r *Built) (err error) {
	r.Unused, r.Unwritten, r.Harm = unused(b.Dossier, b.to), unwritten(b.Dossier), b.Harm
	for _, e := range b.sealed() {
		if evidence.Unopened(e) && slices.Contains(r.Unused, e.Number) {
			r.Unopened = append(r.Unopened, e.Number)
		}
	}
	for _, e := range leftIn(b.Dossier) {
		r.Out = append(r.Out, e.Exhibit)
		if slices.ContainsFunc(b.Exhibits,
			func(o evidence.Exhibit) bool { return o.Number == e.Exhibit && o.Extract != nil }) {
			r.Replaced = append(r.Replaced, e.Exhibit)
		}
	}
	r.Unset = notDrawn(b.heard.sheets)
	if r.NoSupplement = b.o.Supplement; b.o.Supplement == "" {
		r.Due, err = due(b.Dossier, b.to)
	}
	return err
}
