package guard

import (
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// sender is where a request comes from.
type sender struct {
	// peer is the other end of the connection; believed says that it is a proxy that is
	// listed.
	peer     netip.Addr
	believed bool
	// client is whoever asks: the peer, or whom the proxies name.
	client netip.Addr
}

// key names a client by its address. An IPv6 network of 64 bits is one client, since its
// owner has all addresses in it.
func (s *sender) key() string {
	if s.client.Is4() {
		return s.client.String()
	}
	network, err := s.client.Prefix(64)
	if err != nil {
		return "unknown"
	}
	return network.String()
}

// from says where a request comes from.
func (g *Guard) from(r *http.Request) *sender {
	peer := netip.Addr{}
	if at, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
		peer = at.Addr().Unmap().WithZone("")
	}
	s := &sender{peer: peer, believed: g.proxy(peer), client: peer}
	if !s.believed {
		return s
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		address, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			return s
		}
		s.client = address.Unmap().WithZone("")
		if !g.proxy(s.client) {
			return s
		}
	}
	return s
}

// proxy reports the address of a proxy that is believed.
func (g *Guard) proxy(a netip.Addr) bool {
	return slices.ContainsFunc(g.proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}

// known reports a request that calls the daemon by a name of its own: the host that is
// listened on, the address that was reached, a name of this machine, or one that the
// configuration lists. A page of another site whose name leads here is none.
func (g *Guard) known(r *http.Request) bool {
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.Trim(host, "[]"), ".")
	if address, err := netip.ParseAddr(host); err == nil {
		return address.Unmap().IsLoopback() || g.listed(host) || address.Unmap() == local(r)
	}
	return strings.EqualFold(host, "localhost") || g.listed(host)
}

func (g *Guard) listed(host string) bool {
	same := func(name string) bool { return strings.EqualFold(strings.TrimSuffix(name, "."), host) }
	return host != "" && (same(g.host) || slices.ContainsFunc(g.web.Hosts, same))
}

// local is the address of this machine that a connection reached.
func local(r *http.Request) netip.Addr {
	reached, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return netip.Addr{}
	}
	at, err := netip.ParseAddrPort(reached.String())
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap()
}

var plainHost = regexp.MustCompile(`^[A-Za-z0-9.:\[\]_-]{1,100}$`)

// shownHost gives the host of a request as an answer may show it.
func shownHost(host string) string {
	if !plainHost.MatchString(host) {
		return "that"
	}
	return host
}

// identify says in a visit who asks, and whose client it is. It gives how long to wait
// where too many wrong tokens were tried.
func (g *Guard) identify(w http.ResponseWriter, r *http.Request, v *visit, from *sender) (wait time.Duration) {
	if name := g.named(r, from); name != "" {
		v.name, v.client = name, g.clients.of("user "+name)
		return 0
	}
	token, cookie := given(r)
	if g.tokens == nil || token == "" {
		return 0
	}
	name, wait := g.try(v.client, token)
	switch {
	case name != "":
		v.name, v.client = name, g.clients.of("token "+name)
	case cookie && wait == 0:
		setCookie(w, "") // it was good once, and would be sent with each part of a page
	}
	return wait
}

// try gives the name of whose token it is; empty where nobody has it, or where the client
// has tried too often and must wait.
func (g *Guard) try(c *client, given string) (name string, wait time.Duration) {
	now := g.now()
	if c.failures.TokensAt(now) < 1 {
		return "", take(c.failures, now, 1)
	}
	if name = g.tokens.who(given); name == "" {
		take(c.failures, now, 1)
	}
	return name, 0
}

// mostName is the most bytes of the name that a proxy gives.
const mostName = 200

// named gives who asks by the header of a proxy; empty where it is not believed.
func (g *Guard) named(r *http.Request, from *sender) string {
	if g.web.UserHeader == "" || !from.believed {
		return ""
	}
	values := r.Header.Values(g.web.UserHeader)
	if len(values) != 1 || len(values[0]) > mostName || strings.ContainsFunc(values[0], unicode.IsControl) {
		return ""
	}
	return strings.TrimSpace(values[0])
}

// given is the token that a request carries, and whether it is that of a cookie.
func given(r *http.Request) (token string, cookie bool) {
	const scheme = "bearer "
	if h := r.Header.Get("Authorization"); len(h) > len(scheme) && strings.EqualFold(h[:len(scheme)], scheme) {
		return strings.TrimSpace(h[len(scheme):]), false
	}
	c, err := r.Cookie(cookieName)
	if err != nil {
		return "", false
	}
	return c.Value, true
}
