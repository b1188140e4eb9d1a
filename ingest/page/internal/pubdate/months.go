package pubdate

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// monthNames are the names of the months, January first, with the forms that
// they take in dates and their usual abbreviations, by language.
var monthNames = map[string]string{
	"en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct november|nov december|dec",
	"de": "januar|jänner|jän|jan februar|feber|feb märz|maerz|mär|mrz april|apr mai juni|jun juli|jul august|aug september|sept|sep oktober|okt november|nov dezember|dez",
	"fr": "janvier|janv|jan février|févr|fév mars avril|avr mai juin juillet|juil août|aout septembre|sept octobre|oct novembre|nov décembre|déc",
	"es": "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago septiembre|setiembre|sept|sep|set octubre|oct noviembre|nov diciembre|dic",
	"it": "gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago settembre|sett|set ottobre|ott novembre|nov dicembre|dic",
	"pt": "janeiro|jan fevereiro|fev março|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set outubro|out novembro|nov dezembro|dez",
	"ca": "gener|gen febrer|febr març abril|abr maig|mai juny|jun juliol|jul agost|ag setembre|set octubre|oct novembre|nov desembre|des",
	"nl": "januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sept|sep oktober|okt november|nov december|dec",
	"pl": "styczeń|stycznia|sty luty|lutego|lut marzec|marca|mar kwiecień|kwietnia|kwi maj|maja czerwiec|czerwca|cze lipiec|lipca|lip sierpień|sierpnia|sie wrzesień|września|wrz październik|października|paź listopad|listopada|lis grudzień|grudnia|gru",
	"cs": "leden|ledna únor|února březen|března duben|dubna květen|května červen|června červenec|července srpen|srpna září říjen|října listopad|listopadu prosinec|prosince",
	"sk": "január|januára február|februára marec|marca apríl|apríla máj|mája jún|júna júl|júla august|augusta september|septembra október|októbra november|novembra december|decembra",
	"hr": "siječanj|siječnja|sij veljača|veljače|velj ožujak|ožujka|ožu travanj|travnja|tra svibanj|svibnja|svi lipanj|lipnja|lip srpanj|srpnja|srp kolovoz|kolovoza|kol rujan|rujna|ruj listopad|listopada|lis studeni|studenoga|studenog|stu prosinac|prosinca|pro",
	"sl": "januar|januarja februar|februarja marec|marca april|aprila maj|maja junij|junija julij|julija avgust|avgusta september|septembra oktober|oktobra november|novembra december|decembra",
	"sr": "januar|januara|јануар|јануара|јан februar|februara|фебруар|фебруара|феб mart|marta|март|марта april|aprila|април|априла|апр maj|maja|мај|маја jun|juna|јун|јуна jul|jula|јул|јула avgust|avgusta|август|августа|авг septembar|septembra|септембар|септембра|сеп oktobar|oktobra|октобар|октобра|окт novembar|novembra|новембар|новембра|нов decembar|decembra|децембар|децембра|дец",
	"ru": "январь|января|янв февраль|февраля|фев|февр март|марта|мар апрель|апреля|апр май|мая июнь|июня|июн июль|июля|июл август|августа|авг сентябрь|сентября|сен|сент октябрь|октября|окт ноябрь|ноября|ноя|нояб декабрь|декабря|дек",
	"uk": "січень|січня|січ лютий|лютого|лют березень|березня|бер квітень|квітня|квіт травень|травня|трав червень|червня|черв липень|липня|лип серпень|серпня|серп вересень|вересня|вер жовтень|жовтня|жовт листопад|листопада|лист грудень|грудня|груд",
	"be": "студзень|студзеня люты|лютага сакавік|сакавіка красавік|красавіка май|мая чэрвень|чэрвеня ліпень|ліпеня жнівень|жніўня верасень|верасня кастрычнік|кастрычніка лістапад|лістапада снежань|снежня",
	"bg": "януари|ян февруари|фев март април|апр май юни юли август|авг септември|сеп|септ октомври|окт ноември|ное|ноем декември|дек",
	"ro": "ianuarie|ian februarie|feb martie|mar aprilie|apr mai iunie|iun iulie|iul august|aug septembrie|sept|sep octombrie|oct noiembrie|noi|nov decembrie|dec",
	"hu": "január|jan február|febr|feb március|márc április|ápr május|máj június|jún július|júl augusztus|aug szeptember|szept október|okt november|nov december|dec",
	"sv": "januari|jan februari|feb mars|mar april|apr maj juni|jun juli|jul augusti|aug september|sept|sep oktober|okt november|nov december|dec",
	"no": "januar|jan februar|feb mars|mar april|apr mai juni|jun juli|jul august|aug september|sep oktober|okt november|nov desember|des",
	"da": "januar|jan februar|feb marts|mar april|apr maj juni|jun juli|jul august|aug september|sep oktober|okt november|nov december|dec",
	"fi": "tammikuu|tammikuuta helmikuu|helmikuuta maaliskuu|maaliskuuta huhtikuu|huhtikuuta toukokuu|toukokuuta kesäkuu|kesäkuuta heinäkuu|heinäkuuta elokuu|elokuuta syyskuu|syyskuuta lokakuu|lokakuuta marraskuu|marraskuuta joulukuu|joulukuuta",
	"et": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
	"lv": "janvāris|janvārī februāris|februārī marts|martā aprīlis|aprīlī maijs|maijā jūnijs|jūnijā jūlijs|jūlijā augusts|augustā septembris|septembrī oktobris|oktobrī novembris|novembrī decembris|decembrī",
	"lt": "sausis|sausio vasaris|vasario kovas|kovo balandis|balandžio gegužė|gegužės birželis|birželio liepa|liepos rugpjūtis|rugpjūčio rugsėjis|rugsėjo spalis|spalio lapkritis|lapkričio gruodis|gruodžio",
	"el": "ιανουάριος|ιανουαρίου|ιαν φεβρουάριος|φεβρουαρίου|φεβ μάρτιος|μαρτίου|μαρ απρίλιος|απριλίου|απρ μάιος|μαΐου|μάι ιούνιος|ιουνίου|ιουν ιούλιος|ιουλίου|ιουλ αύγουστος|αυγούστου|αυγ σεπτέμβριος|σεπτεμβρίου|σεπ οκτώβριος|οκτωβρίου|οκτ νοέμβριος|νοεμβρίου|νοε δεκέμβριος|δεκεμβρίου|δεκ",
	"tr": "ocak|oca şubat|şub mart|mar nisan|nis mayıs|may haziran|haz temmuz|tem ağustos|ağu eylül|eyl ekim|eki kasım|kas aralık|ara",
	"az": "yanvar|yan fevral|fev mart|mar aprel|apr may|mayın iyun|iyn iyul|iyl avqust|avq sentyabr|sen oktyabr|okt noyabr|noy dekabr|dek",
	"kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
	"uz": "yanvar fevral mart aprel may iyun iyul avgust sentabr|sentyabr oktabr|oktyabr noyabr dekabr",
	"ka": "იანვარი|იან თებერვალი|თებ მარტი|მარ აპრილი|აპრ მაისი|მაი ივნისი|ივნ ივლისი|ივლ აგვისტო|აგვ სექტემბერი|სექ ოქტომბერი|ოქტ ნოემბერი|ნოე დეკემბერი|დეკ",
	"hy": "հունվար|հունվարի փետրվար|փետրվարի մարտ|մարտի ապրիլ|ապրիլի մայիս|մայիսի հունիս|հունիսի հուլիս|հուլիսի օգոստոս|օգոստոսի սեպտեմբեր|սեպտեմբերի հոկտեմբեր|հոկտեմբերի նոյեմբեր|նոյեմբերի դեկտեմբեր|դեկտեմբերի",
	"id": "januari|jan februari|feb maret|mar april|apr mei juni|jun juli|jul agustus|agu|agt september|sep oktober|okt november|nov desember|des",
	"ar": "يناير|جانفي فبراير|فيفري|شباط مارس|آذار أبريل|ابريل|إبريل|أفريل|نيسان مايو|ماي|أيار يونيو|يونيه|جوان|حزيران يوليو|يوليه|جويلية|تموز أغسطس|اغسطس|أوت|آب سبتمبر|أيلول أكتوبر|اكتوبر نوفمبر ديسمبر",
	"fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه|جولای اوت سپتامبر اکتبر نوامبر دسامبر",
	"he": "ינואר|בינואר פברואר|בפברואר מרץ|במרץ אפריל|באפריל מאי|במאי יוני|ביוני יולי|ביולי אוגוסט|באוגוסט ספטמבר|בספטמבר אוקטובר|באוקטובר נובמבר|בנובמבר דצמבר|בדצמבר",
	"hi": "जनवरी फरवरी|फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर|सितम्बर अक्टूबर नवंबर|नवम्बर दिसंबर|दिसम्बर",
	"bn": "জানুয়ারি|জানুয়ারী ফেব্রুয়ারি|ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট|অগাস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
}

