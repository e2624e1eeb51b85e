-- How many parcels leave for a region on a day. A day's row appears when the day first comes within reach of a booking.
create table capacity (
    region text collate "C" not null,
    day    date             not null,
    slots  int              not null,
    booked int              not null default 0,
    primary key (region, day),
    constraint capacity_never_exceeded check (booked between 0 and slots)
) with (fillfactor = 50);

-- One per order, kept as long as the order. The SCHEDULED ones of a region and day add up to capacity.booked.
create table shipments (
    order_id    uuid             primary key,
    shipment_id uuid             not null unique,
    name        text             not null,
    street      text             not null,
    city        text             not null,
    postal_code text             not null,
    country     text collate "C" not null,
    ships_on    date             not null,
    state       text             not null check (state in ('SCHEDULED', 'CANCELLED')),
    foreign key (country, ships_on) references capacity (region, day)
) with (fillfactor = 80);
