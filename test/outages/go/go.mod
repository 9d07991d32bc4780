module example.com/roads

go 1.22
