package quotes

// force says how far a word of saying can be trusted to introduce speech.
type force uint8

const (
	// utters: someone says something (said, announced).
	utters force = iota + 1
	// manner: a way of speaking or a gesture beside a direct quotation
	// (whispered, continued, smiled); never introduces indirect speech.
	manner
	// holds: a belief or a finding, attributed to its holder (believes, found).
	holds
)

// verbs are the words of saying in their dictionary form, with the forms that
// the endings -s, -ed and -ing do not give.
var verbs = []struct {
	force force
	words string
}{
	{utters, `say/said tell/told/telling state add announce report note stress emphasize emphasise underline underscore
		explain claim argue assert insist allege admit/admitted/admitting acknowledge confirm deny/denied declare warn caution comment
		remark reply/replied answer respond reveal disclose recall reiterate repeat mention observe suggest write/wrote/written/writing
		tweet post conclude complain concede contend maintain affirm assure predict forecast/forecast propose recommend
		request promise vow pledge inform inquire enquire ask hint quip boast testify/testified opine counter
		highlight elaborate clarify/clarified continue specify/specified point advise urge proclaim rule indicate agree
		speak/spoke/spoken/speaking read/read lament signal/signalled/signalling quote cite accuse demand object summarize
		summarise swear/swore/sworn venture profess retort lie/lied/lying note stipulate applaud hail praise criticize
		criticise describe express voice defend greet thank congratulate`},
	{manner, `cry/cried whisper exclaim murmur mutter shout yell scream shriek return interrupt interpose gasp sigh laugh
		groan moan growl snap grumble stammer falter ejaculate pursue resume plead beg/begged/begging call roar bellow
		drawl grunt hiss chuckle giggle smile nod sob croak echo query/queried muse reflect chime implore entreat bawl
		squeak snarl wail sneer snort mumble pant breathe persist correct command order apologize apologise protest
		joke chant sing/sang/sung/singing go/went/gone/going cut/cut/cutting put/put/putting burst/burst break/broke/broken/breaking
		begin/began/begun/beginning rejoin intone blurt declaim finish end conclude sniff whimper thunder prompt offer suppose assent consent repeat
		think/thought/thinking wonder demur growl scold taunt tease chide soothe coax press inquire`},
	{holds, `believe think/thought/thinking find/found/finding show/showed/shown estimate expect hope suspect fear feel/felt/feeling
		understand/understood/understanding know/knew/known/knowing realise realize consider suppose imagine assume
		calculate determine discover demonstrate imply/implied establish decide doubt anticipate project guess speculate
		hold/held/holding see/saw/seen/seeing view`},
}

// cueForces is the force of each form of the words of saying; a word of two
// groups keeps the first.
var cueForces = inflected()

// describing verbs are quoted words at most beside, never a clause after them.
var describing = set(`applaud hail praise criticize criticise describe express voice defend greet thank congratulate accuse
	demand object quote cite speak spoke spoken speaking`)

// pronouns are the pronouns that can speak.
var pronouns = set(`he she they it we i you who`)

// determiners begin a noun phrase.
var determiners = set(`the a an this that these those his her its their our my your one another some many several both
	two three four five six most all any each every no other others`)

// prepositions end a noun phrase that is not a name, save "of".
var prepositions = set(`in on at by for from with to into onto after before during since until about against between among
	through over under above below within without near upon towards toward as than like per via amid despite besides
	including because while whilst when where if although though whereas unless whether that how why what which who whom whose
	regarding concerning citing according along across around behind beside beyond off out up down past following`)

// clauseWords join clauses; a noun phrase does not reach over them.
var clauseWords = set(`and but or nor so yet because while when where if although though whereas unless whether then
	that which who whom whose how why what`)

// auxiliaries may stand between a subject and its verb.
var auxiliaries = set(`has have had is was were are been be being will would can could may might must shall should do does did
	also later then still once again not never ever now just even further thus first recently already always often
	only simply both all himself herself itself themselves too repeatedly reportedly previously earlier so`)

// finite are words that show a clause has a verb.
var finite = set(`is are was were has have had will would can could may might must shall should do does did be been am
	'll 'd 're 've won't can't couldn't wouldn't isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't
	cannot i'm it'll he'll she'll they'll we'll i'll i've we've they've we're they're i'd he'd she'd they'd we'd you're`)

// days and months are no part of a speaker's name.
var calendar = set(`monday tuesday wednesday thursday friday saturday sunday january february march april june july august
	september october november december today yesterday tomorrow tonight jan feb mar apr jun jul aug sept oct nov dec`)

// sources are nouns that hold findings or speak without being people.
var sources = set(`study studies survey surveys poll polls report reports research researchers scientists experts figures data
	results findings estimates analysts analysis officials statement letter document documents source sources media
	statistics evidence investigators investigation witnesses observers economists critics authorities police
	historians scholars doctors engineers organizers organisers forecasters court judge website records tests survivors
	legend tradition archives letters review inquiry commission committee council ministry government agency`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range fields(words) {
		m[w] = true
	}
	return m
}
