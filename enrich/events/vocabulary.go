package events

import (
	"slices"
	"strings"
)

// nounsOfKind are the nouns that head the name of an event, by kind; the
// plural in -s is understood.
var nounsOfKind = map[string]string{
	"conference": "conference symposium congress convention colloquium conclave",
	"meeting":    "meeting talks negotiations consultations gathering roundtable round-table",
	"summit":     "summit",
	"session":    "session sitting plenary assembly",
	"forum":      "forum dialogue",
	"visit":      "visit trip tour",
	"exhibition": "exhibition expo fair exposition biennale salon show",
	"training":   "training seminar workshop course webinar masterclass bootcamp",
	"vote":       "election elections referendum vote by-election runoff plebiscite",
	"deadline":   "deadline",
	"festival":   "festival carnival contest",
	"sport":      "championship tournament cup games olympics olympiad marathon regatta universiade spartakiad rally competition",
	"ceremony":   "ceremony parade inauguration",
	"exercise":   "exercise exercises drill drills manoeuvres maneuvers",
	"hearing":    "hearing trial",
}

// kindNames are the kinds of events.
var kindNames = sortedKeys(nounsOfKind)

var kinds = setOf(kindNames)

// headNouns is the kind of each noun that heads the name of an event.
var headNouns = func() map[string]string {
	m := map[string]string{}
	for kind, nouns := range nounsOfKind {
		for n := range strings.FieldsSeq(nouns) {
			m[n] = kind
			if !strings.HasSuffix(n, "s") {
				m[n+"s"] = kind
			}
		}
	}
	return m
}()

// verbClass is what a verb says of an event.
type verbClass uint8

const (
	noVerb    verbClass = iota
	holds               // hold, convene, organize: someone holds the event
	hosts               // host
	happens             // take place, happen
	starts              // open, begin, kick off
	ends                // end, conclude
	lasts               // continue, run, last
	postpones           // postpone, delay
	moves               // move, relocate
	cancels             // cancel, call off
	plans               // schedule, plan, set for
	attends             // attend, take part
	gathers             // bring together
	pays                // pay a visit
	announces           // announce, unveil
	invites             // invite
	confirms            // confirm
)

// changes reports whether the verb tells that what was announced is to be
// otherwise.
func (c verbClass) changes() bool { return c == postpones || c == moves || c == cancels }

// eventVerbs are the forms of the verbs of events, by class. Forms that are
// the past tense or the past participle come after "past:".
var eventVerbs = func() map[string]verbForm {
	m := map[string]verbForm{}
	for _, row := range []struct {
		class         verbClass
		present, past string
	}{
		{holds, "hold holds holding arrange arranges arranging convene convenes convening organize organizes organizing organise organises organising stage stages staging conduct conducts conducting",
			"held convened organized organised staged conducted arranged co-organized co-organised"},
		{hosts, "host hosts hosting", "hosted"},
		{happens, "take takes taking happen happens occur occurs celebrate celebrates follow follows precede precedes falls return returns meet meets meeting go goes going", "took taken happened occurred met celebrated went gone"},
		{starts, "start starts starting begin begins beginning open opens opening kick kicks kicking commence commences launch launches launching get gets getting resume resumes resuming reconvene reconvenes restart restarts inaugurate",
			"started began begun opened kicked commenced launched got inaugurated resumed reconvened restarted"},
		{ends, "complete completes completing end ends ending close closes closing conclude concludes concluding wrap wraps finish finishes", "completed ended closed concluded wrapped finished"},
		{lasts, "last lasts lasting run runs running continue continues continuing extend extends", "lasted ran continued extended"},
		{postpones, "postpone postpones postponing delay delays delaying put puts putting push pushes pushing defer defers reschedule reschedules rescheduling adjourn adjourns suspend suspends suspending shelve shelves",
			"postponed delayed put pushed deferred rescheduled adjourned suspended shelved"},
		{moves, "move moves moving relocate relocates relocating transfer transfers shift shifts shifting", "moved relocated transferred shifted"},
		{cancels, "cancel cancels cancelling canceling call calls calling scrap scraps scrapping abandon abandons axe axes axing drop drops dropping pull pulls pulling",
			"cancelled canceled called scrapped abandoned axed dropped pulled replaced"},
		{plans, "schedule schedules plan plans planning slate set due", "scheduled planned slated set appointed fixed expected earmarked timed"},
		{attends, "attend attends attending participate participates participating join joins address addresses",
			"attended participated joined addressed represented"},
		{gathers, "gather gathers gathering bring brings bringing unite unites draw draws attract attracts attracting feature features featuring involve involves involving assemble", "gathered brought united drew drawn attracted featured assembled"},
		{announces, "announce announces announcing unveil unveils", "announced unveiled"},
		{confirms, "remain remains confirm confirms confirming reaffirm reaffirms", "confirmed reaffirmed"},
		{pays, "pay pays paying make makes making undertake undertakes embark embarks arrive arrives arriving travel travels travelling fly flies", "paid made undertook embarked arrived travelled traveled flew"},
		{invites, "invite invites inviting", "invited"},
	} {
		for w := range strings.FieldsSeq(row.present) {
			m[w] = verbForm{class: row.class}
		}
		for w := range strings.FieldsSeq(row.past) {
			m[w] = verbForm{class: row.class, past: true}
		}
	}
	return m
}()

