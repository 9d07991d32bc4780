module example.com/regatta
