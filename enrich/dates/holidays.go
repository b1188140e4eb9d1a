package dates

import "time"

// holiday is a named day or run of days.
type holiday struct {
	on   yearly
	end  yearly // the day after, when it is not told by days
	days int
}

// holidays maps the lower-case name of a holiday, without apostrophes and
// with spaces for hyphens, to its rule; it is never written after the package
// is loaded.
var holidays = buildHolidays()

// longestHoliday is the number of words in the longest name.
const longestHoliday = 7

func buildHolidays() map[string]holiday {
	h := holidayBuilder{}
	h.fixed()
	h.movable()
	h.christian()
	h.islamic()
	h.hebrew()
	h.lunar()
	return h
}

type holidayBuilder map[string]holiday

func (h holidayBuilder) add(on yearly, names ...string) { h.days(on, 1, names...) }

// until adds a holiday that lasts until another begins.
func (h holidayBuilder) until(on, end yearly, names ...string) {
	for _, name := range names {
		h[name] = holiday{on: on, end: end}
	}
}

func (h holidayBuilder) days(on yearly, n int, names ...string) {
	for _, name := range names {
		h[name] = holiday{on: on, days: n}
	}
}

func (h holidayBuilder) fixed() {
	for _, f := range []struct {
		m, d  int
		names []string
	}{
		{1, 1, []string{"new years day", "new year day", "new year", "new years"}},
		{12, 31, []string{"new years eve", "new year eve", "nye", "hogmanay", "silvester"}},
		{1, 6, []string{"epiphany", "three kings day"}},
		{1, 7, []string{"orthodox christmas", "orthodox christmas day"}},
		{1, 13, []string{"lohri"}},
		{1, 14, []string{"old new year", "orthodox new year", "thai pongal", "pongal", "bhogi pandigai", "boghi", "bogi pandigai", "bhogi"}},
		{1, 15, []string{"makar sankranti", "maghi", "maattu pongal", "mattu pongal"}},
		{1, 16, []string{"kaanum pongal", "kanni pongal", "kanum pongal"}},
		{1, 25, []string{"burns night"}},
		{1, 26, []string{"republic day of india"}},
		{2, 2, []string{"groundhog day", "candlemas"}},
		{2, 14, []string{"valentines day", "valentine day", "valentines", "st valentines day", "saint valentines day"}},
		{2, 29, []string{"leap day"}},
		{3, 1, []string{"st davids day", "saint davids day"}},
		{3, 8, []string{"international womens day", "womens day"}},
		{3, 14, []string{"pi day"}},
		{3, 15, []string{"ides of march"}},
		{3, 17, []string{"st patricks day", "saint patricks day", "saint patrick", "st patrick", "saint paddys day", "st paddys day", "st pattys day", "paddys day"}},
		{3, 21, []string{"novruz", "nowruz", "norouz", "navruz", "nauryz", "novruz bayram", "novruz holiday", "newroz"}},
		{3, 22, []string{"world water day"}},
		{3, 24, []string{"world tb day"}},
		{4, 1, []string{"april fools day", "april fools", "all fools day"}},
		{4, 7, []string{"world health day"}},
		{4, 14, []string{"vaisakhi", "baisakhi", "vasakhi", "puthandu", "tamil new year", "pana sankranti"}},
		{4, 10, []string{"siblings day"}},
		{4, 15, []string{"tax day"}},
		{4, 16, []string{"emancipation day"}},
		{4, 20, []string{"420 day"}},
		{4, 22, []string{"earth day"}},
		{4, 23, []string{"st georges day", "saint georges day", "feast of st george", "feast of saint george"}},
		{4, 25, []string{"anzac day"}},
		{5, 1, []string{"may day", "international workers day", "workers day", "international labour day", "international labor day"}},
		{5, 4, []string{"star wars day"}},
		{5, 5, []string{"cinco de mayo"}},
		{5, 8, []string{"ve day"}},
		{5, 9, []string{"victory day", "europe day", "rabindra jayanti", "rabindranath jayanti"}},
		{5, 25, []string{"africa day"}},
		{5, 28, []string{"republic day of azerbaijan"}},
		{6, 5, []string{"world environment day"}},
		{6, 14, []string{"flag day"}},
		{6, 19, []string{"juneteenth"}},
		{6, 24, []string{"midsummer day", "st johns day"}},
		{7, 1, []string{"canada day"}},
		{7, 4, []string{"independence day"}},
		{7, 14, []string{"bastille day"}},
		{7, 18, []string{"mandela day"}},
		{8, 15, []string{"assumption day", "assumption of mary", "feast of the assumption"}},
		{9, 11, []string{"patriot day"}},
		{9, 21, []string{"international day of peace", "peace day"}},
		{10, 2, []string{"gandhi jayanti"}},
		{10, 24, []string{"united nations day", "un day"}},
		{10, 31, []string{"halloween", "halloween day", "hallowe en", "all hallows eve"}},
		{11, 1, []string{"all saints day", "all hallows day", "all hallows", "world vegan day"}},
		{11, 2, []string{"all souls day"}},
		{11, 5, []string{"guy fawkes day", "guy fawkes night", "bonfire night"}},
		{11, 9, []string{"state flag day of azerbaijan"}},
		{11, 11, []string{"veterans day", "veteran day", "armistice day", "remembrance day", "martinmas", "singles day"}},
		{11, 17, []string{"constitution day of azerbaijan"}},
		{11, 19, []string{"international mens day", "mens day"}},
		{11, 30, []string{"st andrews day", "saint andrews day"}},
		{12, 1, []string{"world aids day"}},
		{12, 6, []string{"st nicholas day", "saint nicholas day"}},
		{12, 10, []string{"human rights day"}},
		{12, 24, []string{"christmas eve", "xmas eve"}},
		{12, 25, []string{"christmas day", "christmas", "xmas", "xmas day"}},
		{12, 26, []string{"boxing day", "kwanzaa", "st stephens day", "saint stephens day"}},
		{12, 31, []string{"day of solidarity of world azerbaijanis"}},
	} {
		h.add(fixedDay(f.m, f.d), f.names...)
	}
}

