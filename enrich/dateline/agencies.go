package dateline

import (
	"bytes"
	"unicode"
)

// agencies maps the names that agencies sign with, in lower case and without
// marks, to the name as it is written. Unknown agencies are known by where
// they stand and how they are set: in slashes, in brackets, in capitals.
var agencies = map[string]string{
	"reportaz": "REPORT.AZ", "report": "Report", "azertac": "AZERTAC", "azrtac": "AZƏRTAC", "azertag": "AZERTAC", "apa": "APA", "trend": "Trend",
	"trendaz": "Trend", "azernews": "AzerNEWS", "azernewsaz": "AzerNEWS", "turan": "Turan", "1newsaz": "1news.az", "dayaz": "Day.Az", "newsaz": "News.Az",
	"interfax": "Interfax", "interfaxazerbaijan": "Interfax-Azerbaijan", "tass": "TASS", "itartass": "ITAR-TASS", "ria novosti": "RIA Novosti",
	"sputnik": "Sputnik", "kazinform": "Kazinform", "inform": "Kazinform", "bnews": "BNews", "uza": "UzA", "dunyo": "Dunyo", "khovar": "Khovar",
	"kabar": "Kabar", "akipress": "AKIpress", "24kg": "24.kg", "tdh": "TDH", "armenpress": "Armenpress", "arka": "ARKA", "newsam": "News.am",
	"panarmeniannet": "PanARMENIAN.Net", "interpressnews": "InterPressNews", "civilge": "Civil.ge", "agendage": "Agenda.ge", "ukrinform": "Ukrinform",
	"unian": "UNIAN", "belta": "BelTA", "moldpres": "Moldpres", "anadolu agency": "Anadolu Agency", "aa": "AA", "anadolu": "Anadolu Agency", "dha": "DHA", "iha": "IHA",
	"irna": "IRNA", "isna": "ISNA", "mehr": "Mehr", "fars": "Fars", "reuters": "Reuters", "ap": "AP", "associated press": "Associated Press",
	"afp": "AFP", "dpa": "dpa", "ansa": "ANSA", "efe": "EFE", "upi": "UPI", "bloomberg": "Bloomberg", "xinhua": "Xinhua", "kyodo": "Kyodo",
	"yonhap": "Yonhap", "pti": "PTI", "ani": "ANI", "ians": "IANS", "bernama": "Bernama", "antara": "Antara", "wam": "WAM", "spa": "SPA",
	"petra": "Petra", "mena": "MENA", "sana": "SANA", "kuna": "KUNA", "qna": "QNA", "bna": "BNA", "ona": "ONA", "maap": "MAP", "tap": "TAP", "aps": "APS", "cna": "CNA",
	"pap": "PAP", "ctk": "ČTK", "mti": "MTI", "agerpres": "Agerpres", "bta": "BTA", "hina": "HINA", "tanjug": "Tanjug", "sta": "STA", "apa ots": "APA-OTS",
	"lusa": "Lusa", "belga": "Belga", "anp": "ANP", "ritzau": "Ritzau", "ntb": "NTB", "tt": "TT", "stt": "STT", "bns": "BNS", "leta": "LETA", "elta": "ELTA",
	"un news": "UN News", "imf": "IMF", "wikinews": "Wikinews", "rferl": "RFE/RL", "voa": "VOA", "bbc": "BBC", "cnn": "CNN", "prnewswire": "PRNewswire",
	"business wire": "Business Wire", "globe newswire": "GlobeNewswire", "globenewswire": "GlobeNewswire", "ips": "IPS", "ens": "ENS", "eurasianet": "Eurasianet", "montsame": "Montsame",
}

// agencyKey is a name as the table holds it.
func agencyKey(s string) string {
	var room [40]byte
	b := room[:0]
	for _, r := range s {
		switch r = unicode.ToLower(r); {
		case r == ' ', r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b = append(b, byte(r))
		case r == 'č':
			b = append(b, 'c')
		}
	}
	return string(bytes.TrimSpace(b))
}
