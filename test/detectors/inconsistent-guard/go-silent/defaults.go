package library

import "sync"

type LoanConfig struct {
	mu   sync.Mutex
	days int
	fee  int
}

var usual = &LoanConfig{days: 14}

// Everyone gets one of their own.
func DefaultLoanConfig() *LoanConfig { return &LoanConfig{days: 14} }

func DefaultLoans() *LoanConfig { return usual }

func (c *LoanConfig) Extend() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.days++
	c.fee++
}

func (c *LoanConfig) Shorten() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.days--
	c.fee--
}

func (c *LoanConfig) Sum() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.days * c.fee
}

func (c *LoanConfig) Double() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.days *= 2
	c.fee *= 2
}

func holidays() *LoanConfig {
	config := DefaultLoanConfig()
	config.days = 30
	return config
}
