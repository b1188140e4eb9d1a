package dates_test

import "testing"

func TestRelativeDates(t *testing.T) {
	check(t, []example{
		{"The delegation arrived yesterday and leaves the day after tomorrow.", []string{"yesterday: DATE 2014-12-07 [2014-12-07, 2014-12-08)", "the day after tomorrow: DATE 2014-12-10 [2014-12-10, 2014-12-11)"}},
		{"The talks resumed last week and will go on next month.", []string{"last week: DATE 2014-W49 [2014-12-01, 2014-12-08)", "next month: DATE 2015-01 [2015-01-01, 2015-02-01)"}},
		{"Exports fell last year and will grow this year.", []string{"last year: DATE 2013 [2013-01-01, 2014-01-01)", "this year: DATE 2014 [2014-01-01, 2015-01-01)"}},
		{"The contract was signed two years ago and renewed six days ago.", []string{"two years ago: DATE 2012 [2012-01-01, 2013-01-01)", "six days ago: DATE 2014-12-02 [2014-12-02, 2014-12-03)"}},
		{"A fortnight ago the post was closed; three weeks earlier it was open.", []string{"A fortnight ago: DATE 2014-11-24 [2014-11-24, 2014-11-25)", "three weeks earlier: DATE 2014-11-03 [2014-11-03, 2014-11-04)"}},
		{"The accord was signed on March 3, 2014. Two days later it took effect.", []string{"March 3, 2014: DATE 2014-03-03 [2014-03-03, 2014-03-04)", "Two days later: DATE 2014-03-05 [2014-03-05, 2014-03-06)"}},
		{"The bridge opened in 1995. Three years later it was closed. That year a tunnel was begun.", []string{"1995: DATE 1995 [1995-01-01, 1996-01-01)", "Three years later: DATE 1998 [1998-01-01, 1999-01-01)", "That year: DATE 1998 [1998-01-01, 1999-01-01)"}},
		{"The court met on 5 November 2014. The following day it ruled. The same month the fine was paid.", []string{"5 November 2014: DATE 2014-11-05 [2014-11-05, 2014-11-06)", "The following day: DATE 2014-11-06 [2014-11-06, 2014-11-07)", "The same month: DATE 2014-11 [2014-11-01, 2014-12-01)"}},
		{"The post opens in two months, and the report is due within two weeks.", []string{"in two months: DATE 2015-02-08 [2015-02-08, 2015-02-09)", "within two weeks: DURATION P2W [2014-12-08, 2014-12-22)"}},
		{"In two days of talks nothing was agreed; talks will resume in three days.", []string{"two days: DURATION P2D", "in three days: DATE 2014-12-11 [2014-12-11, 2014-12-12)"}},
		{"In the last three days forty people left; for the next six months none may.", []string{"the last three days: DURATION P3D [2014-12-05, 2014-12-08)", "the next six months: DURATION P6M [2014-12-09, 2015-06-09)"}},
		{"Growth was 3 percent over the past decade.", []string{"the past decade: DURATION P1DE [2004-12-08, 2014-12-08)"}},
		{"The mission is to end in the coming days, as in recent years.", []string{"the coming days: DURATION PXD", "recent years: DURATION PXY"}},
		{"Imports fell in the third quarter of 2014 compared with the same quarter of last year.", []string{"the third quarter of 2014: DATE 2014-Q3 [2014-07-01, 2014-10-01)", "the same quarter of last year: DATE 2013-Q3 [2013-07-01, 2013-10-01)"}},
		{"Imports rose in April compared with the same period a year earlier.", []string{"April: DATE 2014-04 [2014-04-01, 2014-05-01)", "the same period a year earlier: DATE 2013-04 [2013-04-01, 2013-05-01)"}},
		{"Early next year the bank will open; late last year it closed.", []string{"Early next year: DATE 2015 [2015-01-01, 2016-01-01)", "late last year: DATE 2013 [2013-01-01, 2014-01-01)"}},
		{"By the end of the year the road will be ready; it was begun at the beginning of March.", []string{"the end of the year: DATE 2014-09-01/2014-12-31 [2014-09-01, 2015-01-01)", "the beginning of March: DATE 2014-03-01/2014-03-10 [2014-03-01, 2014-03-11)"}},
		{"Earlier this week the mission left; later that year it returned.", []string{"Earlier this week: DATE 2014-W50 [2014-12-08, 2014-12-15)", "later that year: DATE 2014 [2014-01-01, 2015-01-01)"}},
		{"At present the union has 21 members; recently two more applied.", []string{"At present: DATE PRESENT_REF", "recently: DATE PAST_REF"}},
		{"The group will now meet for the third consecutive day.", []string{"now: DATE PRESENT_REF", "the third consecutive day: DATE 2014-12-08 [2014-12-08, 2014-12-09)"}},
	})
}

