package ledger

import (
	_ "embed"
	"errors"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// usual are three readings of the sample board. Readings are packed with them before
// one, as what they say is mostly said there too: it takes half of the bytes. What is
// packed can't be read without them, so the file never changes; another would get
// another number.
//
//go:embed reading.dict
var usual []byte

// usualNumber is the number by which a packed reading names usual.
const usualNumber = 1

// packer packs bodies. Both halves may be used by several goroutines.
type packer struct {
	in  *zstd.Encoder
	out *zstd.Decoder
}

// bodies packs the bodies of pages, and readings those of readings. With these options
// they can't fail.
var (
	bodies = sync.OnceValue(func() packer {
		in, _ := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true))
		out, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
		return packer{in, out}
	})
	readings = sync.OnceValue(func() packer {
		in, _ := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true),
			zstd.WithEncoderDictRaw(usualNumber, usual))
		out, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(mostUnpacked),
			zstd.WithDecoderDictRaw(usualNumber, usual))
		return packer{in, out}
	})
)

// mostUnpacked is how long a reading is at most, in bytes: a damaged one may claim any
// length.
const mostUnpacked = 1 << 28

func pack(body []byte) []byte { return bodies().in.EncodeAll(body, []byte{}) }

func unpack(packed []byte) ([]byte, error) {
	if len(packed) == 0 {
		return nil, nil
	}
	return bodies().out.DecodeAll(packed, nil)
}

// packReading packs the JSON of a reading.
func packReading(body []byte) []byte { return readings().in.EncodeAll(body, []byte{}) }

// errNoReading says that a posting has no reading.
var errNoReading = errors.New("it is empty")

// unpackReading gives the JSON of a reading. Earlier versions stored it as it is.
func unpackReading(stored []byte) ([]byte, error) {
	switch {
	case len(stored) == 0:
		return nil, errNoReading
	case stored[0] == '{':
		return stored, nil
	}
	return readings().out.DecodeAll(stored, nil)
}
