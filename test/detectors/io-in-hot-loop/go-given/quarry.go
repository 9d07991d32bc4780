package quarry

import (
	"database/sql"
	"time"

	"github.com/IBM/sarama"
	"gorm.io/gorm"
)

type Stone struct {
	ID    int
	Found error
}

type Quarry struct {
	db     *sql.DB
	orm    *gorm.DB
	client sarama.Client
	conns  []*sql.Conn
	stones []Stone
	topics []string
}

func (q *Quarry) watch() {
	ticker := time.NewTicker(20 * time.Second)
	for range ticker.C {
		q.look()
		q.haul()
		q.polish()
		q.weigh()
		q.sampleDust()
	}
}

// What a client knows already, and what hands out the connection beneath.
func (q *Quarry) look() {
	for _, topic := range q.topics {
		q.client.Partitions(topic)
	}
	for _, conn := range q.conns {
		conn.Raw(func(any) error { return nil })
	}
}

func (q *Quarry) next(size int) ([]Stone, error) {
	stones := make([]Stone, 0, size)
	return stones, q.orm.Where("hauled = ?", false).Limit(size).Find(&stones).Error
}

// No more than a query with a limit has read.
func (q *Quarry) haul() {
	stones, err := q.next(20)
	if err != nil {
		return
	}
	for _, stone := range stones {
		q.db.Exec("UPDATE stones SET hauled = true WHERE id = $1", stone.ID) // want-info "every 20 s .* A query with a limit has read them, and the next tick goes on\.$"
	}
}

func (q *Quarry) rough() ([]Stone, error) {
	var stones []Stone
	return stones, q.orm.Where("rough = ?", true).Find(&stones).Error
}

func (q *Quarry) polish() {
	stones, _ := q.rough()
	for _, stone := range stones {
		q.db.Exec("UPDATE stones SET rough = false WHERE id = $1", stone.ID) // want "every 20 s × each of `stones` × 1 UPDATE on `stones`\.$"
	}
}

func (q *Quarry) weigh() {
	rows, _ := q.db.Query("SELECT id FROM stones WHERE weight IS NULL LIMIT $1", 50)
	var ids []int
	for rows.Next() {
		var id int
		rows.Scan(&id)
		ids = append(ids, id)
	}
	for _, id := range ids {
		q.db.Exec("UPDATE stones SET weight = 1 WHERE id = $1", id) // want-info "A query with a limit has read them, and the next tick goes on\.$"
	}
}

func (q *Quarry) sampleDust() {
	for _, stone := range q.stones {
		q.db.Query("SELECT dust FROM stones WHERE id = $1 LIMIT 1", stone.ID) // want-info "every 20 s .* It takes figures of the system\.$"
	}
}
