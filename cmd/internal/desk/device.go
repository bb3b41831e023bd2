package desk

import (
	"juzheng/evidence"
	"juzheng/evidence/device"
)

// A DeviceLine is a phone as a program reads it.
type DeviceLine struct {
	Name      string           `json:"name"` // of its folder or maker; may be empty
	Exhibits  []string         `json:"exhibits"`
	Maker     string           `json:"maker,omitempty"`
	OwnNumber string           `json:"own_number,omitempty"`
	Owner     evidence.Reached `json:"owner,omitempty"`     // as the person said
	Suggested evidence.Reached `json:"suggested,omitempty"` // by its name
	Doubtful  bool             `json:"doubtful"`            // it seems to be somebody else's, and nobody said whose
	Why       []evidence.Text  `json:"why,omitempty"`
}

func deviceLine(d device.Device) DeviceLine {
	owner := d.Owner
	if d.Own {
		owner = evidence.ReachedSelf
	}
	return DeviceLine{d.Name, list(d.Exhibits), d.Maker, d.OwnNumber, owner, d.Suggested, d.Doubtful, d.Why}
}
