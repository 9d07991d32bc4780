package railway

import "sync"

// Four calls on each side: a condition in one of them is likely.
type Frigate struct {
	bilge sync.Mutex
	pump  sync.Mutex
	level int
}

func (b *Frigate) Drain() {
	b.bilge.Lock()
	defer b.bilge.Unlock()
	b.down1()
}

func (b *Frigate) Prime() {
	b.pump.Lock()
	defer b.pump.Unlock()
	b.up1() // want-info "`Prime` takes `Frigate\.bilge` .*Only a note: It is many calls away"
}

func (b *Frigate) down1() { b.down2() }
func (b *Frigate) down2() { b.down3() }
func (b *Frigate) down3() { b.down4() }
func (b *Frigate) down4() { b.pump.Lock(); b.level--; b.pump.Unlock() }

func (b *Frigate) up1() { b.up2() }
func (b *Frigate) up2() { b.up3() }
func (b *Frigate) up3() { b.up4() }
func (b *Frigate) up4() { b.bilge.Lock(); b.level++; b.bilge.Unlock() }

// Seven together may still be followed.
type Cutter struct {
	bilge sync.Mutex
	pump  sync.Mutex
	level int
}

func (b *Cutter) Drain() {
	b.bilge.Lock()
	defer b.bilge.Unlock()
	b.down1()
}

func (b *Cutter) Prime() {
	b.pump.Lock()
	defer b.pump.Unlock()
	b.up1() // want "`Prime` takes `Cutter\.bilge` while it holds `Cutter\.pump`.* for ever\.$"
}

func (b *Cutter) down1() { b.down2() }
func (b *Cutter) down2() { b.down3() }
func (b *Cutter) down3() { b.down4() }
func (b *Cutter) down4() { b.pump.Lock(); b.level--; b.pump.Unlock() }

func (b *Cutter) up1() { b.up2() }
func (b *Cutter) up2() { b.up3() }
func (b *Cutter) up3() { b.bilge.Lock(); b.level++; b.bilge.Unlock() }