func (h holidayBuilder) movable() {
	h.add(nthWeekdayOf(1, 1, 3), "mlk day", "mlk jr day", "martin luther king day", "martin luther kings day", "martin luther king jr day", "civil rights day", "idaho human rights day")
	h.add(nthWeekdayOf(2, 1, 3), "presidents day", "washingtons birthday", "family day")
	h.add(nthWeekdayOf(5, 7, 2), "mothers day", "mother day")
	h.add(nthWeekdayOf(5, 1, -1), "memorial day", "decoration day")
	h.add(nthWeekdayOf(6, 7, 3), "fathers day", "father day")
	h.add(nthWeekdayOf(7, 7, -1), "parents day", "national parents day")
	h.add(nthWeekdayOf(7, 5, -1), "sysadmin day", "system administrator appreciation day")
	h.add(nthWeekdayOf(9, 1, 1), "labor day", "labour day")
	h.add(shifted(nthWeekdayOf(9, 1, 1), 6), "grandparents day", "national grandparents day")
	h.add(nthWeekdayOf(10, 1, 2), "columbus day", "indigenous peoples day", "canadian thanksgiving")
	thanksgiving := nthWeekdayOf(11, 4, 4)
	h.add(thanksgiving, "thanksgiving", "thanksgiving day")
	h.add(shifted(thanksgiving, 1), "black friday")
	h.add(shifted(thanksgiving, 2), "small business saturday")
	h.add(shifted(thanksgiving, 4), "cyber monday")
	h.add(shifted(thanksgiving, 5), "giving tuesday")
	h.add(shifted(nthWeekdayOf(11, 1, 1), 1), "election day")
	h.add(nthWeekdayOf(4, 3, -1), "administrative professionals day", "secretaries day", "admins day")
	h.add(nearWorkday(10, 16), "boss day", "bosss day", "bosss", "bosses day", "national boss day")
	h.add(kingsDay, "kings day", "koningsdag")
	h.days(func(y int) (time.Time, bool) { return nthWeekday(period(date(y, 4, 1), monthUnit), 5, -1), true }, 3, "global youth service day")
	h.add(parsiNewYear, "parsi new year", "jamshedi navroz")
	h.add(nthWeekdayOf(2, 7, 1), "super bowl sunday")
	h.add(earthHour, "earth hour")
}

