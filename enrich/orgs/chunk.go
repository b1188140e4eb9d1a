package orgs

import "strings"

// longestName is the number of words a name may have.
const longestName = 14

// chunk reads a capitalised name at word i that a head noun marks as a body's.
// It returns the index after the name, 0 when there is none, and the index
// after an event's name when the head noun is that of an event.
func (f *finder) chunk(i int) (end, event int) {
	if f.capitals || !f.opens(i) {
		return 0, 0
	}
	block := f.block(i)
	head := f.head(i, block)
	switch {
	case head < 0:
		return f.company(i, block), 0
	case f.isEvent(head):
		return 0, f.tail(block, longestName)
	case f.is(block-1, siteNoun):
		return 0, 0
	case head == block-1 && f.fieldOfOffice(block), f.is(head, fieldOfWork) && block < len(f.words) && f.is(block, officeNoun):
		return 0, 0 // "U.S. Treasury Secretary"
	case f.words[head].Is("cabinet") && head == block-1 && block < len(f.words) && f.words[block].Is("secretary", "minister"):
		return 0, 0 // "Health Cabinet Secretary"
	case f.words[head].Is("board") && head == i && f.boardOfOffice(i):
		return 0, 0 // the board of the company that follows
	}
	if head > i || !f.is(i, openerNoun) || head < block-1 && f.people.Overlaps(f.span(head+1, block)) {
		block = head + 1
	}
	end = f.tail(block, longestName-(block-i))
	if end-i == 1 || f.is(i, determiner) && f.generic(i+1, end) {
		return 0, 0 // a lone "Committee", "All Customs"
	}
	return end, 0
}

// fieldOfOffice reports whether the word before end is the field of the office
// that follows it: "National Security Advisor", "White House Press Secretary",
// "New Zealand Police Minister".
func (f *finder) fieldOfOffice(end int) bool {
	if end == len(f.words) || !f.is(end, officeNoun) {
		return false
	}
	field, office := f.words[end-1], f.words[end]
	switch {
	case field.Is("press"):
		return office.Is("secretary", "officer", "attache")
	case office.Is("minister"):
		return f.is(end-1, fieldOfWork|massNoun)
	}
	return f.is(end-1, fieldOfWork) || field.Is("security", "affairs")
}

// boardOfOffice reports whether the board at word i is part of an office:
// "Chairman of the Board of Temir Zholy".
func (f *finder) boardOfOffice(i int) bool {
	if i > 0 && f.words[i-1].Is("the") {
		i--
	}
	return i > 1 && f.words[i-1].Is("of") && f.is(i-2, officeNoun)
}

// opens reports whether a name can begin at word i.
func (f *finder) opens(i int) bool {
	w := f.words[i]
	return !f.is(i, officeNoun) && !w.Is("the", "a", "an", "in", "at", "on", "of", "for", "to", "by", "with", "from", "this", "that", "his", "her", "its", "and") &&
		!f.people.Overlaps(w.Span)
}

// block returns the end of the run of capitalised words at word i.
func (f *finder) block(i int) int {
	end := i
	for end < len(f.words) && end < i+longestName {
		w := f.words[end]
		inner := end > i && end+1 < len(f.words) && f.words[end+1].Capital && (w.Is("&") || f.hyphen(end) || f.possessive(end))
		if !w.Capital && !inner {
			break
		}
		office := f.is(end, officeNoun) && (end+1 == len(f.words) || !f.is(end+1, headNoun))
		if end > i && (office || f.personBegins(i, end)) {
			break // "Foreign Ministry Spokesman", "Committee Aydin Aliyev"
		}
		end++
	}
	return end
}

// personBegins reports whether a person's name begins at word k of a run of
// capitalised words that began at i: a tagged one, or a given name that a
// surname or a further word follows where no noun of a body comes after.
func (f *finder) personBegins(i, k int) bool {
	if f.people.Overlaps(f.words[k].Span) {
		return true
	}
	given := f.is(k, givenName)
	_, country := f.countryEndsAt(i, k)
	if k+1 >= len(f.words) || !f.words[k+1].Capital || k == i && !given && !country {
		return false
	}
	end := k
	for end < len(f.words) && end < k+longestName && f.words[end].Capital {
		if f.is(end, headNoun|legalForm|eventNoun|siteNoun) {
			return false
		}
		end++
	}
	if !given && !country {
		return end == k+2 && f.surnames[f.words[end-1].Fold]
	}
	return f.surnames[f.words[end-1].Fold] || f.is(k-1, headNoun) || country && given || given && f.officeBefore(k)
}

