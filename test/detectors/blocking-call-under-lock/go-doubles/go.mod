module example.com/gulls

go 1.22
