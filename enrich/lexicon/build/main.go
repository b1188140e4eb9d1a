// Command build makes the list of given names by gender that the binary
// carries, from the names in the Faker package of the Python index (MIT
// License), those in Cyrillic and Georgian letters transliterated.
//
//	go run ./enrich/lexicon/build
//
// fetches the package, checks its hash and writes
// enrich/lexicon/data/given.txt.gz, the same bytes each time. With -faker it
// reads a package that was fetched before.
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/dateline-news/dateline/enrich/lexicon/pinned"
	"github.com/dateline-news/dateline/news"
)

var faker = pinned.Package{
	Name: "faker", Version: "40.49.0", File: "faker-40.49.0.tar.gz",
	SHA256: "98f3039a146ab02bc877b30656d460f8eae94c60fad7eb2c870bb901fc989633",
}

func main() {
	file := flag.String("faker", "", "source archive of Faker 40.49.0 (default: fetched by pip)")
	out := flag.String("out", "enrich/lexicon/data/given.txt.gz", "file to write")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := build(ctx, *file, *out); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func build(ctx context.Context, file, out string) error {
	archive, err := faker.Open(ctx, file)
	if err != nil {
		return err
	}
	var men, women = map[string]bool{}, map[string]bool{}
	err = pinned.EachInTar(archive, func(name string, content []byte) {
		if strings.Contains(name, "/faker/providers/person/") {
			collect(string(content), men, women)
			if strings.Contains(name, "/az_AZ/") {
				collect(news.Romanize(string(content)), men, women)
			}
		}
	})
	if err != nil {
		return err
	}
	return write(out, men, women)
}

var (
	// list is the assignment of a list of given names to its closing bracket.
	list = regexp.MustCompile(`(?ms)^    first_names_(male|female)\w*[^=\n]*= *(?:OrderedDict\()?[(\[{](.*?)^    [)\]}]`)
	text = regexp.MustCompile(`"([^"]+)"`)
)

func collect(source string, men, women map[string]bool) {
	for _, m := range list.FindAllStringSubmatch(source, -1) {
		names := men
		if m[1] == "female" {
			names = women
		}
		for _, t := range text.FindAllStringSubmatch(m[2], -1) {
			if name := plain(t[1]); name != "" {
				names[name] = true
			}
		}
	}
}

// plain is the name folded to plain Latin letters, "" when it cannot be.
func plain(name string) string {
	name = news.Fold(latin.Replace(strings.ToLower(name)))
	for _, r := range name {
		if !unicode.In(r, unicode.Latin) && r != '-' && r != '\'' {
			return ""
		}
	}
	if len(name) < 3 {
		return ""
	}
	return name
}

// latin transliterates Cyrillic and Georgian letters as news agencies do.
var latin = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "yo", "ж", "zh", "з", "z", "и", "i", "й", "y", "к", "k",
	"л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "kh", "ц", "ts",
	"ч", "ch", "ш", "sh", "щ", "shch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya", "і", "i", "ї", "yi", "є", "ye", "ґ", "g",
	"ა", "a", "ბ", "b", "გ", "g", "დ", "d", "ე", "e", "ვ", "v", "ზ", "z", "თ", "t", "ი", "i", "კ", "k", "ლ", "l", "მ", "m",
	"ნ", "n", "ო", "o", "პ", "p", "ჟ", "zh", "რ", "r", "ს", "s", "ტ", "t", "უ", "u", "ფ", "p", "ქ", "k", "ღ", "gh", "ყ", "k",
	"შ", "sh", "ჩ", "ch", "ც", "ts", "ძ", "dz", "წ", "ts", "ჭ", "ch", "ხ", "kh", "ჯ", "j", "ჰ", "h",
)

// write stores men's names on the first line and women's on the second, each
// in order; a name of both stands on both.
func write(path string, men, women map[string]bool) error {
	var b bytes.Buffer
	gz, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, names := range []map[string]bool{men, women} {
		if _, err := fmt.Fprintln(gz, strings.Join(slices.Sorted(maps.Keys(names)), " ")); err != nil {
			return err
		}
	}
	if err := gz.Close(); err != nil {
		return err
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("writing the given names: %w", err)
	}
	return nil
}
