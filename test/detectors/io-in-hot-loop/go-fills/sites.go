package quay

import (
	"database/sql"
	"time"
)

type Site struct {
	ID     int
	Domain string
	IP     string
}

type Yard struct {
	db    *sql.DB
	sites []*Site
}

func resolve(domain string) string { return domain }

func (y *Yard) add(s *Site) { y.sites = append(y.sites, s) }

func (y *Yard) watch() {
	for range time.Tick(5 * time.Second) {
		y.fill()
		y.renew()
	}
}

// Once a site has an address it is left alone.
func (y *Yard) fill() {
	for _, site := range y.sites {
		if site.Domain != "" && site.IP == "" {
			site.IP = resolve(site.Domain)
			y.db.Exec("UPDATE sites SET ip = $1 WHERE id = $2", site.IP, site.ID) // want-info "It is done for those only that lack what it fills in\.$"
		}
	}
}

// What is asked for is not what is filled in.
func (y *Yard) renew() {
	for _, site := range y.sites {
		if site.Domain == "" {
			site.IP = resolve(site.Domain)
			y.db.Exec("UPDATE sites SET ip = $1 WHERE id = $2", site.IP, site.ID) // want "every 5 s × each of `y\.sites` × 1 UPDATE on `sites`\.$"
		}
	}
}
