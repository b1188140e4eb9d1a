package when

import (
	"strings"
	"time"
)

// HomeZone is the zone of the country that the host's name ends in, that of
// its capital where it has several, or nil where the name is of no one
// country. A time that a page gives without a zone is most likely in that.
func HomeZone(host string) *time.Location {
	name, ok := homeZones[strings.ToLower(host[strings.LastIndexByte(host, '.')+1:])]
	if !ok {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return zone
}

// homeZones are the zones by country-code domain. Those that are used all over
// the world, such as .io, .co, .me and .tv, and the United States with their
// many zones are left out.
var homeZones = map[string]string{
	"ad": "Europe/Andorra", "ae": "Asia/Dubai", "al": "Europe/Tirane", "am": "Asia/Yerevan", "ar": "America/Argentina/Buenos_Aires", "at": "Europe/Vienna",
	"au": "Australia/Sydney", "az": "Asia/Baku", "ba": "Europe/Sarajevo", "bd": "Asia/Dhaka", "be": "Europe/Brussels", "bg": "Europe/Sofia", "bh": "Asia/Bahrain",
	"bo": "America/La_Paz", "br": "America/Sao_Paulo", "by": "Europe/Minsk", "ca": "America/Toronto", "ch": "Europe/Zurich", "cl": "America/Santiago",
	"cn": "Asia/Shanghai", "cr": "America/Costa_Rica", "cu": "America/Havana", "cy": "Asia/Nicosia", "cz": "Europe/Prague", "de": "Europe/Berlin",
	"dk": "Europe/Copenhagen", "do": "America/Santo_Domingo", "dz": "Africa/Algiers", "ec": "America/Guayaquil", "ee": "Europe/Tallinn", "eg": "Africa/Cairo",
	"es": "Europe/Madrid", "et": "Africa/Addis_Ababa", "fi": "Europe/Helsinki", "fr": "Europe/Paris", "ge": "Asia/Tbilisi", "gh": "Africa/Accra",
	"gr": "Europe/Athens", "gt": "America/Guatemala", "hk": "Asia/Hong_Kong", "hn": "America/Tegucigalpa", "hr": "Europe/Zagreb", "hu": "Europe/Budapest",
	"id": "Asia/Jakarta", "ie": "Europe/Dublin", "il": "Asia/Jerusalem", "in": "Asia/Kolkata", "iq": "Asia/Baghdad", "ir": "Asia/Tehran", "is": "Atlantic/Reykjavik",
	"it": "Europe/Rome", "jo": "Asia/Amman", "jp": "Asia/Tokyo", "ke": "Africa/Nairobi", "kg": "Asia/Bishkek", "kr": "Asia/Seoul", "kw": "Asia/Kuwait",
	"kz": "Asia/Almaty", "lb": "Asia/Beirut", "li": "Europe/Vaduz", "lk": "Asia/Colombo", "lt": "Europe/Vilnius", "lu": "Europe/Luxembourg", "lv": "Europe/Riga",
	"ma": "Africa/Casablanca", "mc": "Europe/Monaco", "md": "Europe/Chisinau", "mk": "Europe/Skopje", "mt": "Europe/Malta", "mx": "America/Mexico_City",
	"my": "Asia/Kuala_Lumpur", "ng": "Africa/Lagos", "ni": "America/Managua", "nl": "Europe/Amsterdam", "no": "Europe/Oslo", "np": "Asia/Kathmandu",
	"nz": "Pacific/Auckland", "om": "Asia/Muscat", "pa": "America/Panama", "pe": "America/Lima", "ph": "Asia/Manila", "pk": "Asia/Karachi", "pl": "Europe/Warsaw",
	"pt": "Europe/Lisbon", "py": "America/Asuncion", "qa": "Asia/Qatar", "ro": "Europe/Bucharest", "rs": "Europe/Belgrade", "ru": "Europe/Moscow", "sa": "Asia/Riyadh",
	"se": "Europe/Stockholm", "sg": "Asia/Singapore", "si": "Europe/Ljubljana", "sk": "Europe/Bratislava", "su": "Europe/Moscow", "sv": "America/El_Salvador",
	"th": "Asia/Bangkok", "tj": "Asia/Dushanbe", "tm": "Asia/Ashgabat", "tn": "Africa/Tunis", "tr": "Europe/Istanbul", "tw": "Asia/Taipei", "tz": "Africa/Dar_es_Salaam",
	"ua": "Europe/Kyiv", "ug": "Africa/Kampala", "uk": "Europe/London", "uy": "America/Montevideo", "uz": "Asia/Tashkent", "ve": "America/Caracas", "vn": "Asia/Ho_Chi_Minh",
	"za": "Africa/Johannesburg", "zw": "Africa/Harare",
}
