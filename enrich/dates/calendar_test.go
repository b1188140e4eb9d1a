package dates_test

import "testing"

func TestDatesOfTheCalendar(t *testing.T) {
	check(t, []example{
		{"The seminar opened on 8 December 2014.", []string{"8 December 2014: DATE 2014-12-08 [2014-12-08, 2014-12-09)"}},
		{"The seminar opened on December 8, 2014.", []string{"December 8, 2014: DATE 2014-12-08 [2014-12-08, 2014-12-09)"}},
		{"The seminar opened on the 8th of December, 2014.", []string{"the 8th of December, 2014: DATE 2014-12-08 [2014-12-08, 2014-12-09)"}},
		{"The seminar opened on 8.12.2014 and closed on 2014-12-09.", []string{"8.12.2014: DATE 2014-12-08 [2014-12-08, 2014-12-09)", "2014-12-09: DATE 2014-12-09 [2014-12-09, 2014-12-10)"}},
		{"The seminar opened on 31/12/2014, not on 12/31/2013.", []string{"31/12/2014: DATE 2014-12-31 [2014-12-31, 2015-01-01)", "12/31/2013: DATE 2013-12-31 [2013-12-31, 2014-01-01)"}},
		{"The order of 03/12/2014 came into force on 3 Dec. 2014.", []string{"03/12/2014: DATE 2014-03-12 [2014-03-12, 2014-03-13)", "3 Dec. 2014: DATE 2014-12-03 [2014-12-03, 2014-12-04)"}},
		{"It was founded in Sept. 2015 and closed in June, 1762.", []string{"Sept. 2015: DATE 2015-09 [2015-09-01, 2015-10-01)", "June, 1762: DATE 1762-06 [1762-06-01, 1762-07-01)"}},
		{"It was founded in October of 1788 and in October 2014.", []string{"October of 1788: DATE 1788-10 [1788-10-01, 1788-11-01)", "October 2014: DATE 2014-10 [2014-10-01, 2014-11-01)"}},
		{"He retired in the year 2008 and died in 2012.", []string{"the year 2008: DATE 2008 [2008-01-01, 2009-01-01)", "2012: DATE 2012 [2012-01-01, 2013-01-01)"}},
		{"Jan '80 was cold.", []string{"Jan '80: DATE 1980-01 [1980-01-01, 1980-02-01)"}},
		{"He was born on nineteen March nineteen seventy-four.", []string{"nineteen March nineteen seventy-four: DATE 1974-03-19 [1974-03-19, 1974-03-20)"}},
		{"The law was signed on 20141208 and on 05-Aug-2016.", []string{"20141208: DATE 2014-12-08 [2014-12-08, 2014-12-09)", "05-Aug-2016: DATE 2016-08-05 [2016-08-05, 2016-08-06)"}},
		{"The forum opens on Tuesday, 9 December.", []string{"Tuesday, 9 December: DATE 2014-12-09 [2014-12-09, 2014-12-10)"}},
		{"The meeting is on December 18 (Thursday).", []string{"December 18 (Thursday): DATE 2014-12-18 [2014-12-18, 2014-12-19)"}},
		{"In AD 330 the city was founded, and in 480 BC it was burned.", []string{"330: DATE 0330 [0330-01-01, 0331-01-01)", "480 BC: DATE -0480"}},
		{"It flourished in the 5th century BC and in the late 19th century.", []string{"the 5th century BC: DATE -05", "the late 19th century: DATE 1875-01-01/1899-12-31 [1875-01-01, 1900-01-01)"}},
		{"Exports fell in the 1990s, the '80s and the sixties.", []string{"the 1990s: DATE 199 [1990-01-01, 2000-01-01)", "the '80s: DATE 198 [1980-01-01, 1990-01-01)", "the sixties: DATE 196 [1960-01-01, 1970-01-01)"}},
		{"The agency will report on FY2016 and on 2015-Q3.", []string{"FY2016: DATE 2016 [2016-01-01, 2017-01-01)", "2015-Q3: DATE 2015-Q3 [2015-07-01, 2015-10-01)"}},
		{"Third-quarter sales rose; the fourth quarter of 2013 was weak.", []string{"Third-quarter: DATE 2014-Q3 [2014-07-01, 2014-10-01)", "the fourth quarter of 2013: DATE 2013-Q4 [2013-10-01, 2014-01-01)"}},
		{"The law passed in the second half of 2015.", []string{"the second half of 2015: DATE 2015-H2 [2015-07-01, 2016-01-01)"}},
		{"The harvest of the summer of 2012 was good, that of winter 1898 was not.", []string{"the summer of 2012: DATE 2012-SU [2012-06-01, 2012-09-01)", "winter 1898: DATE 1898-WI [1898-12-01, 1899-03-01)"}},
	})
}

