package quotes

// repair makes passages of paired and unpaired marks. A lone mark pairs with
// the word of saying beside it; one that has none beside it is a slip, or the
// mark of an inch, and is ignored.
func (d *document) repair(found []rawPassage) []passage {
	passages := make([]passage, 0, len(found))
	for _, raw := range found {
		p := passage{open: raw.open, close: raw.close, from: raw.open + 1, to: raw.close, cue: -1}
		ok := true
		switch {
		case raw.open < 0:
			p.from, ok = d.missingOpen(raw)
		case raw.close < 0:
			p.to, ok = d.missingClose(raw)
		}
		if n := len(passages); ok && n > 0 && p.from < passages[n-1].outer().To {
			p.from = passages[n-1].outer().To
		}
		if p = d.within(p); ok && !p.empty() {
			passages = append(passages, p)
		}
	}
	return passages
}

// missingOpen is where a passage begins of which only the closing mark is
// there: after the last sentence of the paragraph that has a word of saying
// of its own.
func (d *document) missingOpen(raw rawPassage) (int, bool) {
	last := d.SentenceOf(max(raw.close-1, 0))
	if _, said := d.cueIn(phrase{From: raw.close + 1, To: min(raw.close+12, len(d.Words))}); !said {
		return d.openedByCue(raw, last)
	}
	from := max(raw.from, last.From)
	for s := int(d.Sentence[from]) - 1; s >= 0; s-- {
		sentence := d.Sentences[s]
		if sentence.From < raw.from || from-sentence.From > 400 {
			break
		}
		if _, said := d.cueIn(sentence); said {
			break
		}
		from = sentence.From
	}
	return from, true
}

// openedByCue is the start of a passage without an opening mark that a word
// of saying introduces in its own sentence.
func (d *document) openedByCue(raw rawPassage, sentence phrase) (int, bool) {
	c, said := d.cueIn(phrase{From: max(sentence.From, raw.from), To: raw.close})
	if !said || c.force == holds || c.to+2 >= raw.close {
		return 0, false
	}
	from := c.to
	for from < raw.close && d.Is(from, ",", ":", "that", "-", "–", "—") {
		from++
	}
	return from, from > c.to
}

// missingClose is where a passage ends of which only the opening mark is
// there: before the words of saying that follow it, or, when they go before
// it, at the end of the sentence, or of the paragraph after a colon.
func (d *document) missingClose(raw rawPassage) (int, bool) {
	for i := raw.open + 1; i+1 < raw.limit && i < raw.open+300; i++ {
		if d.Is(i, ",") && d.startsCue(i+1) {
			return i, true
		}
	}
	if d.Is(raw.open-1, ":") {
		return raw.limit, true
	}
	_, said := d.cueIn(phrase{From: max(0, raw.open-4), To: raw.open})
	return min(d.SentenceOf(raw.open+1-b2i(raw.open+1 >= len(d.Words))).To, raw.limit), said
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// startsCue reports whether a clause of saying that ends its sentence begins
// at word i: "said Smith.", "he told reporters."
func (d *document) startsCue(i int) bool {
	c, ok := d.cueIn(phrase{From: i, To: min(i+8, len(d.Words))})
	if !ok || c.force == holds || c.shared {
		return false
	}
	return c.word == i && !c.after.Empty() || c.from == i && !c.subject.Empty() && !d.Is(c.to, "that")
}

// cueIn is the first cue whose verb lies in p and that names who says it.
func (d *document) cueIn(p phrase) (cue, bool) {
	for i := d.firstCue(p.From); i < len(d.cues) && d.cues[i].word < p.To; i++ {
		c := d.cues[i]
		if !c.subject.Empty() || !c.after.Empty() {
			return c, true
		}
	}
	return cue{}, false
}

// firstCue is the index of the first cue at or after word.
func (d *document) firstCue(word int) int {
	low, high := 0, len(d.cues)
	for low < high {
		mid := (low + high) / 2
		if d.cues[mid].word < word {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// markQuoted notes which words lie in passages.
func (d *document) markQuoted() {
	d.quoted = make([]int32, len(d.Words))
	for n, p := range d.passages {
		o := p.outer()
		for i := o.From; i < o.To; i++ {
			d.quoted[i] = int32(n + 1)
		}
	}
}
