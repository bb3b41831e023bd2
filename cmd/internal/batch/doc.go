// Package batch does the jobs of package desk on many cases.
//
//	items, err := batch.Find("clients")   // or ReadRoster("roster.xlsx")
//	sum, err := batch.Run(ctx, d, items, batch.Options{Jobs: jobs, Workers: 4, ...})
//
// A case is the unit. Each is worked on alone, by one run at a time; what goes wrong
// in one is a [Result] of that one, and the others go on. What was done is noted in
// the case's own cache with the digest of its content ([folder.Folder.Sum]), so that
// a case which has not changed is not worked on again, and a run that was killed goes
// on where it was: there is no other record of cases, and deleting a cache costs time
// and nothing else.
//
// The package makes no sentence: [Options.Explain] turns what a job gave, or its
// error, into [Exception] values in the words of the caller.
package batch
