package serve

import "fmt"

// chart is a row of bars, drawn by the server, with a table of the same.
type chart struct {
	Label   string // what it shows
	Unit    string // what a bar stands for: month, day
	Counted string // what is counted: reports, events
	Width   int
	Height  int
	Bars    []bar
	First   string
	Last    string
}

type bar struct {
	Text       string
	Count      int
	URL        string
	X, Y, W, H string
}

const (
	chartWidth  = 600
	chartHeight = 72
)

// draw places the bars; a bar with a count is at least a hair high, so that
// one report beside a thousand is seen.
func (c *chart) draw() *chart {
	c.Width, c.Height = chartWidth, chartHeight
	highest := 1
	for _, b := range c.Bars {
		highest = max(highest, b.Count)
	}
	step := float64(chartWidth) / float64(max(len(c.Bars), 1))
	for i := range c.Bars {
		b := &c.Bars[i]
		height := float64(chartHeight) * float64(b.Count) / float64(highest)
		if b.Count > 0 {
			height = max(height, 2)
		}
		b.X, b.W = fmt.Sprintf("%.2f", float64(i)*step), fmt.Sprintf("%.2f", max(step-1, 0.5))
		b.Y, b.H = fmt.Sprintf("%.2f", chartHeight-height), fmt.Sprintf("%.2f", height)
	}
	if len(c.Bars) > 0 {
		c.First, c.Last = c.Bars[0].Text, c.Bars[len(c.Bars)-1].Text
	}
	return c
}
