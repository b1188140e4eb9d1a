package prose

// kindOfStop says what a full stop after an abbreviation may mean.
type kindOfStop uint8

const (
	// neverEnds: something always follows ("Mr.").
	neverEnds kindOfStop = iota + 1
	// endsUnlessNumber: a number may follow ("No. 5", "Sept. 2015").
	endsUnlessNumber
	// mayEnd: the next word decides ("Inc.", "etc.").
	mayEnd
)

// abbreviations are the words of news English that carry a full stop of their
// own, in lower case without it.
var abbreviations = map[string]kindOfStop{
	"mr": neverEnds, "mrs": neverEnds, "ms": neverEnds, "messrs": neverEnds, "dr": neverEnds, "prof": neverEnds,
	"rev": neverEnds, "hon": neverEnds, "st": neverEnds, "ste": neverEnds, "mt": neverEnds, "ft": neverEnds,
	"gen": neverEnds, "lt": neverEnds, "maj": neverEnds, "col": neverEnds, "capt": neverEnds, "cmdr": neverEnds,
	"cpl": neverEnds, "sgt": neverEnds, "adm": neverEnds, "brig": neverEnds, "pvt": neverEnds, "cdr": neverEnds,
	"sen": neverEnds, "rep": neverEnds, "gov": neverEnds, "pres": neverEnds, "amb": neverEnds, "supt": neverEnds,
	"insp": neverEnds, "det": neverEnds, "fr": neverEnds, "sr": mayEnd, "jr": mayEnd, "esq": mayEnd,
	"vs": neverEnds, "eg": neverEnds, "ie": neverEnds, "cf": neverEnds, "approx": neverEnds, "ph": neverEnds,
	"jan": endsUnlessNumber, "feb": endsUnlessNumber, "mar": endsUnlessNumber, "apr": endsUnlessNumber,
	"jun": endsUnlessNumber, "jul": endsUnlessNumber, "aug": endsUnlessNumber, "sept": endsUnlessNumber,
	"sep": endsUnlessNumber, "oct": endsUnlessNumber, "nov": endsUnlessNumber, "dec": endsUnlessNumber,
	"nos": endsUnlessNumber, "pp": endsUnlessNumber, "vol": endsUnlessNumber, "fig": endsUnlessNumber,
	"inc": mayEnd, "corp": mayEnd, "ltd": mayEnd, "co": mayEnd, "cos": mayEnd, "bros": mayEnd, "plc": mayEnd,
	"llc": mayEnd, "dept": mayEnd, "assn": mayEnd, "univ": mayEnd, "intl": mayEnd, "govt": mayEnd, "etc": mayEnd,
	"ave": mayEnd, "blvd": mayEnd, "rd": mayEnd, "hwy": mayEnd, "bldg": mayEnd, "est": mayEnd, "al": mayEnd,
	"ariz": mayEnd, "ark": mayEnd, "calif": mayEnd, "colo": mayEnd, "conn": mayEnd, "fla": mayEnd, "ga": mayEnd,
	"ill": mayEnd, "ind": mayEnd, "kan": mayEnd, "ky": mayEnd, "md": mayEnd, "mich": mayEnd, "minn": mayEnd,
	"mo": mayEnd, "neb": mayEnd, "nev": mayEnd, "okla": mayEnd, "ore": mayEnd, "pa": mayEnd, "tenn": mayEnd,
	"tex": mayEnd, "va": mayEnd, "vt": mayEnd, "wash": mayEnd, "wis": mayEnd, "wyo": mayEnd,
}

// openers are the words that open an English sentence more often than they
// follow an abbreviation inside one.
var openers = map[string]bool{
	"the": true, "a": true, "an": true, "this": true, "that": true, "these": true, "those": true, "it": true, "its": true,
	"he": true, "she": true, "they": true, "we": true, "i": true, "you": true, "his": true, "her": true, "their": true,
	"our": true, "there": true, "here": true, "in": true, "on": true, "at": true, "by": true, "for": true, "from": true,
	"with": true, "as": true, "to": true, "but": true, "and": true, "or": true, "if": true, "when": true, "while": true,
	"after": true, "before": true, "since": true, "during": true, "however": true, "although": true, "though": true,
	"according": true, "meanwhile": true, "also": true, "both": true, "some": true, "many": true, "most": true,
	"more": true, "no": true, "not": true, "what": true, "who": true, "why": true, "how": true, "where": true,
	"officials": true, "last": true, "earlier": true, "moreover": true, "despite": true, "under": true, "about": true,
}
