package batch

import (
	"strings"
	"time"
)

// A Server is how the NATS servers are reached between which cases are passed.
type Server struct {
	URL   string // nats://host:4222, tls://…; several parted by commas
	Creds string // file of credentials; empty: none
	CA    string // certificates by which the servers are known; empty: those of the system
	Key   string // file of the age key that all machines have, and no server
	// Silent is how long a worker may be silent before its case is given to another;
	// 0: as the queue has it, or [usualSilence].
	Silent time.Duration
}

// openly are the addresses of servers without the passwords and tokens in them: what is
// said of a server goes into logs that others read.
func openly(addresses string) string {
	all := strings.Split(addresses, ",")
	for n, one := range all {
		if scheme, rest, ok := strings.Cut(one, "://"); ok {
			if at := strings.LastIndex(rest, "@"); at >= 0 {
				all[n] = scheme + "://…@" + rest[at+1:]
			}
		} else if at := strings.LastIndex(one, "@"); at >= 0 {
			all[n] = "…@" + one[at+1:]
		}
	}
	return strings.Join(all, ",")
}
