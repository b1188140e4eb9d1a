package indextest

import "github.com/dateline-news/dateline/news"

// careerReports follow one person through two offices.
func careerReports() []*news.Report {
	bay := func(d *draft) *draft {
		lat, lon := 59.5, 24.7
		d.place("Talinn Bay", "EE")
		p := &d.Places[len(d.Places)-1]
		p.ID, p.Lat, p.Lon = "talinn-bay", &lat, &lon
		return d
	}
	authority := func(d *draft) *draft {
		d.org("Port Authority", "PA")
		d.Organizations[len(d.Organizations)-1].Country = "EE"
		return d
	}
	drafts := []*draft{
		dispatch("career-1", "BNS", "2014-01-05T10:00:00+02:00", "A speaker", "Nadiya Orlu spoke to students.").
			person("Nadia Orlu", "Nadiya Orlu"),
		authority(dispatch("career-2", "BNS", "2015-02-05T10:00:00+02:00", "The quay", "Director Nadia Orlu said: \"The quay is open\".")).
			person("Nadia Orlu", "Orlu").role("Director", "Port Authority").quote("The quay is open", "Nadia Orlu", "nadia-orlu"),
		authority(dispatch("career-3", "BNS", "2015-02-25T10:00:00+02:00", "The crane", "Orlu, the director of the authority, showed the crane.")).
			person("Nadia Orlu", "Orlu").role("director", "authority"), // the same office
		authority(dispatch("career-4", "BNS", "2016-03-05T10:00:00+02:00", "The office", "The Minister Orlu said: \"Ports come first\".")).
			person("Nadia Orlu", "Orlu").role("Minister", "Ministry of Ports").quote("Ports come first", "Orlu", "nadia-orlu"),
		dispatch("career-5", "BNS", "2016-03-06T10:00:00+02:00", "The weather", "Fog lay on the water."),
		authority(dispatch("career-6", "BNS", "2016-04-06T10:00:00+02:00", "The dredger", "The dredger came.")),
	}
	former := news.Role{Title: "Director", Organization: "Port Authority", Former: true, Span: drafts[3].span("Orlu")}
	drafts[3].People[0].Roles = append(drafts[3].People[0].Roles, former)
	var reports []*news.Report
	for _, d := range drafts {
		reports = append(reports, &bay(d).Report)
	}
	return reports
}
