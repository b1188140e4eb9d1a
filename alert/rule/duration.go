package rule

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Duration is a length of time as people write it: 90m, 48h, 14d, 2w.
type Duration time.Duration

var units = []struct {
	suffix string
	length time.Duration
}{{"w", 7 * 24 * time.Hour}, {"d", 24 * time.Hour}, {"h", time.Hour}, {"m", time.Minute}, {"s", time.Second}}

// UnmarshalText reads what MarshalText writes.
func (d *Duration) UnmarshalText(text []byte) error {
	for _, u := range units {
		digits, ok := strings.CutSuffix(string(text), u.suffix)
		if !ok {
			continue
		}
		n, err := strconv.Atoi(digits)
		if err != nil || n < 0 || n > 1_000_000 || time.Duration(n) > (1<<62)/u.length {
			break
		}
		*d = Duration(time.Duration(n) * u.length)
		return nil
	}
	return fmt.Errorf("%q is not a length of time; write a number and s, m, h, d or w, such as 48h or 14d", text)
}

// MarshalText writes the duration in the largest unit that divides it.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

func (d Duration) String() string {
	for _, u := range units {
		if time.Duration(d)%u.length == 0 && d > 0 {
			return strconv.FormatInt(int64(time.Duration(d)/u.length), 10) + u.suffix
		}
	}
	return "0s"
}
