package serve

import "net/http"

// helpPart is a part of the page that says how to ask.
type helpPart struct {
	ID, Heading string
	Examples    []example
}

// example is a way to ask, with searches that can be tried.
type example struct {
	Asked []string
	Finds string
}

// help is what the page of the query language says. docs/analyst.md says it at
// more length.
var help = []helpPart{
	{"words", "Words", []example{
		{[]string{`customs training`}, "with both words"},
		{[]string{`"single window"`}, "with the words side by side"},
		{[]string{`"customs reform"~5`}, "with the words in any order and at most five others among them"},
		{[]string{`tariff OR duty`, `(port OR ferry) delay`}, "with either; grouped"},
		{[]string{`customs -football`, `customs NOT football`}, "without a word"},
		{[]string{`educat*`}, "with words that begin so"},
		{[]string{`title:ferry`}, "with the word in the title"},
	}},
	{"who", "Who and where", []example{
		{[]string{`person:"Aydin Aliyev"`, `org:WCO`, `place:Baku`}, "that speak of a person, an organization or a place, under any of their names"},
		{[]string{`role:chairman`, `person:(name:Aliyev role:chairman)`}, "of somebody in an office; of one person with both"},
		{[]string{`speaker:Aliyev`, `speaker:Aliyev about:customs`}, "that quote somebody; that quote somebody on a subject"},
		{[]string{`country:AZ`, `near:Baku~50km`}, "of places in a country, or near to a place"},
		{[]string{`agency:REPORT.AZ`, `source:report-az`, `lang:ar`}, "of an agency, of a source, in a language"},
	}},
	{"when", "When", []example{
		{[]string{`published:2014-12..2015-03`, `published:>=2015-09-08`, `published:7d`}, "that the agency published then; in the last seven days"},
		{[]string{`event:2015-09`}, "with an event at that time"},
		{[]string{`mentioned:2015`}, "that speak of that time"},
		{[]string{`seen:24h`}, "that arrived in the last 24 hours"},
		{[]string{`asof:2014-12-09`}, "as the archive was known at the end of that day, before later corrections and withdrawals"},
	}},
	{"acronyms", "Acronyms", []example{
		{[]string{`WCO`}, "also under the long name; the page shows how the search was read, and a cross beside it takes that back"},
	}},
}

func (s *server) helpPage(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "help", view{Title: "How to ask – Dateline", Page: help})
}
