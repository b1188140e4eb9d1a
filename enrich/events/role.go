package events

import "github.com/dateline-news/dateline/enrich/lexicon"

// The roles of the words that a clause is read by.
const (
	determiner lexicon.Role = 1 << iota
	preposition
	conjunction
	auxiliary
	// verbOfEvent is a form in eventVerbs, headNoun a noun in headNouns.
	verbOfEvent
	headNoun
	// genericNoun stands for an event spoken of before, of whatever kind.
	genericNoun
	// shyNoun is a noun of events so common in other senses that a clause must
	// say more than that something happens.
	shyNoun
	// videoWord stands before "conference" and makes it something else.
	videoWord
	// eventPart stands before an event noun and makes it a part of an event.
	eventPart
	// dependant stands after an event noun and makes it a mere description.
	dependant
	// otherVerb claims a date or a place near it for itself: announced on
	// Monday, founded in 1998, signed in Tbilisi.
	otherVerb
	// speechVerb closes a sentence with who says it: "..., a source told Trend".
	speechVerb
	// venueNoun heads the name of a building or a site.
	venueNoun
	// attendee is a noun of people and bodies that take part, counted or not.
	attendee
	// submissionNoun is what is sent in for an event.
	submissionNoun
	// bodyNoun heads the description of a body.
	bodyNoun
	// roundNumber counts attendees without a figure.
	roundNumber
	// timeWord says when or where and is no part of a subject.
	timeWord
	// mentionOpener is a word in lower case at which a mention can be recognised.
	mentionOpener
	// another stands before a number or "one" that means another event.
	another
	// verbalOpener is a word that verbalKind looks at.
	verbalOpener
	// confirmer tells that something is confirmed, and aheadOpener opens a phrase
	// of goesAhead.
	confirmer
	aheadOpener
	// partyWord may stand beside those who take part, changeWord beside a date or
	// place that the event had before.
	partyWord
	changeWord
	// A feltNoun opens a clause of what is feared or supposed, a weighingVerb takes
	// what is only thought about, an urgingWord what is only asked for.
	feltNoun
	weighingVerb
	urgingWord
)

