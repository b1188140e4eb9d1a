package dates

// foreign adds the months and day words of Azerbaijani, Turkish and Russian.
// They stand in the same order as in English, day before month before year,
// so that no other grammar is needed; endings are listed, not parsed.
func (b lexiconBuilder) foreign() {
	b.cases([]string{"yanvar", "fevral", "mart", "aprel", "", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr"},
		"ın", "in", "un", "ün", "da", "də", "dan", "dən", "ında", "ində", "unda", "ı", "i", "u")
	b.cases([]string{"ocak", "şubat", "", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim", "kasım", "aralık"},
		"ta", "te", "da", "de", "ı", "ın", "in", "tan", "dan")
	delete(b, "martin") // a name
	b.list(month, 1, "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря")
	b.list(month|short, 1, "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь")
	b.list(month, 1, "январе", "феврале", "марте", "апреле", "мае", "июне", "июле", "августе", "сентябре", "октябре", "ноябре", "декабре")
	b.add(deictic, 0, "сегодня", "bugün")
	b.add(deictic, -1, "вчера", "dünən", "dün")
	b.add(deictic, 1, "завтра", "yarın")
	b.add(preposition, 0, "в", "во", "на", "с", "от")
	b.add(joiner, 0, "по", "до")
	b.add(0, 0, yearEndings...)
	b.add(0, 0, "cü", "cu", "ci", "cı", "də", "da", "de", "i", "si", "sı", "te", "ta", "дек")
}

// yearEndings are the words for year that follow its number.
var yearEndings = []string{"il", "ilin", "ildə", "ildən", "ilə", "ili", "yılı", "yılın", "yılında", "года", "году", "год", "г", "гг"}

// cases adds each month and its forms with endings; the bare form alone may
// be another word.
func (b lexiconBuilder) cases(months []string, endings ...string) {
	for i, m := range months {
		if m == "" {
			continue
		}
		b.add(month|short, i+1, m)
		for _, e := range endings {
			if b[m+e] == nil {
				b.add(month, i+1, m+e)
			}
		}
	}
}

// yearTail takes what follows a year in other languages: 2014-cü il, 2014 года.
func (p *parser) yearTail(j int) int {
	k := j
	if p.word(k, "-", "'") && p.word(k+1, "cü", "cu", "ci", "cı", "te", "ta", "de", "da", "də", "dan") && p.tight(k-1, k+1) {
		k += 2
	}
	if p.word(k, yearEndings...) {
		k++
		if p.word(k-1, "г") && p.word(k, ".") && !p.at(k).gap {
			k++
		}
	}
	return k
}

// dayEnding takes the ending of a day: 8-də, 8-i, 8'inde.
func (p *parser) dayEnding(j int) int {
	if p.word(j, "-", "'") && p.tight(j-1, j+1) && p.at(j+1).end-p.at(j+1).start <= 6 && !p.at(j+1).is(punctuation|number|ordinal|cardinal|breakMark|unitWord|month|weekday) {
		return j + 2
	}
	return j
}
