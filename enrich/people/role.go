package people

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// readRoles reads the offices that stand beside the names: before them
// ("Chairman of the Committee Aydin Aliyev"), after them ("Aydin Aliyev,
// chairman of the committee,") and with a verb between ("was appointed
// ambassador to Turkey").
func (d *document) readRoles() {
	for i, m := range d.mentions {
		d.rolesBefore(m)
		if i > 0 {
			d.sharePlural(d.mentions[i-1], m)
		}
		d.bodyAfter(m)
		d.rolesAfter(m)
		d.roleGiven(m)
		d.roleAs(m)
		d.rank(m)
	}
}

// sharePlural gives the second of two names the office in the plural that
// stands before the first: "Presidents Ilham Aliyev and Salome Zourabichvili".
func (d *document) sharePlural(first, second *mention) {
	between := second.from - first.end
	if len(first.roles) != 1 || len(second.roles) > 0 || between < 1 || between > 5 || d.sentence[first.from] != d.sentence[second.from] {
		return
	}
	r := first.roles[0]
	if one, ok := singular(d.words[max(first.from-1, 0)].Fold); !ok || one != r.head {
		return
	}
	if !d.words[second.from-1].Is("and", ",") {
		return
	}
	if between > 1 {
		r.Organization, r.orgs, r.land = "", nil, -1 // each has a body of their own
	}
	second.roles = append(second.roles, r)
}

// roleAs reads "stepped down as chief executive of Brightwell" and "was relieved
// of the post of chairman": a verb or two, then the office after "as" or "the
// post of".
func (d *document) roleAs(m *mention) {
	limit := d.bounds[d.sentence[m.from]+1]
	i := m.end
	if i+1 < limit && d.words[i].Is(",") && len(m.roles) > 0 {
		i++
	}
	first, left := i, false
	for i < limit && i < first+longestLeave && d.words[i].Letters && !d.words[i].Capital && !d.words[i].Is("as", "that", "and", "who", "said") && !d.postOf(i) {
		left = left || leaving[d.words[i].Fold]
		i++
	}
	post := i < limit && d.postOf(i)
	if i == first || i+1 >= limit || !post && !d.words[i].Is("as") {
		return
	}
	if !left && (post && !d.appointing(first, i) || d.words[first].Is("is", "was", "has", "serves", "served", "became")) {
		return
	}
	i++
	for i < limit && d.words[i].Is("the", "a", "an", "its", "new") {
		i++
	}
	d.takeAfter(m, i, limit, left)
}

// longestLeave is the number of words from a name to the "as" of an office.
const longestLeave = 8

// leaving are the verbs of those who no longer hold an office.
var leaving = lexicon.Set("resigned resigns stepped stepping quit down dismissed removed relieved ousted fired sacked retired retires worked")

// postOf reports whether word i is the "of" of "the post of chairman".
func (d *document) postOf(i int) bool {
	return d.words[i].Is("of") && d.words[i-1].Is("post", "position", "office", "duties", "role")
}

// appointing reports whether a word of [i,end) says that someone is given an
// office.
func (d *document) appointing(i, end int) bool {
	for ; i < end; i++ {
		if appointments[d.words[i].Fold] {
			return true
		}
	}
	return false
}

// appointments are the verbs that give an office, and their nouns.
var appointments = lexicon.Set(`named appointed elected re-elected reelected nominated chose chosen promoted made swore sworn installed confirmed names
	appoints elects nominates naming appointing electing nominating appointment election nomination choice`)

// rank notes the rank that stands before the name, and gives it to the first
// office: that of a rank alone is an office only where there is no other.
func (d *document) rank(m *mention) {
	for k := range m.roles {
		if !isRank(m.roles[k].Title) {
			continue
		}
		m.rank = m.roles[k].Title
		if len(m.roles) > 1 {
			m.roles = slices.Delete(m.roles, k, k+1)
		} else {
			m.roles[k].Organization, m.roles[k].orgs = "", nil
		}
		break
	}
	if i := m.from - 1; m.rank == "" && i >= 0 && abbreviatedRanks[d.words[i].Fold] && d.isHonorific(i) {
		m.rank = d.words[i].Text + "."
	}
	if len(m.roles) > 0 {
		m.roles[0].Rank = m.rank
	}
}

var (
	rankWords        = lexicon.Set("general colonel major lieutenant brigadier admiral marshal sergeant rear vice army air police customs service")
	abbreviatedRanks = lexicon.Set("gen col maj capt lt adm sgt")
)

