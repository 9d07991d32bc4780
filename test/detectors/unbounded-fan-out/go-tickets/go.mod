module example.com/lifeboats

go 1.24
