package dates

// class is a set of the roles a word can play in an expression of time.
type class uint32

const (
	number   class = 1 << iota // digits
	cardinal                   // one, twenty; hundred and thousand have num set to themselves
	ordinal                    // 8th, eighth, last
	month
	weekday
	unitWord
	plural   // of a unit
	deictic  // today, tomorrow
	modifier // last, this, next
	dayPart  // morning, night
	season
	edge       // early, late, end, beginning
	decadeWord // 1980s
	meridiem
	zoneWord
	punctuation
	breakMark // a paragraph ends
	frequency // weekly, annual
	reference // now, recently
	vague     // few, several
	short     // an abbreviation that is a date only beside a number
	homograph // a date word that is more often something else: may, march, sun
	joiner    // to, through, until and the dashes
	dirWord   // ago, later, earlier, before, after, hence
	article
	preposition
	festive // a word that opens the name of a holiday
	coded   // Q3, H1, FY2014
)

// tense is what a word says of the time of its clause.
type tense int8

const (
	unknownTense tense = iota
	pastTense
	presentTense
	futureTense
)

// entry is what the lexicon knows of a word.
type entry struct {
	word  string
	class class
	num   int32
	unit  unit
	tense tense
}

// lexicon maps a lower-case word to its entry; it is never written after the
// package is loaded.
var lexicon = buildLexicon()

func buildLexicon() map[string]*entry {
	b := lexiconBuilder{}
	b.calendar()
	b.numbers()
	b.units()
	b.relatives()
	b.clockWords()
	b.grammar()
	b.verbs()
	b.foreign()
	b.festive()
	return b
}

type lexiconBuilder map[string]*entry

// add gives each word of the space-separated list a class and the number n.
func (b lexiconBuilder) add(c class, n int, words ...string) {
	for _, w := range words {
		e := b[w]
		if e == nil {
			e = &entry{word: w}
			b[w] = e
		}
		e.class |= c
		if n != 0 {
			e.num = int32(n)
		}
	}
}

// list adds words numbered from first.
func (b lexiconBuilder) list(c class, first int, words ...string) {
	for i, w := range words {
		b.add(c, first+i, w)
	}
}