// isRank reports whether a title is a rank: "Lieutenant General", not "Attorney
// General".
func isRank(title string) bool {
	ends := false
	for word := range strings.FieldsFuncSeq(news.Fold(title), func(c rune) bool { return c == ' ' || c == '-' }) {
		if !rankWords[word] {
			return false
		}
		switch word {
		case "general", "colonel", "major", "lieutenant", "brigadier", "admiral", "marshal", "sergeant":
			ends = true
		default:
			ends = false
		}
	}
	return ends
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
	r, ok := d.officeEnding(first, end)
	for ok {
		d.ownBody(&r)
		m.roles = append(m.roles, r)
		end = r.start
		if r, ok = d.officeEnding(first, end); ok {
			continue // "commander Captain Polencs"
		}
		if end-1 <= first || !d.words[end-1].Is(",", "and", "–", "—", "-", "/") {
			break
		}
		joined := d.words[end-1].Is("and")
		if r, ok = d.officeEnding(first, end-1); ok && joined {
			shareBody(&r, &m.roles[len(m.roles)-1])
		}
	}
	if end > first && d.words[end-1].Is(",") {
		d.roleBeforeComma(m, first, end-1)
	}
}

// ownBody gives "its chair" the organization that stands before it.
func (d *document) ownBody(r *role) {
	if r.Organization != "" || r.start < 3 || !d.words[r.start-1].Is("its") {
		return
	}
	// only where the body stands right before: "Transparency Watch, its chair"
	if body := d.org[max(r.start-3, 0)]; body >= 0 && d.words[r.start-2].Is(",", "and") {
		r.Organization, r.orgs = d.r.Organizations[body].Name, []int{body}
	}
}

// shareBody gives an office without an organization that of the office it is
// joined to by "and": "president and chief executive of Gulf Star".
func shareBody(r, with *role) {
	if r.Organization == "" {
		r.Organization, r.orgs, r.land, r.bodyWords = with.Organization, with.orgs, with.land, with.bodyWords
	}
}

// officeEnding reads the longest office in the words [first,end) that ends at
// end.
func (d *document) officeEnding(first, end int) (role, bool) {
	last := end - 1
	for last >= first && !d.isOffice(last) {
		last-- // an office has its noun
	}
	for i := first; i <= last; i++ {
		if d.bodyOfOffice(i) {
			continue
		}
		if r, ok := d.officeTo(i, end); ok {
			return r, true
		}
	}
	return role{}, false
}

// bodyOfOffice reports whether word i is part of the body of the office before
// it, and opens none: "Chairman of the Customs Committee Colonel Kamal Heydar",
// "Minister of Finance and Deputy Prime Minister".
func (d *document) bodyOfOffice(i int) bool {
	for d.org[i] >= 0 && i > 0 && d.org[i-1] == d.org[i] {
		i--
	}
	if i > 0 && d.words[i-1].Is("the") {
		i--
	}
	return i > 1 && d.words[i-1].Is("of") && d.is(i-2, title) && !helpers[d.words[i-2].Fold] && !relatives[d.words[i-2].Fold]
}

// relatives are the nouns of people whose "of" names another person.
var relatives = lexicon.Set("successor predecessor deputy counterpart colleague")

// roleBeforeComma reads "The chairman of the committee, Aydin Aliyev, said":
// an article opens the office and a mark closes the name.
func (d *document) roleBeforeComma(m *mention, first, end int) {
	after := m.end
	if after+1 < len(d.words) && d.words[after].Is("of") && d.place[after+1] >= 0 {
		after = d.placeEnd(after + 1) // "the vice-chair, Harri Mertala of Finland, said"
	}
	if after < len(d.words) && d.words[after].Letters || end <= first {
		return
	}
	r, ok := d.officeEnding(first, end)
	if !ok {
		return
	}
	d.ownBody(&r)
	if r.start == first || !d.words[r.start-1].Letters || d.words[r.start-1].Is("the", "its", "his", "her", "their", "a", "an", "another", "by", "to", "with", "and", "of") || d.words[r.start].Is("the") {
		m.roles = append(m.roles, r)
	}
	if r.start > first+1 && d.words[r.start-1].Is("and") {
		also, ok := d.officeEnding(first, r.start-1)
		if ok && (d.words[also.start].Is("the") || also.start > first && d.words[also.start-1].Is("the")) {
			shareBody(&also, &r)
			m.roles = append(m.roles, also)
		}
	}
}

