package ledger

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"

	"jobsieve/vacancy"
)

// candidates gives the postings that share keys with posting n, those with the most first.
func (g *grouper) candidates(ctx context.Context, n int64, keys []vacancy.Key) ([]int64, error) {
	shared := map[int64]int{}
	stored := make([]int64, len(keys))
	for i, key := range keys {
		stored[i] = int64(key)
	}
	found, err := g.ledger.engine.sharing(ctx, g.tx, stored, n, mostOfKey)
	if err != nil {
		return nil, err
	}
	for _, other := range found {
		shared[other]++
	}
	var out []int64
	for other := range shared {
		out = append(out, other)
	}
	slices.SortFunc(out, func(x, y int64) int { return cmp.Or(shared[y]-shared[x], cmp.Compare(x, y)) })
	return out[:min(len(out), mostCompared)], nil
}

func packKeys(keys []vacancy.Key) []byte {
	out := make([]byte, 0, keySize*len(keys))
	for _, key := range keys {
		out = binary.BigEndian.AppendUint32(out, uint32(key))
	}
	return out
}

// unpackKeys reads what packKeys wrote, as the database has keys.
func unpackKeys(packed []byte) (keys []int64) {
	for ; len(packed) >= keySize; packed = packed[keySize:] {
		keys = append(keys, int64(int32(binary.BigEndian.Uint32(packed))))
	}
	return keys
}
