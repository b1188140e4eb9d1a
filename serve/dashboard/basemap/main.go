// Command basemap makes the base map of dashboards, serve/static/world.svg,
// from Natural Earth (public domain), as the npm package world-atlas carries
// it:
//
//	go run ./serve/dashboard/basemap
//
// Coast lines and borders are simplified to a tenth of a degree and drawn in
// plate carrée, ten units a degree, north up, with 180°W 90°N at the origin.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const (
	version = "2.0.2"
	detail  = "countries-50m.json"
	output  = "serve/static/world.svg"
)

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	topology, err := fetch()
	if err != nil {
		return err
	}
	return write(topology)
}

// topology is what is used of a TopoJSON file.
type topology struct {
	Transform struct {
		Scale     [2]float64 `json:"scale"`
		Translate [2]float64 `json:"translate"`
	} `json:"transform"`
	Arcs    [][][2]int `json:"arcs"`
	Objects struct {
		Land struct {
			Geometries []struct {
				Arcs [][][]int `json:"arcs"`
			} `json:"geometries"`
		} `json:"land"`
	} `json:"objects"`
}

func fetch() (*topology, error) {
	dir, err := os.MkdirTemp("", "basemap-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for _, command := range [][]string{
		{"npm", "pack", "--silent", "world-atlas@" + version},
		{"tar", "-xzf", "world-atlas-" + version + ".tgz"},
	} {
		c := exec.Command(command[0], command[1:]...)
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", strings.Join(command, " "), err, out)
		}
	}
	content, err := os.ReadFile(filepath.Join(dir, "package", detail))
	if err != nil {
		return nil, err
	}
	t := new(topology)
	return t, json.Unmarshal(content, t)
}

type point struct{ x, y float64 }

// line decodes an arc: its points are given as steps. Ten units are a degree.
func (t *topology) line(arc int) []point {
	reversed := arc < 0
	if reversed {
		arc = ^arc
	}
	var line []point
	x, y := 0, 0
	for _, step := range t.Arcs[arc] {
		x, y = x+step[0], y+step[1]
		lon := float64(x)*t.Transform.Scale[0] + t.Transform.Translate[0]
		lat := float64(y)*t.Transform.Scale[1] + t.Transform.Translate[1]
		line = append(line, point{(lon + 180) * 10, (90 - lat) * 10})
	}
	line = simplify(unwrap(line), 0.7)
	if reversed {
		for i, j := 0, len(line)-1; i < j; i, j = i+1, j-1 {
			line[i], line[j] = line[j], line[i]
		}
	}
	return line
}

// around is the width of the whole map, and pole where its south pole lies.
const around, pole = 3600.0, 1800.0

// unwrap lets a line that crosses 180° go on beyond the edge of the map, where
// its source goes on at the other edge.
func unwrap(line []point) []point {
	for i := 1; i < len(line); i++ {
		line[i].x -= around * math.Round((line[i].x-line[i-1].x)/around)
	}
	return line
}

// copies are a line with those a map's width beside it that reach into the
// map, too.
func copies(line []point) [][]point {
	var all [][]point
	for _, shift := range []float64{0, -around, around} {
		var moved []point
		inside := false
		for _, p := range line {
			p.x += shift
			inside = inside || p.x > 0 && p.x < around
			moved = append(moved, p)
		}
		if inside {
			all = append(all, moved)
		}
	}
	return all
}

// closed ends a ring around the pole, as that of Antarctica, at the pole.
func closed(ring []point) []point {
	if len(ring) == 0 {
		return ring
	}
	first, last := ring[0], ring[len(ring)-1]
	if math.Abs(first.x-last.x) > around/2 {
		ring = append(ring, point{last.x, pole}, point{first.x, pole})
	}
	return ring
}

// simplify leaves out points nearer than tolerance to the line without them
// (Douglas and Peucker, 1973).
func simplify(line []point, tolerance float64) []point {
	if len(line) < 3 {
		return line
	}
	farthest, distance := 0, 0.0
	for i := 1; i < len(line)-1; i++ {
		if d := away(line[i], line[0], line[len(line)-1]); d > distance {
			farthest, distance = i, d
		}
	}
	if distance < tolerance {
		return []point{line[0], line[len(line)-1]}
	}
	left := simplify(line[:farthest+1], tolerance)
	return append(left[:len(left)-1:len(left)-1], simplify(line[farthest:], tolerance)...)
}

// away is the distance of p from the line through a and b.
func away(p, a, b point) float64 {
	length := math.Hypot(b.x-a.x, b.y-a.y)
	if length == 0 {
		return math.Hypot(p.x-a.x, p.y-a.y)
	}
	return math.Abs((b.y-a.y)*p.x-(b.x-a.x)*p.y+b.x*a.y-b.y*a.x) / length
}

// path draws lines in whole units, each step from the point before.
func path(line []point, closed bool) string {
	var b strings.Builder
	var at [2]int
	drawn := 0
	for i, p := range line {
		x, y := int(math.Round(p.x)), int(math.Round(p.y))
		switch {
		case i == 0:
			fmt.Fprintf(&b, "M%d %dl", x, y)
		case x == at[0] && y == at[1]:
			continue
		default:
			fmt.Fprintf(&b, "%d %d ", x-at[0], y-at[1])
			drawn++
		}
		at = [2]int{x, y}
	}
	if drawn == 0 || closed && drawn < 3 { // an islet
		return ""
	}
	if closed {
		return strings.TrimSuffix(b.String(), " ") + "z"
	}
	return strings.TrimSuffix(b.String(), " ")
}

func write(t *topology) (err error) {
	f, err := os.Create(output)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	fmt.Fprint(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3600 1800"><path fill="#8a8f7e" fill-opacity=".28" d="`)
	coast := map[int]bool{}
	for _, g := range t.Objects.Land.Geometries {
		for _, polygon := range g.Arcs {
			for _, ring := range polygon {
				var line []point
				for _, arc := range ring {
					coast[max(arc, ^arc)] = true
					line = append(line, t.line(arc)...)
				}
				for _, one := range copies(closed(unwrap(line))) {
					fmt.Fprint(w, path(one, true))
				}
			}
		}
	}
	fmt.Fprint(w, `"/><path fill="none" stroke="#8a8f7e" stroke-opacity=".75" vector-effect="non-scaling-stroke" d="`)
	for arc := range t.Arcs {
		if !coast[arc] {
			for _, one := range copies(t.line(arc)) {
				fmt.Fprint(w, path(one, false))
			}
		}
	}
	fmt.Fprintln(w, `"/></svg>`)
	return w.Flush()
}
