import express from "express";

class Bakery {
  private readonly recipes: Record<string, string> = {};
  private opened?: string;

  recipe(name: string): string {
    if (!this.recipes[name]) {
      this.recipes[name] = name.toUpperCase(); // want "^`Bakery\.recipes` only ever grows"
    }
    return this.recipes[name];
  }

  open(name: string): string {
    if (!this.opened) {
      this.opened = name;
    }
    return this.opened;
  }
}

const bakery = new Bakery();
const app = express();
app.get("/recipes/:name", (request, response) => {
  response.send(bakery.recipe(request.params.name) + bakery.open(request.params.name));
});