type verbForm struct {
	class verbClass
	past  bool
}

// particles are the words that some verbs of events need: without them the
// verb says nothing of an event.
var particles = map[string][]string{
	"take": {"place", "part"}, "takes": {"place", "part"}, "taking": {"place", "part"}, "took": {"place", "part"}, "taken": {"place", "part"},
	"go": {"ahead"}, "goes": {"ahead"}, "going": {"ahead"}, "went": {"ahead"}, "gone": {"ahead"},
	"drop": {"calendar", "programme", "program"}, "drops": {"calendar", "programme", "program"}, "dropping": {"calendar", "programme", "program"}, "dropped": {"calendar", "programme", "program"},
	"pull": {"plug"}, "pulls": {"plug"}, "pulling": {"plug"}, "pulled": {"plug"},
	"put": {"off", "back", "hold"}, "puts": {"off", "back", "hold"}, "putting": {"off", "back", "hold"},
	"push": {"back"}, "pushes": {"back"}, "pushing": {"back"}, "pushed": {"back"},
	"call": {"off"}, "calls": {"off"}, "calling": {"off"}, "called": {"off"},
	"kick": {"off"}, "kicks": {"off"}, "kicking": {"off"}, "kicked": {"off"},
	"wrap": {"up"}, "wraps": {"up"}, "wrapped": {"up"},
	"get": {"under", "underway"}, "gets": {"under", "underway"}, "getting": {"under", "underway"}, "got": {"under", "underway"},
	"bring": {"together", "forward"}, "brings": {"together"}, "bringing": {"together"}, "brought": {"together", "forward"},
	"travel": {"to"}, "travels": {"to"}, "travelling": {"to"}, "travelled": {"to"}, "traveled": {"to"},
	"remain": {"track", "schedule"}, "remains": {"track", "schedule"},
	"pay": {"visit"}, "pays": {"visit"}, "paying": {"visit"}, "paid": {"visit"}, "make": {"visit", "trip"}, "makes": {"visit", "trip"}, "making": {"visit", "trip"}, "made": {"visit", "trip"},
}

// durations are numbers in "two-day".
var numbers = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}

// ordinals in words.
var ordinals = map[string]string{
	"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9",
	"tenth": "10", "eleventh": "11", "twelfth": "12", "thirteenth": "13", "fourteenth": "14", "fifteenth": "15", "sixteenth": "16",
	"seventeenth": "17", "eighteenth": "18", "nineteenth": "19", "twentieth": "20", "thirtieth": "30", "fortieth": "40", "fiftieth": "50",
	"sixtieth": "60", "seventieth": "70", "eightieth": "80", "ninetieth": "90", "hundredth": "100",
}

// tens begin ordinals of two words: eighty-eighth.
var tens = map[string]int{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

func setOf(words []string) map[string]bool {
	m := map[string]bool{}
	for _, w := range words {
		m[w] = true
	}
	return m
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
