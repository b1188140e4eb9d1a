package orgs

import "github.com/dateline-news/dateline/enrich/lexicon"

// The roles of words.
const (
	headNoun    lexicon.Role = 1 << iota // the head noun of a body
	openerNoun                           // a head noun that a proper name may follow: "Bank Respublika"
	massNoun                             // a head noun that does not stand for one body alone: "the press"
	commonWord                           // a word that an acronym spells
	fieldOfWork                          // a field of government
	legalForm                            // the legal form of a company
	eventNoun                            // the head noun of an event, which is no body
	siteNoun                             // that of a site, which is none either
	officeNoun                           // the title of a person, which opens no name of a body
	workWord                             // of a field of work, or qualifying an office
	dayOrMonth
	joiningWord // a small word that joins the parts of a name
	givenName
	determiner // one of determiners
	storm      // one of storms
	people     // one of peoples
	foreign    // one of foreigners
)

// learn gives the words their roles.
func (g *Gazetteer) learn(o *lexicon.Offices, given map[string]lexicon.Gender) {
	lexicon.AddSet(&g.roles, headNoun, lexicon.Set(`academy administration agency airlines airways alliance army assembly association authority bank
			board brigade broadcaster bureau cabinet center centre chamber church club college command commissariat commission
			committee community company confederation consortium consulate corporation corps council court customs department
			directorate division embassy enterprise exchange faculty federation fleet force forces foundation front fund gendarmerie
			government guard headquarters holding hospital inspectorate institute institution laboratory league library
			ministry mission museum movement network observatory office ombudsman orchestra organisation organization
			parliament partnership party police prosecutor's refinery regiment registry reserve school secretariat
			senate service services society staff studio syndicate team theatre theater treasury tribunal
			trust union university watch workshop power news press radio television tv newspaper times post tribune`))
	lexicon.AddSet(&g.roles, openerNoun, lexicon.Set("bank radio university club group theatre theater network museum hospital company holding team union airlines hotel"))
	lexicon.AddSet(&g.roles, massNoun, lexicon.Set("customs news press radio television tv police army forces force times post staff services"))
	lexicon.AddSet(&g.roles, commonWord, lexicon.Set("who pace eco sec era fed aid us it mena sat eac ida apa era man"))
	lexicon.AddSet(&g.roles, fieldOfWork, lexicon.Set(`defence defense treasury commerce state foreign finance trade health interior justice agriculture energy education transport
			culture labour labor environment economy industry republican democrat democratic conservative liberal home youth sports`))
	lexicon.AddSet(&g.roles, legalForm, lexicon.Set("inc ltd llc plc co corp gmbh ag sa ojsc cjsc jsc pjsc llp ooo oao zao asc mmc group holdings"))
	lexicon.AddSet(&g.roles, eventNoun, lexicon.Set(`conference forum summit congress seminar symposium exhibition expo fair festival meeting session workshop games
			championship cup olympics olympiad webinar hackathon assembly-session week day days year decade war prize award awards
			agreement treaty convention protocol memorandum act law code programme program project initiative strategy
			plan process round table roundtable tournament marathon election elections referendum revolution`))
	lexicon.AddSet(&g.roles, siteNoun, lexicon.Set("avenue street road square boulevard airport port station stadium palace hotel bridge park tower lake river mountain sea region district city village province oblast rayon"))
	lexicon.AddSet(&g.roles, dayOrMonth, lexicon.Set(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
			september october november december`))
	lexicon.AddSet(&g.roles, joiningWord, lexicon.Set("of for on and & de du des la le"))
	lexicon.AddSet(&g.roles, officeNoun, titles(o))
	lexicon.AddSet(&g.roles, workWord, work(o))
	lexicon.AddSet(&g.roles, givenName, given)
	lexicon.AddSet(&g.roles, determiner, lexicon.Set(determiners))
	lexicon.AddSet(&g.roles, storm, lexicon.Set(storms))
	lexicon.AddSet(&g.roles, people, lexicon.Set(peoples))
	lexicon.AddSet(&g.roles, foreign, lexicon.Set(foreigners))
}

// is reports whether a folded word has one of the roles.
func (g *Gazetteer) is(word string, role lexicon.Role) bool { return g.roles.Word(word)&role != 0 }

// is reports whether word i has one of the roles.
func (f *finder) is(i int, role lexicon.Role) bool { return f.roles[i]&role != 0 }
