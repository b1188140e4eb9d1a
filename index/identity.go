package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// This file decides which people of the archive are one. A report gives a
// person the id of the name alone, so that the id needs nothing but the
// report. The archive knows more, and decides by what it holds, in whatever
// order that came:
//
//   - Two people who bear one name are told apart by the countries that their
//     offices belong to. Countries that one report gives the same person, and
//     those of offices at the same organization, belong to one person.
//   - Two names whose words sound alike (Aydin, Aidyn) are spellings of one, on
//     the same terms as initials; the one that more reports use is the full one.
//   - A name with initials or without its middle names is the full one's when
//     that is the only full name that it fits, both hold office at the same
//     organization or in the same country, and neither in another.
//
// A surname alone joins nobody.

// Namesake is one of several people whom reports give the same name.
type Namesake struct {
	// ID is the id of the person alone: the name's, a tilde and a country.
	ID string `json:"id"`
	// Countries are those of the person's offices, ISO 3166-1 alpha-2, the one
	// with most reports first, and Reports those that say so.
	Countries []string `json:"countries"`
	Reports   int      `json:"reports"`
}

// homePrefix begins the values of TallyEntity that say in what country a
// person holds office: home/ID/country.
const homePrefix = "home/"

func homeValue(id, country string) string { return homePrefix + id + "/" + strings.ToLower(country) }

// homes visits the countries of the offices that the report gives people.
func homes(r *news.Report, visit func(id, country string)) {
	for _, p := range r.People {
		if p.ID == "" {
			continue
		}
		for _, role := range p.Roles {
			if country := officeCountry(r, role.Organization); country != "" {
				visit(p.ID, country)
			}
		}
	}
}

// officeCountry is the country of an organization or place that the report
// names, "" when it does not say.
func officeCountry(r *news.Report, name string) string {
	if name == "" {
		return ""
	}
	for _, o := range r.Organizations {
		if o.Name == name || o.Acronym == name || slices.Contains(o.Aliases, name) {
			return o.Country
		}
	}
	for _, p := range r.Places {
		if p.Name == name {
			return p.Country
		}
	}
	return ""
}

// The most countries that namesakes are told apart by, and other spellings of
// a name that are looked at.
const (
	maxHomes    = 12
	maxVariants = 8
)

// identity is who is meant by an id: the refs of the person's names, and
// which of their reports are meant.
type identity struct {
	id        string
	refs      []string
	within    query.Node
	namesakes []Namesake
}

// identify decides who the request's id means.
func (d *describer) identify() (identity, error) {
	if d.request.Kind != query.Person {
		return identity{id: d.request.ID, refs: []string{Ref(d.request.Kind, d.request.ID)}, within: query.All{}}, nil
	}
	name, country, _ := strings.Cut(d.request.ID, "~")
	who := identity{id: name, refs: []string{Ref(query.Person, name)}, within: query.All{}}
	p, err := d.profile(name)
	if err != nil {
		return who, err
	}
	groups, err := d.groups(p)
	if err != nil || len(groups) == 0 {
		return who, err
	}
	if len(groups) == 1 {
		return d.withVariants(who, p)
	}
	for _, g := range groups {
		who.namesakes = append(who.namesakes, g.namesake(name))
	}
	for i := range groups {
		if slices.Contains(who.namesakes[i].Countries, strings.ToUpper(country)) {
			who.id = who.namesakes[i].ID
			who.within, err = d.reportsOf(name, i, groups)
			return who, err
		}
	}
	return who, nil
}

// profile is what tells a person of one name from others.
type profile struct {
	id        string
	reports   int
	countries []Count
	bodies    map[string]bool // where the person holds office, folded
}

func (d *describer) profile(id string) (profile, error) {
	return d.profileIn(entityTerm(Ref(query.Person, id)), id)
}

// profileIn is the profile that the reports of a query give of the name.
func (d *describer) profileIn(reports query.Node, id string) (profile, error) {
	found, err := d.archive.Search(d.ctx, Request{Query: reports, Sort: ByPublished, Limit: 1, Tallies: []Tally{
		{Facet: TallyEntity, Prefix: homeValue(id, ""), Size: maxHomes},
		{Facet: TallyHolding, Prefix: JoinTally(Ref(query.Person, id), ""), Size: MaxFacetSize},
	}})
	if err != nil {
		return profile{}, err
	}
	p := profile{id: id, reports: found.Total, bodies: map[string]bool{}}
	for _, c := range found.Tallies[0] {
		c.Value = strings.TrimPrefix(c.Value, homeValue(id, ""))
		p.countries = append(p.countries, c)
	}
	for _, c := range found.Tallies[1] {
		if body := news.Fold(SplitTally(c.Value)[2]); body != "" {
			p.bodies[body] = true
		}
	}
	return p, nil
}

