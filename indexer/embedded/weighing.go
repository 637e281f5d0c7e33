package embedded

import (
	"context"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	"github.com/blevesearch/bleve/v2/search/scorer"
	index "github.com/blevesearch/bleve_index_api"
)

// weighing wants conditions, which count a weight together, whatever documents hold.
type weighing struct {
	conditions query.Query
	weight     float64
}

// weighed makes conditions such a query.
func weighed(weight float64, conditions ...query.Query) query.Query {
	return &weighing{bleve.NewConjunctionQuery(conditions...), weight}
}

// Searcher gives what finds the documents; the conditions need not score them.
func (w *weighing) Searcher(
	ctx context.Context, r index.IndexReader, m mapping.IndexMapping, options search.SearcherOptions,
) (search.Searcher, error) {
	unscored := options
	unscored.Score = "none"
	found, err := w.conditions.Searcher(ctx, r, m, unscored)
	if err != nil {
		return nil, err
	}
	return &weighingSearcher{found, scorer.NewConstantScorer(1, w.weight, options)}, nil
}

// weighingSearcher gives each document that is found the same score.
type weighingSearcher struct {
	search.Searcher
	scorer *scorer.ConstantScorer
}

func (s *weighingSearcher) Weight() float64 { return s.scorer.Weight() }

func (s *weighingSearcher) SetQueryNorm(norm float64) { s.scorer.SetQueryNorm(norm) }

// DocumentMatchPoolSize counts the match that the score comes in.
func (s *weighingSearcher) DocumentMatchPoolSize() int { return s.Searcher.DocumentMatchPoolSize() + 1 }

func (s *weighingSearcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	d, err := s.Searcher.Next(ctx)
	return s.scored(ctx, d), err
}

func (s *weighingSearcher) Advance(
	ctx *search.SearchContext, id index.IndexInternalID,
) (*search.DocumentMatch, error) {
	d, err := s.Searcher.Advance(ctx, id)
	return s.scored(ctx, d), err
}

// scored gives a document its score; nil is none.
func (s *weighingSearcher) scored(ctx *search.SearchContext, d *search.DocumentMatch) *search.DocumentMatch {
	if d == nil {
		return nil
	}
	constant := s.scorer.Score(ctx, d.IndexInternalID)
	d.Score = constant.Score
	ctx.DocumentMatchPool.Put(constant)
	return d
}
