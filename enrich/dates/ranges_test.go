package dates_test

import "testing"

func TestRanges(t *testing.T) {
	check(t, []example{
		{`The conference will be held in Baku on September 8-10, 2015".`, []string{"September 8-10, 2015: DATE 2015-09-08/2015-09-10 [2015-09-08, 2015-09-11)"}},
		{"The fair was held on 28 Feb – 3 March.", []string{"28 Feb – 3 March: DATE 2014-02-28/2014-03-03 [2014-02-28, 2014-03-04)"}},
		{"The fair was held from 28 November to 2 December 2014.", []string{"28 November to 2 December 2014: DATE 2014-11-28/2014-12-02 [2014-11-28, 2014-12-03)"}},
		{"The forum runs from Monday to Wednesday.", []string{"Monday to Wednesday: DATE 2014-12-08/2014-12-10 [2014-12-08, 2014-12-11)"}},
		{"The sessions are on 7–9 and 14 May.", []string{"7–9: DATE 2015-05-07/2015-05-09 [2015-05-07, 2015-05-10)", "14 May: DATE 2015-05-14 [2015-05-14, 2015-05-15)"}},
		{"The seminar will be held on 15, 16 and 17 December.", []string{"15: DATE 2014-12-15 [2014-12-15, 2014-12-16)", "16: DATE 2014-12-16 [2014-12-16, 2014-12-17)", "17 December: DATE 2014-12-17 [2014-12-17, 2014-12-18)"}},
		{"Between 1 and 5 December forty cases were recorded.", []string{"1 and 5 December: DATE 2014-12-01/2014-12-05 [2014-12-01, 2014-12-06)"}},
		{"In January-November 2014 trade grew.", []string{"January-November 2014: DATE 2014-01/2014-11 [2014-01-01, 2014-12-01)"}},
		{"The tour lasts from 11 to 24 August 2015.", []string{"11 to 24 August 2015: DATE 2015-08-11/2015-08-24 [2015-08-11, 2015-08-25)"}},
		{"Dec 29, 2014 - Jan 4, 2015 are days off.", []string{"Dec 29, 2014 - Jan 4, 2015: DATE 2014-12-29/2015-01-04 [2014-12-29, 2015-01-05)"}},
		{"Jul 14 - Oct 3, 2013 was the term.", []string{"Jul 14 - Oct 3, 2013: DATE 2013-07-14/2013-10-03 [2013-07-14, 2013-10-04)"}},
		{"The programme of the first six months of 2014 ended in the last week of June 2014.", []string{"the first six months of 2014: DATE 2014-01-01/2014-06-30 [2014-01-01, 2014-07-01)", "the last week of June 2014: DATE 2014-W26 [2014-06-23, 2014-06-30)"}},
		{"The trip is planned for the first half of June and for mid-July.", []string{"the first half of June: DATE 2015-06-01/2015-06-15 [2015-06-01, 2015-06-16)", "mid-July: DATE 2015-07-10/2015-07-20 [2015-07-10, 2015-07-21)"}},
		{"It is due not earlier than mid-May and not later than the end of October.", []string{"not earlier than mid-May: DATE 2015-05-10/.. [2015-05-10, )", "not later than the end of October: DATE ../2015-10-31 [, 2015-11-01)"}},
		{"The council meets in the week of September 8, 2015.", []string{"the week of September 8, 2015: DATE 2015-W37 [2015-09-07, 2015-09-14)"}},
		{"He ruled in 1884–85 and served from 1951 to 1963.", []string{"1884: DATE 1884 [1884-01-01, 1885-01-01)", "85: DATE 1885 [1885-01-01, 1886-01-01)", "1951: DATE 1951 [1951-01-01, 1952-01-01)", "1963: DATE 1963 [1963-01-01, 1964-01-01)"}},
		{"Daniel Novak (4 March 1711 – 9 May 1793) was a scholar.", []string{"4 March 1711: DATE 1711-03-04 [1711-03-04, 1711-03-05)", "9 May 1793: DATE 1793-05-09 [1793-05-09, 1793-05-10)"}},
		{"Hours: 9:30 - 11:00 on Thursday.", []string{"9:30 - 11:00 on Thursday: TIME 2014-12-11T09:30/2014-12-11T11:00 [2014-12-11T09:30:00+04:00, 2014-12-11T11:00:00+04:00)"}},
		{"The talks will be held tomorrow between 2 and 4:30pm.", []string{"tomorrow between 2 and 4:30pm: TIME 2014-12-09T14/2014-12-09T16:30 [2014-12-09T14:00:00+04:00, 2014-12-09T16:30:00+04:00)"}},
		{"The ceremony on 9 December from 10:00 to 12:30 is open.", []string{"9 December from 10:00 to 12:30: TIME 2014-12-09T10:00/2014-12-09T12:30 [2014-12-09T10:00:00+04:00, 2014-12-09T12:30:00+04:00)"}},
		{"The forum begins Tuesday for three days.", []string{"Tuesday for three days: DATE 2014-12-09/2014-12-11 [2014-12-09, 2014-12-12)"}},
		{"The course starts on 12 January for two weeks.", []string{"12 January for two weeks: DATE 2015-01-12/2015-01-25 [2015-01-12, 2015-01-26)"}},
	})
}

