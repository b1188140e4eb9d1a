package forest

import (
	"encoding/json"
	"sync"
)

// Embedded returns what reads a forest from the JSON that a package carries,
// when it is first asked for. It panics with the name of the file where that
// is none, which a test of the package has to rule out.
func Embedded(name string, encoded []byte) func() *Forest {
	return sync.OnceValue(func() *Forest {
		f := &Forest{}
		if err := json.Unmarshal(encoded, f); err != nil {
			panic(name + ": " + err.Error())
		}
		return f
	})
}