// bodyAfter gives an office before the name the body that follows the name:
// "Professor Yonatan Adler of Ariel College".
func (d *document) bodyAfter(m *mention) {
	i := m.end
	if len(m.roles) == 0 || m.roles[0].Organization != "" || i+1 >= len(d.words) || !d.words[i].Is("of", "from", "at") {
		return
	}
	i++
	if d.words[i].Is("the") && i+1 < len(d.words) {
		i++
	}
	r := &m.roles[0]
	switch {
	case d.words[m.from-1].Is(",") && d.words[i-1].Is("of"):
		// where the person is from
	case d.org[i] >= 0:
		r.Organization = d.r.Organizations[d.org[i]].Name
		r.orgs = append(r.orgs, d.org[i])
	case d.place[i] >= 0 && d.words[i-1].Is("of"):
		r.Organization, r.land = d.r.Places[d.place[i]].Name, d.place[i]
	case d.words[i].Capital && d.mentionAt[i] < 0 && d.place[i] < 0 && !d.words[m.end].Is("at"):
		end := i
		for end < len(d.words) && d.words[end].Capital && d.mentionAt[end] < 0 && d.sentence[end] == d.sentence[i] {
			end++
		}
		r.Organization = d.phrase(i, end)
	}
}

// rolesAfter reads the offices that follow the name.
func (d *document) rolesAfter(m *mention) {
	i := m.end
	limit := d.bounds[d.sentence[m.from]+1]
	if i+1 >= limit {
		return
	}
	former := false
	if d.words[i].Is(",", "(", "-", "–", "—", "--") {
		i, former = d.afterComma(i+1, limit)
		if d.words[m.end+1].Is("who") && d.leads(m, m.end+2, limit) {
			return
		}
		if at, was := d.afterVerb(i, limit); at > 0 {
			i, former = at, was
		}
	} else {
		start := i
		if i, former = d.afterVerb(i, limit); i == 0 {
			if !d.words[start].Is("headed", "led", "chaired", "directed", "leads", "manages") && d.leads(m, start, limit) {
				return
			}
			if !d.words[start].Is("the") {
				return
			}
			i = start + 1 // "Ali Hasanov the singer"
		}
	}
	d.takeAfter(m, i, limit, former)
}

// afterComma skips what may stand between the comma and the office.
func (d *document) afterComma(i, limit int) (at int, former bool) {
	if i+1 < limit && !d.words[i].Letters && d.words[i+1].Is(",") {
		i += 2 // an age
	}
	if i+1 < limit && d.words[i].Is("who") {
		if at, was := d.afterVerb(i+1, limit); at > 0 {
			i, former = at, was
		}
	}
	if i+1 < limit && d.words[i].Is("until") {
		i, former = d.afterUntil(i+1, limit), true
	}
	if i < limit && d.words[i].Is("previously", "formerly", "once") {
		former = true
	}
	for i < limit && d.words[i].Is("the", "a", "an", "currently", "now", "also", "as", "then", "his", "her", "its", "previously", "formerly", "once", "new") {
		i++
	}
	return i, former
}

// afterUntil skips "recently" and "last year" at word i.
func (d *document) afterUntil(i, limit int) int {
	if d.words[i].Is("last", "this") && i+1 < limit {
		i++
	}
	return i + 1
}

// afterVerb skips the verb that gives a person an office; it returns 0 when
// there is none.
func (d *document) afterVerb(i, limit int) (at int, former bool) {
	start := i
	for i < limit && i < start+4 && d.words[i].Is("is", "was", "has", "had", "been", "became", "also", "currently", "be", "will", "remains", "used", "to") {
		former = former || d.words[i].Is("was", "used") && i == start
		i++
	}
	if i >= limit || i == start && !d.words[i].Is("serves", "served") {
		return 0, false
	}
	former = former || i == start && d.words[i].Is("served")
	for i < limit && d.words[i].Is("appointed", "elected", "re-elected", "reelected", "named", "nominated", "serves", "served", "serving", "sworn", "chosen", "confirmed", "as", "in") {
		former = former && d.words[i].Is("served", "as", "in")
		i++
	}
	for i < limit && d.words[i].Is("the", "a", "an", "new", "its", "as") {
		i++
	}
	return i, former
}

// leading are the verbs that say that someone heads a body, with the office
// they tell of.
var leading = map[string]string{
	"heads": "head", "headed": "head", "leads": "leader", "led": "leader", "chairs": "chair", "directs": "director", "manages": "manager",
}

