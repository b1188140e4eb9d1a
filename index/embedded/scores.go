package embedded

// fewScores is how many scores are kept in a map: making room for all keys
// would cost a selective search more than the search itself.
const fewScores = 4096

// scores holds scores by key, of reports whose number is known before.
type scores struct {
	few map[int]float64
	all []float32
}

// newScores makes room for the scores of a number of reports with keys up to
// last.
func newScores(reports, last int) *scores {
	if reports <= fewScores {
		return &scores{few: make(map[int]float64, reports)}
	}
	return &scores{all: make([]float32, last+1)}
}

func (s *scores) of(key int) float64 {
	if s.all != nil {
		return float64(s.all[key])
	}
	return s.few[key]
}

func (s *scores) add(key int, score float64) {
	if s.all != nil {
		s.all[key] += float32(score)
		return
	}
	s.few[key] += score
}

func (s *scores) scale(key int, by float64) {
	if s.all != nil {
		s.all[key] *= float32(by)
		return
	}
	s.few[key] *= by
}

// bytesOfFew is about what a score takes in a map.
const bytesOfFew = 40

// size is about how many bytes the scores take.
func (s *scores) size() int {
	if s == nil {
		return 0
	}
	return 4*len(s.all) + bytesOfFew*len(s.few)
}
