package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/encrypt"
)

func testQueue(t *testing.T) *Queue {
	t.Helper()
	key, err := encrypt.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	ids, err := encrypt.ParseIdentities([]byte(key), nil)
	if err != nil {
		t.Fatal(err)
	}
	q := &Queue{with: ids}
	if q.secret, err = ids.Derive("x"); err != nil {
		t.Fatal(err)
	}
	return q
}

// A job's name says what its result comes of, to those who have the key alone; how
// long its worker may be silent is no part of that.
func TestNamesOfJobs(t *testing.T) {
	q, other := testQueue(t), testQueue(t)
	sum := hex.EncodeToString(sha256.New().Sum(nil))
	j := job{Case: "id", Jobs: []Job{Check, Build}, Now: time.Date(2026, 10, 8, 12, 0, 0, 0, evidence.Beijing),
		Tool: "x"}
	name := q.named(j, sum)
	j.Silent, j.Name = time.Second, "another"
	if q.named(j, sum) != name {
		t.Error("a name of its own")
	}
	// As a worker reads it.
	data, err := json.Marshal(j)
	var read job
	if err != nil || json.Unmarshal(data, &read) != nil || q.named(read, sum) != name {
		t.Errorf("another name once it was sent: %s", data)
	}
	if strings.Contains(string(data), sum) || strings.Contains(name, sum[:8]) {
		t.Errorf("the message tells of the content: %s", data)
	}
	for what, change := range map[string]func(j *job, sum *string, q **Queue){
		"content": func(_ *job, sum *string, _ **Queue) { *sum = "0" + (*sum)[1:] },
		"jobs":    func(j *job, _ *string, _ **Queue) { j.Jobs = []Job{Check} },
		"case":    func(j *job, _ *string, _ **Queue) { j.Case = "other" },
		"day":     func(j *job, _ *string, _ **Queue) { j.Now = j.Now.AddDate(0, 0, 1) },
		"program": func(j *job, _ *string, _ **Queue) { j.Tool = "y" },
		"records": func(j *job, _ *string, _ **Queue) { j.Records = "y" },
		"whom":    func(j *job, _ *string, _ **Queue) { j.To = []evidence.Role{evidence.ToPlatform} },
		"key":     func(_ *job, _ *string, q **Queue) { *q = other },
	} {
		j, sum, q := j, sum, q
		change(&j, &sum, &q)
		if q.named(j, sum) == name {
			t.Errorf("another %s, and the same name", what)
		}
	}
}

// What is said of a server holds no password.
func TestServersAreNamedWithoutPasswords(t *testing.T) {
	for in, want := range map[string]string{
		"nats://10.0.0.5:4222":                      "nats://10.0.0.5:4222",
		"nats://u:p@ss@10.0.0.5:4222":               "nats://…@10.0.0.5:4222",
		"nats://token@a:4222,tls://u:secret@b:4222": "nats://…@a:4222,tls://…@b:4222",
		"u:secret@a:4222":                           "…@a:4222",
		"nats://a:4222,nats://b:4222":               "nats://a:4222,nats://b:4222",
	} {
		if got := openly(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
