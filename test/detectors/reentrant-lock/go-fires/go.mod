module example.com/shipyard

go 1.21
