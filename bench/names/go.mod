module github.com/dateline-news/dateline/bench/names

go 1.26.0

require github.com/dateline-news/dateline v0.0.0

require golang.org/x/text v0.43.0 // indirect

replace github.com/dateline-news/dateline => ../..
