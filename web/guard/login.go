package guard

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The paths that sign in and out where there are tokens.
const (
	loginPath  = "/login"
	logoutPath = "/logout"
)

const (
	// cookieName has the prefix by which browsers take the cookie from this host alone.
	cookieName = "__Host-jobsieve"
	cookieTime = 30 * 24 * time.Hour
)

// setCookie has the browser keep a token, which no script can read and no other site can
// have sent; an empty one is forgotten.
func setCookie(w http.ResponseWriter, token string) {
	c := &http.Cookie{
		Name: cookieName, Value: token, Path: "/", MaxAge: int(cookieTime / time.Second),
		HttpOnly: true, Secure: true, SameSite: http.SameSiteStrictMode,
	}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// ask asks who somebody is: a person by the form, a program by a problem.
func (g *Guard) ask(w http.ResponseWriter, r *http.Request) {
	if g.tokens == nil {
		refuse(w, http.StatusUnauthorized, "Expected the name of who asks from the proxy in front.")
		return
	}
	w.Header().Set("WWW-Authenticate", `Bearer realm="jobsieve"`)
	if r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html") {
		form(w, http.StatusUnauthorized, &signIn{Next: r.URL.RequestURI()})
		return
	}
	refuse(w, http.StatusUnauthorized, "Expected a token of your own, as the header Authorization: Bearer TOKEN. "+
		"Whoever runs this daemon makes one with \"jobsieve token NAME\".")
}

// login signs somebody in or out.
func (g *Guard) login(w http.ResponseWriter, r *http.Request, v *visit) {
	switch {
	case r.Method != http.MethodPost && r.URL.Path == logoutPath:
		w.Header().Set("Allow", "POST")
		refuse(w, http.StatusMethodNotAllowed, "Expected POST.")
	case r.URL.Path == logoutPath:
		setCookie(w, "")
		http.Redirect(w, r, loginPath, http.StatusSeeOther)
	case r.Method != http.MethodPost:
		form(w, http.StatusOK, &signIn{Next: here(r.URL.Query().Get("next"))})
	default:
		g.signIn(w, r, v)
	}
}

func (g *Guard) signIn(w http.ResponseWriter, r *http.Request, v *visit) {
	if err := r.ParseForm(); err != nil {
		refuse(w, http.StatusBadRequest, "Expected the form of "+loginPath+", with a token.")
		return
	}
	next, given := here(r.PostForm.Get("next")), strings.TrimSpace(r.PostForm.Get("token"))
	name, wait := g.try(v.client, given)
	switch {
	case wait > 0:
		tooMany(w, wait)
	case name == "":
		form(w, http.StatusUnauthorized, &signIn{Next: next, Wrong: true})
	default:
		setCookie(w, given)
		http.Redirect(w, r, next, http.StatusSeeOther)
	}
}

// here gives an address on this host to go on to: the first page for any other.
func here(next string) string {
	u, err := url.Parse(next)
	switch {
	case err != nil, u.IsAbs(), u.Host != "", !strings.HasPrefix(next, "/"), strings.HasPrefix(next, "//"),
		strings.Contains(next, `\`):
		return "/"
	}
	return next
}

// signIn is what the form shows.
type signIn struct {
	Next  string // where to go on
	Wrong bool   // the token that was given is nobody's
}

var page = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>jobsieve</title>
</head>
<body>
<main>
<h1>jobsieve</h1>
{{if .Wrong}}<p role="alert">Nobody has that token. <span lang="hi">यह टोकन किसी का नहीं है।</span></p>
{{end}}<form method="post" action="` + loginPath + `">
<input type="hidden" name="next" value="{{.Next}}">
<p><label for="token">Your token <span lang="hi">आपका टोकन</span></label></p>
<p><input id="token" name="token" type="password" autocomplete="current-password" required autofocus></p>
<p><button>Sign in <span lang="hi">साइन इन करें</span></button></p>
</form>
</main>
</body>
</html>
`))

// form shows the form.
func form(w http.ResponseWriter, status int, s *signIn) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = page.Execute(w, s) // a client that is gone needs no form
}
