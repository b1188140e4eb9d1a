package main

import (
	"cmp"
	_ "embed"
	"math/rand/v2"
	"strconv"
	"strings"
)

//go:embed stock/companies.txt
var companyList string

//go:embed stock/brands.txt
var brandList string

//go:embed stock/organizations.txt
var organizationList string

//go:embed stock/places.txt
var placeList string

//go:embed stock/sentences.txt
var sentenceList string

// stock makes names up or draws them from lists.
type stock struct {
	*rand.Rand
	origins                           []origin
	companies, brands, bodies, places []string
	texts                             []string
}

func newStock(seed uint64) *stock {
	s := &stock{Rand: rand.New(rand.NewPCG(seed, 11)), origins: origins()}
	s.companies, s.brands = lines(companyList), lines(brandList)
	s.bodies, s.places = lines(organizationList), lines(placeList)
	s.texts = strings.Split(strings.Join(lines(sentenceList), "\n"), "\n\n")
	return s
}

// lines returns the lines that are no comments.
func lines(list string) []string {
	var out []string
	for line := range strings.SplitSeq(strings.TrimSpace(list), "\n") {
		if !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

func pick(s *stock, list []string) string { return list[s.IntN(len(list))] }

func (s *stock) chance(p float64) bool { return s.Float64() < p }

// person returns a full name and the surname alone.
func (s *stock) person() (full, family string) {
	o := s.origins[s.IntN(len(s.origins))]
	given := pick(s, o.given)
	family = pick(s, o.family)
	switch {
	case o.familyFirst:
		return family + " " + given, family
	case s.chance(0.06):
		return given[:firstLetter(given)] + ". " + family, family
	case s.chance(0.08):
		second := pick(s, o.given)
		return given + " " + second[:firstLetter(second)] + ". " + family, family
	case s.chance(0.08):
		return given + " " + pick(s, o.given) + " " + family, family
	}
	return given + " " + family, family
}

// firstLetter is the length of the first letter of a name.
func firstLetter(name string) int {
	for i := range name {
		if i > 0 {
			return i
		}
	}
	return len(name)
}

var companyEndings = []string{
	" Inc.", " Corp.", " Ltd", " Group", " Holdings", " plc", " Company", " Corporation", " Bank", " Airlines", " Motors",
	" Energy", " Oil", " Telecom", " Media", " Steel", " Pharma", " News", " LLC", " AG", " S.A.", " Co.", " Insurance",
}

// company returns the full and the short name of a company.
func (s *stock) company() (full, short string) {
	full = pick(s, s.companies)
	switch {
	case s.chance(0.3):
		full = pick(s, s.brands)
	case s.chance(0.25):
		_, family := s.person()
		if s.chance(0.2) {
			_, other := s.person()
			family += " & " + other
		}
		full = family + pick(s, companyEndings)
	case s.chance(0.1):
		full = pick(s, s.places) + pick(s, companyEndings)
	}
	return full, shortCompany(full)
}

// product returns the name of a model of something: a code, a word, or both.
func (s *stock) product() string {
	code := string(rune('A'+s.IntN(26))) + strconv.Itoa(2+s.IntN(998))
	word := pick(s, productWords)
	switch s.IntN(4) {
	case 0:
		return code
	case 1:
		return word
	case 2:
		return code + " " + word
	}
	return "i" + word
}

var teamForms = []string{"@ United", "FC @", "@ City", "Dinamo @", "@ FC", "Sporting @", "Real @", "@ Rovers", "@ Lions", "@ Tigers", "@ Stars"}

// team returns the name of a team: often just that of its country or city.
func (s *stock) team() string {
	place := pick(s, s.places)
	if s.chance(0.45) {
		return place
	}
	return strings.Replace(pick(s, teamForms), "@", place, 1)
}

// shortCompany is the name without its legal form.
func shortCompany(full string) string {
	for _, ending := range companyEndings {
		if cut, ok := strings.CutSuffix(full, ending); ok && cut != "" {
			return strings.TrimSuffix(cut, ",")
		}
	}
	return full
}

var (
	bodyForms = []string{
		"Ministry of @", "State Committee for @", "State @ Committee", "Department of @", "National @ Agency", "Agency for @",
		"State @ Service", "Federal @ Commission", "Committee on @", "Office of @", "World @ Organization", "Council for @",
		"International @ Union", "Union of @ Workers", "Institute of @", "Academy of @", "@ Association", "European @ Agency",
		"@ Chamber", "Center for @", "State @ Fund", "International @ Federation", "High Commissioner for @", "@ Authority",
	}
	bodySubjects = []string{
		"Finance", "Customs", "Foreign Affairs", "Health", "Education", "Transport", "Energy", "Agriculture", "Trade", "Tourism",
		"Economic Development", "Emergency Situations", "Internal Affairs", "Justice", "Defence", "Labour", "Statistics",
		"Border Control", "Taxes", "Maritime Affairs", "Youth and Sports", "Food Safety", "Civil Aviation", "Migration",
		"Science", "Human Rights", "Oil and Gas", "Communications", "Culture", "Standardization", "Railways", "Water Resources",
	}
	branches = []string{
		"European Region", "Asia Pacific Region", "Regional Office", "Regional Office for Europe", "Secretariat",
		"Office for Central Asia", "Training Center", "Country Office", "Executive Board", "Arab States Region",
	}
	indexNames = []string{
		"Nikkei", "Nikkei 225", "Dow", "Dow Jones", "Dow Jones Industrial Average", "Nasdaq Composite", "Nasdaq 100", "FTSE",
		"FTSE 100", "DAX", "MDAX", "CAC 40", "AEX", "BEL 20", "IBEX 35", "S&P 500", "Hang Seng", "Kospi", "Sensex", "Topix",
		"Shanghai Composite", "Euro Stoxx 50", "OMX Helsinki 25", "MICEX", "Bovespa",
	}
	nationalities = []string{
		"Georgian", "Turkish", "Chinese", "Azerbaijani", "Kazakh", "German", "Japanese", "Iranian", "Swiss", "Russian", "Korean",
		"American", "British", "European", "Ukrainian", "Uzbek", "Armenian", "Indian", "Brazilian", "Nigerian", "Egyptian",
	}
	productWords = []string{
		"Falcon", "Comet", "Aurora", "Pioneer", "Vista", "Orion", "Meridian", "Atlas", "Nova", "Spirit", "Horizon", "Cougar",
		"Breeze", "Titan", "Pulse", "Arrow", "Panther", "Zephyr", "Summit", "Echo", "Ranger", "Swift", "Phoenix", "Delta",
	}
)

// body returns the name and the short name of a public body or another
// organization.
func (s *stock) body() (full, short string) {
	if s.chance(0.5) {
		full, short, _ = strings.Cut(pick(s, s.bodies), "|")
		return full, cmp.Or(short, full)
	}
	return s.inventBody()
}

// inventBody returns the name and the acronym of a body of a made-up kind.
func (s *stock) inventBody() (full, acronym string) {
	full = strings.Replace(pick(s, bodyForms), "@", pick(s, bodySubjects), 1)
	for _, word := range strings.Fields(full) {
		if word[0] >= 'A' && word[0] <= 'Z' {
			acronym += word[:1]
		}
	}
	switch {
	case s.chance(0.35):
		full += " of " + pick(s, s.places)
	case s.chance(0.12):
		full = acronym + " " + pick(s, branches)
	}
	return full, acronym
}
