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
		data, rows := table.Append(nil, keys)
		found, rest, err := table.Open(string(data) + "rest")
		if err != nil || rest != "rest" || found.Len() != len(rows) || len(rows) > n*5/4+8 {
			t.Fatalf("opened %d rows of %d for %d keys, rest %q, error %v", found.Len(), len(rows), n, rest, err)
		}
		wrong := 0
		for i, key := range keys {
			if row := found.Row(key); row < 0 || rows[row] != int32(i) {
				wrong++ // two keys that cannot be told apart
			}
		}
		several := append(slices.Clone(keys[:min(n, table.Batch-1)]), random.Uint64())
		var got [table.Batch]int32
		found.Rows(several, &got)
		for i, key := range several {
			if int(got[i]) != found.Row(key) {
				t.Errorf("Rows gives %d for a key, Row %d", got[i], found.Row(key))
			}
		}
		for range 10_000 {
			if found.Row(random.Uint64()) >= 0 {
				wrong++
			}
		}
		if wrong > 40 {
			t.Errorf("%d of %d keys and of 10,000 unknown ones have a wrong row", wrong, n)
		}
	}
}

func TestOpenRefusesDamage(t *testing.T) {
	data, _ := table.Append(nil, []uint64{1, 2, 3})
	whole := string(data)
	for _, data := range []string{"", whole[:3], whole[:len(whole)-1], "\x00\x00\x00\x00" + whole[4:], "\xff\xff\xff\xff" + whole[4:]} {
		if _, _, err := table.Open(data); err == nil {
			t.Errorf("a damaged table of %d bytes opened", len(data))
		}
	}
}
