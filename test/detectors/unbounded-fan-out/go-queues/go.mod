module example.com/choir

go 1.22
