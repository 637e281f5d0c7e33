package web

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"jobsieve/desk"
)

// MostInFeed is how many postings a feed has at most.
const MostInFeed = 50

// feedKept lets the reader that asked keep a feed for five minutes.
const feedKept = "private, max-age=300"

// feed is RSS 2.0.
type feed struct {
	XMLName xml.Name    `xml:"rss"`
	Version string      `xml:"version,attr"`
	Channel feedChannel `xml:"channel"`
}

type feedChannel struct {
	Title       string     `xml:"title"`
	Link        string     `xml:"link"`
	Description string     `xml:"description"`
	Items       []feedItem `xml:"item"`
}

type feedItem struct {
	Title string `xml:"title"`
	Link  string `xml:"link,omitempty"`
	// Description is taken for HTML by whoever reads feeds.
	Description string   `xml:"description"`
	GUID        feedGUID `xml:"guid"`
	PubDate     string   `xml:"pubDate"`
}

// feedGUID is what stands for a posting; it is no address.
type feedGUID struct {
	IsPermaLink bool   `xml:"isPermaLink,attr"`
	Key         string `xml:",chardata"`
}

// WriteFeed writes the postings of a saved search as RSS 2.0, as a server that listens on
// an address gives it.
func WriteFeed(w io.Writer, news *desk.News, listen string) error {
	address, err := nearby(listen)
	if err != nil {
		return err
	}
	f := feed{Version: "2.0", Channel: feedChannel{
		Title: "jobsieve: " + news.Name, Link: "http://" + address + feedPath(news.Name),
		Description: "The newest postings of the saved search " + news.Name + ".",
	}}
	for i := range news.Postings {
		f.Channel.Items = append(f.Channel.Items, itemOf(&news.Postings[i]))
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(&f); err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n")
	return err
}

// feedPath is where the feed of a saved search is.
func feedPath(name string) string { return "/saved/" + name + ".rss" }

// serve answers with the feed of a saved search.
func (f Feed) serve(w http.ResponseWriter, r *http.Request) {
	name, isFeed := strings.CutSuffix(r.PathValue("file"), ".rss")
	var b bytes.Buffer
	err := error(&desk.UnknownSavedError{Name: name})
	if isFeed {
		err = f(r.Context(), &b, name)
	}
	var unknown *desk.UnknownSavedError
	switch {
	case errors.As(err, &unknown):
		http.Error(w, "no search is saved by that name", http.StatusNotFound)
	case err != nil:
		http.Error(w, "the feed can't be made now: "+err.Error(), http.StatusServiceUnavailable)
	default:
		w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", feedKept)
		_, _ = w.Write(b.Bytes())
	}
}

func itemOf(p *desk.NewPosting) feedItem {
	var parts []string
	for _, part := range []string{p.Company, p.Place, p.Pay, p.Label} {
		if part = plain(part); part != "" {
			parts = append(parts, html.EscapeString(part))
		}
	}
	return feedItem{
		Title: plain(p.Title), Link: feedLink(p.URL), Description: strings.Join(parts, " · "),
		GUID: feedGUID{Key: plain(p.Key)}, PubDate: p.FirstSeen.UTC().Format(time.RFC1123Z),
	}
}

// plain takes control characters and direction marks out of a text, and makes one space
// of several.
func plain(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Noncharacter_Code_Point) {
			return -1
		}
		return r
	}, s)
}

// feedLink gives an address that a reader may open; empty for any other.
func feedLink(address string) string {
	u, err := url.Parse(plain(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}
