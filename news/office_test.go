package news_test

import (
	"testing"

	"github.com/dateline-news/dateline/news"
)

func TestSameOffice(t *testing.T) {
	const committee = "State Customs Committee of Azerbaijan"
	for _, test := range []struct {
		a, b news.Role
		want bool
	}{
		{news.Role{Title: "Chairman", Organization: committee}, news.Role{Title: "chairman", Organization: committee}, true},
		{news.Role{Title: "Chairman", Organization: "Committee"}, news.Role{Title: "chairman", Organization: committee}, true},
		{news.Role{Title: "Chairman"}, news.Role{Title: "chairwoman", Organization: committee}, true},
		{news.Role{Title: "Director-General"}, news.Role{Title: "director general"}, true},
		{news.Role{Title: "CEO", Organization: "Zenith"}, news.Role{Title: "Chief Executive Officer", Organization: "Zenith"}, true},
		{news.Role{Title: "acting head"}, news.Role{Title: "head"}, true},
		{news.Role{Title: "Chairman", Organization: committee}, news.Role{Title: "Deputy Chairman", Organization: committee}, false},
		{news.Role{Title: "Chairman", Organization: committee}, news.Role{Title: "Chairman", Organization: committee, Former: true}, false},
		{news.Role{Title: "Chairman", Organization: committee}, news.Role{Title: "Chairman", Organization: "Chamber"}, false},
		{news.Role{Title: "Chairman", Organization: committee}, news.Role{Title: "Chairman", Organization: "State Customs Committee of Belarus"}, false},
		{news.Role{Title: "President", Organization: "Azerbaijan"}, news.Role{Title: "President", Organization: "Academy of Azerbaijan"}, false},
	} {
		if got := news.SameOffice(test.a, test.b); got != test.want {
			t.Errorf("SameOffice(%+v, %+v) is %v", test.a, test.b, got)
		}
		if got := news.SameOffice(test.b, test.a); got != test.want {
			t.Errorf("SameOffice(%+v, %+v) is %v", test.b, test.a, got)
		}
	}
}