func TestTimesOfDay(t *testing.T) {
	check(t, []example{
		{"The flight landed at 15:30 GMT on January 15, 2009.", []string{"15:30 GMT on January 15, 2009: TIME 2009-01-15T15:30 [2009-01-15T15:30:00Z, 2009-01-15T15:31:00Z)"}},
		{"The session opens at 10:00 a.m. on Tuesday, 9 December.", []string{"10:00 a.m. on Tuesday, 9 December: TIME 2014-12-09T10:00 [2014-12-09T10:00:00+04:00, 2014-12-09T10:01:00+04:00)"}},
		{"Registration closes on 31 January 2015 at 18:00 Baku time.", []string{"31 January 2015 at 18:00 Baku time: TIME 2015-01-31T18:00 [2015-01-31T18:00:00+04:00, 2015-01-31T18:01:00+04:00)"}},
		{"The blast was heard at 3 in the morning on Sunday.", []string{"3 in the morning on Sunday: TIME 2014-12-07T03 [2014-12-07T03:00:00+04:00, 2014-12-07T04:00:00+04:00)"}},
		{"The president will speak at noon tomorrow.", []string{"noon tomorrow: TIME 2014-12-09T12 [2014-12-09T12:00:00+04:00, 2014-12-09T13:00:00+04:00)"}},
		{"The talks ended on Monday night; they had begun on Saturday morning.", []string{"Monday night: TIME 2014-12-08TNI [2014-12-08T20:00:00+04:00, 2014-12-09T00:00:00+04:00)", "Saturday morning: TIME 2014-12-06TMO [2014-12-06T06:00:00+04:00, 2014-12-06T12:00:00+04:00)"}},
		{"The ship sailed this morning at 7.30am.", []string{"this morning at 7.30am: TIME 2014-12-08T07:30 [2014-12-08T07:30:00+04:00, 2014-12-08T07:31:00+04:00)"}},
		{"Turnout on Sunday was 55 percent as of 17:00.", []string{"Sunday: DATE 2014-12-07 [2014-12-07, 2014-12-08)", "17:00: TIME 2014-12-07T17:00 [2014-12-07T17:00:00+04:00, 2014-12-07T17:01:00+04:00)"}},
		{"At half past seven on Friday the lights went out.", []string{"half past seven on Friday: TIME 2014-12-05T07:30 [2014-12-05T07:30:00+04:00, 2014-12-05T07:31:00+04:00)"}},
		{"The log reads 2014-12-08T10:30:00Z and 2014-12-08T10:30:00+04:00.", []string{"2014-12-08T10:30:00Z: TIME 2014-12-08T10:30:00 [2014-12-08T10:30:00Z, 2014-12-08T10:30:01Z)", "2014-12-08T10:30:00+04:00: TIME 2014-12-08T10:30:00 [2014-12-08T10:30:00+04:00, 2014-12-08T10:30:01+04:00)"}},
		{"The shuttle leaves at 0600h on 9 December and docks at midnight tonight.", []string{"0600h on 9 December: TIME 2014-12-09T06:00 [2014-12-09T06:00:00+04:00, 2014-12-09T06:01:00+04:00)", "midnight tonight: TIME 2014-12-09T00 [2014-12-09T00:00:00+04:00, 2014-12-09T01:00:00+04:00)"}},
		{"The office opens tonight at 8.", []string{"tonight at 8: TIME 2014-12-08T20 [2014-12-08T20:00:00+04:00, 2014-12-08T21:00:00+04:00)"}},
	})
}

func TestDurationsAndSets(t *testing.T) {
	check(t, []example{
		{"The week-long fair opened at 14.05 GMT on Sunday.", []string{"week-long: DURATION P1W", "14.05 GMT on Sunday: TIME 2014-12-07T14:05 [2014-12-07T14:05:00Z, 2014-12-07T14:06:00Z)"}},
		{"At the two-day event officials will talk.", []string{"two-day: DURATION P2D"}},
		{"The loan is for 12 years and six months.", []string{"12 years and six months: DURATION P12Y6M"}},
		{"The talks took half an hour, the drive one and a half hours.", []string{"half an hour: DURATION PT0.5H", "one and a half hours: DURATION PT1.5H"}},
		{"He was jailed for several years after decades of service.", []string{"several years: DURATION PXY", "decades: DURATION PXDE"}},
		{"The 27-year contract and the five-year plan were signed.", []string{"27-year: DURATION P27Y", "five-year: DURATION P5Y"}},
		{"The union meets every two years, each June and every Friday.", []string{"every two years: SET P2Y", "each June: SET XXXX-06", "every Friday: SET XXXX-WXX-5"}},
		{"The annual report and the weekly bulletin come out once a year and once a week.", []string{"annual: SET P1Y", "weekly: SET P1W", "once a year: SET P1Y", "once a week: SET P1W"}},
		{"The office is open on Mondays; trains run twice a day.", []string{"Mondays: SET XXXX-WXX-1", "twice a day: SET P1D"}},
	})
}