func (h holidayBuilder) christian() {
	western := func(days int, names ...string) { h.add(shifted(westernEaster, days), names...) }
	western(0, "easter", "easter sunday", "easter day")
	western(1, "easter monday")
	western(-1, "holy saturday", "easter saturday", "black saturday", "easter eve", "easter vigil")
	western(-2, "good friday", "great friday", "holy friday")
	western(-3, "maundy thursday", "holy thursday", "covenant thursday", "covenant thu", "thu of mysteries", "thursday of mysteries", "great thursday", "sheer thursday")
	western(-7, "palm sunday", "branch sunday")
	western(-46, "ash wednesday")
	western(-47, "shrove tuesday", "pancake day", "pancake tuesday", "mardi gras", "fat tuesday", "carnival tuesday")
	western(-48, "shrove monday", "rose monday", "clean monday of the west")
	western(39, "ascension day", "ascension thursday", "ascension")
	western(49, "pentecost", "pentecost sunday", "whit sunday", "whitsun", "white sunday")
	western(50, "whit monday", "pentecost monday", "monday of the holy spirit", "monday of the trinity")
	western(56, "trinity sunday")
	western(60, "corpus christi", "feast of corpus christi")
	h.days(shifted(westernEaster, -46), 46, "lent")
	h.days(shifted(westernEaster, -7), 7, "holy week")
	east := func(days int, names ...string) { h.add(shifted(orthodoxEaster, days), names...) }
	east(0, "orthodox easter", "orthodox easter sunday", "greek easter", "pascha")
	east(1, "orthodox easter monday")
	east(-1, "orthodox holy saturday", "orthodox easter saturday")
	east(-2, "orthodox good friday", "orthodox great friday")
	east(-8, "lazarus saturday")
	east(-7, "orthodox palm sunday", "orthodox branch sunday")
	east(-48, "orthodox shrove monday", "orthodox clean monday", "clean monday", "orthodox ash monday")
	east(49, "orthodox pentecost")
	h.days(shifted(orthodoxEaster, -48), 40, "great lent", "great fast")
}

func (h holidayBuilder) islamic() {
	h.add(islamicDay(1, 1), "islamic new year", "hijri new year", "amun jadid", "muharram")
	h.add(islamicDay(1, 10), "ashura", "day of ashura", "ashura day")
	h.add(islamicDay(3, 12), "mawlid", "mawlid al nabi", "birthday of the prophet", "prophets birthday", "eid milad un nabi")
	h.add(islamicDay(7, 27), "isra and miraj", "night journey", "ascension to heaven", "laylat al miraj", "the prophets ascension")
	h.until(islamicDay(9, 1), islamicDay(10, 1), "ramadan", "ramadhan", "ramzan", "month of ramadan", "holy month of ramadan")
	h.add(islamicDay(9, 27), "laylat al qadr", "laylat al kadr", "night of power", "night of destiny", "night of decree")
	h.add(lastFridayOfRamadan, "jumuatul wida", "jamat ul vida", "last friday of ramadan")
	h.add(islamicDay(10, 1), "eid al fitr", "eid ul fitr", "id ul fitr", "eid", "ramadan bayram", "ramazan bayram", "ramadan bayrami", "end of ramadan", "ramadan holiday")
	h.add(islamicDay(12, 10), "eid al adha", "eid ul adha", "id ul adha", "id al adha", "sacrifice feast", "feast of sacrifice", "feast of the sacrifice", "bakr id", "bakrid", "kurban bayram", "gurban bayram", "gurban holiday", "kurban bayrami", "gurban bayrami")
	h.add(islamicDay(12, 9), "day of arafah", "arafat day")
	h.add(islamicDay(8, 15), "laylat al baraat", "shab e barat", "mid shaban")
	h.add(islamicDay(12, 18), "eid al ghadir", "eid al ghadeer")
}

