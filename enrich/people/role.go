package people

// readRoles reads the offices that stand beside the names: before them
// ("Chairman of the Committee Aydin Aliyev"), after them ("Aydin Aliyev,
// chairman of the committee,") and with a verb between ("was appointed
// ambassador to Turkey").
func (d *document) readRoles() {
	for _, m := range d.mentions {
		d.rolesBefore(m)
		d.rolesAfter(m)
	}
}

// longestOffice is the number of words an office may have.
const longestOffice = 25

// rolesBefore reads the offices that end where the name begins.
func (d *document) rolesBefore(m *mention) {
	end := m.from
	for end > 0 && d.isHonorific(end-1) {
		end--
	}
	first := max(d.bounds[d.sentence[m.from]], end-longestOffice)
	if end > first && d.words[end-1].Is(",") {
		d.roleBeforeComma(m, first, end-1)
		return
	}
	r, ok := d.officeEnding(first, end)
	if !ok {
		return
	}
	m.roles = append(m.roles, r)
	for r.from > first+1 && d.words[r.from-1].Is(",", "and") {
		if r, ok = d.officeEnding(first, r.from-1); !ok {
			return
		}
		m.roles = append(m.roles, r)
	}
}

// officeEnding reads the longest office in the words [first,end) that ends at
// end.
func (d *document) officeEnding(first, end int) (role, bool) {
	for i := first; i < end; i++ {
		if r, ok := d.office(i); ok && r.end == end {
			return r, true
		}
	}
	return role{}, false
}

// roleBeforeComma reads "The chairman of the committee, Aydin Aliyev, said":
// an article opens the office and a mark closes the name.
func (d *document) roleBeforeComma(m *mention, first, end int) {
	if m.end < len(d.words) && !d.words[m.end].Is(",", ".", ";", ":") {
		return
	}
	r, ok := d.officeEnding(first, end)
	if ok && (r.from == first || d.words[r.from-1].Is("the", "its", "a", "by", "to", "with")) {
		m.roles = append(m.roles, r)
	}
}

// rolesAfter reads the offices that follow the name.
func (d *document) rolesAfter(m *mention) {
	i := m.end
	limit := d.bounds[d.sentence[m.from]+1]
	former := false
	switch {
	case i+1 >= limit:
		return
	case d.words[i].Is(",", "(", "-", "–", "—"):
		i = d.afterComma(i+1, limit)
	default:
		i, former = d.afterVerb(i, limit)
		if i == 0 {
			return
		}
	}
	d.takeAfter(m, i, limit, former)
}

// afterComma skips what may stand between the comma and the office.
func (d *document) afterComma(i, limit int) int {
	if i+1 < limit && !d.words[i].Letters && d.words[i+1].Is(",") {
		i += 2 // an age
	}
	if i+1 < limit && d.words[i].Is("who") && d.words[i+1].Is("is", "was", "serves") {
		i += 2
	}
	for i < limit && d.words[i].Is("the", "a", "an", "currently", "now", "also", "as", "then", "his", "her", "its") {
		i++
	}
	return i
}

// afterVerb skips the verb that gives a person an office; it returns 0 when
// there is none.
func (d *document) afterVerb(i, limit int) (at int, former bool) {
	start := i
	for i < limit && i < start+4 && d.words[i].Is("is", "was", "has", "had", "been", "became", "also", "currently", "be", "will", "remains") {
		former = former || d.words[i].Is("was") && i == start
		i++
	}
	if i == start && !d.words[i].Is("serves", "served") {
		return 0, false
	}
	for i < limit && d.words[i].Is("appointed", "elected", "re-elected", "reelected", "named", "nominated", "serves", "served", "serving", "sworn", "chosen", "confirmed", "as", "in") {
		former = false
		i++
	}
	for i < limit && d.words[i].Is("the", "a", "an", "new", "its", "as") {
		i++
	}
	return i, former
}

// takeAfter reads one or more offices at word i; each must end at a mark or at
// the end of the sentence, or it may belong to the next name.
func (d *document) takeAfter(m *mention, i, limit int, former bool) {
	for i < limit {
		r, ok := d.office(i)
		if !ok || !d.closes(r.end, limit) {
			return
		}
		r.Former = r.Former || former
		m.roles = append(m.roles, r)
		i = r.end
		if i+1 >= limit || !d.words[i].Is("and", ",") {
			return
		}
		i = d.afterComma(i+1, limit)
	}
}

// closes reports whether an apposition may end before word i.
func (d *document) closes(i, limit int) bool {
	if i >= limit {
		return true
	}
	return d.mentionAt[i] < 0 && (!d.words[i].Letters || d.words[i].Is("who", "and", "said", "told", "on", "in", "at", "by", "from", "since", "until", "after", "during", "has", "is", "was", "will", "with", "as"))
}
