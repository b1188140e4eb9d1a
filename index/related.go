package index

import (
	"cmp"
	"math"
	"slices"

	"github.com/dateline-news/dateline/index/query"
)

// Significance says how much more often two things stand together than they
// would by chance: the log-likelihood ratio of their contingency table
// (T. Dunning, "Accurate methods for the statistics of surprise and
// coincidence", Computational Linguistics 19(1), 1993), negative when they
// stand together less often. together is the number of reports with both, a
// and b those with each, all those there are.
func Significance(together, a, b, all int) float64 {
	if all <= 0 || a <= 0 || b <= 0 {
		return 0
	}
	k := [4]float64{float64(together), float64(a - together), float64(b - together), float64(all - a - b + together)}
	n := float64(all)
	rows := [2]float64{k[0] + k[1], k[2] + k[3]}
	columns := [2]float64{k[0] + k[2], k[1] + k[3]}
	sum := 0.0
	for i, observed := range k {
		if expected := rows[i/2] * columns[i%2] / n; observed > 0 && expected > 0 {
			sum += observed * math.Log(observed/expected)
		}
	}
	ratio := max(0, 2*sum)
	if k[0]*n < rows[0]*columns[0] {
		return -ratio
	}
	return ratio
}

// related weighs the candidates, which stand together with the entity in so
// many of its reports, against the whole archive.
func (d *describer) related(reports int, candidates []Count) ([]Related, error) {
	values := map[query.Field][]string{}
	together := map[string]int{}
	for _, c := range candidates {
		kind, _, _ := SplitRef(c.Value)
		if !slices.Contains(d.refs, c.Value) {
			values[kind] = append(values[kind], c.Value)
			together[c.Value] = c.Count
		}
	}
	var tallies []Tally
	for _, kind := range entityKinds {
		if len(values[kind]) > 0 {
			tallies = append(tallies, Tally{Facet: TallyEntity, Values: values[kind], Size: len(values[kind])})
		}
	}
	if len(tallies) == 0 {
		return nil, nil
	}
	background, err := d.archive.Search(d.ctx, Request{Query: d.request.Query, Sort: ByPublished, Limit: 1, Tallies: tallies})
	if err != nil {
		return nil, err
	}
	var all []Related
	for _, counts := range background.Tallies {
		var some []Related
		for _, c := range counts {
			kind, id, _ := SplitRef(c.Value)
			r := Related{Kind: kind, ID: id, Together: together[c.Value], Reports: c.Count}
			r.Score = Significance(r.Together, reports, r.Reports, background.Total)
			some = append(some, r)
		}
		slices.SortFunc(some, moreSignificant)
		all = append(all, some[:min(len(some), d.request.Related)]...)
	}
	slices.SortFunc(all, moreSignificant)
	return all, d.nameAll(all)
}

func moreSignificant(a, b Related) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Together, a.Together),
		cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
}

// nameAll sets the names that the entity's reports give the others most often.
func (d *describer) nameAll(all []Related) error {
	tallies := make([]Tally, len(all))
	for i, r := range all {
		tallies[i] = Tally{Facet: TallyName, Prefix: JoinTally(Ref(r.Kind, r.ID), ""), Size: 1}
	}
	found, err := d.archive.Search(d.ctx, Request{Query: d.of(query.Entity), Sort: ByPublished, Limit: 1, Tallies: tallies})
	if err != nil {
		return err
	}
	for i, counts := range found.Tallies {
		all[i].Name = all[i].ID
		if len(counts) > 0 {
			all[i].Name = SplitTally(counts[0].Value)[1]
		}
	}
	return nil
}

func mostFirst(a, b Count) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
}
