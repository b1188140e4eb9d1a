package page

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What a site shows in place of an article. Each of the others wraps ErrWall.
var (
	ErrWall = errors.New("the page shows a wall in place of the article")
	// ErrPaywall: the page shows the beginning of an article alone.
	ErrPaywall = fmt.Errorf("%w: a paywall; the rest is for subscribers", ErrWall)
	// ErrConsentWall: the page asks for consent to cookies or the like.
	ErrConsentWall = fmt.Errorf("%w: a consent page; it asks to agree to cookies or tracking first", ErrWall)
	// ErrBotWall: the page wants proof that its reader is no program.
	ErrBotWall = fmt.Errorf("%w: a bot wall; it asks for proof that no program is reading", ErrWall)
)

// How long what a wall shows is at most: the whole page in bytes, and what
// passes for its article in words.
const (
	longestBotWall     = 2000
	longestConsentWall = 5000
	longestNotice      = 250
	longestTeaser      = 200
	shortTeaser        = 120
)

// wall returns the wall that the page is, or nil. text is what was found as
// its article, "" for nothing.
func (p *reading) wall(text string) error {
	words := len(strings.Fields(text))
	if p.isPaywall(words) {
		return ErrPaywall
	}
	if words > longestNotice || p.linked.headline != "" {
		return nil // walls do not describe themselves as articles
	}
	seen := strings.ToLower(visibleText(p.doc.Get(0), longestConsentWall+1))
	title := strings.ToLower(p.doc.Find("title").First().Text())
	switch {
	case len(seen) <= longestBotWall && p.isBotWall(title, seen):
		return ErrBotWall
	case len(seen) <= longestConsentWall && p.isConsentWall(title, seen):
		return ErrConsentWall
	}
	return nil
}

// The marks of a bot wall: its title, its words, and the parts of the usual
// services.
var (
	botTitles = []string{
		"just a moment", "attention required", "access denied", "access to this page has been denied", "robot check", "bot verification",
		"human verification", "pardon our interruption", "checking your browser", "ddos-guard", "security check", "one more step", "captcha",
		"are you a robot", "verify you are human", "nur einen moment", "un momento", "un instant", "один момент", "bir dakika",
	}
	botWords = []string{
		"checking your browser", "you are a human", "you are human", "enable javascript and cookies to continue", "unusual traffic", "automated access",
		"automated requests", "not a robot", "are you a robot", "security check", "press & hold", "ddos protection by", "captcha", "you have been blocked",
		"you don't have permission to access", "request unsuccessful", "ray id", "dass sie ein mensch", "kein roboter", "pas un robot", "no soy un robot", "non sono un robot",
		"não sou um robô", "не робот", "robot olmadığınızı", "robot deyil",
	}
	botParts = strings.Join([]string{
		"#challenge-form", "#challenge-running", "#challenge-error-text", "#cf-wrapper .cf-error-details", "#px-captcha", "#distilCaptchaForm", "#sec-cpt-if",
		`[src*="captcha-delivery.com"]`, `[src*="_Incapsula_Resource"]`, `[src*="/cdn-cgi/challenge-platform/"]`, `[src*="awswaf.com"]`,
		".g-recaptcha", ".h-captcha", ".cf-turnstile",
	}, ",")
)

func (p *reading) isBotWall(title, seen string) bool {
	marks := min(count(title, botTitles), 1) + count(seen, botWords)
	if p.doc.Find(botParts).Length() > 0 {
		marks++
	}
	return marks >= 2
}

// The marks of a consent page.
var (
	consentHosts  = []string{"consent.", "guce.", "cmp.", "privacy-mgmt."}
	consentTitles = []string{
		"before you continue", "bevor sie fortfahren", "bevor du fortfährst", "avant d'accéder", "antes de continuar", "prima di continuare", "consent", "privacy settings",
		"datenschutzeinstellungen", "privacy-einstellungen", "cookie settings", "your privacy",
	}
	consentWords = []string{
		"accept all", "reject all", "accept cookies", "i accept", "i agree", "agree and continue", "manage options", "manage preferences", "use cookies", "legitimate interest", "our partners",
		"alle akzeptieren", "alle ablehnen", "zustimmen", "einwilligung", "verwenden cookies", "mit werbung", "tracking", "einstellungen verwalten",
		"tout accepter", "tout refuser", "accepter et continuer", "continuer sans accepter", "nos partenaires", "utilisons des cookies",
		"aceptar todo", "aceptar y continuar", "rechazar todo", "utilizamos cookies", "nuestros socios", "accetta tutt", "rifiuta tutt", "accetta e continua", "utilizziamo cookie",
		"aceitar tudo", "usamos cookies", "alles accepteren", "gebruiken cookies", "akceptuj", "принять все", "используем файлы cookie", "tümünü kabul et", "çerezleri", "cookie-larından",
	}
)

func (p *reading) isConsentWall(title, seen string) bool {
	marks := 2*min(count(title, consentTitles), 1) + count(seen, consentWords)
	if p.base != nil && hasAnyPrefix(strings.ToLower(p.base.Hostname()), consentHosts) {
		marks += 2
	}
	return marks >= 4
}

// The marks of a paywall.
var (
	payWords = []string{
		"subscribe to continue", "subscribe to read", "subscribe now to", "subscribers only", "subscriber-only", "subscriber exclusive", "for subscribers", "continue reading with", "to continue reading", "to keep reading", "already a subscriber",
		"weiterlesen mit", "jetzt weiterlesen", "nur für abonnenten", "für abonnenten", "abo abschließen", "bereits abonnent", "réservé aux abonnés", "pour lire la suite",
		"déjà abonné", "para suscriptores", "para seguir leyendo", "riservato agli abbonati", "per continuare a leggere", "para assinantes", "voor abonnees", "verder lezen", "dla prenumeratorów", "dla subskrybentów",
		"для подписчиков", "только подписчикам", "abonelere özel", "abunəçilər üçün",
	}
	payParts = `[class*="paywall" i], [id*="paywall" i], [class*="regwall" i], [class*="subscriber-only" i], [class*="piano-offer" i]`
)

// isPaywall reports whether the words are the beginning of an article that the
// page says is not free, or breaks off with an offer. Many sites call an
// article not free and show the whole of it all the same: such a page is none.
func (p *reading) isPaywall(words int) bool {
	all := p.linked.words
	locked := p.linked.notFree || strings.EqualFold(p.meta("article:content_tier"), "locked")
	switch {
	case locked && all > 0:
		return 2*words < all
	case words >= longestTeaser || !locked && words >= shortTeaser || words == 0 && !locked:
		return false
	case p.linked.headline == "" && p.meta("og:type") != "article":
		return false
	}
	marks := min(p.doc.Find(payParts).Length(), 1)
	if marks == 0 || !locked {
		marks += min(count(strings.ToLower(visibleText(p.doc.Get(0), longestSearched)), payWords), 1)
	}
	return marks >= 2 || locked && marks == 1
}

// longestSearched is how much of a page's text is looked through for an offer.
const longestSearched = 50_000

// count is how many of the words stand in s.
func count(s string, words []string) int {
	n := 0
	for _, w := range words {
		if strings.Contains(s, w) {
			n++
		}
	}
	return n
}

func hasAnyPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// visibleText is the page's text without scripts and styles, as far as limit.
func visibleText(root *html.Node, limit int) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			for word := range strings.FieldsSeq(n.Data) {
				b.WriteString(word)
				b.WriteByte(' ')
			}
		}
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Template, atom.Head, atom.Svg:
			return
		}
		for c := n.FirstChild; c != nil && b.Len() < limit; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return b.String()
}
