CREATE TABLE harbours (
  id        text PRIMARY KEY,
  name      text NOT NULL,
  time_zone text NOT NULL
);

CREATE TABLE berths (
  id            text PRIMARY KEY,
  harbour_id    text NOT NULL REFERENCES harbours (id),
  pontoon       integer NOT NULL,
  length_cm     integer NOT NULL,
  depth_cm      integer NOT NULL,
  mooring_class text NOT NULL DEFAULT 'standard'
);

CREATE TABLE vessels (
  call_sign  text PRIMARY KEY,
  name       text NOT NULL,
  length_cm  integer NOT NULL,
  draught_cm integer NOT NULL,
  tender_of  text,
  last_seen  timestamptz
);

CREATE TABLE bookings (
  id           text PRIMARY KEY,
  berth_id     text NOT NULL REFERENCES berths (id),
  call_sign    text NOT NULL REFERENCES vessels (call_sign),
  arrives      timestamptz NOT NULL,
  departs      timestamptz NOT NULL,
  cancelled_at timestamptz
);

CREATE TABLE audit (
  id     bigserial PRIMARY KEY,
  at     timestamptz NOT NULL DEFAULT now(),
  action text NOT NULL,
  detail text NOT NULL
);
