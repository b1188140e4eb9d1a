package wire

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/minio/highwayhash"
)

// The server opens a store by cutting the newest block of each stream off at
// the first record it cannot read, and goes on without a word. That is right
// for the record that a crash left half written at the end, and loses
// acknowledged messages where the damage is further up. checkBlocks tells the
// two apart before the server comes.
//
// A record is a header (length 4 bytes, its top bit saying that the message
// has headers; sequence 8; time 8; subject length 2), the subject, the length
// of the headers (4) where there are some, headers and body, and a HighwayHash
// of it all: see fileStore in nats-server, all numbers little-endian.
const (
	recordHeader = 22
	recordSum    = 8
	withHeaders  = 1 << 31
	// longestRecord is far above what maxPayload allows.
	longestRecord = 32 << 20
)

// checkBlocks checks the newest block of every stream under the store.
func checkBlocks(dir string) error {
	streams, err := filepath.Glob(filepath.Join(dir, "jetstream", "*", "streams", "*"))
	if err != nil {
		return fmt.Errorf("look for streams in %s: %w", dir, err)
	}
	for _, stream := range streams {
		if strings.HasPrefix(filepath.Base(stream), ".") {
			continue // half deleted
		}
		if err := checkNewestBlock(stream); err != nil {
			return err
		}
	}
	return nil
}

func checkNewestBlock(stream string) error {
	newest := newestBlock(stream)
	if newest == 0 {
		return nil
	}
	path := filepath.Join(stream, "msgs", strconv.Itoa(newest)+".blk")
	block, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read the message store: %w", err)
	}
	if bytes.HasPrefix(block, []byte("cmp")) { // compressed, and then complete
		return nil
	}
	sound, torn, err := readRecords(block, fmt.Sprintf("%s-%d", filepath.Base(stream), newest))
	if err != nil {
		return fmt.Errorf("check %s: %w", path, err)
	}
	if sound == len(block) || torn {
		return nil
	}
	return fmt.Errorf("%w: %s is damaged at byte %d of %d; restore it from a backup, or cut it off there to give up the messages that follow",
		ErrCorrupt, path, sound, len(block))
}

// newestBlock is the highest number of the stream's blocks, 0 without any.
func newestBlock(stream string) int {
	paths, err := filepath.Glob(filepath.Join(stream, "msgs", "*.blk"))
	if err != nil {
		return 0
	}
	newest := 0
	for _, path := range paths {
		n, err := strconv.Atoi(strings.TrimSuffix(filepath.Base(path), ".blk"))
		if err == nil && n <= math.MaxUint32 {
			newest = max(newest, n)
		}
	}
	return newest
}

// readRecords returns how many bytes of the block are sound records, and
// whether what follows is no more than one record that was not finished.
func readRecords(block []byte, name string) (sound int, torn bool, err error) {
	key := sha256.Sum256([]byte(name))
	sum64, err := highwayhash.New64(key[:])
	if err != nil {
		return 0, false, err
	}
	for sound < len(block) {
		rest := block[sound:]
		if len(rest) < recordHeader || allZero(rest) {
			return sound, true, nil
		}
		length := int(binary.LittleEndian.Uint32(rest) &^ withHeaders)
		if length < recordHeader+recordSum || length > longestRecord {
			return sound, false, nil
		}
		if length > len(rest) {
			return sound, true, nil
		}
		if !validRecord(sum64, rest[:length]) {
			return sound, length == len(rest), nil
		}
		sound += length
	}
	return sound, false, nil
}

func validRecord(sum64 hash.Hash64, record []byte) bool {
	subject := int(binary.LittleEndian.Uint16(record[20:]))
	data, sum := record[recordHeader:len(record)-recordSum], record[len(record)-recordSum:]
	body := subject
	if binary.LittleEndian.Uint32(record)&withHeaders != 0 {
		body += 4
	}
	if body > len(data) {
		return false
	}
	sum64.Reset()
	sum64.Write(record[4:20])
	sum64.Write(data[:subject])
	sum64.Write(data[body:])
	return bytes.Equal(sum64.Sum(nil), sum)
}

func allZero(b []byte) bool { return len(bytes.TrimLeft(b, "\x00")) == 0 }
