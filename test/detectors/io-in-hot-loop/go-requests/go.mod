module example.com/clinic