var roles = func() *lexicon.Roles {
	r := &lexicon.Roles{}
	for _, v := range []struct {
		role  lexicon.Role
		words string
	}{
		{determiner, "the a an this that these those his her its their our another next last each every no any some previous forthcoming upcoming"},
		{preposition, `in on at by for from with to into onto after before during since until till about against between among through over under
			within without near upon towards toward as than via amid despite besides including because of ahead following alongside`},
		{conjunction, "and or but while whereas which who where when that if although though as"},
		{auxiliary, `will would shall should may might can could must is are was were be been being has have had not n't never to
			also now currently already still first only once again officially originally initially provisionally tentatively reportedly
			jointly traditionally usually annually regularly soon later finally formally indefinitely`},
		{genericNoun | mentionOpener, "event events gathering edition"},
		{shyNoun, "session sessions course courses tour tours trip trips vote votes polls training exercise exercises game games cup show shows rally rallies drill dialogue fair assembly trial hearing convention"},
		{videoWord, "press news video telephone"},
		{eventPart, "opening closing welcoming welcome press side news plenary panel breakout award awards signing handover trading photo recording"},
		{dependant, `participants delegates attendees organizers organisers agenda hall room rooms programme program committee venue venues
			centre center season goers chair chairman chairperson president secretary host hosts documents results outcomes declaration
			resolution format speakers guests series team teams campaign commission official officials observers candidate
			candidates records proceedings abstracts website presidency chairmanship day site facility facilities schedule
			calendar period winner winners title champion champions director minutes range ground grounds cookie cookies booth hotel
			budget costs cost fee fees ticket tickets table tables papers paper preparations secretariat visitors audience slogan logo mascot flag draw
			final finals squad match matches qualifier qualifiers`},
		{otherVerb, `said says say told tells announced announces reported reports informed informs stated noted notes added adds
			wrote confirmed declared quoted posted published issued founded established created adopted signed approved decided elected appointed
			born died joined launched released received accepted sent submitted agreed ratified recalled stressed emphasized emphasised underlined
			discussed discusses met visited arrived left returned based built renovated reopened introduced registered awarded invited known working
			serving served located`},
		{speechVerb, `said says told tells announced reported reports informed informs stated noted added wrote confirmed quoted according
			citing reads emphasized stressed`},
		{venueNoun, `hotel centre center hall palace complex university headquarters stadium arena academy museum library theatre theater
			pavilion building house gallery plaza lounge tower church cathedral mosque temple cinema philharmonic conservatory hippodrome velodrome lyceum mansion institute college school club resort park garden square auditorium ministry residence base circuit campus
			fairgrounds court embassy parliament expocenter fairground amphitheatre sanatorium villa castle monastery airport`},
		{attendee, `countries country delegates delegations participants representatives experts states companies officials ministers
			specialists people guests nations organizations organisations journalists students scientists scholars athletes teams exhibitors visitors
			leaders members heads lawmakers fans runners musicians envoys artists farmers pupils children volunteers employees lawyers judges
			parliamentarians deputies observers investors entrepreneurs researchers diplomats troops soldiers servicemen
			instructors officers universities institutions firms speakers media outlets regions editors teachers doctors engineers agencies
			economies governments businesses partners banks cities clubs administrations navies airlines ports executives brokers producers farms schools ambassadors ministers`},
		{submissionNoun, "submissions applications papers abstracts proposals nominations registration accreditation"},
		{bodyNoun, `department ministry committee government council agency authority association federation union chamber foundation institute
			university company group administration office bureau commission embassy society club museum academy parliament municipality`},
		{roundNumber, "hundreds dozens thousands thirty forty fifty sixty twenty hundred"},
		{timeWord, "here there today yesterday tomorrow tonight earlier later"},
		{mentionOpener, "it table date day round next 's"},
		{another, "the next last previous latest"},
		{verbalOpener, "meet met meets meeting gather gathers gathered gathering convene convenes convened convening polls visit visited visiting by until till than before on through"},
		{confirmer, "confirmed confirms reaffirmed confirm confirming confirmation"},
		{partyWord, "by participation involvement together welcome between with for expected invited"},
		{changeWord, "instead rather later new"},
		{feltNoun, "fears fear speculation rumours rumors doubts worries concern concerns hints suggestions risk danger talk"},
		{weighingVerb, `considered considers consider considering discussed discusses discuss discussing mulled mulls mulling weighed weighs weighing
			suggested suggests suggesting proposed proposes proposing contemplated debated thinking thought`},
		{urgingWord, `urged urges urging asked asks asking called calls call calling demanded demands demand demanding threatened threatens threatening threats threat
			pleas plea pressed pressure petition petitioned appealed appeals appeal advised advises attempts attempt efforts proposals proposal`},
	} {
		r.Add(v.role, v.words)
	}
	for w := range headNouns {
		r.Add(headNoun|mentionOpener, w)
	}
	for w, v := range eventVerbs {
		r.Add(verbOfEvent, w)
		if v.class == gathers {
			r.Add(partyWord, w)
		}
	}
	for _, words := range goesAhead {
		r.Add(aheadOpener, words[0])
	}
	return r
}()

// has reports whether word i plays one of the roles.
func (d *document) has(i int, role lexicon.Role) bool {
	return i >= 0 && i < len(d.roles) && d.roles[i]&role != 0
}

// kindOf is the kind of event that the noun at word i heads, empty for none.
func (d *document) kindOf(i int) string {
	if !d.has(i, headNoun) {
		return ""
	}
	return headNouns[d.Words[i].Fold]
}

// verbForm is the entry of word i in eventVerbs, whatever the words around it.
func (d *document) verbForm(i int) verbForm {
	if !d.has(i, verbOfEvent) {
		return verbForm{}
	}
	return eventVerbs[d.Words[i].Fold]
}