func TestWeekdays(t *testing.T) {
	check(t, []example{
		{"The ministers met on Friday and will meet again on Wednesday.", []string{"Friday: DATE 2014-12-05 [2014-12-05, 2014-12-06)", "Wednesday: DATE 2014-12-10 [2014-12-10, 2014-12-11)"}},
		{"The ministers met last Tuesday and will meet next Tuesday.", []string{"last Tuesday: DATE 2014-12-02 [2014-12-02, 2014-12-03)", "next Tuesday: DATE 2014-12-16 [2014-12-16, 2014-12-17)"}},
		{"The envoy arrived on Monday.", []string{"Monday: DATE 2014-12-08 [2014-12-08, 2014-12-09)"}},
		{"The envoy will arrive this coming Monday.", []string{"this coming Monday: DATE 2014-12-15 [2014-12-15, 2014-12-16)"}},
		{"The trial is set to begin on Thursday.", []string{"Thursday: DATE 2014-12-11 [2014-12-11, 2014-12-12)"}},
		{"A spokesman said Friday that the plant would be sold.", []string{"Friday: DATE 2014-12-05 [2014-12-05, 2014-12-06)"}},
		{"The fair closes on Friday of next week; on Wednesday of last week it opened.", []string{"Friday of next week: DATE 2014-12-19 [2014-12-19, 2014-12-20)", "Wednesday of last week: DATE 2014-12-03 [2014-12-03, 2014-12-04)"}},
		{"The forum is due on the first Monday of March.", []string{"the first Monday of March: DATE 2015-03-02 [2015-03-02, 2015-03-03)"}},
		{"The post closed for good on the last Sunday of November.", []string{"the last Sunday of November: DATE 2014-11-30 [2014-11-30, 2014-12-01)"}},
		{"Over the weekend traffic fell; next weekend it will rise.", []string{"the weekend: DATE 2014-W49-WE [2014-12-06, 2014-12-08)", "next weekend: DATE 2014-W51-WE [2014-12-20, 2014-12-22)"}},
		{"The group meets four Mondays from now.", []string{"four Mondays from now: DATE 2015-01-05 [2015-01-05, 2015-01-06)"}},
	})
}

func TestWhatIsNoDateIsLeftAlone(t *testing.T) {
	check(t, []example{
		{"He flew on Flight 1549 under UN Security Council Resolution 1929 and decree No. 1887.", nil},
		{"The plan, Vision 2030, follows Agenda 2063 and Horizon 2020.", nil},
		{"The team won 3-2, then lost 2:1 and drew 0 – 0.", nil},
		{"Officials of 21 countries and 2000 delegates came; 1500 people left.", nil},
		{"The firm may sell; people march, and the sun sat low in the spring of water.", nil},
		{"Theresa May met April Stone and June Carter at the Women's March.", nil},
		{"Today, a rise in traffic sets new tasks for border posts.", []string{"Today: DATE PRESENT_REF"}},
		{"The method is still in use today, and is better known today as the rule of four.", []string{"today: DATE PRESENT_REF", "today: DATE PRESENT_REF"}},
		{"Call +994 12-2011-2016 or write to 1648 Harbour Terrace.", nil},
		{"The price was $2015 and the version 2.11.40, at 7.35 percent.", nil},
		{"The 10th session marked the 25th anniversary of the 1st congress.", nil},
		{"This may be right; might it fall? A second term, a second man.", nil},
	})
}
