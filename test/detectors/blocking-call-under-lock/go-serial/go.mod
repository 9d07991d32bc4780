module example.com/lockhouse

go 1.22
