package indextest

// customsReports are about customs services and their conferences.
func customsReports() []*draft {
	return []*draft{
		dispatch("baku-training", "REPORT.AZ", "2014-12-08T17:20:00+04:00",
			"WCO training heads meet in Baku",
			"Baku. 8 December. REPORT.AZ/ The heads of national training centres met in Baku today.\n\n"+
				"Chairman of the State Customs Committee Aydin Aliyev opened the meeting of the WCO. "+
				"\"Capacity building has become a task of every customs service\", Aliyev said.\n\n"+
				"The work of the Committee.In addition, the next PICARD conference will be held in Baku on September 8-10, 2015.").
			person("Aydin Aliyev", "Aliyev").role("Chairman", "State Customs Committee").
			org("World Customs Organization", "WCO").org("State Customs Committee", "SCC").
			place("Baku", "AZ").date("2014-12-08", "2014-12-09").date("2015-09-08", "2015-09-11").
			event("PICARD conference", "2015-09-08", "2015-09-11").
			quote("Capacity building has become a task of every customs service", "Aliyev", "aydin-aliyev"),
		dispatch("picard-call", "WCO", "2015-03-02T09:00:00+01:00",
			"Call for papers: PICARD conference 2015",
			"The World Customs Organization invites researchers to the 10th PICARD conference in Baku. "+
				"Papers on customs valuation, tariffs and the single window are welcome until 30 April 2015.").
			from("wco-newsroom").
			org("World Customs Organization", "WCO").place("Baku", "AZ").
			date("2015-04-30", "2015-05-01").event("PICARD conference", "2015-09-08", "2015-09-11"),
		dispatch("picard-opens", "AZERTAC", "2015-09-08T10:30:00+04:00",
			"PICARD conference opens in Baku",
			"The tenth PICARD conference of the World Customs Organization opened in Baku on Tuesday.\n\n"+
				"WCO's Secretary General Kunio Tanaka praised Azerbaijan's customs reforms. \"The single window works\", he said.").
			person("Kunio Tanaka", "Tanaka").role("Secretary General", "World Customs Organization").
			org("World Customs Organization", "WCO").place("Baku", "AZ").place("Azerbaijan", "AZ").
			date("2015-09-08", "2015-09-09").event("PICARD conference", "2015-09-08", "2015-09-11").
			quote("The single window works", "he", "kunio-tanaka"),
		dispatch("picard-closes", "AZERTAC", "2015-09-10T18:00:00+04:00",
			"PICARD conference ends",
			"Delegates from 60 countries closed the PICARD conference. The next one will be in Manila in 2016.\n\n"+
				"Deputy Chairman of the State Customs Committee Asad Guliyev said that the papers would be published.").
			person("Asad Guliyev", "Guliyev").role("Deputy Chairman", "State Customs Committee").
			org("State Customs Committee", "SCC").place("Manila", "PH").
			date("2016-01-01", "2017-01-01").event("PICARD conference", "2016-01-01", "2017-01-01").
			quote("the papers would be published", "Guliyev", ""),
		dispatch("picard-manila", "WCO", "2016-01-15T09:00:00+01:00",
			"PICARD 2016 goes to Manila",
			"The 11th PICARD conference will be held in Manila, the Philippines, from 27 to 29 September 2016.").
			from("wco-newsroom").org("World Customs Organization", "WCO").place("Manila", "PH").
			event("PICARD conference", "2016-09-27", "2016-09-30").date("2016-09-27", "2016-09-30"),
		dispatch("single-window", "Trend", "2015-06-17T12:00:00+04:00",
			"Customs single window saves traders a week",
			"A window for every trader: the single electronic window of the customs service cut clearance to one day, "+
				"the State Customs Committee says. Customs, customs and customs again were the reason for delays before.").
			org("State Customs Committee", "SCC").place("Azerbaijan", "AZ"),
		dispatch("window-seat", "Trend", "2015-06-18T12:00:00+04:00",
			"Airline lets every single passenger choose a window",
			"The carrier lets passengers pick a seat at the window. A single fee applies.").
			place("Baku", "AZ"),
		dispatch("council-session", "WCO", "2015-06-11T16:00:00+02:00",
			"WCO Council holds its 125th session",
			"The Council of the World Customs Organization met in Brussels from 11 to 13 June 2015. "+
				"Directors General of 180 customs administrations attended. Azerbaijan was elected to the Policy Commission.").
			from("wco-newsroom").
			org("World Customs Organization", "WCO").org("Policy Commission", "").
			place("Brussels", "BE").place("Azerbaijan", "AZ").
			event("WCO Council session", "2015-06-11", "2015-06-14").date("2015-06-11", "2015-06-14"),
		dispatch("seizure-poti", "Trend", "2015-07-01T08:15:00+04:00",
			"Officers seize cigarettes in Poti",
			"Customs officers at the port of Poti seized 40,000 smuggled cigarettes. "+
				"Smuggling of tobacco has grown, said Giorgi Beridze, head of the customs department.").
			person("Giorgi Beridze", "Beridze").role("Head", "Customs Department").
			org("Customs Department", "").place("Poti", "GE").
			quote("Smuggling of tobacco has grown", "Giorgi Beridze", "giorgi-beridze"),
		dispatch("seizure-update", "Trend", "2015-07-01T08:15:00+04:00",
			"Cigarettes seized in Poti: correction",
			"The cigarettes that customs seized in Poti number 4,000 and not 40,000.").
			place("Poti", "GE").status("corrected"),
		dispatch("training-tbilisi", "Trend", "2014-12-09T09:00:00+04:00",
			"Training centre for customs officers opens in Tbilisi",
			"A regional training centre for officers opened in Tbilisi with the help of the WCO. "+
				"The centre trains 300 officers a year in risk management and in building capacity.").
			org("World Customs Organization", "WCO").place("Tbilisi", "GE").
			event("Opening of the centre", "2014-12-09", ""),
		dispatch("hermann-interview", "WCO", "2014-12-10T11:00:00+01:00",
			"Roger Hermann on national coordinators",
			"National coordinators carry the programme, says Roger Hermann of the Secretariat. "+
				"\"A coordinator is the memory of an administration.\" Jean Michel Grave agrees.").
			from("wco-newsroom").
			person("Roger Hermann", "Hermann").role("Representative", "Secretariat").
			person("Jean Michel Grave", "Grave").role("Deputy Representative", "European Region").
			org("World Customs Organization", "WCO").
			quote("A coordinator is the memory of an administration.", "Roger Hermann", "roger-hermann"),
	}
}