// leads reads "heads the committee" at word i, which may be "also" or "now".
func (d *document) leads(m *mention, i, limit int) bool {
	if i < limit && d.words[i].Is("also", "now", "currently") {
		i++
	}
	if i+1 >= limit {
		return false
	}
	title, ok := leading[d.words[i].Fold]
	at := i + 1
	if ok && d.words[at].Is("the") && at+1 < limit {
		at++
	}
	if !ok || d.org[at] < 0 && d.bodyEnd(at, limit) == 0 {
		return false
	}
	end := d.bodyEnd(at, limit)
	if d.org[at] >= 0 {
		end = d.orgEnd[at]
	}
	r := role{Role: news.Role{Title: title, Organization: d.nameOf(at, end), Span: d.span(i, end)}, head: title, land: -1, start: i, from: i, end: end}
	r.bodyWords = map[string]bool{}
	for j := at; j < end; j++ {
		if d.org[j] >= 0 {
			r.orgs = append(r.orgs, d.org[j])
		}
		r.bodyWords[d.words[j].Fold] = true
	}
	m.roles = append(m.roles, r)
	return true
}

// bodyEnd returns the end of "committee" or "women's union" at word i, or 0.
func (d *document) bodyEnd(i, limit int) int {
	for at := i; at < limit && at < i+4; at++ {
		switch {
		case d.is(at, body):
			return at + 1
		case d.words[at].Is("'s", "'", "’") || d.hyphen(at):
		case !d.words[at].Letters || d.is(at, small):
			return 0
		}
	}
	return 0
}

// takeAfter reads one or more offices at word i; each must end at a mark or at
// a word that does not go on with it, or it may belong to the next name.
func (d *document) takeAfter(m *mention, i, limit int, former bool) {
	first := len(m.roles)
	for i < limit {
		r, ok := d.office(i)
		if !ok || !d.closes(r.end, limit) || r.end < limit && d.words[r.end].Is("of") {
			return // what follows "of" was not understood
		}
		r.Former = r.Former || former
		if len(m.roles) > first && d.words[i-1].Is("and") {
			shareBody(&m.roles[len(m.roles)-1], &r)
		}
		m.roles = append(m.roles, r)
		i = r.end
		if i+1 >= limit || !d.words[i].Is("and", ",") {
			return
		}
		i, _ = d.afterComma(i+1, limit)
	}
}

// closes reports whether an apposition may end before word i.
func (d *document) closes(i, limit int) bool {
	if i >= limit || !d.words[i].Letters {
		return true
	}
	return d.mentionAt[i] < 0 && !d.words[i].Capital &&
		(d.verbLike(i) || d.is(i, small|pronoun) || strings.HasSuffix(d.words[i].Fold, "ly"))
}

// roleGiven reads "named Travis Boone president and chief executive" and
// "elected Yerbolat Nurgaliyev as its chairman": a verb before the name, the
// office after it, and the body that acts before the verb. Between the verb and
// a name that "as" follows may stand others: "elected A as chairman and B as
// secretary".
func (d *document) roleGiven(m *mention) {
	first, limit := d.bounds[d.sentence[m.from]], d.bounds[d.sentence[m.from]+1]
	i := d.afterBracket(m.end, limit)
	v := m.from - 1
	for v > first && d.isHonorific(v) {
		v--
	}
	if i < limit && d.words[i].Is("as") {
		for v > first && (d.words[v].Capital || !d.verbLike(v)) && !appointments[d.words[v].Fold] {
			v--
		}
	}
	if v <= first && !(v == first && i < limit && d.words[i].Is("as")) || !appointments[d.words[v].Fold] {
		return
	}
	for i < limit && d.words[i].Is("as", "the", "its", "a", "new", "to", "be") {
		i++
	}
	had := len(m.roles)
	d.takeAfter(m, i, limit, false)
	body := d.orgBefore(first, v)
	for k := had; k < len(m.roles) && body >= 0; k++ {
		if r := &m.roles[k]; r.Organization == "" {
			r.Organization, r.orgs = d.r.Organizations[body].Name, []int{body}
		}
	}
}

// afterBracket returns the word after a bracket at word i of a few words, such
// as where somebody is from, or i.
func (d *document) afterBracket(i, limit int) int {
	if i >= limit || !d.words[i].Is("(") {
		return i
	}
	for at := i + 1; at+1 < limit && at < i+6; at++ {
		if d.words[at].Is(")") {
			return at + 1
		}
	}
	return i
}

// orgBefore returns the last organization in the words [first,end), or -1.
func (d *document) orgBefore(first, end int) int {
	for i := end - 1; i >= max(first, end-farWords); i-- {
		if d.org[i] >= 0 {
			return d.org[i]
		}
	}
	return -1
}