func (h holidayBuilder) hebrew() {
	h.days(hebrewDay(tishri, 1), 3, "rosh hashanah", "rosh hashana", "rosh ha shanah", "yom teruah", "jewish new year")
	h.add(hebrewDay(tishri, 10), "yom kippur", "day of atonement")
	h.days(hebrewDay(tishri, 15), 8, "sukkot", "feast of the ingathering", "feast of booths", "feast of tabernacles")
	h.days(hebrewDay(tishri, 22), 3, "shemini atzeret")
	h.add(hebrewDay(tishri, 23), "simchat torah")
	h.days(hebrewDay(kislev, 25), 8, "hanukkah", "chanukah", "hanukah", "hanukkah holiday", "chanukkah", "feast of dedication")
	h.add(hebrewDay(shevat, 15), "tu bishvat", "tu bshevat")
	h.add(hebrewDay(lastAdar, 14), "purim")
	h.add(hebrewDay(lastAdar, 15), "shushan purim")
	h.days(hebrewDay(nisan, 15), 9, "passover", "pesach")
	h.add(yomHaShoah, "yom hashoah", "yom ha shoah", "holocaust day", "holocaust remembrance day", "yom hazikaron lashoah")
	h.add(israelIndependence, "yom haatzmaut", "yom ha atzmaut", "israels independence day", "israeli independence day")
	h.add(shifted(israelIndependence, -1), "yom hazikaron", "israeli memorial day")
	h.add(hebrewDay(iyar, 18), "lag bomer", "lag baomer", "lag b omer")
	h.days(hebrewDay(sivan, 6), 3, "shavuot", "feast of weeks", "shavuoth")
	h.add(hebrewFast(av, 9), "tisha bav", "tisha b av", "ninth of av")
}

