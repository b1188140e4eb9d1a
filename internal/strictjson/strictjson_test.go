package strictjson

import (
	"testing"
	"time"
)

type length time.Duration

func (l *length) UnmarshalText([]byte) error { return nil }

type order struct {
	Name  string   `json:"name"`
	Count int      `json:"count"`
	Share float64  `json:"share"`
	Sent  bool     `json:"sent"`
	Tags  []string `json:"tags"`
	Wait  length   `json:"wait"`
	Part  *struct {
		Name string `json:"name"`
	} `json:"part"`
	Free map[string]any `json:"free"`
}

func TestWhatDoesNotFitIsNamed(t *testing.T) {
	for _, test := range []struct{ content, decode, check string }{
		{`{"name":"a","count":1,"share":1,"sent":true,"tags":["x"],"wait":"2h","part":{"name":"b"},"free":{"a":[1,"b"]}}`, "", ""},
		{`{"name":false}`, "name: false is given; send a string", "same"},
		{`{"name":12}`, "name: the number 12 is given; send a string", "same"},
		{`{"count":1.5}`, "count: the number 1.5 is given; send a whole number", "same"},
		{`{"share":"half"}`, "share: a string is given; send a number", "same"},
		{`{"sent":"yes"}`, "sent: a string is given; send true or false", "same"},
		{`{"tags":"x"}`, "tags: a string is given; send an array", "same"},
		{`{"tags":["x",{}]}`, "tags[1]: an object is given; send a string", "same"},
		{`{"wait":5}`, "wait: the number 5 is given; send a string", "same"},
		{`{"part":[]}`, "part: an array is given; send an object", "same"},
		{`{"part":{"name":{}}}`, "part.name: an object is given; send a string", "same"},
		{`{"name":null}`, "name: null is given; leave out what is not to be set", "same"},
		{`{"free":{"a":null}}`, "free.a: null is given; leave out what is not to be set", "same"},
		{`{"wait":"","name":true}`, "name: true is given; send a string", "same"},
		{`null`, "the whole: null is given; leave out what is not to be set", "same"},
		{`[]`, "the whole: an array is given; send an object", "same"},
		{`{"nme":"a"}`, `unknown field "nme"; there are count, free, name, part, sent, share, tags, wait`, ""},
		{`{"Name":"a"}`, `unknown field "Name"; there are count, free, name, part, sent, share, tags, wait`, ""},
		{`{"part":{"nme":"a"}}`, `unknown field "part.nme"; there are name`, ""},
		{`{"name":"a"`, "the JSON breaks off", "same"},
		{``, "the JSON breaks off", "same"},
		{`{"name":}`, "this is not JSON: invalid character '}' looking for beginning of value at byte 9", "same"},
		{`{} {}`, "more follows the JSON value; send one alone", "same"},
	} {
		if got := said(Decode([]byte(test.content), new(order))); got != test.decode {
			t.Errorf("decoding %s: %q, want %q", test.content, got, test.decode)
		}
		if test.check == "same" {
			test.check = test.decode
		}
		if got := said(Check[order]([]byte(test.content))); got != test.check {
			t.Errorf("checking %s: %q, want %q", test.content, got, test.check)
		}
	}
}

func said(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
