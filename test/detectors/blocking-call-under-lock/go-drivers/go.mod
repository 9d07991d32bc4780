module example.com/pier

go 1.22
