package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
)

const aReading = `{"facts":{"places":[{"city":"Pune","state":"Maharashtra","country":"IN","raw":"पुणे"}],` +
	`"experience":{"min":0,"max":2,"raw":"0-2 years"},"education":null,"shift":["night"],"mode":null,` +
	`"openings":null,"languages":["en"],"posted":null,"language":"en","readings":[]},"pay":{"kind":"undisclosed",` +
	`"min":null,"max":null,"currency":null,"period":null,"period_inferred":false,"basis":"unspecified"},` +
	`"verdict":{"label":"BPO","function":"voice","score":2.1,"margin":2.1,"reason":"","criteria":[]}}`

func TestReadingsArePacked(t *testing.T) {
	packed := packReading([]byte(aReading))
	if most := len(aReading) / 2; len(packed) > most {
		t.Errorf("%d bytes take %d, want %d at most", len(aReading), len(packed), most)
	}
	for name, stored := range map[string][]byte{"packed": packed, "by an earlier version": []byte(aReading)} {
		body, err := unpackReading(stored)
		if err != nil || string(body) != aReading {
			t.Errorf("%s: %q, %v", name, body, err)
		}
	}
	again := packReading([]byte(aReading))
	if !bytes.Equal(packed, again) {
		t.Error("the same reading is packed differently")
	}
}

func TestDamagedReadings(t *testing.T) {
	packed := packReading([]byte(aReading))
	for name, stored := range map[string][]byte{
		"nothing": {}, "text": []byte("facts"), "cut": packed[:len(packed)-9], "other bytes": bytes.Repeat([]byte{7}, 99),
		"JSON cut": []byte(aReading[:50]), "JSON of another kind": []byte(`{"facts":[]}`),
	} {
		if err := new(Reading).unpack(stored); err == nil {
			t.Errorf("%s is a reading", name)
		}
	}
	changed := bytes.Clone(packed)
	changed[len(changed)/2] ^= 1 // a checksum tells
	if err := new(Reading).unpack(changed); err == nil {
		t.Error("a changed bit goes unnoticed")
	}
}

// What ledgers hold is packed with these very bytes.
func TestDictionaryStays(t *testing.T) {
	sum := sha256.Sum256(usual)
	const want = "c6fce6270b658a74a83e28e3093c7a3a0d3c8b2a2ff3956e6e488d7ffbebecae"
	if got := hex.EncodeToString(sum[:]); !strings.EqualFold(got, want) {
		t.Errorf("reading.dict has the sum %s: what was packed with another can't be read", got)
	}
}
