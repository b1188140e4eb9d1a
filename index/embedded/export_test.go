package embedded

import "fmt"

// LimitPages lets the file grow to n more pages, as on a full disk; 0 lifts
// the limit.
func (a *Archive) LimitPages(n int) error {
	var pages int
	if err := a.writer.QueryRow(`PRAGMA page_count`).Scan(&pages); err != nil {
		return err
	}
	limit := pages + n
	if n == 0 {
		limit = 1 << 30
	}
	_, err := a.writer.Exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, limit))
	return err
}

// SetKeysAtOnce sets for how many keys a search sets another processor to work,
// and returns what undoes it.
func SetKeysAtOnce(n int) (undo func()) {
	before := keysAtOnce
	keysAtOnce = n
	return func() { keysAtOnce = before }
}
