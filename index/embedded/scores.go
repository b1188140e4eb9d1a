package embedded

// fewScores is how many scores are kept in a map: making room for all keys
// would cost a selective search more than the search itself.
const fewScores = 4096

// scores holds scores by key.
type scores struct {
	few map[int]float64
	// all, when it is not nil, holds the score of every key below size.
	all  []float64
	size int
}

func (s *scores) of(key int) float64 {
	if s.all != nil {
		return s.all[key]
	}
	return s.few[key]
}

func (s *scores) add(key int, score float64) {
	if s.all == nil && len(s.few) >= fewScores {
		s.all = make([]float64, s.size)
		for k, v := range s.few {
			s.all[k] = v
		}
		s.few = nil
	}
	if s.all != nil {
		s.all[key] += score
		return
	}
	s.few[key] += score
}
