package table_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/dateline-news/dateline/enrich/names/internal/table"
)

func TestTableFindsItsKeysAlone(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 100, 50_000} {
		var keys []uint64
		for range n {
			keys = append(keys, random.Uint64())
		}
		slices.Sort(keys)
		data := append(table.Append(nil, keys), "rest"...)
		found, rest, err := table.Open(string(data))
		if err != nil || rest != "rest" || found.Len() != n {
			t.Fatalf("opened %d rows, rest %q, error %v; want %d rows and the rest", found.Len(), rest, err, n)
		}
		wrong := 0
		for i, key := range keys {
			if found.Row(key) != i {
				wrong++ // two keys that cannot be told apart
			}
		}
		for range 10_000 {
			if found.Row(random.Uint64()) >= 0 {
				wrong++
			}
		}
		if wrong > 10 {
			t.Errorf("%d of %d keys and of 10,000 unknown ones have a wrong row", wrong, n)
		}
	}
}

func TestOpenRefusesDamage(t *testing.T) {
	whole := string(table.Append(nil, []uint64{1, 2, 3}))
	for _, data := range []string{"", whole[:7], whole[:len(whole)-1], "\xff\xff\xff\xff" + whole[4:], whole[:4] + "\xff\xff\xff\xff" + whole[8:]} {
		if _, _, err := table.Open(data); err == nil {
			t.Errorf("a damaged table of %d bytes opened", len(data))
		}
	}
}