func entityTerm(value string) query.Node { return query.Term{Field: query.Entity, Value: value} }

// group is the countries of one of several people of a name.
type group struct{ countries []Count }

func (g group) namesake(name string) Namesake {
	n := Namesake{}
	for _, c := range g.countries {
		n.Countries = append(n.Countries, strings.ToUpper(c.Value))
		n.Reports = max(n.Reports, c.Count)
	}
	n.ID = name + "~" + g.countries[0].Value
	return n
}

// attested is the query for the reports that give the person of the name an
// office in one of the group's countries.
func (g group) attested(name string) query.Node {
	var any []query.Node
	for _, c := range g.countries {
		any = append(any, entityTerm(homeValue(name, c.Value)))
	}
	return either(any...)
}

// groups puts the countries of a name together that belong to one person. A
// name without any is one group.
func (d *describer) groups(p profile) ([]group, error) {
	if p.reports == 0 {
		return nil, nil
	}
	if len(p.countries) < 2 {
		return []group{{p.countries}}, nil
	}
	in := make([]profile, len(p.countries))
	for i, c := range p.countries {
		var err error
		if in[i], err = d.profileIn(entityTerm(homeValue(p.id, c.Value)), p.id); err != nil {
			return nil, err
		}
	}
	return join(p.countries, func(i, j int) bool {
		together := slices.ContainsFunc(in[i].countries, func(c Count) bool { return c.Value == p.countries[j].Value })
		return together || share(in[i].bodies, in[j].bodies)
	}), nil
}

// share reports whether two sets have a member in common.
func share(a, b map[string]bool) bool {
	for v := range a {
		if b[v] {
			return true
		}
	}
	return false
}

