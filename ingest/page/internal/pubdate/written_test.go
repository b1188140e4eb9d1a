package pubdate

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDatesInTheWordsOfManyLanguages(t *testing.T) {
	tests := []struct{ text, language, want string }{
		{"Published March 5, 2019 at 4:30 pm", "en", "2019-03-05"},
		{"5 March 2019", "en", "2019-03-05"},
		{"Mar. 5th, 2019", "en", "2019-03-05"},
		{"the 5th of March 2019", "en", "2019-03-05"},
		{"03/05/2019", "en-US", "2019-03-05"},
		{"25/03/2019", "en-US", "2019-03-25"},
		{"05/03/2019", "en-GB", "2019-03-05"},
		{"05.03.19, 16:30 Uhr", "de", "2019-03-05"},
		{"Dienstag, 5. März 2019", "de", "2019-03-05"},
		{"26 | 01 | 2022", "de", "2022-01-26"},
		{"Publié le 1er août 2018", "fr", "2018-08-01"},
		{"5 de mayo de 2019", "es", "2019-05-05"},
		{"14 Gennaio 2020", "it", "2020-01-14"},
		{"12 października 2016", "pl", "2016-10-12"},
		{"3. října 2016", "cs", "2016-10-03"},
		{"15 августа 2016 г.", "ru", "2016-08-15"},
		{"7 листопада 2023", "uk", "2023-11-07"},
		{"7 listopada 2023", "pl", "2023-11-07"},
		{"7. listopada 2023", "hr", "2023-10-07"},
		{"12 Mayıs 2018 Cumartesi", "tr", "2018-05-12"},
		{"08 Dekabr 2014", "az", "2014-12-08"},
		{"2020. január 12.", "hu", "2020-01-12"},
		{"28 Απριλίου 2020", "el", "2020-04-28"},
		{"8 დეკემბერი 2014", "ka", "2014-12-08"},
		{"٢٤ أبريل ٢٠٢٠", "ar", "2020-04-24"},
		{"2019年6月24日", "ja", "2019-06-24"},
		{"2023년 11월 7일", "ko", "2023-11-07"},
		{"2019-03-05T10:00:00Z", "", "2019-03-05"},
	}
	for _, tt := range tests {
		found := findWritten(tt.text, tt.language)
		if len(found) == 0 || found[0].String() != tt.want {
			t.Errorf("%q (%s): got %v, want %s", tt.text, tt.language, found, tt.want)
		}
	}
}

func TestWhatIsNoDate(t *testing.T) {
	for _, text := range []string{
		"", "2019", "March 2019", "5 March", "192.168.20.19", "call 030 2019 2020", "1.2.3.2019.4", "32.01.2019", "5 Apples 2019", "© 2019", "31/12/1899", "$1,052,019",
	} {
		if found := findWritten(text, "en"); len(found) > 0 {
			t.Errorf("%q: got %v", text, found)
		}
	}
}

func TestADateThatCanBeReadTwoWaysIsGivenBothWays(t *testing.T) {
	got := findWritten("02/10/2020", "en-GB")
	if len(got) != 2 || got[0].String() != "2020-10-02" || got[1].String() != "2020-02-10" || !got[1].swapped {
		t.Errorf("got %+v", got)
	}
}

func TestTheTimeOfDayBesideADate(t *testing.T) {
	for text, want := range map[string][2]int{
		"5 March 2019 9:25 pm": {21, 25}, "5 March 2019 | 12:05am": {0, 5}, "05.03.2019, 16:30 Uhr": {16, 30}, "16:30, 5 March 2019": {16, 30}, "le 5 mars 2019 à 16h30": {16, 30}, "5 March 2019": {-1, 0},
	} {
		found := findWritten(text, "")
		if len(found) == 0 || found[0].hour != want[0] || found[0].minute != want[1] {
			t.Errorf("%q: got %+v, want %v", text, found, want)
		}
	}
}

func TestDaysInAddresses(t *testing.T) {
	for path, want := range map[string]day{
		"/2021/03/08/uk/story.html": {2021, 3, 8}, "/news/2021-03-08-story": {2021, 3, 8}, "/news/20210308/a": {2021, 3, 8}, "/2021/0308/a": {2021, 3, 8},
		"/meldungen/29-10-2021": {2021, 10, 29}, "/2021/mar/08/story": {2021, 3, 8}, "/2021/03/story": {2021, 3, 0}, "/wp-content/2021/3/a.jpg": {2021, 3, 0},
		"/story-20210399": {}, "/artikel/1136087": {}, "/a/202103081234567": {}, "": {},
	} {
		if diff := cmp.Diff(want, dayInAddress(path), cmp.AllowUnexported(day{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

func TestNoMonthIsNamedTwiceInALanguage(t *testing.T) {
	for language := range monthNames {
		for month, forms := range monthForms(language) {
			for _, form := range forms {
				if got := monthOf(form, language); got != month+1 {
					t.Errorf("%s: %s is month %d, want %d", language, form, got, month+1)
				}
			}
		}
		if n := len(monthForms(language)); n != 12 {
			t.Errorf("%s has %d months", language, n)
		}
	}
}
