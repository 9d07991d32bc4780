package press

import "net/http"

// The wrapper stands in another file.
func rinses() { http.HandleFunc("/rinse", seldom(rinseSeldom)) }