// months finds a month by its folded name. The few names that mean another
// month in another language are found by the language first.
var months = sync.OnceValue(func() map[string]int {
	out := map[string]int{}
	for language := range monthNames {
		for i, forms := range monthForms(language) {
			for _, form := range forms {
				form = foldWord(form)
				out[language+" "+form] = i + 1
				if out[form] == 0 || commonFirst[form] == i+1 {
					out[form] = i + 1
				}
			}
		}
	}
	return out
})

// monthForms are the names of each month in a language.
func monthForms(language string) [][]string {
	var out [][]string
	for month := range strings.FieldsSeq(monthNames[language]) {
		out = append(out, strings.Split(month, "|"))
	}
	return out
}

// commonFirst are the names that mean two months, with the one they mean to
// more people.
var commonFirst = map[string]int{"listopad": 11, "listopada": 11, "lis": 11, "lip": 7, "лип": 7, "mar": 3, "srp": 7, "sen": 9, "set": 9, "gen": 1, "des": 12, "ian": 1}

// monthOf is the number of the month of that name, or 0.
func monthOf(name, language string) int {
	name = foldWord(name)
	language, _, _ = strings.Cut(language, "-")
	if m := months()[language+" "+name]; m != 0 {
		return m
	}
	return months()[name]
}

// foldWord returns the word in lower case without accents.
func foldWord(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