func (h holidayBuilder) lunar() {
	h.add(chineseNewYear, "chinese new year", "chinese new years day", "lunar new year", "lunar new years day", "chinese lunar new year", "chinese lunar new years day", "spring festival", "tet")
	h.add(shifted(chineseNewYear, 14), "lantern festival")
	h.add(chineseDay(5, 24, 5), "dragon boat festival")
	h.add(chineseDay(8, 25, 15), "mid autumn festival", "moon festival", "chuseok")
	h.add(fixedDay(4, 5), "qingming festival", "tomb sweeping day")
	diwali := tithiDay(7, 30, atEvening)
	h.add(diwali, "diwali", "deepavali", "lakshmi puja", "diwali day")
	h.add(shifted(diwali, -1), "choti diwali", "chhoti diwali", "naraka chaturdashi", "kali chaudas", "narak chaturdashi", "roop chaudas")
	h.add(tithiDay(7, 28, atEvening), "dhanteras", "dhanatrayodashi")
	h.add(shifted(diwali, 1), "govardhan puja", "annakut", "day after diwali", "diwali padwa")
	h.add(tithiDay(8, 2, atNoon), "bhai dooj", "bhaiya dooj", "bhau beej", "bhai phonta", "yama dwitiya")
	h.add(tithiDay(8, 6, atEvening), "chhath", "chhath puja", "dala puja", "dala chhath", "surya shashthi")
	h.add(tithiDay(7, 19, atMoonrise), "karva chauth", "karwa chauth")
	h.add(tithiDay(7, 10, atNoon), "dussehra", "vijayadashami", "vijaya dashami", "dasara", "dashain")
	h.days(tithiDay(7, 1, atSunrise), 9, "navaratri", "navratri", "durga puja", "durgotsava")
	h.add(tithiDay(7, 15, atSunrise), "valmiki jayanti", "maharishi valmiki jayanti", "pargat diwas", "sharad purnima")
	h.add(tithiDay(5, 15, atSunrise), "raksha bandhan", "rakshabandhan", "rakhi", "rakhi purnima")
	h.add(tithiDay(5, 23, atMidnight), "krishna janmashtami", "janmashtami", "gokulashtami", "krishnashtami")
	h.add(tithiDay(6, 4, atNoon), "ganesh chaturthi", "vinayaka chaturthi", "ganeshotsav")
	holika := tithiDay(12, 15, atEvening)
	h.add(holika, "holika dahan", "chhoti holi", "choti holi", "kamudu pyre")
	h.add(shifted(holika, 1), "holi", "rangwali holi", "dhulandi", "dhuleti", "phagwah", "dhulivandan")
	h.add(tithiDay(11, 29, atMidnight), "maha shivaratri", "maha shivratri", "shivaratri", "mahashivratri")
	h.add(tithiDay(1, 1, atSunrise), "ugadi", "gudi padwa", "yugadi", "hindu new year", "samvatsaradi", "chaitra shukladi")
	h.add(tithiDay(1, 9, atNoon), "ram navami", "rama navami", "rama navmi")
	h.add(tithiDay(1, 13, atSunrise), "mahavir jayanti", "mahavir janma kalyanak", "mahaveer jayanti")
	h.add(tithiDay(1, 15, atSunrise), "hanuman jayanti")
	h.add(tithiDay(2, 3, atNoon), "akshaya tritiya", "parashurama jayanti", "akha teej", "parshuram jayanti")
	h.add(tithiDay(2, 15, atSunrise), "buddha purnima", "buddha day", "vesak", "vaisakha", "vesak day", "vaisakh purnima", "buddhas birthday")
	h.add(tithiDay(4, 2, atSunrise), "rath yatra", "ratha yatra", "ratha jatra")
	h.add(tithiDay(4, 15, atSunrise), "guru purnima")
	h.add(tithiDay(8, 15, atSunrise), "guru nanak jayanti", "guru nanak gurpurab", "guru nanaks birthday", "gurpurab", "kartik purnima")
	h.add(tithiDay(10, 7, atSunrise), "guru gobind singh jayanti", "guru govind singh jayanti", "guru gobind singh birthday", "guru gobind singhs birthday")
	h.add(tithiDay(11, 5, atSunrise), "vasant panchami", "basant panchami", "saraswati puja")
	h.add(tithiDay(11, 15, atSunrise), "guru ravidass jayanti", "guru ravidas jayanti", "guru ravidas birthday", "ravidas jayanti", "thaipusam", "thaipoosam", "magha puja")
	h.add(tithiDay(11, 25, atSunrise), "saraswati jayanti", "maharishi dayanand saraswati jayanti", "dayanand saraswati jayanti", "dayananda saraswati jayanti")
	h.add(onam, "onam", "thiru onam", "thiruvonam")
	h.add(shifted(onam, -1), "first onam")
	h.add(shifted(onam, 1), "third onam")
	h.add(tithiDay(7, 7, atSunrise), "maha saptami")
	h.add(tithiDay(6, 30, atSunrise), "mahalaya", "mahalaya amavasya")
	h.add(tithiDay(5, 5, atSunrise), "naga panchami", "nag panchami")
	h.add(tithiDay(6, 3, atSunrise), "hartalika teej")
	h.add(tithiDay(8, 15, atEvening), "loi krathong", "dev deepawali")
	h.add(tithiDay(12, 30, atSunrise), "chaitra amavasya")
	h.add(tithiDay(11, 30, atSunrise), "losar")
}
