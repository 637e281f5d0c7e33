package pay

import (
	"jobsieve/job"
)

// readStructured reads pay that a board gives as an object, such as JSON-LD's
// baseSalary; ok is false where the text is no object.
func readStructured(field job.Field, s string, def Defaults) (p job.Pay, ok bool) {
	return job.Pay{}, false
}
