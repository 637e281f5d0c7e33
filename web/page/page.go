package page

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/ledger"
)

//go:embed templates/*.html
var templateFiles embed.FS

// pages answers with pages.
type pages struct {
	desk   func() *desk.Desk
	assets *assets
	// sets has, by language and by name, the templates of a page.
	sets  map[string]map[string]*template.Template
	words map[string]*words
}

// New makes the handler of all pages. desk gives the one to ask, at each request, since
// configuration and rules may be read again.
func New(desk func() *desk.Desk) http.Handler {
	p := &pages{desk: desk, sets: map[string]map[string]*template.Template{}, words: map[string]*words{}}
	err := p.read()
	if err != nil {
		panic(err) // what is embedded is checked by tests
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.answer(p.search))
	mux.HandleFunc("GET /pay", p.answer(p.pay))
	mux.HandleFunc("GET "+comparePath, p.answer(p.compare))
	mux.HandleFunc("GET "+trendsPath, p.answer(p.trends))
	mux.HandleFunc("GET /posting/{source}/{id}", p.answer(p.posting))
	mux.HandleFunc("GET /posting", p.answer(p.posting))
	mux.HandleFunc("GET /sources", p.answer(p.sources))
	mux.HandleFunc("GET "+savedPath, p.answer(p.saved))
	mux.HandleFunc("POST "+savedPath, p.answer(p.save))
	mux.HandleFunc("POST "+savedPath+"/{name}/forget", p.answer(p.forget))
	mux.HandleFunc("GET /criteria", p.answer(p.criteria))
	mux.Handle("GET "+assetPath, p.assets)
	mux.HandleFunc("/", p.answer(func(*http.Request, *words) (*answer, error) { return nil, errNotFound }))
	return mux
}

// read reads templates, texts and assets.
func (p *pages) read() (err error) {
	if p.assets, err = readAssets(); err != nil {
		return err
	}
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return err
	}
	for _, lang := range languages {
		w, err := readWords(lang)
		if err != nil {
			return err
		}
		p.words[lang], p.sets[lang] = w, map[string]*template.Template{}
		for _, file := range files {
			name := strings.TrimSuffix(path.Base(file), ".html")
			if strings.HasPrefix(name, "part-") || name == "layout" {
				continue
			}
			t := template.New("layout.html").Funcs(w.functions())
			t, err = t.ParseFS(templateFiles, "templates/layout.html", "templates/part-*.html", file)
			if err != nil {
				return err
			}
			p.sets[lang][name] = t
		}
	}
	return nil
}

// functions are what templates call.
func (w *words) functions() template.FuncMap {
	return template.FuncMap{
		"t": w.T, "count": w.Count, "value": w.Value, "field": w.Field, "column": w.Column, "date": w.Date,
		"number": number, "cells": w.cells, "drawing": drawing, "lang": func() string { return w.lang },
	}
}

// searchPage is the template of the views of a search.
const searchPage = "search"

// answer is what a page says.
type answer struct {
	// page names the template, title is that of the document.
	page, title string
	status      int
	// body is what the template takes; elsewhere is where to go instead, empty for nowhere.
	body      any
	elsewhere string
}

// document is what the layout takes.
type document struct {
	Title     string
	Assets    *assets
	Languages []choice
	Nav       []choice
	Body      any
}

// choice is a link to one of several views, one of which is the current one.
type choice struct {
	Name, URL string
	Current   bool
	// Lang is the language of the name, empty for that of the page.
	Lang string
}

var errNotFound = errors.New("there is no such page")

// answer makes a handler of what finds an answer.
func (p *pages) answer(find func(*http.Request, *words) (*answer, error)) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		w := p.words[languageOf(r.URL.Query().Get(langName))]
		a, err := find(r, w)
		if err != nil {
			a = p.fault(r.Context(), w, err)
		}
		if a.elsewhere != "" {
			http.Redirect(rw, r, a.elsewhere, http.StatusSeeOther)
			return
		}
		var b bytes.Buffer
		if err := p.write(&b, r, w, a); err != nil {
			p.desk().Index.Log.Error("page not written", "page", a.page, "error", err)
			http.Error(rw, w.T("fault.failed"), http.StatusInternalServerError)
			return
		}
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		rw.Header().Set("Content-Language", w.lang)
		rw.Header().Set("Cache-Control", "private, no-cache")
		if r.Header.Get("HX-Request") != "" && a.page != searchPage {
			rw.Header().Set("HX-Redirect", r.URL.RequestURI()) // it has nothing to be put in place
		}
		send(rw, r, max(a.status, http.StatusOK), b.Bytes(), nil)
	}
}

func (p *pages) write(b *bytes.Buffer, r *http.Request, w *words, a *answer) error {
	d := &document{Title: a.title, Assets: p.assets, Body: a.body}
	for _, lang := range languages {
		other := p.words[lang]
		to := choice{other.T("lang.name"), inLanguage(r.URL, lang), lang == w.lang, lang}
		d.Languages = append(d.Languages, to)
	}
	for _, n := range []struct{ key, path string }{
		{"site.search", "/"}, {"site.saved", savedPath}, {"site.sources", "/sources"}, {"site.criteria", "/criteria"},
	} {
		here := r.URL.Path == n.path || a.page == searchPage && n.path == "/"
		d.Nav = append(d.Nav, choice{w.T(n.key), w.link(n.path, nil), here, ""})
	}
	return p.sets[w.lang][a.page].Execute(b, d)
}

// inLanguage gives the address of a page in a language.
func inLanguage(u *url.URL, lang string) string {
	params := u.Query()
	params.Set(langName, lang)
	if lang == languages[0] {
		params.Del(langName)
	}
	return address(u.EscapedPath(), params)
}

// link gives the address of a page in the language of the words.
func (w *words) link(escapedPath string, params url.Values) string {
	all := url.Values{}
	for name, values := range params {
		all[name] = values
	}
	if w.lang != languages[0] {
		all.Set(langName, w.lang)
	}
	return address(escapedPath, all)
}

func address(escapedPath string, params url.Values) string {
	if len(params) == 0 {
		return escapedPath
	}
	return escapedPath + "?" + params.Encode()
}

// faulty is what the template of a fault takes.
type faulty struct{ Head, More, Home string }

// fault tells of an error: what can be done about it, and nothing of the inside.
func (p *pages) fault(ctx context.Context, w *words, err error) *answer {
	var unknown *config.UnknownSourceError
	var forgotten *desk.UnknownSavedError
	key, status := "fault.failed", http.StatusServiceUnavailable
	switch {
	case errors.Is(err, errForm):
		key, status = "fault.form", http.StatusBadRequest
	case errors.Is(err, errNotFound), errors.As(err, &unknown), errors.As(err, &forgotten):
		key, status = "fault.not_found", http.StatusNotFound
	case errors.Is(err, ledger.ErrNone):
		key = "fault.empty"
	case ctx.Err() == nil:
		p.desk().Index.Log.Error("page not answered", "error", err)
	}
	says := &faulty{w.T(key), w.T(key + "_more"), w.link("/", nil)}
	return &answer{page: "fault", title: says.Head, status: status, body: says}
}

// hostOf gives the host of an address that may be opened from a page; empty for any other,
// which then is no link.
func hostOf(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return ""
	}
	return u.Host
}
