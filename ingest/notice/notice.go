// Package notice recognises the word by which an agency takes a report back
// or puts it right. It promises to go by what stands as a label, set off by
// punctuation at the head or the end of a headline or at the head of the
// text, and never by a word within a sentence.
package notice

import (
	"regexp"
	"strings"

	"github.com/dateline-news/dateline/news"
)

// labels are the words of the trade by what they say.
var labels = folded(map[string]string{
	"correction": news.StatusCorrected, "corrections": news.StatusCorrected, "corrected": news.StatusCorrected,
	"corrects": news.StatusCorrected, "correcting": news.StatusCorrected, "corrected repeat": news.StatusCorrected,
	"corrected version": news.StatusCorrected, "corrected headline": news.StatusCorrected,
	"refile": news.StatusCorrected, "refiled": news.StatusCorrected, "refiles": news.StatusCorrected, "erratum": news.StatusCorrected,
	"berichtigung": news.StatusCorrected, "berichtigt": news.StatusCorrected, "korrektur": news.StatusCorrected,
	"korrigiert": news.StatusCorrected, "korrigierte Fassung": news.StatusCorrected,
	"rectificatif": news.StatusCorrected, "corrigé": news.StatusCorrected, "rectification": news.StatusCorrected,
	"corrección": news.StatusCorrected, "rectificación": news.StatusCorrected, "corregido": news.StatusCorrected,
	"correzione": news.StatusCorrected, "errata corrige": news.StatusCorrected,
	"düzeltme": news.StatusCorrected, "düzəliş": news.StatusCorrected,
	"исправление": news.StatusCorrected, "исправлено": news.StatusCorrected, "поправка": news.StatusCorrected,

	"withdrawn": news.StatusWithdrawn, "withdrawal": news.StatusWithdrawn, "story withdrawn": news.StatusWithdrawn,
	"report withdrawn": news.StatusWithdrawn, "withdrawn story": news.StatusWithdrawn,
	"kill": news.StatusWithdrawn, "killed": news.StatusWithdrawn, "mandatory kill": news.StatusWithdrawn, "kill notice": news.StatusWithdrawn,
	"retraction": news.StatusWithdrawn, "retracted": news.StatusWithdrawn,
	"zurückgezogen": news.StatusWithdrawn, "rückzug": news.StatusWithdrawn, "annulation": news.StatusWithdrawn,
	"anulación": news.StatusWithdrawn, "anulado": news.StatusWithdrawn,
	"geri çekildi": news.StatusWithdrawn, "geri götürüldü": news.StatusWithdrawn, "аннулировано": news.StatusWithdrawn, "отозвано": news.StatusWithdrawn,
})

func folded(labels map[string]string) map[string]string {
	out := map[string]string{}
	for label, status := range labels {
		out[fold(label)] = status
	}
	return out
}

// wires are labels that say nothing of corrections but stand before one that
// does: UPDATE 2-CORRECTED-, ADVISORY: CORRECTION:, ACHTUNG, Berichtigung.
var wires = regexp.MustCompile(`^(?i:update \d*|advisory|attention|editors?|achtung|urgent|repeat|wdhlg|rpt)$`)

// Status returns news.StatusWithdrawn or news.StatusCorrected for a report
// that says so of itself, and "" for any other.
func Status(r *news.Report) string {
	status := ""
	for _, line := range []string{r.Title, firstLine(r.Text)} {
		switch said := statusOf(line); {
		case said == news.StatusWithdrawn:
			return said
		case said != "":
			status = said
		}
	}
	return status
}

// longestLine is the most of a text, in bytes, that is read for a notice.
const longestLine = 400

func firstLine(text string) string {
	text = strings.TrimSpace(text[:min(len(text), longestLine)])
	line, _, _ := strings.Cut(text, "\n")
	return line
}

var (
	// setOff finds the mark that sets a label off from what follows it.
	setOff = regexp.MustCompile(`^\s*([\pL\d ]{2,30}?)\s*(?:[:–—|*/]+|-+|$)\s*`)
	// bracketed finds a label in brackets or asterisks at the head, and ended
	// one at the end. "(Corrects name in third paragraph)" goes on.
	bracketed = regexp.MustCompile(`^\s*(?:\(|\[|\*+)\s*([\pL\d ]{2,30}?)\s*(?:\)|\]|\*+|[:,;–—-])\s*`)
	corrects  = regexp.MustCompile(`^\s*[(\[]\s*(?i:corrects|correcting|refiles|corrected to|refiled to|fixes typo|fixes spelling)\s`)
	ended     = regexp.MustCompile(`(?:[(\[]\s*([\pL ]{4,30}?)\s*[)\]]|\s[-–—|:]\s*([\pL ]{4,30}))\s*$`)
	// told finds the sentence that takes a report back.
	told = regexp.MustCompile(`(?i)^\W*(?:editors?[,:' ]|please |note[,: ]|attention[,: ])?.{0,60}\b(?:this|the (?:above|previous|earlier)) (?:story|report|article|item|news item|press release|dispatch) (?:has been|was|is|is being|is hereby) (?:withdrawn|retracted|killed|removed at)`)
)

// statusOf reads the labels at the head of a line, then that at its end.
func statusOf(line string) string {
	if told.MatchString(line) {
		return news.StatusWithdrawn
	}
	if corrects.MatchString(line) {
		return news.StatusCorrected
	}
	for rest := line; ; {
		m := bracketed.FindStringSubmatchIndex(rest)
		if m == nil {
			m = setOff.FindStringSubmatchIndex(rest)
		}
		if m == nil || m[1] == 0 {
			break
		}
		label := rest[m[2]:m[3]]
		if status := labels[fold(label)]; status != "" {
			return status
		}
		if !wires.MatchString(strings.TrimSpace(label)) {
			break
		}
		rest = rest[m[1]:]
	}
	if m := ended.FindStringSubmatch(line); m != nil {
		return labels[fold(m[1]+m[2])]
	}
	return ""
}

func fold(label string) string {
	return strings.ReplaceAll(news.Slug(label), "-", " ")
}
