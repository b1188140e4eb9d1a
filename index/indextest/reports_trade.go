package indextest

// tradeReports are about trade, health, security and the offices around them.
func tradeReports() []*draft {
	return []*draft{
		dispatch("wto-nairobi", "WTO", "2015-12-19T19:00:00+03:00",
			"Ministers adopt the Nairobi package",
			"The tenth Ministerial Conference of the World Trade Organization ended in Nairobi on 19 December 2015 with a package on agriculture. "+
				"Director-General Roberto Salas thanked the ministers.").
			person("Roberto Salas", "Salas").role("Director-General", "World Trade Organization").
			org("World Trade Organization", "WTO").place("Nairobi", "KE").
			event("Ministerial Conference", "2015-12-15", "2015-12-20").date("2015-12-19", "2015-12-20"),
		dispatch("wto-accession", "WTO", "2015-05-05T10:00:00+02:00",
			"Working party on accession meets",
			"The working party on the accession of Azerbaijan to the World Trade Organization met in Geneva. Its chairman, Walter Lund, asked for a new offer on goods.").
			person("Walter Lund", "Lund").role("Chairman", "Working Party on Accession").
			org("World Trade Organization", "WTO").org("Working Party on Accession", "").
			place("Geneva", "CH").place("Azerbaijan", "AZ").
			event("Working party", "2015-05-05", "2015-05-06"),
		dispatch("tfa-ratified", "WTO", "2015-10-05T10:00:00+02:00",
			"Eighteenth member ratifies the trade facilitation agreement",
			"Facilitation of trade lowers costs. One more member accepted the agreement, which facilitates the movement of goods.").
			org("World Trade Organization", "WTO").place("Geneva", "CH"),
		dispatch("who-alert", "UN News", "2015-09-15T14:00:00-04:00",
			"WHO warns of a new virus",
			"The World Health Organization warned on Tuesday. Those who travel should wash their hands, Director Margaret Osei said.").
			from("un-news").
			person("Margaret Osei", "Osei").role("Director", "World Health Organization").
			org("World Health Organization", "WHO").place("Geneva", "CH").
			date("2015-09-15", "2015-09-16").
			quote("Those who travel should wash their hands", "Margaret Osei", "margaret-osei"),
		dispatch("who-decides", "UN News", "2015-09-16T09:00:00-04:00",
			"Who decides on travel rules?",
			"Ministers decide who may travel. Officials who were asked gave no answer.").
			from("un-news").place("New York", "US"),
		dispatch("un-assembly", "UN News", "2015-09-15T09:00:00-04:00",
			"General Assembly opens its seventieth session",
			"The United Nations General Assembly opened in New York. Mogens Lykke presides; universities and universal values were themes.").
			from("un-news").
			person("Mogens Lykke", "Lykke").role("President", "General Assembly").
			org("United Nations", "UN").org("General Assembly", "UNGA").place("New York", "US").
			event("General debate", "2015-09-28", "2015-10-04").date("2015-09-15", "2015-10-01"),
		dispatch("university-rank", "UN News", "2015-02-11T09:00:00-05:00",
			"Universities for development",
			"A university in Baku and one in Nairobi joined the programme.").
			from("un-news").org("United Nations", "UN").place("Baku", "AZ").place("Nairobi", "KE"),
		dispatch("osce-monitors", "OSCE", "2015-04-23T15:45:00+02:00",
			"Monitors plan an exercise on the line of contact",
			"In accordance with the mandate, the OSCE mission will monitor the line of contact. Ambassador Andrea Kovacs leads the monitors.").
			person("Andrea Kovacs", "Kovacs").role("Ambassador", "OSCE").
			org("Organization for Security and Co-operation in Europe", "OSCE").place("Vienna", "AT").
			event("Monitoring exercise", "2015-04-24", "2015-04-25"),
		dispatch("osce-panel", "OSCE", "2015-04-23T15:45:00+02:00",
			"Panel on freedom of the media",
			"A panel in Vienna heard editors from twelve states. Anna Berg and Karl Lund spoke.").
			person("Anna Berg").person("Karl Lund").
			org("Organization for Security and Co-operation in Europe", "OSCE").place("Vienna", "AT"),
		dispatch("eu-tariffs", "European Commission", "2015-11-03T12:00:00+01:00",
			"Commission proposes to lower tariffs",
			"The European Commission proposed lower tariffs on electronics. The tariff on chips falls to zero in 2016. Commissioner Cecilia Nord called it overdue.").
			from("ec-press").
			person("Cecilia Nord", "Nord").role("Commissioner", "European Commission").
			org("European Commission", "EC").place("Brussels", "BE").
			date("2016-01-01", "2017-01-01"),
		dispatch("eu-visit", "European Commission", "2015-11-09T12:00:00+01:00",
			"Commissioner visits Baku",
			"Commissioner Cecilia Nord visits Baku on 10 November at 10:00 and meets Aydin Aliyev, chairman of the State Customs Committee.").
			from("ec-press").
			person("Cecilia Nord", "Nord").role("Commissioner", "European Commission").
			person("Aydin Aliyev", "Aliyev").role("Chairman", "State Customs Committee").
			org("European Commission", "EC").org("State Customs Committee", "SCC").
			place("Baku", "AZ").
			event("Visit", "2015-11-10T01:30:00+04:00", "2015-11-10T03:00:00+04:00"),
		dispatch("former-minister", "Trend", "2015-08-20T10:00:00+04:00",
			"Former chairman publishes memoirs",
			"Kamal Heydarli, once chairman of the State Customs Committee, has written his memoirs. The book appears on 1 October.").
			person("Kamal Heydarli", "Heydarli").role("Chairman", "State Customs Committee").
			org("State Customs Committee", "SCC").
			event("Publication", "", "2015-10-02").date("2015-10-01", ""),
		dispatch("opec-meeting", "Trend", "2015-12-04T20:00:00+04:00",
			"OPEC keeps its ceiling",
			"OPEC ministers meeting in Vienna left output unchanged. The next meeting is due on 2 June 2016.").
			org("Organization of the Petroleum Exporting Countries", "OPEC").place("Vienna", "AT").
			event("OPEC meeting", "2016-06-02", "2016-06-03").date("2016-06-02", "2016-06-03"),
	}
}
