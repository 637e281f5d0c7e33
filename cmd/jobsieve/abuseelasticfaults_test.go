package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"
)

// index names the index that the alias leads to; a name that no index
// has where it leads to none.
func (s *abusedServer) index(t *testing.T) string {
	t.Helper()
	status, body := s.ask(t, http.MethodGet, "/_alias/"+s.alias, nil)
	var found map[string]any
	if status == http.StatusOK {
		s.must(t, json.Unmarshal(body, &found))
	}
	for name := range found {
		return name
	}
	return s.alias + "-none"
}

// path gives the path of something of the index.
func (s *abusedServer) path(t *testing.T, of string) string { t.Helper(); return "/" + s.index(t) + of }

// another numbers what is made, so that no name is used twice.
func (s *abusedServer) another() int {
	s.made++
	return s.made
}

// toEmpty makes an empty index like the real one, and lets the alias lead there.
func (s *abusedServer) toEmpty(t *testing.T) {
	status, body := s.ask(t, http.MethodGet, s.path(t, "/_mapping"), nil)
	if status != http.StatusOK {
		return
	}
	var found map[string]struct {
		Mappings json.RawMessage `json:"mappings"`
	}
	s.must(t, json.Unmarshal(body, &found))
	for _, f := range found {
		s.lead(t, fmt.Sprintf("%s-%06d", s.alias, 100_000+s.another()), object{"mappings": f.Mappings})
	}
}

// toForeign lets the alias lead to an empty index that jobsieve did not make.
func (s *abusedServer) toForeign(t *testing.T) {
	s.lead(t, fmt.Sprint("others-", s.another()), object{})
}

// lead makes an index and lets the alias lead to it alone.
func (s *abusedServer) lead(t *testing.T, name string, as object) {
	t.Helper()
	s.ask(t, http.MethodPut, "/"+name, as)
	actions := []object{{"add": object{"index": name, "alias": s.alias}}}
	if old := s.index(t); old != s.alias+"-none" {
		actions = append(actions, object{"remove": object{"index": old, "alias": s.alias}})
	}
	s.ask(t, http.MethodPost, "/_aliases", object{"actions": actions})
}

// document is the path of a document that may be there.
func (s *abusedServer) document(t *testing.T) string {
	t.Helper()
	return s.path(t, "/_doc/"+url.PathEscape("import/"+s.some()))
}

// few is how many documents something is done to.
func (s *abusedServer) few() int { return 1 + s.random.IntN(5) }

func (s *abusedServer) deleteSome(t *testing.T) {
	for range s.few() {
		s.ask(t, http.MethodDelete, s.document(t), nil)
	}
}

// overwriteSome gives documents another text, and with it the next version.
func (s *abusedServer) overwriteSome(t *testing.T) {
	for range s.few() {
		at := s.document(t)
		if status, _ := s.ask(t, http.MethodGet, at, nil); status == http.StatusOK {
			s.ask(t, http.MethodPut, at, s.other())
		}
	}
}

// other is a document that no ledger has.
func (s *abusedServer) other() object {
	return object{"key": fmt.Sprint("other-", s.random.IntN(1000)), "title": "Somebody else's"}
}

// ageSome puts documents back in the version before, with another text.
func (s *abusedServer) ageSome(t *testing.T) {
	s.ask(t, http.MethodPut, s.path(t, "/_settings"), object{"index.gc_deletes": "0s"})
	for range s.few() {
		at := s.document(t)
		_, body := s.ask(t, http.MethodGet, at, nil)
		var found struct {
			Version int `json:"_version"`
		}
		if s.must(t, json.Unmarshal(body, &found)); found.Version > 1 {
			s.ask(t, http.MethodDelete, at, nil)
			s.ask(t, http.MethodPost, s.path(t, "/_refresh"), nil)
			s.ask(t, http.MethodPut, fmt.Sprintf("%s?version_type=external&version=%d", at, found.Version-1), s.other())
		}
	}
}

func (s *abusedServer) addSome(t *testing.T) { s.add(t, s.few()) }

// add puts documents into the index that no ledger has.
func (s *abusedServer) add(t *testing.T, n int) {
	t.Helper()
	index := s.index(t)
	for range n {
		if status, _ := s.ask(t, http.MethodHead, "/"+index, nil); status == http.StatusOK { // else it would be made
			s.ask(t, http.MethodPut, fmt.Sprintf("/%s/_doc/foreign-%d", index, s.random.IntN(1000)), s.other())
		}
	}
}

// exchangeSome takes documents away and puts as many others in their place.
func (s *abusedServer) exchangeSome(t *testing.T) {
	n := 0
	for range s.few() {
		if status, _ := s.ask(t, http.MethodDelete, s.document(t), nil); status == http.StatusOK {
			n++
		}
	}
	s.add(t, n)
}

// set changes settings that jobsieve does not rest on; with a translog that is
// not written at once, a crash of the server loses what it acknowledged.
func (s *abusedServer) set(t *testing.T) {
	interval := []string{"-1", "1ms", "30s"}[s.random.IntN(3)]
	durability := []string{"async", "request"}[s.random.IntN(2)]
	s.ask(t, http.MethodPut, s.path(t, "/_settings"), object{"index": object{
		"refresh_interval": interval, "number_of_replicas": s.random.IntN(3), "translog.durability": durability,
	}})
}

// endServer begins a command, kills the server at some moment or stops it, and
// starts it again.
func (s *abusedServer) endServer(t *testing.T) {
	cmd := s.make(t, [][]string{{"import", s.part(t)}, {"index", "rebuild"}}[s.random.IntN(2)]...)
	s.must(t, cmd.Start())
	time.Sleep(time.Duration(s.random.Int64N(int64(time.Second)))) // the moment of the end
	if s.random.IntN(3) == 0 {
		s.must(t, s.server.Stop())
	} else {
		s.must(t, s.server.Kill())
		s.crashes++
	}
	s.must(t, s.server.Run(t.Context()))
	_ = cmd.Wait() // any end is fine
}

// besideRebuild imports changes while the index is made anew.
func (s *abusedServer) besideRebuild(t *testing.T) {
	rebuild := s.make(t, "index", "rebuild")
	s.must(t, rebuild.Start())
	s.command(t, "import", s.part(t))
	_ = rebuild.Wait() // any end is fine
}
