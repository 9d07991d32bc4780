package login

import (
	"context"
	"net/http"
	"sync"
)

// Client can be stopped while it asks.
type Client struct {
	mu     sync.Mutex
	cancel context.CancelFunc
	asked  int
}

func (c *Client) Ask() {
	c.mu.Lock()
	defer c.mu.Unlock()
	var ctx context.Context
	ctx, c.cancel = context.WithCancel(context.Background())
	request, _ := http.NewRequestWithContext(ctx, "GET", "https://login.example.com", nil)
	http.DefaultClient.Do(request) // want "`Ask` holds `Client.mu` .*: 1 other function that needs the lock waits as long\. `Halt` needs the lock to cancel what is done here\.$"
	c.asked++
}

func (c *Client) Halt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cancel != nil {
		c.cancel()
	}
}

// Guest cancels before it takes the lock.
type Guest struct {
	mu     sync.Mutex
	cancel context.CancelFunc
	asked  int
}

func (g *Guest) Ask() {
	g.mu.Lock()
	defer g.mu.Unlock()
	var ctx context.Context
	ctx, g.cancel = context.WithCancel(context.Background())
	request, _ := http.NewRequestWithContext(ctx, "GET", "https://login.example.com", nil)
	http.DefaultClient.Do(request) // want-info "`Ask` holds `Guest.mu` "
	g.asked++
}

func (g *Guest) Halt() {
	g.cancel()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.asked = 0
}
