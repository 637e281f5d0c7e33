package daemon

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Roles are what a daemon does.
type Roles struct {
	// Crawl is to crawl what is due, and to group what comes of it.
	Crawl bool
	// Deliver is to keep the index up to date, and to tell of what is new.
	Deliver bool
	// Web is to answer the page and the API.
	Web bool
}

// AllRoles are all of them.
var AllRoles = Roles{Crawl: true, Deliver: true, Web: true}

const expectedRoles = "expected crawl, deliver, web or all, or several with commas between"

// RolesOf reads names of roles; "all" is each.
func RolesOf(names []string) (r Roles, err error) {
	for _, name := range names {
		switch name {
		case "crawl":
			r.Crawl = true
		case "deliver":
			r.Deliver = true
		case "web":
			r.Web = true
		case "all":
			r = AllRoles
		default:
			return r, fmt.Errorf("%q is no role; %s", name, expectedRoles)
		}
	}
	if r == (Roles{}) {
		return r, errors.New("no role is given; " + expectedRoles)
	}
	return r, nil
}

// Names gives the names of the roles.
func (r Roles) Names() (names []string) {
	for _, one := range []struct {
		has  bool
		name string
	}{{r.Crawl, "crawl"}, {r.Deliver, "deliver"}, {r.Web, "web"}} {
		if one.has {
			names = append(names, one.name)
		}
	}
	return slices.Clip(names)
}

func (r Roles) String() string { return strings.Join(r.Names(), ",") }
