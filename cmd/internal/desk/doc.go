// Package desk does the jobs of the program, one function a job.
//
//	make a case       Init, ReadAnswers, Add, Read and Accept
//	complete it       Ask, Answer, UndoAnswer, Complete, Restore, Redact, Leave,
//	                  Sheet, Differences, ApplySheet
//	look at it        Open, List, Timeline, Numbers, Phrases, Check, Plan, Show, Debts
//	hand it in        Build, BuildLetter, Print, Queue
//	pass it on        Sign, RequestStamp, Stamp, Export, Handover, Encrypt
//	check a bundle    Verify, Decrypt
//	a path as given   Recognise
//	the directory     Recipients, Recipient, AgeOfDirectory, AgeOfLaw
//
// A job takes a context, a [Desk] and the folder it is about; it returns a
// value. The [Desk] holds all that a job needs of the world: the time, the
// name of the program, where notices go, who can be asked for a passphrase.
//
//	d := desk.Desk{Now: time.Now().In(evidence.Beijing), Tool: "juzheng 1.0"}
//	checked, err := desk.Check(ctx, d, "my-case")
//
// Three things come out of a job, and none of them is a sentence:
//
//   - a result: named types, the shapes of evidence/FORMAT.md. Lines gives
//     them in order, for whoever writes JSON; a face for people reads the
//     fields.
//   - notices on the way: a [Notice] has a code and facts, and goes to
//     Desk.Tell.
//   - an error: typed where a caller must act or advise, with facts.
//
// What people read is made above, of codes and facts, in the language they
// read: by cmd/juzheng, or by a page. The package prints nothing, reads no
// flags, knows no exit codes and changes nothing of the process, so that two
// jobs can run side by side. A job that writes locks its case; a second one is
// refused with a [folder.LockedError].
package desk
