module example.com/wells

go 1.22
