package news_test

import (
	"testing"

	"github.com/dateline-news/dateline/news"
)

func TestPersonIDIsOneForEverySpelling(t *testing.T) {
	for want, names := range map[string][]string{
		"aydin-aliyev":         {"Aydin Aliyev", "Aydın Əliyev", "AYDIN ALİYEV", "Aydin Aliev", "Aydin A. Aliyev"},
		"shahin-mustafayev":    {"Shahin Mustafayev", "Şahin Mustafayev", "Şahin Mustafaev"},
		"nursultan-nazarbayev": {"Nursultan Nazarbayev", "Nursultan Nazarbaev"},
		"recep-tayyip-erdogan": {"Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"},
		"jean-michel-grave":    {"Jean Michel Grave", "Jean-Michel Grave"},
		"sean-oneill":          {"Seán O'Neill", "Sean O’Neill"},
		"j-smith":              {"J. Smith"},
		"mikheil-saakashvili":  {"Mikheil Saakashvili"},
		"":                     {"", "…", "' '"},
	} {
		for _, name := range names {
			if got := news.PersonID(name); got != want {
				t.Errorf("PersonID(%q) = %q, want %q", name, got, want)
			}
		}
	}
}
