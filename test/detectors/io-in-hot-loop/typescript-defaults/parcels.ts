import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

interface Parcel {
  id: string;
}

// Only who asks for them gets the tracks.
async function list(parcels: Parcel[], withTracks = false) {
  if (withTracks) await addTracks(parcels);
  return parcels;
}

async function addTracks(parcels: Parcel[]) {
  for (const parcel of parcels) {
    await pool.query("SELECT place FROM tracks WHERE parcel = $1", [parcel.id]);
  }
}

async function count(parcels: Parcel[], withScans = false) {
  if (withScans) await addScans(parcels);
  return parcels.length;
}

async function addScans(parcels: Parcel[]) {
  for (const parcel of parcels) {
    await pool.query("SELECT time FROM scans WHERE parcel = $1", [parcel.id]); // want "each request to `/parcels/scans` × each of `parcels` × 1 SELECT on `scans`"
  }
}

app.post("/parcels", async (req, res) => {
  res.json(await list(req.body.parcels));
});

app.post("/count", async (req, res) => {
  res.json(await count(req.body.parcels));
});

app.post("/parcels/scans", async (req, res) => {
  res.json(await count(req.body.parcels, true));
});
