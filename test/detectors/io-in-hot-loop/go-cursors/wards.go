package wards

import (
	"context"
	"net/http"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

type Ward struct{ beds, checks *mongo.Collection }

type Bed struct{ ID string }

func (w *Ward) Watch(ctx context.Context) {
	for range time.Tick(time.Second) {
		w.check(ctx)
		w.checkAll(ctx)
	}
}

func (w *Ward) check(ctx context.Context) {
	cur, err := w.beds.Find(ctx, bson.M{})
	if err != nil {
		return
	}
	for cur.Next(ctx) {
		var bed Bed
		cur.Decode(&bed)
		w.checks.InsertOne(ctx, bson.M{"bed": bed.ID}) // want "every 1 s × each of `cur` × 1 database write"
	}
}

func (w *Ward) checkAll(ctx context.Context) {
	cur, err := w.beds.Find(ctx, bson.M{})
	if err != nil {
		return
	}
	checks := []any{}
	for cur.Next(ctx) {
		var bed Bed
		cur.Decode(&bed)
		checks = append(checks, bson.M{"bed": bed.ID})
	}
	w.checks.InsertMany(ctx, checks)
}

func Serve(w *Ward) {
	go w.Watch(context.Background())
	http.ListenAndServe(":80", nil)
}
