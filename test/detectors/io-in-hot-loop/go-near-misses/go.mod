module example.com/orchard
