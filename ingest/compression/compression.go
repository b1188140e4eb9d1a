// Package compression undoes what servers and archives compress, in bounded
// memory. It bounds no output: its callers read as much as they can bear.
package compression

import (
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// ErrUnknown: the content coding is none that Decode knows.
var ErrUnknown = errors.New("the answer is compressed in a way that was not asked for")

// Accepted is the Accept-Encoding header of what Decode knows and servers
// agree upon.
const Accepted = "gzip, br, zstd"

// maxWindow bounds the memory that a zstd stream may ask for, in bytes.
const maxWindow = 8 << 20

// Decode returns the plain bytes of a body with the content coding (RFC 9110,
// 8.4.1) named encoding; done releases the decoder. An empty body is plain in
// every coding.
func Decode(body io.Reader, encoding string) (plain io.Reader, done func(), err error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity":
		return body, func() {}, nil
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(body)
		if errors.Is(err, io.EOF) {
			return strings.NewReader(""), func() {}, nil
		}
		if err != nil {
			return nil, nil, err
		}
		return z, func() { z.Close() }, nil
	case "deflate":
		z, err := zlib.NewReader(body)
		if err != nil {
			return nil, nil, err
		}
		return z, func() { z.Close() }, nil
	case "br":
		return brotli.NewReader(body), func() {}, nil
	case "zstd":
		z, err := zstd.NewReader(body, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	}
	return nil, nil, fmt.Errorf("%w: %q", ErrUnknown, encoding)
}