func (b lexiconBuilder) calendar() {
	b.list(month, 1, "january", "february", "march", "april", "may", "june", "july", "august",
		"september", "october", "november", "december")
	b.list(month|short, 1, "jan", "feb", "mar", "apr")
	b.list(month|short, 6, "jun", "jul", "aug", "sep", "oct", "nov", "dec")
	b.add(month|short, 9, "sept")
	b.add(homograph, 0, "march", "may", "mar", "jan", "jun", "dec")
	b.list(weekday, 1, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
	b.list(weekday|plural, 1, "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays")
	b.list(weekday|short, 1, "mon", "tue", "wed", "thu", "fri", "sat", "sun")
	b.add(weekday|short, 2, "tues")
	b.add(weekday|short, 3, "weds")
	b.add(weekday|short, 4, "thur", "thurs")
	b.add(homograph, 0, "sun", "sat", "mon", "wed")
	b.list(season, 1, "spring", "summer", "autumn", "winter")
	b.add(season|homograph, 3, "fall")
	b.add(homograph, 0, "spring")
	b.list(season|plural, 1, "springs", "summers", "autumns", "winters")
	b.add(0, 0, "ad", "ce", "o'clock", "oclock")
	b.add(preposition, 0, "c", "ca", "circa")
}

func (b lexiconBuilder) numbers() {
	b.list(cardinal, 1, "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
		"eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
	for i, w := range []string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"} {
		b.add(cardinal, 10*(i+2), w)
	}
	b.add(cardinal, 20, "twentys")
	b.add(cardinal, 12, "dozen")
	b.add(cardinal, 100, "hundred")
	b.add(cardinal, 1000, "thousand")
	b.list(ordinal, 1, "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
		"eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth")
	b.add(ordinal, 30, "thirtieth")
	b.add(ordinal, -1, "final")
	b.list(decadeWord, 2, "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
	b.add(vague, 3, "few", "several", "some", "many", "numerous", "various", "recent", "countless")
	b.add(vague, 2, "couple", "pair")
	b.add(0, 0, "and", "half", "business", "working", "consecutive", "straight", "successive", "full", "whole", "entire", "more", "old", "long", "calendar", "fiscal", "financial", "school", "academic", "other", "coming")
}

func (b lexiconBuilder) units() {
	for _, u := range []struct {
		unit unit
		one  string
		many string
	}{
		{second, "second sec", "seconds secs"},
		{minute, "minute min", "minutes mins"},
		{hour, "hour hr", "hours hrs"},
		{day, "day", "days"},
		{week, "week wk", "weeks wks"},
		{fortnight, "fortnight", "fortnights"},
		{weekend, "weekend", "weekends"},
		{monthUnit, "month", "months"},
		{quarter, "quarter qtr", "quarters qtrs"},
		{year, "year yr", "years yrs"},
		{decade, "decade", "decades"},
		{century, "century", "centuries"},
		{night, "night", "nights"},
	} {
		for i, words := range []string{u.one, u.many} {
			for w := range fields(words) {
				c := unitWord
				if i == 1 {
					c |= plural
				}
				b.add(c, 0, w)
				b[w].unit = u.unit
			}
		}
	}
	b["second"].class |= homograph
	b.add(unitWord|homograph, 0, "workweek")
	b["workweek"].unit = week
}

func (b lexiconBuilder) relatives() {
	b.add(deictic, 0, "today")
	b.add(deictic, 1, "tomorrow", "tomorrows", "tmrw", "tmr")
	b.add(deictic, -1, "yesterday")
	b.add(deictic|dayPart, 0, "tonight", "tonite")
	b.add(modifier, -1, "last", "past", "previous", "preceding", "prior")
	b.add(ordinal, 0, "last")
	b.add(modifier, 1, "next", "coming", "upcoming", "following", "forthcoming", "subsequent")
	b.add(modifier, 0, "this", "current", "that", "same", "these", "those")
	b.add(dirWord, -1, "ago", "earlier", "before", "previously", "back", "prior")
	b.add(dirWord, 1, "later", "after", "hence", "afterwards", "afterward", "thereafter")
	b.add(edge, -1, "early", "beginning", "start", "opening", "earlier")
	b.add(edge, 0, "mid", "middle")
	b.add(edge, 1, "late", "end", "close", "later", "ending")
	b["mid"].num = 0
	b.add(frequency, int(day), "daily", "nightly", "everyday")
	b.add(frequency, int(week), "weekly")
	b.add(frequency, int(fortnight), "fortnightly", "biweekly")
	b.add(frequency, int(monthUnit), "monthly")
	b.add(frequency, int(quarter), "quarterly")
	b.add(frequency, int(year), "annual", "annually", "yearly")
	b.add(frequency, int(hour), "hourly")
	b.add(frequency, 0, "every", "each")
	b.add(reference, 0, "now", "currently", "nowadays", "presently")
	b.add(reference, -1, "recently", "lately")
	b.add(0, 0, "period", "set", "eom", "eod", "eoy", "bom", "boy", "single", "still", "than", "known", "use", "ever", "weekday", "running", "third", "yesteryear", "present", "future", "moment", "right", "just",
		"being", "near", "former", "once", "twice", "times", "semi", "bi", "annum", "day's", "year's")
}

func (b lexiconBuilder) clockWords() {
	b.list(dayPart, 1, "morning", "afternoon", "evening", "night")
	b.list(dayPart|plural, 1, "mornings", "afternoons", "evenings", "nights")
	b.add(dayPart, int(partNight), "night", "nights", "nighttime", "overnight")
	b.add(dayPart, int(partMorning), "dawn")
	b.add(dayPart, int(partEvening), "dusk")
	b.add(dayPart, int(partTonight), "tonight", "tonite")
	b.add(0, 12, "noon")
	b.add(dayPart, partMidday, "midday")
	b.add(dayPart, partDaytime, "daytime")
	b.add(dayPart, partLunch, "lunchtime")
	b.add(0, 24, "midnight")
	b.add(meridiem, 0, "am", "pm")
	b["am"].num, b["pm"].num = 1, 2
	for z, minutes := range zoneOffsets {
		b.add(zoneWord, 0, z)
		b[z].num = int32(minutes)
	}
	b.add(0, 0, "local", "time", "ish", "minutes")
}

// zoneOffsets are the zones agencies name beside a clock time, in minutes
// east of UTC.
var zoneOffsets = map[string]int{
	"utc": 0, "gmt": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
	"pst": -480, "pdt": -420, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180,
	"azt": 240, "get": 240, "amt": 240, "trt": 180, "ist": 330, "jst": 540, "kst": 540, "hkt": 480,
	"sgt": 480, "aest": 600, "aedt": 660, "wib": 420, "pkt": 300, "irst": 210, "gst": 240, "ast": -240,
}

func (b lexiconBuilder) grammar() {
	b.add(article, 1, "a", "an")
	b.add(article, 0, "the")
	b.add(joiner, 0, "to", "through", "thru", "until", "till", "untill")
	b.add(preposition, 0, "in", "on", "at", "of", "from", "between", "by", "since", "during", "for", "within", "until",
		"till", "over", "around", "about", "before", "after", "throughout", "into", "as", "with", "than", "when", "that", "which", "or", "but", "and", "beginning", "starting", "commencing", "per")
	b.add(0, 0, "finish", "not", "no", "be", "been", "being", "it", "he", "she", "they", "we", "i", "you", "all", "any", "half", "past",
		"time", "begins", "people", "percent", "date", "so", "if", "years'", "vision", "agenda", "strategy", "horizon", "plan", "programme", "program", "concept", "roadmap", "europe", "flight", "resolution", "decree", "order", "protocol", "article", "law",
		"paragraph", "page", "room", "route", "model", "boeing", "windows", "number", "section", "chapter", "convention", "regulation", "directive", "iso", "decision", "bill", "act", "area", "gate", "highway", "channel",
		"sales", "rate", "old", "aged", "age", "members", "high", "low", "lows", "highs", "world", "anniversary", "edition", "birthday", "weeks'", "days'", "months'")
}

func (b lexiconBuilder) verbs() {
	for t, words := range map[tense]string{
		pastTense: "was were had did said told held met took began came went made gave won lost fell rose saw got left led sent " +
			"kept spoke wrote ran knew found became brought bought built sold paid shot grew broke drove chose " +
			"thought felt heard stood understood sat lay flew hit cut put killed struck swore swam sank drew died ended " +
			"been done taken given seen known shown spoken written chosen driven fallen risen sprang began begun",
		presentTense: "is are has have says tells does do remains becomes wants keeps seems",
		futureTense: "will shall would 'll going scheduled due expected planned upcoming forthcoming plans intends hopes " +
			"expects aims slated must should begin begins convene arrive arrives opens starts convenes kicks gathers gather meets hosts holds ends closes concludes won't ll let's let",
	} {
		for w := range fields(words) {
			b.add(0, 0, w)
			b[w].tense = t
		}
	}
}
