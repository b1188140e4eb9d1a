package fetch

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// robots is what a robots.txt file asks of one crawler (RFC 9309).
type robots struct {
	rules []rule
	delay time.Duration
}

type rule struct {
	pattern string
	allow   bool
}

// maxRobots is how much of a robots.txt file is read, in bytes; RFC 9309 asks
// for at least 500 KiB.
const maxRobots = 512 << 10

// maxDelay is the slowest Crawl-delay that is followed. Longer ones mean that
// a site hardly wants to be read, and a robots.txt file itself is trusted no
// longer.
const maxDelay = robotsLife

// parseRobots reads what file asks of the crawler with the product name
// agent: the groups that name it, else those for everyone.
func parseRobots(file, agent string) *robots {
	file = strings.TrimPrefix(file[:min(len(file), maxRobots)], "\uFEFF")
	own, everyone := &robots{}, &robots{}
	named, inAgents := false, false
	var current []*robots
	for line := range strings.FieldsFuncSeq(file, func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value, ok := robotsLine(line)
		if !ok {
			continue
		}
		if key == "user-agent" {
			if !inAgents {
				current = current[:0]
			}
			inAgents = true
			switch {
			case isEveryone(value):
				current = append(current, everyone)
			case strings.EqualFold(productName(value), agent):
				named, current = true, append(current, own)
			}
			continue
		}
		if !isRule(key) {
			continue
		}
		inAgents = false
		for _, r := range current {
			r.add(key, value)
		}
	}
	if named {
		return own
	}
	return everyone
}

// robotsLine reads a line as the reference parser does, which forgives a
// missing colon and the usual slips of the pen: what a publisher meant to
// forbid is forbidden.
func robotsLine(line string) (key, value string, ok bool) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok = strings.Cut(line, ":")
	if words := strings.Fields(line); !ok && len(words) == 2 {
		key, value, ok = words[0], words[1], true
	}
	key = strings.ToLower(strings.TrimSpace(key))
	if right := robotsSlips[key]; right != "" {
		key = right
	}
	return key, strings.TrimSpace(value), ok
}

var robotsSlips = map[string]string{
	"useragent": "user-agent", "user agent": "user-agent",
	"dissallow": "disallow", "dissalow": "disallow", "disalow": "disallow", "diasllow": "disallow", "disallaw": "disallow",
}

// isRule tells the lines that end a group's list of agents; others, such as
// Sitemap, belong to no group.
func isRule(key string) bool { return key == "allow" || key == "disallow" || key == "crawl-delay" }

func isEveryone(agent string) bool {
	return agent == "*" || strings.HasPrefix(agent, "* ")
}

// productName is the leading letters, hyphens and underscores of an agent.
func productName(agent string) string {
	end := strings.IndexFunc(agent, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '-' || r == '_')
	})
	if end < 0 {
		return agent
	}
	return agent[:end]
}

func (r *robots) add(key, value string) {
	switch key {
	case "allow", "disallow":
		if value != "" {
			r.rules = append(r.rules, rule{normalPath(value), key == "allow"})
		}
	case "crawl-delay":
		if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 {
			r.delay = time.Duration(min(seconds, maxDelay.Seconds()) * float64(time.Second))
		}
	}
}

// allows reports whether the page may be fetched: the longest matching rule
// decides, and an allow rule as long as a disallow rule wins.
func (r *robots) allows(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	path = normalPath(path)
	if path == "/robots.txt" {
		return true
	}
	longest, allowed := -1, true
	for _, rule := range r.rules {
		n := len(rule.pattern)
		if n < longest || n == longest && (allowed || !rule.allow) || !matches(rule.pattern, path) {
			continue
		}
		longest, allowed = n, rule.allow
	}
	return allowed
}

// matches reports whether pattern, in which * stands for any characters and a
// final $ for the end, matches the beginning of path. Linear in both.
func matches(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	rest := path[len(parts[0]):]
	if len(parts) == 1 {
		return !anchored || rest == ""
	}
	last := len(parts) - 1
	for _, part := range parts[1:last] {
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest = rest[i+len(part):]
	}
	if anchored {
		return strings.HasSuffix(rest, parts[last])
	}
	return strings.Contains(rest, parts[last])
}

// normalPath percent-encodes what no address holds and writes escapes alike, so
// that rules and paths compare byte by byte.
func normalPath(s string) string {
	const upper = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 0x7F || c <= ' ' || strings.IndexByte("\"<>\\^`{|}", c) >= 0:
			b.Write([]byte{'%', upper[c>>4], upper[c&15]})
		case c == '%' && i+2 < len(s):
			b.WriteString(normalEscape(s[i : i+3]))
			i += 2
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// normalEscape decodes an escaped letter or digit, and writes other escapes
// in upper case.
func normalEscape(s string) string {
	n, err := strconv.ParseUint(s[1:], 16, 8)
	if err != nil {
		return s
	}
	c := byte(n)
	if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
		return string(rune(c))
	}
	return strings.ToUpper(s)
}