// countryEndsAt reports whether the words [i,k) are a country's name.
func (f *finder) countryEndsAt(i, k int) (country int, ok bool) {
	c, end := f.countryAt(i)
	return c, c >= 0 && end == k
}

// hyphen reports whether word i is a hyphen that joins its neighbours.
func (f *finder) hyphen(i int) bool {
	return f.words[i].Is("-", "‐", "‑") && f.words[i-1].Span.End == f.words[i].Span.Start && f.words[i].Span.End == f.words[i+1].Span.Start
}

// possessive reports whether word i is the apostrophe of a name: "Growers'
// Association", "People's Party".
func (f *finder) possessive(i int) bool {
	plural := strings.HasSuffix(f.words[i-1].Fold, "s") || f.words[i-1].Is("people", "children", "women", "men")
	return f.words[i].Is("'", "’", "'s", "’s") && plural && !f.is(i+1, officeNoun)
}

// head returns the index of the last head noun of the block, or -1.
func (f *finder) head(i, end int) int {
	for j := end - 1; j >= i; j-- {
		if f.is(j, headNoun|eventNoun) {
			return j
		}
	}
	return -1
}

func (f *finder) isEvent(i int) bool { return f.is(i, eventNoun) }

// longestQuoted is the number of words between quotation marks that may be the
// beginning of a name.
const longestQuoted = 5

// quotedName reads a name in quotation marks at word i and the capitalised
// words after it that say what it is: "Shafag" Public Union, "Azerkosmos"
// OJSC. It returns the index after them, or 0.
func (f *finder) quotedName(i int) int {
	if !f.words[i].Is("\"", "“", "«") {
		return 0
	}
	at := i + 1
	for at < len(f.words) && at <= i+longestQuoted && f.words[at].Capital {
		at++
	}
	if at == i+1 || at+1 >= len(f.words) || !f.words[at].Is("\"", "”", "»") || !f.words[at+1].Capital {
		return 0
	}
	end := f.block(at + 1)
	if head := f.head(at+1, end); head >= 0 && !f.isEvent(head) {
		return head + 1
	}
	return f.company(at, end)
}

// company returns the end of a company's name that its legal form closes.
func (f *finder) company(i, end int) int {
	for j := end - 1; j > i; j-- {
		if f.is(j, legalForm) {
			return j + 1
		}
	}
	return 0
}

// joined reports whether a small word after i joins a further part.
func (f *finder) joined(i int) bool {
	return i < len(f.words) && f.words[i].Is("of", "for") && f.partAfter(i) > 0
}

// partAfter returns the index of the capitalised word that follows the small
// words at i, or 0.
func (f *finder) partAfter(i int) int {
	for j := i + 1; j < len(f.words) && j <= i+2; j++ {
		if f.words[j].Capital {
			return j
		}
		if !f.words[j].Is("the") {
			return 0
		}
	}
	return 0
}

// tail extends a name that ends before word i over "of the X", "for X and Y".
func (f *finder) tail(i, left int) int {
	inside := false
	for left > 0 && i < len(f.words) {
		w := f.words[i]
		if !f.is(i, joiningWord) && !f.worksWith(i) || !inside && w.Is("and") {
			break
		}
		part := f.partAfter(i)
		if part == 0 || f.is(part, dayOrMonth) || f.people.Overlaps(f.words[part].Span) || w.Is("and") && f.officeAt(part) {
			break
		}
		end := f.block(part)
		if h := f.head(part, end); h >= 0 {
			end = h + 1
		}
		left -= end - i
		i, inside = end, true
	}
	return i
}

// officeAt reports whether an office begins at word i: "Vice-Chair", "Deputy
// Minister".
func (f *finder) officeAt(i int) bool {
	if f.words[i].Is("vice", "deputy", "first") && i+1 < len(f.words) {
		i++
	}
	if f.words[i].Is("-") && i+1 < len(f.words) {
		i++
	}
	return f.is(i, officeNoun) && (i+1 == len(f.words) || !f.is(i+1, headNoun))
}

// worksWith reports whether word i is the "with" of "Work with Religious
// Organizations".
func (f *finder) worksWith(i int) bool {
	return f.words[i].Is("with") && f.words[i-1].Capital && f.words[i-1].Is("work", "relations", "cooperation", "affairs", "contacts")
}
