package agencytest

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"
)

// Dispatch is a wire text with what a reader must be able to find it by.
type Dispatch struct {
	Article
	Person string // a person who speaks in it, by full name
	Org    string // an organization it names, by acronym
	Event  string // the month of the event it announces, 2006-01
	Words  string // words of its text
}

// Ours is a dispatch of our own with the faults of real ones: no year in the
// dateline, a space before a comma, a quotation that never opens, no space
// after a full stop, an acronym that is not spelled out.
func Ours() Dispatch {
	return Dispatch{
		Article: Article{
			Slug:      "customs-instructors-meet",
			Title:     "Customs instructors of the Caspian states meet in Tbilisi",
			Published: time.Date(2026, 3, 12, 11, 20, 0, 0, time.FixedZone("", 4*3600)),
			Text: `Tbilisi. 12 March. KAVKAZ PRESS/ Today WCO opened a seminar of customs instructors from the Caspian states.

Head of Georgia Revenue Service Levan Beridze , the adviser of the WCO Secretariat Marie Duval and the director of the border training center Nino Kapanadze spoke at the opening.

Beridze said that, electronic declarations have cut the waiting time at the border by half. According to him, instructors from eleven countries will learn to teach risk analysis. Laboratories and sniffer dogs come next", - said the Head of the Revenue Service.

In addition, the head of the service noted the work of the training center: " For years our officers had to study abroad.Now others come to us. The next PICARD conference will be held in Tbilisi on October 6-8, 2026".

At the three-day seminar, model lessons and a common textbook will be discussed.`,
		},
		Person: "Levan Beridze",
		Org:    "WCO",
		Event:  "2026-10",
		Words:  "sniffer dogs",
	}
}

// Baku reads the dispatch of REPORT.AZ of 8 December 2014 from a file, and
// reports whether the file is there.
func Baku(file string) (d Dispatch, found bool, err error) {
	content, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return Dispatch{}, false, nil
	}
	if err != nil {
		return Dispatch{}, false, err
	}
	text := strings.TrimSpace(string(content))
	text = strings.TrimSpace(strings.TrimPrefix(text, "date 2014-12-08"))
	return Dispatch{
		Article: Article{
			Slug:      "heads-of-training-centers",
			Title:     "Baku hosts heads of customs training centers",
			Published: time.Date(2014, 12, 8, 15, 5, 0, 0, time.FixedZone("", 4*3600)),
			Text:      text,
		},
		Person: "Aydin Aliyev",
		Org:    "WCO",
		Event:  "2015-09",
		Words:  "intellectual property rights",
	}, true, nil
}
