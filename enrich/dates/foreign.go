package dates

func (b lexiconBuilder) foreign() {}

// yearTail takes what follows a year in other languages: 2014-cü il, 2014 года.
func (p *parser) yearTail(j int) int { return j }
