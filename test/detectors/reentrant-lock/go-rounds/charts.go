package rounds

import "sync"

// Chart is only given a name before others know it.
type Chart struct {
	mu   sync.RWMutex
	name string
}

func (c *Chart) SetName(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.name = name
}

func (c *Chart) Name() string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.name
}

func (c *Chart) Title() string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return "Chart of " + c.Name() // want-info "`Title` holds `Chart.mu` for reading and calls `Name`, which takes it again\. .* All who take it for writing do so on an object that they have just made\.$"
}

func OpenChart(name string) *Chart {
	chart := newChart()
	chart.SetName(name)
	return chart
}

func newChart() *Chart {
	return &Chart{}
}

// Atlas is renamed while others read.
type Atlas struct {
	mu   sync.RWMutex
	name string
}

func (a *Atlas) SetName(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.name = name
}

func (a *Atlas) Name() string {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.name
}

func (a *Atlas) Title() string {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return "Atlas " + a.Name() // want "`Title` holds `Atlas.mu` for reading and calls `Name`"
}

func Rename(a *Atlas, name string) {
	a.SetName(name)
}
