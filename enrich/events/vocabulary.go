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
	"exhibition": "exhibition expo fair exposition biennale salon",
	"training":   "training seminar workshop course webinar masterclass bootcamp",
	"vote":       "election elections referendum vote by-election runoff plebiscite",
	"deadline":   "deadline",
	"festival":   "festival carnival",
	"sport":      "championship tournament cup games olympics olympiad marathon regatta",
	"ceremony":   "ceremony parade",
	"exercise":   "exercise exercises drills",
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

// genericNouns stand for an event spoken of before, of whatever kind.
var genericNouns = set("event events gathering")

// videoWords are words before "conference" that make it something else.
var videoWords = set("press news video telephone")

// shyNouns are nouns of events so common in other senses that a clause must
// say more than that something happens.
var shyNouns = set("session sessions course courses tour tours trip trips vote votes polls training exercise exercises game games cup dialogue fair assembly trial hearing convention exercise")

// partsOf are words before an event noun that make it a part of an event.
var partsOf = set("opening closing welcoming welcome press side news plenary panel breakout award awards signing handover wreath-laying")

// dependants are nouns after an event noun that make it a mere description.
var dependants = set(`participants delegates attendees organizers organisers agenda hall room rooms programme program committee venue venues
	centre center season goers chair chairman chairperson president secretary host hosts documents results outcomes declaration
	resolution format table-talk speakers guests series team teams campaign commission official officials observers candidate
	candidates results records proceedings abstracts website presidency chairmanship day site facility facilities schedule
	calendar period winner winners title champion champions director minutes range ground grounds cookie cookies booth hotel
	budget costs cost fee fees ticket tickets table tables papers paper preparations secretariat visitors audience slogan logo mascot flag draw
	final finals semi-final squad match matches qualifier qualifiers`)

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

// eventVerbs are the forms of the verbs of events, by class. Forms that are
// the past tense or the past participle come after "past:".
var eventVerbs = func() map[string]verbForm {
	m := map[string]verbForm{}
	for _, row := range []struct {
		class         verbClass
		present, past string
	}{
		{holds, "hold holds holding convene convenes convening organize organizes organizing organise organises organising stage stages staging conduct conducts conducting",
			"held convened organized organised staged conducted co-organized co-organised"},
		{hosts, "host hosts hosting", "hosted"},
		{happens, "take takes taking happen happens occur occurs celebrate celebrates follows falls return returns meet meets meeting", "took taken happened occurred met celebrated"},
		{starts, "start starts starting begin begins beginning open opens opening kick kicks kicking commence commences launch launches launching get gets getting resume resumes resuming reconvene reconvenes restart restarts inaugurate",
			"started began begun opened kicked commenced launched got inaugurated resumed reconvened restarted"},
		{ends, "end ends ending close closes closing conclude concludes concluding wrap wraps finish finishes", "ended closed concluded wrapped finished"},
		{lasts, "last lasts lasting run runs running continue continues continuing extend extends", "lasted ran continued extended"},
		{postpones, "postpone postpones postponing delay delays delaying put puts putting push pushes pushing defer defers reschedule reschedules rescheduling adjourn adjourns suspend suspends suspending shelve shelves",
			"postponed delayed put pushed deferred rescheduled adjourned suspended shelved"},
		{moves, "move moves moving relocate relocates relocating transfer transfers shift shifts shifting", "moved relocated transferred shifted"},
		{cancels, "cancel cancels cancelling canceling call calls calling scrap scraps scrapping abandon abandons", "cancelled canceled called scrapped abandoned"},
		{plans, "schedule schedules plan plans planning slate set due", "scheduled planned slated set appointed fixed expected earmarked timed"},
		{attends, "attend attends attending participate participates participating join joins address addresses",
			"attended participated joined addressed represented"},
		{gathers, "gather gathers gathering bring brings bringing unite unites draw draws attract attracts attracting feature features featuring assemble", "gathered brought united drew drawn attracted featured assembled"},
		{announces, "announce announces announcing unveil unveils", "announced unveiled"},
		{confirms, "confirm confirms confirming reaffirm reaffirms", "confirmed reaffirmed"},
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
	"put": {"off", "back"}, "puts": {"off", "back"}, "putting": {"off", "back"},
	"push": {"back"}, "pushes": {"back"}, "pushing": {"back"}, "pushed": {"back"},
	"call": {"off"}, "calls": {"off"}, "calling": {"off"}, "called": {"off"},
	"kick": {"off"}, "kicks": {"off"}, "kicking": {"off"}, "kicked": {"off"},
	"wrap": {"up"}, "wraps": {"up"}, "wrapped": {"up"},
	"get": {"under", "underway"}, "gets": {"under", "underway"}, "getting": {"under", "underway"}, "got": {"under", "underway"},
	"bring": {"together", "forward"}, "brings": {"together"}, "bringing": {"together"}, "brought": {"together", "forward"},
	"pay": {"visit"}, "pays": {"visit"}, "paying": {"visit"}, "paid": {"visit"}, "make": {"visit", "trip"}, "makes": {"visit", "trip"}, "making": {"visit", "trip"}, "made": {"visit", "trip"},
}

// otherVerbs are verbs that claim a date or a place near them for themselves:
// announced on Monday, founded in 1998, signed in Tbilisi.
var otherVerbs = set(`said says say told tells announced announces reported reports informed informs stated noted notes added adds
	wrote confirmed declared quoted posted published issued founded established created adopted signed approved decided elected appointed
	born died joined launched released received accepted sent submitted agreed ratified recalled stressed emphasized emphasised underlined
	discussed discusses met visited arrived left returned based built renovated reopened introduced registered awarded invited known working
	serving served located`)

// venueNouns head the name of a building or a site.
var venueNouns = set(`hotel centre center hall palace complex university headquarters stadium arena academy museum library theatre theater
	pavilion building house institute college school club resort park garden square auditorium ministry residence base circuit campus
	fairgrounds court embassy parliament expocenter fairground amphitheatre sanatorium villa castle monastery airport crocus-expo`)

// durations are numbers in "two-day".
var numbers = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}

// ordinals in words.
var ordinals = map[string]string{
	"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9",
	"tenth": "10", "eleventh": "11", "twelfth": "12", "thirteenth": "13", "fourteenth": "14", "fifteenth": "15", "sixteenth": "16",
	"seventeenth": "17", "eighteenth": "18", "nineteenth": "19", "twentieth": "20",
}

// speechVerbs close a sentence with who says it: "..., a source told Trend".
var speechVerbs = set(`said says told tells announced reported reports informed informs stated noted added wrote confirmed quoted according
	citing reads emphasized stressed`)

var determiners = set("the a an this that these those his her its their our another next last each every no any some previous forthcoming upcoming")

var prepositions = set(`in on at by for from with to into onto after before during since until till about against between among through over under
	within without near upon towards toward as than via amid despite besides including because of ahead following alongside`)

var conjunctions = set("and or but while whereas which who where when that if although though as")

var auxiliaries = set(`will would shall should may might can could must is are was were be been being has have had not n't never to
	also now currently already still first only once again officially originally initially provisionally tentatively reportedly
	jointly traditionally usually annually regularly soon later finally formally indefinitely`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

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
