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
