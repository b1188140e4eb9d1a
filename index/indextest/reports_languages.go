package indextest

// languageReports are written in several languages and spellings.
func languageReports() []*draft {
	return []*draft{
		dispatch("az-gomruk", "AZERTAC", "2015-09-08T11:00:00+04:00",
			"Bakıda PICARD konfransı açılıb",
			"Bakı, 8 sentyabr. Dövlət Gömrük Komitəsinin sədri Aydın Əliyev konfransda çıxış edib. İştirakçılar ŞƏKİ şəhərinə gedəcək.").
			in("az").
			person("Aydın Əliyev", "Əliyev", "Aydin Aliyev").role("sədr", "Dövlət Gömrük Komitəsi").
			org("Dövlət Gömrük Komitəsi", "DGK").place("Bakı", "AZ").place("Şəki", "AZ").
			event("PICARD konfransı", "2015-09-08", "2015-09-11"),
		dispatch("az-isig", "AZERTAC", "2015-03-20T11:00:00+04:00",
			"Novruz işığı",
			"IĞDIR və Naxçıvanda bayram keçirilib. Işıq yandırılıb, çörək bişirilib.").
			in("az").place("Naxçıvan", "AZ"),
		dispatch("tr-istanbul", "Anadolu", "2015-05-14T09:30:00+03:00",
			"İstanbul'da gümrük zirvesi",
			"İSTANBUL - Gümrük idareleri İstanbul'da buluştu. Bakan Çağrı Öztürk ılımlı konuştu.").
			in("tr").person("Çağrı Öztürk", "Öztürk").role("Bakan", "Ticaret Bakanlığı").place("İstanbul", "TR"),
		dispatch("ru-tamozhnya", "ТАСС", "2015-09-09T12:00:00+03:00",
			"Глава таможни посетил Баку",
			"Глава Федеральной таможенной службы Андрей Ёлкин посетил Баку. Съёмка запрещена. Йод не облагается пошлиной.").
			in("ru").from("tass").
			person("Андрей Ёлкин", "Ёлкин").role("Глава", "Федеральная таможенная служба").
			org("Федеральная таможенная служба", "ФТС").place("Баку", "AZ").
			quote("Йод не облагается пошлиной", "Ёлкин", ""),
		dispatch("ru-elkin", "ТАСС", "2015-09-10T12:00:00+03:00",
			"Елкин: съемка разрешена",
			"Андрей Елкин разрешил съемку. И\u0306од подорожал, иод дешевеет.").
			in("ru").from("tass").person("Андрей Елкин", "Елкин"),
		dispatch("fr-bruxelles", "AFP", "2015-06-12T18:00:00+02:00",
			"L’OMD élit l’Azerbaïdjan",
			"À Bruxelles, l’Organisation mondiale des douanes a élu l’Azerbaïdjan. Les délégués ont été reçus au café.").
			in("fr").org("Organisation mondiale des douanes", "OMD").place("Bruxelles", "BE"),
		dispatch("de-zoll", "dpa", "2015-06-12T17:00:00+02:00",
			"Zollbehörden größer als gedacht",
			"Die Zollbehörden in der Königstraße wachsen. Straßenverkehr und Maß werden geprüft.").
			in("de").place("Köln", "DE"),
		dispatch("en-gb-tariff", "PA", "2015-06-12T16:00:00+01:00",
			"Minister's visit to Azerbaijan's port",
			"The minister’s visit to the port at Alat was the ministers' second. O'Brien of the port authority was there.").
			in("en-GB").person("Sean O'Brien", "O'Brien").role("Manager", "Port Authority").
			org("Port Authority", "").place("Alat", "AZ"),
		dispatch("zh-wco", "Xinhua", "2015-06-13T08:00:00+08:00",
			"世界海关组织 125",
			"世界海关组织 在布鲁塞尔 开会。").
			in("zh").org("世界海关组织", "WCO").place("布鲁塞尔", "BE"),
	}
}
