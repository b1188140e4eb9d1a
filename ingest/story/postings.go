package story

// shardCount splits the postings, so that growing them stops the world for a
// moment only, and takes little memory beside.
const shardCount = 64

// mostPostings is how many reports a shingle is remembered for. One that
// stands in more is a phrase of the trade or a publisher's boilerplate, and
// says nothing of sameness.
const mostPostings = 12

// postings says which reports have a shingle. Reports are numbered upward
// from 1; those before oldest are forgotten, and their room is used again.
type postings struct {
	shards [shardCount]shard
	oldest uint32
}

// shard is a hash table with open addressing in which a key may come often.
type shard struct {
	keys, reports []uint32 // report 0: free
	used          int
}

// shingleOf is the hash of the shingle without the quarter.
func shingleOf(key uint32) uint32 { return key >> quarterBits }

func (p *postings) shard(key uint32) (*shard, uint64) {
	spread := mix(uint64(shingleOf(key)))
	return &p.shards[spread%shardCount], spread >> 32
}

// find calls visit with every posting of the shingle, unless there are so
// many that they say nothing, which it reports.
func (p *postings) find(key uint32, buffer []posting) (found []posting, common bool) {
	s, at := p.shard(key)
	found = buffer[:0]
	for i := s.start(at); len(s.keys) > 0 && s.reports[i] != 0; i = s.next(i) {
		if shingleOf(s.keys[i]) == shingleOf(key) && s.reports[i] >= p.oldest {
			found = append(found, posting{s.reports[i], s.keys[i] & quarterMask})
		}
	}
	return found, len(found) >= mostPostings
}

type posting struct{ report, quarter uint32 }

// add remembers that the report has the shingle, unless it is common already.
func (p *postings) add(key, report uint32) bool {
	s, at := p.shard(key)
	if 5*(s.used+1) > 4*len(s.keys) {
		s.rebuild(p)
	}
	free, known := -1, 0
	i := s.start(at)
	for ; s.reports[i] != 0; i = s.next(i) {
		if s.reports[i] < p.oldest {
			if free < 0 {
				free = i
			}
		} else if shingleOf(s.keys[i]) == shingleOf(key) {
			known++
		}
	}
	if known >= mostPostings {
		return false
	}
	if free < 0 {
		free = i
		s.used++
	}
	s.keys[free], s.reports[free] = key, report
	return true
}

func (s *shard) start(at uint64) int { return int(at * uint64(len(s.keys)) >> 32) }

func (s *shard) next(i int) int {
	if i++; i < len(s.keys) {
		return i
	}
	return 0
}

// rebuild makes room: the forgotten go, and the table grows by half where
// that is not enough.
func (s *shard) rebuild(p *postings) {
	live := 0
	for _, report := range s.reports {
		if report != 0 && report >= p.oldest {
			live++
		}
	}
	old := *s
	size := live + live/2 + 16
	*s = shard{keys: make([]uint32, size), reports: make([]uint32, size), used: live}
	for i, report := range old.reports {
		if report == 0 || report < p.oldest {
			continue
		}
		_, at := p.shard(old.keys[i])
		j := s.start(at)
		for s.reports[j] != 0 {
			j = s.next(j)
		}
		s.keys[j], s.reports[j] = old.keys[i], report
	}
}
