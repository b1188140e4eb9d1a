package orgs

import "github.com/dateline-news/dateline/enrich/lexicon"

// vocabulary is the nouns that tell what a capitalised name is.
type vocabulary struct {
	heads, openers, masses, common, fields, companies, events, sites, titles, work, days, joins map[string]bool
}

// newVocabulary lists, in folded form: the head nouns of bodies, those
// of them that a proper name may follow ("Bank Respublika"), those that
// do not stand for one body alone ("the press"), words that acronyms spell, fields of
// government, the legal forms of companies, the head nouns of events and of sites, which are not
// bodies, the titles of people, which open no body's name, and the small words
// that join its parts.
func newVocabulary(o *lexicon.Offices) *vocabulary {
	return &vocabulary{
		heads: lexicon.Set(`academy administration agency airlines airways alliance army assembly association authority bank
			board brigade broadcaster bureau cabinet center centre chamber church club college command commissariat commission
			committee community company confederation consortium consulate corporation corps council court customs department
			directorate division embassy enterprise exchange faculty federation fleet force forces foundation front fund gendarmerie
			government guard headquarters holding hospital inspectorate institute institution laboratory league library
			ministry mission museum movement network observatory office ombudsman orchestra organisation organization
			parliament partnership party police prosecutor's refinery regiment registry reserve school secretariat
			senate service services society staff studio syndicate team theatre theater treasury tribunal
			trust union university watch workshop power news press radio television tv newspaper times post tribune`),
		openers: lexicon.Set("bank radio university club group theatre theater network museum hospital company holding team union airlines hotel"),
		masses:  lexicon.Set("customs news press radio television tv police army forces force times post staff services"),
		common:  lexicon.Set("who pace eco sec era fed aid us it mena sat eac ida apa era man"),
		fields: lexicon.Set(`defence defense treasury commerce state foreign finance trade health interior justice agriculture energy education transport
			culture labour labor environment economy industry republican democrat democratic conservative liberal home youth sports`),
		companies: lexicon.Set("inc ltd llc plc co corp gmbh ag sa ojsc cjsc jsc pjsc llp ooo oao zao asc mmc group holdings"),
		events: lexicon.Set(`conference forum summit congress seminar symposium exhibition expo fair festival meeting session workshop games
			championship cup olympics olympiad webinar hackathon assembly-session week day days year decade war prize award awards
			agreement treaty convention protocol memorandum act law code programme program project initiative strategy
			plan process round table roundtable tournament marathon election elections referendum revolution`),
		sites:  lexicon.Set("avenue street road square boulevard airport port station stadium palace hotel bridge park tower lake river mountain sea region district city village province oblast rayon"),
		titles: titles(o),
		work:   work(o),
		days: lexicon.Set(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
			september october november december`),
		joins: lexicon.Set("of for on and & de du des la le"),
	}
}