// join makes groups of the counts that are the same, and of those that are
// the same by way of others.
func join(counts []Count, same func(i, j int) bool) []group {
	of := make([]int, len(counts))
	for i := range of {
		of[i] = i
	}
	for i := range counts {
		for j := range i {
			if of[i] == of[j] || !same(i, j) {
				continue
			}
			from, to := max(of[i], of[j]), min(of[i], of[j])
			for k := range of {
				if of[k] == from {
					of[k] = to
				}
			}
		}
	}
	var groups []group
	for i := range counts {
		var g group
		for k, first := range of {
			if first == i {
				g.countries = append(g.countries, counts[k])
			}
		}
		if len(g.countries) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// mostCompany is how many of those who are named together with a person tell
// which of several namesakes a report means.
const mostCompany = 60

// reportsOf is the query for the reports that mean the person of the group
// with the number: those that say so by an office, and those that name no
// office of a namesake but people or organizations that no namesake is named
// together with.
func (d *describer) reportsOf(name string, number int, groups []group) (query.Node, error) {
	var company []string
	var telling, others []query.Node
	theirs := map[string]bool{}
	for i, g := range groups {
		refs, err := d.company(name, g)
		if err != nil {
			return nil, err
		}
		if i == number {
			company = refs
			continue
		}
		others = append(others, g.attested(name))
		for _, ref := range refs {
			theirs[ref] = true
		}
	}
	for _, ref := range company {
		if !theirs[ref] {
			telling = append(telling, entityTerm(ref))
		}
	}
	own := groups[number].attested(name)
	if len(telling) == 0 {
		return own, nil
	}
	silent := query.Both(entityTerm(Ref(query.Person, name)), query.Not{Node: either(others...)})
	return either(own, query.Both(silent, either(telling...))), nil
}

// company returns the refs of the people and organizations that stand in the
// reports that give the group's person an office.
func (d *describer) company(name string, g group) ([]string, error) {
	found, err := d.archive.Search(d.ctx, Request{Query: g.attested(name), Sort: ByPublished, Limit: 1, Tallies: []Tally{
		{Facet: TallyEntity, Prefix: Ref(query.Person, ""), Size: mostCompany},
		{Facet: TallyEntity, Prefix: Ref(query.Org, ""), Size: mostCompany},
	}})
	if err != nil {
		return nil, err
	}
	var refs []string
	for _, c := range slices.Concat(found.Tallies...) {
		if c.Value != Ref(query.Person, name) {
			refs = append(refs, c.Value)
		}
	}
	return refs, nil
}

// either is the query for what any of the nodes matches.
func either(nodes ...query.Node) query.Node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	return query.Or{Nodes: nodes}
}

// withVariants adds the other spellings of the person's name that the archive
// shows to be the same person's, and gives the id of the fullest.
func (d *describer) withVariants(who identity, p profile) (identity, error) {
	profiles, err := d.variants(p)
	if err != nil {
		return who, err
	}
	full, ok := fullest(p, profiles)
	if !ok {
		return who, nil
	}
	who.id, who.refs = full.id, []string{Ref(query.Person, full.id)}
	for _, v := range profiles {
		if v.id != full.id && v.shortOf(full) && full.shares(v) {
			if other, ok := fullest(v, profiles); ok && other.id == full.id {
				who.refs = append(who.refs, Ref(query.Person, v.id))
			}
		}
	}
	return who, nil
}

// variants returns the profiles of the names that may be other spellings of
// the profile's, itself among them, in order of their ids.
func (d *describer) variants(p profile) ([]profile, error) {
	words := strings.Split(p.id, "-")
	if len(words) < 2 || strings.Contains(p.id, "--") {
		return []profile{p}, nil
	}
	family := words[len(words)-1]
	found, err := d.archive.Search(d.ctx, Request{
		Query: query.Term{Field: query.Person, Value: family}, Sort: ByPublished, Limit: 1,
		Tallies: []Tally{{Facet: TallyEntity, Prefix: Ref(query.Person, p.id[:firstRune(p.id)]), Size: MaxFacetSize}},
	})
	if err != nil {
		return nil, err
	}
	profiles := []profile{p}
	for _, c := range found.Tallies[0] {
		_, id, _ := SplitRef(c.Value)
		if id == p.id || !fits(id, p.id) && !fits(p.id, id) && !alike(id, p.id) || len(profiles) == maxVariants {
			continue
		}
		v, err := d.profile(id)
		if err != nil {
			return nil, err
		}
		profiles = append(profiles, v)
	}
	slices.SortFunc(profiles, func(a, b profile) int { return cmp.Compare(a.id, b.id) })
	return profiles, nil
}

func firstRune(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// fullest returns the one name that the profile's is a shorter form of, of
// the names that are shorter forms of no other; or itself when there is none.
// It reports false when there are several.
func fullest(p profile, all []profile) (profile, bool) {
	var full []profile
	for _, v := range all {
		whole := !slices.ContainsFunc(all, func(w profile) bool { return w.id != v.id && v.shortOf(w) })
		if whole && v.id != p.id && p.shortOf(v) {
			full = append(full, v)
		}
	}
	switch {
	case len(full) == 0:
		return p, true
	case len(full) == 1 && full[0].shares(p):
		return full[0], true
	}
	return p, len(full) == 1
}

// shortOf reports whether the name is a shorter form of another's, or a spelling
// of it that fewer reports use.
func (p profile) shortOf(other profile) bool {
	if alike(p.id, other.id) {
		return cmp.Or(cmp.Compare(p.reports, other.reports), cmp.Compare(other.id, p.id)) < 0
	}
	return fits(p.id, other.id)
}

// alike reports whether the words of two names sound alike.
func alike(a, b string) bool {
	x, y := strings.Split(a, "-"), strings.Split(b, "-")
	return a != b && len(x) > 1 && slices.EqualFunc(x, y, func(v, w string) bool {
		return utf8.RuneCountInString(v) > 1 && utf8.RuneCountInString(w) > 1 && news.Sound(v) == news.Sound(w)
	})
}

// fits reports whether a name may be a shorter form of another: the same
// surname, and its other words are the first of the other's, or their
// initials.
func fits(short, long string) bool {
	a, b := strings.Split(short, "-"), strings.Split(long, "-")
	if len(a) < 2 || len(a) > len(b) || a[len(a)-1] != b[len(b)-1] || short == long {
		return false
	}
	for i, w := range a[:len(a)-1] {
		if w != b[i] && (utf8.RuneCountInString(w) != 1 || !strings.HasPrefix(b[i], w)) {
			return false
		}
	}
	return true
}

// shares reports whether the two profiles hold office at the same
// organization or in the same country, and in no other country.
func (p profile) shares(other profile) bool {
	if len(p.countries) > 0 && len(other.countries) > 0 {
		return len(p.countries) == 1 && len(other.countries) == 1 && p.countries[0].Value == other.countries[0].Value
	}
	return share(p.bodies, other.bodies)
}
