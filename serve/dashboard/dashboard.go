// Package dashboard reads the saved sets of panels that analysts keep in
// configs/dashboards, one YAML file each. A file is either good or every fault
// in it is told with its place.
package dashboard

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/dateline-news/dateline/index/query"
)

// Dashboard is a saved set of panels.
type Dashboard struct {
	// Name is the file's name without its ending; it is in the address.
	Name string `yaml:"-"`
	// Title is shown; Region groups dashboards in the list.
	Title  string `yaml:"title"`
	Region string `yaml:"region"`
	// Query is what all panels look at, in the search language; "" is
	// everything.
	Query  string  `yaml:"query"`
	Panels []Panel `yaml:"panels"`
}

// Panel is one part of a dashboard.
type Panel struct {
	Kind  Kind   `yaml:"kind"`
	Title string `yaml:"title"`
	// Query narrows the dashboard's for this panel.
	Query string `yaml:"query"`
	// Days is how far back the panel looks; 0 means 30, and for rising and new
	// 7.
	Days int `yaml:"days"`
	// Baseline is, for rising, how many days before these say what is usual; 0
	// means 56.
	Baseline int `yaml:"baseline"`
	// Of is, for top, rising and new, person, org or place.
	Of string `yaml:"of"`
	// Size is how many lines a list has; 0 means 10.
	Size int `yaml:"size"`
	// Map is the part of the world that a map shows; all of it when absent.
	Map *Bounds `yaml:"map"`
}

// Kind says what a panel shows.
type Kind string

// The kinds of panels.
const (
	Reports Kind = "reports" // reports over time
	Events  Kind = "events"  // events over time, those to come too
	Map     Kind = "map"     // places on a map
	Top     Kind = "top"     // who or what is named most
	Rising  Kind = "rising"  // who or what is named more than usual
	New     Kind = "new"     // who or what was never named before
	Latest  Kind = "latest"  // the latest reports
	Sources Kind = "sources" // how the sources are doing
)

var kinds = []Kind{Reports, Events, Map, Top, Rising, New, Latest, Sources}

// Bounds are degrees of longitude and latitude.
type Bounds struct {
	West  float64 `yaml:"west"`
	South float64 `yaml:"south"`
	East  float64 `yaml:"east"`
	North float64 `yaml:"north"`
}

// World is all of it that people live on.
var World = Bounds{West: -170, South: -56, East: 180, North: 76}

// maxSize is the most lines of a list.
const maxSize = 50

// fileName is what a dashboard's file may be called.
var fileName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Load reads every .yaml file of the folder dashboards of fsys, sorted by
// region and title. A folder that does not exist has none.
func Load(fsys fs.FS) ([]*Dashboard, error) {
	entries, err := fs.ReadDir(fsys, "dashboards")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the dashboards: %w", err)
	}
	var all []*Dashboard
	var faults []error
	for _, e := range entries {
		if path.Ext(e.Name()) != ".yaml" {
			continue
		}
		content, err := fs.ReadFile(fsys, path.Join("dashboards", e.Name()))
		if err != nil {
			return nil, fmt.Errorf("reading the dashboards: %w", err)
		}
		d, err := Read(e.Name(), content)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b *Dashboard) int {
		return cmp.Or(cmp.Compare(a.Region, b.Region), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Name, b.Name))
	})
	return all, errors.Join(faults...)
}

// Read reads one file.
func Read(file string, content []byte) (*Dashboard, error) {
	d := &Dashboard{Name: strings.TrimSuffix(file, ".yaml")}
	if err := yaml.UnmarshalWithOptions(content, d, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("dashboards/%s:\n%s", file, yaml.FormatError(err, false, true))
	}
	if err := d.check(); err != nil {
		return nil, fmt.Errorf("dashboards/%s: %w", file, err)
	}
	d.complete()
	return d, nil
}

func (d *Dashboard) check() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if !fileName.MatchString(d.Name) {
		fault("the file's name is in the address: use small letters, digits and hyphens")
	}
	if strings.TrimSpace(d.Title) == "" {
		fault("title: a dashboard needs one")
	}
	if len(d.Panels) == 0 {
		fault("panels: a dashboard needs one")
	}
	if err := checkQuery(d.Query); err != nil {
		fault("query: %w", err)
	}
	for i, p := range d.Panels {
		for _, err := range p.check() {
			fault("panels[%d]: %w", i, err)
		}
	}
	return errors.Join(faults...)
}

func (p Panel) check() []error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if !slices.Contains(kinds, p.Kind) {
		fault("no kind of panel is called %q; use one of %v", p.Kind, kinds)
	}
	if err := checkQuery(p.Query); err != nil {
		fault("query: %w", err)
	}
	if p.Days < 0 || p.Days > 3660 || p.Baseline < 0 || p.Baseline > 3660 {
		fault("days and baseline are 1 to 3660")
	}
	if p.Size < 0 || p.Size > maxSize {
		fault("size: %d; use 1 to %d", p.Size, maxSize)
	}
	ofSomething := p.Kind == Top || p.Kind == Rising || p.Kind == New
	if ofSomething != (p.Of != "") || p.Of != "" && !slices.Contains([]string{"person", "org", "place"}, p.Of) {
		fault("of: person, org or place, and only for top, rising and new; it is %q", p.Of)
	}
	if m := p.Map; m != nil && (p.Kind != Map || m.West < -180 || m.East > 180 || m.South < -85 || m.North > 85 || m.West >= m.East || m.South >= m.North) {
		fault("map: west, south, east and north in degrees, and only for a map")
	}
	return faults
}

func checkQuery(text string) error {
	_, err := query.Parse(text, time.Unix(0, 0), time.UTC)
	return err
}

// complete fills what a file leaves open.
func (d *Dashboard) complete() {
	for i := range d.Panels {
		p := &d.Panels[i]
		recent := p.Kind == Rising || p.Kind == New
		if p.Days == 0 && recent {
			p.Days = 7
		}
		p.Days = cmp.Or(p.Days, 30)
		p.Baseline = cmp.Or(p.Baseline, 56)
		p.Size = cmp.Or(p.Size, 10)
		if p.Kind == Map && p.Map == nil {
			p.Map = &World
		}
		p.Title = cmp.Or(p.Title, p.title())
	}
}

func (p Panel) title() string {
	what := map[string]string{"person": "people", "org": "organizations", "place": "places"}[p.Of]
	switch p.Kind {
	case Reports:
		return fmt.Sprintf("Reports of the last %d days", p.Days)
	case Events:
		return "Events by month"
	case Map:
		return fmt.Sprintf("Places named in the last %d days", p.Days)
	case Top:
		return fmt.Sprintf("Most named %s, %d days", what, p.Days)
	case Rising:
		return fmt.Sprintf("Rising %s, %d days", what, p.Days)
	case New:
		return fmt.Sprintf("New %s, %d days", what, p.Days)
	case Latest:
		return "Latest reports"
	}
	return "Sources"
}