func TestHolidays(t *testing.T) {
	check(t, []example{
		{"The accord was signed on Christmas Eve 1994.", []string{"Christmas Eve 1994: DATE 1994-12-24 [1994-12-24, 1994-12-25)"}},
		{"The offices will be closed for Novruz 2015 and on Good Friday 2015.", []string{"Novruz 2015: DATE 2015-03-21 [2015-03-21, 2015-03-22)", "Good Friday 2015: DATE 2015-04-03 [2015-04-03, 2015-04-04)"}},
		{"Ramadan 2018 ended with Eid al-Fitr 2018.", []string{"Ramadan 2018: DATE 2018-05-16/2018-06-14 [2018-05-16, 2018-06-15)", "Eid al-Fitr 2018: DATE 2018-06-15 [2018-06-15, 2018-06-16)"}},
		{"Orthodox Easter 2018 fell in the week after Easter 2018.", []string{"Orthodox Easter 2018: DATE 2018-04-08 [2018-04-08, 2018-04-09)", "the week after Easter 2018: DATE 2018-W14 [2018-04-02, 2018-04-09)"}},
		{"Shops opened early on Black Friday 2013 and on Diwali 2018.", []string{"early on Black Friday 2013: DATE 2013-11-29 [2013-11-29, 2013-11-30)", "Diwali 2018: DATE 2018-11-07 [2018-11-07, 2018-11-08)"}},
		{"The fair closed on the Friday before Labor Day 2015 and opened the day after Christmas 2014.", []string{"Friday before Labor Day 2015: DATE 2015-09-04 [2015-09-04, 2015-09-05)", "the day after Christmas 2014: DATE 2014-12-26 [2014-12-26, 2014-12-27)"}},
		{"The parade on Labor Day 2015 was long.", []string{"Labor Day 2015: DATE 2015-09-07 [2015-09-07, 2015-09-08)"}},
		{"Passover 2018 and Chinese New Year 2014 were marked.", []string{"Passover 2018: DATE 2018-03-30/2018-04-07 [2018-03-30, 2018-04-08)", "Chinese New Year 2014: DATE 2014-01-31 [2014-01-31, 2014-02-01)"}},
	})
}

func TestOtherLanguages(t *testing.T) {
	check(t, []example{
		{"Konfrans 8 dekabr 2014-cü il tarixində keçirilib.", []string{"8 dekabr 2014-cü il: DATE 2014-12-08 [2014-12-08, 2014-12-09)"}},
		{"Forum 15-17 sentyabr 2015-ci ildə olacaq.", []string{"15-17 sentyabr 2015-ci ildə: DATE 2015-09-15/2015-09-17 [2015-09-15, 2015-09-18)"}},
		{"Sessiya 2014-cü il dekabrın 8-də açılıb.", []string{"2014-cü il dekabrın 8-də: DATE 2014-12-08 [2014-12-08, 2014-12-09)"}},
		{"Toplantı 9-11 Eylül 2015'te yapılacak.", []string{"9-11 Eylül 2015'te: DATE 2015-09-09/2015-09-11 [2015-09-09, 2015-09-12)"}},
		{"Toplantı 8 Aralık 2014 tarihinde yapıldı.", []string{"8 Aralık 2014: DATE 2014-12-08 [2014-12-08, 2014-12-09)"}},
		{"Встреча прошла 8 декабря 2014 года в Баку.", []string{"8 декабря 2014 года: DATE 2014-12-08 [2014-12-08, 2014-12-09)"}},
		{"Форум пройдёт 8-10 сентября 2015 года.", []string{"8-10 сентября 2015 года: DATE 2015-09-08/2015-09-10 [2015-09-08, 2015-09-11)"}},
		{"Вчера, 07.12.2014, подписан договор.", []string{"Вчера: DATE 2014-12-07 [2014-12-07, 2014-12-08)", "07.12.2014: DATE 2014-12-07 [2014-12-07, 2014-12-08)"}},
	})
}
