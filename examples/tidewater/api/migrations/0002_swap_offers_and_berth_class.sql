ALTER TABLE berths RENAME COLUMN mooring_class TO berth_class;

CREATE TABLE swap_offers (
  id           bigserial PRIMARY KEY,
  from_booking text NOT NULL REFERENCES bookings (id),
  to_booking   text NOT NULL REFERENCES bookings (id),
  created_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE positions (
  call_sign text NOT NULL,
  taken_at  timestamptz NOT NULL,
  lat       double precision NOT NULL,
  lon       double precision NOT NULL
);
