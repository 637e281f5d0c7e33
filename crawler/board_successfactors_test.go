package crawler

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
)

var successFactorsAPI = &api{total: 60, answer: func(a *api, _ *http.Request) any {
	var b strings.Builder
	for i := range a.total {
		fmt.Fprintf(&b, "<item><g:id>%d</g:id><guid>%d</guid><title>", i+1, i+1)
		_ = xml.EscapeText(&b, []byte(title(i)+" (Pune, IN)"))
		b.WriteString("</title><g:location>Pune, IN</g:location></item>")
	}
	return `<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>` + b.String() + "</channel></rss>"
}}
