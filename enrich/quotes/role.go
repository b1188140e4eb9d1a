package quotes

import "github.com/dateline-news/dateline/enrich/lexicon"

// The roles of the words that speech is read by.
const (
	// determiner begins a noun phrase.
	determiner lexicon.Role = 1 << iota
	// preposition ends a noun phrase that is not a name, save "of".
	preposition
	// clauseWord joins clauses; a noun phrase does not reach over it.
	clauseWord
	// auxiliary may stand between a subject and its verb.
	auxiliary
	// finiteVerb shows that a clause has a verb.
	finiteVerb
	// calendarWord is a day or a month, no part of a speaker's name.
	calendarWord
	// pronoun can speak.
	pronoun
	// source is a noun that holds findings or speaks without being a person.
	source
	// describingVerb has quoted words at most beside it, never a clause after it.
	describingVerb
	// nameJoiner stands in lower case inside names.
	nameJoiner
	// phraseLink is a preposition inside the description of a person (head of,
	// ambassador to, minister for, mayor in).
	phraseLink
	// bareVerb takes a clause without "that".
	bareVerb
	// objectVerb is a verb of saying that takes a noun as often as a clause.
	objectVerb
	// irregularPast is the past of a verb without -ed.
	irregularPast
	// bodyNoun is a word for a body in a name.
	bodyNoun
	// cueWord is a form in cueForces, and cueOpener that or "according".
	cueWord
	cueOpener
)

var roles = func() *lexicon.Roles {
	r := &lexicon.Roles{}
	for _, v := range []struct {
		role  lexicon.Role
		words string
	}{
		{determiner, `the a an this that these those his her its their our my your one another some many several both
			two three four five six most all any each every no other others`},
		{preposition, `in on at by for from with to into onto after before during since until about against between among
			through over under above below within without near upon towards toward as than like per via amid despite besides
			including because while whilst when where if although though whereas unless whether that how why what which who whom whose
			regarding concerning citing according along across around behind beside beyond off out up down past following`},
		{clauseWord, `and but or nor so yet because while when where if although though whereas unless whether then
			that which who whom whose how why what`},
		{auxiliary, `has have had is was were are been be being will would can could may might must shall should do does did
			also later then still once again not never ever now just even further thus first recently already always often
			only simply both all himself herself itself themselves too repeatedly reportedly previously earlier so`},
		{finiteVerb, `is are was were has have had will would can could may might must shall should do does did be been am
			'll 'd 're 've won't can't couldn't wouldn't isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't
			cannot i'm it'll he'll she'll they'll we'll i'll i've we've they've we're they're i'd he'd she'd they'd we'd you're`},
		{calendarWord, `monday tuesday wednesday thursday friday saturday sunday january february march april june july august
			september october november december today yesterday tomorrow tonight jan feb mar apr jun jul aug sept oct nov dec`},
		{pronoun, `he she they it we i you who`},
		{source, `study studies survey surveys poll polls report reports research researchers scientists experts figures data
			results findings estimates analysts analysis officials statement letter document documents source sources media
			statistics evidence investigators investigation witnesses observers economists critics authorities police
			historians scholars doctors engineers organizers organisers forecasters court judge website records tests survivors
			legend tradition archives letters review inquiry commission committee council ministry government agency`},
		{describingVerb, `applaud hail praise criticize criticise describe express voice defend greet thank congratulate accuse
			demand object quote cite speak spoke spoken speaking`},
		{nameJoiner, `of for de la le du da di van von der den al el bin ibn ben del dos al- zu y e af the`},
		{phraseLink, `of for to in at from on`},
		{bareVerb, `tell rules ruled said says say told tells stated states added adds noted notes announced announces claimed claims reported reports
			believes believe believed thinks think thought suggest suggests suggested shows show showed found finds find estimate estimates
			estimated confirmed confirms explained explains argued argues insisted insists warned warns denied denies informs informed
			revealed reveals indicated indicates hopes hoped hope expects feared fears fear feels felt knew knows admitted admits conceded
			alleged alleges alleging suspect suspects predict predicts predicted concluded concludes observed realised realized agreed
			pledged promised promises acknowledged recalled recalls mentioned mentions declared emphasized emphasised stressed maintains
			maintained contends asserted assured assures read reads hinted tweeted wrote writes understands assumed assumes boasted`},
		{objectVerb, `announce announces announced claim claims claimed report reports reported suggest suggests suggested show shows showed
			find found finds confirm confirms confirmed deny denied denies reveal revealed reveals know knew knows feel felt feels predict predicts
			predicted promise promised promises pledge pledged mention mentions mentioned read reads expects observed hint hinted recalled recalls
			agreed assumes assumed understands alleged declared acknowledged indicated indicates admitted informs wrote writes warned warns stressed
			emphasized emphasised noted notes stated states added adds explained explains demanded maintained maintains estimated estimates concluded`},
		{irregularPast, `went came took gave made met began became won lost led held kept left sent spent built bought paid rose fell grew
			knew saw got ran set let put cut hit said told found felt meant stood understood brought caught taught fought sought drew flew
			broke spoke wrote chose drove`},
		{bodyNoun, `department bank university association union court house press news times post agency company corporation group
			party parliament office institute federation society organization organisation authority board bureau centre center
			college school church army navy police force team club fund foundation network service states kingdom nations`},
	} {
		r.Add(v.role, v.words)
	}
	r.Add(cueOpener, "according")
	for w := range cueForces {
		r.Add(cueWord|cueOpener, w)
	}
	return r
}()

// has reports whether word i plays one of the roles.
func (d *document) has(i int, role lexicon.Role) bool {
	return i >= 0 && i < len(d.roles) && d.roles[i]&role != 0
}
