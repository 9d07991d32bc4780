// Command tidewater serves the harbour API and runs the presence ticker.
package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"tidewater.example/api/internal/harbour"
	"tidewater.example/api/internal/store"
)

func main() {
	logger := log.New(os.Stderr, "tidewater ", log.LstdFlags|log.Lmsgprefix)
	if err := run(logger); err != nil {
		logger.Fatal(err)
	}
}

func run(logger *log.Logger) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	db, err := store.Open("pgx", os.Getenv("TIDEWATER_DSN"))
	if err != nil {
		return err
	}
	defer db.Close()

	srv := harbour.NewServer(db, logger)
	if err := srv.Load(ctx); err != nil {
		return err
	}
	go srv.RunTicker(ctx, 10*time.Second)

	httpServer := &http.Server{
		Addr:              envOr("TIDEWATER_ADDR", ":8080"),
		Handler:           srv.Routes(),
		ReadHeaderTimeout: 5 * time.Second,
	}
	go func() {
		<-ctx.Done()
		shutdown, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := httpServer.Shutdown(shutdown); err != nil {
			logger.Printf("shutdown: %v", err)
		}
	}()

	logger.Printf("listening on %s", httpServer.Addr)
	if err := httpServer.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func envOr(name, fallback string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return fallback
}
