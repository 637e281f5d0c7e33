package conformance

import (
	"context"
	"sync"

	"jobsieve/indexer"
)

// Memory is an index in memory, for testing what uses one. It finds nothing.
type Memory struct {
	Name string
	// Err, where it is not nil, is what every use fails with.
	Err error
	// Acks, where it is not nil, changes what is said about documents.
	Acks func(docs []indexer.Document, acks []indexer.Ack)

	mu        sync.Mutex
	versions  map[string]int64
	delivered int
}

var _ indexer.Index = (*Memory)(nil)

// Fail makes every use fail, or none.
func (m *Memory) Fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Err = err
}

// Set puts a document into the index, bypassing delivery; version 0 removes it.
func (m *Memory) Set(key string, version int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.set(key, version)
}

func (m *Memory) set(key string, version int64) {
	if m.versions == nil {
		m.versions = map[string]int64{}
	}
	m.versions[key] = version
	if version == 0 {
		delete(m.versions, key)
	}
}

// Deliveries is how often documents were handed over.
func (m *Memory) Deliveries() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.delivered
}

// Target names the index.
func (m *Memory) Target() string { return m.Name }

// Deliver takes documents.
func (m *Memory) Deliver(_ context.Context, docs []indexer.Document) ([]indexer.Ack, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.delivered++
	acks := make([]indexer.Ack, len(docs))
	if m.Err != nil {
		return acks, m.Err
	}
	for i := range docs {
		acks[i].Delivered = true
		m.set(docs[i].Key, docs[i].Revision)
		if docs[i].Gone {
			m.set(docs[i].Key, 0)
		}
	}
	if m.Acks != nil {
		m.Acks(docs, acks)
	}
	return acks, nil
}

// Refresh does nothing.
func (m *Memory) Refresh(context.Context) error { return nil }

// Search finds nothing.
func (m *Memory) Search(context.Context, indexer.Query) (*indexer.Answer, error) {
	return &indexer.Answer{}, nil
}

// Keys gives no document.
func (m *Memory) Keys(context.Context, indexer.Query, func(string) error) error { return nil }

// Count counts the documents.
func (m *Memory) Count(context.Context) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.versions), m.Err
}

// EachVersion gives the documents.
func (m *Memory) EachVersion(_ context.Context, f func(key string, version int64) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key, version := range m.versions {
		if err := f(key, version); err != nil {
			return err
		}
	}
	return m.Err
}

// Each gives no document.
func (m *Memory) Each(context.Context, func(*indexer.Document) error) error { return nil }

// Parallel is 2.
func (m *Memory) Parallel() int { return 2 }

// Close does nothing.
func (m *Memory) Close() error { return nil }

// Counts finds nothing to count.
func (m *Memory) Counts(context.Context, indexer.Query, []*indexer.Field, bool, indexer.Counts) error {
	return nil
}
