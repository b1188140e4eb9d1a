package people

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/news"
)

// people returns the persons in order of first mention.
func (d *document) people() []news.Person {
	slices.SortStableFunc(d.persons, func(a, b *person) int { return a.mentions[0].from - b.mentions[0].from })
	found := make([]news.Person, 0, len(d.persons))
	for _, p := range d.persons {
		found = append(found, d.person(p))
	}
	return found
}

// mostAliases is how many names besides the fullest a person is given.
const mostAliases = 16

func (d *document) person(p *person) news.Person {
	n := news.Person{Name: tidy(p.name.text), Roles: distinctRoles(p.roles)}
	for _, m := range p.mentions {
		n.Mentions = append(n.Mentions, news.Mention{Span: d.span(m.from, m.end), Kind: m.kind})
		if m.kind != news.MentionName {
			continue
		}
		if alias := tidy(m.name.text); len(n.Aliases) < mostAliases && alias != n.Name && !slices.Contains(n.Aliases, alias) {
			n.Aliases = append(n.Aliases, alias)
		}
	}
	n.ID = d.id(p, n)
	return n
}

// id is the person's id in the archive. A surname alone is not enough for one:
// the office, or else the report, keeps people of one surname apart.
func (d *document) id(p *person, n news.Person) string {
	id := news.PersonID(n.Name)
	if !p.name.single() {
		return id
	}
	for _, r := range n.Roles {
		if r.Organization != "" {
			return id + "--" + news.Slug(r.Organization)
		}
	}
	return id + "--" + d.r.ID[:min(len(d.r.ID), 12)]
}

func tidy(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	return strings.ReplaceAll(name, " - ", "-")
}

// distinctRoles leaves out roles that say the same again, and keeps the one that
// names its body best.
func distinctRoles(roles []role) []news.Role {
	var out []news.Role
	for _, r := range roles {
		i := slices.IndexFunc(out, func(o news.Role) bool { return news.SameOffice(o, r.Role) })
		switch {
		case i < 0:
			out = append(out, r.Role)
		case news.MoreSpecific(r.Role, out[i]):
			rank := out[i].Rank
			out[i] = r.Role
			if r.Rank == "" {
				out[i].Rank = rank
			}
		}
	}
	return out
}
