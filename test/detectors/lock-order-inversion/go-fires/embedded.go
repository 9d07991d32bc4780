package harbour

import "sync"

// purse is a part of one type only.
type purse struct {
	sync.Mutex
	coins int
}

type Till struct {
	mu      sync.Mutex
	tenants map[string]*Tenant
}

type Tenant struct {
	*purse
	till *Till
}

func (t *Till) Sum() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	sum := 0
	for _, tenant := range t.tenants {
		tenant.Lock()
		sum += tenant.coins
		tenant.Unlock()
	}
	return sum
}

func (t *Tenant) Pay() {
	t.Lock()
	defer t.Unlock()
	t.coins -= t.till.rent() // want "takes `Till.mu` while it holds `.*purse`"
}

func (t *Till) rent() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.tenants)
}
