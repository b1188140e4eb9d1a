//go:build unix

package people_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// TestTimeIsLinear annotates texts without end of the kinds that tempt a
// finder to look far: time for four times the text must not be sixteen times.
func TestTimeIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time; run without -short")
	}
	c := newChain(t)
	for _, unit := range []string{
		"chairman of the department of ", "Aydin Aliyev, ", "Mr Aliyev said he met him. ", "WCO (Customs Union) ", "BAKU PARIS TEXAS ",
		"the head of the committee said that ", "Ali Veli Ali Veli ", "Committee of the Committee ",
		"Paper. He said report. ", "Director Abc ", "Security Advisor Foo ", "Alabama Georgia Florida. ", "In his, Abc ",
	} {
		small, large := strings.Repeat(unit, 1500), strings.Repeat(unit, 6000)
		best := func(text string) time.Duration {
			least := time.Hour
			for range 3 {
				r := &news.Report{ID: "report", Text: text}
				tagged := c.tagger.Tag(text)
				start := processorTime(t)
				read := lexicon.Read(r)
				r.Organizations = c.orgs.Find(r, read, tagged)
				r.Places = c.places.Find(r, read, tagged)
				r.People = c.people.Find(r, read, tagged)
				least = min(least, processorTime(t)-start)
			}
			return least
		}
		if a, b := best(small), best(large); b > 10*a && b > 500*time.Millisecond {
			t.Errorf("%q: %v for %d bytes, %v for %d bytes", unit, a, len(small), b, len(large))
		}
	}
}

// processorTime is the time that the process has spent on a processor, which
// other programs on the machine take no part of.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
