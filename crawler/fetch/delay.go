package fetch

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// longest is what every longer delay is taken for, so that none overflows.
const longest = 365 * 24 * time.Hour

// RetryAfter reads a Retry-After header: seconds or a date.
func RetryAfter(s string, now time.Time) (time.Duration, bool) {
	if d, ok := seconds(s); ok {
		return d, true
	}
	if at, err := http.ParseTime(strings.TrimSpace(s)); err == nil {
		return min(max(0, at.Sub(now)), longest), true
	}
	return 0, false
}

// seconds reads a delay in seconds, such as "5", "0.5" and "5s". What is not
// less than the longest is the longest, infinity and NaN too; less than zero is
// no delay.
func seconds(s string) (time.Duration, bool) {
	s = strings.TrimRight(strings.ToLower(strings.TrimSpace(s)), ".")
	for _, unit := range []string{"seconds", "second", "secs", "sec", "s"} {
		if number, ok := strings.CutSuffix(s, unit); ok {
			s = strings.TrimSpace(number)
			break
		}
	}
	n, err := strconv.ParseFloat(s, 64) // infinite where the number is too large
	if errors.Is(err, strconv.ErrSyntax) || n < 0 {
		return 0, false
	}
	if d := n * float64(time.Second); d < float64(longest) {
		return time.Duration(d), true
	}
	return longest, true
}
