export class Crate {
  id = "";
}

export class Pier {
  id = "";
}

export class Ship {
  id = "";
}
